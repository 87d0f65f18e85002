/** Reserves files while modules load and fills them at the end of the build: the emit family (Vite, Rollup, Rolldown). */
import { cropsOf, type Plan, toModuleText, type Variant } from '@hero-image/core'
import type { Started } from '../session.ts'

/** The part of a plugin context that emission needs; the same in all three hosts. */
export interface EmitContext {
  emitFile(file: { type: 'asset'; fileName: string; source: string | Uint8Array }): string
}

/** One file of an output bundle, as far as we look at it. */
export type BundleFile =
  | { readonly type: 'chunk'; readonly code: string; readonly moduleIds: readonly string[] }
  | { readonly type: 'asset'; readonly fileName: string; source: string | Uint8Array }

/** An output bundle by file name. */
export type Bundle = Record<string, BundleFile>

/** A reserved file. */
export interface Reserved {
  readonly variant: Variant
  /** Absolute path of the source. */
  readonly file: string
  readonly plan: Plan
  readonly reference: string
  /** Bytes it was emitted with; `undefined` while it holds a stub. */
  readonly bytes?: number
}

/** A file with its bytes in the bundle. */
export interface Filled extends Reserved {
  /** How many bytes. */
  readonly bytes: number
}

/** The files of one build of one environment. */
export interface Emission {
  /**
   * Reserves all files of a plan.
   *
   * @param ready bytes that are there already, by key
   * @returns the host's reference for each variant
   */
  reserve(context: EmitContext, plan: Plan, ready?: ReadonlyMap<string, Uint8Array>): (variant: Variant) => string
  /** Notes that a style sheet or a document shows a photo without importing it. */
  showIn(owner: string, file: string): void
  /** The style sheets and documents that show a photo, by id. */
  shownIn(file: string): readonly string[]
  /**
   * Counts a reference as used even if no chunk names its file: it stands in CSS or HTML. Encoding starts beside the rest of the build.
   *
   * @param owner id of the module it stands in; the reference counts only while some chunk has that module
   */
  keep(reference: string, owner?: string): void
  /**
   * The module text for a plan. Files that are in the store are emitted at once, since hosts spend much on files that change later; encoding of the others
   * starts beside the rest of the build.
   */
  moduleText(context: EmitContext, plan: Plan): Promise<string>
  /** Gives used files their bytes and removes all others. Returns what was put into the bundle. */
  fill(bundle: Bundle): Promise<readonly Filled[]>
  /** Gives up encoding what nobody has asked for at the end. */
  abandon(): void
}

/** Bytes that must never reach an output; unique, since hosts merge equal sources. */
const stub = (name: string): string => `hero-image stub of ${name}`

/**
 * An emission for one build.
 *
 * @param ships false for server builds: the client's build has the files
 */
