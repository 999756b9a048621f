/**
 * The data source of the typeorm command line (`npm run migration:generate`). The application opens its own, see
 * src/database/data-source.ts; both list the same entities and migrations, in src/model.ts.
 */
import 'reflect-metadata';
import { parseDatabaseUrl } from './src/database/address';
import { createDataSource } from './src/database/data-source';
import { OperatorError } from './src/lib/errors';
import { model } from './src/model';

const url = process.env['DATABASE_URL'];
if (!url) throw new OperatorError('Set DATABASE_URL, e.g. mysql://user:password@127.0.0.1:3306/one_window');

export default createDataSource({ address: parseDatabaseUrl(url), model });
