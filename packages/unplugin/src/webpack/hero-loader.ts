/** Loader for `./hero.jpg?hero`: the module that imports the picture's files and yields the asset. */
import { basename } from 'node:path'
import type { Variant } from '@hero-image/core'
import { toImportingModule } from '../module/module-text.ts'
import { type LoaderSettings, openSession } from '../module/sessions.ts'
import { heroQueryOf, toVariantQuery } from '../module/variant-request.ts'
import { answer } from './answer.ts'
import type { LoaderContext } from './compiler.ts'
import { watchDetector, watchPhoto } from './watch-photo.ts'

/** Answers before any other loader runs on the photo. */
export function pitch(this: LoaderContext<LoaderSettings>): void {
  answer(this, async () => {
    const file = this.resourcePath
    const query = heroQueryOf(this.resourceQuery) ?? ''
    const settings = this.getOptions()
    watchPhoto(this, file, settings.root)
    const { engine } = await openSession(settings)
    watchDetector(this, engine.options)
    const plan = await engine.plan(file, query)
    for (const note of plan.notes) this.emitWarning(new Error(`${file}: ${note}`))
    const requestOf = ({ name }: Variant): string => toRequest(file) + toVariantQuery({ name, query })
    return toImportingModule(plan, requestOf)
  })
}

/** Never reached: `pitch` answers. */
export default function heroLoader(): void {}

/** The photo seen from its own folder. A `#` would begin a fragment. */
function toRequest(file: string): string {
  return `./${basename(file).replaceAll('#', '\0#')}`
}
