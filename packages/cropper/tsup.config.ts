/** One file that a page can load as it is: Preact and the placing of crops are in it. */
import { defineConfig } from 'tsup'
import { options } from '../../tsup.base.ts'

export default defineConfig({
  ...options,
  entry: ['src/index.ts'],
  platform: 'browser',
  target: 'es2022',
  splitting: false,
  minify: true,
  noExternal: [/./],
})
