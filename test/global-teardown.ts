import { rmSync } from 'node:fs';

export = async function globalTeardown(): Promise<void> {
  const started = globalThis.throwAwayServer;
  if (!started) return;
  await started.server.stop();
  rmSync(started.dataDir, { recursive: true, force: true });
};
