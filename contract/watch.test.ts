/** Edits under a watching build. */
import { watchGroup } from './src/cases/live.ts'
import { cross } from './src/cross.ts'

cross(watchGroup)
