/**
 * The vocabulary of Hero Image. Every other file speaks in these words; this one imports nothing but the words for shapes and for finding, and passes them on.
 *
 * Rectangles inside the engine are whole pixels of the source after EXIF orientation.
 * Whatever is stored in a file or sent over a wire is relative to the source: 0..1.
 */
import type { Subject } from './detection.ts'
import type { Focus, Rect, RelativeRect, Size } from './geometry.ts'

export type * from './detection.ts'
export type * from './geometry.ts'

/** Formats a variant can be encoded in. */
export type RasterFormat = 'avif' | 'webp' | 'jpeg' | 'png' | 'gif'

/** Formats a source can have. `heif` is AVIF or HEIC before its codec is known to be readable. */
export type SourceFormat = 'avif' | 'webp' | 'jpeg' | 'png' | 'gif' | 'tiff' | 'svg'

/** Formats a variant can have: the encoded ones, and SVG passed through untouched. */
export type VariantFormat = RasterFormat | 'svg'

/** How colours of the source reach the variants. */
export type ColourHandling =
  /** sRGB or untagged: pixels untouched, no profile written, since browsers assume sRGB. */
  | 'srgb'
  /** A wide RGB profile (Display P3, Adobe RGB): pixels untouched, profile embedded in every format. */
  | 'keep-profile'
  /** CMYK, grey profiles, LUT profiles, broken profiles: converted to sRGB. */
  | 'convert-srgb'

/** What is known about a source before any decision is taken. */
export interface SourceFacts extends Size {
  /** SHA-256 of the file's bytes, hex. */
  readonly hash: string
  /** Size of the file in bytes. */
  readonly bytes: number
  readonly format: SourceFormat
  /** Frames of an animation; 1 for a still picture. */
  readonly frames: number
  /** True when a pixel may be transparent. */
  readonly alpha: boolean
  /** Bits per channel: 8 or 16. */
  readonly depth: 8 | 16
  readonly colour: ColourHandling
  /** Name of the embedded profile, when there is a readable one. */
  readonly profile?: string
  /** True when a JPEG carries an HDR gain map. */
  readonly gainMap: boolean
  /** Facts worth telling the user, such as a broken profile that was ignored. */
  readonly notes: readonly string[]
}

/** Everything one decode tells about a source; stored by content. Plain JSON. */
export interface Analysis {
  readonly facts: SourceFacts
  /** Which detectors looked: `none`, or their names. Crops of two machines can be compared only when it is the same. */
  readonly detector: string
  readonly subject: Subject
  /** Raster of at most 32 px a side for colours and placeholders; `data` is base64 of RGB bytes. */
  readonly preview: { readonly width: number; readonly height: number; readonly data: string }
}

/** One art-directed view of a preset, complete and checked. */
export interface CropRequest {
  readonly name: string
  /** CSS media condition under which this crop is shown; absent for the default crop. */
  readonly media?: string
  /** Width divided by height; 0 keeps the ratio of the source. */
  readonly ratio: number
  /** CSS `sizes` of the picture while this crop is shown. */
  readonly sizes: string
  /** Widths given by hand, ascending; absent when they are to be chosen. */
  readonly widths?: readonly number[]
  /** Where a headline lies, unless the import, the sidecar or the config's `photos` say something else. */
  readonly text?: TextZone
  /** Least share of the largest rectangle's side it may shrink to, 0.65..1; likewise. */
  readonly zoom?: number
  /**
   * Width that the widest file needs, px, whatever the photo has: zooming stops there.
   * @default 1
   */
  readonly leastWidth?: number
}

/** Encoder settings for one format, complete. */
export interface EncoderSettings {
  /** 1..100 in the format's own scale. */
  readonly quality: number
  /** The encoder's own effort scale. */
  readonly effort: number
}

