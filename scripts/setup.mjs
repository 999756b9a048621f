// Runs before `npm start`, `npm test` and `npm run cli`, with nothing but Node: installs the dependencies if they are
// missing or not those of package-lock.json, and builds if a source is newer than the last build. What the machine
// itself lacks (a database server program) the programs see to when they need it. What it says goes to standard error:
// standard output belongs to the program that is run.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const path = (...parts) => join(root, ...parts);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`one-window needs Node 20.19 or later; this is ${process.versions.node}.`);
}

const installed = path('node_modules', '.one-window-lock.json');
if (!existsSync(installed) || !readFileSync(installed).equals(readFileSync(path('package-lock.json')))) {
  step('installing dependencies', 'npm', [
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  copyFileSync(path('package-lock.json'), installed);
}

const built = path('dist', '.built');
const sources = [
  'src',
  'migrations',
  'seeds',
  'test',
  'bench',
  'schema/examples',
  'scripts',
  'tsconfig.json',
  'ormconfig.ts',
];
if (!existsSync(built) || newest(sources.map((name) => path(name))) > statSync(built).mtimeMs) {
  const began = new Date();
  rmSync(path('dist'), { recursive: true, force: true });
  step('building', 'npm', ['run', '--silent', 'build']);
  writeFileSync(built, began.toISOString());
}

/** The time of the latest change to some files, or to those in some folders. */
function newest(paths) {
  let latest = 0;
  for (const place of paths) {
    if (!existsSync(place)) continue;
    const { mtimeMs } = statSync(place);
    const inside = statSync(place).isDirectory()
      ? newest(readdirSync(place).map((name) => join(place, name)))
      : 0;
    latest = Math.max(latest, mtimeMs, inside);
  }
  return latest;
}

/** Runs one long step and says how long it took; a failure ends the set-up with the step's own words. */
function step(what, command, args) {
  console.error(`${what} …`);
  const began = performance.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['inherit', 2, 2] });
  if (status !== 0) fail(`${what} failed.`);
  console.error(`${what}: done in ${((performance.now() - began) / 1000).toFixed(2)} s`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
