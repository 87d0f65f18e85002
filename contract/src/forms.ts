/** The forms in which a project can ask for a picture, each with photos of its own, so that a file in the output tells who asked for it. */
import type { CaseOf } from './case-names.ts'

/** A photo and what is asked of it. */
export interface Wish {
  /** File name; the reference has all photos in one folder. */
  readonly photo: string
  readonly query: string
}

/** One form. */
export interface Form {
  /** What it brings into the output. */
  readonly wishes: readonly Wish[]
  /** Statements at the top of `src/shown.js`. */
  readonly statement?: string
  /** Expression for what the page shows: an asset, several, or nothing. May await. */
  readonly shows?: string
  /** Further files of the project by path; photos of wishes lie in `photos` when no path here ends with their name. */
  readonly files?: Readonly<Record<string, string>>
  /** Paths of photos that do not lie in `photos`. */
  readonly photoPaths?: Readonly<Record<string, string>>
  /** Symbolic links by path; targets are relative to the project. */
  readonly links?: Readonly<Record<string, string>>
}

/** Name of a form; it is the name of its case. */
export type FormName = Extract<
  CaseOf<'build'>,
  | 'import'
  | 'overrides in the import'
  | 'dynamic import'
  | 'dynamic import of a variable'
  | 'import.meta.glob'
  | 'require'
  | 'CSS url()'
  | 'template string'
  | 'SVG'
  | 'unused import ships nothing'
  | 'path alias'
  | 'symlinked workspace'
  | 'pnpm-like layout'
>

const card = (photo: string): Wish => ({ photo, query: 'hero=card' })

/** All forms. */
export const forms: Readonly<Record<FormName, Form>> = {
  import: {
    wishes: [{ photo: 'import.jpg', query: 'hero' }],
    statement: "import imported from '../photos/import.jpg?hero'",
    shows: 'imported',
  },
  'overrides in the import': {
    wishes: [{ photo: 'overrides.jpg', query: 'ratio=3:2&focus=.1,.9&hero=card' }],
    statement: "import overridden from '../photos/overrides.jpg?ratio=3:2&focus=.1,.9&hero=card'",
    shows: 'overridden',
  },
  'dynamic import': {
    wishes: [card('dynamic.jpg')],
    shows: "(await import('../photos/dynamic.jpg?hero=card')).default",
  },
  'dynamic import of a variable': {
    wishes: [card('variable-a.jpg'), card('variable-b.jpg')],
    shows:
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of a project
      "await Promise.all(['a', 'b'].map(async (name) => (await import(`../photos/variable-${name}.jpg?hero=card`)).default))",
  },
  'import.meta.glob': {
    wishes: [card('glob-a.jpg'), card('glob-b.jpg')],
    shows:
      "Object.values(import.meta.glob('../photos/glob-*.jpg', { eager: true, import: 'default', query: '?hero=card' }))",
  },
  require: {
    wishes: [card('required.jpg')],
    statement: "import required from './required.cjs'",
    shows: 'required',
    files: { 'src/required.cjs': "module.exports = require('../photos/required.jpg?hero=card').default\n" },
  },
  'CSS url()': {
    wishes: [{ photo: 'background.jpg', query: 'hero' }],
    statement: "import './look.css'",
    files: { 'src/look.css': '.a { background: url(../photos/background.jpg?hero) center / cover }\n' },
  },
  'template string': {
    wishes: [{ photo: 'import.jpg', query: 'hero' }],
    statement: "import written from '../photos/import.jpg?hero'",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of a project
    shows: '({ ...written, src: `${written}` })',
  },
  SVG: {
    wishes: [{ photo: 'drawing.svg', query: 'hero=card' }],
    statement: "import drawing from '../photos/drawing.svg?hero=card'",
    shows: 'drawing',
  },
  'unused import ships nothing': {
    wishes: [],
    statement: "import unused from '../photos/unused.jpg?hero=card'",
    photoPaths: { 'unused.jpg': 'photos/unused.jpg' },
  },
  'path alias': {
    wishes: [card('alias.jpg')],
    statement: "import aliased from '@photos/alias.jpg?hero=card'",
    shows: 'aliased',
  },
  'symlinked workspace': {
    wishes: [card('team.jpg')],
    statement: "import shared from '@team/pictures/team.jpg?hero=card'",
    shows: 'shared',
    files: { 'workspaces/pictures/package.json': '{"name":"@team/pictures","version":"1.0.0"}\n' },
    photoPaths: { 'team.jpg': 'workspaces/pictures/team.jpg' },
    links: { 'node_modules/@team/pictures': 'workspaces/pictures' },
  },
  'pnpm-like layout': {
    wishes: [card('packaged.jpg')],
    statement: "import packaged from 'pictures/packaged.jpg?hero=card'",
    shows: 'packaged',
    files: {
      'node_modules/.pnpm/pictures@1.0.0/node_modules/pictures/package.json': '{"name":"pictures","version":"1.0.0"}\n',
    },
    photoPaths: { 'packaged.jpg': 'node_modules/.pnpm/pictures@1.0.0/node_modules/pictures/packaged.jpg' },
    links: { 'node_modules/pictures': 'node_modules/.pnpm/pictures@1.0.0/node_modules/pictures' },
  },
}

/** The module that all entries show: an async function, since not every output format may await at its top. */
export function toShownModule(names: readonly FormName[]): string {
  const chosen = names.map((name) => ({ name, ...forms[name] }))
  const shown = chosen.flatMap(({ name, shows }) =>
    shows === undefined ? [] : [`    ${JSON.stringify(name)}: ${shows},`],
  )
  return [
    ...chosen.flatMap(({ statement }) => statement ?? []),
    "import { other } from './other.js'",
    'export async function show() {',
    '  return {',
    '    other,',
    ...shown,
    '  }',
    '}',
    '',
  ].join('\n')
}
