/** Pieces of configs and entries that hosts have in common. */

/** A value as code. */
export function toCode(value: unknown): string {
  return JSON.stringify(value, undefined, 2) ?? 'undefined'
}

/** The entry of hosts whose entry is a script. */
export const scriptEntry = "import { show } from './shown.js'\nglobalThis.shown = show()\n"

/** Plugins of users, in the form that Rollup, Rolldown and Vite take, that claim files of an ending for themselves. */
export function toGreedyPlugin(ending: 'jpg' | 'svg'): string {
  return `{
  name: 'greedy',
  load(id) {
    return /\\.${ending}$/.test(id) ? 'export default ' + JSON.stringify('user:' + id) : undefined
  },
}`
}
