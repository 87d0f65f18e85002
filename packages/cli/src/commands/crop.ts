/** `hero-image crop`: the files of a build, without a build. */
import { resolve } from 'node:path'
import type { Command, Input } from '../command.ts'
import { type MarkupKind, markupKinds } from '../crop/markup-kind.ts'
import { exitCodes } from '../exit-codes.ts'
import { overrideFlags } from '../override-table.ts'
import { toShownPath } from '../shown-path.ts'
import type { Terminal } from '../terminal.ts'
import { toCount } from '../units.ts'
import { UsageError } from '../usage-error.ts'

const defaultOut = 'hero-out'

/** Waits of this many seconds are announced. */
const longSeconds = 5

/** The command. */
export const crop: Command = {
  name: 'crop',
  usage: '<files or globs…>',
  about: 'make the files of photos and print markup for them',
  flags: {
    ...overrideFlags,
    out: { value: '<dir>', about: `folder for the files (default '${defaultOut}')` },
    base: { value: '<url>', about: 'what URLs in the markup begin with (default: the output folder)' },
    alt: { value: '<text>', about: "alternative text; '' for decoration (default: the sidecar's)" },
    html: { about: 'print <picture> elements' },
    jsx: { about: 'print JSX' },
    css: { about: 'print rules for backgrounds' },
    preload: { about: 'print <link rel="preload"> elements' },
  },
  notes: [
    'Markup and JSON go to stdout, everything else to stderr. Names and contents are those of a build with the same options.',
    "Examples:\n  hero-image crop hero.jpg --html --alt 'A lake at dawn' --base /img/ --out public/img\n  hero-image crop 'photos/**/*.jpg' --preset card --json",
  ],
  run: runCrop,
}

async function runCrop(input: Input, terminal: Terminal): Promise<number> {
  const started = performance.now()
  const kind = markupKind(input)
  if (input.names.length === 0) {
    throw new UsageError('No photo was named.', 'Name files or patterns: hero-image crop hero.jpg')
  }
  const [
    { toLookLine },
    { checkQuery, toQuery },
    { findSources },
    { makePictures },
    { loadProject },
    { toFileTable, toSummary, toTotals },
    { toUrlOf },
    { toMarkup, withAlt },
  ] = await Promise.all([
    import('@hero-image/core'),
    import('../override-flags.ts'),
    import('../find-sources.ts'),
    import('../crop/make-pictures.ts'),
    import('../project.ts'),
    import('../crop/summary.ts'),
    import('../crop/url.ts'),
    import('../crop/markup.ts'),
  ])
  const cwd = process.cwd()
  const { options, config } = await loadProject(cwd, input.text('config'))
  const query = toQuery(input)
  checkQuery(options, query)
  const out = resolve(cwd, input.text('out') ?? defaultOut)
  const found = await findSources(input.names, cwd, out)
  const alt = input.text('alt')
  const { pictures, errors } = await makePictures({
    options,
    query,
    out,
    files: found.files,
    urlOf: toUrlOf(input.text('base'), out, cwd),
    complete: (asset, file) => withAlt(asset, alt, kind, file),
    onEstimate(missing, seconds) {
      if (seconds >= longSeconds)
        terminal.say(
          `${toCount(missing, 'file')} to make, about ${Math.round(seconds)} s; next time they come from the cache`,
        )
    },
    onProgress: terminal.progress,
  })
  const totals = toTotals(pictures, performance.now() - started)
  if (terminal.json) {
    const shown = pictures.map(({ plan, asset, files }) => ({ file: plan.file, asset, plan, files }))
    terminal.print(
      JSON.stringify({ ...(config === undefined ? {} : { config }), out, pictures: shown, totals }, undefined, 2),
    )
  } else if (kind !== undefined && pictures.length > 0) {
    terminal.print(toMarkup(pictures, kind))
  }
  if (kind === undefined) for (const picture of pictures) terminal.say(toFileTable(picture).join('\n'))
  if (pictures.length > 0) terminal.say(toSummary(totals, out))
  const look = toLookLine(
    pictures.map(({ plan }) => plan),
    (file) => toShownPath(file, cwd),
  )
  if (look !== undefined) terminal.say(look)
  const failures = [...found.errors, ...errors]
  terminal.fail(failures)
  return failures.length === 0 ? exitCodes.done : exitCodes.failed
}

/** @throws UsageError when several kinds are wished */
function markupKind(input: Input): MarkupKind | undefined {
  const wished = [...markupKinds, 'json'].filter((name) => input.on(name))
  if (wished.length > 1) {
    throw new UsageError(`Only one of ${wished.map((name) => `--${name}`).join(', ')} can be printed.`, 'Choose one.')
  }
  return markupKinds.find((name) => input.on(name))
}
