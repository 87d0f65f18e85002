/** Sidecars and the lock on disk: whole or not at all, and nothing lost when several write. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { saveSidecar, updateLock } from '../src/engine/save.ts'
import { resolveOptions } from '../src/options/resolve.ts'
import type { LockedPhoto } from '../src/source/lock.ts'
import { readSidecar } from '../src/source/sidecar.ts'

let project: Project

beforeEach(async () => {
  project = await createProject({ 'a.jpg': '' })
  onTestFinished(() => project.remove(''))
})

describe('a sidecar', () => {
  const photo = 'ab'.repeat(32)

  test('is written whole in place of the one before, and nothing else is left', async () => {
    await saveSidecar(project.at('a.jpg'), { alt: 'one', crops: { wide: { x: 0, y: 0, width: 1, height: 0.5 } } })
    const text = await saveSidecar(project.at('a.jpg'), { focus: { x: 0.123_456, y: 0.5 }, photo })
    expect(await readFile(project.at('a.jpg.hero.json'), 'utf8')).toBe(text)
    expect(await readSidecar(project.at('a.jpg'))).toEqual({ focus: { x: 0.1235, y: 0.5 }, photo })
    expect(await readdir(project.root)).toEqual(['a.jpg', 'a.jpg.hero.json'])
  })

  test('that decides nothing is removed, also when there is none', async () => {
    await saveSidecar(project.at('a.jpg'), { alt: 'one', photo })
    expect(await saveSidecar(project.at('a.jpg'), { photo })).toBe('')
    expect(await saveSidecar(project.at('a.jpg'), {})).toBe('')
    expect(existsSync(project.at('a.jpg.hero.json'))).toBe(false)
  })

  test('with a value that cannot be is refused, and the old one stays', async () => {
    await saveSidecar(project.at('a.jpg'), { alt: 'one' })
    await expect(saveSidecar(project.at('a.jpg'), { zoom: 0.1 })).rejects.toMatchObject({
      code: 'HERO_INVALID_SIDECAR',
    })
    expect(await readSidecar(project.at('a.jpg'))).toEqual({ alt: 'one' })
  })

  test('beside a photo in a folder that is not there names the file', async () => {
    await expect(saveSidecar(project.at('none/a.jpg'), { alt: 'one' })).rejects.toMatchObject({
      code: 'HERO_OUTPUT_UNWRITABLE',
      file: project.at('none/a.jpg.hero.json'),
    })
  })
})

describe('the lock', () => {
  const pinned: LockedPhoto = { photo: 'ab'.repeat(32), detector: 'none', engine: '1.0.0', crops: {} }
  const add = (path: string): Promise<unknown> =>
    updateLock(resolveOptions({}, project.root), (lock) => ({ ...lock, crops: { ...lock.crops, [path]: pinned } }))

  test('changed by many at once loses nothing', async () => {
    const paths = Array.from({ length: 20 }, (_, index) => `${index}.jpg`)
    await Promise.all(paths.map(add))
    const lock: { crops: object } = JSON.parse(await readFile(project.at('hero.lock.json'), 'utf8'))
    expect(Object.keys(lock.crops).sort()).toEqual(paths.sort())
    expect((await readdir(project.root)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('that nothing changed is not written', async () => {
    await updateLock(resolveOptions({}, project.root), (lock) => lock)
    expect(existsSync(project.at('hero.lock.json'))).toBe(false)
  })

  test('that cannot be read is not overwritten', async () => {
    await project.write('hero.lock.json', '{')
    await expect(add('a.jpg')).rejects.toMatchObject({ code: 'HERO_INVALID_LOCK', file: project.at('hero.lock.json') })
    expect(await readFile(project.at('hero.lock.json'), 'utf8')).toBe('{')
  })
})
