/** Loader for `./hero.jpg?hero`: the module that imports the picture's files and yields the asset. */
import { basename } from 'node:path'
import type { Variant } from '@hero-image/core'
import {
  answer,
  heroQueryOf,
  toImportingModule,
  toVariantQuery,
  watchDetector,
  watchPhoto,
} from '@hero-image/unplugin/module'
import { openTurbopackSession, type TurbopackContext } from './context.ts'

/** Photos are bytes. */
export const raw = true

export default function heroLoader(this: TurbopackContext): void {
  answer(this, async () => {
    const file = this.resourcePath
    const query = heroQueryOf(this.resourceQuery) ?? ''
    watchPhoto(this, file, this.rootContext)
    const { engine } = await openTurbopackSession(this)
    watchDetector(this, engine.options)
    const plan = await engine.plan(file, query)
    for (const note of plan.notes) this.emitWarning(new Error(`${file}: ${note}`))
    const requestOf = ({ name }: Variant): string => `./${basename(file)}${toVariantQuery({ name, query })}`
    return toImportingModule(plan, requestOf)
  })
}
