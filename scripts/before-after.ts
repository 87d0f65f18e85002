/** `node scripts/before-after.ts`: draws docs/before-after.jpg, one photo on three screens, cut in the middle and cut by the engine. Needs `npm run build`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Rect, resolveOptions, type Size } from '@hero-image/core'
import sharp from 'sharp'

// A folder of its own, without the sidecar that the example has: nobody helps.
const root = mkdtempSync(join(tmpdir(), 'hero-before-after-'))
const photo = join(root, 'desert-hike.jpg')
await copyFile(new URL('../examples/vite/photos/desert-hike.jpg', import.meta.url), photo)
const gap = 24
const height = 300
const caption = 44

const engine = createEngine(resolveOptions({ cache: { mode: 'off' } }, root))
const plan = await engine.plan(photo, '?hero')
await engine.close()

/** What `object-fit: cover` shows of the photo. */
function centred(size: Size, ratio: number): Rect {
  const width = Math.min(size.width, Math.round(size.height * ratio))
  const tall = Math.min(size.height, Math.round(size.width / ratio))
  return { left: Math.round((size.width - width) / 2), top: Math.round((size.height - tall) / 2), width, height: tall }
}

function draw(rect: Rect, width: number): Promise<Buffer> {
  return sharp(photo).extract(rect).resize(width, height, { fit: 'fill' }).png().toBuffer()
}

const widths = plan.crops.map(({ ratio }) => Math.round(height * ratio))
const lefts = widths.map((_, index) => gap + widths.slice(0, index).reduce((sum, width) => sum + width + gap, 0))
const total = { width: widths.reduce((sum, width) => sum + width + gap, gap), height: 2 * (height + caption) + gap }
const rows = [
  {
    text: 'Before: one picture, cut in the middle by every screen',
    rectOf: (ratio: number) => centred(plan.facts, ratio),
  },
  {
    text: 'After: import hero from "./desert-hike.jpg?hero"',
    rectOf: (_: number, index: number) => plan.crops[index]?.rect,
  },
]
const layers = await Promise.all(
  rows.flatMap(({ text, rectOf }, row) => {
    const top = row * (height + caption) + caption
    const label = `<svg xmlns="http://www.w3.org/2000/svg" width="${total.width}" height="${caption}"><text x="${gap}" y="30" font-family="DejaVu Sans, sans-serif" font-size="20" fill="#1c1917">${text.replaceAll('"', '&quot;')}</text></svg>`
    return [
      Promise.resolve({ input: Buffer.from(label), left: 0, top: top - caption }),
      ...plan.crops.map(async ({ ratio }, index) => {
        const rect = rectOf(ratio, index)
        if (rect === undefined) throw new Error('the plan has lost a crop')
        return { input: await draw(rect, widths[index] ?? 0), left: lefts[index] ?? 0, top }
      }),
    ]
  }),
)
await sharp({ create: { ...total, channels: 3, background: '#f5f5f4' } })
  .composite(layers)
  .jpeg({ quality: 80, mozjpeg: true })
  .toFile('docs/before-after.jpg')
rmSync(root, { recursive: true })
