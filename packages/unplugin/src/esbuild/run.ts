/** One run of a build; contexts run many times. Plans what esbuild asks for and draws each file once, siblings together. */
import type { Plan, Variant } from '@hero-image/core'
import type { Started } from '../session.ts'
import { createEstimate } from './estimate.ts'

/** One file of a picture. */
export interface PictureFile {
  readonly plan: Plan
  readonly variant: Variant
}

/** The pictures of one run. */
export interface Run {
  readonly started: Started
  /** Plans a picture; its files are known by name from then on. @throws HeroError */
  plan(photo: string, query: string): Promise<Plan>
  /** A planned file; equal names are equal contents, whichever picture they belong to. */
  find(name: string): PictureFile | undefined
  /** Draws all files of a plan and keeps them until they are taken. @throws HeroError of the first that fails */
  draw(plan: Plan): Promise<void>
  /** Hands the bytes of a file over; esbuild asks for each name once. */
  take(file: PictureFile): Promise<Uint8Array>
  /** Nothing more will be asked for. */
  end(): void
}

/** A run over a session. */
export function createRun(started: Started): Run {
  const { engine } = started
  const estimate = createEstimate(started)
  const files = new Map<string, PictureFile>()
  const held = new Map<string, Promise<Uint8Array>>()
  const taken = new Set<string>()

  const render = async ({ plan, variant }: PictureFile): Promise<Uint8Array> => {
    await estimate.expect(variant)
    const bytes = await engine.render(plan.file, variant)
    estimate.done(variant)
    return bytes
  }

  const hold = (file: PictureFile): Promise<Uint8Array> => {
    const { name } = file.variant
    const bytes = held.get(name) ?? render(file)
    held.set(name, bytes)
    return bytes
  }

  return {
    started,
    async plan(photo, query) {
      const plan = await engine.plan(photo, query)
      for (const variant of plan.variants) files.set(variant.name, { plan, variant })
      return plan
    },
    find: (name) => files.get(name),
    async draw(plan) {
      const wanted = plan.variants.filter(({ name }) => !taken.has(name))
      await Promise.all(wanted.map((variant) => hold({ plan, variant })))
    },
    async take(file) {
      const { name } = file.variant
      taken.add(name)
      const bytes = await hold(file)
      held.delete(name)
      return bytes
    },
    end: estimate.end,
  }
}
