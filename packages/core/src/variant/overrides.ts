/** Who decides about a crop: the nearest word counts, decision by decision. Query before sidecar before config before lock. Pure. */
import type { Overrides } from '../crop/overrides.ts'
import { isPerCrop } from '../options/crop-names.ts'
import { forCrop, toRatioText } from '../options/ratio.ts'
import type { LockedPhoto } from '../source/lock.ts'
import type { Sidecar } from '../source/sidecar-text.ts'
import type { CropRequest, Decisions, Focus, HeroRequest, TextZone } from '../types.ts'

/** What people decided about one photo, and what was pinned. */
export interface Said {
  /** SHA-256 of the photo as it is today. */
  readonly photo: string
  readonly sidecar?: Sidecar
  readonly locked?: LockedPhoto
}

/** What holds for one crop. */
export interface CropDecisions {
  readonly overrides: Overrides
  /** Name under which the lock pins the crop; absent where a person gave the exact rectangle. */
  readonly pin?: string
}

/** What decisions are looked up by, and what the preset says itself. */
type CropToDecide = Pick<CropRequest, 'name' | 'ratio' | 'text' | 'zoom' | 'leastWidth'>

type Speaker = 'query' | 'sidecar' | 'config'

/**
 * Resolves what was said about one crop. A focus that is nearer than an exact rectangle wins over it, and the other way round; in one place the rectangle
 * is the more exact word. A pinned rectangle holds for exactly what it was computed from, so whatever a person says anew wins over it.
 */
export function decideCrop(
  request: Pick<HeroRequest, 'query' | 'config'>,
  crop: CropToDecide,
  { photo, sidecar = {}, locked }: Said,
): CropDecisions {
  const speakers: readonly (readonly [Speaker, Decisions])[] = [
    ['query', request.query],
    ['sidecar', sidecar],
    ['config', request.config],
  ]
  const heard = new Set<Speaker>()
  const nearest = <T>(read: (said: Decisions) => T | undefined): { by: Speaker; value: T } | undefined => {
    for (const [by, said] of speakers) {
      const value = read(said)
      if (value === undefined) continue
      heard.add(by)
      return { by, value }
    }
    return undefined
  }
  const place = nearest(({ crops, focus }) => {
    const rect = crops === undefined ? undefined : forCrop(crops, crop)
    return rect === undefined ? focus && { focus } : { rect }
  })
  const hasRect = place !== undefined && 'rect' in place.value
  // An exact rectangle is nobody's to narrow.
  const limits = hasRect ? undefined : nearest((said) => said.limits)?.value
  const text = nearest((said) => textFor(said, crop))?.value ?? crop.text
  const zoom = hasRect ? undefined : (nearest((said) => said.zoom)?.value ?? crop.zoom)
  const changed = heard.has('sidecar') && sidecar.photo !== undefined && sidecar.photo !== photo
  const said = {
    ...place?.value,
    ...(limits === undefined ? {} : { limits }),
    ...(text === undefined ? {} : { text }),
    ...(zoom === undefined ? {} : { zoom }),
  }
  const today = changed ? { photoChanged: true } : {}
  if (hasRect) return { overrides: { ...said, by: place.by, ...today } }
  const pin = toPin(crop, said)
  const rect = locked?.photo === photo && Object.hasOwn(locked.crops, pin) ? locked.crops[pin] : undefined
  if (rect === undefined) return { overrides: { ...said, by: place?.by, ...today }, pin }
  const { x, y, width, height, text: side = text } = rect
  const pinned = { rect: { x, y, width, height }, by: 'lock' as const }
  return { overrides: { ...pinned, ...(side === undefined ? {} : { text: side }), ...today }, pin }
}

function textFor({ text }: Decisions, crop: CropToDecide): TextZone | undefined {
  return text === undefined || !isPerCrop(text) ? text : forCrop(text, crop)
}

/** Everything besides the photo that a computed crop comes from: `4:5`, `2:1 text=left zoom=0.8 width=1920`, `4:5 focus=0.3,0.6`. */
function toPin(
  { ratio, leastWidth }: CropToDecide,
  { focus, limits, text, zoom }: Omit<Overrides, 'by' | 'rect'>,
): string {
  const mayZoom = zoom === undefined ? text !== undefined : zoom < 1
  const rounded = (...numbers: readonly (number | undefined)[]): string =>
    numbers.flatMap((value) => (value === undefined ? [] : Math.round(value * 10_000) / 10_000)).join()
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['focus', focus && rounded(focus.x, focus.y, ...sizeOf(focus))],
    ['limits', limits && rounded(limits.x, limits.y, limits.width, limits.height)],
    ['text', typeof text === 'object' ? rounded(text.x, text.y, text.width, text.height) : text],
    ['zoom', zoom === undefined ? undefined : rounded(zoom)],
    // Two uses of one ratio zoom differently when one is shown larger.
    ['width', mayZoom ? leastWidth?.toString() : undefined],
  ]
  return [
    toRatioText(ratio),
    ...parts.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`)),
  ].join(' ')
}

/** Nothing for a point. Width alone and height alone make two different lines. */
function sizeOf({ width = 0, height = 0 }: Focus): number[] {
  return width === 0 && height === 0 ? [] : [width, height]
}
