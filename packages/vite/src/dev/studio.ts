/** The studio at `/__hero/`: every hero with its crops, and the editor. Only dev servers have it. */
import { styleText } from 'node:util'
import type { StudioHandler } from '@hero-image/studio'
import { isFileLoadingAllowed, normalizePath, type Plugin, type ViteDevServer } from 'vite'
import type { Pictures } from '../pictures.ts'
import { toDock } from './dock.ts'
import { createResolve, joinUses, loadedUses } from './uses.ts'

/** Where it is below the base of the site. */
const path = '__hero/'

/** The plugin. */
export function studioPlugin(pictures: Pictures): Plugin {
  let url = `/${path}`
  const plugin: Plugin = {
    name: 'hero-image:studio',
    apply: 'serve',
    configureServer(server) {
      const base = server.config.base.replace(/^https?:\/\/[^/]+/, '')
      url = base + path
      let studio: Promise<StudioHandler> | undefined
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith(url.slice(0, -1)) !== true) return next()
        // Most servers never show it: it is loaded by whoever opens it first.
        studio ??= createHandler(server, pictures, url)
        studio.then((handle) => handle(request, response, next), next)
      })
      announce(server)
    },
  }
  return Object.assign(plugin, { devtools: toDock(() => url) })
}

async function createHandler(server: ViteDevServer, pictures: Pictures, base: string): Promise<StudioHandler> {
  const { createFindPhoto, createScan, createStudio } = await import('@hero-image/studio')
  const { root, build, publicDir, cacheDir, logger } = server.config
  const scan = createScan({
    root,
    find: createResolve(server, createFindPhoto(root)),
    ignore: [build.outDir, publicDir, cacheDir],
  })
  return createStudio({
    engine: pictures.started.engine,
    base,
    uses: async () => joinUses(loadedUses(server, pictures.shown), await scan()),
    mayRead: (file) => isFileLoadingAllowed(server.config, normalizePath(file)),
    // Vite's own check of the name comes before all plugins.
    hostIsChecked: true,
    warn: (message) => logger.warn(message),
  })
}

/** One more line where Vite prints its addresses. */
function announce(server: ViteDevServer): void {
  const print = server.printUrls.bind(server)
  server.printUrls = () => {
    print()
    const [local] = server.resolvedUrls?.local ?? []
    if (local === undefined) return
    const address = styleText('cyan', `${local}${path}`)
    server.config.logger.info(`  ${styleText('green', '➜')}  ${styleText('bold', 'Hero Image')}: ${address}`)
  }
}
