import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listTokens } from '../../src/access/token.store';
import { projectRoot } from '../../src/lib/project-root';
import { startTestApi, type TestApi } from '../support/api';
import { createTestDatabase } from '../support/database';
import { runProgram } from '../support/program';
import { urlOf } from '../support/server-address';

describe('the token commands', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi()));
  afterAll(() => api.stop());

  const token = async (...args: string[]) => {
    const environment = { DATABASE_URL: urlOf(api.database.address), LOG_LEVEL: 'trace' };
    const program = runProgram('cli/cli', environment, ['token', ...args]);
    let out = '';
    let err = '';
    program.process.stdout!.on('data', (text) => (out += String(text)));
    program.process.stderr!.on('data', (text) => (err += String(text)));
    return { code: await program.ended, out, err };
  };
  const viewer = (secret: string) =>
    api.ask('{ viewer { id name roles domains { code } } }', {}, secret.trim());

  it('make a token, alone on standard output, list it, and revoke it at once', async () => {
    const made = await token(
      ...['create', '--name', '公安窗口 王芳', '--role', 'REVIEWER', '--role=EDITOR', '--role', 'EDITOR'],
      ...['--domain', 'D03', '--domain', 'D02', '--expires', '90'],
    );
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^ow_[A-Za-z0-9_-]{43}\n$/) });
    const [, id = ''] = /^Token ([0-9a-f]{12}) for 公安窗口 王芳, EDITOR, REVIEWER, for 90 days\./.exec(
      made.err,
    )!;
    expect(await viewer(made.out)).toEqual({
      data: {
        viewer: {
          id,
          name: '公安窗口 王芳',
          roles: ['EDITOR', 'REVIEWER'],
          domains: [{ code: 'D02' }, { code: 'D03' }],
        },
      },
    });
    const list = await token('list');
    const [titles, cells] = list.out.split('\n').map((line) => line.split('\t'));
    expect(titles).toEqual(['id', 'name', 'roles', 'domains', 'created', 'expires', 'revoked', 'last used']);
    expect(cells!.slice(0, 4)).toEqual([id, '公安窗口 王芳', 'EDITOR,REVIEWER', 'D02,D03']);
    const [created, expires] = cells!.slice(4, 6).map((text) => Date.parse(text));
    expect(expires! - created!).toBe(90 * 86_400_000);
    expect(cells![6]).toBe('-');
    expect(list.out + list.err).not.toContain(made.out.trim());
    expect(await token('revoke', id)).toEqual({ code: 0, out: `Token ${id} is revoked.\n`, err: '' });
    expect((await viewer(made.out)).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect((await token('revoke', id)).out).toBe(`Token ${id} was revoked before.\n`);
  });

  it.each(['CONSUMER', 'LEGAL_REVIEWER', 'ADMINISTRATOR'])('make a %s without domains', async (role) => {
    const { code, out } = await token('create', '--name', 'n', '--role', role);
    expect(code).toBe(0);
    expect((await viewer(out)).data.viewer).toMatchObject({ roles: [role], domains: [] });
  });

  it.each([
    [['create', '--role', 'CONSUMER'], '--name is missing'],
    [['create', '--name', ' ', '--role', 'CONSUMER'], '--name is missing'],
    [['create', '--name', 'a', '--name', 'b', '--role', 'CONSUMER'], '--name is given more than once'],
    [['create', '--name', 'a\tb', '--role', 'CONSUMER'], '--name has control characters'],
    [['create', '--name', '名'.repeat(101), '--role', 'CONSUMER'], '--name has over 100 characters'],
    [['create', '--name', 'n'], '--role is missing: one or more of CONSUMER, EDITOR'],
    [['create', '--name', 'n', '--role', 'BOSS'], '--role "BOSS" is none of CONSUMER, EDITOR'],
    [['create', '--name', 'n', '--role', 'EDITOR'], '--domain is missing: EDITOR needs at least one'],
    [['create', '--name', 'n', '--role', 'REVIEWER'], '--domain is missing: REVIEWER needs at least one'],
    [
      ['create', '--name', 'n', '--role', 'EDITOR', '--domain', 'D01', '--domain', 'D99'],
      '--domain "D99": there is no domain of that code',
    ],
    ...['0', '1.5', '-1', '3651', 'soon', ''].map((days): [string[], string] => [
      ['create', '--name', 'n', '--role', 'CONSUMER', `--expires=${days}`],
      `--expires "${days}" is not a whole number of days from 1 to 3650`,
    ]),
    [['create', '--nam', 'n'], "Unknown option '--nam'"],
    [['create', '--name'], "'--name <value>' argument missing"],
    [['list', '--name', 'n'], "Unknown option '--name'"],
    [['revoke'], 'Wanted ID, not ""'],
    [['revoke', 'none'], 'There is no token with the id "none"'],
    [['dance'], 'Usage: npm run cli -- COMMAND'],
  ])('refuse %j and say why', async (args, message) => {
    const before = await listTokens(api.database.dataSource);
    const { code, out, err } = await token(...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(await listTokens(api.database.dataSource)).toEqual(before);
  });

  it('say which command helps where the schema is behind', async () => {
    const empty = await createTestDatabase('nothing');
    const environment = { DATABASE_URL: urlOf(empty.address) };
    const program = runProgram('cli/cli', environment, [
      'token',
      'create',
      '--name',
      'n',
      '--role',
      'CONSUMER',
    ]);
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/schema is behind by .*AccessTokens.*npm run cli -- migrate/);
    await empty.drop();
  });

  it('do what the README shows', async () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    const [, args = '', query = '', answer = ''] =
      /npm run -s cli -- token (create[^)]*)\)[^]*?-d '\{"query":"([^"]*)"\}'[^]*?```json\n([^]*?)```/.exec(
        readme,
      )!;
    const { out } = await token(...args.trim().split(' '));
    expect(await api.ask(query, {}, out.trim())).toEqual(JSON.parse(answer));
  });
});
