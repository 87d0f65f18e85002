/** Tells a compiler what a picture depends on. */
import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { planDependencies, type ResolvedOptions } from '@hero-image/core'
import type { LoaderContext } from './compiler.ts'

/**
 * The photo, and what was said about it, whether somebody has said something yet or not.
 *
 * @param root absolute path of the project
 */
export function watchPhoto(context: LoaderContext<unknown>, file: string, root: string): void {
  for (const each of planDependencies(file, root)) {
    if (each === file || existsSync(each)) context.addDependency(each)
    else context.addMissingDependency(each)
  }
}

/** The user's own detector: another one finds other subjects. */
export function watchDetector(context: LoaderContext<unknown>, { detector }: ResolvedOptions): void {
  if (detector !== undefined && isAbsolute(detector)) context.addDependency(detector)
}
