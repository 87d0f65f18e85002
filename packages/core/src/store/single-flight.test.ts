import { expect, test } from 'vitest'
import { createSingleFlight } from './single-flight.ts'

test('callers of one key share the job that runs; other keys run their own', async () => {
  const flight = createSingleFlight<string>()
  let jobs = 0
  const job = async (): Promise<string> => `job ${++jobs}`
  expect(await Promise.all([flight('a', job), flight('a', job), flight('b', job)])).toEqual(['job 1', 'job 1', 'job 2'])
  expect(await flight('a', job)).toBe('job 3')
})

test.each([
  ['later', (): Promise<string> => Promise.reject(new Error('broken'))],
  [
    'at once',
    (): Promise<string> => {
      throw new Error('broken')
    },
  ],
])('a job that fails %s reaches everyone who joined and is forgotten', async (_when, failing) => {
  const flight = createSingleFlight<string>()
  const results = await Promise.allSettled([flight('a', failing), flight('a', failing)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await flight('a', async () => 'fine')).toBe('fine')
})
