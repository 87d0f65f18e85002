import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFolder } from '../package-folder.ts'
import { eventTypes } from './stripe-events.ts'

test('the document names exactly the events that are taken', async () => {
  const text = await readFile(join(packageFolder, 'docs/payments.md'), 'utf8')
  const [, listed = ''] = /```\n([^`]+)```/.exec(text) ?? []
  expect(listed.trim().split('\n')).toEqual([...eventTypes])
})

test('Stripe lists events of 20 types at most', () => {
  expect(eventTypes.length).toBeLessThanOrEqual(20)
})
