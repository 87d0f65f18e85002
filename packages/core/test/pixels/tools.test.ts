import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { describeTools, RENDER_VERSION, toolVersions } from '../../src/variant/tools.ts'

it('says without loading sharp what sharp itself would say', async () => {
  expect(await toolVersions()).toBe(describeTools(sharp.versions))
  const module = new URL('../../src/variant/tools.ts', import.meta.url).href
  const code = `const { toolVersions } = await import('${module}'); await toolVersions(); console.log(process.report.getReport().sharedObjects.join())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])
  expect(stdout).not.toContain('libvips')
})

it('names the codecs that a build has, ours first', () => {
  expect(describeTools({ aom: '3.1', sharp: '0.35.5', pango: '1.5' })).toBe(
    `render ${RENDER_VERSION}, sharp 0.35.5, aom 3.1`,
  )
})
