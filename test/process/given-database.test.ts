import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urlOf } from '../support/server-address';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { runProgram } from '../support/program';

describe('a start with a database of the operator', () => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  beforeAll(async () => {
    database = await createTestDatabase('nothing');
    environment = { DATABASE_URL: urlOf(database.address), PORT: '0' };
  });
  afterAll(() => database.drop());

  const run = async (entry: 'main' | 'cli/cli', own: Record<string, string>, ...args: string[]) => {
    const program = runProgram(entry, { ...environment, ...own }, args);
    const code = await program.ended;
    return { code, output: program.output() };
  };

  it('refuses a schema that is behind, says which command helps, and changes nothing', async () => {
    const { code, output } = await run('main', {});
    expect(code).toBe(1);
    expect(output).toMatch(/schema is behind by InitialCatalog\d+.*npm run cli -- migrate/);
    expect(output).not.toMatch(/\n\s+at /);
    expect(await database.dataSource.query('SHOW TABLES')).toEqual([]);
  });

  it('is migrated and seeded by command, and then starts', async () => {
    expect(await run('cli/cli', {}, 'migrate')).toEqual({
      code: 0,
      output: expect.stringMatching(/Applied InitialCatalog/),
    });
    expect(await run('cli/cli', {}, 'migrate')).toEqual({ code: 0, output: 'The schema is up to date.\n' });
    const empty = runProgram('main', environment);
    await empty.prints(/for sample data run: npm run cli -- seed[^]*one-window is ready/);
    empty.process.kill('SIGINT');
    expect(await empty.ended).toBe(0);
    expect(await run('cli/cli', {}, 'seed')).toEqual({
      code: 0,
      output: 'Seeded 1454 items as revision 1.\n',
    });
    const again = await run('cli/cli', {}, 'seed');
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('only into an empty one')]);
    const ifEmpty = await run('cli/cli', {}, 'seed', '--if-empty');
    expect(ifEmpty).toEqual({ code: 0, output: 'The catalog is not empty; it was left as it is.\n' });
    const check = await run('cli/cli', {}, 'check');
    expect([check.code, check.output]).toEqual([0, expect.stringContaining('✓ everything agrees')]);
  });

  it('logs JSON in production, without the password', async () => {
    const program = runProgram('main', { ...environment, NODE_ENV: 'production', LOG_LEVEL: 'debug' });
    await program.prints(/one-window is ready/);
    program.process.kill('SIGTERM');
    await program.ended;
    const lines = program
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('one-window is ready'));
  });

  it('says what is wrong if the database cannot be reached, without the password', async () => {
    const { code, output } = await run('main', { DATABASE_URL: 'mysql://someone:hush@127.0.0.1:1/nowhere' });
    expect(code).toBe(1);
    expect(output).toContain('Cannot open the database someone@127.0.0.1:1/nowhere: ECONNREFUSED');
    expect(output).not.toContain('hush');
  });

  it('names a configuration value that is not usable', async () => {
    const { code, output } = await run('main', { PORT: 'http' });
    expect([code, output]).toEqual([
      1,
      'PORT is not usable: "http" is not a whole number from 0 to 65535. Example: PORT=4000\n',
    ]);
  });

  it('names a port that is taken', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((settle) => other.once('listening', settle));
    const { port } = other.address() as AddressInfo;
    const { code, output } = await run('main', { PORT: String(port) });
    other.close();
    expect([code, output]).toEqual([1, expect.stringContaining(`${port} is taken by another process`)]);
  });

  it('lists the commands to whoever names none', async () => {
    for (const args of [[], ['dance'], ['migrate', 'now']]) {
      const { code, output } = await run('cli/cli', {}, ...args);
      expect(code).toBe(1);
      expect(output).toMatch(/Usage:[^]*migrate[^]*seed[^]*check/);
    }
  });
});
