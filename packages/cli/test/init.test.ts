import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject, run } from './fixtures/command.ts'
import { makePhoto } from './fixtures/photo.ts'

const viteConfig = `import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// https://vite.dev/config/
export default defineConfig({
  plugins: [
    react(), // fast refresh
  ],
});
`

const tsconfig = `{
  "compilerOptions": {
    // what a page has
    "types": ["vite/client"],
  },
  "include": ["src"],
}
`

const vite = { 'package.json': '{ "type": "module", "devDependencies": { "vite": "^8.0.0" } }' }

test('sets up a Vite project, says so, and does nothing the second time', async () => {
  const root = makeProject({ ...vite, 'vite.config.ts': viteConfig, 'tsconfig.json': tsconfig, 'pnpm-lock.yaml': '' })
  const read = (name: string): string => readFileSync(join(root, name), 'utf8')
  const { code, out } = await run(root, ['init'])
  expect(code).toBe(0)
  expect(out).toMatch(/created +hero\.config\.ts/)
  expect(out).toMatch(/changed +vite\.config\.ts/)
  expect(out).toMatch(/changed +tsconfig\.json/)
  expect(out).toContain('pnpm add -D @hero-image/vite')
  expect(read('vite.config.ts')).toBe(
    viteConfig
      .replace('import react', 'import { heroImage } from "@hero-image/vite";\nimport react')
      .replace('plugins: [', 'plugins: [\n    heroImage(),'),
  )
  expect(read('tsconfig.json')).toBe(tsconfig.replace('"vite/client"', '"vite/client", "@hero-image/vite/client"'))
  expect(read('hero.config.ts')).toContain("dts: 'src/hero-env.d.ts'")
  const before = ['vite.config.ts', 'tsconfig.json', 'hero.config.ts'].map(read)
  const again = await run(root, ['init', '--json'])
  const actions = JSON.parse(again.out).changes.map(({ action }: { action: string }) => action)
  expect(actions).toEqual(['keep', 'keep', 'keep', 'manual'])
  expect(['vite.config.ts', 'tsconfig.json', 'hero.config.ts'].map(read)).toEqual(before)
})

test('the config it writes works', async () => {
  const root = makeProject({ ...vite, 'a.jpg': await makePhoto() })
  expect((await run(root, ['init', '--yes'])).code).toBe(0)
  const { code, out } = await run(root, ['inspect', 'a.jpg', '--preset', 'card', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ config: join(root, 'hero.config.ts'), preset: 'card' })
})

test('--dry-run changes nothing', async () => {
  const root = makeProject({ ...vite, 'vite.config.ts': viteConfig })
  const { code, out } = await run(root, ['init', '--dry-run'])
  expect(code).toBe(0)
  expect(out).toMatch(/to create +hero\.config\.ts/)
  expect(readdirSync(root).sort()).toEqual(['package.json', 'vite.config.ts'])
  expect(readFileSync(join(root, 'vite.config.ts'), 'utf8')).toBe(viteConfig)
})

test('what is not simple is left alone and told', async () => {
  const config = 'export default () => ({ plugins: [] })\n'
  const files = { 'vite.config.js': config, 'tsconfig.json': '{}', 'hero.config.mjs': 'export default {}' }
  const root = makeProject({ ...vite, ...files })
  const { code, out } = await run(root, ['init', '--yes'])
  expect(code).toBe(0)
  expect(out).toMatch(/kept +hero\.config\.mjs/)
  expect(out).toMatch(/to do +vite\.config\.js +import \{ heroImage \}/)
  expect(out).toContain('/// <reference types="@hero-image/vite/client" />')
  for (const [name, text] of Object.entries(files)) expect(readFileSync(join(root, name), 'utf8')).toBe(text)
})

test('a Vite project without a config gets one', async () => {
  const root = makeProject(vite)
  await run(root, ['init', '--yes'])
  expect(readFileSync(join(root, 'vite.config.mjs'), 'utf8')).toContain('plugins: [heroImage()]')
})

test('other hosts are told what to do by hand', async () => {
  const root = makeProject({ 'package.json': '{ "dependencies": { "next": "16", "rollup": "4" } }' })
  const { out } = await run(root, ['init', '--yes'])
  expect(out).toMatch(/to do +next +has no plugin in this version/)
  expect(out).toContain('@hero-image/unplugin/rollup')
  expect(readFileSync(join(root, 'hero.config.ts'), 'utf8')).not.toContain('@hero-image')
})

test('a folder without package.json is no project', async () => {
  const root = makeProject({ 'sub/x': '' })
  const { code, err } = await run(join(root, 'sub'), ['init', '--yes'])
  expect(code).toBe(2)
  expect(err).toContain('no package.json')
  expect(existsSync(join(root, 'sub', 'hero.config.ts'))).toBe(false)
})
