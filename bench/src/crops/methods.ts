/** Every way of cropping that is compared: a photo becomes a rectangle per ratio. */
import sharp from 'sharp'
import type { Frame } from './annotations.ts'
import { type Crops, fileOf, type Method, photoOf } from './method.ts'
import { createOurs } from './ours.ts'
import { ratios, toNumber } from './ratios.ts'
import { centred } from './score.ts'
import { cropBySmartcrop } from './smartcrop.ts'

/** All methods, centre first. */
export async function createMethods(): Promise<readonly Method[]> {
  return [
    {
      name: 'centre',
      crop: async ({ photos }, id) => eachRatio((ratio) => centred(ratio, photoOf(photos, id))),
    },
    { name: 'sharp attention', crop: (set, id) => cropBySharp(fileOf(set, id), 'attention') },
    { name: 'sharp entropy', crop: (set, id) => cropBySharp(fileOf(set, id), 'entropy') },
    { name: 'smartcrop', crop: (set, id) => cropBySmartcrop(fileOf(set, id)) },
    await createOurs('ours, no model', 'none'),
    await createOurs('ours', 'people'),
    await createOurs('ours, objects', 'objects'),
  ]
}

async function eachRatio(frameOf: (ratio: number) => Frame | Promise<Frame>): Promise<Crops> {
  const crops: Record<string, Frame> = {}
  for (const key of ratios) crops[key] = await frameOf(toNumber(key))
  return crops
}

/** sharp's strategies crop while resizing; the crop's place is read back from the offsets it reports. */
async function cropBySharp(file: string, position: 'attention' | 'entropy'): Promise<Crops> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .resize({ width: 1024, height: 1024, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return eachRatio(async (ratio) => {
    const width = Math.min(info.width, Math.round(info.height * ratio))
    const height = Math.min(info.height, Math.round(info.width / ratio))
    const cropped = await sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      .resize({ width, height, fit: 'cover', position })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const left = -(cropped.info.cropOffsetLeft ?? 0)
    const top = -(cropped.info.cropOffsetTop ?? 0)
    return { x: left / info.width, y: top / info.height, w: width / info.width, h: height / info.height }
  })
}
