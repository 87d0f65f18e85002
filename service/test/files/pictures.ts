/** Small pictures for tests, made on the spot. */
import sharp from 'sharp'

/** A picture with some structure in it. */
export function drawPicture(
  format: 'jpeg' | 'png' | 'webp' | 'avif' = 'png',
  { width = 48, height = 32, alpha = false } = {},
): Promise<Buffer> {
  const channels = alpha ? 4 : 3
  const data = Buffer.alloc(width * height * channels, 0)
  for (let index = 0; index < data.length; index++) data[index] = (index * 37 + (index >> 5) * 11) & 255
  return sharp(data, { raw: { width, height, channels } })
    .toFormat(format, format === 'avif' ? { effort: 0 } : {})
    .toBuffer()
}

/** Place in the picture below, in words that are found in its bytes. */
export const author = 'Somebody of Tests'

/** A photo that lies on its side, and tells where and by whom it was taken. */
export function drawPhoto(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#369' } })
    .withExif({
      IFD0: { Artist: author, Software: author },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}
