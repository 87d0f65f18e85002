/** What pages import of the engine, as they would get it. */
import { build } from 'vite'

/** A browser entry as one module. @param entry absolute path */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry, formats: ['es'], fileName: 'entry' } },
  })
  const [output] = [result].flat().flatMap((part) => ('output' in part ? part.output : []))
  if (output?.type !== 'chunk') throw new Error('There is no bundle.')
  return output.code
}
