/** Dev URLs: they carry what is needed to draw a picture, signed, so that they survive a restart and nobody else can ask for one. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reference } from '@hero-image/unplugin/css'

/** Where dev URLs live below the base. */
export const devPrefix = '@hero-image/'

/** What a dev URL asks for: one variant of one import. */
export interface DevRequest extends Reference {
  /** Name of the variant. */
  readonly name: string
}

/** The path of a dev URL, without base: `@hero-image/<signature>/<import>/<name>`. */
export function toDevPath(request: DevRequest, key: Uint8Array): string {
  const subject = Buffer.from(JSON.stringify([request.file, request.query])).toString('base64url')
  return `${devPrefix}${sign(subject, request.name, key)}/${subject}/${request.name}`
}

/** The request in such a path, or `undefined` when it was not signed with this key. */
export function parseDevPath(path: string, key: Uint8Array): DevRequest | undefined {
  const [signature = '', subject = '', name = '', ...more] = path.slice(devPrefix.length).split('/')
  if (!path.startsWith(devPrefix) || more.length > 0) return undefined
  const expected = Buffer.from(sign(subject, name, key))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const [file, query]: unknown[] = JSON.parse(Buffer.from(subject, 'base64url').toString())
  return { file: String(file), query: String(query), name }
}

function sign(subject: string, name: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`${subject}/${name}`).digest('base64url')
}

/**
 * The key of a cache folder; made on first use, readable by its owner only.
 *
 * @param dir the cache folder; `undefined` gives a key that lives as long as the server
 */
export async function loadDevKey(dir: string | undefined): Promise<Uint8Array> {
  if (dir === undefined) return randomBytes(32)
  const file = join(dir, 'dev-key')
  const known = await readFile(file).catch(() => undefined)
  if (known?.length === 32) return known
  await mkdir(dir, { recursive: true })
  const fresh = join(dir, `dev-key.${process.pid}`)
  await writeFile(fresh, randomBytes(32), { mode: 0o600 })
  // A link fails where a file is: of two servers that start together, one wins and both use its key.
  await link(fresh, file).catch(() => undefined)
  await rm(fresh, { force: true })
  const settled = await readFile(file)
  return settled.length === 32 ? settled : randomBytes(32)
}
