/** The exponential function from additions and products alone: engines' own may differ in the last digit, and crops must not. */

/** e^x, exact to about 15 digits for |x| ≤ 40. */
export function exponential(x: number): number {
  const limited = Math.min(40, Math.max(-40, x))
  const power = Math.round(limited / Math.LN2)
  const rest = limited - power * Math.LN2
  let sum = 1
  for (let n = 14; n > 0; n--) sum = 1 + (sum * rest) / n
  let scaled = sum
  for (let n = 0; n < Math.abs(power); n++) scaled *= power < 0 ? 0.5 : 2
  return scaled
}

/** 1 / (1 + e^-x): a network's answer as a probability. */
export function sigmoid(x: number): number {
  return 1 / (1 + exponential(-x))
}
