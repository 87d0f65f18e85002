/** A sidecar as it is written: rounded, in a fixed order, without what nobody decided. Pure. */
import { formatSidecar, type Sidecar } from '@hero-image/core/sidecar'

/**
 * Tidies a sidecar for writing. The text that core makes of it decides about order and digits, so that nothing changes between here and the file.
 *
 * @param photo hash of the photo that the person has just seen; replaces the one in the sidecar
 */
export function tidy({ photo: before, ...said }: Sidecar, photo: string | undefined): Sidecar {
  const hash = photo ?? before
  const { alt = '', crops = {}, text, ...rest } = said
  const decisions: Sidecar = {
    ...rest,
    ...(isEmpty(crops) ? {} : { crops }),
    ...(text === undefined || isEmpty(text) ? {} : { text }),
    ...(alt.trim() === '' ? {} : { alt: alt.trim() }),
  }
  // Who decided nothing needs no file, so there is nothing to say about a photo either.
  return isEmpty(decisions) ? {} : read(formatSidecar(hash === undefined ? decisions : { ...decisions, photo: hash }))
}

/** True when two sidecars are written alike. */
export function sameSidecar(one: Sidecar, other: Sidecar): boolean {
  return one === other || formatSidecar(one) === formatSidecar(other)
}

function isEmpty(value: string | object): boolean {
  return typeof value === 'object' && Object.keys(value).length === 0
}

function read(text: string): Sidecar {
  const { $schema: _, ...sidecar }: Sidecar & { $schema: string } = JSON.parse(text)
  return sidecar
}
