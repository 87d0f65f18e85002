/** Starts a decoder: with no secret in its environment, no right to write or to start anything, and little memory. */
import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { DecoderLimits } from './messages.ts'

/** A process and its pipes. */
export interface ChildHandle {
  readonly pid: number
  readonly stdin: Writable
  readonly stdout: Readable
  kill(): void
  isAlive(): boolean
  /** The end of what it wrote to its standard error. */
  lastWords(): string
  /** Waits for its end, and tells the signal that ended it, if one did. */
  end(): Promise<NodeJS.Signals | null>
}

/** libvips puts large pictures into files unless told otherwise; glibc keeps a heap per thread. That is all that the child knows. */
const environment = { VIPS_DISC_THRESHOLD: '64g', MALLOC_ARENA_MAX: '2' }

/**
 * Starts the process.
 *
 * @param megabytes of JavaScript's own memory
 */
export function startChild(limits: DecoderLimits, megabytes: number): ChildHandle {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${megabytes}`,
      // Its JavaScript may read modules and load the decoder, nothing else.
      '--permission',
      '--allow-fs-read=*',
      '--allow-addons',
      '--no-warnings',
      ...childArguments(),
      JSON.stringify(limits),
    ],
    { env: environment, stdio: 'pipe', windowsHide: true },
  )
  const { stdin, stdout, stderr, pid = 0 } = child
  const gone = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => resolve(signal))
    child.once('error', () => resolve(null))
  })
  let words = ''
  stderr.setEncoding('utf8').on('data', (text) => {
    words = (words + text).slice(-2000)
  })
  // A pipe that breaks tells nothing that the end of the process does not.
  for (const pipe of [stdin, stdout, stderr]) pipe.on('error', () => undefined)
  return {
    pid,
    stdin,
    stdout,
    kill: () => void child.kill('SIGKILL'),
    isAlive: () => pid !== 0 && child.exitCode === null && child.signalCode === null && !stdout.readableEnded,
    lastWords: () => words,
    end: () => gone,
  }
}

/** From source the child runs from source as well, with the sources of our packages; built, it is an entry of its own beside the chunks. */
function childArguments(): string[] {
  const isSource = import.meta.url.endsWith('.ts')
  const path = fileURLToPath(new URL(`./decoder-process.${isSource ? 'ts' : 'js'}`, import.meta.url))
  return isSource ? ['--conditions=@hero-image/source', path] : [path]
}
