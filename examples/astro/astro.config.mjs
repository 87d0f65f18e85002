import { heroImage } from '@hero-image/astro'
import { defineConfig } from 'astro/config'

export default defineConfig({
  integrations: [
    heroImage({ presets: { card: { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 640px) 20rem, 100vw' } } }),
  ],
})
