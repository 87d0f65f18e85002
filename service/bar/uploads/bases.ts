/** Sound pictures of every kind that gets through, small, so that ten thousand of their mutations take minutes. */
import sharp, { type Sharp } from 'sharp'

/** A picture and what it is. */
export interface Base {
  readonly name: string
  readonly bytes: Buffer
}

/** Draws them. */
export async function drawBases(): Promise<Base[]> {
  const colour = raster(64, 48, 3)
  const alpha = raster(64, 48, 4)
  const grey = raster(64, 48, 3).greyscale()
  const frames = sharp(Buffer.alloc(32 * 96 * 4, 90), { raw: { width: 32, height: 96, channels: 4, pageHeight: 32 } })
  const exif = { IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' } }
  const drawn: [string, Sharp][] = [
    ['jpeg', colour.clone().jpeg()],
    ['jpeg progressive', colour.clone().jpeg({ progressive: true })],
    ['jpeg grey', grey.clone().jpeg()],
    ['jpeg cmyk', colour.clone().toColourspace('cmyk').jpeg()],
    ['jpeg with exif', colour.clone().withExif(exif).withMetadata({ orientation: 6 }).jpeg()],
    ['jpeg with profile', colour.clone().withIccProfile('p3').jpeg({ chromaSubsampling: '4:4:4' })],
    ['png', colour.clone().png()],
    ['png palette', colour.clone().png({ palette: true })],
    ['png interlaced', alpha.clone().png({ progressive: true })],
    ['png 16 bits', colour.clone().toColourspace('rgb16').png()],
    ['png grey', grey.clone().png()],
    ['png with exif', colour.clone().withExif(exif).png()],
    ['webp', colour.clone().webp()],
    ['webp lossless', alpha.clone().webp({ lossless: true })],
    ['webp alpha', alpha.clone().webp({ alphaQuality: 50 })],
    ['webp animated', frames.clone().webp({ loop: 0 })],
    ['avif', colour.clone().avif({ effort: 0 })],
    ['avif 10 bits', colour.clone().avif({ effort: 0, bitdepth: 10 })],
    ['avif alpha', alpha.clone().avif({ effort: 0 })],
    ['avif lossless', colour.clone().avif({ effort: 0, lossless: true })],
  ]
  return Promise.all(drawn.map(async ([name, picture]) => ({ name, bytes: await picture.toBuffer() })))
}

function raster(width: number, height: number, channels: 3 | 4): Sharp {
  const data = Buffer.alloc(width * height * channels)
  for (let index = 0; index < data.length; index++) data[index] = (index * 7 + (index >> 6) * 29) & 255
  return sharp(data, { raw: { width, height, channels } })
}
