/** Whether the process lives, and whether it may be sent requests. */
import { type Handler, sendJson } from './http';

/** Answers /healthz: the process lives and its event loop turns. */
export const healthHandler: Handler = async (_request, response) => {
  sendJson(response, 200, { status: 'ok' });
};

/** A condition of being ready; resolves to what is wrong, or null. */
export type Check = () => Promise<string | null>;

/** Answers /readyz: 200 if every check is well, else 503; the body has each check's finding. */
export function readinessHandler(checks: Readonly<Record<string, Check>>): Handler {
  return async (_request, response) => {
    const findings = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const fault = await check().catch((error: unknown) => (error as Error).message);
        return [name, fault ?? 'ok'] as const;
      }),
    );
    const ready = findings.every(([, finding]) => finding === 'ok');
    sendJson(response, ready ? 200 : 503, {
      status: ready ? 'ok' : 'not ready',
      checks: Object.fromEntries(findings),
    });
  };
}
