/** Development: few files at once, and every edit of a photo or its sidecar shows under new URLs. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { HeroAsset } from '@hero-image/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlsOf } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { asAsset, shownIn } from './fixtures/gallery.ts'
import { createNextProject } from './fixtures/next-project.ts'
import { type Server, startNext } from './fixtures/server.ts'

const page = `import hero from '../hero.jpg?hero'
import { Client } from './client.jsx'
export const dynamic = 'force-dynamic'
export default function Page() {
  return <main>
    <script type="application/json" data-name="server" dangerouslySetInnerHTML={{ __html: JSON.stringify(hero) }} />
    <script type="application/json" data-name="server-text" dangerouslySetInnerHTML={{ __html: JSON.stringify(String(hero)) }} />
    <Client passed={hero} />
  </main>
}
`

const client = `'use client'
import hero from '../hero.jpg?hero'
export function Client({ passed }) {
  return <>
    <script type="application/json" data-name="client" dangerouslySetInnerHTML={{ __html: JSON.stringify(hero) }} />
    <script type="application/json" data-name="passed" dangerouslySetInnerHTML={{ __html: JSON.stringify(passed) }} />
    <img src={hero} alt="" data-name="client-image" />
  </>
}
`

const focusAt = (x: number): string => JSON.stringify({ focus: { x, y: 0.5 } })

describe.each(['turbopack', 'webpack'] as const)('%s', (bundler) => {
  let project: Project
  let server: Server

  beforeAll(async () => {
    project = await createNextProject({
      'hero.jpg': await drawPhoto(),
      'app/page.jsx': page,
      'app/client.jsx': client,
    })
    server = await startNext(project.root, ['dev', `--${bundler}`])
  }, 120_000)
  afterAll(async () => {
    await server?.stop()
    await project?.remove('')
  })

  /** What server, client and props show; they have to agree. */
  async function look(): Promise<HeroAsset> {
    const response = await fetch(server.origin)
    const shown = shownIn(await response.text())
    const asset = asAsset(shown.get('server'))
    if (JSON.stringify(shown.get('client')) === JSON.stringify(asset)) expect(shown.get('passed')).toEqual(asset)
    else if (response.ok) return look()
    return asset
  }

  /** Looks until the picture is another one. */
  async function lookAfter(edit: () => Promise<void>, before: HeroAsset): Promise<HeroAsset> {
    await edit()
    for (;;) {
      const asset = await look()
      if (asset.src !== before.src) return asset
      await sleep(200)
    }
  }

  test('plans one quick format and at most two widths per crop, and serves them', async () => {
    const asset = await look()
    expect(asset.sources.map(({ crop, type }) => `${crop} ${type}`)).toEqual(['wide image/webp', 'tall image/webp'])
    for (const url of urlsOf(asset)) {
      const response = await fetch(server.origin + url)
      expect(response.headers.get('content-type')).toBe('image/webp')
      expect((await sharp(await response.arrayBuffer()).metadata()).format).toBe('webp')
    }
  })

  test('shows edits of the sidecar, from its first day to its last, and of the photo', async () => {
    const first = await look()
    const created = await lookAfter(() => project.write('hero.jpg.hero.json', focusAt(0)), first)
    const edited = await lookAfter(() => project.write('hero.jpg.hero.json', focusAt(0.5)), created)
    const deleted = await lookAfter(() => project.remove('hero.jpg.hero.json'), edited)
    expect(deleted).toEqual(first)
    const other = await lookAfter(async () => project.write('hero.jpg', await drawPhoto(200)), deleted)
    expect(new Set([first, created, edited, other].map(({ src }) => src)).size).toBe(4)
  }, 120_000)

  test('keeps URLs when something else is edited', async () => {
    const before = await look()
    await project.write('app/page.jsx', page.replace('<main>', '<main>edited'))
    for (let html = ''; !html.includes('edited'); ) html = await (await fetch(server.origin)).text()
    expect(await look()).toEqual(before)
  })

  test('an asset in text is the URL of its fallback', async () => {
    const html = await (await fetch(server.origin)).text()
    const { src } = await look()
    expect(shownIn(html).get('server-text')).toBe(src)
    expect(html).toContain(`<img src="${src}" alt="" data-name="client-image"/>`)
  })

  test('React has nothing to say about what crosses from server to client', () => {
    expect(server.said()).not.toMatch(/Only plain objects|error/i)
  })
})
