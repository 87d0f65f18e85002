/** The shape of HeroOptions for checking at the edge; the compiler keeps it equal to the interface in user.ts. */
import * as z from 'zod'
import { decisionFields, textZone, zoom } from './decision-schema.ts'
import { parseRatio } from './ratio.ts'
import type { CacheOptions, CropOptions, HeroOptions, LimitOptions, PhotoOptions, PresetOptions } from './user.ts'

// Options are checked once: compiling the checks would take longer than running them.
z.config({ jitless: true })

const format = z.enum(['avif', 'webp', 'jpeg', 'png', 'gif'])
const formats = z.array(format).min(1).readonly()
const quality = z.int().min(1).max(100)
const qualities = z.union([quality, z.partialRecord(format, quality)])
const width = z.int().min(1).max(16_383)
const widths = z.array(width).min(1).max(64).readonly()
const ratio = z.union([z.string(), z.number()]).refine((value) => parseRatio(value) !== undefined, {
  error: "expected a ratio such as '16:9', '4/5', 1.5 or 'source'",
})
/** Names end up in imports, types and CSS, so they are plain words. */
const name = z
  .string()
  .regex(/^[a-zA-Z][\w-]*$/, 'expected a name of letters, digits, - and _, beginning with a letter')

const crop = z.strictObject({
  ratio,
  media: z.string().min(1).exactOptional(),
  sizes: z.string().min(1).exactOptional(),
  widths: widths.exactOptional(),
  text: textZone.exactOptional(),
  zoom: zoom.exactOptional(),
} satisfies Record<keyof CropOptions, z.ZodType>)

const preset = z.strictObject({
  crops: z.record(name, crop),
  sizes: z.string().min(1).exactOptional(),
  formats: formats.exactOptional(),
  quality: qualities.exactOptional(),
  placeholder: z.boolean().exactOptional(),
  widths: widths.exactOptional(),
} satisfies Record<keyof PresetOptions, z.ZodType>)

const photo = z.strictObject(decisionFields satisfies Record<keyof PhotoOptions, z.ZodType>)

const cache = z.strictObject({
  dir: z.string().min(1).exactOptional(),
  mode: z.enum(['read-write', 'read-only', 'off']).exactOptional(),
} satisfies Record<keyof CacheOptions, z.ZodType>)

const limits = z.strictObject({
  pixels: z.int().min(1).exactOptional(),
  bytes: z.int().min(1).exactOptional(),
  seconds: z.number().positive().exactOptional(),
  memory: z.int().min(1_048_576).exactOptional(),
} satisfies Record<keyof LimitOptions, z.ZodType>)

/** The schema; the annotation and each `satisfies` fail to compile when it and the interface drift apart. */
export const heroOptionsSchema: z.ZodType<HeroOptions> = z.strictObject({
  presets: z.record(name, preset).exactOptional(),
  photos: z.record(z.string().min(1), photo).exactOptional(),
  formats: formats.exactOptional(),
  quality: qualities.exactOptional(),
  effort: z.enum(['fast', 'default', 'smallest']).exactOptional(),
  sizes: z.string().min(1).exactOptional(),
  maxWidth: width.exactOptional(),
  maxDensity: z.number().min(1).max(4).exactOptional(),
  placeholder: z.boolean().exactOptional(),
  metadata: z.enum(['none', 'copyright']).exactOptional(),
  allowTruncated: z.boolean().exactOptional(),
  cache: cache.exactOptional(),
  limits: limits.exactOptional(),
  concurrency: z.int().min(1).max(256).exactOptional(),
  detector: z.string().min(1).exactOptional(),
  dts: z.union([z.boolean(), z.string().min(1)]).exactOptional(),
  manifest: z.union([z.boolean(), z.string().min(1)]).exactOptional(),
  report: z.enum(['summary', 'table', 'silent']).exactOptional(),
  assetsDir: z.string().exactOptional(),
} satisfies Record<keyof HeroOptions, z.ZodType>)
