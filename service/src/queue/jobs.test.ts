import { expect, test } from 'vitest'
import { readSettings } from '../settings/read.ts'
import { jobRules } from './jobs.ts'

test('no call to a provider outlasts the job that makes it: a job that expires would pay for another one', () => {
  const { expireInSeconds = 0 } = jobRules.generation.queue
  const read = (seconds: number) => readSettings({ HERO_PROVIDER_SECONDS: String(seconds) }).HERO_PROVIDER_SECONDS
  expect(() => read(expireInSeconds)).toThrow('HERO_PROVIDER_SECONDS')
  expect(read(600)).toBe(600)
})
