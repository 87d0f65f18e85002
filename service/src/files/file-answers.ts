/** What routes that send files answer with, for the document. */
import { z } from '@hono/zod-openapi'
import { empty } from '../http/answers.ts'

/** Headers of files, as far as clients make use of them. */
const headers = z.object({
  etag: z.string().meta({ description: 'For If-None-Match and If-Range.' }),
  'content-disposition': z.string(),
  'accept-ranges': z.literal('bytes'),
})

const partHeaders = headers.extend({ 'content-range': z.string() })

/** A file of one of these types: whole, in part, or not again. */
export function fileAnswers(mediaTypes: readonly string[], description: string) {
  const schema = z.string().meta({ format: 'binary' })
  const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]))
  return {
    200: { description, content, headers },
    206: { description: 'The part that was asked for.', content, headers: partHeaders },
    304: empty('The client has it already.'),
  }
}
