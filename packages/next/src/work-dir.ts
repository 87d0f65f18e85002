/** Where Next works. For a static site with a `distDir` of its own that one is the site's folder, filled at the end. */
export function workDirOf({
  output,
  distDir = '.next',
}: {
  readonly output?: string | undefined
  readonly distDir?: string | undefined
}): string {
  return output === 'export' && distDir !== '.next' ? '.next' : distDir
}
