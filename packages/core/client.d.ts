// Types of hero imports. Once `hero-env.d.ts` is there, its exact types come first.
declare namespace HeroImage {
  /** Preset name → names of its crops; filled by `hero-env.d.ts`. */
  // biome-ignore lint/suspicious/noEmptyInterface: merged with the generated one
  interface Presets {}
}

declare module '*?hero' {
  const asset: import('@hero-image/core').HeroAsset
  export default asset
}

declare module '*&hero' {
  const asset: import('@hero-image/core').HeroAsset
  export default asset
}
