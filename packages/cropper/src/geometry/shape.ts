/** What the rules of a crop are on the stage. Pure. */
import type { RelativeRect, Size } from '@hero-image/core'
import { type RectRules, whole } from './rect.ts'

/** Least side of a crop, of limits and of a text zone, in shares. */
export const leastSide = 0.05

/** A crop's width ÷ height in shares of the photo; its own ratio is in pixels. 0 stands for the photo's. */
export function shareRatio(ratio: number, photo: Size): number {
  return ratio === 0 ? 1 : (ratio * photo.height) / photo.width
}

/** A crop keeps its ratio and stays inside the limits. */
export function cropRules(ratio: number, photo: Size, limits: RelativeRect | undefined): RectRules {
  return { ratio: shareRatio(ratio, photo), within: limits ?? whole, least: leastSide }
}

/** From shares of the photo to shares of a frame in it. */
export function intoFrame(rect: RelativeRect, frame: RelativeRect): RelativeRect {
  return {
    x: (rect.x - frame.x) / frame.width,
    y: (rect.y - frame.y) / frame.height,
    width: rect.width / frame.width,
    height: rect.height / frame.height,
  }
}

/** From shares of a frame to shares of the photo. */
export function outOfFrame(rect: RelativeRect, frame: RelativeRect): RelativeRect {
  return {
    x: frame.x + rect.x * frame.width,
    y: frame.y + rect.y * frame.height,
    width: rect.width * frame.width,
    height: rect.height * frame.height,
  }
}
