/** Export settings → options of the engine. Names and checks are the engine's own; only what JSON on a wire needs otherwise differs: crops are a list there. */
import type { ExportSettings, FieldError, PhotoDecisions } from '@hero-image/client/contract'
import { type CropOptions, type HeroOptions, isHeroError, type PhotoOptions, resolveOptions } from '@hero-image/core'

/** Preset that the crops of a project stand for: what `?hero` asks for. */
export const presetName = 'hero'

/** Photos at fault that are named at once. All are looked at together: one by one they would take most of a second, in which nobody else is answered. */
const mostPhotoErrors = 5

/** A crop without its name, as the engine takes it. */
type WireCrop = NonNullable<ExportSettings['crops']>[number]

/** The options of a project; with them a build makes the same files. */
export function toHeroOptions(settings: ExportSettings): HeroOptions {
  const { crops, formats, sizes, quality, effort, max_width, max_density, placeholder, metadata } = settings
  return withoutUndefined({
    presets: crops && { [presetName]: { crops: Object.fromEntries(crops.map((crop) => [crop.name, toCrop(crop)])) } },
    formats,
    sizes,
    quality,
    effort,
    maxWidth: max_width,
    maxDensity: max_density,
    placeholder,
    metadata,
  })
}

/** What a person decided about a photo, as sidecars and the engine have it. */
export function toDecisions(decisions: PhotoDecisions): PhotoOptions {
  return withoutUndefined(decisions)
}

/** Asks the engine about everything that a schema alone cannot say: ratios, media conditions, `sizes`, names of crops in decisions. */
export function findSettingsErrors(settings: ExportSettings): FieldError[] {
  const { crops = [], photos = {}, sizes } = settings
  const errors: FieldError[] = []
  const check = (pointer: string, options: HeroOptions): void => {
    try {
      resolveOptions(options, '/')
    } catch (error) {
      if (!isHeroError(error)) throw error
      errors.push({ pointer, detail: error.reason })
    }
  }
  if (sizes !== undefined) check('/settings/sizes', { sizes })
  crops.forEach((crop, index) => {
    // Field by field, so that the pointer names the one at fault.
    for (const [field, value] of Object.entries(toCrop(crop))) {
      const options: HeroOptions = withoutUndefined({
        presets: { [presetName]: { crops: { first: { ratio: 1, media: 'all', [field]: value }, last: { ratio: 1 } } } },
      })
      check(`/settings/crops/${index}/${field}`, options)
    }
  })
  if (errors.length > 0) return errors
  const project = toHeroOptions(settings)
  const checkPhotos = (some: readonly (readonly [string, PhotoDecisions])[]): void => {
    const [only, more] = some
    if (only === undefined || errors.length >= mostPhotoErrors) return
    const decisions = Object.fromEntries(some.map(([upload, photo]) => [upload, toDecisions(photo)]))
    const before = errors.length
    check(`/settings/photos/${only[0]}`, { ...project, photos: decisions })
    if (errors.length === before || more === undefined) return
    // One of them is at fault; which one, each half tells by itself.
    errors.pop()
    const half = Math.ceil(some.length / 2)
    checkPhotos(some.slice(0, half))
    checkPhotos(some.slice(half))
  }
  checkPhotos(Object.entries(photos))
  if (errors.length === 0) check('/settings', project)
  return errors
}

function toCrop({ name: _, ...options }: WireCrop): CropOptions {
  return withoutUndefined(options)
}

/** Settings come from JSON, where what is absent is absent; the engine takes an `undefined` for a value. */
function withoutUndefined<Options>(options: object): Options {
  return JSON.parse(JSON.stringify(options))
}
