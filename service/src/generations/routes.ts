/** /v1/generations and /v1/providers. */
import {
  generationEventSchema,
  generationPageSchema,
  generationQuerySchema,
  generationQuoteSchema,
  generationSchema,
  newGenerationSchema,
  providerListSchema,
} from '@hero-image/client/contract'
import { createRoute, z } from '@hono/zod-openapi'
import { sendFile } from '../files/send-file.ts'
import { createTurns } from '../files/turns.ts'
import { answers, binary, empty, idParam, json, jsonBody } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard, guardOnce, idempotencyHeader, principalOf } from '../http/guard.ts'
import { once } from '../http/once.ts'
import { notFound } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import type { Provider } from '../providers/provider.ts'
import type { Service } from '../service.ts'
import { cancelGeneration } from './cancel.ts'
import { createGeneration } from './create.ts'
import { createEventFeed } from './feed.ts'
import { countingRefusals } from './limits.ts'
import { listGenerations } from './list.ts'
import { outputType } from './output-type.ts'
import { toProviderAnswer } from './providers-answer.ts'
import { understand } from './request.ts'
import { findGeneration, toGenerationAnswer, toPlannedPicture } from './rows.ts'
import { streamEvents } from './stream.ts'

const tags = ['generations']
const read = guard({ scope: 'generations:read' })

const providersRoute = createRoute({
  method: 'get',
  path: '/v1/providers',
  operationId: 'listProviders',
  tags,
  summary: 'List who makes pictures here, what each can do, and at what price',
  ...read,
  responses: answers({ 200: json(providerListSchema, 'All providers; the first that can do it is taken by default.') }),
})

const quote = createRoute({
  method: 'post',
  path: '/v1/generations/quote',
  operationId: 'quoteGeneration',
  tags,
  summary: 'Ask for the price of a generation, and for what it would be; nothing is started',
  ...read,
  request: { body: jsonBody(newGenerationSchema) },
  responses: answers({ 200: json(generationQuoteSchema, 'Price and plan.') }),
})

const create = createRoute({
  method: 'post',
  path: '/v1/generations',
  operationId: 'createGeneration',
  tags,
  summary: 'Start a generation; its price is reserved, and spent only when it succeeds',
  ...guardOnce({ scope: 'generations:write' }),
  request: { headers: idempotencyHeader, body: jsonBody(newGenerationSchema) },
  responses: answers({ 202: json(generationSchema, 'It is queued.') }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/generations',
  operationId: 'listGenerations',
  tags,
  summary: 'List generations, newest first',
  ...read,
  request: { query: generationQuerySchema },
  responses: answers({ 200: json(generationPageSchema, 'A page of generations.') }),
})

const get = createRoute({
  method: 'get',
  path: '/v1/generations/{id}',
  operationId: 'getGeneration',
  tags,
  summary: 'Read a generation',
  ...read,
  request: { params: idParam },
  responses: answers({ 200: json(generationSchema, 'The generation.') }),
})

const events = createRoute({
  method: 'get',
  path: '/v1/generations/{id}/events',
  operationId: 'streamGeneration',
  tags,
  summary: 'Follow a generation as server-sent events, until it has ended',
  ...read,
  request: {
    params: idParam,
    headers: z.object({
      'last-event-id': z.string().max(100).optional().meta({ description: 'Number of the last event that was seen.' }),
    }),
  },
  responses: answers({
    200: {
      description: 'A stream; the data of each event is a GenerationEvent.',
      content: { 'text/event-stream': { schema: generationEventSchema } },
    },
    204: empty('The generation has ended and everything was seen.'),
  }),
})

const cancel = createRoute({
  method: 'post',
  path: '/v1/generations/{id}/cancel',
  operationId: 'cancelGeneration',
  tags,
  summary: 'Cancel a generation; what was reserved comes back',
  ...guard({ scope: 'generations:write' }),
  request: { params: idParam },
  responses: answers({ 200: json(generationSchema, 'It is canceled.') }),
})

const content = createRoute({
  method: 'get',
  path: '/v1/generations/{id}/content',
  operationId: 'getGenerationContent',
  tags,
  summary: 'Download the picture',
  ...read,
  request: { params: idParam },
  responses: answers({
    200: binary(outputType, 'The picture.'),
    206: binary(outputType, 'A part of it.'),
    304: empty('The client has it.'),
  }),
})

/** Streams that one account may listen to at once: each asks the database every second. */
const mostStreams = 20

/** Routes of generations. */
export function generationRoutes(service: Service, providers: readonly Provider[]): Routes {
  const { db, settings } = service
  const routes = createRoutes()
  const feed = createEventFeed(db, service.log)
  const turns = createTurns(mostStreams, 'streams')
  const limits = { pixels: settings.HERO_UPLOAD_MEGAPIXELS * 1_000_000 }

  routes.openapi(providersRoute, (c) => c.json({ data: providers.map(toProviderAnswer) }, 200))

  routes.openapi(quote, async (c) => {
    const request = c.req.valid('json')
    const { userId } = principalOf(c)
    const { provider, capability, plan, credits } = await understand(db, request, { userId, providers, limits })
    return c.json(
      {
        operation: request.operation,
        provider: toProviderAnswer(provider),
        model: capability.model,
        credits,
        picture: toPlannedPicture(plan),
      },
      200,
    )
  })

  routes.openapi(create, async (c) => {
    const request = c.req.valid('json')
    const asking = { userId: principalOf(c).userId, providers, limits }
    const { answer } = await countingRefusals(service, asking.userId, () =>
      once(c, generationSchema, request, async (trx) =>
        toGenerationAnswer(await createGeneration(trx, service, request, asking)),
      ),
    )
    return c.json(answer, 202, { Location: `/v1/generations/${answer.id}` })
  })

  routes.openapi(list, async (c) =>
    c.json(await listGenerations(service, principalOf(c).userId, c.req.valid('query')), 200),
  )

  routes.openapi(get, async (c) =>
    c.json(toGenerationAnswer(await findGeneration(db, principalOf(c).userId, c.req.valid('param').id)), 200),
  )

  routes.openapi(events, async (c) => {
    const { userId } = principalOf(c)
    const row = await findGeneration(db, userId, c.req.valid('param').id)
    return streamEvents(c, service, feed, row, () => turns.begin(userId))
  })

  routes.openapi(cancel, async (c) =>
    c.json(toGenerationAnswer(await cancelGeneration(service, principalOf(c).userId, c.req.valid('param').id)), 200),
  )

  routes.openapi(content, async (c) => {
    const { output_id } = await findGeneration(db, principalOf(c).userId, c.req.valid('param').id)
    const file = await db
      .selectFrom('file')
      .selectAll()
      .where('id', '=', output_id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (file === undefined) throw notFound()
    return sendFile(c, service, file)
  })

  return routes
}
