/** Vue's server renderer leaves out attributes that are no text: a hero in a template has to be its fallback's URL there too. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build, mergeConfig } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { heroPlugin, projectConfig } from './fixtures/build-project.ts'

const app = `<script setup lang="ts">
import { defineComponent, h } from 'vue'
import Root from './Root.vue'
const Kind = defineComponent({ props: ['src'], setup: (props) => () => h('i', typeof props.src) })
const Slot = defineComponent({ setup: (_, { slots }) => () => h('b', slots.default?.()) })
const more: object = { id: 'more' }
</script>
<template>
  <main>
    <img src="./hero.jpg?hero" alt="plain">
    <img v-bind="more" src="./hero.jpg?hero" alt="bound">
    <img srcset="./hero.jpg?hero 2x" alt="set">
    <Slot><img src="./hero.jpg?hero" alt="slot"></Slot>
    <Root />
    <Kind src="./hero.jpg?hero" />
  </main>
</template>
`

const entry = `import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import App from './App.vue'
export const render = () => renderToString(createSSRApp(App))
`

let project: Project

beforeAll(async () => {
  project = await createProject(
    {
      'package.json': '{ "type": "module" }',
      'hero.jpg': await drawPhoto(),
      'App.vue': app,
      'Root.vue': '<template><img src="./hero.jpg?hero" alt="root"></template>',
      'entry.js': entry,
    },
    // Inside the example, so that Vue is found.
    join(import.meta.dirname, '../../../examples/vite-vue/node_modules'),
  )
})
afterAll(() => project.remove(''))

test('a build for the server renders the URL of the fallback', async () => {
  const assetUrls = { tags: { img: ['src'], Kind: ['src'] } }
  const plugins = [vue({ template: { transformAssetUrls: assetUrls } }), heroPlugin(project)]
  await build(mergeConfig(projectConfig(project), { plugins, build: { ssr: 'entry.js', outDir: 'server' } }))
  const { render }: { render(): Promise<string> } = await import(pathToFileURL(project.at('server/entry.js')).href)
  const html = await render()
  const images = [...html.matchAll(/<img[^>]*>/g)].map(([image]) => image)
  expect(images.map((image) => /alt="(\w+)"/.exec(image)?.[1])).toEqual(['plain', 'bound', 'set', 'slot', 'root'])
  const url = /^\/assets\/hero-40x50\.[0-9a-f]{12}\.jpg$/
  for (const image of images) expect(/ src(?:set)?="(.*?)(?: 2x)?"/.exec(image)?.[1], html).toMatch(url)
  expect(html, 'a component gets the asset').toContain('<i>object</i>')
})
