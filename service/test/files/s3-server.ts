/**
 * An S3 service for tests, in memory and stricter than real ones: every request has to be signed to the letter (Signature Version 4, checked by code of its own), hashes of
 * bodies have to be true, and lists come in small pages whose tokens are full of awkward characters.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A running service. */
export interface S3Server {
  readonly endpoint: string
  readonly objects: Map<string, { readonly body: Buffer; readonly type: string; readonly at: Date }>
  /** Requests that were refused, with the reason. */
  readonly refusals: string[]
  readonly counts: { requests: number; unsignedBodies: number }
  /** The next requests are answered with this status. */
  failNext(times: number, status: number): void
  close(): Promise<void>
}

/** What clients need to know. */
export const s3Credentials = {
  bucket: 'hero',
  region: 'test-1',
  accessKeyId: 'AKTEST',
  secretAccessKey: 'secret/of+tests',
} as const

class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, detail = '') {
    super(`${code} ${detail}`)
    this.status = status
    this.code = code
  }
}

/** Starts it on a free port. @param pageSize objects of one page of a list */
export async function startS3Server(pageSize = 3): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const refusals: string[] = []
  const counts = { requests: 0, unsignedBodies: 0 }
  let failures: { times: number; status: number } = { times: 0, status: 0 }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    counts.requests += 1
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const body = await readAll(request)
    if (failures.times > 0) {
      failures.times -= 1
      throw new Refusal(failures.status, 'InternalError')
    }
    if (checkSignature(request, url, body) === 'unsigned') counts.unsignedBodies += 1
    const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/')
    if (bucket !== s3Credentials.bucket) throw new Refusal(404, 'NoSuchBucket')
    const key = rest.join('/')
    if (key === '') return list(url, response)
    if (request.method === 'PUT') {
      if (request.headers['content-length'] === undefined) throw new Refusal(411, 'MissingContentLength')
      objects.set(key, { body, type: request.headers['content-type'] ?? '', at: new Date() })
      return void response.writeHead(200, { ETag: '"x"' }).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return void response.writeHead(204).end()
    }
    return send(request, response, key)
  }

  function send(request: IncomingMessage, response: ServerResponse, key: string): void {
    const object = objects.get(key)
    if (object === undefined) throw new Refusal(404, 'NoSuchKey')
    const { body, type, at } = object
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    const headers = { 'Content-Type': type, 'Last-Modified': at.toUTCString() }
    if (from === undefined) {
      response.writeHead(200, { ...headers, 'Content-Length': body.length })
      return void response.end(request.method === 'HEAD' ? undefined : body)
    }
    if (Number(from) >= body.length) throw new Refusal(416, 'InvalidRange')
    const part = body.subarray(Number(from), Number(to) + 1)
    response.writeHead(206, { ...headers, 'Content-Range': `bytes ${from}-${to}/${body.length}` })
    response.end(part)
  }

  function list({ searchParams }: URL, response: ServerResponse): void {
    if (searchParams.get('list-type') !== '2') throw new Refusal(400, 'InvalidRequest')
    const token = searchParams.get('continuation-token')
    const after = token === null ? '' : readToken(token)
    const keys = [...objects.keys()].filter((key) => key.startsWith(searchParams.get('prefix') ?? '') && key > after)
    const page = keys.sort().slice(0, pageSize)
    const next =
      keys.length > pageSize ? `<NextContinuationToken>${toToken(page.at(-1) ?? '')}</NextContinuationToken>` : ''
    const contents = page.map(
      (key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.body.length}</Size></Contents>`,
    )
    response.writeHead(200, { 'Content-Type': 'application/xml' })
    response.end(`<?xml version="1.0"?><ListBucketResult>${contents.join('')}${next}</ListBucketResult>`)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const refusal = error instanceof Refusal ? error : new Refusal(500, 'InternalError', String(error))
      refusals.push(`${request.method} ${refusal.message}`)
      response.writeHead(refusal.status, { 'Content-Type': 'application/xml' })
      response.end(
        request.method === 'HEAD' ? undefined : `<?xml version="1.0"?><Error><Code>${refusal.code}</Code></Error>`,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    objects,
    refusals,
    counts,
    failNext(times, status) {
      failures = { times, status }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function checkSignature(
  { method = '', headers, rawHeaders }: IncomingMessage,
  url: URL,
  body: Buffer,
): 'signed' | 'unsigned' {
  const [, id, day, region, service, names = '', given = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? []
  if (id !== s3Credentials.accessKeyId) throw new Refusal(403, 'InvalidAccessKeyId')
  if (region !== s3Credentials.region || service !== 's3') throw new Refusal(400, 'AuthorizationHeaderMalformed')
  const time = String(headers['x-amz-date'])
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(at - Date.now()) < 15 * 60_000) || !time.startsWith(String(day)))
    throw new Refusal(403, 'RequestTimeTooSkewed')
  const signed = names.split(';')
  const mustBeSigned = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'))
  if (mustBeSigned.some((name) => !signed.includes(name))) throw new Refusal(403, 'AccessDenied', 'unsigned headers')
  if (signed.join() !== signed.toSorted().join()) throw new Refusal(403, 'AccessDenied', 'headers out of order')
  const double = signed.find(
    (name) => rawHeaders.filter((raw, index) => index % 2 === 0 && raw.toLowerCase() === name).length !== 1,
  )
  if (double !== undefined) throw new Refusal(403, 'AccessDenied', `${double} is not there once`)
  const hash = String(headers['x-amz-content-sha256'])
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort()
  const canonical = [
    method,
    decodeURIComponent(url.pathname).split('/').map(encode).join('/'),
    query.join('&'),
    ...signed.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    hash,
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [day ?? '', region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${s3Credentials.secretAccessKey}`,
  )
  const wanted = createHmac('sha256', key).update(text).digest()
  if (!timingSafeEqual(wanted, Buffer.from(given, 'hex'))) throw new Refusal(403, 'SignatureDoesNotMatch')
  if (hash === 'UNSIGNED-PAYLOAD') return 'unsigned'
  if (hash !== createHash('sha256').update(body).digest('hex')) throw new Refusal(400, 'XAmzContentSHA256Mismatch')
  return 'signed'
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** As it stands in XML. */
function toToken(key: string): string {
  return `&lt;+/=&amp;${Buffer.from(key).toString('hex')}&#x3e;`
}

function readToken(token: string): string {
  const hex = /^<\+\/=&([0-9a-f]+)>$/.exec(token)?.[1]
  if (hex === undefined) throw new Refusal(400, 'InvalidArgument', 'token')
  return Buffer.from(hex, 'hex').toString()
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
