/** Which pictures style sheets and documents use. Modules are in Vite's graph; these are nowhere else. */
import type { Reference } from '@hero-image/unplugin/css'

/** Pictures by the file that shows them. */
export interface Shown {
  /** A style sheet or document is about to be read again: what it showed before no longer counts. */
  renew(owner: string): void
  add(owner: string, reference: Reference): void
  /** Every picture with the absolute path of the file that shows it. */
  all(): readonly (Reference & { readonly owner: string })[]
}

/** Nothing is shown yet. Owners are ids; what stands behind a question mark names a part of a file. */
export function createShown(): Shown {
  const owners = new Map<string, Reference[]>()
  return {
    renew: (owner) => void owners.delete(owner),
    add: (owner, reference) => void owners.set(owner, [...(owners.get(owner) ?? []), reference]),
    all: () =>
      [...owners].flatMap(([owner, references]) =>
        references.map(({ file, query }) => ({ file, query, owner: owner.replace(/[?#].*$/, '') })),
      ),
  }
}
