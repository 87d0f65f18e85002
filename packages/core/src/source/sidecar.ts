/** The sidecar `hero.jpg.hero.json`: crops made by hand, in relative coordinates, reviewed in a diff. */
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { HeroError } from '../errors.ts'
import { suggest } from '../options/suggest.ts'
import type { FocalPoint, RelativeRect } from '../types.ts'

/** What a person decided about a photo. */
export interface Sidecar {
  /** What must stay in view. */
  readonly focus?: FocalPoint
  /** Exact rectangle per crop name. */
  readonly crops?: Readonly<Record<string, RelativeRect>>
  /** Alternative text, for wherever the picture is used without its own. */
  readonly alt?: string
  /** SHA-256 of the photo the decisions were made for. */
  readonly photo?: string
}

const share = z.number().min(0).max(1)
const rect = z
  .strictObject({ x: share, y: share, width: share.positive(), height: share.positive() })
  .refine((box) => box.x + box.width <= 1.000_001 && box.y + box.height <= 1.000_001, 'the rectangle leaves the photo')

const schema = z.strictObject({
  $schema: z.string().optional(),
  focus: z.strictObject({ x: share, y: share }).optional(),
  crops: z.record(z.string(), rect).optional(),
  alt: z.string().optional(),
  photo: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')
    .optional(),
})

/** Where the sidecar of a source lies, whether it exists or not. */
export function sidecarPath(source: string): string {
  return `${source}.hero.json`
}

/** The source a sidecar belongs to, or `undefined` when the path is not one of a sidecar. */
export function sidecarSource(path: string): string | undefined {
  return path.endsWith('.hero.json') ? path.slice(0, -'.hero.json'.length) : undefined
}

/**
 * Reads the sidecar of a source; `undefined` when there is none.
 *
 * @throws HeroError HERO_INVALID_SIDECAR naming the field, HERO_SOURCE_UNREADABLE
 */
export async function readSidecar(source: string): Promise<Sidecar | undefined> {
  const file = sidecarPath(source)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    // A photo may have so long a name that its sidecar cannot exist.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
    throw new HeroError('HERO_SOURCE_UNREADABLE', 'The sidecar cannot be read.', { file, cause })
  }
  return parseSidecar(text, file)
}

/** Parses the text of a sidecar. @throws HeroError HERO_INVALID_SIDECAR */
export function parseSidecar(text: string, file: string): Sidecar {
  let json: unknown
  try {
    // Windows editors begin UTF-8 files with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new HeroError('HERO_INVALID_SIDECAR', 'The sidecar is not valid JSON.', { file, cause })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return dropUndefined(parsed.data)
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') || 'the top level'
  const unknown = issue?.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys[0] : undefined
  throw new HeroError('HERO_INVALID_SIDECAR', `At ${where}: ${issue?.message ?? 'invalid'}.`, {
    file,
    ...(unknown === undefined ? {} : { hint: suggest(unknown, Object.keys(schema.def.shape)) }),
  })
}

function dropUndefined(data: z.infer<typeof schema>): Sidecar {
  return {
    ...(data.focus === undefined ? {} : { focus: data.focus }),
    ...(data.crops === undefined ? {} : { crops: data.crops }),
    ...(data.alt === undefined ? {} : { alt: data.alt }),
    ...(data.photo === undefined ? {} : { photo: data.photo }),
  }
}
