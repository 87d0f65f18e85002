/** Gives a loader's result to its callback. */
import type { LoaderContext } from './compiler.ts'

export function answer(context: LoaderContext<unknown>, work: () => Promise<string | Buffer>): void {
  const callback = context.async()
  work().then(
    (content) => callback(null, content),
    (error: unknown) => callback(toPrintable(error)),
  )
}

/** Compilers print the stack where there is one: ours says nothing that a user could act on. */
function toPrintable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  if (error.name === 'HeroError') error.stack = error.message
  return error
}
