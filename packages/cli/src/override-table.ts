/** The overrides as flags; their values are those of the query keys of the same names. */
import type { FlagTable } from './command.ts'

/** Keys of a query that are flags of the same name. */
export const overrideNames = [
  'focus',
  'text',
  'zoom',
  'ratio',
  'widths',
  'formats',
  'quality',
  'sizes',
  'crops',
] as const

/** For commands that plan a picture. */
export const overrideFlags: FlagTable = {
  preset: { value: '<name>', about: "preset to use (default 'hero')" },
  focus: {
    value: '<x,y[,w,h]>',
    about: 'what must stay in view, 0 to 1 from the left and the top, such as .3,.6, with a size such as .3,.6,.2,.4',
  },
  text: {
    value: '<side>',
    about: 'where a headline lies: left, right, top, bottom or auto, or by crop such as wide:left,tall:top',
  },
  zoom: { value: '<.65-1>', about: 'how far crops may zoom in, as the least share of the largest rectangle' },
  ratio: { value: '<w:h>', about: "aspect ratio of every crop: 16:9, 4/5, 1.5 or 'source'" },
  widths: { value: '<px,…>', about: 'widths in px instead of chosen ones' },
  formats: { value: '<name,…>', about: 'formats in order of preference: avif, webp, jpeg, png, gif' },
  quality: { value: '<1-100>', about: 'quality, or one per format: avif:45,jpeg:70' },
  sizes: { value: '<css>', about: "CSS sizes of the picture, such as '(min-width: 60rem) 50vw, 100vw'" },
  crops: { value: '<name,…>', about: 'crops of the preset to keep' },
  config: { value: '<file>', about: 'config file (default: the nearest hero.config.*)' },
}
