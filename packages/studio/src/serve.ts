/** A server of its own, for hosts whose development servers cannot show the studio. */
import { createServer, type Server } from 'node:http'
import type { StudioProject } from './project.ts'
import { createStudio } from './studio.ts'

/** Where the page is. */
export const studioPath = '/__hero/'

/** A running server. */
export interface ServedStudio {
  /** Address of the page. */
  readonly url: string
  close(): Promise<void>
}

/** How it is served. */
export interface ServeOptions extends Pick<StudioProject, 'engine' | 'uses' | 'warn'> {
  /** 0 takes any that is free. */
  readonly port: number
  /** How many ports after it are tried when it is taken. @default 0 */
  readonly tries?: number
}

/**
 * Serves the studio to this machine only.
 *
 * @throws what Node throws when no port is free: `EADDRINUSE`
 */
export async function serveStudio({ port, tries = 0, ...project }: ServeOptions): Promise<ServedStudio> {
  const studio = createStudio({ ...project, base: studioPath, mayRead: () => true, hostIsChecked: false })
  const server = createServer((request, response) => {
    studio(request, response, () => {
      const isRoot = request.url === '/'
      response.writeHead(isRoot ? 302 : 404, isRoot ? { location: studioPath } : {}).end()
    })
  })
  const taken = await listen(server, port, tries)
  return {
    url: `http://localhost:${taken}${studioPath}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server, port: number, tries: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!isTaken || tries === 0) throw error
    return listen(server, port + 1, tries - 1)
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}
