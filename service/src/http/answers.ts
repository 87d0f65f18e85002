/** What routes answer with, for the document: the good answers, and problems for everything else. */
import { problemSchema } from '@hero-image/client/contract'
import { z } from '@hono/zod-openapi'

/** A body of JSON. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** A body of JSON that a route takes. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** No body. */
export function empty(description: string) {
  return { description }
}

/** A file. */
export function binary(mediaType: string, description: string) {
  return { description, content: { [mediaType]: { schema: z.string().meta({ format: 'binary' }) } } }
}

/** Everything that can go wrong has one form. */
export const problemAnswer = {
  description: 'A problem.',
  content: { 'application/problem+json': { schema: problemSchema } },
}

/** The good answers of a route, and the problem. */
export function answers<Good extends object>(good: Good) {
  return { ...good, default: problemAnswer }
}

/** The identifier in a path. What is none of the right kind is not found, so any text passes here. */
export const idParam = z.object({ id: z.string().max(100) })
