/** Makes what requests name, through the API itself, as the person who is to own it. */
import {
  commandLineClientId,
  createdTokenSchema,
  dataExportPageSchema,
  dataExportSchema,
  deviceAuthorizationSchema,
  exportSchema,
  generationSchema,
  orderSchema,
  projectSchema,
  ticketWithMessagesSchema,
  uploadSchema,
} from '@hero-image/client/contract'
import { expect } from 'vitest'
import { z } from 'zod'
import { newId } from '../../src/keys/uuid.ts'
import { terms } from '../../src/orders/terms.ts'
import { drawPicture } from '../files/pictures.ts'
import type { Person, TestService } from '../harness/service.ts'
import { type SignedIn, signIn } from '../harness/sessions.ts'

/** Somebody with a token and a browser. */
export interface Actor {
  readonly hero: TestService
  readonly person: Person
  readonly browser: SignedIn
  signInAgain(): Promise<SignedIn>
}

/** A small picture. */
export const picture: Uint8Array<ArrayBuffer> = new Uint8Array(await drawPicture('png'))

/** A new person with a token and a browser. */
export async function createActor(hero: TestService): Promise<Actor> {
  const person = await hero.createPerson()
  return { hero, person, browser: await signIn(hero, person), signInAgain: () => signIn(hero, person) }
}

async function read<Schema extends z.ZodType>(answer: Promise<Response>, schema: Schema): Promise<z.output<Schema>> {
  const response = await answer
  const text = await response.text()
  if (!response.ok) throw new Error(`What the matrix needs could not be made: ${response.status} ${text}`)
  return schema.parse(JSON.parse(text))
}

/** A project. */
export async function makeProject({ person }: Actor): Promise<string> {
  return (await read(person.post('/v1/projects', { name: 'Spring' }), projectSchema)).id
}

/** An upload. */
export async function makeUpload({ person }: Actor, query: Readonly<Record<string, string>> = {}): Promise<string> {
  const sent = person.request(`/v1/uploads?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', 'idempotency-key': newId() },
    body: picture,
  })
  return (await read(sent, uploadSchema)).id
}

/** An export of a project with one photo. */
export async function makeExport(actor: Actor): Promise<string> {
  const project_id = await makeProject(actor)
  await makeUpload(actor, { project_id })
  return (await read(actor.person.post('/v1/exports', { project_id, kind: 'json' }), exportSchema)).id
}

/** A generation by the provider that costs nothing. */
export async function makeGeneration(actor: Actor): Promise<string> {
  const wish = { operation: 'extend', upload_id: await makeUpload(actor), ratio: '1:1', max_credits: 0 }
  return (await read(actor.person.post('/v1/generations', wish), generationSchema)).id
}

/** Waits until something is done. */
export async function finished({ person }: Actor, path: string, id: string, state: string): Promise<string> {
  const stateSchema = z.object({ state: z.string() })
  const now = async () => (await read(person.request(`${path}/${id}`), stateSchema)).state
  await expect.poll(now, { timeout: 60_000, interval: 50 }).toBe(state)
  return id
}

/** An order, and its reference at the fake provider. */
export async function makeOrder({ person }: Actor): Promise<{ readonly id: string; readonly ref: string }> {
  const { id, checkout_url: url } = await read(
    person.post('/v1/orders', { pack: 'small', accepted_terms: terms.version }),
    orderSchema,
  )
  return { id, ref: new URL(url ?? '').pathname.split('/').at(-1) ?? '' }
}

/** A message to support. */
export async function makeTicket({ person }: Actor): Promise<string> {
  return (await read(person.post('/v1/support', { subject: 'Hello', body: 'Where?' }), ticketWithMessagesSchema)).id
}

/** A token. */
export async function makeToken({ browser }: Actor): Promise<string> {
  return (await read(browser.post('/v1/tokens', { name: 'ci', scopes: ['projects:read'] }), createdTokenSchema)).id
}

/** An export of everything about a person, ready. */
export async function makeDataExport({ browser }: Actor): Promise<string> {
  const { id } = await read(
    browser.request('/v1/me/export', { method: 'POST', headers: { 'idempotency-key': newId() } }),
    dataExportSchema,
  )
  const now = async () => (await read(browser.request('/v1/me/export'), dataExportPageSchema)).data[0]?.state
  await expect.poll(now, { timeout: 60_000, interval: 50 }).toBe('ready')
  return id
}

/** A device that waits to be approved. */
export function askForDevice({ hero }: Actor) {
  const sent = hero.request('/oauth/device_authorization', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: commandLineClientId }).toString(),
  })
  return read(sent, deviceAuthorizationSchema)
}
