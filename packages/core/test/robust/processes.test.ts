/** Builds at the same time share the work: every variant is encoded once in all. */
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { createFolder } from '../store/folder.ts'
import { startScript } from '../store/script.ts'
import { buildProject, openProject, writeProject } from './fixtures/project.ts'
import { script } from './fixtures/script.ts'

const reportSchema = z.object({ made: z.array(z.string()), wanted: z.array(z.string()) })
type Report = z.infer<typeof reportSchema>

/** Every key is made by exactly one, and everyone got everything. */
async function expectShared(reports: readonly Report[], root: string, cacheDir: string): Promise<void> {
  const made = reports.flatMap((report) => report.made)
  const wanted = reports[0]?.wanted ?? []
  expect(wanted.length).toBeGreaterThan(70)
  expect(made.toSorted()).toEqual(wanted.toSorted())
  for (const report of reports) expect(report.wanted).toEqual(wanted)
  const clean = await buildProject(openProject(root, join(root, 'clean')))
  const shared = await buildProject(openProject(root, cacheDir))
  for (const [key, bytes] of clean) expect(Buffer.compare(bytes, shared.get(key) ?? bytes.subarray(1)), key).toBe(0)
}

test('eight processes', async () => {
  const root = createFolder()
  await writeProject(root)
  const cacheDir = join(root, 'cache')
  const children = Array.from({ length: 8 }, () =>
    startScript(process.execPath, [script('build-project.ts'), root, cacheDir]),
  )
  const results = await Promise.all(children.map(({ ended }) => ended))
  for (const { code, output } of results) expect(code, output).toBe(0)
  const reports = results.map(({ output }) => reportSchema.parse(JSON.parse(output.slice(output.indexOf('{')))))
  await expectShared(reports, root, cacheDir)
})

test('three threads of one process', async () => {
  const root = createFolder()
  await writeProject(root)
  const cacheDir = join(root, 'cache')
  const threads = Array.from(
    { length: 3 },
    () => new Worker(script('build-in-thread.ts'), { workerData: { root, cacheDir } }),
  )
  const messages = await Promise.all(threads.map((thread) => once(thread, 'message')))
  await Promise.all(threads.map((thread) => thread.terminate()))
  await expectShared(
    messages.map(([message]) => reportSchema.parse(message)),
    root,
    cacheDir,
  )
})
