/** What a decoder does for generations: one function per operation of its table. */
import type { Work } from '../../decode/operation-work.ts'
import { encodePng } from './encode.ts'
import { readPixels } from './exact-pixels.ts'
import { pasteOriginal, readDrawn } from './finish.ts'
import { extendPixels } from './local-extend.ts'
import { type CallPictures, prepareCall } from './prepare-call.ts'

/** Extends a photo without anybody's help. */
export const localExtend: Work<'local-extend'> = async ([file], { plan }, limits) => {
  if (plan.original === null) throw new TypeError('Nothing is to be extended.')
  const extended = await extendPixels(await readPixels(file, limits), plan.canvas, plan.original)
  return { facts: {}, bytes: await encodePng(extended) }
}

export const prepareWhole: Work<'prepare-call'> = async ([file], options, limits) =>
  joined(await prepareCall(file, undefined, options, limits))

export const prepareMasked: Work<'prepare-masked-call'> = async ([file, mask], options, limits) =>
  joined(await prepareCall(file, mask, options, limits))

export const pasteByPlace: Work<'paste-original'> = async ([drawn, source], { plan }, limits) => ({
  facts: {},
  bytes: await encodePng(await pasteOriginal(drawn, needed(source), undefined, plan, limits)),
})

export const pasteByMask: Work<'paste-by-mask'> = async ([drawn, source, mask], { plan }, limits) => ({
  facts: {},
  bytes: await encodePng(await pasteOriginal(drawn, needed(source), needed(mask), plan, limits)),
})

/** Where nothing of an original has to stay, the result is brought to size and drawn anew. */
export const checkResult: Work<'check-result'> = async ([drawn], { plan }, limits) => ({
  facts: {},
  bytes: await encodePng(await readDrawn(drawn, plan, limits)),
})

/** An operation gives one file, so two lie behind each other. */
function joined({ picture, mask }: CallPictures) {
  const bytes = mask === undefined ? picture : Buffer.concat([picture, mask])
  return { facts: { pictureBytes: picture.length }, bytes }
}

function needed(file: Uint8Array | undefined): Uint8Array {
  if (file === undefined) throw new TypeError('A file is missing.')
  return file
}