/** A finished request: what the import asks for after query, preset and options are put together. Plain JSON. */
export interface HeroRequest {
  readonly preset: string
  /** In `<picture>` order; the last one has no media and is the default crop. */
  readonly crops: readonly CropRequest[]
  /** In order of preference. */
  readonly formats: readonly RasterFormat[]
  readonly encoders: Readonly<Record<RasterFormat, EncoderSettings>>
  /** What this import decides about its crops; wins over everything else. */
  readonly query: Decisions
  /** What the config's `photos` say about photos of this path; the sidecar wins over it. */
  readonly config: Decisions
  readonly placeholder: boolean
  readonly metadata: 'none' | 'copyright'
  readonly ladder: LadderSettings
  readonly allowTruncated: boolean
}

/** What a person decided about a photo: in a sidecar, in the config, or in an import. Relative to the upright photo, 0..1. */
export interface Decisions {
  /** What every crop must hold. */
  readonly focus?: Focus
  /** No crop leaves this part of the photo. */
  readonly limits?: RelativeRect
  /** Exact rectangles by name of a crop, or by ratio such as `16:9`; the name comes before the ratio. */
  readonly crops?: Readonly<Record<string, RelativeRect>>
  /** Where a headline will lie: in every crop, or by name or ratio of a crop. */
  readonly text?: TextZone | Readonly<Record<string, TextZone>>
  /** Least share of the largest rectangle's side a crop may shrink to, 0.65..1. */
  readonly zoom?: number
  /** Alternative text, for wherever the picture is used without its own. */
  readonly alt?: string
}

/** How widths are chosen. */
export interface LadderSettings {
  /** Widest file ever made, px. */
  readonly maxWidth: number
  /** Highest device pixel ratio that is served. */
  readonly maxDensity: number
  /** Each width is at most this factor above the one before. */
  readonly step: number
}

/** A side of the crop that is kept free for a headline, or a rectangle relative to the crop. `auto` takes the quietest side. */
export type TextZone = 'left' | 'right' | 'top' | 'bottom' | 'auto' | RelativeRect

/** What a person should know about a crop. */
export type CropWarning =
  /** A face is not whole. */
  | 'face-cut'
  /** A face is outside, since not all fit. */
  | 'face-dropped'
  /** Part of the subject is outside, although it is not too large. */
  | 'subject-cut'
  /** The text zone lies over a face or the subject. */
  | 'under-text'
  /** The finder is not sure; the crop stays near the centre. */
  | 'low-confidence'
  /** No crop of this ratio can hold the subject; a wider canvas could. */
  | 'needs-extension'
  /** The sidecar or the lock was written for another photo, so what it says was checked by nobody. */
  | 'photo-changed'

/** How much of one part of the subject a crop keeps. */
export interface KeptPart {
  readonly kind: string
  readonly box: RelativeRect
  /** 0..1. */
  readonly share: number
}

/** Where a headline goes. */
export interface TextPlacement {
  /** The zone, relative to the crop. */
  readonly box: RelativeRect
  readonly side?: 'left' | 'right' | 'top' | 'bottom'
  /** Mean relative luminance under the text, 0 (black) to 1 (white): above about 0.18 dark text has the better contrast. */
  readonly luminance: number
}

/** Where a crop lies, and why. Plain JSON. */
export interface Placement {
  readonly rect: Rect
  /** Who placed it: `sidecar`, `focus`, `faces`, `person`, `saliency`, `centre`, or the name of a detector. */
  readonly by: string
  /** How sure the finder is that this position is better than the centre, 0..1; 1 for what a person said. */
  readonly confidence: number
  /** Share of the subject inside the crop, 0..1, by weight. */
  readonly kept: number
  readonly parts: readonly KeptPart[]
  /** One sentence in plain words: `keeps 2 of 2 faces; subject 94 %`. */
  readonly reason: string
  readonly warnings: readonly CropWarning[]
  readonly text?: TextPlacement
}

