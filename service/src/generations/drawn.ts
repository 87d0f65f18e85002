/**
 * What a provider drew is kept, as it came, before anything is made of it: under a key that follows from the generation and the attempt, so that a crash or a decoder
 * without room costs no second picture. Nobody is ever sent these files, and storage forgets them after a day.
 */
import { buffer } from 'node:stream/consumers'
import { putObject } from '../files/put-object.ts'
import type { Service } from '../service.ts'

type Parts = Pick<Service, 'db' | 'storage' | 'clock'>

/** Keeps it. */
export async function keepDrawn(parts: Parts, generationId: string, attempt: number, file: Uint8Array): Promise<void> {
  // Its type is not known yet, and does not matter.
  await putObject(parts, file, { mediaType: 'application/octet-stream', storageKey: toKey(generationId, attempt) })
}

/** What an earlier attempt has left, or undefined. */
export async function findDrawn(
  { storage }: Pick<Parts, 'storage'>,
  generationId: string,
  attempt: number,
): Promise<Uint8Array | undefined> {
  for (let earlier = attempt - 1; earlier > 0; earlier -= 1) {
    const stored = await storage.get(toKey(generationId, earlier))
    if (stored !== undefined) return buffer(stored)
  }
  return undefined
}

function toKey(generationId: string, attempt: number): string {
  return `drawn/${generationId.replaceAll('-', '')}/${attempt}`
}
