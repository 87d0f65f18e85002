/** Everything decided and nothing drawn: request + analysis + sidecar → rectangles, variants, names. Pure. */
import { placeCrop } from '../crop/place.ts'
import { toRelative } from '../crop/rect.ts'
import { viewportRange } from '../media/condition.ts'
import { slotWidths } from '../media/sizes.ts'
import { strangersIn } from '../options/crop-names.ts'
import { suggest } from '../options/suggest.ts'
import type { LockedPhoto } from '../source/lock.ts'
import type { Sidecar } from '../source/sidecar-text.ts'
import type {
  Analysis,
  CropRequest,
  HeroRequest,
  Plan,
  PlannedCrop,
  PlannedSource,
  Rect,
  RgbRaster,
  SourceFacts,
  Variant,
  VariantFormat,
} from '../types.ts'
import { planFormats, universalFormats } from './formats.ts'
import { hash, variantKey, variantName } from './key.ts'
import { chooseFallbackWidths, chooseWidths, clampWidths } from './ladder.ts'
import { decideCrop } from './overrides.ts'
import { dominantColour, planPlaceholder } from './placeholder.ts'

/** What a plan is made from besides the request. */
export interface PlanInputs {
  /** Absolute path of the source. */
  readonly file: string
  readonly analysis: Analysis
  readonly sidecar?: Sidecar
  /** What the lock pins of this photo, or of the one that was here before. */
  readonly locked?: LockedPhoto
  /**
   * Names of the crops of all presets, to tell misspelt ones in the sidecar.
   * @default nobody is told of misspelt ones
   */
  readonly cropNames?: readonly string[]
  /** Render version and codec versions; part of every key. */
  readonly tools: string
}

/** Decides the crops, the files and their names. */
export function planVariants(request: HeroRequest, inputs: PlanInputs): Plan {
  const { facts } = inputs.analysis
  return facts.format === 'svg' ? planSvg(request, inputs) : planRaster(request, inputs)
}

function planRaster(request: HeroRequest, inputs: PlanInputs): Plan {
  const { file, analysis, sidecar, locked, tools } = inputs
  const { facts, subject } = analysis
  const said = { photo: facts.hash, ...(sidecar && { sidecar }), ...(locked && { locked }) }
  const raster = toRaster(analysis.preview)
  const crops = request.crops.map((crop): PlannedCrop => {
    const { overrides, pin } = decideCrop(request, crop, said)
    const { name, sizes, media, leastWidth = 1 } = crop
    const placed = placeCrop({ photo: facts, crop, subject, overrides, preview: raster, leastWidth })
    return {
      name,
      sizes,
      ...(media === undefined ? {} : { media }),
      ratio: placed.rect.width / placed.rect.height,
      ...placed,
      ...(pin === undefined ? {} : { pin }),
      colour: dominantColour(raster, toRelative(facts, placed.rect)),
    }
  })
  const { formats, notes } = planFormats(request.formats, facts)
  const files = createFileList(file, facts, request, tools)
  const sources = crops.flatMap((crop, index): PlannedSource[] => {
    const asked = request.crops[index]
    if (asked === undefined) return []
    const ladder = planLadder(asked, index, request, widestFile(crop.rect))
    return formats.map((format) => ({
      crop: crop.name,
      ...(crop.media === undefined ? {} : { media: crop.media }),
      format,
      sizes: crop.sizes,
      variants: ladderFor(format, formats, ladder, asked).map((width) => files.add(crop, format, width)),
    }))
  })
  return {
    file,
    preset: request.preset,
    ...altOf(request, sidecar),
    facts,
    detector: analysis.detector,
    crops,
    sources,
    variants: files.variants,
    fallback: sources.at(-1)?.variants.at(-1) ?? 0,
    ...(request.placeholder && !facts.alpha ? { placeholder: placeholderOf(crops, facts, raster) } : {}),
    notes: [...facts.notes, ...notes, ...decisionNotes(request, inputs), ...gainMapNotes(facts, formats)],
  }
}

/** SVG scales by itself: one file, untouched, in its own ratio for every screen. */
function planSvg(request: HeroRequest, { file, analysis, sidecar, tools }: PlanInputs): Plan {
  const { facts } = analysis
  const name = request.crops.at(-1)?.name ?? request.preset
  const rect = { left: 0, top: 0, width: facts.width, height: facts.height }
  const files = createFileList(file, facts, request, tools)
  const only = files.add({ rect }, 'svg', facts.width)
  return {
    file,
    preset: request.preset,
    ...altOf(request, sidecar),
    facts,
    detector: analysis.detector,
    crops: [
      {
        name,
        sizes: request.crops.at(-1)?.sizes ?? '100vw',
        ratio: facts.width / facts.height,
        rect,
        by: 'source',
        kept: 1,
        confidence: 1,
        parts: [],
        reason: 'not cropped',
        warnings: [],
        colour: dominantColour(toRaster(analysis.preview), { x: 0, y: 0, width: 1, height: 1 }),
      },
    ],
    sources: [],
    variants: files.variants,
    fallback: only,
    notes: [...facts.notes, 'SVG: passed through untouched, not cropped'],
  }
}

