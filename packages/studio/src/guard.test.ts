/** Who may look and who may save, case by case. */
import { describe, expect, test } from 'vitest'
import { type Caller, isLoopbackAddress, isLoopbackHost, mayHaveToken, refuseRead, refuseWrite } from './guard.ts'

const token = 'a-long-secret'

/** Our own page at localhost, saving. */
const page: Caller = {
  address: '127.0.0.1',
  host: 'localhost:5173',
  origin: 'http://localhost:5173',
  site: 'same-origin',
  mode: 'cors',
  dest: 'empty',
  forwarded: false,
  token,
  contentType: 'application/json',
}

/** A person who types the address. */
const visit: Caller = {
  address: '::1',
  host: 'localhost:5173',
  site: 'none',
  mode: 'navigate',
  dest: 'document',
  forwarded: false,
}

test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
  expect(isLoopbackAddress(address)).toBe(true)
})

test.each([undefined, '', '192.168.1.7', '10.127.0.1', '::ffff:10.0.0.1', '::2', '127.0.0.1.evil.example', '0.0.0.0'])(
  '%s is another machine',
  (address) => expect(isLoopbackAddress(address)).toBe(false),
)

test.each(['localhost', 'LOCALHOST:80', '127.0.0.1:5173', '[::1]:5173'])('%s means this machine', (host) => {
  expect(isLoopbackHost(host)).toBe(true)
})

test.each([
  undefined,
  'evil.example',
  'localhost.evil.example',
  'evil.example:localhost',
  '127.0.0.1.evil.example:5173',
  '192.168.1.7:5173',
  'localhost@evil.example',
])('%s may mean anything', (host) => expect(isLoopbackHost(host)).toBe(false))

describe('saving', () => {
  test('our page with the token may', () => {
    expect(refuseWrite(page, token)).toBeUndefined()
    expect(refuseWrite({ ...page, contentType: 'application/json; charset=utf-8' }, token)).toBeUndefined()
  })

  const attacks: readonly (readonly [string, Partial<Caller>, number])[] = [
    ['from another machine', { address: '192.168.1.7' }, 403],
    ['from nowhere', { address: undefined }, 403],
    ['through a proxy', { forwarded: true }, 403],
    ['under a name that was pointed here', { host: 'evil.example:5173', origin: 'http://evil.example:5173' }, 403],
    ['by a page of another site', { origin: 'https://evil.example', site: 'cross-site' }, 403],
    ['by a page of another port', { origin: 'http://localhost:3000', site: 'same-site' }, 403],
    ['by a page that hides where it comes from', { origin: 'null' }, 403],
    ['without saying from where', { origin: undefined }, 403],
    ['by a browser that says so', { site: 'cross-site' }, 403],
    ['without token', { token: undefined }, 403],
    ['with an empty token', { token: '' }, 403],
    ['with a wrong token of the same length', { token: 'a-long-secreT' }, 403],
    ['with a token that begins right', { token: `${token}x` }, 403],
    ['as a form can send it', { contentType: 'text/plain' }, 415],
    ['without a type', { contentType: undefined }, 415],
  ]
  test.each(attacks)('%s is refused', (_, change, status) => {
    expect(refuseWrite({ ...page, ...change }, token)).toMatchObject({ status })
  })

  test('a link or a typed address cannot save', () => {
    expect(refuseWrite({ ...visit, token, contentType: 'application/json' }, token)).toMatchObject({ status: 403 })
  })
})

describe('the token', () => {
  test('goes to the page on this machine, however it was opened', () => {
    expect(mayHaveToken(visit)).toBe(true)
    expect(mayHaveToken({ ...visit, site: 'cross-site' })).toBe(true)
    expect(mayHaveToken({ ...visit, site: 'same-origin', dest: 'iframe' })).toBe(true)
    // curl
    expect(mayHaveToken({ address: '127.0.0.1', host: 'localhost:5173', forwarded: false })).toBe(true)
  })

  const others: readonly (readonly [string, Partial<Caller>])[] = [
    ['to another machine', { address: '192.168.1.7', host: '192.168.1.2:5173' }],
    ['under another name', { host: 'evil.example:5173' }],
    ['through a proxy', { forwarded: true }],
    ['to a script of another site', { site: 'cross-site', mode: 'no-cors', dest: 'empty' }],
    ['to a script of another port', { site: 'same-site', mode: 'cors', origin: 'http://localhost:3000' }],
    [
      'to an old browser’s script of another port',
      { site: undefined, mode: undefined, origin: 'http://localhost:3000' },
    ],
    ['into a frame of another site', { site: 'cross-site', dest: 'iframe' }],
  ]
  test.each(others)('does not go %s', (_, change) => expect(mayHaveToken({ ...visit, ...change })).toBe(false))
})

describe('looking', () => {
  test('follows the name check of the server in front, or else means localhost', () => {
    const phone = { ...visit, address: '192.168.1.7', host: '192.168.1.2:5173' }
    expect(refuseRead(phone, true)).toBeUndefined()
    expect(refuseRead(phone, false)).toMatchObject({ status: 403 })
    expect(refuseRead(visit, false)).toBeUndefined()
  })

  test('is not for scripts of other sites', () => {
    expect(refuseRead({ ...page, origin: 'https://evil.example', site: 'cross-site' }, true)).toMatchObject({
      status: 403,
    })
    expect(refuseRead({ ...page, origin: undefined, site: 'same-site', mode: 'no-cors' }, true)).toMatchObject({
      status: 403,
    })
  })
})
