/** A client of the crash test, a process of its own: does its lanes of the plan and writes a line for everything that is done. It is killed at any time. */
import { flushCompileCache } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { openPostgres } from '../../src/database/open.ts'
import { perform } from './perform.ts'
import { planOperations } from './plan.ts'

/** What a client is told. */
export const assignmentSchema = z.object({
  url: z.string(),
  plan: z.object({ seed: z.number(), operations: z.number(), lanes: z.number(), wallets: z.number() }),
  walletIds: z.array(z.string()),
  /** The next operation of each lane of its own. */
  next: z.array(z.number()),
})

export type Assignment = z.infer<typeof assignmentSchema>

/** A line that a client writes: an operation and its result, or what must never happen. */
export const lineSchema = z.union([
  z.object({ index: z.number(), result: z.string() }),
  z.object({ index: z.number(), fault: z.string() }),
])

/** Errors of a connection that broke, and of a server that is away or starts: the operation is done again, under its key. */
function isBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (!('code' in error) || typeof error.code !== 'string') return /connection/i.test(error.message)
  return /^(57P0[123]|08...|ECONN.*|ENOENT|EPIPE)$/.test(error.code)
}

async function run({ url, plan, walletIds, next }: Assignment): Promise<void> {
  // Written at the end otherwise, which most clients do not see.
  flushCompileCache()
  const { db, close } = await openPostgres(url, next.length)
  const field = { plan, planned: planOperations(plan), walletIds }
  const tell = (line: z.infer<typeof lineSchema>): void => {
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  await Promise.all(
    next.map(async (first) => {
      for (let index = first; index < plan.operations; index += plan.lanes) {
        for (let isDone = false; !isDone; ) {
          try {
            tell({ index, result: await perform(db, field, index) })
            isDone = true
          } catch (error) {
            if (!isBroken(error)) {
              tell({ index, fault: error instanceof Error ? `${error.name} ${error.message}` : String(error) })
              isDone = true
            } else await wait(100)
          }
        }
      }
    }),
  )
  await close()
}

const [text] = process.argv.slice(2)
if (text !== undefined && import.meta.main) await run(assignmentSchema.parse(JSON.parse(text)))
