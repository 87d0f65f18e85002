/** Numbers of 16 bits (IEEE 754 half precision) as numbers of 32 bits: the files keep their weights so, at half the size. */

/** Exponents of single precision begin 112 lower. */
const lift = 2 ** 112

/** Every value is exact, since single precision holds all of half precision. */
export function fromHalf(bytes: Uint8Array): Float32Array {
  const halves = new Uint16Array(new Uint8Array(bytes).buffer)
  const numbers = new Float32Array(halves.length)
  const bits = new Uint32Array(numbers.buffer)
  for (let index = 0; index < halves.length; index++) {
    const half = halves[index] ?? 0
    const isNumber = (half & 0x7c00) !== 0x7c00
    // Exponent and fraction move to their new places; the product puts the exponent right, also of the smallest numbers, which have none.
    bits[index] = ((half & 0x8000) << 16) | ((half & 0x7fff) << 13) | (isNumber ? 0 : 0x7f800000)
    if (isNumber) numbers[index] = (numbers[index] ?? 0) * lift
  }
  return numbers
}
