import { expect, test } from 'vitest'
import { deviceFor } from './device.ts'
import type { CropperCrop } from './types.ts'

const crop = (media?: string, ratio = 2, name = media ?? 'default'): CropperCrop => ({
  preset: 'hero',
  name,
  ratio,
  ...(media === undefined ? {} : { media }),
})

test.each([
  ['(min-width: 1024px)', 'desktop'],
  ['(min-width: 64em)', 'desktop'],
  ['(width >= 640px)', 'tablet'],
  ['(min-width: 320px)', 'phone'],
  ['(max-width: 480px)', 'phone'],
  ['(width < 1024px)', 'tablet'],
  ['(orientation: portrait)', 'phone'],
  ['(orientation: landscape)', 'desktop'],
])('%s is a %s', (media, device) => {
  expect(deviceFor(crop(media), [crop(media)])).toBe(device)
})

test('the default crop beside wider ones is for phones', () => {
  const all = [crop('(min-width: 640px)'), crop()]
  expect(deviceFor(crop(), all)).toBe('phone')
})

test('a crop alone goes by its ratio', () => {
  expect(deviceFor(crop(undefined, 1.9), [crop()])).toBe('desktop')
  expect(deviceFor(crop(undefined, 1), [crop()])).toBe('tablet')
  expect(deviceFor(crop(undefined, 0.8), [crop()])).toBe('phone')
})
