/** Loader for one file of a picture: its bytes, from the store or made now. */
import { join } from 'node:path'
import { answer, findVariant, parseVariantQuery, renderWithSiblings, watchPhoto } from '@hero-image/unplugin/module'
import { openTurbopackSession, type TurbopackContext } from './context.ts'
import { cssMarkPattern } from './css-mark.ts'
import { note } from './tally.ts'

/** Takes and gives bytes. */
export const raw = true

export default function variantLoader(this: TurbopackContext): void {
  answer(this, async () => {
    const file = this.resourcePath
    watchPhoto(this, file, this.rootContext)
    const started = await openTurbopackSession(this)
    const request = parseVariantQuery(this.resourceQuery) ?? { name: '', query: '' }
    const found = await findVariant(started, file, request)
    // A style sheet asks for a few of the files only.
    const isForStyles = cssMarkPattern.test(this.resourceQuery)
    const bytes = isForStyles
      ? await started.engine.render(file, found.variant)
      : await renderWithSiblings(started, found)
    if (this.mode === 'production') {
      const line = { at: Date.now(), ...request, bytes: bytes.length, file }
      note(join(this.rootContext, this.getOptions().workDir), line)
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  })
}
