import type { ExportSettings } from '@hero-image/client/contract'
import { resolveOptions } from '@hero-image/core'
import { beforeEach, expect, test, vi } from 'vitest'
import { findSettingsErrors } from './options.ts'

vi.mock(import('@hero-image/core'), async (load) => {
  const core = await load()
  return { ...core, resolveOptions: vi.fn(core.resolveOptions) }
})
beforeEach(() => {
  vi.mocked(resolveOptions).mockClear()
})

const nameOf = (number: number): string => `upl_${String(number).padStart(32, '0')}`
const whole = { x: 0, y: 0, width: 1, height: 1 }

function settingsWith(count: number, isBad: (number: number) => boolean): ExportSettings {
  const numbers = Array.from({ length: count }, (_, number) => number)
  const photos = numbers.map((number) => [nameOf(number), { crops: { [isBad(number) ? 'nobody' : '16:9']: whole } }])
  return {
    crops: [
      { name: 'wide', ratio: '16:9', media: '(width > 600px)' },
      { name: 'tall', ratio: '9:16' },
    ],
    photos: Object.fromEntries(photos),
  }
}

test('photos at fault are named, however they lie', () => {
  const bad = new Set([3, 150, 199])
  const errors = findSettingsErrors(settingsWith(200, (number) => bad.has(number)))
  expect(errors.map(({ pointer }) => pointer)).toEqual([...bad].map((number) => `/settings/photos/${nameOf(number)}`))
  expect(errors[0]?.detail).toContain('nobody')
})

test('two hundred photos do not make two hundred looks at all settings, good or bad: nobody else is answered meanwhile', () => {
  for (const isBad of [() => false, () => true, (number: number) => number === 199]) {
    vi.mocked(resolveOptions).mockClear()
    findSettingsErrors(settingsWith(200, isBad))
    expect(vi.mocked(resolveOptions).mock.calls.length).toBeLessThan(40)
  }
})
