/** The OpenAPI document as tests read it: operations by method and path, and which one a request is for. */
import { z } from 'zod'

const mediaSchema = z.looseObject({ schema: z.record(z.string(), z.unknown()).optional() })
const contentSchema = z.record(z.string(), mediaSchema)
const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
})
const operationSchema = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()).optional(),
  summary: z.string().optional(),
  'x-access': z.union([
    z.literal('public'),
    z.strictObject({ scope: z.string() }),
    z.strictObject({ session: z.enum(['any', 'fresh']) }),
  ]),
  'x-idempotent': z.boolean().optional(),
  parameters: z.array(parameterSchema).optional(),
  requestBody: z.looseObject({ required: z.boolean().optional(), content: contentSchema }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
})
const documentSchema = z.looseObject({
  openapi: z.string(),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).optional() }).optional(),
  paths: z.record(
    z.string(),
    z
      .record(z.enum(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']), operationSchema)
      .or(z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']), operationSchema)),
  ),
})

/** The document, as far as tests ask for it. */
export type OpenApiDocument = z.infer<typeof documentSchema>

/** One operation of the document. */
export interface Operation extends z.infer<typeof operationSchema> {
  readonly method: string
  readonly path: string
}

/**
 * Reads the document.
 *
 * @throws Error naming the operation that lacks an operationId, or does not say who may use it
 */
export function readDocument(json: unknown): OpenApiDocument {
  const parsed = documentSchema.safeParse(json)
  if (parsed.success) return parsed.data
  throw new Error(
    `The OpenAPI document lacks what every route has to tell (operationId, x-access):\n${z.prettifyError(parsed.error)}`,
  )
}

/** All operations. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation === undefined ? [] : [{ ...operation, method: method.toUpperCase(), path }],
    ),
  )
}

/** Finds the operation that a request is for; a path written out comes before one with a parameter. */
export function createOperationFinder(
  document: OpenApiDocument,
): (method: string, path: string) => Operation | undefined {
  const table = operationsOf(document)
    .map((operation) => ({
      operation,
      pattern: toPattern(operation.path),
      parameters: operation.path.split('{').length,
    }))
    .sort((a, b) => a.parameters - b.parameters)
  return (method, path) => {
    const asked = method === 'HEAD' ? 'GET' : method
    return table.find(({ operation, pattern }) => operation.method === asked && pattern.test(path))?.operation
  }
}

function toPattern(path: string): RegExp {
  const parts = path.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+')}$`)
}
