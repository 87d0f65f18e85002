/** Edits under a dev server. */
import { devGroup } from './src/cases/live.ts'
import { cross } from './src/cross.ts'

cross(devGroup)
