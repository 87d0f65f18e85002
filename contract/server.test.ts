/** Builds for client and server. */
import { serverGroup } from './src/cases/server.ts'
import { cross } from './src/cross.ts'

cross(serverGroup)
