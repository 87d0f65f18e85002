/** Raised by hand whenever the finder would find something else in the same pixels: stored analyses are then made anew. */
export const FINDER_VERSION = 5
