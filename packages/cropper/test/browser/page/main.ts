/** Hosts the element as a dev server does: answers a save with what was saved, and keeps what it was told. */
import '@hero-image/cropper'
import type { Sidecar } from '@hero-image/core/sidecar'
import type { HeroCropperProperties } from '@hero-image/cropper'

declare global {
  interface Window {
    readonly changes: Sidecar[]
    readonly saves: Sidecar[]
    readonly longTasks: number[]
    open(properties: Partial<HeroCropperProperties>): void
  }
}

const changes: Sidecar[] = []
const saves: Sidecar[] = []
const longTasks: number[] = []

const cropper = document.querySelector('hero-cropper')
if (cropper === null) throw new Error('The page has no editor.')

cropper.addEventListener('hero-change', ({ detail }) => changes.push(detail.sidecar))
cropper.addEventListener('hero-save', ({ detail }) => {
  saves.push(detail.sidecar)
  cropper.sidecar = detail.sidecar
  cropper.status = { kind: 'done', text: 'Saved' }
})

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration))
}).observe({ type: 'longtask', buffered: true })

Object.assign(window, {
  changes,
  saves,
  longTasks,
  open: (properties: Partial<HeroCropperProperties>) => Object.assign(cropper, properties),
})
