import { defineConfig } from 'tsup'
import { options } from '../tsup.base.ts'

// Dependencies stay outside: the service is installed with them, and schemas need one zod for all.
export default defineConfig({ ...options, noExternal: [], target: 'node22.19', entry: ['src/main.ts'] })
