/** The page: one script and one style sheet with everything in them, since it asks nobody else for anything. */
import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { studio: 'src/page/main.tsx' },
  tsconfig: 'src/page/tsconfig.json',
  outDir: 'dist/page',
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  splitting: false,
  minify: true,
  silent: true,
  noExternal: [/.*/],
})
