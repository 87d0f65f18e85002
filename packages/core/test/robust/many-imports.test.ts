/** A host may load all modules of a project at once. */
import { expect, test } from 'vitest'
import { orientedJpeg } from '../fixtures/photos.ts'
import { startScript } from '../store/script.ts'
import { place } from './fixtures/inputs.ts'
import { script } from './fixtures/script.ts'

test('two thousand imports need few open files', async () => {
  const { root } = place(await orientedJpeg(1))
  const command = 'ulimit -n 256 && exec "$0" "$@"'
  const { ended } = startScript('sh', ['-c', command, process.execPath, script('plan-many.ts'), root, '2000'])
  const { code, output } = await ended
  expect({ code, output }).toEqual({ code: 0, output: '2000 plans' })
})
