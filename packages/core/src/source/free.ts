/** Gives memory back at once. */

/**
 * Frees bytes that nobody will look at again; they are empty afterwards.
 *
 * The collector sees a small wrapper where there are megabytes of pixels, and lets them lie until it has a reason of its own: over a hundred photos some 300 MB.
 */
export function free({ buffer, byteLength }: Uint8Array): void {
  // Node cuts small buffers from a shared one.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !buffer.detached) buffer.transfer(0)
}
