/** The decoder process: takes requests on its standard input and answers on its standard output, one after the other, until its input ends. */
import { createFrameReader, toFrame, writeBytes } from './frames.ts'
import { type DecoderLimits, type DecoderReply, type Refusal, requestSchema } from './messages.ts'
import { lockDecoder, Refused } from './open-picture.ts'
import { perform } from './operation-work.ts'
import { isOperationName } from './operations.ts'

const limits: DecoderLimits = JSON.parse(process.argv[2] ?? '')
const reader = createFrameReader(process.stdin)
lockDecoder()
await reply({ outcome: 'ready' })
let isWanted = true
while (isWanted) isWanted = await answerNext()
process.exit(0)

/** @returns false when whoever asks is gone */
async function answerNext(): Promise<boolean> {
  const header = await reader.header()
  if (header === undefined) return false
  const { operation, params, sizes } = requestSchema.parse(header)
  const files: Buffer[] = []
  for (const size of sizes) {
    const file = await reader.bytes(size)
    if (file === undefined) return false
    files.push(file)
  }
  const [first, ...others] = files
  if (!isOperationName(operation) || first === undefined) return false
  try {
    const { facts, bytes = new Uint8Array() } = await perform(operation, [first, ...others], params, limits)
    await reply({ outcome: 'done', facts, size: bytes.length })
    await writeBytes(process.stdout, bytes)
  } catch (error) {
    await reply({ outcome: 'refused', reason: toRefusal(error) })
  }
  return true
}

async function reply(message: DecoderReply): Promise<void> {
  await writeBytes(process.stdout, toFrame(message))
}

/** @throws what is no fault of the picture: it ends the process, whose last words are logged */
function toRefusal(error: unknown): Refusal {
  if (error instanceof Refused) return error.reason
  // sharp throws plain errors for damaged files; TypeError and its kin are mistakes of ours.
  if (error instanceof Error && error.name === 'Error') return 'undecodable'
  throw error
}