/** A crop after planning: its name, when it is shown, and where it lies. */
export interface PlannedCrop extends Placement {
  readonly name: string
  /** Under which name `hero.lock.json` pins this crop: what was asked for, in words. Absent where a person gave the exact rectangle. */
  readonly pin?: string
  readonly media?: string
  readonly sizes: string
  readonly ratio: number
  readonly colour: string
}

/** One file to be made, complete: everything the pixels depend on besides the source's bytes. Plain JSON. */
export interface Variant extends Size {
  /** Final file name without folder: `<stem>-<width>x<height>.<hash>.<ext>`. */
  readonly name: string
  /** Hash of everything the bytes depend on; the address in the store. */
  readonly key: string
  /** SHA-256 of the source. */
  readonly source: string
  readonly format: VariantFormat
  readonly rect: Rect
  readonly encoder: EncoderSettings
  readonly colour: ColourHandling
  readonly frames: number
  readonly alpha: boolean
  readonly depth: 8 | 16
  readonly gainMap: boolean
  readonly metadata: 'none' | 'copyright'
  readonly allowTruncated: boolean
}

/** One `<source>` of the plan: variants by index, ascending in width. */
export interface PlannedSource {
  readonly crop: string
  readonly media?: string
  readonly format: VariantFormat
  readonly sizes: string
  readonly variants: readonly number[]
}

/** Everything decided and nothing drawn. Plain JSON. */
export interface Plan {
  /** Absolute path of the source. */
  readonly file: string
  readonly preset: string
  readonly alt?: string
  readonly facts: SourceFacts
  /** Which detectors looked at the photo. */
  readonly detector: string
  /** In `<picture>` order; the last one is the default crop. */
  readonly crops: readonly PlannedCrop[]
  readonly sources: readonly PlannedSource[]
  /** Each file once, even if several sources use it. */
  readonly variants: readonly Variant[]
  /** Index of the variant that `src` names. */
  readonly fallback: number
  readonly placeholder?: { readonly colour: string; readonly className: string; readonly style: string }
  /** What the user should know: formats left out, animation, gain maps. */
  readonly notes: readonly string[]
}

/** One `<source>` of the asset. */
export interface HeroSource<Crop extends string = string> extends Size {
  readonly crop: Crop
  readonly media?: string
  /** MIME type. */
  readonly type: string
  readonly srcset: string
  readonly sizes: string
}

/** Attributes of one `<link rel="preload" as="image">`. */
export interface HeroPreload {
  /** Disjoint from the media of all other links, so that exactly one is fetched. */
  readonly media?: string
  readonly type: string
  readonly imagesrcset: string
  readonly imagesizes: string
  readonly fetchpriority: 'high'
}

/** What one crop looks like and how much of the subject it keeps. */
export interface HeroCrop extends Size {
  /** Width divided by height. */
  readonly ratio: number
  /** Dominant colour, `#rrggbb`. */
  readonly placeholder: string
  /** Share of the subject inside the crop, 0..1. */
  readonly kept: number
  /** Where the headline goes, and how bright it is there; only where a text was asked for. */
  readonly text?: TextPlacement
}

/**
 * What `import hero from './hero.jpg?hero'` yields: plain JSON, URLs included.
 *
 * `Preset` and `Crop` are literal types when `hero-env.d.ts` has been generated.
 */
export interface HeroAsset<Preset extends string = string, Crop extends string = string> extends Size {
  readonly preset: Preset
  /** From the sidecar; pass your own where the picture means something else. */
  readonly alt?: string
  /** Fallback file of the default crop, with its size. */
  readonly src: string
  /** In `<picture>` order, each with the size of its own crop: no layout shift. */
  readonly sources: readonly HeroSource<Crop>[]
  /** Absent for transparent pictures and when switched off. */
  readonly placeholder?: { readonly color: string; readonly className: string; readonly style: string }
  readonly crops: Readonly<Record<Crop, HeroCrop>>
  readonly preload: readonly HeroPreload[]
}
