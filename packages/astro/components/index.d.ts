import type { HeroImageProps } from '../dist/index.js'

/**
 * One picture, cropped for every screen.
 *
 * @example
 * <HeroImage src={hero} alt="Six hikers on a dune" priority />
 */
export declare function HeroImage(props: HeroImageProps): unknown
