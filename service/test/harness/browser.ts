/** A browser as far as sign-in needs one: it keeps cookies, and sends the origin of our pages. */
import { type TestService, testAddressHeader, testUrl } from './service.ts'

/** A browser. */
export interface Browser {
  readonly cookies: Map<string, string>
  /** The Cookie header that it would send. */
  cookieHeader(): string
  get(path: string): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

/** Opens a browser without cookies, at an address. */
export function openBrowser(hero: Pick<TestService, 'request'>, address = '192.0.2.1'): Browser {
  const cookies = new Map<string, string>()
  const cookieHeader = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers({
      [testAddressHeader]: address,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    })
    if (cookies.size > 0) headers.set('cookie', cookieHeader())
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    const response = await hero.request(path, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /;\s*max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    cookies,
    cookieHeader,
    get: (path) => send(path, {}),
    post: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { origin: testUrl, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  }
}
