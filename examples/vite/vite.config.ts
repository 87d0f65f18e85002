import { heroImage } from '@hero-image/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    heroImage({
      manifest: true,
      presets: { card: { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 640px) 50vw, 100vw' } },
    }),
  ],
})
