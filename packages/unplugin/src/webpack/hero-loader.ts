/** Loader for `./hero.jpg?hero`: the module that imports the picture's files and yields the asset. */
import { basename } from 'node:path'
import { toImportingModule } from '../module/module-text.ts'
import { type LoaderSettings, openSession } from '../module/sessions.ts'
import { heroQueryOf, toVariantQuery } from '../module/variant-request.ts'
import { answer } from './answer.ts'
import type { LoaderContext } from './compiler.ts'
import { watchPhoto } from './watch-photo.ts'

/** Answers before any other loader runs on the photo. */
export function pitch(this: LoaderContext<LoaderSettings>): void {
  answer(this, async () => {
    const file = this.resourcePath
    const query = heroQueryOf(this.resourceQuery) ?? ''
    watchPhoto(this, file)
    const { engine } = await openSession(this.getOptions())
    const plan = await engine.plan(file, query)
    for (const note of plan.notes) this.emitWarning(new Error(`${file}: ${note}`))
    return toImportingModule(plan, ({ name }) => toRequest(file) + toVariantQuery({ name, query }))
  })
}

/** Never reached: `pitch` answers. */
export default function heroLoader(): void {}

/** The photo seen from its own folder. A `#` would begin a fragment. */
function toRequest(file: string): string {
  return `./${basename(file).replaceAll('#', '\0#')}`
}
