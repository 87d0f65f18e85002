/** Puts query, preset and options together into one complete request. */
import { HeroError, isHeroError } from '../errors.ts'
import { parseSizes } from '../media/sizes.ts'
import { strangersIn } from '../options/crop-names.ts'
import { photoDecisions } from '../options/photo-decisions.ts'
import type { ResolvedOptions, ResolvedPreset } from '../options/resolve.ts'
import { suggest } from '../options/suggest.ts'
import type { CropRequest, Decisions, EncoderSettings, HeroRequest, RasterFormat } from '../types.ts'
import { withLeastWidths } from './least-width.ts'
import type { HeroQuery } from './query.ts'

/**
 * Completes a query with its preset; the query wins.
 *
 * @param file absolute path of the photo; error messages name it, and the config may speak of it
 * @throws HeroError HERO_UNKNOWN_PRESET, HERO_INVALID_QUERY (crops, text), HERO_INVALID_SIZES
 */
export function resolveRequest(options: ResolvedOptions, query: HeroQuery, file: string): HeroRequest {
  const preset = Object.hasOwn(options.presets, query.preset) ? options.presets[query.preset] : undefined
  if (preset === undefined) {
    throw new HeroError('HERO_UNKNOWN_PRESET', `There is no preset '${query.preset}'.`, {
      file,
      hint: suggest(query.preset, Object.keys(options.presets)),
    })
  }
  if (query.sizes !== undefined) checkSizes(query.sizes, file)
  return {
    preset: query.preset,
    crops: withLeastWidths(
      selectCrops(preset, query, file).map((crop) => overrideCrop(crop, query)),
      options.ladder,
    ),
    formats: query.formats ?? preset.formats,
    encoders: overrideQuality(preset.encoders, query.quality),
    placeholder: preset.placeholder,
    metadata: options.metadata,
    ladder: options.ladder,
    allowTruncated: options.allowTruncated,
    query: decideByQuery(preset, query, file),
    config: photoDecisions(options, file),
  }
}

function checkSizes(sizes: string, file: string): void {
  try {
    parseSizes(sizes)
  } catch (cause) {
    if (!isHeroError(cause)) throw cause
    throw new HeroError(cause.code, cause.reason, { file, hint: cause.hint, cause })
  }
}

function decideByQuery(
  preset: ResolvedPreset,
  { preset: name, focus, text, zoom }: HeroQuery,
  file: string,
): Decisions {
  const known = preset.crops.map((crop) => crop.name)
  const [unknown] = strangersIn({ ...(text === undefined ? {} : { text }) }, known)
  if (unknown !== undefined) throw unknownCrop(unknown, name, known, file)
  return {
    ...(focus === undefined ? {} : { focus }),
    ...(text === undefined ? {} : { text }),
    ...(zoom === undefined ? {} : { zoom }),
  }
}

function unknownCrop(crop: string, preset: string, known: readonly string[], file: string): HeroError {
  return new HeroError('HERO_INVALID_QUERY', `Preset '${preset}' has no crop '${crop}'.`, {
    file,
    hint: suggest(crop, known),
  })
}

/** The chosen crops in the order of the preset. The last one kept becomes the default crop, so it loses its media. */
function selectCrops(preset: ResolvedPreset, query: HeroQuery, file: string): readonly CropRequest[] {
  const names = query.crops
  if (names === undefined) return preset.crops
  const known = preset.crops.map((crop) => crop.name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw unknownCrop(unknown, query.preset, known, file)
  const kept = preset.crops.filter((crop) => names.includes(crop.name))
  return kept.map((crop, index) => {
    if (index < kept.length - 1) return crop
    const { media: _, ...rest } = crop
    return rest
  })
}

function overrideCrop(crop: CropRequest, query: HeroQuery): CropRequest {
  return {
    ...crop,
    ratio: query.ratio ?? crop.ratio,
    sizes: query.sizes ?? crop.sizes,
    ...(query.widths === undefined ? {} : { widths: query.widths }),
  }
}

function overrideQuality(
  encoders: Readonly<Record<RasterFormat, EncoderSettings>>,
  quality: Partial<Record<RasterFormat, number>> | undefined,
): Readonly<Record<RasterFormat, EncoderSettings>> {
  if (quality === undefined) return encoders
  const merged = (format: RasterFormat): EncoderSettings => ({
    ...encoders[format],
    quality: quality[format] ?? encoders[format].quality,
  })
  return { avif: merged('avif'), webp: merged('webp'), jpeg: merged('jpeg'), png: merged('png'), gif: merged('gif') }
}
