/** Loader for one file of a picture: its bytes, from the store or made now. */
import { cropsOf } from '@hero-image/core'
import { findVariant, type LoaderSettings, openSession } from '../module/sessions.ts'
import { parseVariantQuery } from '../module/variant-request.ts'
import { answer } from './answer.ts'
import type { LoaderContext } from './compiler.ts'
import { watchPhoto } from './watch-photo.ts'

/** The result is bytes. */
export const raw = true

/** Answers before any other loader runs on the photo. */
export function pitch(this: LoaderContext<LoaderSettings>): void {
  answer(this, async () => {
    const file = this.resourcePath
    const settings = this.getOptions()
    watchPhoto(this, file, settings.root)
    const started = await openSession(settings)
    const request = parseVariantQuery(this.resourceQuery) ?? { name: '', query: '' }
    const { plan, variant } = await findVariant(started, file, request)
    const bytes = await started.engine.render(file, variant)
    started.report.planned(plan)
    started.report.shipped(variant, bytes.length, cropsOf(plan, variant))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  })
}

/** Never reached: `pitch` answers. */
export default function variantLoader(): void {}
