/** From sRGB to CIE L*a*b*, plane by plane. */

/** CIE L*a*b* under D65 of linear planes; L spans 0..1, a and b lie around 0.5. */
export function toLab([red, green, blue]: readonly Float32Array[]): Float32Array[] {
  const length = red?.length ?? 0
  const planes = [new Float32Array(length), new Float32Array(length), new Float32Array(length)] as const
  for (let pixel = 0; pixel < length; pixel++) {
    const r = red?.[pixel] ?? 0
    const g = green?.[pixel] ?? 0
    const b = blue?.[pixel] ?? 0
    const x = bend((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
    const y = bend(0.2126 * r + 0.7152 * g + 0.0722 * b)
    const z = bend((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    planes[0][pixel] = 1.16 * y - 0.16
    planes[1][pixel] = 0.5 + 2.5 * (x - y)
    planes[2][pixel] = 0.5 + (y - z)
  }
  return [...planes]
}

function bend(value: number): number {
  return value > 216 / 24_389 ? Math.cbrt(value) : (24_389 / 27 / 116) * value + 16 / 116
}

/** Linear light of an sRGB value; both 0..1. */
export function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
