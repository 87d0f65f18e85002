/** A process that does generations at once, without the queue: to be killed. Arguments: identifiers. */
import { performGeneration } from '../../src/generations/perform.ts'
import { createProviders } from '../../src/providers/providers.ts'
import { readSettings } from '../../src/settings/read.ts'
import { openService } from '../../src/start.ts'

const { service, close } = await openService(readSettings(process.env))
const providers = createProviders(service.settings)
process.stdout.write('ready\n')
const { signal } = new AbortController()
await Promise.all(
  process.argv
    .slice(2)
    .map((generationId) => performGeneration(service, providers, { data: { generationId }, isLast: true, signal })),
)
await close()
