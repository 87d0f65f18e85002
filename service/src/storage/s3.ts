/** Files in a bucket of an S3 service. Addresses are of the path style, which all of them understand. */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { AwsV4Signer } from 'aws4fetch'
import { Agent, type Dispatcher, interceptors, request } from 'undici'
import { readList } from './s3-list.ts'
import { checkKey, type Storage } from './storage.ts'

/** Which bucket, and the right to use it. */
export interface S3Options {
  /** Address of the service, without the bucket. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

interface Call {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly path?: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | Readable
  /** Hash of the body in hexadecimal, which is then signed, too. */
  readonly sha256?: string
}

const nothing = createHash('sha256').digest('hex')

/** A body that is still to be read cannot be hashed before it is sent; its length is checked all the same. */
const unsigned = 'UNSIGNED-PAYLOAD'

/** Keeps files in a bucket. Nothing is connected before the first call. */
export function createS3Storage({ endpoint, bucket, ...credentials }: S3Options): Storage {
  const base = `${endpoint.replace(/\/+$/, '')}/${bucket}`
  const dispatcher = new Agent({
    // Downloads hold theirs for as long as clients take; uploads and jobs must find some left.
    connections: 256,
    connect: { timeout: 10_000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  })
    // What has been sent from a stream is not sent again; the caller hears of it.
    .compose(interceptors.retry({ maxRetries: 3, minTimeout: 100, maxTimeout: 2000 }))

  async function call({ method, path, query, headers = {}, body, sha256 = nothing }: Call) {
    const url = new URL(path === undefined ? base : `${base}/${path}`)
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
    const signer = new AwsV4Signer({
      ...credentials,
      method,
      service: 's3',
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': sha256 },
    })
    const signed = await signer.sign()
    return request(signed.url, {
      method,
      headers: Object.fromEntries(signed.headers),
      ...(body === undefined ? {} : { body }),
      dispatcher,
    })
  }

  return {
    async put(key, body, { bytes, mediaType, sha256 }) {
      const isInMemory = body instanceof Uint8Array
      const known = sha256 ?? (isInMemory ? createHash('sha256').update(body).digest() : undefined)
      const answer = await call({
        method: 'PUT',
        path: checkKey(key),
        body,
        sha256: known === undefined ? unsigned : Buffer.from(known).toString('hex'),
        headers: { 'content-type': mediaType, 'content-length': String(bytes) },
      })
      await requireSuccess('PUT', answer)
      await answer.body.dump()
    },
    async get(key, range) {
      const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` }
      const answer = await call({ method: 'GET', path: checkKey(key), headers })
      if (await isMissing(answer)) return undefined
      await requireSuccess('GET', answer)
      if (range !== undefined && answer.statusCode !== 206) throw new Error('S3 answered to a range with all of it.')
      return answer.body
    },
    async head(key) {
      const answer = await call({ method: 'HEAD', path: checkKey(key) })
      if (await isMissing(answer)) return undefined
      await requireSuccess('HEAD', answer)
      await answer.body.dump()
      const { 'content-length': length, 'last-modified': time } = answer.headers
      return { bytes: Number(length), storedAt: new Date(String(time)) }
    },
    async remove(key) {
      const answer = await call({ method: 'DELETE', path: checkKey(key) })
      if (await isMissing(answer)) return
      await requireSuccess('DELETE', answer)
      await answer.body.dump()
    },
    async *list(prefix) {
      let token: string | undefined
      do {
        const query = { 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) }
        const answer = await call({ method: 'GET', query })
        await requireSuccess('GET', answer)
        const page = readList(await answer.body.text())
        yield* page.keys
        token = page.next
      } while (token !== undefined)
    },
  }
}

/** A bucket that is missing is a mistake in the settings, and must not look like a file that is. */
async function isMissing(answer: Dispatcher.ResponseData): Promise<boolean> {
  if (answer.statusCode !== 404) return false
  const code = await readCode(answer)
  if (code === 'NoSuchBucket') throw new Error('The bucket of the settings does not exist.')
  return true
}

/** @throws Error with the status and the code of S3, and without the address, which is signed */
async function requireSuccess(method: string, answer: Dispatcher.ResponseData): Promise<void> {
  if (answer.statusCode >= 200 && answer.statusCode < 300) return
  throw new Error(`S3 answered ${answer.statusCode} ${await readCode(answer)} to ${method}.`)
}

async function readCode({ body }: Dispatcher.ResponseData): Promise<string> {
  const text = await body.text()
  return /<Code>(\w{1,64})<\/Code>/.exec(text)?.[1] ?? ''
}
