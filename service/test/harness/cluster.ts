/** A PostgreSQL of the tests' own: a cluster in a temporary folder, listening on a socket there and nowhere else. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A running cluster. */
export interface Cluster {
  /** Folder of its socket. */
  readonly socketFolder: string
  /** Address of one of its databases. */
  url(database: string): string
  /** Ends the server as a crash would, and starts it again. */
  crash(): Promise<void>
  /** Ends it and forgets it. */
  remove(): Promise<void>
}

/** Folder of the server's programs, or undefined where there is none. */
export function findPostgres(): string | undefined {
  const versions = '/usr/lib/postgresql'
  if (!existsSync(versions)) return undefined
  const newest = readdirSync(versions).sort((a, b) => Number(b) - Number(a))
  return newest.map((version) => join(versions, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
}

/**
 * Starts a cluster. As root it runs as the user `postgres`, since the server refuses root.
 *
 * @throws Error when there is no server on this machine, or it does not start
 */
export async function startCluster(): Promise<Cluster> {
  const bin = findPostgres()
  if (bin === undefined)
    throw new Error("There is no PostgreSQL server on this machine; install Debian's package postgresql.")
  const folder = await mkdtemp(join(tmpdir(), 'hero-pg-'))
  const owner = process.getuid?.() === 0 ? findUser('postgres') : undefined
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const initialised = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'hero', '--auth=trust', '--no-locale', '--encoding=UTF8', '--no-instructions'],
    { ...owner, encoding: 'utf8' },
  )
  if (initialised.status !== 0) throw new Error(`initdb failed: ${initialised.stderr}`)

  let server = start()
  await ready()

  function start() {
    const options = [
      '-D',
      data,
      '-k',
      folder,
      '-c',
      'listen_addresses=',
      '-c',
      'max_connections=200',
      '-c',
      'shared_buffers=128MB',
    ]
    return spawn(join(bin ?? '', 'postgres'), options, { ...owner, stdio: 'ignore' })
  }
  async function ready(): Promise<void> {
    const until = Date.now() + 60_000
    while (Date.now() < until) {
      const { status } = spawnSync(join(bin ?? '', 'pg_isready'), ['-h', folder, '-U', 'hero'])
      if (status === 0) return
      // After a crash a process that was born in that very moment may still hold the memory; the server refuses to start until it is gone.
      if (server.exitCode !== null) server = start()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('The PostgreSQL of the tests did not start within a minute.')
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill(signal)
    await ended
  }
  return {
    socketFolder: folder,
    url: (database) => `postgres://hero@localhost/${database}?host=${encodeURIComponent(folder)}`,
    async crash() {
      // The server's own processes at the same moment: they would see that it is gone, but only after what they are doing.
      const children = findChildren(server.pid)
      const ended = end('SIGKILL')
      for (const pid of children) killQuietly(pid)
      await ended
      server = start()
      await ready()
    },
    async remove() {
      await end('SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function findChildren(pid: number | undefined): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return stdout.split('\n').map(Number).filter(Boolean)
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function findUser(name: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim())
  return { uid: id('-u'), gid: id('-g') }
}
