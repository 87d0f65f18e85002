/** The shape of HeroOptions for checking at the edge; the compiler keeps it equal to the interface in user.ts. */
import * as z from 'zod/mini'
import en from 'zod/v4/locales/en.js'
import { decisionFields, textZone, zoom } from './decision-schema.ts'
import { parseRatio } from './ratio.ts'
import type { CacheOptions, CropOptions, HeroOptions, LimitOptions, PhotoOptions, PresetOptions } from './user.ts'

// Options are checked once: compiling the checks would take longer than running them. zod's small build says nothing by itself.
z.config({ ...en(), jitless: true })

const format = z.enum(['avif', 'webp', 'jpeg', 'png', 'gif'])
const formats = z.readonly(z.array(format).check(z.minLength(1)))
const quality = z.int().check(z.minimum(1), z.maximum(100))
const qualities = z.union([quality, z.partialRecord(format, quality)])
const width = z.int().check(z.minimum(1), z.maximum(16_383))
const widths = z.readonly(z.array(width).check(z.minLength(1), z.maxLength(64)))
const ratio = z.union([z.string(), z.number()]).check(
  z.refine((value) => parseRatio(value) !== undefined, {
    error: "expected a ratio such as '16:9', '4/5', 1.5 or 'source'",
  }),
)
/** Names end up in imports, types and CSS, so they are plain words. */
const name = z
  .string()
  .check(z.regex(/^[a-zA-Z][\w-]*$/, 'expected a name of letters, digits, - and _, beginning with a letter'))

const crop = z.strictObject({
  ratio,
  media: z.exactOptional(z.string().check(z.minLength(1))),
  sizes: z.exactOptional(z.string().check(z.minLength(1))),
  widths: z.exactOptional(widths),
  text: z.exactOptional(textZone),
  zoom: z.exactOptional(zoom),
} satisfies Record<keyof CropOptions, z.ZodMiniType>)

const preset = z.strictObject({
  crops: z.record(name, crop),
  sizes: z.exactOptional(z.string().check(z.minLength(1))),
  formats: z.exactOptional(formats),
  quality: z.exactOptional(qualities),
  placeholder: z.exactOptional(z.boolean()),
  widths: z.exactOptional(widths),
} satisfies Record<keyof PresetOptions, z.ZodMiniType>)

const photo = z.strictObject(decisionFields satisfies Record<keyof PhotoOptions, z.ZodMiniType>)

const cache = z.strictObject({
  dir: z.exactOptional(z.string().check(z.minLength(1))),
  mode: z.exactOptional(z.enum(['read-write', 'read-only', 'off'])),
} satisfies Record<keyof CacheOptions, z.ZodMiniType>)

const limits = z.strictObject({
  pixels: z.exactOptional(z.int().check(z.minimum(1))),
  bytes: z.exactOptional(z.int().check(z.minimum(1))),
  seconds: z.exactOptional(z.number().check(z.positive())),
  memory: z.exactOptional(z.int().check(z.minimum(1_048_576))),
} satisfies Record<keyof LimitOptions, z.ZodMiniType>)

/** The schema; the annotation and each `satisfies` fail to compile when it and the interface drift apart. */
export const heroOptionsSchema: z.ZodMiniType<HeroOptions> = z.strictObject({
  presets: z.exactOptional(z.record(name, preset)),
  photos: z.exactOptional(z.record(z.string().check(z.minLength(1)), photo)),
  formats: z.exactOptional(formats),
  quality: z.exactOptional(qualities),
  effort: z.exactOptional(z.enum(['fast', 'default', 'smallest'])),
  sizes: z.exactOptional(z.string().check(z.minLength(1))),
  maxWidth: z.exactOptional(width),
  maxDensity: z.exactOptional(z.number().check(z.minimum(1), z.maximum(4))),
  placeholder: z.exactOptional(z.boolean()),
  metadata: z.exactOptional(z.enum(['none', 'copyright'])),
  allowTruncated: z.exactOptional(z.boolean()),
  cache: z.exactOptional(cache),
  limits: z.exactOptional(limits),
  concurrency: z.exactOptional(z.int().check(z.minimum(1), z.maximum(256))),
  detector: z.exactOptional(z.string().check(z.minLength(1))),
  dts: z.exactOptional(z.union([z.boolean(), z.string().check(z.minLength(1))])),
  manifest: z.exactOptional(z.union([z.boolean(), z.string().check(z.minLength(1))])),
  report: z.exactOptional(z.enum(['summary', 'table', 'silent'])),
  assetsDir: z.exactOptional(z.string()),
} satisfies Record<keyof HeroOptions, z.ZodMiniType>)
