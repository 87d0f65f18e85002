/** What the person who opens an export finds in it, in their words. */

/** The text of README.txt. */
export function readMe(base: string): string {
  return `This is a project of Hero Image.

images/          the pictures, ready to be served
markup/          what goes into a page; its URLs begin with '${base}'
photos/          the photos, each with its sidecar if something was decided about it
hero.config.mjs  the options
hero.lock.json   where the crops lie, so that an update moves none of them
manifest.json    all of it with SHA-256 checksums

To go on in a repository, put photos, sidecars, config and lock into it and import a photo:

    import hero from './photos/name.jpg?hero'

The build makes the same pictures under the same names. Without a build:

    npx hero-image crop 'photos/*.{jpg,jpeg,png,webp,avif}' --html
`
}
