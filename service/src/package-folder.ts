/** Where the service lies: the same folder, run from source or built. */
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** Absolute path of the folder with package.json and migrations. */
export const packageFolder: string = dirname(createRequire(import.meta.url).resolve('@hero-image/service/package.json'))
