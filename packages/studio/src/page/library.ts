/** The photos of the project as the page knows them: the list at once, then photo by photo what takes longer. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { PhotoDetails, PhotoList } from '../wire.ts'
import { fetchList, fetchPhoto } from './api.ts'

/** Photos that are asked for at once; the server looks at a new one for a quarter of a second. */
const atOnce = 3

/** What is known of a photo: its details, or why there are none. */
export type Known = PhotoDetails | Error

/** The photos of the project. */
export interface Library {
  readonly list: PhotoList | undefined
  /** Why there is no list. */
  readonly problem: string | undefined
  readonly photos: ReadonlyMap<string, Known>
  /** Asks again for one photo, or for everything. */
  refresh(path?: string): Promise<void>
}

/** Loads the library, and again whenever a person comes back to the page. */
export function useLibrary(): Library {
  const [list, setList] = useState<PhotoList>()
  const [problem, setProblem] = useState<string>()
  const [photos, setPhotos] = useState<ReadonlyMap<string, Known>>(new Map())
  const round = useRef(0)

  const load = useCallback(async (path: string) => {
    const known: Known = await fetchPhoto(path).catch(toError)
    setPhotos((before) => new Map(before).set(path, known))
  }, [])

  const refresh = useCallback(async (path?: string) => {
    if (path !== undefined) return load(path)
    round.current += 1
    const own = round.current
    try {
      const fresh = await fetchList()
      setList(fresh)
      setProblem(undefined)
      const waiting = fresh.photos.map((photo) => photo.path)
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined && own === round.current; next = waiting.shift()) {
          await load(next)
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
    } catch (error) {
      setProblem(toError(error).message)
    }
  }, [])

  useEffect(() => {
    void refresh()
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') void refresh()
    }
    document.addEventListener('visibilitychange', onVisible)
    window.addEventListener('focus', onVisible)
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      window.removeEventListener('focus', onVisible)
    }
  }, [])

  return { list, problem, photos, refresh }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
