/** Every error answer is a problem (RFC 9457); this table lists all that there are. Codes are permanent. */
import { z } from 'zod'

/** Status and title of each problem; `detail` says what happened in this case. */
export const problems = {
  'invalid-json': { status: 400, title: 'The body is not valid JSON.' },
  'invalid-signature': { status: 400, title: 'The signature of the message is missing, wrong or too old.' },
  'oauth-error': { status: 400, title: 'The request is refused; `error` says why, in the words of OAuth.' },
  'missing-idempotency-key': { status: 400, title: 'This request needs an Idempotency-Key header.' },
  unauthenticated: { status: 401, title: 'Sign in, or send a valid token.' },
  'insufficient-credits': { status: 402, title: 'There are not enough credits.' },
  'forbidden-origin': { status: 403, title: 'Another site asked for this.' },
  'missing-scope': { status: 403, title: 'The token does not have the scope that this needs.' },
  'session-required': { status: 403, title: 'This is possible only when signed in in a browser, not with a token.' },
  'fresh-session-required': { status: 403, title: 'Sign in again before doing this.' },
  'wrong-credentials': { status: 401, title: 'The e-mail address or the password is wrong.' },
  'email-not-verified': { status: 403, title: 'Verify your e-mail address first.' },
  'too-young': { status: 403, title: 'The service is not for people below the minimum age.' },
  'wallet-frozen': { status: 403, title: 'The wallet is frozen.' },
  'not-found': { status: 404, title: 'There is no such object.' },
  'method-not-allowed': { status: 405, title: 'This method is not possible here.' },
  'request-timeout': { status: 408, title: 'The body came too slowly.' },
  conflict: { status: 409, title: 'The object is in a state that does not allow this.' },
  'request-in-progress': { status: 409, title: 'A request with this Idempotency-Key is being worked on.' },
  'precondition-failed': { status: 412, title: 'The object has changed in the meantime.' },
  'payload-too-large': { status: 413, title: 'The body is too large.' },
  'unsupported-media-type': { status: 415, title: 'The body has a media type that is not taken here.' },
  'range-not-satisfiable': { status: 416, title: 'The range lies outside the file.' },
  'invalid-fields': { status: 422, title: 'Some fields are not valid.' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request.' },
  'undecodable-image': { status: 422, title: 'The file is no image that can be decoded.' },
  'unsupported-operation': { status: 422, title: 'The provider cannot do this.' },
  'precondition-required': { status: 428, title: 'This request needs an If-Match header.' },
  'too-many-requests': { status: 429, title: 'Too many requests.' },
  'limit-reached': { status: 429, title: 'A limit of the account is reached.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
  'provider-unavailable': { status: 502, title: 'The provider did not answer.' },
  unavailable: { status: 503, title: 'The service cannot do this right now.' },
} as const

/** Stable name of a problem. */
export type ProblemCode = keyof typeof problems

/** One field at fault: a JSON pointer (RFC 6901) into the body, or `?name` of the query, and what is wrong. */
export const fieldErrorSchema = z.object({
  pointer: z.string().meta({ example: '/name' }),
  detail: z.string(),
})

export type FieldError = z.infer<typeof fieldErrorSchema>

/** An error answer, `application/problem+json`. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ example: 'urn:hero-image:problem:not-found' }),
    code: z.string().meta({ description: `One of: ${Object.keys(problems).join(', ')}.` }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    request_id: z.string().optional(),
    errors: z.array(fieldErrorSchema).optional(),
    balance: z
      .number()
      .int()
      .optional()
      .meta({ description: 'With insufficient-credits: credits that are available.' }),
    required: z.number().int().optional().meta({ description: 'With insufficient-credits: credits that were needed.' }),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof problemSchema>
