/** Chromium places crops exactly where Node places them. */
import { resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../../../vite/test/browser/chromium.ts'
import { type PlaceInput, placeCrop } from '../../src/crop/place.ts'
import { findSubject } from '../../src/subject/find.ts'
import type { TextZone } from '../../src/types.ts'
import { mirrorRaster, readPhoto } from '../subject/rasters.ts'
import { bundle } from './bundle.ts'

const zones: readonly (TextZone | undefined)[] = [undefined, 'left', 'bottom', 'auto']

test('the same crops in Node and in Chromium', async () => {
  const photos = await Promise.all(['two-people', 'low-light', 'teddy-bear', 'lighthouse'].map(readPhoto))
  const inputs: PlaceInput[] = []
  for (const raster of [...photos, ...photos.map(mirrorRaster)]) {
    const subject = await findSubject(raster)
    const photo = { width: raster.width * 7, height: raster.height * 7 }
    for (const ratio of [21 / 9, 16 / 9, 1, 4 / 5, 9 / 16, 0]) {
      for (const text of zones) {
        inputs.push({
          photo,
          crop: { ratio },
          subject,
          overrides: { by: undefined, ...(text === undefined ? {} : { text }) },
        })
      }
    }
  }
  const here = inputs.map(placeCrop)
  const code = await bundle(resolve(import.meta.dirname, '../../src/crop/index.ts'))
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
  try {
    const page = await browser.newPage()
    const there = await page.evaluate(
      `(async (inputs) => {
        const { placeCrop } = await import('data:text/javascript;base64,${Buffer.from(code).toString('base64')}')
        return inputs.map(placeCrop)
      })(${JSON.stringify(inputs)})`,
    )
    expect(there).toEqual(here)
  } finally {
    await browser.close()
  }
})
