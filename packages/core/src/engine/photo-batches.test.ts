import { expect, test } from 'vitest'
import { plainVariant as variant } from '../../test/fixtures/variant.ts'
import { resolveOptions } from '../options/resolve.ts'
import type { PixelProcess } from '../pixels/start.ts'
import { createQueue } from '../store/queue.ts'
import { createStore } from '../store/store.ts'
import { createPhotoBatches, type PhotoBatches } from './photo-batches.ts'

/** Batches over a process that says of everything that it lies in the store, and over a store that gives one answer after the other. */
function open(answers: readonly (Uint8Array | undefined)[]): { batches: PhotoBatches; count: { drawn: number } } {
  const options = resolveOptions({ cache: { mode: 'off' } }, import.meta.dirname)
  const count = { drawn: 0 }
  const left = [...answers]
  const pixels: PixelProcess = {
    analyse: () => Promise.reject(new Error('not asked for')),
    async draw(_, wanted, deliver) {
      for (const each of wanted) {
        count.drawn += 1
        await deliver(each.variant, { size: 3 }, 1)
      }
    },
    rest: async () => undefined,
    close: async () => undefined,
  }
  const store = { ...createStore(options.cache), read: async () => left.shift() }
  const photos = createQueue({ jobs: 1, bytes: 1 })
  const batches = createPhotoBatches({ options, store, pixels: async () => pixels, photos, onMade: () => undefined })
  return { batches, count }
}

test('whoever wants bytes gets them from the store; whoever only wants them made, reads nothing', async () => {
  const bytes = Uint8Array.of(1, 2, 3)
  const reading = open([undefined, bytes])
  expect(await reading.batches.want('a.jpg', variant)).toBe(bytes)
  const making = open([undefined])
  expect(await making.batches.make('a.jpg', variant)).toBeUndefined()
  expect([reading.count.drawn, making.count.drawn]).toEqual([1, 1])
})

test('what is gone before it is read is drawn again, but not for ever', async () => {
  const bytes = Uint8Array.of(1, 2, 3)
  const once = open([undefined, undefined, undefined, bytes])
  expect(await once.batches.want('a.jpg', variant)).toBe(bytes)
  expect(once.count.drawn).toBe(2)
  const always = open([])
  await expect(always.batches.want('a.jpg', variant)).rejects.toMatchObject({ code: 'HERO_CACHE_UNWRITABLE' })
  expect(always.count.drawn).toBe(3)
})
