/** Numbers and words for what is being moved. */
import type { JSX } from 'preact'
import { CropPanel } from './crop-panel.tsx'
import type { Editor, Target, ZoneMoves } from './editor.ts'
import { FocusPanel } from './focus-panel.tsx'
import { LimitsPanel } from './limits-panel.tsx'

interface PanelProps extends ZoneMoves {
  readonly editor: Editor
  readonly target: Target
}

export function Panel({ editor, target, ...moves }: PanelProps): JSX.Element {
  if (target === 'focus') return <FocusPanel editor={editor} />
  if (target === 'limits') return <LimitsPanel editor={editor} />
  return <CropPanel editor={editor} crop={target} {...moves} />
}
