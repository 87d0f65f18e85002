/** Gives a loader's result to its callback. */
import { isHeroError } from '@hero-image/core'
import type { LoaderContext } from './compiler.ts'

export function answer(context: LoaderContext<unknown>, work: () => Promise<string | Buffer>): void {
  const callback = context.async()
  work().then(
    (content) => callback(null, content),
    (error: unknown) => callback(toPrintable(error)),
  )
}

/**
 * Compilers print the stack where there is one: ours says nothing that a user could act on. And they keep failed modules in their cache, which takes no errors of a
 * class that it does not know.
 */
function toPrintable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  if (!isHeroError(error)) return error
  const plain = new Error(error.message)
  plain.name = error.name
  plain.stack = error.message
  return plain
}
