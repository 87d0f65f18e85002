import { defineConfig } from 'tsup'
import { options } from '../../tsup.base.ts'

export default defineConfig({
  ...options,
  entry: {
    index: 'src/index.ts',
    // Started by path, beside the chunks that start them.
    'analysis-worker': 'src/source/analysis-worker.ts',
    'pixel-process': 'src/pixels/pixel-process.ts',
  },
})
