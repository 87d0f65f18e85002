/** Chromium finds in the same pixels exactly what Node finds. */
import { resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../../../vite/test/browser/chromium.ts'
import { readModels } from '../../src/source/models.ts'
import { createDetector } from '../../src/subject/detectors.ts'
import { findSubject } from '../../src/subject/find.ts'
import { mirrorRaster, readPhoto } from '../subject/rasters.ts'
import { bundle } from './bundle.ts'

test('the same subject in Node and in Chromium, with the models and without', async () => {
  const code = await bundle(resolve(import.meta.dirname, '../../src/subject/index.ts'))
  const models = await readModels()
  const detect = await createDetector(models)
  const photos = await Promise.all(['two-people', 'low-light', 'teddy-bear', 'lighthouse'].map(readPhoto))
  const rasters = [...photos, ...photos.map(mirrorRaster)]
  const here = []
  for (const raster of rasters) here.push(await findSubject(raster, detect), await findSubject(raster))

  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
  try {
    const page = await browser.newPage()
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    const there = await page.evaluate(
      `(async ({ models, rasters }) => {
        const { createDetector, findSubject } = await import('data:text/javascript;base64,${base64(Buffer.from(code))}')
        const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
        const detect = await createDetector({ faces: toBytes(models.faces), people: toBytes(models.people) })
        const found = []
        for (const { width, height, data } of rasters) {
          const raster = { width, height, data: toBytes(data) }
          found.push(await findSubject(raster, detect), await findSubject(raster))
        }
        return found
      })(${JSON.stringify({
        models: { faces: base64(models.faces), people: base64(models.people) },
        rasters: rasters.map(({ width, height, data }) => ({ width, height, data: base64(data) })),
      })})`,
    )
    expect(there).toEqual(here)
  } finally {
    await browser.close()
  }
})
