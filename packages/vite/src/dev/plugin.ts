/** The dev server: pictures on request, and pages that follow edits of photos, sidecars and the lock. */
import { lockPath, sidecarSource } from '@hero-image/core'
import { splitId } from '@hero-image/unplugin/emit'
import { type EnvironmentModuleNode, isFileLoadingAllowed, normalizePath, type Plugin } from 'vite'
import type { Pictures } from '../pictures.ts'
import { createPictureMiddleware } from './middleware.ts'

/**
 * The plugin for dev servers.
 *
 * @param shown photos and sidecars that HTML documents use directly; a change reloads the page
 */
export function devPlugin(pictures: Pictures, shown: ReadonlySet<string>): Plugin {
  return {
    name: 'hero-image:dev',
    apply: 'serve',
    configureServer(server) {
      pictures.watchWith((file) => server.watcher.add(file))
      server.middlewares.use(
        createPictureMiddleware({
          engine: pictures.started.engine,
          key: pictures.key,
          base: server.config.base.replace(/^https?:\/\/[^/]+/, ''),
          isAllowed: (file) => isFileLoadingAllowed(server.config, normalizePath(file)),
          warn: (message) => server.config.logger.warn(message),
        }),
      )
    },
    hotUpdate: {
      order: 'pre',
      handler({ file, modules }) {
        if (shown.has(file) && this.environment.name === 'client') this.environment.hot.send({ type: 'full-reload' })
        const graph = this.environment.moduleGraph
        const source = sidecarSource(file) ?? file
        const isLock = file === normalizePath(lockPath(pictures.config.root))
        // Vite knows which modules a change touches, but not a sidecar's first save, its deletion, or a photo that an editor replaces.
        const touched = new Set<EnvironmentModuleNode>([...modules, ...(graph.getModulesByFile(file) ?? [])])
        for (const [id, module] of graph.idToModuleMap) {
          const photo = splitId(id)?.file
          if (photo !== undefined && (isLock || photo === source)) touched.add(module)
        }
        return touched.size === modules.length ? undefined : [...touched]
      },
    },
    async closeBundle() {
      await pictures.close()
    },
  }
}
