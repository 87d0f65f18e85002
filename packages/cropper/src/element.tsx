/** The custom element: properties in, events out, one rendering per frame. */

import type { Subject } from '@hero-image/core'
import type { LockedPhoto } from '@hero-image/core/decisions'
import type { Sidecar } from '@hero-image/core/sidecar'
import { render } from 'preact'
import { Opener } from './opener.ts'
import type { Given } from './places.ts'
import { type CropperPreview, toBytes } from './raster.ts'
import { Session } from './session.ts'
import { styles } from './styles/index.ts'
import type { CropperCrop, CropperPhoto, CropperStatus, SidecarDetail } from './types.ts'
import { App } from './view/app.tsx'
import type { Editor } from './view/editor.ts'

declare global {
  interface HTMLElementTagNameMap {
    'hero-cropper': HeroCropper
  }
  interface HTMLElementEventMap {
    /** A decision was made, undone or redone. */
    'hero-change': CustomEvent<SidecarDetail>
    /** The person asks to save. */
    'hero-save': CustomEvent<SidecarDetail>
  }
}

/** What a host sets. */
export interface HeroCropperProperties {
  /** The photo; nothing is shown without one. */
  photo: CropperPhoto | undefined
  /** Every crop of every preset that uses the photo. */
  crops: readonly CropperCrop[]
  /** What was found in the photo. @default nothing: crops lie in the middle */
  subject: Subject
  /** Small raster that tells how bright it is under a headline. @default made from the photo */
  preview: CropperPreview | undefined
  /** What a person decided before. Setting what `hero-save` carried marks it as saved and keeps undo. @default nothing */
  sidecar: Sidecar
  /** What `hero.lock.json` pins of this photo. @default nothing */
  locked: LockedPhoto | undefined
  /** Shown beside the button that saves. */
  status: CropperStatus | undefined
}

const nothingFound: Subject = { by: 'centre', boxes: [] }

/** Servers may import this file: there the class is no more than a name. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? class {}

/** The crop editor, `<hero-cropper>`. */
export class HeroCropper extends Base implements HeroCropperProperties {
  #properties: HeroCropperProperties = {
    photo: undefined,
    crops: [],
    subject: nothingFound,
    preview: undefined,
    sidecar: {},
    locked: undefined,
    status: undefined,
  }
  #session: Session | undefined
  /** What was set since the session was last told. */
  #news = new Set<string>()
  #opener = new Opener()
  #frame = 0

  connectedCallback(): void {
    // Properties that were set before the element was defined hide the accessors.
    for (const name of ['photo', 'crops', 'subject', 'preview', 'sidecar', 'locked', 'status'] as const) {
      if (!Object.hasOwn(this, name)) continue
      const early: Partial<HeroCropperProperties> = { [name]: this[name] }
      Reflect.deleteProperty(this, name)
      Object.assign(this, early)
    }
    if (this.shadowRoot === null) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(styles)
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet]
    }
    this.#schedule()
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#opener.close()
    if (this.shadowRoot !== null) render(null, this.shadowRoot)
  }

  get photo(): CropperPhoto | undefined {
    return this.#properties.photo
  }
  set photo(photo: CropperPhoto | undefined) {
    this.#set({ photo })
  }

  get crops(): readonly CropperCrop[] {
    return this.#properties.crops
  }
  set crops(crops: readonly CropperCrop[]) {
    this.#set({ crops })
  }

  get subject(): Subject {
    return this.#properties.subject
  }
  set subject(subject: Subject) {
    this.#set({ subject })
  }

  get preview(): CropperPreview | undefined {
    return this.#properties.preview
  }
  set preview(preview: CropperPreview | undefined) {
    this.#set({ preview })
  }

  /** What a save would write: what the host set, with every change since. */
  get sidecar(): Sidecar {
    return this.#update()?.written ?? this.#properties.sidecar
  }
  set sidecar(sidecar: Sidecar) {
    this.#set({ sidecar })
  }

  get locked(): LockedPhoto | undefined {
    return this.#properties.locked
  }
  set locked(locked: LockedPhoto | undefined) {
    this.#set({ locked })
  }

  get status(): CropperStatus | undefined {
    return this.#properties.status
  }
  set status(status: CropperStatus | undefined) {
    this.#set({ status })
  }

  /** True when a save would write something else than the host gave. */
  get unsaved(): boolean {
    return this.#update()?.unsaved ?? false
  }

  #set(some: Partial<HeroCropperProperties>): void {
    this.#properties = { ...this.#properties, ...some }
    for (const name of Object.keys(some)) this.#news.add(name)
    this.#schedule()
  }

  /** The session, told all news. Only a sidecar from the host replaces what the person decided. */
  #update(): Session | undefined {
    const { photo, crops, subject, preview, sidecar, locked } = this.#properties
    if (photo === undefined || this.#news.size === 0) return this.#session
    const given: Given = {
      photo,
      crops,
      subject,
      preview: preview === undefined ? this.#opener.raster : toBytes(preview),
      locked,
    }
    const loads = this.#news.has('sidecar')
    if (this.#session === undefined || (loads && this.#session.given.photo.src !== photo.src)) {
      this.#session = new Session(given, sidecar)
    } else {
      this.#session.receive(given)
      if (loads) this.#session.load(sidecar)
    }
    this.#news.clear()
    return this.#session
  }

  #schedule(): void {
    if (this.isConnected && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#render())
  }

  #render(): void {
    this.#frame = 0
    const session = this.#update()
    if (session === undefined || this.shadowRoot === null) return
    this.#opener.open(session.given.photo, () => {
      this.#news.add('preview')
      this.#schedule()
    })
    render(<App editor={this.#editor(session)} />, this.shadowRoot)
  }

  #editor(session: Session): Editor {
    const report = (changed: boolean) => {
      this.#schedule()
      if (changed) this.#emit('hero-change', session)
    }
    return {
      session,
      opening: this.#opener.opening,
      status: this.#properties.status,
      draft: (change) => {
        session.draft(change)
        this.#schedule()
      },
      commit: (what) => report(session.commit(what)),
      cancel: () => {
        session.cancel()
        this.#schedule()
      },
      decide: (change, what) => {
        session.draft(change)
        report(session.commit(what))
      },
      undo: () => report(session.undo()),
      redo: () => report(session.redo()),
      save: () => this.#emit('hero-save', session),
    }
  }

  #emit(type: 'hero-change' | 'hero-save', { written }: Session): void {
    const detail: SidecarDetail = { sidecar: written }
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
  }
}
