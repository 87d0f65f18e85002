/** How the URLs of files are written. */
import { dirname, join, posix } from 'node:path'
import type { BuildOptions, BuildResult } from 'esbuild'
import { readOutput, writeOutput } from './output-file.ts'
import { files } from './picture.ts'

/** URLs of one build. */
export interface Urls {
  /** Expression for the URL, given the value of esbuild's `file` loader. */
  toExpression(value: string): string
  /** Finishes the URLs in an output. */
  spell(result: BuildResult, root: string): Promise<void>
}

/**
 * Decides how URLs are written, before the build begins.
 *
 * With a `publicPath` the loader's value is the URL. Without one it is relative to the file it stands in, which only `import.meta.url` knows; where there is none
 * (scripts, CommonJS) it stays as esbuild has it, relative to the page. The same for `platform: 'node'`: libraries are built for it by default (tsup), and a
 * relative URL would be right nowhere. A server that renders markup needs a `publicPath`, the one of the client's build.
 */
export function prepareUrls(options: BuildOptions): Urls {
  const { define, format, minify, minifyWhitespace, platform, publicPath, sourcemap, supported } = options
  // Some tools put something in its place, for CommonJS too.
  const isDefined = define?.['import.meta.url'] !== undefined || define?.['import.meta'] !== undefined
  const isModule = (format ?? (platform === 'neutral' ? 'esm' : undefined)) === 'esm'
  if (publicPath || !(isModule || isDefined)) return { toExpression: (value) => value, spell: async () => undefined }
  // Without this an old `target` empties `import.meta`. Every browser in use that reads modules has it.
  options.supported = { 'import-meta': true, ...supported }
  // Adding to a line moves what the source map says of the rest of it: of everything, when all is one line.
  const isMapped = sourcemap && (minify || minifyWhitespace)
  return {
    // `String` keeps webpack away, which takes `new URL(variable, import.meta.url)` for a request of its own.
    toExpression: (value) => `new URL(${value}, String(import.meta.url)).href`,
    spell: async (result, root) => (isDefined || isMapped ? undefined : spellUrls(result, root)),
  }
}

/**
 * Who bundles a library again finds its files by `new URL("./file", import.meta.url)`, if the name stands inside. esbuild puts names into variables of their own:
 * `var a = "./file"`. That variable gets the whole URL; the expression of the module, which stays for esbuild's own server, changes nothing about it then.
 */
async function spellUrls(result: BuildResult, root: string): Promise<void> {
  const outputs = result.metafile?.outputs ?? {}
  const isOurs = (path: string): boolean =>
    Object.keys(outputs[path]?.inputs ?? {})[0]?.startsWith(`${files}:`) ?? false
  for (const [path, { imports }] of Object.entries(outputs)) {
    const named = imports.filter((each) => each.kind === 'file-loader' && isOurs(each.path))
    if (named.length === 0 || !/\.[cm]?js$/.test(path)) continue
    const names = new Set(named.map((each) => toRelative(dirname(path), each.path)))
    const code = await readOutput(result, join(root, path))
    // A watching esbuild leaves alone what it has written before.
    const spelt = code.replace(/(?<!new URL\()"(\.[^"\n]+)"/g, (literal, name: string) =>
      names.has(name) ? `new URL(${literal}, import.meta.url).href` : literal,
    )
    if (spelt !== code) await writeOutput(result, join(root, path), spelt)
  }
}

function toRelative(folder: string, file: string): string {
  const path = posix.relative(folder, file)
  return path.startsWith('../') ? path : `./${path}`
}
