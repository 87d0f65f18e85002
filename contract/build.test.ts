/** Builds of a project with every form of import. */
import { buildGroup } from './src/cases/build.ts'
import { cross } from './src/cross.ts'

cross(buildGroup)
