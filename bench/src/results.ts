/** Everything that a run of the benchmark found out. */
import { arch, cpus, platform, totalmem } from 'node:os'
import sharp from 'sharp'
import type { BuildResults } from './parts/builds.ts'
import type { DevResults } from './parts/dev.ts'
import type { EqualScore } from './parts/equal-score.ts'
import type { Growth } from './parts/growth.ts'
import type { HostCosts } from './parts/hosts.ts'
import type { Tool } from './project.ts'
import type { Scored } from './score/score-outputs.ts'

/** Where the numbers were measured. */
export interface Machine {
  readonly date: string
  readonly cpu: string
  readonly cores: number
  readonly memory: number
  readonly system: string
  readonly node: string
  readonly sharp: string
  readonly libvips: string
}

/** One scorer's verdict. */
export interface Quality {
  /** Name of the scorer. */
  readonly scorer: string
  readonly unit: string
  readonly scores: Readonly<Record<Tool, readonly Scored[]>>
  readonly equal: readonly EqualScore[]
}

/** Results of the parts that were run. */
export interface Results {
  readonly machine: Machine
  readonly builds?: BuildResults
  /** The most trustworthy scorer first. */
  readonly quality?: readonly Quality[]
  readonly dev?: DevResults
  readonly growth?: readonly Growth[]
  readonly hosts?: readonly HostCosts[]
}

/** Describes this machine. */
export function describeMachine(): Machine {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    system: `${platform()} ${arch()}`,
    node: process.version,
    sharp: sharp.versions.sharp ?? '',
    libvips: sharp.versions.vips,
  }
}
