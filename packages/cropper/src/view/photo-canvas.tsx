/** A part of the photo, drawn from the one copy that was decoded. */
import type { RelativeRect } from '@hero-image/core'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface PhotoCanvasProps {
  readonly bitmap: ImageBitmap | undefined
  readonly rect: RelativeRect
  /** Width ÷ height of what is shown. */
  readonly ratio: number
  /** What it shows, for people who do not see it; without words it is decoration. */
  readonly label?: string
}

export function PhotoCanvas({ bitmap, rect, ratio, label }: PhotoCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const width = usePixelWidth(canvas)
  const height = Math.max(1, Math.round(width / ratio))
  const { x, y, width: wide, height: high } = rect
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: true })
    if (!context || bitmap === undefined || width === 0) return
    context.imageSmoothingQuality = 'medium'
    context.clearRect(0, 0, width, height)
    context.drawImage(
      bitmap,
      x * bitmap.width,
      y * bitmap.height,
      wide * bitmap.width,
      high * bitmap.height,
      0,
      0,
      width,
      height,
    )
  }, [bitmap, x, y, wide, high, width, height])
  return (
    <canvas
      ref={canvas}
      class="picture"
      width={width}
      height={height}
      style={{ aspectRatio: String(ratio) }}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  )
}

/** Width of an element in pixels of the screen. */
function usePixelWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const watched = element.current
    if (watched === null) return
    const measure = () => setWidth(Math.round(watched.clientWidth * devicePixelRatio))
    const observer = new ResizeObserver(measure)
    observer.observe(watched)
    measure()
    return () => observer.disconnect()
  }, [element])
  return width
}
