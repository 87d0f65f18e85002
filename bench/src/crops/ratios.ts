/** The crops that every method makes. */

/** Width to height, as written. */
export const ratios = ['21:9', '16:9', '4:3', '1:1', '4:5', '9:16'] as const

/** Ratios with a side for a headline. */
export const textKeys = [
  '21:9@left',
  '21:9@right',
  '16:9@left',
  '16:9@right',
  '4:5@top',
  '4:5@bottom',
  '9:16@top',
  '9:16@bottom',
] as const

/** Width divided by height. */
export function toNumber(key: string): number {
  const [width = 1, height = 1] = (key.split('@')[0] ?? '').split(':').map(Number)
  return width / height
}
