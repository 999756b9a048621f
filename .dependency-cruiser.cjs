// The rooms of src/ and who may import whom, downwards only; see docs/rooms.md. Run by `npm test`.
const rooms = [
  'lib',
  'database',
  'revisions',
  'access',
  'catalog',
  'classification',
  'search',
  'administration',
  'exchange',
  'server',
  'cli',
];

// server/ and cli/ stand side by side: neither imports the other.
const upwards = rooms
  .map((room, height) => ({
    name: `${room}-imports-downwards-only`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      path: rooms
        .slice(height + 1)
        .concat(room === 'cli' ? ['server'] : [])
        .map((above) => `^src/${above}/`)
        .join('|'),
    },
  }))
  .filter((rule) => rule.to.path !== '');

module.exports = {
  forbidden: [
    ...upwards,
    {
      name: 'no-cycles-at-run-time',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'rooms-do-not-know-the-composition',
      comment: 'Only main.ts and cli/ stand above config.ts, model.ts, schema.ts and app.ts.',
      severity: 'error',
      from: { path: '^src/(?!cli/)[^/]+/' },
      to: { path: '^src/(main|app|config|model|schema)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'source-does-not-import-tests',
      severity: 'error',
      from: { path: '^(src|migrations|seeds)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['^test/', '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'kebab-case-file-names',
      severity: 'error',
      from: {
        path: '^(src|seeds|test|migrations)/.*[.]ts$',
        pathNot: '/[a-z0-9.-]+[.]ts$',
      },
      to: {},
    },
    {
      name: 'run-time-dependencies-are-declared',
      severity: 'error',
      from: { path: '^(src|migrations|seeds|ormconfig)' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
