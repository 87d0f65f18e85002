/** All styles of the editor, for its shadow root. */
import { base } from './base.ts'
import { controls } from './controls.ts'
import { layout } from './layout.ts'
import { modes } from './modes.ts'
import { previews } from './previews.ts'
import { stage } from './stage.ts'

export const styles: string = [base, controls, layout, stage, previews, modes].join('')
