/** Profiles that drawn pixels can be converted to. What providers draw is sRGB; the photo beside it may be wider. Known by their red: names differ from maker to maker. */

/** Red of each profile as its tag `rXYZ` tells it. */
const reds = [
  ['srgb', 0.4361, 0.2225],
  ['p3', 0.5151, 0.2412],
] as const

const tolerance = 0.004

/** The profile as the encoder knows it by name; undefined for profiles that it cannot convert to without a file. */
export function nameOfProfile(profile: Buffer): 'srgb' | 'p3' | undefined {
  const red = readRed(profile)
  if (red === undefined) return undefined
  return reds.find(([, x, y]) => Math.abs(red.x - x) < tolerance && Math.abs(red.y - y) < tolerance)?.[0]
}

/** Where the table of tags begins, after a head of fixed size and the number of tags. */
const tableStart = 132
const tagBytes = 12

function readRed(profile: Buffer): { readonly x: number; readonly y: number } | undefined {
  if (profile.length < tableStart) return undefined
  const tags = Math.min(profile.readUInt32BE(128), Math.floor((profile.length - tableStart) / tagBytes))
  for (let tag = 0; tag < tags; tag += 1) {
    const at = tableStart + tag * tagBytes
    if (profile.toString('latin1', at, at + 4) !== 'rXYZ') continue
    const value = profile.readUInt32BE(at + 4) + 8
    if (value + 8 > profile.length) return undefined
    return { x: profile.readInt32BE(value) / 65_536, y: profile.readInt32BE(value + 4) / 65_536 }
  }
  return undefined
}
