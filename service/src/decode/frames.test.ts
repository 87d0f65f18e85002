import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createFrameReader, toFrame, writeBytes } from './frames.ts'

test('headers and files come out as they went in, however the pipe cuts them', async () => {
  const file = Buffer.from(Array.from({ length: 1000 }, (_, index) => index & 255))
  const all = Buffer.concat([toFrame({ size: 1000 }), file, toFrame({ size: 0 }), toFrame({ text: 'ä' })])
  for (const step of [1, 3, 7, 999, all.length]) {
    const pipe = new PassThrough()
    const reader = createFrameReader(pipe)
    for (let from = 0; from < all.length; from += step) pipe.write(all.subarray(from, from + step))
    pipe.end()
    expect(await reader.header()).toEqual({ size: 1000 })
    expect(await reader.bytes(1000)).toEqual(file)
    expect(await reader.header()).toEqual({ size: 0 })
    expect(await reader.bytes(0)).toEqual(Buffer.alloc(0))
    expect(await reader.header()).toEqual({ text: 'ä' })
    expect(await reader.header()).toBeUndefined()
  }
})

test('a pipe that ends or breaks in the middle gives nothing; what is no header is an error', async () => {
  const cut = new PassThrough()
  const cutReader = createFrameReader(cut)
  cut.end(toFrame({ size: 9 }).subarray(0, 7))
  expect(await cutReader.header()).toBeUndefined()
  const broken = new PassThrough()
  const brokenReader = createFrameReader(broken)
  broken.write(Buffer.alloc(2))
  broken.destroy(new Error('broken'))
  expect(await brokenReader.bytes(4)).toBeUndefined()
  const wrong = new PassThrough()
  wrong.write(Buffer.alloc(8, 0xff))
  await expect(createFrameReader(wrong).header()).rejects.toThrow('too long')
})

test('writing goes at the pace of the reader, and ends when nobody reads any more', async () => {
  const pipe = new PassThrough({ highWaterMark: 4 })
  let isDone = false
  const written = writeBytes(pipe, Buffer.alloc(10)).then(() => {
    isDone = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(isDone).toBe(false)
  pipe.resume()
  await written
  const gone = new PassThrough({ highWaterMark: 4 })
  const late = writeBytes(gone, Buffer.alloc(10))
  gone.destroy()
  await late
  await writeBytes(gone, Buffer.alloc(10))
})
