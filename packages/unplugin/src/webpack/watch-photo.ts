/** Tells a compiler what a picture depends on. */
import { existsSync } from 'node:fs'
import { sidecarPath } from '@hero-image/core'
import type { LoaderContext } from './compiler.ts'

/** The photo and its sidecar, whether there is one yet or not. */
export function watchPhoto(context: LoaderContext<unknown>, file: string): void {
  context.addDependency(file)
  const sidecar = sidecarPath(file)
  if (existsSync(sidecar)) context.addDependency(sidecar)
  else context.addMissingDependency(sidecar)
}
