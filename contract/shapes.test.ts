/** Formats, several outputs, libraries. */
import { shapesGroup } from './src/cases/shapes.ts'
import { cross } from './src/cross.ts'

cross(shapesGroup)
