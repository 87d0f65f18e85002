/** Our errors and words in esbuild's form. */
import { isHeroError, type Plan } from '@hero-image/core'
import type { BuildOptions, PartialMessage, PluginBuild } from 'esbuild'
import type { Log } from '../session.ts'

/** The result of a callback that failed; esbuild adds the place of the import. @throws what we did not raise on purpose, so that its stack is shown */
export function toFailure(error: unknown): { errors: PartialMessage[] } {
  if (!isHeroError(error)) throw error
  return { errors: [{ text: error.message, detail: error }] }
}

/** What the user should know about a picture; esbuild adds the place of the import. */
export function toWarnings({ file, notes }: Plan): PartialMessage[] {
  return notes.map((note) => ({ text: `${file}: ${note}` }))
}

/** An error that names file and line of a source, with that place as esbuild knows places. */
export function toRefusal(error: unknown, file: string, source: string): PartialMessage {
  if (!isHeroError(error)) throw error
  const line = Number(/:(\d+)$/.exec(error.file ?? '')?.[1] ?? 1)
  return {
    text: error.message,
    detail: error,
    location: { file, line, lineText: source.split('\n')[line - 1] ?? '' },
  }
}

/** As esbuild prints errors. It does so itself for all but those of the end of a build, which scripts that only fail would swallow. */
export function toPrinted({ esbuild }: PluginBuild, errors: readonly PartialMessage[]): Promise<string[]> {
  const named = errors.map((error) => ({ pluginName: 'hero-image', ...error }))
  return esbuild.formatMessages(named, { kind: 'error', color: process.stderr.isTTY === true })
}

/** esbuild has no channel for plain words. Tools that build with it set `error` to say such things themselves, so only `silent` silences us. */
export function toLog(logLevel: BuildOptions['logLevel']): Log {
  const write = (message: string): void => {
    if (logLevel !== 'silent') process.stderr.write(`${message}\n`)
  }
  return { info: write, warn: write }
}
