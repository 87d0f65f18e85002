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
  expect(out).toContain('pnpm add -D @hero-image/vite @hero-image/core')
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

test.each([
  {
    host: 'rollup',
    says: "'@hero-image/unplugin/rollup'",
    install: 'install -D @hero-image/unplugin @hero-image/core',
  },
  { host: 'rolldown', says: "'@hero-image/unplugin/rolldown'", install: 'install -D @hero-image/unplugin' },
  { host: 'esbuild', says: "'@hero-image/unplugin/esbuild'", install: 'install -D @hero-image/unplugin' },
  { host: 'webpack', says: 'HeroImageWebpackPlugin', install: 'install -D @hero-image/webpack @hero-image/core' },
  { host: '@rspack/core', says: 'HeroImageRspackPlugin', install: 'install -D @hero-image/webpack @hero-image/core' },
  { host: 'next', says: 'withHeroImage(nextConfig)', install: 'install @hero-image/next @hero-image/core' },
  { host: 'astro', says: 'integrations', install: 'install @hero-image/astro' },
])('$host is told what to do by hand', async ({ host, says, install }) => {
  const manifest = JSON.stringify({ dependencies: { [host]: '*' } })
  const root = makeProject({ 'package.json': manifest, 'tsconfig.json': '{}' })
  const { out } = await run(root, ['init', '--yes'])
  expect(out).toContain(says)
  expect(out).toContain(`run: npm ${install}`)
  expect(out.includes('/client" to compilerOptions.types')).toBe(host !== 'astro')
  expect(readFileSync(join(root, 'hero.config.ts'), 'utf8')).not.toContain('@hero-image')
})

test('a folder without package.json is no project', async () => {
  const root = makeProject({ 'sub/x': '' })
  const { code, err } = await run(join(root, 'sub'), ['init', '--yes'])
  expect(code).toBe(2)
  expect(err).toContain('no package.json')
  expect(existsSync(join(root, 'sub', 'hero.config.ts'))).toBe(false)
})
