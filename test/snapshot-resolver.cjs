// Tests run from dist/test; their snapshots are kept beside their sources.
const { sep } = require('node:path');

const compiled = `${sep}dist${sep}test${sep}`;
const source = `${sep}test${sep}`;

module.exports = {
  resolveSnapshotPath: (testPath, extension) =>
    testPath.replace(compiled, source).replace(/\.js$/, `.ts${extension}`),
  resolveTestPath: (snapshotPath, extension) =>
    snapshotPath.slice(0, -extension.length).replace(source, compiled).replace(/\.ts$/, '.js'),
  testPathForConsistencyCheck: ['', 'any', 'dist', 'test', 'api', 'some.test.js'].join(sep),
};
