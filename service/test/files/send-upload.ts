/** Sends pictures as somebody, and looks at what has become of them. */
import { problemSchema, type Upload, uploadSchema } from '@hero-image/client/contract'
import { expect } from 'vitest'
import { newId } from '../../src/keys/uuid.ts'
import type { Service } from '../../src/service.ts'
import type { Person } from '../harness/service.ts'

type Body = NonNullable<RequestInit['body']>

/** How a picture is sent; an empty type leaves it to the body. */
interface Sending {
  readonly query?: string
  readonly type?: string
  readonly key?: string
}

/** Sends a body as an upload. */
export function sendUpload(
  person: Person,
  body: Body,
  { query = '', type = 'image/png', key = newId() }: Sending = {},
): Promise<Response> {
  return person.request(`/v1/uploads${query}`, {
    method: 'POST',
    headers: { 'idempotency-key': key, ...(type === '' ? {} : { 'content-type': type }) },
    body,
  })
}

/** Sends what has to be taken. */
export async function upload(person: Person, body: Body, sending: Sending = {}): Promise<Upload> {
  const response = await sendUpload(person, body, sending)
  expect(response.status).toBe(201)
  return uploadSchema.parse(await response.json())
}

/** Status and code of a problem. */
export async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, problemSchema.parse(await response.json()).code]
}

/** All keys in storage. */
export async function storedKeys({ storage }: Pick<Service, 'storage'>): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.list('')) keys.push(key)
  return keys.sort()
}
