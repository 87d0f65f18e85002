/** Options as users write them. The reference in the README is generated from the comments in this file. */
import type { Focus, RasterFormat, RelativeRect, TextZone } from '../types.ts'

/** How one art-directed crop of a preset is shown. */
export interface CropOptions {
  /**
   * Aspect ratio: `'16:9'`, `'4/5'`, a number (width ÷ height), or `'source'` to keep the photo's own.
   */
  ratio: string | number
  /**
   * CSS media condition under which this crop is shown. Crops are tried in the order they are written;
   * exactly the last one has no `media` and is the default crop.
   */
  media?: string
  /**
   * CSS `sizes` while this crop is shown.
   * @default the preset's `sizes`
   */
  sizes?: string
  /**
   * Widths in px instead of chosen ones. Never upscaled: widths above the crop's own pixels become the crop's own.
   */
  widths?: readonly number[]
  /**
   * Where a headline lies over this crop: `'left'`, `'right'`, `'top'`, `'bottom'`, `'auto'` for the quietest side, or a rectangle
   * `{ x, y, width, height }` in shares of the crop. Faces and subject are kept away from it.
   */
  text?: TextZone
  /**
   * How far this crop may zoom in, as the least share of the largest rectangle's side: 0.65 to 1. Never upscales.
   * @default never; as far as 0.65 where there is a text
   */
  zoom?: number
}

/** A named recipe: which crops, in which formats, for which layout. */
export interface PresetOptions {
  /** The crops by name, in the order in which their `media` is tried; the last one is the default crop. */
  crops: Record<string, CropOptions>
  /**
   * CSS `sizes` of the picture: how wide it is shown. `100vw` means as wide as the window.
   * @default '100vw'
   */
  sizes?: string
  /**
   * Formats in order of preference, the universally readable one last. JPEG becomes PNG when the photo has transparency.
   * @default the top-level `formats`
   */
  formats?: readonly RasterFormat[]
  /**
   * Quality for this preset, for all formats or by format.
   * @default the top-level `quality`
   */
  quality?: QualityOptions
  /**
   * A blurred preview made of CSS alone, shown until the photo has loaded.
   * @default the top-level `placeholder`
   */
  placeholder?: boolean
  /** Widths in px for every crop of the preset instead of chosen ones. */
  widths?: readonly number[]
}

/** Who looks for the subject: a word, or a module. */
export type DetectorChoice = 'none' | 'objects' | (string & Record<never, never>)

/** One number for all formats, or a number per format; 1 (smallest) to 100 (best), in each encoder's own scale. */
export type QualityOptions = number | Partial<Record<RasterFormat, number>>

/** What holds for photos whose path matches a pattern. The sidecar of a photo and the query of an import win, decision by decision. */
export interface PhotoOptions {
  /** What every crop must hold: a point `{ x, y }`, or an ellipse with its full `width` and `height`; shares of the photo, 0 to 1. */
  focus?: Focus
  /** No crop leaves this part of the photo: `{ x, y, width, height }` in shares of the photo. */
  limits?: RelativeRect
  /** Exact rectangles by name of a crop, or by ratio such as `'16:9'`; the name comes before the ratio. */
  crops?: Record<string, RelativeRect>
  /** Where a headline lies, as in `presets.<name>.crops.<name>.text`: for all crops, or by name or ratio of a crop. */
  text?: TextZone | Record<string, TextZone>
  /** How far crops may zoom in, as the least share of the largest rectangle's side: 0.65 to 1. */
  zoom?: number
  /** Alternative text, for wherever such a picture is used without its own. */
  alt?: string
}

/** Where results are kept between builds. */
export interface CacheOptions {
  /**
   * Folder, relative to the project root. Keep it outside `node_modules` in CI: `npm ci` deletes that one.
   * @default 'node_modules/.cache/hero-image'
   */
  dir?: string
  /**
   * `read-write` makes what is missing; `read-only` fails on a miss and names it; `off` keeps nothing.
   * @default 'read-write'
   */
  mode?: 'read-write' | 'read-only' | 'off'
}

