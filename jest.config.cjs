/** Tests run compiled, from dist/test: one emitter for the program and its tests. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/dist/test'],
  testMatch: ['**/*.test.js'],
  transform: {},
  setupFiles: ['reflect-metadata'],
  // For machines that are busy; nothing here measures time.
  testTimeout: 60_000,
  maxWorkers: 2,
  globalSetup: '<rootDir>/dist/test/global-setup.js',
  globalTeardown: '<rootDir>/dist/test/global-teardown.js',
  snapshotResolver: '<rootDir>/test/snapshot-resolver.cjs',
  coverageProvider: 'v8',
  collectCoverageFrom: ['dist/src/**/*.js', 'dist/seeds/**/*.js'],
};
