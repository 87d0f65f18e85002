/** Once before all tests: a cluster, and in it a template with the present schema, of which every test gets a copy. */
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/database/migrate.ts'
import { openPostgres } from '../../src/database/open.ts'
import { createLog } from '../../src/log/log.ts'
import { createQueue } from '../../src/queue/queue.ts'
import { type Cluster, startCluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the database from which others can be made. */
    readonly adminUrl: string
    /** Folder of the cluster's socket. */
    readonly socketFolder: string
  }
}

/** Name of the database that others are copied from. */
export const templateName = 'hero_template'

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster()
  try {
    await createTemplate(cluster)
  } catch (error) {
    await cluster.remove()
    throw error
  }
  project.provide('adminUrl', cluster.url('postgres'))
  project.provide('socketFolder', cluster.socketFolder)
  return cluster.remove
}

async function createTemplate(cluster: Cluster): Promise<void> {
  const admin = await openPostgres(cluster.url('postgres'), 2)
  await sql.raw(`create database ${templateName}`).execute(admin.db)
  await admin.close()
  const template = await openPostgres(cluster.url(templateName), 2)
  await migrate(template.db)
  // The queue makes its own tables; made here, no test waits for it.
  const queue = createQueue(template, createLog('silent'))
  await queue.start()
  await queue.stop(1)
  await template.close()
}