/** What a single photo may cost. */
export interface LimitOptions {
  /**
   * Most pixels a source may have, all frames of an animation together.
   * @default 268402689
   */
  pixels?: number
  /**
   * Largest source file in bytes.
   * @default 268435456
   */
  bytes?: number
  /**
   * Longest time in seconds the analysis of one photo may take.
   * @default 60
   */
  seconds?: number
  /**
   * Most bytes of decoded pixels held at once; one photo larger than this is still made, alone.
   * @default 67108864 for each core, at least 134217728
   */
  memory?: number
}

/** Everything that can be configured; all of it is optional. */
export interface HeroOptions {
  /**
   * Your own presets by name; `?hero=card` uses the one called `card`. Merged with the built-in `hero` and `social`;
   * writing one of those names replaces it.
   */
  presets?: Record<string, PresetOptions>
  /**
   * Decisions about photos by path: `{ 'src/team/*.jpg': { focus: { x: 0.5, y: 0.3 } } }`. Patterns are relative to the project root;
   * where several match, the later one wins, decision by decision.
   */
  photos?: Record<string, PhotoOptions>
  /**
   * Formats in order of preference, the universally readable one last.
   * @default ['avif', 'webp', 'jpeg']
   */
  formats?: readonly RasterFormat[]
  /**
   * Quality, for all formats or by format.
   * @default { avif: 53, webp: 80, jpeg: 80, png: 100, gif: 100 }
   */
  quality?: QualityOptions
  /**
   * How hard the encoders try: `fast` for previews, `default`, or `smallest` (a few percent smaller, several times slower).
   * @default 'default'
   */
  effort?: 'fast' | 'default' | 'smallest'
  /**
   * CSS `sizes` for presets that do not say their own.
   * @default '100vw'
   */
  sizes?: string
  /**
   * Widest file ever made, in px.
   * @default 3840
   */
  maxWidth?: number
  /**
   * Highest device pixel ratio that gets its own pixels. Above 2 nobody sees the difference in a photo.
   * @default 2
   */
  maxDensity?: number
  /**
   * A blurred preview made of CSS alone, shown until the photo has loaded. Never made for transparent pictures.
   * @default true
   */
  placeholder?: boolean
  /**
   * `none` drops all metadata, GPS position included; `copyright` keeps the copyright and artist fields.
   * @default 'none'
   */
  metadata?: 'none' | 'copyright'
  /**
   * Accept a photo whose file ends too early and use what is readable.
   * @default false
   */
  allowTruncated?: boolean
  /** Where results are kept between builds. */
  cache?: CacheOptions
  /** What a single photo may cost. */
  limits?: LimitOptions
  /**
   * Photos encoded at the same time.
   * @default the cores there are
   */
  concurrency?: number
  /**
   * Who looks for the subject: the built-in detectors for faces and people; `'objects'`, which adds animals, vehicles and things (after
   * `npm install -D @mediapipe/objectron`); `'none'` (what stands out is the subject); or a module whose default export is `(rgb, builtIn) => boxes`: a
   * path relative to the project root, or a package. The module's bytes are part of the analysis' address, so changing it finds all subjects anew.
   * @default the built-in detectors for faces and people
   */
  detector?: DetectorChoice
  /**
   * Write `hero-env.d.ts`, which gives every preset its exact type. A string names another file.
   * @default true when the project has a tsconfig.json
   */
  dts?: boolean | string
  /**
   * Write `hero-manifest.json` into the output: source → crops → variants → bytes, and which module uses it. A string names another file.
   * @default false
   */
  manifest?: boolean | string
  /**
   * What a build says at its end: a `summary` line, a `table` of all files before it, or nothing (`silent`).
   * @default 'summary'
   */
  report?: 'summary' | 'table' | 'silent'
  /**
   * Folder inside the output for the files.
   * @default the bundler's own folder for assets, or 'assets'
   */
  assetsDir?: string
}

/**
 * Gives `hero.config.ts` completion and checking; returns what it is given.
 *
 * @example
 * export default defineHero({ presets: { card: { crops: { card: { ratio: '4:3' } }, sizes: '33vw' } } })
 */
export function defineHero<const Options extends HeroOptions>(options: Options): Options {
  return options
}
