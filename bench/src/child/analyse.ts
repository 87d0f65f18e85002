/** Puts only the analyses of photos into a project's cache. */
import { createEngine, resolveOptions } from '@hero-image/core'

const [root = '', ...files] = process.argv.slice(2)
const engine = createEngine(resolveOptions({}, root))
await Promise.all(files.map((file) => engine.analyse(file)))
await engine.close()
