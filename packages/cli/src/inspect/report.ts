/** An inspection as lines for people. */
import { type Plan, type PlannedCrop, type RelativeRect, type SourceFacts, warningTexts } from '@hero-image/core'
import { toShownPath } from '../shown-path.ts'
import { toTable } from '../table.ts'
import { toCount, toSize } from '../units.ts'
import type { Inspection } from './inspection.ts'

const colourTexts: Readonly<Record<SourceFacts['colour'], string>> = {
  srgb: 'sRGB',
  'keep-profile': 'wide, profile kept',
  'convert-srgb': 'converted to sRGB',
}

/** @param title how headings are written */
export function toReport(inspection: Inspection, title: (text: string) => string): string[] {
  const { file, config, preset, facts, subject, crops, plan, files, notes } = inspection
  const block = (heading: string, lines: readonly string[]): string[] => [
    '',
    title(heading),
    ...lines.map((line) => `  ${line}`),
  ]
  return [
    title(toShownPath(file)),
    ...toTable(factRows(facts, config)).map((line) => `  ${line}`),
    ...block(
      `subject (by ${subject.by}, detector '${plan.detector}')`,
      toTable(
        subject.boxes.map(({ kind, box, weight, score }) => [
          kind,
          toShares(box),
          `weight ${round(weight)}`,
          score === undefined ? '' : `certain ${toPercent(score)}`,
        ]),
      ),
    ),
    ...block(
      `crops of preset '${preset}'`,
      toTable([
        ['name', 'shown', 'ratio', 'rectangle', 'by', 'sure', 'keeps', 'colour'],
        ...crops.map(({ name, media, ratio, rect, by, confidence, kept, colour }) => [
          name,
          media ?? 'otherwise',
          ratio.toFixed(3),
          `${rect.width}×${rect.height} at ${rect.left},${rect.top}`,
          by,
          toPercent(confidence),
          toPercent(kept),
          colour,
        ]),
      ]),
    ),
    ...block('why', toTable(crops.map(toWhy))),
    ...block(`plan (${toCount(files.total, 'file')}, ${files.cached} in the cache)`, toTable(planRows(plan))),
    ...(notes.length === 0 ? [] : block('notes', notes)),
  ]
}

/** What a crop keeps, where its text lies, and what a person should look at. */
function toWhy({ name, reason, warnings, text }: PlannedCrop): string[] {
  const side = text === undefined ? '' : `text ${text.side ?? toShares(text.box)}, ${toPercent(text.luminance)} bright`
  const words = warnings.map((warning) => `! ${warningTexts[warning]}`)
  return [name, reason === '' ? 'nothing to keep' : reason, ...(side === '' ? [] : [side]), ...words]
}

function toPercent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function factRows(facts: SourceFacts, config: string | undefined): string[][] {
  return [
    ['size', `${facts.width} × ${facts.height} px, ${toSize(facts.bytes)}`],
    ['format', `${facts.format}, ${facts.depth} bit, ${facts.frames > 1 ? toCount(facts.frames, 'frame') : 'still'}`],
    ['colour', `${colourTexts[facts.colour]}${facts.profile === undefined ? '' : ` (${facts.profile})`}`],
    ['alpha', facts.alpha ? 'yes' : 'no'],
    ['gain map', facts.gainMap ? 'yes' : 'no'],
    ['sha-256', facts.hash],
    ['config', config === undefined ? 'none, defaults' : toShownPath(config)],
  ]
}

function planRows(plan: Plan): string[][] {
  if (plan.sources.length === 0) return plan.variants.map(({ format, name }) => [format, name])
  const rows = plan.sources.map(({ crop, format, sizes, variants }) => [
    crop,
    format,
    variants.map((index) => plan.variants[index]?.width ?? '').join(' '),
    sizes,
  ])
  return [['crop', 'format', 'widths', 'sizes'], ...rows]
}

function toShares({ x, y, width, height }: RelativeRect): string {
  return `${round(x)},${round(y)} to ${round(x + width)},${round(y + height)}`
}

function round(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
