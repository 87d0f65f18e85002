/** Media type of the pictures that are delivered: what promises exact pixels has to be lossless, and everything reads PNG. */
export const outputType = 'image/png'
