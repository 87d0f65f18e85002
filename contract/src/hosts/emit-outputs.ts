/** Outputs of Rollup and Rolldown: URLs are relative to the code. */
import type { Output, Scenario } from '../host.ts'

export function emitOutputs({ out, shape }: Scenario): Output[] {
  const module = { folder: out, entry: 'entry.js', kind: 'module', publicPath: '' } as const
  if (shape === 'cjs') return [{ ...module, entry: 'entry.cjs', kind: 'commonjs' }]
  if (shape === 'iife') return [{ ...module, kind: 'script' }]
  // The folders of the modules are kept.
  if (shape === 'library') return [{ ...module, entry: 'src/entry.js' }]
  if (shape === 'several')
    return [
      { ...module, folder: `${out}/es` },
      { ...module, folder: `${out}/cjs`, entry: 'entry.cjs', kind: 'commonjs' },
    ]
  return [module]
}
