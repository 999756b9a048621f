import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../lib/project-root';
import { buildSchema, schemaText } from '../schema';
import type { Command } from './command';

export const schema: Command = {
  summary: 'writes the GraphQL schema to schema/schema.graphql',
  run: async ({ print }) => {
    writeFileSync(join(projectRoot, 'schema', 'schema.graphql'), schemaText(buildSchema()));
    print('Wrote schema/schema.graphql.');
    return true;
  },
};
