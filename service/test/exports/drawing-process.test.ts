/** The process that draws an export: what becomes of the export when somebody ends it, and when it takes too much. */
import { readdirSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExportAnswer, exportSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { performExport } from '../../src/exports/perform.ts'
import { fromWireId } from '../../src/keys/uuid.ts'
import { printCounts } from '../harness/counts.ts'
import { ask, contentOf, decide, hero, makeFull, makeProject, perform, person, upload } from './exporter.ts'

/** The processes that draw for this one. */
function findDrawing(): number[] {
  const tasks = `/proc/${process.pid}/task`
  return readdirSync(tasks)
    .flatMap((task) =>
      readFileSync(join(tasks, task, 'children'), 'latin1')
        .trim()
        .split(' '),
    )
    .map(Number)
    .filter((pid) => pid > 0 && isDrawing(pid))
}

function isDrawing(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('pixel-process')
  } catch {
    return false
  }
}

/** Ends the process that draws as soon as there is one. */
async function killOnce(until: Promise<unknown>): Promise<number> {
  let isOver = false
  void until.finally(() => {
    isOver = true
  })
  while (!isOver) {
    const [pid] = findDrawing()
    if (pid !== undefined) {
      process.kill(pid, 'SIGKILL')
      return 1
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return 0
}

async function read(id: string): Promise<ExportAnswer> {
  return exportSchema.parse(await (await person.request(`/v1/exports/${id}`)).json())
}

/** Nothing is left of an attempt: no row of a file, no folder, no process. */
async function expectNothingLeft(): Promise<void> {
  const files = await hero.service.db
    .selectFrom('file')
    .select('id')
    .where('kind', '=', 'export')
    .where('user_id', '=', person.userId)
    .execute()
  expect(files).toEqual([])
  expect(await readdir(join(hero.service.settings.HERO_DATA_DIR, 'exports'))).toEqual([])
  expect(findDrawing()).toEqual([])
}

test('ended by somebody, the export is tried again, and told when that was the last time', async () => {
  const { id } = await makeFull()
  const wish = await ask({ project_id: id, kind: 'zip' })
  let killed = 0
  const first = perform(wish.id).then(
    () => 'done',
    () => 'failed',
  )
  killed += await killOnce(first)
  expect(await first).toBe('failed')
  expect((await read(wish.id)).state).toBe('running')
  await expectNothingLeft()

  await perform(wish.id)
  expect((await read(wish.id)).state).toBe('succeeded')
  await contentOf(wish.id)
  await person.request(`/v1/exports/${wish.id}`, { method: 'DELETE' })

  const other = await ask({ project_id: id, kind: 'json' })
  const last = perform(other.id, { isLast: true }).catch(() => undefined)
  killed += await killOnce(last)
  await last
  expect(await read(other.id)).toMatchObject({ state: 'failed', failure: { code: 'internal' } })
  await expectNothingLeft()
  printCounts('export, process that draws', { killed, 'tried again': 1, told: 1 })
})

test.runIf(process.platform === 'linux')(
  'it is ended when it takes more memory than it may, and the export says so',
  async () => {
    const { id } = await makeProject()
    const large = await sharp({ create: { width: 6000, height: 4000, channels: 3, background: '#468' } })
      .jpeg()
      .toBuffer()
    const photo = await upload(id, 'large.jpg', large)
    await decide(id, { [photo.id]: { alt: '' } })
    const wish = await ask({ project_id: id, kind: 'zip' })
    const settings = { ...hero.service.settings, HERO_EXPORT_MEGABYTES: 100 }
    const { signal } = new AbortController()
    const data = { exportId: fromWireId('export', wish.id) ?? '' }
    await performExport({ ...hero.service, settings }, { data, isLast: false, signal })
    expect(await read(wish.id)).toMatchObject({
      state: 'failed',
      failure: { code: 'too-large', detail: expect.stringContaining('more memory') },
    })
    await expectNothingLeft()
  },
)
