/** Downloads under way: each holds an open file or a connection to the bucket for as long as its client likes, unless somebody sets an end to it. */
import { Readable } from 'node:stream'
import { createTurns } from './turns.ts'

/** Downloads of an account at once, in one process: more than the pictures of a page that a browser loads together. */
const atOnce = 32

/** A client that takes nothing for so long is away, ms. */
const patience = 60_000

const turns = createTurns(atOnce, 'downloads')

/**
 * Opens a file for a client; it is closed when it was read, or left, or nobody reads on.
 *
 * @param silence longest time without a byte, ms
 * @throws ProblemError too-many-requests, and what opening throws
 */
export async function openOutgoing(
  userId: string,
  open: () => Promise<Readable | undefined>,
  silence: number = patience,
): Promise<ReadableStream | undefined> {
  const end = turns.begin(userId)
  try {
    const file = await open()
    if (file === undefined) {
      end()
      return undefined
    }
    const body = Readable.toWeb(file)
    const timer = setTimeout(() => file.destroy(new Error('The client did not read on.')), silence)
    file.on('data', () => timer.refresh())
    file.once('close', () => {
      clearTimeout(timer)
      end()
    })
    return body
  } catch (error) {
    end()
    throw error
  }
}
