/** `hero-image crops`: pins computed crops in `hero.lock.json`, and accepts new ones after they were looked at. */
import type { Command, Input } from '../command.ts'
import type { PhotoChange } from '../crops/compare.ts'
import { exitCodes } from '../exit-codes.ts'
import { overrideFlags } from '../override-table.ts'
import type { Terminal } from '../terminal.ts'
import { toCount } from '../units.ts'
import { UsageError } from '../usage-error.ts'

const actions = ['lock', 'accept'] as const
type Action = (typeof actions)[number]

const { preset, focus, text, zoom, ratio, config } = overrideFlags

/** The command. */
export const crops: Command = {
  name: 'crops',
  usage: '<lock|accept> [files or globs…]',
  about: 'pin crops in hero.lock.json, so that an update of the engine changes none silently',
  flags: {
    check: { about: 'lock: only compare; fails when a crop is not pinned as it is computed (for CI)' },
    preview: {
      value: '<dir>',
      about: 'accept: write a picture of each changed photo, before and after, into a folder',
    },
    yes: { short: 'y', about: 'accept: do not ask' },
    ...(preset && { preset: { ...preset, about: 'pin for this preset (default: what the project imports)' } }),
    ...(focus && { focus }),
    ...(text && { text }),
    ...(zoom && { zoom }),
    ...(ratio && { ratio }),
    ...(config && { config }),
  },
  notes: [
    'lock adds crops that are not pinned yet and changes none. accept places all crops anew, shows what changed, and pins that.',
    'Without names: all photos that the sources of the project import as ?hero, with the queries found there; paths made by code are not seen. Photos that are named and not imported are pinned for every preset.',
    "Examples:\n  hero-image crops lock\n  hero-image crops lock --check\n  hero-image crops accept 'photos/*.jpg' --preview /tmp/crops",
  ],
  run: runCrops,
}

async function runCrops(input: Input, terminal: Terminal): Promise<number> {
  const { action, names } = await parseAction(input)
  const [
    { HeroError, lockPath, readLock, updateLock },
    { compareProject },
    { acceptPins, addPins },
    { toChangeTable },
    { loadProject },
  ] = await Promise.all([
    import('@hero-image/core'),
    import('../crops/compare-project.ts'),
    import('../crops/compare.ts'),
    import('../crops/table.ts'),
    import('../project.ts'),
  ])
  const { options } = await loadProject(process.cwd(), input.text('config'))
  const lock = await readLock(options.root)
  const { changes, photos, errors } = await compareProject(input, names, options, lock)
  const isWaiting = ({ state }: PhotoChange): boolean => state !== 'same' && state !== 'new'
  const differing = changes.filter(({ state }) => state !== 'same')
  const file = lockPath(options.root)
  const report = (written: boolean): void => {
    if (terminal.json) terminal.print(JSON.stringify({ lock: file, written, photos: changes }, undefined, 2))
  }
  const say = (lines: readonly string[]): void => {
    if (!terminal.json && lines.length > 0) terminal.print(lines.join('\n'))
  }
  const finish = (): number => {
    terminal.fail(errors)
    return errors.length > 0 ? exitCodes.failed : exitCodes.done
  }

  if (action === 'lock' && input.on('check')) {
    report(false)
    say(toChangeTable(differing))
    if (differing.length > 0) {
      const reason = `${toCount(differing.length, 'photo')} of ${changes.length} would be cropped otherwise than pinned.`
      errors.push(new HeroError('HERO_LOCK_DIFFERS', reason, { file, hint: hintFor(differing) }))
    } else if (errors.length === 0) terminal.say(`${toCount(changes.length, 'photo')}: all crops are as pinned`)
    return finish()
  }

  if (action === 'lock') {
    const waiting = changes.filter(isWaiting)
    const added = changes.flatMap(({ state, crops: changed }) =>
      state === 'new' || state === 'moved' ? changed.filter(({ before }) => before === undefined) : [],
    )
    await updateLock(options, (current) => addPins(current, photos))
    report(true)
    say(toChangeTable(waiting))
    terminal.say(`${toCount(added.length, 'crop')} pinned, ${toCount(changes.length, 'photo')} looked at`)
    if (waiting.length > 0) terminal.say(`${toCount(waiting.length, 'photo')} to look at: hero-image crops accept`)
    return finish()
  }

  say(toChangeTable(differing))
  await drawSheets(input, terminal, options, changes)
  if (differing.length === 0) {
    report(false)
    terminal.say('nothing to accept: all crops are as pinned')
    return finish()
  }
  const answer = await isAccepted(input, terminal, differing.length)
  if (answer !== true) {
    report(false)
    return answer === false ? finish() : exitCodes.interrupted
  }
  const gone = changes.flatMap(({ state, path }) => (state === 'gone' ? path : []))
  await updateLock(options, (current) => acceptPins(current, photos, gone))
  report(true)
  terminal.say(`${toCount(differing.length, 'photo')} pinned as computed`)
  return finish()
}

function hintFor(differing: readonly PhotoChange[]): string {
  const isNew = differing.every(({ state }) => state === 'new')
  return isNew
    ? 'Pin them: hero-image crops lock.'
    : 'Look at them and accept them: hero-image crops accept --preview <dir>.'
}

/** @returns undefined when the person broke off */
async function isAccepted(input: Input, terminal: Terminal, count: number): Promise<boolean | undefined> {
  if (input.on('yes')) return true
  if (!terminal.interactive) {
    throw new UsageError('Nobody can be asked here, so nothing was accepted.', 'Say --yes to accept what is shown.')
  }
  const { confirm, isCancel } = await import('@clack/prompts')
  const answer = await confirm({ message: `Pin the crops of ${toCount(count, 'photo')} as they are computed now?` })
  return isCancel(answer) ? undefined : answer
}

async function drawSheets(
  input: Input,
  terminal: Terminal,
  options: { readonly root: string; readonly limits: { readonly pixels: number } },
  changes: readonly PhotoChange[],
): Promise<void> {
  const folder = input.text('preview')
  if (folder === undefined) return
  const [{ drawSheet }, { replacePreview }, { resolve }, { toShownPath }] = await Promise.all([
    import('../crops/sheet.ts'),
    import('../inspect/preview.ts'),
    import('node:path'),
    import('../shown-path.ts'),
  ])
  for (const { path, crops: changed } of changes) {
    if (changed.length === 0) continue
    // A photo above the root keeps its sheet inside the folder.
    const sheet = resolve(folder, `${path.replaceAll('../', '')}.jpg`)
    await replacePreview(sheet, () => drawSheet(resolve(options.root, path), changed, options.limits.pixels))
    terminal.say(`preview: ${toShownPath(sheet)}`)
  }
}

async function parseAction(input: Input): Promise<{ readonly action: Action; readonly names: readonly string[] }> {
  const [word, ...names] = input.names
  const action = actions.find((name) => name === word)
  if (word === undefined) throw new UsageError('Nothing was asked of the crops.', `Say one of: ${actions.join(', ')}.`)
  if (action === undefined) {
    const { suggest } = await import('@hero-image/core')
    throw new UsageError(`The crops know no '${word}'.`, suggest(word, actions))
  }
  const misplaced = action === 'lock' ? ['preview', 'yes'] : ['check']
  const wrong = misplaced.find((flag) => input.on(flag) || input.text(flag) !== undefined)
  if (wrong === undefined) return { action, names }
  const other = actions.find((name) => name !== action)
  throw new UsageError(`--${wrong} means nothing to 'crops ${action}'.`, `It belongs to: hero-image crops ${other}.`)
}
