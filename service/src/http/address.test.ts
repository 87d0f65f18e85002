import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createAddressOf, toBlock, unknownAddress } from './address.ts'

async function addressIn(header: string | undefined, trustedProxies: number): Promise<string> {
  const addressOf = createAddressOf(trustedProxies)
  const app = new Hono().get('/', (c) => c.text(addressOf(c)))
  return (await app.request('/', { headers: header === undefined ? {} : { 'x-forwarded-for': header } })).text()
}

test.each([
  ['198.51.100.7', 1, '198.51.100.7'],
  ['1.1.1.1, 198.51.100.7', 1, '198.51.100.7'],
  ['1.1.1.1, 198.51.100.7, 10.0.0.1', 2, '198.51.100.7'],
  // Fewer entries than proxies: somebody came past them.
  ['198.51.100.7', 2, unknownAddress],
  [undefined, 1, unknownAddress],
  ['me', 1, unknownAddress],
  ['::ffff:198.51.100.7', 1, '198.51.100.7'],
  ['2001:DB8::7', 1, '2001:db8::7'],
  // Some proxies write the port along. Unread, all people behind them would share one limit.
  ['198.51.100.7:50123', 1, '198.51.100.7'],
  ['[2001:db8::7]:50123', 1, '2001:db8::7'],
  ['[2001:db8::7]', 1, '2001:db8::7'],
])('%s behind %i proxies is %s', async (header, proxies, address) => {
  expect(await addressIn(header, proxies)).toBe(address)
})

test.each([
  ['198.51.100.7', '198.51.100.0/24'],
  ['::ffff:198.51.100.7', '198.51.100.0/24'],
  ['2001:db8:1:2::7', '2001:db8:1::/48'],
  [unknownAddress, unknownAddress],
])('%s lies in the block %s', (address, block) => {
  expect(toBlock(address)).toBe(block)
})
