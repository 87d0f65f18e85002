/**
 * Puts tokens in place of pictures while Markdown is compiled. It works on what a processor gives back, since every one of them (Astro's own, remark, others)
 * marks images in the same way for Astro.
 */
import { fileURLToPath } from 'node:url'
import { splitId } from '@hero-image/unplugin/emit'
import type { AstroConfig } from 'astro'
import { toContentPath } from '../content-path.ts'
import { takePictures } from './pictures.ts'

type MarkdownProcessor = AstroConfig['markdown']['processor']

/**
 * A processor whose output has tokens for pictures; in everything else, options included, it is the given one.
 *
 * @param hasPlaceholders asked for each file, since the config may change after the processor is chosen
 */
export function withHeroes(processor: MarkdownProcessor, hasPlaceholders: () => boolean): MarkdownProcessor {
  return {
    ...processor,
    async createRenderer(shared) {
      const renderer = await processor.createRenderer(shared)
      return {
        ...renderer,
        async render(content, options) {
          const result = await renderer.render(content, options)
          const file = options?.fileURL === undefined ? undefined : fileURLToPath(options.fileURL)
          const { html, sources } = takePictures(result.code, file, hasPlaceholders())
          if (sources.length === 0) return result
          // Astro imports these; in collections only what looks like an image to it.
          const others = result.metadata.localImagePaths.filter((path) => splitId(path) === undefined)
          const localImagePaths = [...others, ...sources.map(toContentPath)]
          return { ...result, code: html, metadata: { ...result.metadata, localImagePaths } }
        },
      }
    },
  }
}
