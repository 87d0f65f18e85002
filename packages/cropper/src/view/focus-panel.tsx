/** The focus in numbers. */
import type { JSX } from 'preact'
import { automaticFocus, type Ellipse, toEllipse, toFocus } from '../geometry/ellipse.ts'
import { withFocus } from '../state/decide.ts'
import { Card } from './card.tsx'
import type { Editor } from './editor.ts'
import { NumberField } from './number-field.tsx'

export function FocusPanel({ editor }: { readonly editor: Editor }): JSX.Element {
  const { sidecar, given } = editor.session
  const focus = sidecar.focus ?? automaticFocus(given.subject)
  const ellipse = toEllipse(focus)
  const draft = (part: Partial<Ellipse>) =>
    editor.draft((before) => withFocus(before, toFocus({ ...ellipse, ...part }, focus)))
  const commit = () => editor.commit('Focus set')
  const field = (label: string, key: keyof Ellipse, least = 0) => (
    <NumberField
      label={label}
      value={ellipse[key]}
      least={least}
      draft={(value) => draft({ [key]: value })}
      commit={commit}
    />
  )
  return (
    <Card
      title="Focus"
      set={sidecar.focus !== undefined}
      reset={() => editor.decide((before) => withFocus(before, undefined), 'Focus is automatic again')}
    >
      <p>What every crop keeps in view. Drag the ellipse, or tap the photo.</p>
      <div class="fields">
        {field('Left', 'x')}
        {field('Top', 'y')}
        {field('Width', 'width', 0.02)}
        {field('Height', 'height', 0.02)}
      </div>
    </Card>
  )
}
