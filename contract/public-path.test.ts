/** Public paths. */
import { publicPathGroup } from './src/cases/public-path.ts'
import { cross } from './src/cross.ts'

cross(publicPathGroup)
