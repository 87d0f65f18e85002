/** What holds no source: folders that tools fill, and declarations, which speak of every photo there could be. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const always = ['node_modules', 'dist', 'build', 'out', 'coverage', 'storybook-static', '.*']

/** Patterns of what is passed over: what is always made by tools, and what the project's `.gitignore` names plainly. */
export function ignoredPatterns(root: string): readonly string[] {
  return [
    ...always.map((name) => `**/${name}/**`),
    '**/*.d.{ts,mts,cts}',
    ...readLines(join(root, '.gitignore')).flatMap(toPatterns),
  ]
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    return []
  }
}

/** A line without a slash in it counts in every folder. Exceptions are not looked at: they only bring files back. */
function toPatterns(line: string): readonly string[] {
  const name = line.trim().replace(/\/$/, '')
  if (name === '' || name.startsWith('#') || name.startsWith('!')) return []
  const pattern = name.includes('/') ? name.replace(/^\//, '') : `**/${name}`
  return [pattern, `${pattern}/**`]
}
