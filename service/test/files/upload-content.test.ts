/** Files as they are given back: whole, in part, or not again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { drawPicture } from './pictures.ts'
import { codeOf, upload } from './send-upload.ts'

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_UPLOAD_MEGABYTES: '1', HERO_STORED_MEGABYTES: '2' } })
  person = await hero.createPerson()
})
afterAll(() => hero.close())

test('parts, HEAD, and files that the client has', async () => {
  const png = await drawPicture('png')
  const { id, sha256 } = await upload(person, png)
  const path = `/v1/uploads/${id}/content`
  const get = (headers: Record<string, string>, method = 'GET') => person.request(path, { method, headers })
  const last = png.length - 1
  for (const [range, start, end] of [
    ['bytes=0-9', 0, 9],
    ['bytes=10-', 10, last],
    ['bytes=-7', png.length - 7, last],
    [`bytes=5-${png.length + 100}`, 5, last],
    [`bytes=-${png.length + 100}`, 0, last],
  ] as const) {
    const part = await get({ range })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes ${start}-${end}/${png.length}`])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(png.subarray(start, end + 1))
  }
  for (const range of [`bytes=${png.length}-`, 'bytes=-0']) {
    const outside = await get({ range })
    expect(outside.headers.get('content-range')).toBe(`bytes */${png.length}`)
    expect(await codeOf(outside)).toEqual([416, 'range-not-satisfiable'])
  }
  for (const range of ['bytes=9-5', 'bytes=-', 'lines=1-2', 'bytes=0-1,3-4']) {
    const whole = await get({ range })
    expect(whole.status).toBe(200)
    expect((await whole.arrayBuffer()).byteLength).toBe(png.length)
  }
  const etag = `"${sha256}"`
  for (const value of [etag, `"other", W/${etag}`, '*'])
    expect((await get({ 'if-none-match': value })).status).toBe(304)
  expect((await get({ range: 'bytes=0-1', 'if-range': etag })).status).toBe(206)
  expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200)
  const head = await get({}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(png.length), ''])
})
