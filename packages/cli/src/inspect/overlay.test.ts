import type { PlannedCrop } from '@hero-image/core'
import { expect, test } from 'vitest'
import { toOverlay } from './overlay.ts'

const crop = (name: string, left: number) => ({
  name,
  sizes: '100vw',
  ratio: 1,
  rect: { left, top: 0, width: 100, height: 100 },
  by: 'focus',
  kept: 1,
  confidence: 1,
  parts: [],
  reason: '',
  warnings: [],
  colour: '#000000',
})

test('names cannot leave their text', () => {
  const subject = { by: 'x', boxes: [{ kind: '<a>&\u0000', box: { x: 0, y: 0, width: 1, height: 1 }, weight: 1 }] }
  const svg = toOverlay({ width: 400, height: 200 }, { width: 200, height: 100 }, [crop('</text><b>', 0)], subject)
  expect(svg).toContain('>&lt;/text&gt;&lt;b&gt;</text>')
  expect(svg).toContain('>&lt;a&gt;&amp;\ufffd</text>')
})

test('words say why a crop lies there and what to look at; the headline has its place', () => {
  const box = { x: 0, y: 0.5, width: 1, height: 0.5 }
  const told: PlannedCrop = {
    ...crop('tall', 0),
    reason: 'keeps 1 of 2 faces',
    warnings: ['face-dropped'],
    text: { box, side: 'bottom', luminance: 0.1 },
  }
  const face = { kind: 'face', box, weight: 1, score: 0.93, points: [{ x: 0.5, y: 0.6 }] }
  const svg = toOverlay({ width: 400, height: 200 }, { width: 400, height: 200 }, [told], {
    by: 'faces',
    boxes: [face],
  })
  expect(svg).toContain('>tall: keeps 1 of 2 faces; ! face left out</text>')
  expect(svg).toContain('<rect x="0" y="50" width="100" height="50" fill="#e69f00" fill-opacity="0.25"')
  expect(svg).toContain('>face 93 %</text>')
  expect(svg).toContain('<circle cx="200" cy="120"')
})

test('lines lie inside their crop, in the scale of the preview', () => {
  const svg = toOverlay({ width: 400, height: 200 }, { width: 200, height: 100 }, [crop('a', 100)], {
    by: 'x',
    boxes: [],
  })
  expect(svg).toContain('<rect x="51" y="1" width="48" height="48" fill="none"')
})
