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

test('the same subject in Node and in Chromium, with the models of each tier and without', async () => {
  const code = await bundle(resolve(import.meta.dirname, '../../src/subject/index.ts'))
  const { faces, people, objects = new Uint8Array(0) } = await readModels('objects')
  const detect = await createDetector({ faces, people })
  const detectObjects = await createDetector({ faces, people, objects })
  const photos = await Promise.all(['two-people', 'low-light', 'teddy-bear', 'lighthouse'].map(readPhoto))
  const rasters = [...photos, ...photos.map(mirrorRaster)]
  const here = []
  for (const raster of rasters) {
    for (const by of [detect, detectObjects, undefined]) here.push(await findSubject(raster, by))
  }

  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
  try {
    const page = await browser.newPage()
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    const there = await page.evaluate(
      `(async ({ models, rasters }) => {
        const { createDetector, findSubject } = await import('data:text/javascript;base64,${base64(Buffer.from(code))}')
        const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
        const [faces, people, objects] = [models.faces, models.people, models.objects].map(toBytes)
        const detect = await createDetector({ faces, people })
        const detectObjects = await createDetector({ faces, people, objects })
        const found = []
        for (const { width, height, data } of rasters) {
          const raster = { width, height, data: toBytes(data) }
          for (const by of [detect, detectObjects, undefined]) found.push(await findSubject(raster, by))
        }
        return found
      })(${JSON.stringify({
        models: { faces: base64(faces), people: base64(people), objects: base64(objects) },
        rasters: rasters.map(({ width, height, data }) => ({ width, height, data: base64(data) })),
      })})`,
    )
    expect(there).toEqual(here)
  } finally {
    await browser.close()
  }
})
