/** Resolves options once: from what a user wrote to complete, checked, frozen JSON. */
import { createRequire } from 'node:module'
import { isAbsolute, resolve } from 'node:path'
import { HeroError } from '../errors.ts'
import { checkMedia } from '../media/condition.ts'
import { parseSizes } from '../media/sizes.ts'
import type { CropRequest, Decisions, EncoderSettings, LadderSettings, RasterFormat } from '../types.ts'
import { strangersIn } from './crop-names.ts'
import {
  builtInPresets,
  defaultCacheDir,
  defaultFormats,
  defaultLadder,
  defaultLimits,
  defaultQuality,
  encoderSettings,
} from './defaults.ts'
import { isDetectorWord } from './detector-words.ts'
import { toOptionError } from './option-error.ts'
import { parseRatio } from './ratio.ts'
import { heroOptionsSchema } from './schema.ts'
import { suggest } from './suggest.ts'
import type { CropOptions, HeroOptions, PresetOptions, QualityOptions } from './user.ts'

/** A preset with nothing left open. */
export interface ResolvedPreset {
  readonly crops: readonly CropRequest[]
  readonly formats: readonly RasterFormat[]
  readonly encoders: Readonly<Record<RasterFormat, EncoderSettings>>
  readonly placeholder: boolean
}

/** Options with nothing left open: frozen, plain JSON, since loaders receive and caches hash them. */
export interface ResolvedOptions {
  /** Absolute path of the project. */
  readonly root: string
  readonly presets: Readonly<Record<string, ResolvedPreset>>
  /** Decisions by pattern, in the order in which they were written; patterns are relative to the root. */
  readonly photos: Readonly<Record<string, Decisions>>
  readonly effort: 'fast' | 'default' | 'smallest'
  readonly ladder: LadderSettings
  readonly metadata: 'none' | 'copyright'
  readonly allowTruncated: boolean
  readonly cache: { readonly dir: string; readonly mode: 'read-write' | 'read-only' | 'off' }
  readonly limits: {
    readonly pixels: number
    readonly bytes: number
    readonly seconds: number
    /** 0 means by the number of cores. */
    readonly memory: number
  }
  /** 0 means: as many as there are cores. */
  readonly concurrency: number
  /** `'none'`, `'objects'`, or a module; absent for the built-in detectors of faces and people. */
  readonly detector?: string
  readonly dts?: boolean | string
  readonly manifest: boolean | string
  readonly report: 'summary' | 'table' | 'silent'
  readonly assetsDir?: string
}

/**
 * Checks what a user wrote and fills in every default.
 *
 * @param written options as a user wrote them; unknown names and wrong values are errors
 * @param root absolute path of the project, against which paths are resolved
 * @throws HeroError HERO_UNKNOWN_OPTION, HERO_INVALID_OPTION, HERO_INVALID_MEDIA, HERO_INVALID_SIZES
 */
export function resolveOptions(written: HeroOptions, root: string): ResolvedOptions {
  const parsed = heroOptionsSchema.safeParse(withoutUndefined(written))
  if (!parsed.success) throw toOptionError(parsed.error.issues)
  const user = parsed.data
  if (user.sizes !== undefined) parseSizes(user.sizes)
  const presets: Record<string, ResolvedPreset> = {}
  for (const [name, preset] of Object.entries({ ...builtInPresets, ...user.presets })) {
    presets[name] = resolvePreset(name, preset, user)
  }
  for (const [pattern, photo] of Object.entries(user.photos ?? {})) checkCropNames(pattern, photo, presets)
  return deepFreeze({
    root,
    presets,
    photos: user.photos ?? {},
    effort: user.effort ?? 'default',
    ladder: {
      maxWidth: user.maxWidth ?? defaultLadder.maxWidth,
      maxDensity: user.maxDensity ?? defaultLadder.maxDensity,
      step: defaultLadder.step,
    },
    metadata: user.metadata ?? 'none',
    allowTruncated: user.allowTruncated ?? false,
    cache: {
      dir: resolve(root, user.cache?.dir ?? defaultCacheDir),
      mode: user.cache?.mode ?? 'read-write',
    },
    limits: { ...defaultLimits, ...user.limits },
    concurrency: user.concurrency ?? 0,
    manifest: user.manifest ?? false,
    report: user.report ?? 'summary',
    ...(user.detector === undefined ? {} : { detector: resolveModule(user.detector, root) }),
    ...(user.dts === undefined ? {} : { dts: user.dts }),
    ...(user.assetsDir === undefined ? {} : { assetsDir: user.assetsDir }),
  })
}

