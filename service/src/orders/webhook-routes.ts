/** Where providers tell what happened. 2xx: dealt with, or none of our business. 4xx: not from the provider. 5xx: send it again later. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { answers, json } from '../http/answers.ts'
import type { Routes, ServiceEnv } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import type { AnyPayments } from '../payments/create.ts'
import type { Service } from '../service.ts'
import { providerProblem } from './provider-problem.ts'
import { receiveEvent } from './receive-event.ts'

const receivedSchema = z.object({ received: z.literal(true) }).meta({ id: 'WebhookReceived' })

/** Events name objects and carry one; nobody's are near this. */
const largestEvent = bodyLimit({
  maxSize: 1_000_000,
  onError: () => {
    throw new ProblemError('payload-too-large')
  },
})

const stripeWebhook = createRoute({
  method: 'post',
  path: '/webhooks/stripe',
  operationId: 'receiveStripeEvent',
  tags: ['Webhooks'],
  summary: 'Takes events of Stripe',
  ...guard('public'),
  responses: answers({ 200: json(receivedSchema, 'The event was dealt with, or does not matter here.') }),
})

const fakeWebhook = createRoute({
  method: 'post',
  path: '/webhooks/fake',
  operationId: 'receiveFakeEvent',
  tags: ['Webhooks'],
  summary: 'Takes events of the fake payment provider',
  ...guard('public'),
  responses: answers({ 200: json(receivedSchema, 'The event was dealt with, or does not matter here.') }),
})

/** Routes of webhooks. The one of Stripe is always there, and answers not-found where Stripe is not used. */
export function webhookRoutes(service: Service): Routes {
  const routes = createRoutes()
  routes.use('/webhooks/stripe', largestEvent)
  routes.openapi(stripeWebhook, async (c) => {
    await receive(c, service, 'stripe')
    return c.json({ received: true } as const, 200)
  })
  if (service.payments?.provider !== 'fake') return routes
  routes.use('/webhooks/fake', largestEvent)
  routes.openapi(fakeWebhook, async (c) => {
    await receive(c, service, 'fake')
    return c.json({ received: true } as const, 200)
  })
  return routes
}

async function receive(c: Context<ServiceEnv>, service: Service, provider: AnyPayments['provider']): Promise<void> {
  const { payments, clock, log } = service
  if (payments?.provider !== provider) throw notFound()
  const body = new Uint8Array(await c.req.arrayBuffer())
  const event = await payments.readEvent(body, c.req.raw.headers, clock.now())
  const outcome = await receiveEvent(service, payments, event).catch(providerProblem(log))
  log.info({ event: event.id, type: event.type, outcome }, 'payment event')
}
