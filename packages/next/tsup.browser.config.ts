/** What pages import: no chunk in common with what runs in Node. */
import { defineConfig } from 'tsup'
import { options } from '../../tsup.base.ts'

export default defineConfig({
  ...options,
  entry: ['src/image.tsx'],
  platform: 'neutral',
  splitting: false,
  clean: false,
})
