import { join } from 'node:path';

/** The folder that holds package.json: this file runs from `dist/src/lib`. */
export const projectRoot = join(__dirname, '..', '..', '..');
