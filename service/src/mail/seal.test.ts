import { expect, test } from 'vitest'
import { openMail, sealMail } from './seal.ts'

const secret = 'a secret of tests, and of nothing else'
const mail = {
  to: 'ada@example.org',
  subject: 'Grüße',
  text: 'https://hero.test/reset/abc',
  attachments: [{ name: 'a.png', mediaType: 'image/png', content: Buffer.from([0, 255, 1]) }],
}

test('what was sealed opens again, attachments and all', () => {
  expect(openMail(secret, 'row', sealMail(secret, 'row', mail))).toEqual(mail)
})

test('nothing of a mail can be read while it is sealed', () => {
  const sealed = sealMail(secret, 'row', mail).toString('latin1')
  expect(sealed).not.toContain('ada')
  expect(sealed).not.toContain('reset')
})

test('another secret, another row and a changed byte open nothing', () => {
  const sealed = sealMail(secret, 'row', mail)
  const changed = Buffer.from(sealed)
  changed[20] = (changed[20] ?? 0) ^ 1
  expect(() => openMail(`${secret}.`, 'row', sealed)).toThrow()
  expect(() => openMail(secret, 'other', sealed)).toThrow()
  expect(() => openMail(secret, 'row', changed)).toThrow()
})
