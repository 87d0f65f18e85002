import { expect, test } from 'vitest'
import { shieldRules } from './shield.ts'

const ours = { all: [{ not: { query: /[?&]hero(?:[=&]|$)/ } }, { not: { query: /[?&]hero-v=/ } }] }

test('every form of a rule gets the condition', () => {
  const condition = { path: 'icons/*' }
  expect(
    shieldRules({
      '*.svg': { loaders: ['svgr'], as: '*.js', condition },
      '*.png': ['one', { loader: 'two', options: { a: 1 } }],
      '*.jpg': [{ loaders: ['one'], condition: 'browser' }, 'two', { type: 'asset' }],
    }),
  ).toEqual({
    '*.svg': [{ loaders: ['svgr'], as: '*.js', condition: { all: [ours, condition] } }],
    '*.png': [{ loaders: ['one', { loader: 'two', options: { a: 1 } }], condition: ours }],
    '*.jpg': [
      { loaders: ['one'], condition: { all: [ours, 'browser'] } },
      { loaders: ['two'], condition: ours },
      { type: 'asset', condition: ours },
    ],
  })
})
