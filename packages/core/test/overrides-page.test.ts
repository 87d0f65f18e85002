/** What docs/overrides.md shows is what the engine takes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createProject } from '../../unplugin/test/fixtures/project.ts'
import { loadConfig } from '../src/options/config-file.ts'
import { photoDecisions } from '../src/options/photo-decisions.ts'
import { resolveOptions } from '../src/options/resolve.ts'
import { parseQuery } from '../src/request/query.ts'
import { resolveRequest } from '../src/request/resolve.ts'
import { formatLock, parseLock } from '../src/source/lock.ts'
import { parseSidecar } from '../src/source/sidecar.ts'
import { formatSidecar } from '../src/source/sidecar-text.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/overrides.md'), 'utf8')

/** The code of the block that begins with this line. */
function block(opening: string): string {
  const [, code] = new RegExp(`^\`\`\`${opening}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page) ?? []
  if (code === undefined) throw new Error(`the page has a block ${opening}`)
  return code
}

test('the sidecar is one, written as the editor writes it', () => {
  const text = block('json sidecar')
  expect(formatSidecar(parseSidecar(text, 'hero.jpg.hero.json'))).toBe(text)
})

test('the lock is one, written as the command writes it', () => {
  const text = block('json lock')
  expect(formatLock(parseLock(text, 'hero.lock.json'))).toBe(text)
})

test('the config is one', async () => {
  // Below this package, so that the config finds it.
  const project = await createProject(
    { 'hero.config.ts': block('ts config') },
    join(import.meta.dirname, '../node_modules/.tmp'),
  )
  onTestFinished(() => project.remove(''))
  const config = await loadConfig(project.root)
  const options = resolveOptions(config?.options ?? {}, project.root)
  expect(photoDecisions(options, project.at('src/team/ada.jpg'))).toMatchObject({ zoom: 0.9, alt: 'One of us' })
  expect(options.presets.card?.crops[0]).toMatchObject({ text: 'bottom', zoom: 0.8 })
})

test.each([...page.matchAll(/`(\?[^`]+&hero)`/g)].map(([, query = '']) => query))(
  'the import %s says something',
  (query) => {
    const options = resolveOptions({}, '/project')
    expect(Object.keys(resolveRequest(options, parseQuery(query, ''), '/project/hero.jpg').query)).toHaveLength(1)
  },
)
