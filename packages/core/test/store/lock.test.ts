import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, test, vi } from 'vitest'
import { clearStore } from '../../src/store/clear.ts'
import { withLock } from '../../src/store/lock.ts'
import { tryLockFile } from '../../src/store/lock-file.ts'
import { createFolder } from './folder.ts'
import { asNobody, fixture, startScript } from './script.ts'

const isFree = (dir: string): boolean => {
  const [file = ''] = readdirSync(join(dir, 'v1/locks'))
  const lock = tryLockFile(join(dir, 'v1/locks', file))
  lock?.release()
  return lock !== undefined
}

describe('in one thread', () => {
  test('jobs of one name run one after the other, in the order they came', async () => {
    const dir = createFolder()
    const log: string[] = []
    const job = (name: string) => async (): Promise<string> => {
      log.push(`${name} in`)
      await sleep(3)
      log.push(`${name} out`)
      return name
    }
    const waits = vi.fn()
    const results = ['a', 'b', 'c'].map((name) => withLock(dir, 'photo', job(name), { onWait: waits }))
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c'])
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
    expect(waits).toHaveBeenCalledTimes(2)
  })

  test('jobs of other names and other folders do not wait', async () => {
    const [dir, other] = [createFolder(), createFolder()]
    let open = (): void => undefined
    const opened = new Promise<void>((done) => {
      open = done
    })
    const first = withLock(dir, 'one', () => opened)
    await withLock(dir, 'two', async () => undefined)
    await withLock(other, 'one', async () => undefined)
    open()
    await first
  })

  test('a job that fails frees the lock', async () => {
    const dir = createFolder()
    await expect(withLock(dir, 'photo', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(isFree(dir)).toBe(true)
    expect(await withLock(dir, 'photo', async () => 'next')).toBe('next')
  })

  test('whoever gives up waiting leaves the line and lets nobody overtake', async () => {
    const dir = createFolder()
    const log: string[] = []
    const stop = new AbortController()
    const first = withLock(dir, 'photo', async () => {
      await sleep(20)
      log.push('first')
    })
    const second = withLock(dir, 'photo', async () => log.push('second'), { signal: stop.signal })
    const third = withLock(dir, 'photo', async () => log.push('third'))
    stop.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
    expect(log).toEqual([])
    await Promise.all([first, third])
    expect(log).toEqual(['first', 'third'])
  })

  test('taking a lock inside a job of another is refused, after it is not', async () => {
    const dir = createFolder()
    const inside = withLock(dir, 'one', () => withLock(dir, 'two', async () => undefined))
    await expect(inside).rejects.toThrow('must not take another')
    let later: Promise<string> | undefined
    await withLock(dir, 'one', async () => {
      later = sleep(20).then(() => withLock(dir, 'two', async () => 'left running'))
    })
    expect(await later).toBe('left running')
  })

  test('the files stay few and empty, however many names there are', async () => {
    const dir = createFolder()
    await Promise.all(Array.from({ length: 600 }, (_, i) => withLock(dir, `photo ${i}`, async () => undefined)))
    const files = readdirSync(join(dir, 'v1/locks'))
    expect(files.length).toBeGreaterThan(200)
    expect(files.length).toBeLessThanOrEqual(256)
    expect(files.every((file) => statSync(join(dir, 'v1/locks', file)).size === 0)).toBe(true)
  })
})

describe('across processes', { timeout: 30_000 }, () => {
  test('a killed holder frees the lock; until then others wait without blocking their thread', async () => {
    const dir = createFolder()
    const holder = startScript(process.execPath, [fixture('hold-lock.ts'), dir, 'photo'])
    await holder.until('held')
    const onWait = vi.fn()
    const next = withLock(dir, 'photo', async () => 'mine', { onWait })
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    await sleep(250)
    clearInterval(timer)
    expect(onWait).toHaveBeenCalledTimes(1)
    expect(ticks).toBeGreaterThan(15)
    expect(isFree(dir)).toBe(false)
    const killedAt = performance.now()
    holder.child.kill('SIGKILL')
    expect(await next).toBe('mine')
    expect(readdirSync(join(dir, 'v1/locks'))).toHaveLength(1)
    expect(performance.now() - killedAt).toBeLessThan(2000)
    expect((await holder.ended).output).toBe('held\n')
  })

  test('an abort ends the waiting with its reason', async () => {
    const dir = createFolder()
    const holder = startScript(process.execPath, [fixture('hold-lock.ts'), dir, 'photo'])
    await holder.until('held')
    const job = vi.fn(async () => undefined)
    const signal = AbortSignal.timeout(60)
    await expect(withLock(dir, 'photo', job, { signal })).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(job).not.toHaveBeenCalled()
    holder.child.kill('SIGKILL')
    await holder.ended
  })

  test('processes and threads take turns, also while somebody clears the cache', async () => {
    const dir = createFolder()
    const processes = [1, 2].map(() => startScript(process.execPath, [fixture('take-turns.ts'), dir]))
    const threads = [1, 2].map(() => new Worker(fixture('take-turns.ts'), { workerData: { dir } }))
    const ends = Promise.all([
      ...processes.map(async ({ ended }) => (await ended).output),
      ...threads.map((thread) => new Promise((done) => thread.once('error', done).once('exit', () => done('')))),
    ])
    let running = true
    const clearing = (async () => {
      while (running) {
        await clearStore(dir)
        await sleep(3)
      }
    })()
    expect(await ends).toEqual(['', '', '', ''])
    running = false
    await clearing
  })
})

describe('across threads', { timeout: 30_000 }, () => {
  test('a terminated thread frees its lock', async () => {
    const dir = createFolder()
    const thread = new Worker(fixture('hold-in-thread.ts'), { workerData: { dir, name: 'photo' } })
    await once(thread, 'message')
    expect(isFree(dir)).toBe(false)
    await thread.terminate()
    expect(await withLock(dir, 'photo', async () => 'mine')).toBe('mine')
  })
})

describe('a folder that refuses', () => {
  test('a file in place of the lock folder is named in the error', async () => {
    const dir = createFolder()
    mkdirSync(join(dir, 'v1'))
    writeFileSync(join(dir, 'v1/locks'), '')
    await expect(withLock(dir, 'photo', async () => undefined)).rejects.toMatchObject({
      code: 'HERO_CACHE_UNWRITABLE',
      file: dir,
    })
  })

  test.skipIf(process.platform === 'win32')('a lock file that may only be read is no lock', async () => {
    const dir = createFolder()
    await withLock(dir, 'photo', async () => undefined)
    const [file = ''] = readdirSync(join(dir, 'v1/locks'))
    chmodSync(join(dir, 'v1/locks', file), 0o444)
    chmodSync(dir, 0o755)
    const { output } = await startScript(process.execPath, [fixture('lock-once.ts'), dir, 'photo'], asNobody).ended
    expect(output).toMatch(/HERO_CACHE_UNWRITABLE.*locked.*EACCES/)
  })
})
