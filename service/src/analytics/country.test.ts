import { expect, test } from 'vitest'
import { readCountryTable } from './country.ts'

const table = `# made up
192.0.2.0,192.0.2.127,de
"198.51.100.0","198.51.100.255","FR"

2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,IT
`

test.each([
  ['192.0.2.0', 'DE'],
  ['192.0.2.127', 'DE'],
  ['192.0.2.128', ''],
  ['198.51.100.7', 'FR'],
  ['::ffff:198.51.100.7', 'FR'],
  ['10.0.0.1', ''],
  ['2001:db8::1', 'IT'],
  ['2001:db8:1::', ''],
  ['unknown', ''],
])('%s lies in %s', (address, country) => {
  expect(readCountryTable(table)(address)).toBe(country)
})

test.each([
  ['192.0.2.0,DE', 'line 1: begins with two addresses'],
  ['192.0.2.0,192.0.2.9,Germany', 'line 1: has two letters'],
  ['192.0.2.9,192.0.2.0,DE', 'line 1: ends before it begins'],
  ['192.0.2.0,2001:db8::,DE', 'line 1: mixes'],
  ['192.0.2.0,192.0.2.9,DE\n192.0.2.9,192.0.2.20,FR', 'line 2: is not in the order'],
])('%s is refused', (text, message) => {
  expect(() => readCountryTable(text)).toThrow(message)
})