interface FileList {
  readonly variants: readonly Variant[]
  /** Index of the file for a crop at a width; the same file is listed once. */
  add(crop: Pick<PlannedCrop, 'rect'>, format: VariantFormat, width: number): number
}

function createFileList(file: string, facts: SourceFacts, request: HeroRequest, tools: string): FileList {
  const variants: Variant[] = []
  const byKey = new Map<string, number>()
  return {
    variants,
    add({ rect }, format, width) {
      const inputs = {
        source: facts.hash,
        format,
        rect,
        width,
        height: Math.max(1, Math.round((width * rect.height) / rect.width)),
        encoder: format === 'svg' ? { quality: 100, effort: 0 } : request.encoders[format],
        colour: facts.colour,
        frames: facts.frames,
        alpha: facts.alpha,
        depth: facts.depth,
        gainMap: facts.gainMap && format === 'jpeg',
        metadata: request.metadata,
        allowTruncated: request.allowTruncated,
      }
      const key = variantKey(inputs, tools)
      const known = byKey.get(key)
      if (known !== undefined) return known
      byKey.set(key, variants.length)
      return variants.push({ name: variantName(file, inputs, key), key, ...inputs }) - 1
    },
  }
}

/** WebP ends at 16383 px a side, AVIF at 16384: a long screenshot is narrowed until its height fits. */
const longestSide = 16_383

function widestFile({ width, height }: Rect): number {
  return Math.max(1, Math.min(width, Math.floor((longestSide * width) / height)))
}

/** Widths written by hand hold for every format; chosen ones depend on where the crop is shown. */
function planLadder(crop: CropRequest, index: number, request: HeroRequest, available: number): readonly number[] {
  if (crop.widths !== undefined) return clampWidths(crop.widths, available)
  const media = request.crops.map((each) => each.media)
  const slots = slotWidths(crop.sizes, viewportRange(media, index))
  return chooseWidths({ slots, available, ladder: request.ladder })
}

/** The universal format is only a fallback when there are others before it. */
function ladderFor(
  format: VariantFormat,
  formats: readonly VariantFormat[],
  ladder: readonly number[],
  crop: CropRequest,
): readonly number[] {
  const fallback = formats.length > 1 && universalFormats.includes(format) && crop.widths === undefined
  return fallback ? chooseFallbackWidths(ladder) : ladder
}

function placeholderOf(
  crops: readonly PlannedCrop[],
  facts: SourceFacts,
  raster: RgbRaster,
): NonNullable<Plan['placeholder']> {
  const shown = crops.map(({ media, rect }) => ({
    ...(media === undefined ? {} : { media }),
    rect: toRelative(facts, rect),
  }))
  return planPlaceholder(shown, raster, hash([facts.hash, shown]).slice(0, 8))
}

function toRaster({ width, height, data }: Analysis['preview']): RgbRaster {
  return { width, height, data: Uint8Array.from(atob(data), (char) => char.charCodeAt(0)) }
}

function altOf({ config }: HeroRequest, sidecar: Sidecar | undefined): Pick<Plan, 'alt'> {
  const alt = sidecar?.alt ?? config.alt
  return alt === undefined ? {} : { alt }
}

function decisionNotes(request: HeroRequest, { analysis, sidecar = {}, locked, ...inputs }: PlanInputs): string[] {
  const { hash: photo } = analysis.facts
  const names = request.crops.map((crop) => crop.name)
  const { cropNames } = inputs
  const said = Object.keys(sidecar.crops ?? {})
  const unknown = cropNames === undefined ? [] : strangersIn(sidecar, cropNames)
  const strangers = strangersIn(sidecar, [...names, ...unknown])
  return [
    ...(sidecar.photo !== undefined && sidecar.photo !== photo
      ? ['the sidecar was made for an earlier version of this photo: look at its crops again']
      : []),
    ...unknown.map(
      (name) => `the sidecar speaks of a crop '${name}' that no preset has. ${suggest(name, cropNames ?? [])}`,
    ),
    ...(strangers.length > 0 && strangers.length === said.length
      ? [`the sidecar's crops (${strangers.join(', ')}) are not in preset '${request.preset}'`]
      : []),
    ...(locked !== undefined && locked.photo !== photo
      ? [
          'hero.lock.json pins crops of an earlier version of this photo, so they were placed anew: hero-image crops accept',
        ]
      : []),
  ]
}

function gainMapNotes(facts: SourceFacts, formats: readonly VariantFormat[]): string[] {
  const without = formats.filter((format) => format !== 'jpeg')
  return facts.gainMap && without.length > 0 ? [`HDR gain map: kept in JPEG, dropped in ${without.join(', ')}`] : []
}
