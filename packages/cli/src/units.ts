/** Sizes and times between people and numbers. */
const byteUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
}
const timeUnits: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Bytes for people: `812 kB`, `3.4 MB`. */
export function toSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1e3)} kB`
  return bytes < 999_950_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

/** Bytes from `500MB`, `1.5 GiB` or `1024`; `undefined` when it is none of these. */
export function parseSize(text: string): number | undefined {
  return parseUnit(text, byteUnits)
}

/** Milliseconds from `30d`, `2w`, `12h` or `90m`; `undefined` when it is none of these. */
export function parseAge(text: string): number | undefined {
  return parseUnit(text, timeUnits)
}

/** `1 file`, `2 files`. */
export function toCount(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function parseUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const parts = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text)
  const unit = (parts?.[2] ?? '').toLowerCase()
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  return parts === null || factor === undefined ? undefined : Math.round(Number(parts[1]) * factor)
}
