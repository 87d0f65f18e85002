/** `hero-image inspect`: what is known and decided about one photo; nothing is encoded. */
import { resolve } from 'node:path'
import type { Command, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { overrideFlags } from '../override-table.ts'
import { toShownPath } from '../shown-path.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** The command. */
export const inspect: Command = {
  name: 'inspect',
  usage: '<file>',
  about: 'show facts, subject, crops and plan of a photo',
  flags: {
    ...overrideFlags,
    preview: { value: '<file>', about: 'draw crops and subject over the photo (.jpg, .png, .webp or .avif)' },
  },
  notes: ['Example:\n  hero-image inspect hero.jpg --preset card --preview crops.jpg'],
  run: runInspect,
}

async function runInspect(input: Input, terminal: Terminal): Promise<number> {
  const [name, ...more] = input.names
  if (name === undefined || more.length > 0) {
    throw new UsageError('Exactly one photo must be named.', 'Such as: hero-image inspect hero.jpg')
  }
  const preview = input.text('preview')
  if (preview !== undefined && !/\.(?:jpe?g|png|webp|avif)$/i.test(preview)) {
    throw new UsageError(`The preview cannot be '${preview}'.`, 'Give it the ending .jpg, .png, .webp or .avif.')
  }
  const [{ createEngine, HeroError }, { checkQuery, toQuery }, { findSources }, { loadProject }, { toInspection }] =
    await Promise.all([
      import('@hero-image/core'),
      import('../override-flags.ts'),
      import('../find-sources.ts'),
      import('../project.ts'),
      import('../inspect/inspection.ts'),
    ])
  const cwd = process.cwd()
  const { options, config } = await loadProject(cwd, input.text('config'))
  const query = toQuery(input)
  checkQuery(options, query)
  const { files, errors } = await findSources([name], cwd, resolve(cwd, 'hero-out'))
  const [file, ...others] = files
  if (file === undefined) throw errors[0] ?? new UsageError('No photo was found.', 'Check the path.')
  if (others.length > 0) {
    throw new UsageError(`The pattern matches ${files.length} photos.`, 'Name one of them.')
  }
  const engine = createEngine(options)
  try {
    const [analysis, plan] = await Promise.all([engine.analyse(file), engine.plan(file, query)])
    const cached = await Promise.all(plan.variants.map((variant) => engine.has(variant)))
    const inspection = toInspection(analysis, plan, cached.filter(Boolean).length, config)
    if (terminal.json) terminal.print(JSON.stringify(inspection, undefined, 2))
    else {
      const { toReport } = await import('../inspect/report.ts')
      terminal.print(toReport(inspection, (text) => terminal.style('bold', text)).join('\n'))
    }
    if (preview !== undefined) {
      const { writePreview } = await import('../inspect/preview.ts')
      await writePreview(resolve(cwd, preview), inspection, options.limits.pixels).catch((cause: unknown) => {
        if (cause instanceof HeroError) throw cause
        throw new HeroError('HERO_RENDER_FAILED', 'The preview cannot be drawn.', { file, cause })
      })
      terminal.say(`preview: ${toShownPath(resolve(cwd, preview))}`)
    }
    return exitCodes.done
  } finally {
    await engine.close()
  }
}
