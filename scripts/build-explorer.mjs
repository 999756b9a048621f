// Puts the GraphiQL page together: the page of an npm package, which holds all that it needs, with the operations of
// schema/examples as its tabs. The result is one compressed file in dist/, and the package is not needed afterwards.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const examples = join(root, 'schema', 'examples');

const page = renderGraphiQL({
  title: 'one-window 一窗通办',
  endpoint: '/graphql',
  favicon: 'data:,',
  defaultTabs: readdirSync(examples)
    .sort()
    .map((file) => ({ query: readFileSync(join(examples, file), 'utf8') })),
});
writeFileSync(
  join(root, 'dist', 'explorer.html.gz'),
  gzipSync(page, { level: constants.Z_BEST_COMPRESSION }),
);
