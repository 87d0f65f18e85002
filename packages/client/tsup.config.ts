import { defineConfig } from 'tsup'
import { options } from '../../tsup.base.ts'

// zod stays outside: the service reads the metadata of these schemas, which lives in the registry of one zod.
export default defineConfig({ ...options, noExternal: [], entry: { 'contract/index': 'src/contract/index.ts' } })
