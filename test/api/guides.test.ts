import { emptyGuide, guideBounds, guideFields, guideOf, type ItemGuide } from '../../src/catalog/guide';
import { draftFaults, draftOf } from '../../src/catalog/item-state';
import { startTestApi, type TestApi } from '../support/api';
import { editItem, storedItem } from '../support/edit';
import { someGuide } from '../support/guide';

describe('the guides of items', () => {
  let api: TestApi;
  let codes: string[];
  beforeAll(async () => {
    api = await startTestApi();
    const { items } = await api.data('{ items(first: 100) { nodes { code } } }');
    codes = items.nodes.map(({ code }: { code: string }) => code);
  });
  afterAll(() => api.stop());

  const guide = `conditions materials { name original copies electronicAccepted exempt source note }
    steps { name handler workingDays } legalBases { title article } results aliases`;
  const one = `query ($code: String!) { item(code: $code) { ${guide} } }`;
  const edit = async (code: string, change: Partial<ItemGuide>) => {
    const revision = await editItem(api.database.dataSource, code, change);
    await api.app.tail.advance();
    return revision;
  };

  it('are empty where there is none, and come back as they were written', async () => {
    const code = codes[0]!;
    expect(await api.data(one, { code })).toEqual({ item: emptyGuide });
    await edit(code, someGuide);
    expect(await api.data(one, { code })).toEqual({ item: someGuide });
    expect(await storedItem(api.database.dataSource, code)).toMatchObject({ ...someGuide, version: 2 });
    await edit(code, { materials: [], conditions: ['仅此一条'] });
    expect(await api.data(one, { code })).toEqual({
      item: { ...someGuide, materials: [], conditions: ['仅此一条'] },
    });
    await edit(code, emptyGuide);
    expect(await api.data(one, { code })).toEqual({ item: emptyGuide });
    const rows = await api.database.dataSource.query('SELECT * FROM service_item_guide WHERE item_code = ?', [
      code,
    ]);
    expect(rows).toEqual([]);
  });

  it('make no revision if they say what is stored', async () => {
    await edit(codes[1]!, someGuide);
    expect(await edit(codes[1]!, guideOf(someGuide))).toBeNull();
  });

  it('are as of the revision of the row on a page that a cursor pinned', async () => {
    const query = `query ($after: String) { items(first: 3, after: $after) { nodes { code ${guide} } pageInfo { endCursor } } }`;
    await edit(codes[3]!, someGuide);
    const first = await api.data(query);
    const after = first.items.pageInfo.endCursor as string;
    await edit(codes[3]!, { materials: [], aliases: ['改过的叫法'] });
    const second = await api.data(query, { after });
    expect(second.items.nodes[0]).toEqual({ code: codes[3], ...someGuide });
    api.app.rows.clear();
    api.app.guides.clear();
    expect(await api.data(query, { after })).toEqual(second);
    const { item } = await api.data(one, { code: codes[3] });
    expect(item).toMatchObject({ materials: [], aliases: ['改过的叫法'] });
  });

  it('cost one statement for any number of items, one more than the rows, and none when read before', async () => {
    const query = `query ($first: Int) { items(first: $first) { nodes { code conditions aliases results } } }`;
    for (const first of [1, 100]) {
      api.app.rows.clear();
      api.app.guides.clear();
      api.database.takeStatements();
      await api.data(query, { first });
      expect(api.database.takeStatements().map((sql) => /JOIN (\w+)/.exec(sql)?.[1] ?? 'row')).toEqual([
        'row',
        'service_item_guide',
      ]);
    }
    await api.data(query, { first: 100 });
    expect(api.database.takeStatements()).toEqual([]);
  });

  it('are refused beyond their bounds, and the field at fault is named', async () => {
    const draft = draftOf(await storedItem(api.database.dataSource, codes[5]!));
    const faults = (change: Partial<ItemGuide>) =>
      draftFaults({ ...draft, ...change }).map(({ field }) => field);
    expect(faults(someGuide)).toEqual([]);
    for (const field of guideFields) {
      const full = { [field]: Array(guideBounds[field]).fill(someGuide[field][0]) };
      expect(faults(full)).toEqual([]);
      expect(faults({ [field]: [...full[field]!, someGuide[field][0]] })).toEqual([field]);
    }
    const [material] = someGuide.materials;
    const long = '长'.repeat(501);
    expect(
      faults({
        conditions: ['好', ' '],
        materials: [material!, material!, material!, { ...material!, name: '', copies: 1.5, note: long }],
        steps: [{ name: long, handler: ' x', workingDays: -1 }],
        legalBases: [{ title: '法', article: '' }],
      }),
    ).toEqual([
      'conditions.1',
      'materials.3.name',
      'materials.3.note',
      'materials.3.copies',
      'steps.0.name',
      'steps.0.handler',
      'steps.0.workingDays',
      'legalBases.0.article',
    ]);
    await expect(edit(codes[5]!, { aliases: [''] })).rejects.toThrow(/aliases.0: 不能为空/);
  });
});
