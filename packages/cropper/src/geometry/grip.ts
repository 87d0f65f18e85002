/** Where a shape is held, and what a key does there. Pure. */

/** The whole shape, one of its sides or one of its corners, as on a compass. */
export type Grip = 'move' | 'n' | 'e' | 's' | 'w' | 'nw' | 'ne' | 'se' | 'sw'

/** A step in shares of the frame. */
export interface Step {
  readonly dx: number
  readonly dy: number
}

/** The part of a key event that counts. */
export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** Keys and where they lead; 1 for an arrow is a step, `Infinity` is as far as it goes. */
const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  PageUp: [0, -5],
  PageDown: [0, 5],
  Home: [-1000, 0],
  End: [1000, 0],
}

/** What a key moves: arrows 1 %, with Shift 5 %, with Alt 0.1 %; Page keys 5 % up and down, Home and End to the left and right end. */
export function stepFor(press: KeyPress): Step | undefined {
  if (press.ctrlKey || press.metaKey || !Object.hasOwn(directions, press.key)) return undefined
  const [x, y] = directions[press.key] ?? [0, 0]
  const size = press.shiftKey ? 0.05 : press.altKey ? 0.001 : 0.01
  return { dx: x * size, dy: y * size }
}

/** Along which axes a grip moves. */
export function axesOf(grip: Grip): { readonly x: boolean; readonly y: boolean } {
  return { x: grip !== 'n' && grip !== 's', y: grip !== 'e' && grip !== 'w' }
}

/** Where on a shape a grip sits: 0 left or top, 1 right or bottom. */
export function placeOf(grip: Grip): { readonly x: number; readonly y: number } {
  return {
    x: grip.includes('w') ? 0 : grip.endsWith('e') && grip !== 'move' ? 1 : 0.5,
    y: grip.startsWith('n') ? 0 : grip.startsWith('s') ? 1 : 0.5,
  }
}
