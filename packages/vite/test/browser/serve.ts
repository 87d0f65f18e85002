/** Serves what a build has put out. */
import { preview } from 'vite'

/** A running server. */
export interface Served {
  /** With a slash at its end. */
  readonly origin: string
  close(): Promise<void>
}

/** Serves a folder on a port of its own. */
export async function serve(outDir: string): Promise<Served> {
  const server = await preview({ configFile: false, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
  const address = server.httpServer.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no address.')
  return { origin: `http://127.0.0.1:${address.port}/`, close: () => server.close() }
}
