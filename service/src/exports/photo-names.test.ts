import { expect, test } from 'vitest'
import { toPhotoNames } from './photo-names.ts'

function nameOf(name: string | null, media_type = 'image/jpeg'): string | undefined {
  return toPhotoNames([{ name, media_type }])[0]
}

test.each([
  ['lake.jpg', 'lake.jpg'],
  ['Lake View.JPEG', 'Lake View.JPEG'],
  ['lake.png', 'lake.png.jpg'],
  ['é.jpg', 'é.jpg'],
  [null, 'photo.jpg'],
  ['.jpg', 'jpg.jpg'],
  ['..', 'photo.jpg'],
  ['../../etc/passwd', 'etc-passwd.jpg'],
  ['a:b*c?.jpg', 'a-b-c-.jpg'],
  ['x'.repeat(300), `${'x'.repeat(120)}.jpg`],
  ['CON.jpg', '_CON.jpg'],
  ['nul', '_nul.jpg'],
  ['com1.backup.jpg', '_com1.backup.jpg'],
  ['LPT\u00b9.png', '_LPT\u00b9.png.jpg'],
  ['aux .jpg', '_aux.jpg'],
  ['CONIN$.jpg', '_CONIN-.jpg'],
  ['console.jpg', 'console.jpg'],
  ['com10.jpg', 'com10.jpg'],
  ['lake. . .jpg', 'lake.jpg'],
  ['lake. ', 'lake.jpg'],
  ['lake\u202egpj.jpg', 'lake-gpj.jpg'],
  ['a\tb\u0007.jpg', 'a-b-.jpg'],
  ['😀'.repeat(80), `${'😀'.repeat(30)}.jpg`],
])('%s is %s', (given, name) => {
  expect(nameOf(given)).toBe(name)
})

test('no two are alike for any file system', () => {
  const photos = ['a.jpg', 'A.jpg', 'a.jpg', 'e\u0301.jpg', '\u00e9.jpg', null, null]
  expect(toPhotoNames(photos.map((name) => ({ name, media_type: 'image/jpeg' })))).toEqual([
    'a.jpg',
    'A-2.jpg',
    'a-3.jpg',
    '\u00e9.jpg',
    '\u00e9-2.jpg',
    'photo.jpg',
    'photo-2.jpg',
  ])
  const devices = ['CON.jpg', 'con.jpg', '_con.jpg']
  expect(toPhotoNames(devices.map((name) => ({ name, media_type: 'image/jpeg' })))).toEqual([
    '_CON.jpg',
    '_con-2.jpg',
    '_con-3.jpg',
  ])
})
