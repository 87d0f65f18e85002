/**
 * One row for each operation of the API: how to make what its path and body name, and what its owner is answered. The authorization matrix and the fuzz stand on it.
 *
 * A new route needs a new row here, under its operationId:
 * - `names: 'object'` when path or body name something of somebody: strangers get 404 for it. `make` is given the owner.
 * - `names: 'own'` when it concerns whoever asks (lists, the account itself). `make` is given whoever asks.
 * - `answers` when the owner's answer is not one of 200 to 299.
 */
import { commandLineClientId, deviceGrantType, scopeNames } from '@hero-image/client/contract'
import { toWireId } from '../../src/keys/uuid.ts'
import { terms } from '../../src/orders/terms.ts'
import { testUrl } from '../harness/service.ts'
import {
  type Actor,
  askForDevice,
  finished,
  makeDataExport,
  makeExport,
  makeGeneration,
  makeOrder,
  makeProject,
  makeTicket,
  makeToken,
  makeUpload,
  picture,
} from './makers.ts'

/** A request, apart from who sends it. */
export interface Wish {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** JSON. */
  readonly json?: unknown
  /** Anything else. */
  readonly raw?: { readonly type: string; readonly body: string | Uint8Array<ArrayBuffer> }
}

/** What is to be known of an operation. */
export interface Row {
  readonly names: 'object' | 'own'
  readonly answers?: readonly number[]
  make(actor: Actor): Promise<Wish> | Wish
}

const own = (wish: Wish = {}, answers?: readonly number[]): Row => ({
  names: 'own',
  make: () => wish,
  ...(answers === undefined ? {} : { answers }),
})
const ownMade = (make: Row['make'], answers?: readonly number[]): Row => ({
  names: 'own',
  make,
  ...(answers === undefined ? {} : { answers }),
})
const object = (make: (actor: Actor) => Promise<Wish>, answers?: readonly number[]): Row => ({
  names: 'object',
  make,
  ...(answers === undefined ? {} : { answers }),
})
/** An object whose identifier is all that is needed. */
const byId = (make: (actor: Actor) => Promise<string>, answers?: readonly number[]): Row =>
  object(async (actor) => ({ params: { id: await make(actor) } }), answers)

const form = (fields: Readonly<Record<string, string>>): Wish => ({
  raw: { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() },
})
const email = () => `${crypto.randomUUID()}@example.org`
/** Who signs in does so on our own pages. */
const headers = { origin: testUrl }
const password = 'correct horse battery'
/** A form of a page. */
const page = (fields: Readonly<Record<string, string>>): Wish => ({ ...form(fields), headers })

