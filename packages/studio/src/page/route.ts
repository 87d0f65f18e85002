/** Which photo is open stands in the address, so that it can be linked to and the browser's buttons work. */
import { useEffect, useState } from 'preact/hooks'

/** Address of a photo's editor, or of the gallery. */
export function toHash(photo?: string): string {
  return photo === undefined ? '#' : `#photo=${encodeURIComponent(photo)}`
}

/** Path of the photo that the address names. */
function readHash(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get('photo') ?? undefined
}

/**
 * The photo of the address.
 *
 * @param mayLeave asked before another address is shown; when it says no, the old address is put back
 */
export function useRoute(mayLeave: () => boolean): string | undefined {
  const [photo, setPhoto] = useState(readHash)
  useEffect(() => {
    const onHash = (): void => {
      const next = readHash()
      if (next === photo) return
      if (mayLeave()) setPhoto(next)
      else history.replaceState(undefined, '', toHash(photo))
    }
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [photo, mayLeave])
  return photo
}
