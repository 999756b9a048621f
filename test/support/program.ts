/** Runs the program's own processes, as `npm start` and `npm run cli` do. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../src/lib/project-root';

export interface RunningProgram {
  readonly process: ChildProcess;
  /** What it printed so far, on both streams. */
  output(): string;
  /** Settles with the first match of a pattern in its output; fails if it ends without. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  /** Settles with the exit code when it has ended, null if a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts a compiled entry point with nothing of our environment but PATH. */
export function runProgram(
  entry: 'main' | 'cli/cli',
  environment: Record<string, string>,
  args: readonly string[] = [],
): RunningProgram {
  const file = join(projectRoot, 'dist', 'src', `${entry}.js`);
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const ended = new Promise<number | null>((settle) => child.once('close', settle));
  return {
    process: child,
    output: () => output,
    ended,
    prints: (pattern) =>
      new Promise((settle, fail) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) settle(match);
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void ended.then((code) =>
          fail(new Error(`ended with ${code} before printing ${String(pattern)}:\n${output}`)),
        );
      }),
  };
}
