/** Loader for style sheets with `url(./hero.jpg?hero)`: backgrounds that change with the viewport. */
import { answer, showBackgrounds } from '@hero-image/unplugin/module'
import { openTurbopackSession, type TurbopackContext, toLoaderSettings } from './context.ts'
import { cssMark } from './css-mark.ts'
import { liftUrls } from './lift-urls.ts'

export default function cssLoader(this: TurbopackContext, css: string): void {
  answer(this, async () => {
    await openTurbopackSession(this)
    return liftUrls(await showBackgrounds(this, css, toLoaderSettings(this), cssMark))
  })
}
