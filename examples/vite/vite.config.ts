import { heroImage } from '@hero-image/vite'
import { defineConfig } from 'vite'

// Options stand in hero.config.ts, where the `hero-image` command finds them too.
export default defineConfig({ plugins: [heroImage()] })
