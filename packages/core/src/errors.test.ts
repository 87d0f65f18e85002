/** What hosts print of an error: file, what happened, what to do. */
import { expect, test } from 'vitest'
import { HeroError } from './errors.ts'

test('all that a user needs, and no lines of our own files', () => {
  const cause = new Error('underneath')
  const error = new HeroError('HERO_SOURCE_MISSING', 'There is no such photo.', { file: 'a.jpg', cause })
  const text =
    'HeroError: [HERO_SOURCE_MISSING] a.jpg: There is no such photo. Check the path; it is case-sensitive on most servers.'
  expect(error.stack).toBe(text)
  expect(`${error}`).toBe(text)
  expect(cause.stack).toContain('errors.test.ts')
})