function resolvePreset(name: string, preset: PresetOptions, user: HeroOptions): ResolvedPreset {
  const where = `presets.${name}`
  const entries = Object.entries(preset.crops)
  if (entries.length === 0) throw new HeroError('HERO_INVALID_OPTION', `Option ${where}.crops is empty.`)
  entries.forEach(([crop, { media }], index) => {
    const last = index === entries.length - 1
    if (!last && media === undefined) {
      throw new HeroError(
        'HERO_INVALID_OPTION',
        `Option ${where}.crops.${crop} has no media, so later crops are never shown.`,
        {
          hint: 'Give it a `media`, or make it the last one.',
        },
      )
    }
    if (last && media !== undefined) {
      throw new HeroError(
        'HERO_INVALID_OPTION',
        `Option ${where}.crops.${crop} is the last crop and has a media, so some screens get no picture.`,
        {
          hint: 'Remove its `media`: the last crop is the default one.',
        },
      )
    }
  })
  return {
    crops: entries.map(([crop, options]) => resolveCrop(crop, options, preset, user, `${where}.crops.${crop}`)),
    formats: [...new Set(preset.formats ?? user.formats ?? defaultFormats)],
    encoders: encoderSettings(user.effort ?? 'default', {
      ...defaultQuality,
      ...toQualities(user.quality),
      ...toQualities(preset.quality),
    }),
    placeholder: preset.placeholder ?? user.placeholder ?? true,
  }
}

function resolveCrop(
  name: string,
  crop: CropOptions,
  preset: PresetOptions,
  user: HeroOptions,
  where: string,
): CropRequest {
  const own = crop.sizes ?? preset.sizes
  // Presets of ours are right, a test says so: parsing them again would take the first milliseconds of every build.
  if (!Object.values(builtInPresets).includes(preset)) {
    if (own !== undefined) parseSizes(own)
    if (crop.media !== undefined) checkMedia(crop.media, `${where}.media`)
  }
  const sizes = own ?? user.sizes ?? '100vw'
  const widths = crop.widths ?? preset.widths
  return {
    name,
    ratio: parseRatio(crop.ratio) ?? 0,
    sizes,
    ...(crop.media === undefined ? {} : { media: crop.media }),
    ...(widths === undefined ? {} : { widths: [...new Set(widths)].sort((a, b) => a - b) }),
    ...(crop.text === undefined ? {} : { text: crop.text }),
    ...(crop.zoom === undefined ? {} : { zoom: crop.zoom }),
  }
}

/** @throws HeroError HERO_UNKNOWN_OPTION for a crop that no preset has */
function checkCropNames(pattern: string, photo: Decisions, presets: Readonly<Record<string, ResolvedPreset>>): void {
  const known = Object.values(presets).flatMap(({ crops }) => crops.map(({ name }) => name))
  const [stranger] = strangersIn(photo, known)
  if (stranger === undefined) return
  throw new HeroError(
    'HERO_UNKNOWN_OPTION',
    `Option photos['${pattern}'] speaks of a crop '${stranger}' that no preset has.`,
    {
      hint: suggest(stranger, [...new Set(known)]),
    },
  )
}

/** One quality per format, from one number or from some formats' numbers. */
export function toQualities(quality: QualityOptions | undefined): Partial<Record<RasterFormat, number>> {
  if (typeof quality !== 'number') return quality ?? {}
  return { avif: quality, webp: quality, jpeg: quality, png: quality, gif: quality }
}

/** A relative module and a package are found from the project's root: where the engine lies, the project's own packages may not be seen. */
function resolveModule(specifier: string, root: string): string {
  if (isDetectorWord(specifier) || specifier.startsWith('file:')) return specifier
  if (specifier.startsWith('.') || isAbsolute(specifier)) return resolve(root, specifier)
  try {
    return createRequire(resolve(root, 'package.json')).resolve(specifier)
  } catch {
    // Not there, or for `import` alone: Node may still find it, or says what is wrong.
    return specifier
  }
}

/** `cache: isCI ? {…} : undefined` means that nothing was said. */
function withoutUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const said = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(said.map(([key, inner]) => [key, withoutUndefined(inner)]))
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
