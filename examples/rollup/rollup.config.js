// Two scripts from one source; both use the same pictures.
import heroImage from '@hero-image/unplugin/rollup'
import resolve from '@rollup/plugin-node-resolve'

export default {
  input: 'src/main.js',
  output: [
    { file: 'dist/main.js', format: 'es' },
    { file: 'dist/main.legacy.js', format: 'iife' },
  ],
  plugins: [resolve(), heroImage()],
}
