import { defineConfig } from 'tsup'
import { options } from '../tsup.base.ts'

// Some modules of Node, such as node:sqlite, exist only with the prefix. Dependencies stay outside: the service is installed with them, and schemas need one zod for all.
export default defineConfig({
  ...options,
  noExternal: [],
  removeNodeProtocol: false,
  target: 'node22.19',
  entry: { main: 'src/main.ts', operator: 'src/operator.ts', 'decoder-process': 'src/decode/decoder-process.ts' },
})
