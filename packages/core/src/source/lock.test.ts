import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isHeroError } from '../errors.ts'
import { createLockReader, emptyLock, formatLock, type HeroLock, lockPath, parseLock, readLock } from './lock.ts'

const file = '/project/hero.lock.json'
const photo = 'ab'.repeat(32)
const crop = { x: 0, y: 0.1, width: 1, height: 0.5, by: 'faces', kept: 1 }
const lock: HeroLock = {
  version: 1,
  crops: {
    'src/b.jpg': { photo, detector: 'none', engine: '1.0.0', crops: { '4:5': crop } },
    'src/a.jpg': {
      photo,
      detector: 'none',
      engine: '1.0.0',
      crops: { '4:5 focus=0.3,0.6': crop, '2:1': { ...crop, x: 1 / 3 } },
    },
  },
}

describe('the text', () => {
  test('is sorted, with a line for each crop', () => {
    expect(formatLock(lock)).toBe(`{
  "version": 1,
  "crops": {
    "src/a.jpg": {
      "photo": "${photo}",
      "detector": "none",
      "engine": "1.0.0",
      "crops": {
        "2:1": { "x": 0.333333, "y": 0.1, "width": 1, "height": 0.5, "by": "faces", "kept": 1 },
        "4:5 focus=0.3,0.6": { "x": 0, "y": 0.1, "width": 1, "height": 0.5, "by": "faces", "kept": 1 }
      }
    },
    "src/b.jpg": {
      "photo": "${photo}",
      "detector": "none",
      "engine": "1.0.0",
      "crops": {
        "4:5": { "x": 0, "y": 0.1, "width": 1, "height": 0.5, "by": "faces", "kept": 1 }
      }
    }
  }
}
`)
  })

  test('read and written again is the same, sections of later features included', () => {
    const later = { ...lock, extensions: { 'src/a.jpg': [{ request: 'x', cost: 1 }] } }
    const text = formatLock(later)
    expect(formatLock(parseLock(text, file))).toBe(text)
    expect(parseLock(text, file)).toMatchObject({ extensions: later.extensions })
    expect(parseLock(formatLock(emptyLock), file)).toEqual(emptyLock)
  })
})

describe('a lock that cannot be used names its path and says what to do', () => {
  test.each([
    ['', 'not valid JSON', 'hero-image crops lock'],
    ['<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other', 'Two versions', 'git checkout --ours'],
    ['{"version":2,"crops":{}}', 'later version', 'hero-image crops lock'],
    ['{"version":1,"crops":{"a.jpg":{"photo":"x"}}}', 'crops.a.jpg.photo', 'version control'],
    [
      `{"version":1,"crops":{"a.jpg":{"photo":"${photo}","detector":"","engine":"","crops":{},"corps":{}}}}`,
      'crops.a.jpg',
      "'crops'",
    ],
  ])('%s', (text, reason, hint) => {
    try {
      parseLock(text, file)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'HERO_INVALID_LOCK', file })
      expect(isHeroError(error) && error.reason).toContain(reason)
      expect(isHeroError(error) && error.hint).toContain(hint)
    }
  })
})

describe('reading', () => {
  const createFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'hero-lock-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  }

  test('none pins nothing', async () => {
    expect(await readLock(createFolder())).toEqual(emptyLock)
  })

  test('follows the file, and spares reading it while it stays', async () => {
    const root = createFolder()
    const read = createLockReader(root)
    expect(await read()).toEqual(emptyLock)
    writeFileSync(lockPath(root), formatLock(lock))
    const first = await read()
    expect(Object.keys(first.crops)).toEqual(['src/a.jpg', 'src/b.jpg'])
    expect(await read()).toBe(first)
    writeFileSync(lockPath(root), formatLock(emptyLock))
    utimesSync(lockPath(root), 1, 1)
    expect(await read()).toEqual(emptyLock)
  })
})
