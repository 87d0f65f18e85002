/** Forks the pixel process with the environment it needs. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Environment, PixelSettings } from './messages.ts'

/**
 * For glibc: two arenas, and what is larger than 16 MiB, which are decoded photos, goes back to the system as soon as it is free. Six photos of up to
 * 24 MP then peak at 0.56 GB in all instead of 0.8, for no more CPU. Smaller thresholds, or a single arena, save another tenth for 2 to 3 % of CPU.
 */
const allocator = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: String(16 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(32 * 1024 * 1024),
}

/** Beside this file: built, or as a source that Node runs itself. */
export function forkPixelProcess(settings: PixelSettings, environment: Environment): ChildProcess {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fork(fileURLToPath(new URL(`./pixel-process.${ending}`, import.meta.url)), [JSON.stringify(settings)], {
    serialization: 'advanced',
    // Debugger ports, profilers and scripts given with -e are the host's alone.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Next's types ask every environment for NODE_ENV; the host's own one stands.
    env: { NODE_ENV: 'production', ...allocator, UV_THREADPOOL_SIZE: String(settings.jobs + 2), ...environment },
  })
}

/** Whether this process waits for the other one to end. */
export function keepAlive(child: ChildProcess, isNeeded: boolean): void {
  const change = isNeeded ? 'ref' : 'unref'
  child[change]()
  child.channel?.[change]()
}
