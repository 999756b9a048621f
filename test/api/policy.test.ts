/**
 * The rights, written out a second time: what the table says and what the API does is compared with what is here, for
 * every operation, every role, and a domain that is the caller's own or another's. An operation that is missing here
 * or in the table fails.
 */
import { type Caller, type Role, roles } from '../../src/access/caller';
import { mayPerform, type Operation, rights } from '../../src/access/policy';
import pino from 'pino';
import { type App, startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { buildSchema } from '../../src/schema';
import { type GraphqlAnswer, startTestApi, type TestApi } from '../support/api';
import { propose, review } from '../support/classify';
import { tokenOf } from '../support/tokens';

type Who = Role | 'ANONYMOUS';
const everyone: readonly Who[] = ['ANONYMOUS', ...roles];
const staff: readonly Who[] = ['EDITOR', 'REVIEWER', 'LEGAL_REVIEWER', 'ADMINISTRATOR'];

const own = 'D01';
const foreign = 'D02';
const code = '11350524MB1A2138X64000109002000';

/** An operation that concerns a domain; who may perform it in his own domain; who, in another's. */
type Line = [call: (domain: string, who: Who) => string, own: readonly Who[], foreign: readonly Who[]];

const editors: readonly Who[] = ['EDITOR', 'ADMINISTRATOR'];

/** A change that is refused for its reason, so that nobody's right changes anything. */
const change = (domain: string) =>
  `input: { filter: { domain: ["${domain}"] }, add: [ONLINE], reason: "短" }`;

/** Proposals that wait for the review of a role, by domain and role. */
const waiting = new Map<string, string>();

/** An item of each domain, as an input that says what is stored. */
const stored = new Map<string, object & { code: string }>();

/** A value as GraphQL text; enum values are in capitals. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) {
    return /^"[A-Z_]{4,}"$/.test(JSON.stringify(value)) ? String(value) : JSON.stringify(value);
  }
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key}: ${literal(part)}`)
    .join(', ')} }`;
}

/** Edits that are refused for their version or their code, so that nobody's right changes anything. */
const edits = {
  item: (verb: 'create' | 'update') => (domain: string) =>
    `mutation { ${verb}ServiceItem(input: ${literal({ ...stored.get(domain), ...(verb === 'create' ? { modes: [] } : {}) })}, reason: "没有变化的修改"${verb === 'update' ? ', version: 99' : ''}) { userErrors { code } } }`,
  record: (verb: 'create' | 'update', noun: string, input: (domain: string) => string) => (domain: string) =>
    `mutation { ${verb}${noun}(input: { ${input(domain)} }, reason: "没有变化的修改"${verb === 'update' ? ', version: 99' : ''}) { userErrors { code } } }`,
  retire: (noun: string, code: (domain: string) => string) => (domain: string) =>
    `mutation { retire${noun}(input: { code: "${code(domain)}", version: 99, reason: "没有变化的修改" }) { userErrors { code } } }`,
};
const place = 'openingHours: [], location: { latitude: 25, longitude: 118 }';
const inputs = {
  Kiosk: () => `code: "K01", name: "甲", address: "乙", ${place}`,
  LifeEvent: () => `code: "L01", name: "甲", summary: "乙", audience: NATURAL_PERSON, items: ["${code}"]`,
  Outlet: () => `code: "T01", name: "甲", level: TOWNSHIP, township: "乙", ${place}`,
  ServiceWindow: (domain: string) =>
    `code: "${domain}-01", name: "甲", domain: "${domain}", hall: "乙", counter: "丙", openingHours: []`,
};
const codes = {
  Kiosk: () => 'K01',
  LifeEvent: () => 'L01',
  Outlet: () => 'T01',
  ServiceWindow: (d: string) => `${d}-01`,
};
const administrators: readonly Who[] = ['ADMINISTRATOR'];

/** The three edits of a noun. */
function editsOf<N extends keyof typeof inputs>(noun: N, inOwn: readonly Who[]) {
  return {
    [`Mutation.create${noun}`]: [edits.record('create', noun, inputs[noun]), inOwn, administrators],
    [`Mutation.update${noun}`]: [edits.record('update', noun, inputs[noun]), inOwn, administrators],
    [`Mutation.retire${noun}`]: [edits.retire(noun, codes[noun]), inOwn, administrators],
  } as { [K in `Mutation.${'create' | 'update' | 'retire'}${N}`]: Line };
}

/** One line an operation. A mutation asks for `userErrors { code }`. */
const table: Record<Operation, Line> = {
  ...editsOf('Kiosk', administrators),
  ...editsOf('LifeEvent', administrators),
  ...editsOf('Outlet', administrators),
  ...editsOf('ServiceWindow', editors),
  'Mutation.createServiceItem': [edits.item('create'), editors, administrators],
  'Mutation.updateServiceItem': [edits.item('update'), editors, administrators],
  'Mutation.retireServiceItem': [
    edits.retire('ServiceItem', (domain) => stored.get(domain)!.code),
    editors,
    administrators,
  ],
  'Mutation.setServiceItemAliases': [
    (domain) =>
      `mutation { setServiceItemAliases(code: "${stored.get(domain)!.code}", aliases: [], version: 99, reason: "没有变化的修改") { userErrors { code } } }`,
    editors,
    administrators,
  ],
  'Mutation.classifyItems': [
    (domain) => `mutation { classifyItems(${change(domain)}) { userErrors { code } } }`,
    ['ADMINISTRATOR'],
    ['ADMINISTRATOR'],
  ],
  'Mutation.classifyItems(REVIEW=off)': [
    (domain) => `mutation { classifyItems(${change(domain)}) { userErrors { code } } }`,
    editors,
    ['ADMINISTRATOR'],
  ],
  'Mutation.proposeClassification': [
    (domain) => `mutation { proposeClassification(${change(domain)}) { userErrors { code } } }`,
    editors,
    ['ADMINISTRATOR'],
  ],
  'Mutation.reviewProposal': [
    (domain, who) => {
      const id = waiting.get(`${domain} ${who === 'LEGAL_REVIEWER' ? who : 'REVIEWER'}`);
      return `mutation { reviewProposal(input: { id: "${id}", approve: false, comment: "短" }) { userErrors { code } } }`;
    },
    ['REVIEWER', 'LEGAL_REVIEWER'],
    ['LEGAL_REVIEWER'],
  ],
  'Mutation.withdrawProposal': [
    () => 'mutation { withdrawProposal(id: "none") { userErrors { code } } }',
    editors,
    editors,
  ],
  'Query.audit': [() => '{ audit(first: 1) { totalCount } }', staff, staff],
  'Query.classificationPreview': [
    (domain) => `{ classificationPreview(${change(domain)}) { userErrors { code } } }`,
    staff,
    staff,
  ],
  'Query.findings': [
    (domain) => `{ findings(domain: ["${domain}"], first: 1) { totalCount } }`,
    staff,
    staff,
  ],
  'Query.proposals': [() => '{ proposals(first: 1) { totalCount } }', staff, staff],
  'Query.catalog': [() => '{ catalog { revision } }', everyone, everyone],
  'Query.department': [() => '{ department(code: "none") { name } }', everyone, everyone],
  'Query.departments': [() => '{ departments { name } }', everyone, everyone],
  'Query.domain': [(domain) => `{ domain(code: "${domain}") { name } }`, everyone, everyone],
  'Query.domains': [() => '{ domains { name } }', everyone, everyone],
  'Query.item': [() => `{ item(code: "${code}") { name } }`, everyone, everyone],
  'Query.items': [
    (domain) => `{ items(filter: { domain: ["${domain}"] }) { totalCount } }`,
    everyone,
    everyone,
  ],
  'Query.items(status:)': [
    (domain) => `{ items(filter: { status: [SUSPENDED], domain: ["${domain}"] }) { totalCount } }`,
    staff,
    staff,
  ],
  'Query.kiosk': [() => '{ kiosk(code: "K01") { name } }', everyone, everyone],
  'Query.kiosks': [() => '{ kiosks(first: 1) { totalCount } }', everyone, everyone],
  'Query.lifeEvent': [() => '{ lifeEvent(code: "none") { name } }', everyone, everyone],
  'Query.lifeEvents': [() => '{ lifeEvents { name } }', everyone, everyone],
  'Query.outlet': [() => '{ outlet(code: "T01") { name } }', everyone, everyone],
  'Query.outlets': [() => '{ outlets(first: 1) { totalCount } }', everyone, everyone],
  'Query.node': [() => '{ node(id: "none") { id } }', everyone, everyone],
  'Query.nodes': [() => '{ nodes(ids: ["none"]) { id } }', everyone, everyone],
  'Query.viewer': [() => '{ viewer { id } }', everyone, everyone],
  'Query.window': [(domain) => `{ window(code: "${domain}-01") { name } }`, everyone, everyone],
  'Query.windows': [(domain) => `{ windows(domain: ["${domain}"]) { name } }`, everyone, everyone],
};

const operations = Object.keys(table) as Operation[];

describe('the rights', () => {
  let api: TestApi;
  /** The same catalog, without review. */
  let unreviewed: App;
  const tokens = new Map<Who, string>();
  beforeAll(async () => {
    api = await startTestApi();
    const { dataSource } = api.database;
    const config = { ...readConfig({ REVIEW: 'off' }), port: 0 };
    unreviewed = await startApp({ config, dataSource, log: pino({ level: 'silent' }) });
    for (const role of roles) tokens.set(role, await tokenOf(dataSource, role, [own]));
    const [administrator, reviewer] = [
      await tokenOf(dataSource, 'ADMINISTRATOR'),
      await tokenOf(dataSource, 'REVIEWER', [own, foreign]),
    ];
    for (const domain of [own, foreign]) {
      const { items } = await api.data(
        'query ($d: [String!]) { items(filter: { domain: $d }, first: 1) { nodes { code name summary kind audiences modes legalWorkingDays promisedWorkingDays onSiteVisits fee onlineUrl window { code } department { code } } } }',
        { d: [domain] },
      );
      const [{ window, department, ...same }] = items.nodes;
      stored.set(domain, { ...same, window: window.code, department: department.code });
      for (const step of ['REVIEWER', 'LEGAL_REVIEWER']) {
        const input = {
          filter: { domain: [domain], modes: { none: ['SINGLE_VISIT'] }, maxOnSiteVisits: 1 },
          add: ['SINGLE_VISIT'],
          reason: '等待审核的建议',
        };
        const { proposeClassification } = await api.data(propose, { input }, administrator);
        const id = proposeClassification.proposal.id as string;
        if (step === 'LEGAL_REVIEWER')
          await api.data(review, { id, approve: true, comment: '同意' }, reviewer);
        waiting.set(`${domain} ${step}`, id);
      }
    }
  });
  afterAll(async () => {
    await unreviewed.stop();
    await api.stop();
  });

  it('are told for every query, mutation and subscription of the schema, and for nothing else', () => {
    const schema = buildSchema();
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((root) =>
      Object.keys(root?.getFields() ?? {}).map((field) => `${root!.name}.${field}`),
    );
    // What is behind the dot and before a bracket is a field; a bracket tells an argument with a right of its own.
    const told = Object.keys(rights).map((operation) => operation.replace(/\(.*/, ''));
    expect(fields.filter((field) => !(field in rights))).toEqual([]);
    expect(told.filter((field) => !fields.includes(field))).toEqual([]);
    expect([...operations].sort()).toEqual(Object.keys(rights).sort());
  });

  describe.each(everyone)('of %s', (who) => {
    const caller: Caller | null =
      who === 'ANONYMOUS' ? null : { id: who, name: who, roles: [who], domains: [own] };

    it.each(operations)('to %s are as written here, in an own domain and in another', async (operation) => {
      const [call, inOwn, inForeign] = table[operation];
      const { url } = operation.includes('REVIEW=off') ? unreviewed : api.app;
      const wanted = { own: inOwn.includes(who), foreign: inForeign.includes(who) };
      expect({
        own: mayPerform(operation, caller, own),
        foreign: mayPerform(operation, caller, foreign),
      }).toEqual(wanted);
      expect(mayPerform(operation, caller)).toBe(wanted.own || wanted.foreign);
      expect({
        own: allowed(await api.ask(call(own, who), undefined, tokens.get(who), url)),
        foreign: allowed(await api.ask(call(foreign, who), undefined, tokens.get(who), url)),
      }).toEqual(wanted);
    });
  });

  it('are nobody’s who has shown who he is but has no role', () => {
    const caller: Caller = { id: 'oidc:x', name: 'x', roles: [], domains: [own] };
    const left = operations.filter((operation) => mayPerform(operation, caller, own));
    expect(left).toEqual(operations.filter((operation) => rights[operation] === 'everybody'));
  });
});

/** Whether an answer is one to a caller with the right; a refusal is FORBIDDEN, as an error or among `userErrors`. */
function allowed({ data, errors = [] }: GraphqlAnswer): boolean {
  const codes = errors.map(({ extensions }) => extensions.code);
  // Any other error would hide whether there is the right.
  expect(codes.filter((known) => known !== 'FORBIDDEN')).toEqual([]);
  const payloads = Object.values((data ?? {}) as Record<string, { userErrors?: { code: string }[] } | null>);
  const refused = payloads.flatMap((payload) => payload?.userErrors ?? []);
  return ![...codes, ...refused.map((error) => error.code)].includes('FORBIDDEN');
}
