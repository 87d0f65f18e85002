import heroImage from '@hero-image/unplugin/esbuild'
import { build } from 'esbuild'

await build({
  entryPoints: ['src/main.js'],
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  minify: true,
  plugins: [heroImage()],
})
