/** The photo with everything that can be moved on it. */
import type { JSX } from 'preact'
import { automaticFocus } from '../geometry/ellipse.ts'
import { moveInside, whole } from '../geometry/rect.ts'
import { cropRules } from '../geometry/shape.ts'
import { withFocus, withRect } from '../state/decide.ts'
import type { Editor, Target } from './editor.ts'
import { FoundBoxes } from './found-boxes.tsx'
import { CropOnStage, FocusOnStage, LimitsOnStage } from './on-stage.tsx'
import { PhotoCanvas } from './photo-canvas.tsx'
import { toStyle } from './shapes.tsx'

interface StageProps {
  readonly editor: Editor
  readonly target: Target
  /** Moves the text zone of the target instead of its rectangle. */
  readonly zone: boolean
  /** Draws what was found. */
  readonly found: boolean
  /** Draws the crops that are not being moved. */
  readonly others: boolean
}

export function Stage({ editor, target, zone, found, others }: StageProps): JSX.Element {
  const { session, opening } = editor
  const { photo, subject } = session.given
  const bitmap = opening !== undefined && 'bitmap' in opening ? opening.bitmap : undefined
  const rest = session.placed.filter((crop) => typeof target === 'string' || crop.id !== target.id)
  return (
    <div class="mat" part="stage">
      <div class="photo" data-photo style={{ '--ratio': photo.width / photo.height }}>
        <PhotoCanvas bitmap={bitmap} rect={whole} ratio={photo.width / photo.height} />
        {opening === undefined && <p class="notice">Opening the photo …</p>}
        {opening !== undefined && 'failed' in opening && (
          <p class="notice" role="alert">
            {opening.failed}
          </p>
        )}
        <Ground editor={editor} target={target} />
        {found && <FoundBoxes boxes={subject.boxes} />}
        {others &&
          rest.map(({ id, label, rect }) => (
            <div key={id} class="other" style={toStyle(rect)} aria-hidden="true">
              <span>{label}</span>
            </div>
          ))}
        {target === 'focus' && <FocusOnStage editor={editor} />}
        {target === 'limits' && <LimitsOnStage editor={editor} />}
        {typeof target === 'object' && <CropOnStage key={target.id} editor={editor} crop={target} zone={zone} />}
      </div>
    </div>
  )
}

/** A tap on the photo brings the focus or the crop there, so that nobody has to drag. */
function Ground({ editor, target }: { readonly editor: Editor; readonly target: Target }): JSX.Element {
  const { session } = editor
  const tap = (event: JSX.TargetedMouseEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    const x = (event.clientX - left) / width
    const y = (event.clientY - top) / height
    if (target === 'focus') {
      const focus = session.sidecar.focus ?? automaticFocus(session.given.subject)
      editor.decide((sidecar) => withFocus(sidecar, { ...focus, x, y }), 'Focus set')
    } else if (target !== 'limits') {
      const { rect, ratio, label } = target
      const { within } = cropRules(ratio, session.given.photo, session.sidecar.limits)
      const moved = moveInside({ ...rect, x: x - rect.width / 2, y: y - rect.height / 2 }, within)
      editor.decide((sidecar) => withRect(sidecar, target, moved), `Crop ${label} moved`)
    }
  }
  return <div class="ground" aria-hidden="true" onClick={tap} />
}
