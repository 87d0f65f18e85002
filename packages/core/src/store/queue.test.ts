import { setImmediate as tick } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createQueue, type QueueRunOptions } from './queue.ts'

/** A queue whose jobs end when they are told to, with a log of what started. */
function createBench(jobs: number, bytes: number) {
  const queue = createQueue({ jobs, bytes })
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const add = (name: string, options: QueueRunOptions = {}): Promise<string> =>
    queue.run(async () => {
      started.push(name)
      await new Promise<void>((done) => ends.set(name, done))
      return name
    }, options)
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.()
    await tick()
  }
  return { queue, started, add, end }
}

describe('order', () => {
  test('runs as many jobs at once as allowed, the rest in the order they came', async () => {
    const { queue, started, add, end } = createBench(2, 100)
    const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => add(name)))
    await tick()
    expect(started).toEqual(['a', 'b'])
    expect(queue.size).toEqual({ waiting: 2, running: 2 })
    await end('b')
    expect(started).toEqual(['a', 'b', 'c'])
    for (const name of ['a', 'c', 'd']) await end(name)
    expect(await all).toEqual(['a', 'b', 'c', 'd'])
    expect(queue.size).toEqual({ waiting: 0, running: 0 })
  })

  test('prefers high priority, and age within a priority', async () => {
    const { started, add, end } = createBench(1, 100)
    void add('running')
    void add('later', { priority: -1 })
    void add('first')
    void add('urgent', { priority: 5 })
    void add('second')
    void add('urgent too', { priority: 5 })
    await tick()
    for (const name of ['running', 'urgent', 'urgent too', 'first', 'second', 'later']) await end(name)
    expect(started).toEqual(['running', 'urgent', 'urgent too', 'first', 'second', 'later'])
  })

  test('a failing job makes room for the next and reaches only its own caller', async () => {
    const queue = createQueue({ jobs: 1, bytes: 100 })
    const failing = queue.run(() => Promise.reject(new Error('broken')), { bytes: 100 })
    const next = queue.run(async () => 'fine', { bytes: 100 })
    await expect(failing).rejects.toThrow('broken')
    expect(await next).toBe('fine')
    expect(queue.size).toEqual({ waiting: 0, running: 0 })
  })

  test('a queue without room for any job is refused', () => {
    expect(() => createQueue({ jobs: 0, bytes: 100 })).toThrow(RangeError)
    expect(() => createQueue({ jobs: Number.NaN, bytes: 100 })).toThrow(RangeError)
  })
})

describe('memory', () => {
  test('running jobs stay within the budget together', async () => {
    const { started, add, end } = createBench(10, 100)
    void add('a', { bytes: 60 })
    void add('b', { bytes: 40 })
    void add('c', { bytes: 1 })
    await tick()
    expect(started).toEqual(['a', 'b'])
    await end('b')
    expect(started).toEqual(['a', 'b', 'c'])
  })

  test('a job larger than the budget runs, alone', async () => {
    const { queue, started, add, end } = createBench(10, 100)
    void add('small', { bytes: 10 })
    void add('huge', { bytes: 1000 })
    void add('after', { bytes: 0 })
    await tick()
    expect(started).toEqual(['small'])
    await end('small')
    expect(started).toEqual(['small', 'huge'])
    expect(queue.size).toEqual({ waiting: 1, running: 1 })
    await end('huge')
    expect(started).toEqual(['small', 'huge', 'after'])
  })

  test('a stream of small jobs does not starve a large one', async () => {
    const { started, add, end } = createBench(2, 100)
    void add('s1', { bytes: 50 })
    void add('s2', { bytes: 50 })
    void add('large', { bytes: 100 })
    void add('s3', { bytes: 50 })
    await tick()
    await end('s1')
    expect(started).toEqual(['s1', 's2'])
    await end('s2')
    expect(started).toEqual(['s1', 's2', 'large'])
  })
})

describe('cancelling', () => {
  test('a waiting job rejects with the reason of its signal and never starts', async () => {
    const { queue, started, add, end } = createBench(1, 100)
    const stop = new AbortController()
    void add('running')
    const cancelled = add('cancelled', { signal: stop.signal })
    stop.abort(new Error('not used'))
    await expect(cancelled).rejects.toThrow('not used')
    expect(queue.size).toEqual({ waiting: 0, running: 1 })
    await end('running')
    expect(started).toEqual(['running'])
  })

  test('cancelling the large job in front lets the small ones behind it go', async () => {
    const { started, add } = createBench(2, 100)
    const stop = new AbortController()
    void add('running', { bytes: 50 })
    const large = add('large', { bytes: 100, signal: stop.signal })
    void add('small', { bytes: 50 })
    stop.abort(new Error('stop'))
    await expect(large).rejects.toThrow('stop')
    await tick()
    expect(started).toEqual(['running', 'small'])
  })

  test('a job whose signal is already aborted is not queued', async () => {
    const { queue, started, add } = createBench(1, 100)
    await expect(add('late', { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
    expect(queue.size).toEqual({ waiting: 0, running: 0 })
    expect(started).toEqual([])
  })

  test('a running job is handed the signal and decides itself', async () => {
    const queue = createQueue({ jobs: 1, bytes: 100 })
    const stop = new AbortController()
    const result = queue.run(
      async (signal) => {
        await tick()
        stop.abort()
        return signal?.aborted
      },
      { signal: stop.signal },
    )
    expect(await result).toBe(true)
  })

  test('hundreds of jobs may share one signal without a warning', async () => {
    const warnings: string[] = []
    const note = (warning: Error): number => warnings.push(warning.name)
    process.on('warning', note)
    const { queue, add } = createBench(1, 100)
    const stop = new AbortController()
    const all = Array.from({ length: 300 }, (_, i) => add(`job ${i}`, { signal: stop.signal }))
    await tick()
    stop.abort(new Error('stop'))
    const results = await Promise.allSettled(all.slice(1))
    await tick()
    process.off('warning', note)
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(queue.size).toEqual({ waiting: 0, running: 1 })
    expect(warnings).toEqual([])
  })
})
