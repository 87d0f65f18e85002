/** Who one is, and how one changes it. */
import {
  changeEmailSchema,
  changeMeSchema,
  mailSentSchema,
  mailTokenSchema,
  meSchema,
  verifiedSchema,
} from '@hero-image/client/contract'
import { createRoute } from '@hono/zod-openapi'
import { limitMails } from '../auth/mail-limit.ts'
import { notSooner } from '../auth/same-time.ts'
import { answers, json, jsonBody } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard, principalOf } from '../http/guard.ts'
import { ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import { askForEmail, changeEmail } from './email-change.ts'
import { readMe } from './me.ts'

const tags = ['account']

/** Longer than a mail takes to be put down: that an address belongs to somebody shows in no answer. */
const leastMs = 100

const getMe = createRoute({
  method: 'get',
  path: '/v1/me',
  operationId: 'getMe',
  tags,
  summary: 'Who asks',
  ...guard({ scope: 'account:read' }),
  responses: answers({ 200: json(meSchema, 'The person.') }),
})

const patchMe = createRoute({
  method: 'patch',
  path: '/v1/me',
  operationId: 'changeMe',
  tags,
  summary: 'Correct the name',
  ...guard({ scope: 'account:write' }),
  request: { body: jsonBody(changeMeSchema) },
  responses: answers({ 200: json(meSchema, 'The person, as changed.') }),
})

const wishEmail = createRoute({
  method: 'post',
  path: '/v1/me/email',
  operationId: 'changeEmail',
  tags,
  summary: 'Ask for another e-mail address',
  description:
    'A mail goes to the new address; the account has it once somebody has confirmed it on the page that its link leads to.',
  // A mailbox is what an account can be taken over with: a session left open somewhere is not enough.
  ...guard({ session: 'fresh' }),
  request: { body: jsonBody(changeEmailSchema) },
  responses: answers({ 202: json(mailSentSchema, 'A mail is on its way.') }),
})

const confirmEmail = createRoute({
  method: 'post',
  path: '/api/auth/change-email',
  operationId: 'confirmEmail',
  tags,
  summary: 'Take the new address with the token of a mail',
  ...guard('public'),
  request: { body: jsonBody(mailTokenSchema) },
  responses: answers({ 200: json(verifiedSchema, 'The account has the new address.') }),
})

/** The routes. */
export function meRoutes({ db, publicUrl, clock }: Service): Routes {
  return createRoutes()
    .openapi(getMe, async (c) => c.json(await readMe(db, publicUrl, principalOf(c).userId), 200))
    .openapi(patchMe, async (c) => {
      const { userId } = principalOf(c)
      const { name } = c.req.valid('json')
      if (name !== undefined) {
        await db.updateTable('user').set({ name, updatedAt: clock.now() }).where('id', '=', userId).execute()
      }
      return c.json(await readMe(db, publicUrl, userId), 200)
    })
    .openapi(wishEmail, async (c) => {
      const { email } = c.req.valid('json')
      await limitMails(c, email)
      const principal = principalOf(c)
      if (principal.via !== 'session') throw new ProblemError('session-required')
      await notSooner(leastMs, () => askForEmail(c.get('service'), principal, email.toLowerCase()))
      return c.json({ status: 'mail-sent' as const }, 202)
    })
    .openapi(confirmEmail, async (c) => {
      await changeEmail(c.get('service'), c.req.valid('json').token, c.get('address'))
      return c.json({ status: 'verified' as const }, 200)
    })
}
