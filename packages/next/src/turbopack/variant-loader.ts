/** Loader for one file of a picture: its bytes, from the store or made now. */
import {
  answer,
  findVariant,
  openSession,
  parseVariantQuery,
  renderWithSiblings,
  watchPhoto,
} from '@hero-image/unplugin/module'
import { type TurbopackContext, toLoaderSettings } from './context.ts'
import { cssMarkPattern } from './css-mark.ts'

/** Takes and gives bytes. */
export const raw = true

export default function variantLoader(this: TurbopackContext): void {
  answer(this, async () => {
    const file = this.resourcePath
    watchPhoto(this, file, this.rootContext)
    const started = await openSession(toLoaderSettings(this))
    const request = parseVariantQuery(this.resourceQuery) ?? { name: '', query: '' }
    const found = await findVariant(started, file, request)
    // A style sheet asks for a few of the files only.
    const isForStyles = cssMarkPattern.test(this.resourceQuery)
    const bytes = isForStyles
      ? await started.engine.render(file, found.variant)
      : await renderWithSiblings(started, found)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  })
}
