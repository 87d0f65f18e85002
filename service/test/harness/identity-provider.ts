/**
 * GitHub and Google as far as sign-in needs them: a server on this machine with their paths, which checks what real ones check (client, redirect, PKCE, codes that work
 * once). Requests that the service sends to their hosts are led here; nothing leaves the machine.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { vi } from 'vitest'

/** Who is signed in at the provider. */
export interface Identity {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly verified: boolean
}

/** A provider under test. */
export interface IdentityProvider {
  /** Whoever is sent to the provider is this. */
  identity: Identity
  /** Tokens that were given out: none of them may be kept. */
  readonly tokens: readonly string[]
  /** What was wrong with requests to the token endpoint. */
  readonly faults: readonly string[]
  /** Consents as a browser does that was sent there, and gives the address that the provider sends it back to. */
  consent(authorizationUrl: string): URL
  close(): Promise<void>
}

interface Grant {
  readonly challenge: string | null
  readonly redirectUri: string | null
  readonly clientId: string | null
  readonly identity: Identity
}

const hosts = ['github.com', 'api.github.com', 'oauth2.googleapis.com']

/** Starts the server, and leads requests to the providers there. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const grants = new Map<string, Grant>()
  const identities = new Map<string, Identity>()
  const tokens: string[] = []
  const faults: string[] = []
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const path = (request.url ?? '').split('?')[0]
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (path === '/login/oauth/access_token' || path === '/token') {
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
      const { fault, grant } = redeem(form)
      if (grant === undefined) return send(400, { error: 'invalid_grant', error_description: fault })
      const token = `provider-${randomBytes(16).toString('hex')}`
      tokens.push(token)
      identities.set(token, grant.identity)
      return send(200, {
        access_token: token,
        refresh_token: `${token}-refresh`,
        token_type: 'bearer',
        scope: 'read:user,user:email',
        ...(path === '/token' ? { id_token: toIdToken(grant.identity) } : {}),
      })
    }
    const identity = identities.get((request.headers.authorization ?? '').replace(/^Bearer /i, ''))
    if (identity === undefined) return send(401, { message: 'Bad credentials' })
    const { id, name, email, verified } = identity
    if (path === '/user')
      return send(200, { id: Number(id), login: name, name, email, avatar_url: 'https://tracker.test/a.png' })
    if (path === '/user/emails') return send(200, [{ email, verified, primary: true, visibility: 'public' }])
    return send(404, {})
  }

  function redeem(form: URLSearchParams): { readonly fault?: string; readonly grant?: Grant } {
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    const fault = findFault(form, grant)
    if (fault === undefined && grant !== undefined) return { grant }
    faults.push(fault ?? 'no grant')
    return { fault: fault ?? 'no grant' }
  }

  const realFetch = globalThis.fetch
  vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (!hosts.includes(url.hostname)) return realFetch(input, init)
    return realFetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, init)
  })

  const provider: IdentityProvider = {
    identity: { id: '1', name: 'Nobody', email: 'nobody@example.org', verified: true },
    tokens,
    faults,
    consent(authorizationUrl) {
      const { searchParams } = new URL(authorizationUrl)
      const code = randomBytes(16).toString('hex')
      grants.set(code, {
        challenge: searchParams.get('code_challenge'),
        redirectUri: searchParams.get('redirect_uri'),
        clientId: searchParams.get('client_id'),
        identity: provider.identity,
      })
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', searchParams.get('state') ?? '')
      return back
    },
    async close() {
      vi.unstubAllGlobals()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return provider
}

function findFault(form: URLSearchParams, grant: Grant | undefined): string | undefined {
  if (grant === undefined) return 'code'
  if (form.get('client_id') !== grant.clientId || form.get('client_secret') !== 'provider-secret') return 'client'
  if (form.get('redirect_uri') !== grant.redirectUri) return 'redirect'
  const verifier = form.get('code_verifier')
  if (grant.challenge === null || verifier === null) return 'no PKCE'
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return challenge === grant.challenge ? undefined : 'PKCE'
}

function toIdToken({ id, name, email, verified }: Identity): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    iss: 'https://accounts.google.com',
    aud: 'google-client',
    sub: id,
    name,
    email,
    email_verified: verified,
  }
  return `${part({ alg: 'RS256' })}.${part({ ...claims, exp: Math.floor(Date.now() / 1000) + 600 })}.signature`
}
