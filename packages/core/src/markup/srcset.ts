/** One file of a `srcset`. */
export interface Candidate {
  readonly url: string
  /** px */
  readonly width: number
}

/** The files of a `srcset` with width descriptors. URLs may contain commas, but no spaces. */
export function parseSrcset(srcset: string): Candidate[] {
  return [...srcset.matchAll(/(\S*[^\s,])\s+(\d+)w\s*(?:,|$)/g)].map(([, url = '', width]) => ({
    url,
    width: Number(width),
  }))
}
