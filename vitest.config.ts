/** All tests run from source; what needs Chromium or long builds is a project of its own. */
import { existsSync } from 'node:fs'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { TableReporter } from './contract/src/table-reporter.ts'
import { chromiumPath } from './packages/vite/test/browser/chromium.ts'
import { findPostgres } from './service/test/harness/cluster.ts'

// Workers get these as Node's own conditions: with `import` among them, `require` would be given modules.
const conditions = ['@hero-image/source', 'node']

const browser = {
  extends: true,
  test: {
    name: 'browser',
    include: ['packages/*/test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
} satisfies TestProjectInlineConfiguration

const service = {
  extends: true,
  test: {
    name: 'service',
    include: ['service/test/**/*.test.ts'],
    globalSetup: ['service/test/harness/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
} satisfies TestProjectInlineConfiguration

// What takes minutes: `npm run bar -w service`.
const bar = {
  ...service,
  test: {
    ...service.test,
    name: 'bar',
    include: ['service/bar/**/*.test.ts'],
    testTimeout: 600_000,
    // Much of it is waiting: for heartbeats that do not come, for processes to start.
    maxWorkers: 2,
  },
} satisfies TestProjectInlineConfiguration

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    reporters: ['default', new TableReporter()],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'service/src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'build',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: ['packages/*/test/browser/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['contract/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          // These tests wait for commands of hosts, which leave half of two cores idle.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'examples', include: ['examples/*.test.ts'], testTimeout: 300_000 },
      },
      // `npm test` says so when there is no browser.
      ...(existsSync(chromiumPath) ? [browser] : []),
      // Nor without a PostgreSQL server, which `npm test` says, too.
      ...(findPostgres() === undefined ? [] : [service, bar]),
    ],
  },
})
