/** One photo in the crop editor: loads it, saves it, and says so when somebody else has saved meanwhile. */
import { formatSidecar, type Sidecar } from '@hero-image/core/sidecar'
import '@hero-image/cropper'
import type { HeroCropper, SidecarDetail } from '@hero-image/cropper'
import type { JSX, RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PhotoDetails, SaveAnswer } from '../wire.ts'
import { canSave, fetchPhoto, saveSidecar } from './api.ts'
import type { Library } from './library.ts'
import { toHash } from './route.ts'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'hero-cropper': HTMLAttributes<HeroCropper>
    }
  }
}

interface PhotoEditorProps {
  readonly path: string
  readonly library: Library
  /** Set to what tells whether leaving would lose something. */
  readonly unsaved: RefObject<() => boolean>
}

export function PhotoEditor({ path, library, unsaved }: PhotoEditorProps): JSX.Element {
  const known = library.photos.get(path)
  return (
    <main class="desk">
      <nav>
        <a href={toHash()}>← All photos</a>
        <h1>{path}</h1>
      </nav>
      {known instanceof Error && <p class="banner bad">{known.message}</p>}
      {library.problem !== undefined && <p class="banner bad">{library.problem}</p>}
      {known !== undefined && !(known instanceof Error) && <Desk photo={known} library={library} unsaved={unsaved} />}
    </main>
  )
}

interface DeskProps extends Omit<PhotoEditorProps, 'path'> {
  readonly photo: PhotoDetails
}

function Desk({ photo, library, unsaved }: DeskProps): JSX.Element {
  const element = useRef<HeroCropper>(null)
  /** The sidecar that the person started from. */
  const base = useRef<SaveAnswer>({ sidecar: {}, version: '' })
  /** The one on disk, when it is another one. */
  const [other, setOther] = useState<SaveAnswer>()
  const [draft, setDraft] = useState<Sidecar>(photo.sidecar)

  const start = (stored: SaveAnswer): void => {
    base.current = stored
    setOther(undefined)
    setDraft(stored.sidecar)
    if (element.current !== null) element.current.sidecar = stored.sidecar
  }

  useEffect(() => {
    const cropper = element.current
    if (cropper === null) return
    Object.assign(cropper, toProperties(photo))
    if (photo.version === base.current.version) return
    // Only what nobody has begun to change is replaced without asking.
    if (base.current.version === '' || !cropper.unsaved) start(photo)
    else setOther(photo)
  }, [photo])

  useEffect(() => {
    unsaved.current = () => element.current?.unsaved ?? false
    return () => {
      unsaved.current = () => false
    }
  }, [])

  const save = async (sidecar: Sidecar, version = base.current.version): Promise<void> => {
    const cropper = element.current
    if (cropper === null) return
    cropper.status = { kind: 'busy', text: 'Saving…' }
    const outcome = await saveSidecar(photo.path, sidecar, version)
    if (outcome.kind === 'saved') {
      start(outcome.stored)
      cropper.status = { kind: 'done', text: outcome.stored.version === 'none' ? 'Back to automatic' : 'Saved' }
      await library.refresh(photo.path)
      return
    }
    if (outcome.kind === 'conflict') setOther(outcome.stored ?? { sidecar: {}, version: '' })
    const text = outcome.kind === 'conflict' ? 'Not saved: the file has changed' : outcome.reason
    cropper.status = { kind: 'error', text }
  }

  const reload = async (): Promise<void> => {
    start(await fetchPhoto(photo.path))
    await library.refresh(photo.path)
  }

  useEffect(() => {
    const cropper = element.current
    const onChange = ({ detail }: CustomEvent<SidecarDetail>): void => setDraft(detail.sidecar)
    const onSave = ({ detail }: CustomEvent<SidecarDetail>): void => void save(detail.sidecar)
    cropper?.addEventListener('hero-change', onChange)
    cropper?.addEventListener('hero-save', onSave)
    return () => {
      cropper?.removeEventListener('hero-change', onChange)
      cropper?.removeEventListener('hero-save', onSave)
    }
  }, [photo.path])

  const file = `${photo.path}.hero.json`
  return (
    <>
      {!canSave && (
        <p class="banner">You are looking only: saving works on the machine that runs the server, at localhost.</p>
      )}
      {photo.savingProblem !== undefined && <p class="banner">{photo.savingProblem}</p>}
      {photo.sidecarProblem !== undefined && (
        <p class="banner bad">The sidecar cannot be read: {photo.sidecarProblem} Saving replaces it.</p>
      )}
      {other !== undefined && (
        <div class="banner bad" role="alert">
          <p>{file} was changed by somebody else since you opened it.</p>
          <button type="button" onClick={() => void reload()}>
            Load that one
          </button>
          <button type="button" onClick={() => void save(element.current?.sidecar ?? draft, other.version)}>
            Save mine over it
          </button>
        </div>
      )}
      <hero-cropper ref={element} />
      <details class="file">
        <summary>{file}</summary>
        <pre>{Object.keys(draft).length === 0 ? 'No file: every crop is automatic.' : formatSidecar(draft)}</pre>
      </details>
    </>
  )
}

function toProperties(photo: PhotoDetails): Pick<HeroCropper, 'photo' | 'crops' | 'subject' | 'preview' | 'locked'> {
  const { path, width, height, hash, picture, requests, subject, preview, locked } = photo
  return {
    photo: { src: picture, width, height, hash, name: path.slice(path.lastIndexOf('/') + 1) },
    crops: requests,
    subject,
    preview,
    locked,
  }
}
