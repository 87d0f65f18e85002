/** The kernels that are checked in are those that the source gives. */
import { expect, test } from 'vitest'
import { compileKernels } from '../../assembly/compile.ts'
import { kernelBytes } from '../../src/subject/network/kernel-bytes.ts'

test('assembly/kernels.ts compiles to the bytes in network/kernel-bytes.ts', async () => {
  const binary = await compileKernels()
  expect(Buffer.from(binary).toString('base64')).toBe(kernelBytes)
  expect(binary.length).toBeLessThan(6000)
})
