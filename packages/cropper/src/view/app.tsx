/** The whole editor: toolbar, stage, previews, panel. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { PlacedCrop } from '../places.ts'
import { Check } from './check.tsx'
import type { Editor, Target } from './editor.ts'
import { Panel } from './panel.tsx'
import { PhotoPanel } from './photo-panel.tsx'
import { Previews } from './previews.tsx'
import { shortcut } from './shortcut.ts'
import { Stage } from './stage.tsx'
import { TargetList } from './target-list.tsx'
import { Toolbar } from './toolbar.tsx'

export function App({ editor }: { readonly editor: Editor }): JSX.Element {
  const { session } = editor
  const [chosen, setChosen] = useState('focus')
  const [found, setFound] = useState(true)
  const [zone, setZone] = useState(false)
  const [others, setOthers] = useState(false)
  const crop = session.placed.find(({ id }) => id === chosen)
  const target: Target = crop ?? (chosen === 'limits' ? 'limits' : 'focus')
  const choose = (next: Target) => {
    setChosen(typeof next === 'string' ? next : next.id)
    setZone(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the whole editor; everything they do has a button.
    <div class="editor" part="editor" onKeyDown={(event) => shortcut(event, editor)}>
      <Toolbar editor={editor} />
      {session.foreign && (
        <p class="banner" role="note">
          The photo has changed since these decisions were made. Look at every crop, then save.
        </p>
      )}
      <div class="columns">
        <section class="work" aria-label="On the photo">
          <TargetList editor={editor} target={target} choose={choose} />
          <Stage editor={editor} target={target} zone={zone} found={found} others={others} />
          <div class="below">
            <Check label="What was found" checked={found} change={setFound} />
            <Check label="All crops" checked={others} change={setOthers} />
            <p id="keys">Arrow keys move by 1 %, with Shift 5 %, with Alt 0.1 %.</p>
          </div>
        </section>
        <Previews editor={editor} chosen={crop?.id} choose={(next: PlacedCrop) => choose(next)} />
        <aside class="panels" part="panel" aria-label="Settings">
          <Panel key={crop?.id ?? chosen} editor={editor} target={target} zone={zone} moveZone={setZone} />
          <PhotoPanel editor={editor} />
        </aside>
      </div>
      <p class="unseen" role="status">
        {session.said}
      </p>
    </div>
  )
}
