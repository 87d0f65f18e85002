/** Reads the JSON of a request, as far as it may go. */
import type { IncomingMessage } from 'node:http'
import { Refused } from './refused.ts'

/** A sidecar with a rectangle for each of a hundred crops has a tenth of this. */
const mostBytes = 64 * 1024

/** @throws Refused 413 when it is too long, 400 when it is no JSON */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let bytes = 0
  // Without a destroyed connection the answer still arrives.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    const chunk = Buffer.from(part)
    bytes += chunk.length
    if (bytes > mostBytes) throw new Refused(413, `A sidecar may have ${mostBytes / 1024} kB.`)
    parts.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString())
  } catch {
    throw new Refused(400, 'This is no JSON.')
  }
}
