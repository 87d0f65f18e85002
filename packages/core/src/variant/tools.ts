/** What draws the variants: part of every key, so that an update of a codec makes new files under new names. */
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { loadSharp } from '../source/load-sharp.ts'

/** Raised by hand whenever our own pixel code makes different bytes from the same inputs. */
export const RENDER_VERSION = 7

/** Parts of sharp whose version shows in the bytes of a variant. */
const codecs = ['aom', 'cgif', 'heif', 'imagequant', 'lcms', 'mozjpeg', 'png', 'uhdr', 'vips', 'webp', 'zlib-ng']

type Versions = Readonly<Record<string, string | undefined>>

/**
 * Render version, sharp's version and those of its codecs, in one line that is equal on machines that draw alike.
 *
 * Reads the lists that sharp's prebuilt packages ship, which spares a warm build the 150 ms of loading sharp; for builds of one's own, sharp is asked.
 */
export async function toolVersions(): Promise<string> {
  const versions = (await readShippedVersions()) ?? (await loadSharp()).versions
  return describeTools(versions)
}

/** The line for given versions; codecs that a build does not have are left out. */
export function describeTools(versions: Versions): string {
  const named = ['sharp', ...codecs].flatMap((name) =>
    versions[name] === undefined ? [] : [`${name} ${versions[name]}`],
  )
  return [`render ${RENDER_VERSION}`, ...named].join(', ')
}

/** Version of this package. */
export function engineVersion(): string {
  const own: { version: string } = createRequire(import.meta.url)('@hero-image/core/package.json')
  return own.version
}

/**
 * Versions of this package and of sharp. For hosts that keep finished modules between builds: known at once, but coarser than `toolVersions`.
 */
export function packageVersions(): string {
  const require = createRequire(import.meta.url)
  const sharp: { version: string } = JSON.parse(
    readFileSync(join(dirname(dirname(require.resolve('sharp'))), 'package.json'), 'utf8'),
  )
  return `hero-image ${engineVersion()}, sharp ${sharp.version}`
}

async function readShippedVersions(): Promise<Versions | undefined> {
  const entry = createRequire(import.meta.url).resolve('sharp')
  const root = dirname(dirname(entry))
  // A sharp compiled on this machine takes precedence over the prebuilt one.
  if (existsSync(join(root, 'src', 'build', 'Release'))) return undefined
  const requireFromSharp = createRequire(entry)
  const shipped = platformPackages().flatMap((name) => {
    try {
      return [requireFromSharp.resolve(`${name}/versions`)]
    } catch {
      return []
    }
  })
  const [list] = shipped
  // Two C libraries side by side: only sharp knows which one it loads.
  if (list === undefined || shipped.length > 1) return undefined
  const [{ version }, versions] = await Promise.all([readJson(join(root, 'package.json')), readJson(list)])
  return version === undefined ? undefined : { ...versions, sharp: version }
}

function platformPackages(): string[] {
  const { platform, arch } = process
  if (platform === 'linux') return [`@img/sharp-libvips-linux-${arch}`, `@img/sharp-libvips-linuxmusl-${arch}`]
  return [`@img/sharp-libvips-${platform}-${arch}`, `@img/sharp-${platform}-${arch}`]
}

async function readJson(file: string): Promise<Versions> {
  return JSON.parse(await readFile(file, 'utf8'))
}
