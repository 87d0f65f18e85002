/** `npm run table -w contract`: writes docs/hosts.md. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hosts } from './hosts/index.ts'
import { toDocument } from './table.ts'

await writeFile(join(import.meta.dirname, '../../docs/hosts.md'), toDocument(hosts))
