/** The extension that invents nothing: the photo goes on as its mirror image, softer the further out, and is itself untouched. */
import type { Rect, Size } from '@hero-image/core/crop'
import type { Pixels } from './exact-pixels.ts'
import { toSharp } from './exact-pixels.ts'
import { copyInto } from './paste.ts'

/** Side of the small rasters that soft parts are read from, px: they have no detail that a larger one would keep. */
const softSide = 640

/** Distance at which no detail of the mirror image is left, and at which only colours are, in shares of the shorter side. */
const softAt = 0.08
const hazyAt = 0.6

/** Extends a photo to a canvas. */
export async function extendPixels(photo: Pixels, canvas: Size, original: Rect): Promise<Pixels> {
  const { channels } = photo
  const mirror = (x: number, y: number): number =>
    (reflect(y - original.top, photo.height) * photo.width + reflect(x - original.left, photo.width)) * channels
  const { soft, hazy } = await soften(photo, canvas, mirror)
  const unit = Math.min(photo.width, photo.height)
  const data = Buffer.alloc(canvas.width * canvas.height * channels)
  for (let y = 0; y < canvas.height; y += 1) {
    const down = beyond(y, original.top, original.height)
    for (let x = 0; x < canvas.width; x += 1) {
      const across = beyond(x, original.left, original.width)
      if (across === 0 && down === 0) {
        x = original.left + original.width - 1
        continue
      }
      const distance = Math.hypot(across, down) / unit
      const toSoft = smooth(distance / softAt)
      const toHazy = smooth((distance - softAt) / (hazyAt - softAt))
      const from = mirror(x, y)
      const to = (y * canvas.width + x) * channels
      for (let channel = 0; channel < channels; channel += 1) {
        const sharpest = photo.data[from + channel] ?? 0
        const softer = toSoft === 0 ? sharpest : mix(sharpest, soft(x, y, channel), toSoft)
        data[to + channel] = Math.round(toHazy === 0 ? softer : mix(softer, hazy(x, y, channel), toHazy))
      }
    }
  }
  const extended = { ...photo, data, width: canvas.width, height: canvas.height }
  copyInto(extended, photo, original)
  return extended
}

type Sampler = (x: number, y: number, channel: number) => number

/** The mirrored canvas, small, in two degrees of softness. */
async function soften(
  photo: Pixels,
  canvas: Size,
  mirror: (x: number, y: number) => number,
): Promise<{ soft: Sampler; hazy: Sampler }> {
  const { channels } = photo
  const scale = Math.min(1, softSide / Math.max(canvas.width, canvas.height))
  const width = Math.max(1, Math.round(canvas.width * scale))
  const height = Math.max(1, Math.round(canvas.height * scale))
  const data = Buffer.alloc(width * height * channels)
  // A few samples per pixel: enough for what is blurred next.
  const taps = scale === 1 ? [0.5] : [0.25, 0.75]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0
        for (const v of taps) {
          for (const u of taps) {
            const at = mirror(
              Math.min(canvas.width - 1, Math.floor(((x + u) / width) * canvas.width)),
              Math.min(canvas.height - 1, Math.floor(((y + v) / height) * canvas.height)),
            )
            sum += photo.data[at + channel] ?? 0
          }
        }
        data[(y * width + x) * channels + channel] = Math.round(sum / taps.length ** 2)
      }
    }
  }
  const small: Pixels = { data, width, height, channels }
  const unit = Math.min(photo.width, photo.height) * scale
  return {
    soft: await blurred(small, canvas, Math.max(0.5, unit * 0.012)),
    hazy: await blurred(small, canvas, Math.max(1, unit * 0.06)),
  }
}

/** Reads a blurred raster at places of the canvas, between its pixels where they fall there. */
async function blurred(small: Pixels, canvas: Size, sigma: number): Promise<Sampler> {
  const { width, height, channels } = small
  const data = await toSharp(small).blur(sigma).raw().toBuffer()
  const at = (x: number, y: number, channel: number): number =>
    data[(Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))) * channels + channel] ?? 0
  return (x, y, channel) => {
    const u = ((x + 0.5) / canvas.width) * width - 0.5
    const v = ((y + 0.5) / canvas.height) * height - 0.5
    const left = Math.floor(u)
    const top = Math.floor(v)
    const upper = mix(at(left, top, channel), at(left + 1, top, channel), u - left)
    const lower = mix(at(left, top + 1, channel), at(left + 1, top + 1, channel), u - left)
    return mix(upper, lower, v - top)
  }
}

/** How far outside a stretch a place lies, px. */
function beyond(place: number, start: number, length: number): number {
  return place < start ? start - place : Math.max(0, place - (start + length - 1))
}

/** The place that a mirror at each end shows. */
function reflect(place: number, length: number): number {
  const period = 2 * length
  const within = ((place % period) + period) % period
  return within < length ? within : period - 1 - within
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

function smooth(share: number): number {
  const clamped = Math.max(0, Math.min(1, share))
  return clamped * clamped * (3 - 2 * clamped)
}
