// Types of `?hero` imports. `hero-env.d.ts`, which the plugins write, adds one declaration for every other preset and names the crops.
declare namespace HeroImage {
  /** Preset name → names of its crops; filled by `hero-env.d.ts`. */
  // biome-ignore lint/suspicious/noEmptyInterface: merged with the generated one
  interface Presets {}

  /** Names of a preset's crops: exact once `hero-env.d.ts` is there, any text before. */
  type Crops<Preset extends string> = Presets extends { [Key in Preset]: infer Names extends string } ? Names : string
}

declare module '*?hero' {
  const asset: import('@hero-image/core').HeroAsset<'hero', HeroImage.Crops<'hero'>>
  export default asset
}

declare module '*&hero' {
  const asset: import('@hero-image/core').HeroAsset<'hero', HeroImage.Crops<'hero'>>
  export default asset
}
