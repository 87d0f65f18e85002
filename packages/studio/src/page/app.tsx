/** The page: the gallery, or one photo in the editor. */
import type { JSX } from 'preact'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import { Gallery } from './gallery.tsx'
import { useLibrary } from './library.ts'
import { PhotoEditor } from './photo-editor.tsx'
import { useRoute } from './route.ts'

export function App(): JSX.Element {
  const library = useLibrary()
  /** Asked by everything that would throw away what was not saved. */
  const unsaved = useRef<() => boolean>(() => false)
  const mayLeave = useCallback(() => !unsaved.current() || confirm('Leave without saving?'), [])
  const path = useRoute(mayLeave)

  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent): void => {
      if (unsaved.current()) event.preventDefault()
    }
    window.addEventListener('beforeunload', onLeave)
    return () => window.removeEventListener('beforeunload', onLeave)
  }, [])

  useEffect(() => {
    const name = path?.slice(path.lastIndexOf('/') + 1)
    document.title = [name, 'Hero Image', library.list?.project].filter(Boolean).join(' · ')
  }, [path, library.list])

  return path === undefined ? (
    <Gallery library={library} />
  ) : (
    <PhotoEditor key={path} path={path} library={library} unsaved={unsaved} />
  )
}
