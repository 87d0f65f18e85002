/** Projects as people have them: aliases, workspaces, odd names, and settings that fight us. */
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Loader, Plugin } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import heroImage from '../../src/esbuild.ts'
import { drawPhoto } from '../fixtures/photos.ts'
import { createProject, type Project } from '../fixtures/project.ts'
import { createReference, type Reference } from '../fixtures/reference.ts'
import { buildProject, expectHashed, optionsFor } from './fixtures/build.ts'

const names = [
  'my photo.jpg',
  'a#b.jpg',
  '100%.jpg',
  '50%25.jpg',
  'a?b.jpg',
  'Été (1).jpg',
  '写真.jpg',
  "it's.jpg",
  '.hidden.jpg',
]

let project: Project
let reference: Reference

beforeAll(async () => {
  const photo = await drawPhoto(0)
  project = await createProject({
    'src/a.jpg': photo,
    'shared/photos/package.json': '{ "name": "@team/photos", "exports": { "./*": "./files/*" } }',
    'shared/photos/files/b.jpg': photo,
    'tsconfig.json': '{ "compilerOptions": { "paths": { "#photos/*": ["./src/*"] } } }',
    ...Object.fromEntries(names.map((name) => [join('odd', name), photo])),
  })
  await project.write('node_modules/@team/.keep', '')
  await symlink(project.at('shared/photos'), project.at('node_modules/@team/photos'), 'dir')
  await symlink(project.at('src/a.jpg'), project.at('src/link.jpg'))
  reference = createReference(project.root)
})

afterEach(() => project.remove('out'))

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

/** Checks that a specifier in `src/entry.js` gives the files of a photo. */
async function expectPicture(
  specifier: string,
  photo: string,
  options: Parameters<typeof buildProject>[1] = {},
): Promise<void> {
  await project.write('src/entry.js', `import hero from ${JSON.stringify(specifier)}\nglobalThis.shown = hero\n`)
  await buildProject(project, { entryPoints: ['src/entry.js'], ...options })
  await expectHashed(await project.files('out'), await reference.filesOf({ file: project.at(photo), query: 'hero' }))
}

test('an alias', () => expectPicture('photos/a.jpg?hero', 'src/a.jpg', { alias: { photos: project.at('src') } }))

test('paths of tsconfig.json', () => expectPicture('#photos/a.jpg?hero', 'src/a.jpg'))

test('a package of the workspace, behind a symlink and its exports', () =>
  expectPicture('@team/photos/b.jpg?hero', 'shared/photos/files/b.jpg'))

test('a symlink to a photo', () => expectPicture('./link.jpg?hero', 'src/link.jpg'))

test('an absolute path', () => expectPicture(`${project.at('src/a.jpg')}?hero`, 'src/a.jpg'))

test('an alias of another plugin', () => {
  const aliases: Plugin = {
    name: 'aliases',
    setup: (build) => build.onResolve({ filter: /^~\// }, ({ path }) => ({ path: project.at(path.slice(2)) })),
  }
  const plugins = [heroImage(optionsFor(project)), aliases]
  return expectPicture('~/src/a.jpg?hero', 'src/a.jpg', { plugins })
})

test('what the build leaves out is left out', async () => {
  await project.write('src/entry.js', "import hero from 'photos/a.jpg?hero'\nglobalThis.shown = hero\n")
  await buildProject(project, { entryPoints: ['src/entry.js'], external: ['photos/*'] })
  expect(`${(await project.files('out')).get('entry.js')}`).toContain('from "photos/a.jpg?hero"')
})

test.each(names)('a photo called %s', (name) => expectPicture(`../odd/${name}?hero`, join('odd', name)))

test('a photo whose name is written in another form of Unicode', () =>
  expectPicture(`../odd/${'Été (1).jpg'.normalize('NFD')}?hero`, join('odd', 'Été (1).jpg')))

test.each(['file', 'dataurl', 'copy', 'binary', 'empty'] satisfies Loader[])(
  'the loader %s for images is for other images',
  (loader) =>
    expectPicture('./a.jpg?hero', 'src/a.jpg', { loader: { '.jpg': loader, '.avif': loader, '.webp': loader } }),
)

test('plugins for images, wherever they stand', async () => {
  const images: Plugin = {
    name: 'images',
    setup(build) {
      build.onResolve({ filter: /\.(?:jpe?g|webp|avif)$/ }, ({ path }) => ({ path, namespace: 'stolen' }))
      build.onLoad({ filter: /.*/, namespace: 'stolen' }, () => ({ contents: 'stolen', loader: 'text' }))
      build.onLoad({ filter: /\.(?:jpe?g|webp|avif)$/, namespace: 'file' }, () => ({ contents: '', loader: 'empty' }))
    },
  }
  const hero = heroImage(optionsFor(project))
  await expectPicture('./a.jpg?hero', 'src/a.jpg', { plugins: [hero, images] })
  await project.remove('out')
  await expectPicture('./a.jpg?hero', 'src/a.jpg', { plugins: [images, hero] })
})

test('`packages: external` concerns packages', () =>
  expectPicture('./a.jpg?hero', 'src/a.jpg', { packages: 'external', platform: 'node' }))
