/** What concerns the photo and no single crop: alternative text, and what was found. */
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { withAlt } from '../state/decide.ts'
import { foundText } from '../words.ts'
import type { Editor } from './editor.ts'

export function PhotoPanel({ editor }: { readonly editor: Editor }): JSX.Element {
  const id = useId()
  const { given, sidecar } = editor.session
  const { photo, subject } = given
  return (
    <section class="card" aria-label="Photo">
      <h3>Photo</h3>
      <div class="field">
        <label for={id}>Alternative text</label>
        <textarea
          id={id}
          rows={3}
          value={sidecar.alt ?? ''}
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => editor.draft((before) => withAlt(before, currentTarget.value))}
          onChange={() => editor.commit('Alternative text set')}
        />
        <p id={`${id}-hint`} class="hint">
          What somebody would miss who cannot see the photo.
        </p>
      </div>
      <dl>
        <div>
          <dt>Found</dt>
          <dd>{foundText(subject)}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            {photo.width} × {photo.height} px
          </dd>
        </div>
      </dl>
    </section>
  )
}
