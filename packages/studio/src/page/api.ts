/** What the page asks of its server. */
import type { Sidecar } from '@hero-image/core'
import type { PhotoDetails, PhotoList, Problem, SaveAnswer, SaveRequest } from '../wire.ts'

/** Given to pages on the machine that runs the server; others may only look. */
const token = document.querySelector<HTMLMetaElement>('meta[name="hero-token"]')?.content

/** True when this page may save. */
export const canSave: boolean = token !== undefined

/** How a save went. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly stored: SaveAnswer }
  /** The sidecar is another one than the page knew; `stored` is absent when it cannot be read. */
  | { readonly kind: 'conflict'; readonly stored: SaveAnswer | undefined }
  | { readonly kind: 'failed'; readonly reason: string }

/** @throws Error with a reason for people */
export function fetchList(): Promise<PhotoList> {
  return read('api/photos')
}

/** @throws Error with a reason for people */
export function fetchPhoto(path: string): Promise<PhotoDetails> {
  return read(`api/photo?${new URLSearchParams({ photo: path })}`)
}

/** Saves a sidecar. @param version of the sidecar that the person started from */
export async function saveSidecar(path: string, sidecar: Sidecar, version: string): Promise<SaveOutcome> {
  if (token === undefined) {
    return { kind: 'failed', reason: 'Saving works only on the machine that runs the server, at localhost.' }
  }
  const body: SaveRequest = { sidecar, version }
  const response = await fetch(`api/sidecar?${new URLSearchParams({ photo: path })}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-hero-token': token },
    body: JSON.stringify(body),
  }).catch(() => undefined)
  if (response === undefined) return { kind: 'failed', reason: 'The server does not answer.' }
  const answer: Partial<SaveAnswer & Problem> = await response.json()
  const { sidecar: saved, version: now } = answer
  const stored = saved === undefined || now === undefined ? undefined : { sidecar: saved, version: now }
  if (response.status === 409) return { kind: 'conflict', stored }
  if (response.ok && stored !== undefined) return { kind: 'saved', stored }
  return { kind: 'failed', reason: answer.error ?? `The server answered ${response.status}.` }
}

async function read<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url).catch(() => undefined)
  if (response === undefined) throw new Error('The server does not answer.')
  if (response.ok) return response.json()
  const problem: Problem = await response.json()
  throw new Error(problem.error)
}
