/** Reads the query of an import; every key and value is checked here and nowhere else. */
import { HeroError } from '../errors.ts'
import { parseRatio } from '../options/ratio.ts'
import { suggest } from '../options/suggest.ts'
import type { Focus, RasterFormat } from '../types.ts'

const formats = ['avif', 'webp', 'jpeg', 'png', 'gif'] as const
const sides = ['left', 'right', 'top', 'bottom', 'auto'] as const
const keys = ['hero', 'focus', 'text', 'zoom', 'ratio', 'widths', 'formats', 'quality', 'sizes', 'crops'] as const
type Key = (typeof keys)[number]

/** A side of the crop for a headline; `auto` takes the quietest one. */
export type TextSide = (typeof sides)[number]

/** What an import asks for, as written; nothing is looked up yet. */
export interface HeroQuery {
  /** `hero` when the marker has no value. */
  readonly preset: string
  /** What every crop must hold. */
  readonly focus?: Focus
  /** Where a headline lies: in every crop, or by name of a crop. */
  readonly text?: TextSide | Readonly<Record<string, TextSide>>
  /** Least share of the largest rectangle's side a crop may shrink to. */
  readonly zoom?: number
  /** Width divided by height for every crop; 0 keeps the photo's own. */
  readonly ratio?: number
  readonly widths?: readonly number[]
  readonly formats?: readonly RasterFormat[]
  readonly quality?: Partial<Record<RasterFormat, number>>
  readonly sizes?: string
  /** Names of the crops to keep, in the order of the preset. */
  readonly crops?: readonly string[]
}

/**
 * True when an import's query has our marker: `?hero`, `?hero=card`, `?focus=.5,.5&hero`.
 *
 * @param query with or without the question mark
 */
export function isHeroQuery(query: string): boolean {
  return /(?:^|[?&])hero(?:[=&]|$)/.test(query)
}

/**
 * Parses a query such as `?focus=.3,.6&hero=card`. Keys may come in any order.
 *
 * @param query with or without the question mark, percent-encoded or not
 * @param file the path as the user wrote it, for error messages
 * @throws HeroError HERO_UNKNOWN_QUERY, HERO_INVALID_QUERY
 */
