/** Country of an address, from a table that lies on our own disk: nobody else is asked. */
import ipaddr from 'ipaddr.js'

/** Finds two letters, or an empty text for addresses that are in no range. */
export type CountryOf = (address: string) => string

/** Ranges of addresses as whole numbers, sorted. */
interface Ranges {
  readonly first: bigint[]
  readonly last: bigint[]
  readonly country: string[]
}

/**
 * Reads a table of lines `first address,last address,country code`, sorted by address; quotes, empty lines and lines with `#` are fine.
 *
 * @throws Error naming the line that cannot be read or is out of order
 */
export function readCountryTable(text: string): CountryOf {
  const ranges = { ipv4: createRanges(), ipv6: createRanges() }
  for (const [index, line] of text.split('\n').entries()) {
    const plain = line.replaceAll('"', '').trim()
    if (plain === '' || plain.startsWith('#')) continue
    const fault = addLine(ranges, plain)
    if (fault !== undefined) throw new Error(`HERO_COUNTRY_TABLE, line ${index + 1}: ${fault}`)
  }
  return (address) => {
    if (!ipaddr.isValid(address)) return ''
    const parsed = ipaddr.process(address)
    return find(ranges[parsed.kind()], toNumber(parsed))
  }
}

function createRanges(): Ranges {
  return { first: [], last: [], country: [] }
}

function addLine(ranges: Readonly<Record<'ipv4' | 'ipv6', Ranges>>, line: string): string | undefined {
  const [from = '', to = '', country = ''] = line.split(',').map((cell) => cell.trim())
  if (!ipaddr.isValid(from) || !ipaddr.isValid(to)) return 'begins with two addresses.'
  if (!/^[a-z]{2}$/i.test(country)) return 'has two letters for the country in its third column.'
  const [first, last] = [ipaddr.process(from), ipaddr.process(to)]
  if (first.kind() !== last.kind()) return 'mixes IPv4 and IPv6.'
  const of = ranges[first.kind()]
  const [low, high] = [toNumber(first), toNumber(last)]
  if (high < low) return 'ends before it begins.'
  if (low <= (of.last.at(-1) ?? -1n)) return 'is not in the order of addresses.'
  of.first.push(low)
  of.last.push(high)
  of.country.push(country.toUpperCase())
  return undefined
}

function toNumber(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return BigInt(`0x${Buffer.from(address.toByteArray()).toString('hex')}`)
}

/** The last range that begins at or before the number, when it reaches that far. */
function find({ first, last, country }: Ranges, number: bigint): string {
  let low = 0
  let high = first.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((first[middle] ?? 0n) <= number) low = middle + 1
    else high = middle
  }
  const end = last[low - 1]
  return end !== undefined && number <= end ? (country[low - 1] ?? '') : ''
}
