import { defineHero } from '@hero-image/core'

export default defineHero({
  presets: { card: { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 640px) 50vw, 100vw' } },
  manifest: true,
  report: 'table',
})
