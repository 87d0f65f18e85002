/** Hero Image for Astro: everything of Vite, plus types, Markdown, content collections and the component's part in the head. */
import { fileURLToPath } from 'node:url'
import { type HeroOptions, loadConfig, resolveOptions } from '@hero-image/core'
import { heroImage as viteHeroImage } from '@hero-image/vite'
import type { AstroConfig, AstroIntegration } from 'astro'
import { buildPlugin } from './build-plugin.ts'
import { contentPlugin } from './content-plugin.ts'
import { devPlugin } from './dev-plugin.ts'
import { headPlugin } from './head-plugin.ts'
import { toLog } from './log.ts'
import { mdxPlugin } from './markdown/mdx.ts'
import { markdownPlugin } from './markdown/plugin.ts'
import { withHeroes } from './markdown/processor.ts'
import { createResolveWritten } from './resolve-written.ts'
import { templatePlugin } from './template.ts'
import { toolbarApp } from './toolbar-app.ts'
import { toTypes } from './types.ts'

/**
 * The integration.
 *
 * @param options written here, or in `hero.config.ts` when absent; never merged. `dts` is Astro's matter: it writes the
 *   types where it keeps all others
 * @throws HeroError from Astro's start when the options are wrong
 * @example
 * // astro.config.mjs
 * export default defineConfig({ integrations: [heroImage()] })
 */
export function heroImage(options?: HeroOptions): AstroIntegration {
  let types = ''
  let final: AstroConfig | undefined
  const hasPlaceholders = (): boolean => !final?.security.csp
  return {
    name: '@hero-image/astro',
    hooks: {
      'astro:config:setup': async ({ config, command, updateConfig, addDevToolbarApp, addWatchFile, logger }) => {
        if (command === 'dev') addDevToolbarApp(toolbarApp)
        const root = fileURLToPath(config.root)
        const file = options === undefined ? await loadConfig(root) : undefined
        if (file !== undefined) addWatchFile(file.file)
        const user = options ?? file?.options ?? {}
        const resolved = resolveOptions(user, root)
        const resolveWritten = createResolveWritten(resolved)
        types = toTypes(resolved)
        updateConfig({
          markdown: { processor: withHeroes(config.markdown.processor, hasPlaceholders) },
          vite: {
            plugins: [
              viteHeroImage({ ...user, dts: user.dts ?? false }, toLog(logger)),
              templatePlugin(),
              markdownPlugin(resolveWritten),
              mdxPlugin(resolveWritten),
              contentPlugin(config.root, resolveWritten),
              headPlugin(),
              devPlugin(),
              buildPlugin(() => final?.build.assetsPrefix),
            ],
          },
        })
      },
      'astro:config:done': ({ config, injectTypes }) => {
        final = config
        injectTypes({ filename: 'hero-env.d.ts', content: types })
      },
    },
  }
}

export { defineHero, type HeroAsset, type HeroOptions } from '@hero-image/core'
export type { HeroImageProps } from './props.ts'
export default heroImage
