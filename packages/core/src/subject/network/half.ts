/** Numbers of 16 bits (IEEE 754 half precision) as numbers of 32 bits: the files keep their weights so, at half the size. */

/** Every value is exact, since single precision holds all of half precision. */
export function fromHalf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = new Float32Array(bytes.byteLength / 2)
  const bits = new Uint32Array(numbers.buffer)
  for (let index = 0; index < numbers.length; index++) {
    const half = view.getUint16(2 * index, true)
    const sign = (half & 0x8000) << 16
    const exponent = (half >> 10) & 31
    const fraction = half & 1023
    if (exponent === 0) numbers[index] = ((sign === 0 ? 1 : -1) * fraction) / 16_777_216
    else if (exponent === 31) bits[index] = sign | 0x7f800000 | (fraction << 13)
    else bits[index] = sign | ((exponent + 112) << 23) | (fraction << 13)
  }
  return numbers
}
