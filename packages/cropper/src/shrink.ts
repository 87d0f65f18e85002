/** Decodes and shrinks a picture in a thread of its own: browsers decode beside the page, but shrink 24 megapixels on its main thread. */

/** Runs in the worker. Text, since an element without bundler has no second file to start. */
const program =
  'onmessage = ({ data: [blob, options] }) => createImageBitmap(blob, options).then((bitmap) => postMessage(bitmap, [bitmap]), () => postMessage(null))'

/** The shrunk picture. @throws when it cannot be decoded, or when the page's policy forbids such workers */
export async function shrinkInWorker(blob: Blob, options: ImageBitmapOptions): Promise<ImageBitmap> {
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }))
  const worker = new Worker(url)
  try {
    return await new Promise((done, fail) => {
      worker.onmessage = ({ data }: MessageEvent<ImageBitmap | null>) =>
        data === null ? fail(new Error('The picture cannot be decoded.')) : done(data)
      worker.onerror = () => fail(new Error('The worker cannot be started.'))
      worker.postMessage([blob, options])
    })
  } finally {
    worker.terminate()
    URL.revokeObjectURL(url)
  }
}
