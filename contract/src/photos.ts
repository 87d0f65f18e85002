/** The photos of the projects. */
import { drawPhoto } from '../../packages/unplugin/test/fixtures/photos.ts'

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30"/></svg>'

/** The bytes of a photo: another name is another photo. */
export function photoOf(name: string): Promise<Buffer> {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 251, 7)
  return name.endsWith('.svg') ? Promise.resolve(Buffer.from(drawing)) : drawPhoto(hue)
}
