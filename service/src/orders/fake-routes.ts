/** The page of the fake provider, which has no page: to open it is to pay. The payment is told of by a signed event, as everywhere. */
import { createRoute, z } from '@hono/zod-openapi'
import { answers, empty } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { notFound } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { fakeCheckoutPath } from '../payments/fake.ts'
import type { Service } from '../service.ts'
import { receiveEvent } from './receive-event.ts'

const payFakeCheckout = createRoute({
  method: 'get',
  path: `${fakeCheckoutPath}/{ref}`,
  operationId: 'payFakeCheckout',
  tags: ['Orders'],
  summary: 'Pay with nothing; only where payments are fake',
  ...guard('public'),
  request: { params: z.object({ ref: z.string().max(500) }) },
  responses: answers({ 303: empty('Paid. Back to the page of the order.') }),
})

/** Routes of the fake provider; none where another one is used. */
export function fakeRoutes(service: Service): Routes {
  const routes = createRoutes()
  const { payments, clock, publicUrl } = service
  if (payments?.provider !== 'fake') return routes
  routes.openapi(payFakeCheckout, async (c) => {
    const { ref } = c.req.valid('param')
    const checkout = await payments.locate({ subject: { kind: 'checkout', ref, orderId: null } })
    if (checkout === undefined) throw notFound()
    const { status } = await payments.readCheckout(ref)
    const message = status === 'open' ? payments.change(ref, { to: 'paid' }) : undefined
    if (message !== undefined) {
      const headers = new Headers(message.headers)
      const event = await payments.readEvent(Buffer.from(message.body), headers, clock.now())
      await receiveEvent(service, payments, event)
      payments.markDelivered(event.id)
    }
    return c.redirect(`${publicUrl}/orders/${checkout.orderId}`, 303)
  })
  return routes
}
