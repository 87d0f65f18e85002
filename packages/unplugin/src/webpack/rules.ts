/** The rules that make pictures of modules. */
import { fileURLToPath } from 'node:url'
import { heroIdPattern } from '../id.ts'
import type { LoaderSettings } from '../module/sessions.ts'
import { parseVariantQuery, variantQueryPattern } from '../module/variant-request.ts'

/** What the name of a file may depend on. */
interface PathData {
  readonly filename?: string
}

/** What a rule is told about a module before its loaders are known. */
interface ModuleInfo {
  readonly issuer?: string
}

const sheets = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss)$/i

/**
 * Rules for the end of the list, where their `type` wins over a user's rules for images. Each answers in `pitch` and with `enforce: 'post'`: it then stands before all
 * other loaders, and those that a user has for images never run on our imports.
 *
 * @param assetsDir asked when names are made: a config file may name another folder
 * @param generator further settings of the rule for files
 */
export function toRules(settings: LoaderSettings, assetsDir: () => string, generator: object = {}): object[] {
  const use = (name: string): object[] => [{ loader: loaderFile(name), options: settings }]
  return [
    { test: sheets, enforce: 'pre', use: use('css-loader') },
    {
      resourceQuery: heroIdPattern,
      dependency: 'url',
      enforce: 'post',
      type: 'javascript/auto',
      use: useUrlLoader,
    },
    {
      // The same from css-loaders that make imports of URLs.
      resourceQuery: heroIdPattern,
      issuer: sheets,
      enforce: 'post',
      type: 'javascript/auto',
      use: useUrlLoader,
    },
    {
      resourceQuery: heroIdPattern,
      dependency: { not: 'url' },
      enforce: 'post',
      type: 'javascript/auto',
      sideEffects: false,
      use: use('hero-loader'),
    },
    {
      resourceQuery: variantQueryPattern,
      enforce: 'post',
      type: 'asset/resource',
      generator: { filename: ({ filename }: PathData) => join(assetsDir(), nameOf(filename)), ...generator },
      use: use('variant-loader'),
    },
  ]
}

// Who asks is known here alone: Rspack tells no loader.
function useUrlLoader({ issuer }: ModuleInfo): object[] {
  return [{ loader: loaderFile('url-loader'), options: { issuer } }]
}

/** Our own name: a hash of all inputs, so it needs none of the host's. */
function nameOf(filename: string | undefined): string {
  return parseVariantQuery(filename ?? '')?.name ?? 'image'
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** Beside this file: built, or as a source that Node runs itself. */
function loaderFile(name: string): string {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`./${name}.${ending}`, import.meta.url))
}
