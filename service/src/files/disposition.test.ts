import { expect, test } from 'vitest'
import { toDisposition, toFileName } from './disposition.ts'

test.each([
  ['beach.jpg', 'beach.jpg', 'beach.jpg'],
  ['Straße 1.jpg', 'Stra_e_1.jpg', 'Stra%C3%9Fe%201.jpg'],
  ['"; filename="x.html', '_filename_x.html', '%22%3B%20filename%3D%22x.html'],
  ['a\r\nSet-Cookie: b', 'a_Set-Cookie_b', 'a%0D%0ASet-Cookie%3A%20b'],
  ["it's (1)*.png", 'it_s_1_.png', 'it%27s%20%281%29%2A.png'],
  ['..', '_', '..'],
  ['图', '_', '%E5%9B%BE'],
  ['\ud800', '_', '%EF%BF%BD'],
])('%j is saved under a name that is no header of its own', (name, plain, encoded) => {
  expect(toDisposition('attachment', name)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
})

test.each([
  ['beach.jpg', 'beach.jpg'],
  ['C:\\photos\\beach.jpg', 'beach.jpg'],
  ['../../etc/passwd', 'passwd'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['a\0b\n.png', 'ab.png'],
  ['  ', null],
  ['..', null],
  ['folder/', null],
  [undefined, null],
  ['x'.repeat(300), 'x'.repeat(255)],
])('%j as a name', (given, name) => {
  expect(toFileName(given)).toBe(name)
})
