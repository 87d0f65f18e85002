/** What a page shows, read from the names of its files. */

/** The crop that the preset `hero` means for a window of this width, as width ÷ height. */
export const ratioFor = (width: number): number => (width >= 1024 ? 2 : width >= 640 ? 3 / 2 : 4 / 5)

/** True for the URL of a file of ours. */
export const isOurs = (url: string): boolean => /-\d+x\d+\.[0-9a-f]{12}\./.test(url)

/** A file of ours. */
export interface ShownFile {
  readonly width: number
  readonly ratio: number
  readonly extension: string
}

/** Reads the name at the end of a URL; zeros when it is no file of ours. */
export function parseName(url: string): ShownFile {
  const [, width = '0', height = '0', extension = ''] = /-(\d+)x(\d+)\.[0-9a-f]{12}\.(\w+)/.exec(url) ?? []
  return { width: Number(width), ratio: Number(width) / Number(height), extension }
}

/** JavaScript for the page: a promise of the layout shift so far. */
export const layoutShift = `new Promise((resolve) => {
  let sum = 0
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value })
    .observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => resolve(sum), 200)
})`