export function createEmission({ engine, assetsDir, report }: Started, ships: boolean): Emission {
  const reserved = new Map<string, Reserved>()
  const byReference = new Map<string, Reserved>()
  const kept = new Map<string, Set<string | undefined>>()
  const owners = new Map<string, Set<string>>()
  const background = new AbortController()
  const { mode } = engine.options.cache
  // Without a cache folder there is nowhere else to put the bytes until the end.
  const unstored = new Map<string, Promise<Uint8Array>>()

  const fileNameOf = (variant: Variant): string => (assetsDir === '' ? variant.name : `${assetsDir}/${variant.name}`)

  const bytesOf = async ({ file, variant }: Reserved): Promise<Uint8Array> => {
    const made = await unstored.get(variant.key)?.catch(() => undefined)
    return made ?? engine.render(file, variant)
  }

  const startEncoding = async (file: string, variant: Variant): Promise<void> => {
    if (mode === 'read-only') return
    // A failure is told at the end, if the file is used at all.
    if (mode === 'read-write') return engine.make(file, variant, background.signal).catch(() => undefined)
    const made = unstored.get(variant.key) ?? engine.render(file, variant, background.signal)
    unstored.set(variant.key, made)
    await made.catch(() => undefined)
  }

  const emission: Emission = {
    reserve(context, plan, ready) {
      for (const variant of plan.variants) {
        const fileName = fileNameOf(variant)
        if (reserved.has(fileName)) continue
        const bytes = ready?.get(variant.key)
        const reference = context.emitFile({ type: 'asset', fileName, source: bytes ?? stub(variant.name) })
        const known = bytes === undefined ? {} : { bytes: bytes.length }
        const file: Reserved = { variant, file: plan.file, plan, reference, ...known }
        reserved.set(fileName, file)
        byReference.set(reference, file)
      }
      return (variant) => reserved.get(fileNameOf(variant))?.reference ?? ''
    },
    showIn(owner, file) {
      owners.set(file, (owners.get(file) ?? new Set()).add(owner))
    },
    shownIn: (file) => [...(owners.get(file) ?? [])],
    keep(reference, owner) {
      kept.set(reference, (kept.get(reference) ?? new Set()).add(owner))
      const each = byReference.get(reference)
      if (each !== undefined) void startEncoding(each.file, each.variant)
    },
    async moduleText(context, plan) {
      const ready = ships ? await findReady(plan.variants) : new Map<string, Uint8Array>()
      const referenceOf = emission.reserve(context, plan, ready)
      for (const variant of plan.variants) if (!ready.has(variant.key)) void startEncoding(plan.file, variant)
      return toModuleText(plan, (variant) => `import.meta.ROLLUP_FILE_URL_${referenceOf(variant)}`)
    },
    async fill(bundle) {
      const named = namesIn(bundle)
      const modules = modulesIn(bundle)
      const isKept = (reference: string): boolean =>
        [...(kept.get(reference) ?? [])].some((owner) => owner === undefined || modules.has(owner))
      const used: Reserved[] = []
      for (const [fileName, each] of reserved) {
        if (ships && (isKept(each.reference) || named.has(each.variant.name))) used.push(each)
        else delete bundle[fileName]
      }
      const missing = await findMissing(used)
      report.announce(
        missing.map(({ variant }) => variant),
        used.length,
        engine.jobs,
      )
      for (const each of used) report.planned(each.plan)
      if (mode === 'read-write') await drawAhead(missing)
      // All are wished for at once, so that without a store, too, each photo is decoded once.
      return Promise.all(
        used.map(async (each) => {
          if (each.bytes !== undefined) {
            report.shipped(each.variant, each.bytes, cropsOf(each.plan, each.variant))
            return { ...each, bytes: each.bytes }
          }
          const bytes = await bytesOf(each)
          const asset = bundle[fileNameOf(each.variant)]
          if (asset?.type === 'asset') asset.source = bytes
          report.shipped(each.variant, bytes.length, cropsOf(each.plan, each.variant))
          return { ...each, bytes: bytes.length }
        }),
      )
    },
    abandon: () => background.abort(),
  }

  async function findReady(variants: readonly Variant[]): Promise<Map<string, Uint8Array>> {
    const ready = new Map<string, Uint8Array>()
    for (const variant of variants) {
      if (reserved.has(fileNameOf(variant))) continue
      const bytes = await engine.find(variant)
      if (bytes !== undefined) ready.set(variant.key, bytes)
    }
    return ready
  }

  async function findMissing(used: readonly Reserved[]): Promise<Reserved[]> {
    const missing: Reserved[] = []
    for (const each of used) if (each.bytes === undefined && !(await engine.has(each.variant))) missing.push(each)
    return missing
  }

  /**
   * Draws everything into the store before the host gets the first file: it copies what it gets, and its own memory is largest from then on. The process that
   * draws should be gone by that time.
   */
  async function drawAhead(missing: readonly Reserved[]): Promise<void> {
    await Promise.all(missing.map(({ file, variant }) => engine.make(file, variant)))
    await engine.rest()
  }

  return emission
}

/** Every name of the form our variants have that some chunk mentions. One pass over the code, however many files there are. */
function namesIn(bundle: Bundle): Set<string> {
  const names = new Set<string>()
  for (const file of Object.values(bundle)) {
    if (file.type !== 'chunk') continue
    for (const [name] of file.code.matchAll(/\w[\w-]*-\d+x\d+\.[0-9a-f]{12}\.[a-z]+/g)) names.add(name)
  }
  return names
}

function modulesIn(bundle: Bundle): Set<string> {
  return new Set(Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])))
}
