/** The summary of a build: Next says that all is compiled, and we say what came of the pictures. */
import { join } from 'node:path'
import { cropsOf, type Plan } from '@hero-image/core'
import { closeSession, holdSession } from '@hero-image/unplugin/module'
import type { NextConfig } from 'next'
import type { Settings } from '../settings.ts'
import { toSessionSettings } from './context.ts'
import { takeTally } from './tally.ts'

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const log: Parameters<typeof holdSession>[1] = { info: print, warn: print }

/** The config with a summary after the user's own `runAfterProductionCompile`. */
export function addSummary(config: NextConfig, settings: Settings): NextConfig {
  const own = config.compiler?.runAfterProductionCompile
  return {
    ...config,
    compiler: {
      ...config.compiler,
      async runAfterProductionCompile(metadata) {
        await own?.(metadata)
        await printSummary(metadata.projectDir, settings)
      },
    },
  }
}

async function printSummary(root: string, settings: Settings): Promise<void> {
  const lines = await takeTally(join(root, settings.workDir))
  // Without a cache every photo would have to be analysed again.
  if (lines.length === 0 || settings.options.cache?.mode === 'off') return
  const session = toSessionSettings(root, settings, false)
  const { engine, report } = await holdSession(session, log)
  const times = new Map(lines.flatMap((line) => ('ms' in line ? [[line.name, line.ms] as const] : [])))
  const shipped = new Map(lines.flatMap((line) => ('bytes' in line ? [[line.name, line] as const] : [])))
  const plans = new Map<string, Promise<Plan>>()
  for (const { name, file, query, bytes } of shipped.values()) {
    const planned = plans.get(`${file}?${query}`) ?? engine.plan(file, query)
    plans.set(`${file}?${query}`, planned)
    const plan = await planned
    const variant = plan.variants.find((each) => each.name === name)
    // The photo has changed since.
    if (variant === undefined) continue
    const ms = times.get(name)
    if (ms !== undefined) report.made(variant, file, bytes, ms)
    report.planned(plan)
    report.shipped(variant, bytes, cropsOf(plan, variant))
  }
  const moments = lines.map(({ at }) => at)
  report.finish(Math.max(...moments) - Math.min(...moments))
  await closeSession(session)
}
