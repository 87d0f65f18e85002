/** What the person who opens an export finds in it, in their words. */
import type { GeneratedEntry } from './generated.ts'

/** What is in the export. */
export interface Contents {
  readonly base: string
  readonly hasPhotos: boolean
  readonly generated: readonly GeneratedEntry[]
}

/** The text of README.txt. */
export function readMe({ base, hasPhotos, generated }: Contents): string {
  const parts = [aboutFiles(base, hasPhotos, generated.length > 0)]
  if (generated.length > 0) parts.push(aboutGenerated(generated))
  if (hasPhotos) parts.push(goOn)
  return `${parts.join('\n\n')}\n`
}

function aboutFiles(base: string, hasPhotos: boolean, hasGenerated: boolean): string {
  const lines = ['This is a project of Hero Image.', '']
  if (hasPhotos) {
    lines.push(
      'images/          the pictures, ready to be served',
      `markup/          what goes into a page; its URLs begin with '${base}'`,
      'photos/          the photos, each with its sidecar if something was decided about it',
    )
  }
  if (hasGenerated) lines.push('generated/       what AI has made, just as it was made')
  lines.push('hero.config.mjs  the options')
  if (hasPhotos) lines.push('hero.lock.json   where the crops lie, so that an update moves none of them')
  lines.push('manifest.json    all of it with SHA-256 checksums')
  return lines.join('\n')
}

function aboutGenerated(generated: readonly GeneratedEntry[]): string {
  const lines = generated.map(
    ({ path, operation, created_at, generation_id }) => `    ${path}  ${operation}, ${created_at}, ${generation_id}`,
  )
  return `Made by AI; the words that were asked with stand in manifest.json:\n\n${lines.join('\n')}`
}

const goOn = `To go on in a repository, put photos, sidecars, config and lock into it and import a photo:

    import hero from './photos/name.jpg?hero'

The build makes the same pictures under the same names. Without a build:

    npx hero-image crop 'photos/*.{jpg,jpeg,png,webp,avif}' --html`
