/** What goes wrong. */
import { errorsGroup } from './src/cases/errors.ts'
import { cross } from './src/cross.ts'

cross(errorsGroup)
