/** Profiles that drawn pixels can be converted to. What providers draw is sRGB; the photo beside it may be wider. */

/** The profile as the encoder knows it by name; undefined for profiles that it cannot convert to without a file. */
export function nameOfProfile(profile: Buffer): 'srgb' | 'p3' | undefined {
  // Descriptions are ASCII or UTF-16.
  const text = profile.toString('latin1').replaceAll('\0', '')
  if (text.includes('Display P3')) return 'p3'
  return text.includes('sRGB') ? 'srgb' : undefined
}
