import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('so many of an account at once, whoever else is there; what has ended counts no more, also when it failed', async () => {
  const turns = createTurns(2)
  const ends: (() => void)[] = []
  const wait = () => new Promise<void>((resolve) => ends.push(resolve))
  const running = [turns.take('a', wait), turns.take('a', wait), turns.take('b', wait)]
  await expect(turns.take('a', wait)).rejects.toMatchObject({ code: 'too-many-requests' })
  for (const end of ends) end()
  await Promise.all(running)
  await expect(turns.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns.take('a', () => Promise.resolve(1))).toBe(1)
})
