import { request } from 'node:http';
import { serverAudits } from 'graphql-http';
import { startTestApi, type TestApi } from '../support/api';

describe('GraphQL over HTTP', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startTestApi({ corsOrigins: ['https://portal.example'] })));
  afterAll(() => api.stop());

  const json = { 'content-type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = json) =>
    fetch(`${api.app.url}/graphql`, { method: 'POST', headers, body });

  describe('the audit of the specification', () => {
    const audits = serverAudits({
      url: () => `${api.app.url}/graphql`,
      // A GET is what a page of another origin could send too; clients mark theirs (CSRF prevention).
      fetchFn: (url: string, init?: RequestInit) =>
        fetch(url, { ...init, headers: { ...init?.headers, 'apollo-require-preflight': 'true' } }),
    });
    it.each(
      audits.filter(({ name }) => /^(MUST|SHOULD)/.test(name)).map((audit) => [audit.name, audit] as const),
    )('%s', async (_name, audit) => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    });
  });

  it('answers queries by GET from clients that mark themselves', async () => {
    const url = `${api.app.url}/graphql?${new URLSearchParams({ query: '{ catalog { revision } }' }).toString()}`;
    const marked = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    expect(await marked.json()).toEqual({ data: { catalog: { revision: 1 } } });
    const unmarked = await fetch(url);
    expect(unmarked.status).toBe(400);
    expect(await unmarked.text()).toContain('CSRF');
  });

  it('refuses mutations by GET, and other methods', async () => {
    // No mutation is offered yet, so what can be seen is that a GET never gets past the kind of operation.
    const url = `${api.app.url}/graphql?${new URLSearchParams({ query: 'mutation { __typename }' }).toString()}`;
    const response = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    expect(response.ok).toBe(false);
    expect((await fetch(`${api.app.url}/graphql`, { method: 'PUT', headers: json, body: '{}' })).status).toBe(
      405,
    );
  });

  it('refuses forms, several operations in one body, and what is not JSON', async () => {
    expect(
      (await post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(400);
    expect((await post('[{"query":"{__typename}"}]')).status).toBe(400);
    const broken = await post('{"query":');
    expect(broken.status).toBe(400);
    expect(await broken.json()).toEqual({ errors: [{ message: 'The request body is not JSON' }] });
  });

  it('refuses bodies over 100 kB, announced or not', async () => {
    const body = JSON.stringify({ query: `{ __typename } #${'x'.repeat(100_000)}` });
    const announced = await post(body);
    expect(announced.status).toBe(413);
    const status = await new Promise<number | undefined>((settle, fail) => {
      const streamed = request(`${api.app.url}/graphql`, { method: 'POST', headers: json }, (response) => {
        settle(response.statusCode);
        response.resume();
      });
      streamed.on('error', fail);
      for (let at = 0; at < body.length; at += 10_000) streamed.write(body.slice(at, at + 10_000));
      streamed.end();
    });
    expect(status).toBe(413);
    expect((await post(body.slice(0, 90_000) + '"}')).status).toBe(200);
  });

  it('lets browsers call only from the configured origins', async () => {
    const from = (origin: string) => ({ ...json, origin });
    const body = '{"query":"{__typename}"}';
    const allowed = await post(body, from('https://portal.example'));
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://portal.example');
    const foreign = await post(body, from('https://elsewhere.example'));
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    // A cache must not give one origin the answer of another.
    expect(foreign.headers.get('vary')).toContain('origin');
    const preflight = await fetch(`${api.app.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://portal.example' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
  });

  it('gives every answer a request id, the one of the request if it has a sound one', async () => {
    const own = await post('{"query":"{__typename}"}', { ...json, 'x-request-id': 'kiosk-7.42' });
    expect(own.headers.get('x-request-id')).toBe('kiosk-7.42');
    const forged = await post('{"query":"{__typename}"}', { ...json, 'x-request-id': 'a b' });
    expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(api.logged).toContainEqual(
      expect.objectContaining({ requestId: 'kiosk-7.42', path: '/graphql', status: 200 }),
    );
  });

  it('tells liveness and readiness', async () => {
    const live = await fetch(`${api.app.url}/healthz`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${api.app.url}/readyz`);
    expect(await ready.json()).toEqual({
      status: 'ok',
      checks: { database: 'ok', schema: 'ok', index: 'ok' },
    });
    expect((await fetch(`${api.app.url}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${api.app.url}/healthz`, { method: 'DELETE' })).status).toBe(405);
  });

  it('serves a GraphiQL page that needs nothing from elsewhere', async () => {
    const response = await fetch(`${api.app.url}/`);
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('CatalogFigures');
    expect(page.match(/<(script|link)[^>]+(src|href)="?https?:/g)).toBeNull();
    const raw = await fetch(`${api.app.url}/`, { headers: { 'accept-encoding': 'identity' } });
    expect(await raw.text()).toBe(page);
    const again = await fetch(`${api.app.url}/`, {
      headers: { 'if-none-match': response.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
  });
});