/** All rows. */
export const rows: Readonly<Record<string, Row>> = {
  // Projects
  createProject: own({ json: { name: 'Spring', settings: { formats: ['webp'] } } }),
  listProjects: own(),
  getProject: byId(makeProject),
  changeProject: object(async (actor) => ({
    params: { id: await makeProject(actor) },
    headers: { 'if-match': '*' },
    json: { name: 'Summer' },
  })),
  deleteProject: byId(makeProject),
  restoreProject: byId(async (actor) => {
    const id = await makeProject(actor)
    await actor.person.request(`/v1/projects/${id}`, { method: 'DELETE' })
    return id
  }),
  listProjectHistory: byId(makeProject),

  // Exports
  createExport: object(async (actor) => {
    const project_id = await makeProject(actor)
    await makeUpload(actor, { project_id })
    return { json: { project_id, kind: 'json' } }
  }),
  listExports: own(),
  getExport: byId(makeExport),
  deleteExport: byId(makeExport),
  getExportContent: byId(async (actor) => finished(actor, '/v1/exports', await makeExport(actor), 'succeeded')),

  // Uploads
  createUpload: own({ raw: { type: 'image/png', body: picture } }),
  listUploads: own(),
  getUpload: byId(makeUpload),
  deleteUpload: byId(makeUpload),
  getUploadContent: byId(makeUpload),
  setAvatar: own({ raw: { type: 'image/png', body: picture } }),
  getAvatar: ownMade(async ({ person }) => {
    await person.request('/v1/me/avatar', {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: picture,
    })
    return {}
  }),
  removeAvatar: own(),

  // Generations
  listProviders: own(),
  quoteGeneration: object(async (actor) => ({
    json: { operation: 'extend', upload_id: await makeUpload(actor), ratio: '1:1' },
  })),
  createGeneration: object(async (actor) => ({
    json: { operation: 'extend', upload_id: await makeUpload(actor), ratio: '1:1', max_credits: 0 },
  })),
  listGenerations: own(),
  getGeneration: byId(makeGeneration),
  streamGeneration: byId(makeGeneration),
  // It may have ended by then.
  cancelGeneration: byId(makeGeneration, [200, 409]),
  getGenerationContent: byId(async (actor) =>
    finished(actor, '/v1/generations', await makeGeneration(actor), 'succeeded'),
  ),

  // Credits and orders
  getCredits: own(),
  listTransfers: own(),
  listPacks: own(),
  createOrder: own({ json: { pack: 'small', accepted_terms: terms.version } }),
  listOrders: own(),
  getOrder: byId(async (actor) => (await makeOrder(actor)).id),
  receiveStripeEvent: own({ raw: { type: 'application/json', body: '{}' } }, [400, 404]),
  receiveFakeEvent: own({ raw: { type: 'application/json', body: '{}' } }, [400]),
  payFakeCheckout: ownMade(async (actor) => ({ params: { ref: (await makeOrder(actor)).ref } }), [303]),

  // Account
  getMe: own(),
  changeMe: own({ json: { name: 'Somebody' } }),
  changeEmail: ownMade(() => ({ json: { email: email() } })),
  confirmEmail: own({ headers, json: { token: 'nothing' } }, [422]),
  deleteMe: own(),
  restoreMe: own({ json: { token: 'nothing' } }, [400, 404, 422]),
  listSessions: own(),
  endSession: byId(async ({ signInAgain }) => toWireId('session', (await signInAgain()).sessionId)),
  listTokens: own(),
  createToken: own({ json: { name: 'ci', scopes: [scopeNames[0]] } }),
  revokeToken: byId(makeToken),
  createDataExport: own(),
  listDataExports: own(),
  getDataExportContent: byId(makeDataExport),

  // Support
  createTicket: own({ json: { subject: 'Hello', body: 'Where is it?' } }),
  listTickets: own(),
  getTicket: byId(makeTicket),
  createMessage: object(async (actor) => ({ params: { id: await makeTicket(actor) }, json: { body: 'And when?' } })),

  // Signing in
  signUp: ownMade(() => ({ headers, json: { name: 'New', email: email(), password, age_confirmed: true } })),
  signIn: ownMade(() => ({ headers, json: { email: email(), password } }), [401]),
  signOut: own({ headers, json: {} }),
  sendVerificationMail: ownMade(() => ({ headers, json: { email: email() } })),
  verifyEmail: own({ headers, json: { token: 'nothing' } }, [422]),
  requestPasswordReset: ownMade(() => ({ headers, json: { email: email() } })),
  resetPassword: own({ headers, json: { token: 'nothing', new_password: password } }, [400, 404, 409, 422]),
  changePassword: own(
    { json: { current_password: password, new_password: `${password}!` } },
    [400, 401, 403, 409, 422],
  ),
  listSignInProviders: own(),
  signInWithProvider: own({ headers, json: { provider: 'github', age_confirmed: true } }, [200, 404, 422]),
  returnFromProvider: own({ params: { provider: 'github' } }, [302, 404, 422]),

  // Devices
  authorizeDevice: own(form({ client_id: commandLineClientId })),
  exchangeDeviceCode: ownMade(
    async (actor) =>
      form({
        grant_type: deviceGrantType,
        client_id: commandLineClientId,
        device_code: (await askForDevice(actor)).device_code,
      }),
    [400],
  ),
  revokeOwnToken: own(form({ token: 'nothing' })),
  getOAuthMetadata: own(),
  lookUpDevice: ownMade(async (actor) => ({ json: { user_code: (await askForDevice(actor)).user_code } })),
  approveDevice: ownMade(async (actor) => ({ json: { user_code: (await askForDevice(actor)).user_code } })),
  denyDevice: ownMade(async (actor) => ({ json: { user_code: (await askForDevice(actor)).user_code } })),

  // Pages that mails lead to
  openVerification: own({ query: { token: 'nothing' } }),
  sendVerification: own(page({ token: 'nothing' }), [422]),
  askForVerification: ownMade(() => page({ email: email() })),
  openEmailChange: own({ query: { token: 'nothing' } }),
  sendEmailChange: own(page({ token: 'nothing' }), [422]),
  openPasswordReset: own({ query: { token: 'nothing' } }),
  sendPasswordReset: own(page({ token: 'nothing', new_password: password }), [422]),
  askForPasswordReset: ownMade(() => page({ email: email() })),
  openRestoration: own({ query: { token: 'nothing' } }),
  sendRestoration: own(page({ token: 'nothing' }), [422]),
  openSignIn: own(),
  sendSignIn: ownMade(() => page({ email: email(), password }), [401]),
  // Nobody is signed in: to the page to sign in at.
  openDevice: own({}, [303]),
  sendDeviceCode: own(page({ user_code: 'ABCD-EFGH' }), [303]),
  sendDeviceDecision: own(page({ user_code: 'ABCD-EFGH', decision: 'approve' }), [303]),

  // Operation
  countPageView: own({ json: { path: '/' } }),
  getHealth: own(),
  getReadiness: own(),
  // This machine, or who has the token of the settings.
  getMetrics: own({}, [200, 401, 403, 404]),
}
