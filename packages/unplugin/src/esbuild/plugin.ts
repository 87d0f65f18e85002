/** Native hooks for esbuild: every file of a picture is a module for its `file` loader, so esbuild names, writes and prefixes it like all others. */
import type { HeroOptions } from '@hero-image/core'
import type { BuildOptions, PartialMessage, Plugin, PluginBuild } from 'esbuild'
import { isExternal } from '../css/index.ts'
import { heroIdPattern, splitId } from '../id.ts'
import { createSession, type Started } from '../session.ts'
import { refuseLeftovers } from './leftovers.ts'
import { loadFile, loadPicture } from './load.ts'
import { toFailure, toLog, toPrinted } from './message.ts'
import { fileRequestPattern, files, parseFileRequest, parsePicturePath, pictures } from './picture.ts'
import { resolveHero, resolveToFile } from './resolve.ts'
import { createRun, type Run } from './run.ts'
import { loadSheet } from './sheet.ts'
import { finishOutput } from './summary.ts'
import { prepareUrls } from './urls.ts'

/** @param options absent: those of `hero.config.ts` */
export function createEsbuildPlugin(options: HeroOptions | undefined): Plugin {
  return { name: 'hero-image', setup: (build) => applyHeroImage(build, options) }
}

function applyHeroImage(build: PluginBuild, options: HeroOptions | undefined): void {
  const settings = build.initialOptions
  const root = settings.absWorkingDir ?? process.cwd()
  const session = createSession(options)
  const urls = prepareUrls(settings)
  // Tells at the end what became part of the output.
  settings.metafile = true
  // Absent when the session could not start. That is told once; esbuild goes on asking, and gets empty answers.
  let run: Run | undefined

  build.onStart(async () => {
    run = undefined
    try {
      const started = await session.start({ root, assetsDir: '', log: toLog(settings.logLevel), dev: false })
      run = createRun(started)
      return { warnings: warningsAbout(started, settings) }
    } catch (error) {
      return toFailure(error)
    }
  })

  build.onResolve({ filter: heroIdPattern }, async (args) => {
    const parts = splitId(args.path)
    if (parts === undefined || isExternal(parts.file)) return undefined
    return run === undefined ? { path: args.path, external: true } : resolveHero(build, run, args, parts)
  })

  build.onResolve({ filter: fileRequestPattern }, ({ path }) => {
    const name = parseFileRequest(path)
    return run?.find(name) === undefined ? undefined : resolveToFile(name)
  })

  build.onLoad({ filter: /./, namespace: pictures }, ({ path }) =>
    run === undefined ? undefined : loadPicture(run, parsePicturePath(root, path), urls.toExpression),
  )

  build.onLoad({ filter: /./, namespace: files }, ({ path }) => {
    const file = run?.find(path)
    return run === undefined || file === undefined ? undefined : loadFile(run, file)
  })

  build.onLoad({ filter: /\.css$/, namespace: 'file' }, ({ path }) =>
    run === undefined ? undefined : loadSheet(build, run, path),
  )

  build.onEnd(async (result) => {
    if (run === undefined) return
    run.end()
    const errors = result.errors.length > 0 ? [] : await refuseLeftovers(result, root)
    if (result.errors.length + errors.length === 0) {
      await urls.spell(result, root)
      await finishOutput(run, result, settings)
    }
    for (const text of await toPrinted(build, errors)) run.started.host.log.warn(text)
    run.started.report.finish()
    return { errors }
  })

  build.onDispose(() => void session.close())
}

function warningsAbout({ engine }: Started, { bundle }: BuildOptions): PartialMessage[] {
  const warnings: PartialMessage[] = []
  if (engine.options.assetsDir !== undefined)
    warnings.push({ text: "`assetsDir` has no effect: esbuild's `assetNames` says where files go." })
  if (bundle !== true)
    warnings.push({ text: 'Without `bundle: true` esbuild asks no plugin about imports: no picture is made.' })
  return warnings
}
