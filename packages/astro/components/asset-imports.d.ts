/** What Astro generates from the images that entries name. */
declare module 'astro:asset-imports' {
  const imports: ReadonlyMap<string, unknown>
  export default imports
}
