/** The sidecar `hero.jpg.hero.json`: what a person decided, in relative coordinates, reviewed in a diff. */
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { HeroError } from '../errors.ts'
import { decisionFields } from '../options/decision-schema.ts'
import { once } from '../options/once.ts'
import { nearestKey, toReason } from '../options/option-error.ts'
import { type Sidecar, sidecarSchemaUrl } from './sidecar-text.ts'

// Most photos have no sidecar, and checks are dear to make: a warm build would wait for them.
const schema = once(() =>
  z.strictObject({
    $schema: z.exactOptional(z.string().check(z.describe('Lets editors complete and check this file.'))),
    ...decisionFields,
    photo: z.exactOptional(
      z
        .string()
        .check(
          z.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex'),
          z.describe('SHA-256 of the photo the decisions were made for; when it is another one, builds say so.'),
        ),
    ),
  }),
)

/** Where the sidecar of a source lies, whether it exists or not. */
export function sidecarPath(source: string): string {
  return `${source}.hero.json`
}

/** The source a sidecar belongs to, or `undefined` when the path is not one of a sidecar. */
export function sidecarSource(path: string): string | undefined {
  return path.endsWith('.hero.json') ? path.slice(0, -'.hero.json'.length) : undefined
}

/** The JSON schema of sidecars, for editors. */
export function sidecarJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(schema(), { io: 'input', target: 'draft-7' })
  return {
    $schema,
    $id: sidecarSchemaUrl,
    title: 'Hero Image sidecar',
    description: 'What a person decided about a photo. All numbers are shares of the upright photo, 0 to 1.',
    ...rest,
  }
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

/** A rectangle for each of ten thousand crops. What is longer was not decided by a person, and would hold every build up. */
const longest = 1024 * 1024

/** Parses the text of a sidecar. @throws HeroError HERO_INVALID_SIDECAR */
export function parseSidecar(text: string, file: string): Sidecar {
  if (text.length > longest) {
    throw new HeroError('HERO_INVALID_SIDECAR', `The sidecar is longer than ${longest / 1024} kB.`, { file })
  }
  let json: unknown
  try {
    // Windows editors begin UTF-8 files with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new HeroError('HERO_INVALID_SIDECAR', 'The sidecar is not valid JSON.', { file, cause })
  }
  const parsed = schema().safeParse(json)
  if (parsed.success) {
    const { $schema: _, ...sidecar } = parsed.data
    return sidecar
  }
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') || 'the top level'
  const hint = nearestKey(schema(), issue)
  throw new HeroError('HERO_INVALID_SIDECAR', `At ${where}: ${toReason(issue)}.`, {
    file,
    ...(hint === undefined ? {} : { hint }),
  })
}
