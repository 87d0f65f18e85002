/** The components; their types stand in index.d.ts, since only Astro's own tools can read .astro files. */
export { default as HeroImage } from './HeroImage.astro'