export function parseQuery(query: string, file: string): HeroQuery {
  const values = new Map<Key, string>()
  for (const part of query.replace(/^\?/, '').split('&')) {
    if (part === '') continue
    const [rawKey = '', ...rest] = part.split('=')
    const key = decode(rawKey, file)
    if (!isKey(key)) {
      throw new HeroError('HERO_UNKNOWN_QUERY', `The import has an unknown key '${key}'.`, {
        file,
        hint: suggest(key, keys),
      })
    }
    if (values.has(key)) throw new HeroError('HERO_INVALID_QUERY', `The import names '${key}' twice.`, { file })
    values.set(key, decode(rest.join('='), file))
  }
  const read = <T>(key: Key, parse: (text: string) => T | undefined, expected: string): T | undefined => {
    const text = values.get(key)
    if (text === undefined) return undefined
    const value = parse(text)
    if (value === undefined) {
      throw new HeroError('HERO_INVALID_QUERY', `The import says ${key}=${text}.`, {
        file,
        hint: `Expected ${expected}.`,
      })
    }
    return value
  }
  const focus = read(
    'focus',
    parseFocus,
    'two numbers from 0 to 1, such as focus=.3,.6 (left to right, top to bottom), or four for an ellipse: focus=.3,.6,.2,.4',
  )
  const text = read(
    'text',
    parseText,
    `one of ${sides.join(', ')}, or one for each crop such as text=wide:left,tall:top`,
  )
  const zoom = read('zoom', parseZoom, 'a number from .65 to 1')
  const ratio = read('ratio', parseRatio, "a ratio such as 16:9, 4/5, 1.5 or 'source'")
  const widths = read('widths', parseWidths, 'whole px, such as widths=640,1280')
  const wanted = read('formats', parseFormats, `some of ${formats.join(', ')}`)
  const quality = read('quality', parseQuality, '1 to 100, or a number per format such as quality=avif:45,jpeg:70')
  const sizes = read('sizes', (text) => text.trim() || undefined, 'CSS lengths such as sizes=50vw')
  const crops = read('crops', parseNames, 'names of crops of the preset, such as crops=wide,tall')
  return {
    preset: values.get('hero') || 'hero',
    ...(focus === undefined ? {} : { focus }),
    ...(text === undefined ? {} : { text }),
    ...(zoom === undefined ? {} : { zoom }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(widths === undefined ? {} : { widths }),
    ...(wanted === undefined ? {} : { formats: wanted }),
    ...(quality === undefined ? {} : { quality }),
    ...(sizes === undefined ? {} : { sizes }),
    ...(crops === undefined ? {} : { crops }),
  }
}

function decode(text: string, file: string): string {
  try {
    // A plus sign is a space in an encoded query only, and an encoded query has no spaces: `calc(50vw + 1rem)` is meant as it stands.
    return decodeURIComponent(text.includes(' ') ? text : text.replaceAll('+', ' '))
  } catch (cause) {
    throw new HeroError('HERO_INVALID_QUERY', `The import has a broken percent sign in '${text}'.`, { file, cause })
  }
}

function isKey(key: string): key is Key {
  return keys.some((known) => known === key)
}

function isFormat(text: string): text is RasterFormat {
  return formats.some((known) => known === text)
}

function parseNames(text: string): string[] | undefined {
  const names = text.split(/[,;]/).map((name) => name.trim())
  return names.every((name) => name !== '') ? names : undefined
}

function parseFocus(text: string): Focus | undefined {
  const [x, y, ...size] = text.split(',').map(parseShare)
  if (x === undefined || y === undefined) return undefined
  if (size.length === 0) return { x, y }
  const [width, height, ...more] = size
  return width === undefined || height === undefined || more.length > 0 ? undefined : { x, y, width, height }
}

function parseText(text: string): HeroQuery['text'] {
  const one = toSide(text)
  if (one !== undefined) return one
  const pairs = text.split(/[,;]/).flatMap((part): [string, TextSide][] => {
    const [name = '', side = '', ...more] = part.split(':')
    const zone = more.length > 0 ? undefined : toSide(side)
    return name.trim() === '' || zone === undefined ? [] : [[name.trim(), zone]]
  })
  const said = Object.fromEntries(pairs)
  return Object.keys(said).length === text.split(/[,;]/).length ? said : undefined
}

function toSide(text: string): TextSide | undefined {
  return sides.find((side) => side === text.trim())
}

function parseZoom(text: string): number | undefined {
  const value = parseNumber(text)
  return value === undefined || value < 0.65 || value > 1 ? undefined : value
}

function parseShare(text: string): number | undefined {
  const value = parseNumber(text)
  return value === undefined || value < 0 || value > 1 ? undefined : value
}

function parseNumber(text: string): number | undefined {
  return /^\s*(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(text) ? Number(text) : undefined
}

function parseWidths(text: string): number[] | undefined {
  const widths = (parseNames(text) ?? []).map(parseNumber)
  const valid = widths.filter(
    (width) => width !== undefined && Number.isInteger(width) && width >= 1 && width <= 16_383,
  )
  return valid.length === 0 || valid.length < widths.length || valid.length > 64
    ? undefined
    : [...new Set(valid.flatMap((width) => width ?? []))].sort((a, b) => a - b)
}

function parseFormats(text: string): RasterFormat[] | undefined {
  const names = parseNames(text)?.map((name) => (name === 'jpg' ? 'jpeg' : name))
  return names?.every(isFormat) ? [...new Set(names)] : undefined
}

function parseQuality(text: string): Partial<Record<RasterFormat, number>> | undefined {
  const qualities: Partial<Record<RasterFormat, number>> = {}
  for (const part of text.split(/[,;]/)) {
    const [first = '', second, ...more] = part.split(':').map((piece) => piece.trim())
    const value = parseNumber(second ?? first)
    const names = second === undefined ? formats : [first === 'jpg' ? 'jpeg' : first]
    if (more.length > 0 || value === undefined || !Number.isInteger(value) || value < 1 || value > 100) return undefined
    for (const name of names) {
      if (!isFormat(name)) return undefined
      qualities[name] = value
    }
  }
  return qualities
}
