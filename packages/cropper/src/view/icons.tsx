/** Small pictures beside words; never alone, so hidden from screen readers. */
import type { JSX } from 'preact'

const paths = {
  undo: 'M7.5 4 3.5 8l4 4M4 8h7.5a5 5 0 0 1 0 10H9',
  redo: 'm12.5 4 4 4-4 4M16 8H8.5a5 5 0 0 0 0 10H11',
  focus: 'M10 2v4M10 14v4M2 10h4M14 10h4M15 10a5 5 0 1 1-10 0 5 5 0 0 1 10 0Z',
  limits: 'M2.5 6.5v-4h4M13.5 2.5h4v4M17.5 13.5v4h-4M6.5 17.5h-4v-4M6.5 6.5h7v7h-7z',
  crop: 'M5.5 1.5v13h13M1.5 5.5h13v13',
  reset: 'M4 10a6 6 0 1 0 2-4.5L4 7.5M4 3.5v4h4',
  warning: 'M10 7.5v4M10 14.2v.1M10 3 2 17h16z',
  fine: 'm4.5 10.5 4 4 7.5-9',
} as const

/** Names of the pictures. */
export type IconName = keyof typeof paths

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
