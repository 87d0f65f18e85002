/** Rules and plugins of users. */
import { fightsGroup } from './src/cases/fights.ts'
import { cross } from './src/cross.ts'

cross(fightsGroup)
