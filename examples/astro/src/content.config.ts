import { defineCollection } from 'astro:content'
import { heroSchema } from '@hero-image/astro/content'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'

export const collections = {
  stories: defineCollection({
    loader: glob({ pattern: '*.md', base: './src/stories' }),
    schema: z.object({ title: z.string(), cover: heroSchema() }),
  }),
}
