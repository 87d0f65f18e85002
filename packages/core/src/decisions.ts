/** `@hero-image/core/decisions`: who decides about a crop, for builds and for editors. Runs in browsers. */
export { openWarnings } from './explain.ts'
export { isPerCrop } from './options/crop-names.ts'
export { forCrop } from './options/ratio.ts'
export type { LockedPhoto } from './source/lock.ts'
export { type CropDecisions, decideCrop, type Said } from './variant/overrides.ts'
