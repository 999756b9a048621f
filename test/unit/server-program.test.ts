import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pino from 'pino';
import { ensureServerProgram, findServerProgram, programFolders } from '../../src/database/server-program';

describe('the database server program', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'one-window-programs-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const log = pino({ level: 'silent' });

  const script = (name: string, text: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const asRoot = process.getuid?.() === 0;

  it('is looked for along PATH and where servers are kept', () => {
    expect(programFolders(`/a${delimiter}/b`)).toEqual(expect.arrayContaining(['/a', '/b', '/usr/sbin']));
    expect(findServerProgram([folder])).toBeNull();
    script('mariadbd', 'exit 0');
    expect(findServerProgram([folder])).toBeNull();
    script('mariadb-install-db', 'exit 0');
    expect(findServerProgram([folder])).toEqual({
      server: join(folder, 'mariadbd'),
      installer: join(folder, 'mariadb-install-db'),
    });
  });

  it('is missed with one message that has the ways out', async () => {
    const missing = ensureServerProgram(log, [folder]);
    await expect(missing).rejects.toThrow(
      /apt-get install mariadb-server-core[^]*DATABASE_URL=[^]*docker compose up/,
    );
  });

  it('is installed by apt, which must remove nothing', async () => {
    // Without being root, it is sudo that is asked first.
    script('sudo', asRoot ? 'exit 1' : '[ "$2" = true ] && exit 0; shift; exec "$@"');
    script(
      'apt-get',
      `echo "$@" >> ${folder}/asked; [ "$1" = install ] && for p in mariadbd mariadb-install-db; do cp ${folder}/sudo ${folder}/$p; done; exit 0`,
    );
    expect(await ensureServerProgram(log, [folder])).toEqual({
      server: join(folder, 'mariadbd'),
      installer: join(folder, 'mariadb-install-db'),
    });
    const asked = readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
    expect(asked).toEqual([
      'update',
      expect.stringMatching(/^install -y .*--no-remove mariadb-server-core mariadb-client-core$/),
    ]);
  });

  it('that cannot be installed is told with the words of apt', async () => {
    script('sudo', asRoot ? 'exit 1' : '[ "$2" = true ] && exit 0; shift; exec "$@"');
    script('apt-get', 'echo "E: Unable to locate package" >&2; exit 100');
    await expect(ensureServerProgram(log, [folder])).rejects.toThrow(
      /DATABASE_URL[^]*What apt-get said: E: Unable to locate/,
    );
  });
});
