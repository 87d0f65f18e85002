/** Reads a form with one file (RFC 7578), without holding it. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { ProblemError } from '../http/problem.ts'
import type { ReceivedFile } from './receive.ts'

/** What a form holds. */
export interface Form {
  readonly file: ReceivedFile
  /** Name of the file as the client gives it. */
  readonly fileName: string | undefined
  readonly fields: ReadonlyMap<string, string>
}

const limits = { files: 1, fields: 8, parts: 9, fieldNameSize: 100, fieldSize: 2000, headerPairs: 20, headerSize: 8192 }

/**
 * Reads a form.
 *
 * @param receive takes the file as it comes
 * @throws ProblemError invalid-fields for what is no form, or has no file, and what `receive` and the chunks throw
 */
export async function readForm(
  contentType: string,
  chunks: AsyncIterable<Uint8Array>,
  receive: (file: AsyncIterable<Uint8Array>) => Promise<ReceivedFile>,
): Promise<Form> {
  const parser = createParser(contentType)
  const fields = new Map<string, string>()
  let fileName: string | undefined
  let received: Promise<ReceivedFile> | undefined
  let stream: BusboyFileStream | undefined
  parser.on('error', () => undefined)
  parser.on('field', (name, value, _isNameCut, isCut) => {
    if (isCut) parser.destroy(invalidForm('A field is too long.'))
    fields.set(name, value)
  })
  parser.on('file', (_field, file, name) => {
    fileName = name
    stream = file
    // Whoever reads it sees its errors; those that come when nobody reads any more must not end the process.
    file.on('error', () => undefined)
    received = receive(file)
    // Whoever writes on has to stop, or would wait for a reader for ever.
    received.catch((error: Error) => parser.destroy(error))
  })
  for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit']) {
    parser.on(limit, () => parser.destroy(invalidForm('The form has more parts than it may.')))
  }
  try {
    await pipeline(Readable.from(chunks), parser)
    const file = await received
    if (file !== undefined) return { file, fileName, fields }
  } catch (error) {
    // The file ends with the form that it is in.
    stream?.destroy(new Error('The form has ended.'))
    await received?.then(
      (file) => file.close(),
      () => undefined,
    )
    throw error instanceof ProblemError || isAbort(error) ? error : invalidForm('The body is no multipart/form-data.')
  }
  throw new ProblemError('invalid-fields', { errors: [{ pointer: '/file', detail: 'is missing.' }] })
}

function createParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits })
  } catch {
    throw invalidForm('The form has no boundary.')
  }
}

function invalidForm(detail: string): ProblemError {
  return new ProblemError('invalid-fields', { detail })
}

/** The client has gone; nobody reads the answer. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET'))
}
