/** `npm run bench:crops`: how well every method keeps what matters. `--photos <folder> --out <file>` judges any annotated folder and writes our rectangles. */
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type PhotoSet, readSet } from './annotations.ts'
import type { Method } from './method.ts'
import { createMethods } from './methods.ts'
import { type Measured, toPeopleReport } from './people.ts'
import { type Run, runMethod } from './run.ts'
import { toQuoted, toReport } from './tables.ts'

const usage = `npm run bench:crops -- [--photos <folder> [--out <file>]] [--only <method>]

  --photos  folder with photos and an annotations.json instead of our own two sets; photos may have any size
  --out     writes our rectangles there, as the scorer reads them; likewise <file>-no-model and <file>-objects beside it
  --only    one method by name ('ours', 'centre', …); may be repeated
`

interface Flags {
  readonly photos?: string
  readonly out?: string
  readonly only: readonly string[]
}

const flags = readFlags()
if (flags === undefined) process.exitCode = 1
else await main(flags)

function readFlags(): Flags | undefined {
  try {
    const { values } = parseArgs({
      options: { photos: { type: 'string' }, out: { type: 'string' }, only: { type: 'string', multiple: true } },
    })
    if (values.out !== undefined && values.photos === undefined) throw new Error('--out needs --photos.')
    const { photos, out, only = [] } = values
    return { only, ...(photos === undefined ? {} : { photos }), ...(out === undefined ? {} : { out }) }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    return undefined
  }
}

async function main({ photos, out, only }: Flags): Promise<void> {
  // npm runs scripts in the folder of the package; paths are the caller's.
  const cwd = process.env.INIT_CWD ?? process.cwd()
  const own = join(import.meta.dirname, '../../crops')
  const sets = await (photos === undefined
    ? Promise.all([readSet(join(own, 'shared'), 'shared'), readSet(join(own, 'tune'), 'tune (rough boxes)')])
    : Promise.all([readSet(resolve(cwd, photos), basename(resolve(cwd, photos)))]))
  const methods = (await createMethods()).filter(({ name }) => only.length === 0 || only.includes(name))
  const measured: Measured[] = []
  for (const set of sets) {
    const runs = await runAll(methods, set)
    measured.push({ set, runs })
    process.stdout.write(`\n${toReport(set, runs)}\n`)
    if (out !== undefined) await writePredictions(resolve(cwd, out), runs)
  }
  process.stdout.write(`\n${toPeopleReport(measured)}\n\n${toQuoted()}\n`)
}

async function runAll(methods: readonly Method[], set: PhotoSet): Promise<Run[]> {
  const runs: Run[] = []
  for (const method of methods) {
    process.stderr.write(`${set.name}: ${method.name}\n`)
    runs.push(await runMethod(method, set))
  }
  return runs
}

async function writePredictions(file: string, runs: readonly Run[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  for (const [method, target] of [
    ['ours', file],
    ['ours, no model', file.replace(/(\.json)?$/, '-no-model.json')],
    ['ours, objects', file.replace(/(\.json)?$/, '-objects.json')],
  ] as const) {
    const run = runs.find((each) => each.method === method)
    if (run === undefined) continue
    await writeFile(target, `${JSON.stringify({ method, photos: run.predictions })}\n`)
    process.stdout.write(`\nRectangles of ${method}: ${target}\n`)
  }
}
