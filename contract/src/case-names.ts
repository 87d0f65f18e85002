/** Every case by group, in the order of the table. A row says of each case that it holds for its host, or why it cannot. */
export const caseNames = {
  build: [
    'cold build',
    'every URL is a file of its type and width',
    'no missing and no unreferenced file',
    'names are the same in every host',
    'import',
    'overrides in the import',
    'dynamic import',
    'dynamic import of a variable',
    'import.meta.glob',
    'require',
    'CSS url()',
    'template string',
    'SVG',
    'unused import ships nothing',
    'path alias',
    'symlinked workspace',
    'pnpm-like layout',
    'output deleted, caches kept',
    'image cache deleted, host’s cache kept',
  ],
  publicPath: ['public path /', 'public path /sub/', 'public path on a CDN', 'URLs relative to the code or page'],
  server: ['server and client agree'],
  shapes: ['CommonJS output', 'IIFE output', 'several outputs at once', 'library'],
  fights: [
    'user’s rule: every .jpg is an asset',
    'user’s rule: file-loader',
    'user’s rule: oneOf',
    'user’s rule: SVGs are components',
  ],
  errors: ['unknown preset fails', 'broken photo fails', 'new URL() fails'],
  watch: [
    'watch: unrelated edit',
    'watch: edit of the photo',
    'watch: new sidecar',
    'watch: edit of the sidecar',
    'watch: sidecar deleted',
    'watch: new lock',
    'watch: edit of the lock',
    'watch: output is cleaned',
  ],
  dev: [
    'dev: unrelated edit',
    'dev: edit of the photo',
    'dev: new sidecar',
    'dev: edit of the sidecar',
    'dev: sidecar deleted',
    'dev: new lock',
    'dev: edit of the lock',
  ],
  tools: ['Vitest with jsdom', 'Storybook'],
} as const

/** Cases that share their builds. */
export type GroupName = keyof typeof caseNames

/** Cases of one group. */
export type CaseOf<Name extends GroupName> = (typeof caseNames)[Name][number]

/** Any case. */
export type CaseName = CaseOf<GroupName>

/** All cases in the order of the table. */
export const allCases: readonly CaseName[] = Object.values(caseNames).flat()
