/** Hero Image for Next: `withHeroImage` for `next.config`. The component is in `@hero-image/next/image`. */
export type { HeroOptions } from '@hero-image/core'
export { type NextConfigFunction, withHeroImage } from './with-hero-image.ts'
