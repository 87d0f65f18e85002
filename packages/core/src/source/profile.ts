/** How the colours of a source reach the variants, decided from its colour space and embedded ICC profile. */
import { parse } from 'icc'
import type { ColourHandling } from '../types.ts'

/** Larger profiles are lookup tables, which would outweigh a small variant. */
const largestKeptProfile = 65_536

/** What was decided, and what the user should know about it. */
export interface ColourDecision {
  readonly colour: ColourHandling
  /** Name of the embedded profile, when there is a readable one. */
  readonly profile?: string
  readonly notes: readonly string[]
}

/**
 * Decides the colour handling.
 *
 * @param space libvips' name of the pixels' colour space: `srgb`, `rgb16`, `b-w`, `grey16`, `cmyk`, `lab` …
 * @param icc The embedded profile; one that cannot be read never fails the photo: it is ignored with a note.
 */
export function decideColour(space: string, icc: Buffer | undefined): ColourDecision {
  const isPlain = ['srgb', 'rgb16', 'b-w', 'grey16'].includes(space)
  const untagged = isPlain ? 'srgb' : 'convert-srgb'
  if (icc === undefined) return { colour: untagged, notes: [] }
  try {
    refuseEndlessTags(icc)
    const { description, colorSpace } = parse(icc)
    const name = description?.replaceAll('\0', '').trim()
    const profile = name === undefined || name === '' ? {} : { profile: name }
    if (!isPlain || colorSpace !== 'RGB') return { colour: 'convert-srgb', ...profile, notes: [] }
    const tags = readTags(icc)
    const isMatrix = matrixTags.every((tag) => tags.has(tag)) && !tags.has('A2B0')
    if (!isMatrix || icc.length > largestKeptProfile) return { colour: 'convert-srgb', ...profile, notes: [] }
    return { colour: isSrgb(icc, tags) ? 'srgb' : 'keep-profile', ...profile, notes: [] }
  } catch {
    const note = 'The embedded colour profile is unreadable and was ignored; the colours are taken as sRGB.'
    return { colour: untagged, notes: [note] }
  }
}

/**
 * True when a pipeline must ask for sRGB by name: sharp takes 16-bit pixels with a profile to Display P3, and leaves them there.
 *
 * Only then: sharp would take 16-bit pixels without a profile for Display P3.
 */
export function needsSrgb({ colour, depth }: { readonly colour: ColourHandling; readonly depth: 8 | 16 }): boolean {
  return depth === 16 && colour !== 'srgb'
}

const matrixTags = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC']

/** sRGB's primaries adapted to D50, as every sRGB profile states them. */
const srgbPrimaries: Readonly<Record<string, readonly number[]>> = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
}

type Tags = ReadonlyMap<string, number>

/** The parser believes any number of tags, and would be at work for minutes on four thousand million of them. */
function refuseEndlessTags(icc: Buffer): void {
  if (132 + 12 * icc.readUInt32BE(128) > icc.length) throw new RangeError('more tags than the profile has room for')
}

/** Offsets of the tags by signature (ICC.1:2022, 7.3). */
function readTags(icc: Buffer): Tags {
  const count = Math.min(icc.readUInt32BE(128), 256)
  const entries = Array.from({ length: count }, (_, index) => 132 + 12 * index)
  return new Map(entries.map((at) => [icc.toString('latin1', at, at + 4), icc.readUInt32BE(at + 4)]))
}

/** By primaries and tone curve: the name may be anything (`c2`, `sRGB built-in`, a camera's own). */
function isSrgb(icc: Buffer, tags: Tags): boolean {
  const near = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance
  const hasPrimaries = Object.entries(srgbPrimaries).every(([tag, xyz]) =>
    xyz.every((value, index) => near(icc.readInt32BE((tags.get(tag) ?? 0) + 8 + 4 * index) / 65_536, value, 0.002)),
  )
  // A plain gamma of 2.2 differs by 0.0037 at 0.1, seven levels of 255 in the shadows.
  const curve = (x: number): number => readCurve(icc, tags.get('gTRC') ?? 0, x)
  return hasPrimaries && [0.1, 0.5, 0.8].every((x) => near(curve(x), ((x + 0.055) / 1.055) ** 2.4, 0.002))
}

/** Linear light of `x` after the curve at `offset`: table, gamma or parametric (ICC.1:2022, 10.6 and 10.18). */
function readCurve(icc: Buffer, offset: number, x: number): number {
  const parameter = (index: number): number => icc.readInt32BE(offset + 12 + 4 * index) / 65_536
  if (icc.toString('latin1', offset, offset + 4) === 'para') {
    const [gamma, a, b] = [parameter(0), parameter(1), parameter(2)]
    const kind = icc.readUInt16BE(offset + 8)
    return kind === 0 ? x ** gamma : (a * x + b) ** gamma + (kind === 4 ? parameter(5) : 0)
  }
  const count = icc.readUInt32BE(offset + 8)
  if (count === 0) return x
  if (count === 1) return x ** (icc.readUInt16BE(offset + 12) / 256)
  const place = x * (count - 1)
  const entry = (index: number): number => icc.readUInt16BE(offset + 12 + 2 * index) / 65_535
  const [low, high] = [entry(Math.floor(place)), entry(Math.ceil(place))]
  return low + (high - low) * (place % 1)
}
