/** URLs of files in classic scripts. Rolldown has no `import.meta` there and leaves `{}.url`, which is no base; this is what Rollup writes. */

/** What a host says about a reference to a file. */
interface FileUrl {
  readonly format: string
  /** From the chunk to the file. */
  readonly relativePath: string
}

/** The expression for such a URL, or `undefined` for formats that the host knows how to handle. */
export function toScriptUrl({ format, relativePath }: FileUrl): string | undefined {
  const path = JSON.stringify(relativePath)
  const script =
    "document.currentScript && document.currentScript.tagName.toUpperCase() === 'SCRIPT' && document.currentScript.src"
  const inPage = `new URL(${path}, ${script} || document.baseURI).href`
  if (format === 'iife') return inPage
  if (format !== 'umd') return undefined
  return `(typeof document === 'undefined' ? require('url').pathToFileURL(__dirname + ${JSON.stringify(`/${relativePath}`)}).href : ${inPage})`
}
