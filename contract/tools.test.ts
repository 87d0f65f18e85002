/** Tools that run on a host. */
import { toolsGroup } from './src/cases/tools.ts'
import { cross } from './src/cross.ts'

cross(toolsGroup)
