import { expect, test } from 'vitest'
import { photoDecisions } from './photo-decisions.ts'
import { resolveOptions } from './resolve.ts'
import type { HeroOptions } from './user.ts'

const root = '/project'
const decide = (file: string, photos: HeroOptions['photos']) =>
  photoDecisions(resolveOptions(photos === undefined ? {} : { photos }, root), file)

const left = { focus: { x: 0.2, y: 0.5 } }

test.each([
  ['src/team/ada.jpg', 'src/team/*.jpg', true],
  ['src/team/old/ada.jpg', 'src/team/*.jpg', false],
  ['src/team/old/ada.jpg', 'src/**/*.jpg', true],
  ['src/team/ada.jpg', './src/team/*.{jpg,png}', true],
  ['.photos/ada.jpg', '**/ada.jpg', true],
  ['ada.jpg', 'ada.jpg', true],
  ['../shared/ada.jpg', '../shared/*', true],
])('%s and %s: %s', (file, pattern, matches) => {
  expect(decide(`${root}/${file}`, { [pattern]: left })).toEqual(matches ? left : {})
})

test('a later pattern wins, decision by decision', () => {
  const photos = { '**/*.jpg': { ...left, alt: 'A photo' }, 'team/*.jpg': { focus: { x: 0.5, y: 0.3 }, zoom: 0.8 } }
  expect(decide(`${root}/team/ada.jpg`, photos)).toEqual({ focus: { x: 0.5, y: 0.3 }, zoom: 0.8, alt: 'A photo' })
  expect(decide(`${root}/other.jpg`, photos)).toEqual({ ...left, alt: 'A photo' })
})

test('nothing said is nothing decided', () => {
  expect(decide(`${root}/ada.jpg`, undefined)).toEqual({})
})
