/** Tells a compiler what a picture depends on. */
import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { type ResolvedOptions, sidecarPath } from '@hero-image/core'
import type { LoaderContext } from './compiler.ts'

/** The photo and its sidecar, whether there is one yet or not. */
export function watchPhoto(context: LoaderContext<unknown>, file: string): void {
  context.addDependency(file)
  const sidecar = sidecarPath(file)
  if (existsSync(sidecar)) context.addDependency(sidecar)
  else context.addMissingDependency(sidecar)
}

/** The user's own detector: another one finds other subjects. */
export function watchDetector(context: LoaderContext<unknown>, { locate }: ResolvedOptions): void {
  if (locate !== undefined && isAbsolute(locate)) context.addDependency(locate)
}
