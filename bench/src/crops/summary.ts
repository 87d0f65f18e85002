/** Judgements of many crops as the scorer's figures. */
import type { Annotation, PhotoSet, Predictions } from './annotations.ts'
import { ratios, textKeys, toNumber } from './ratios.ts'
import { centred, type Judgement, judge, judgeText, type TextJudgement, type TextSide } from './score.ts'

/** Means over crops, 0..1; NaN where nothing was to be judged. */
export interface Summary {
  readonly crops: number
  readonly recall: number
  readonly norm: number
  readonly faces: number
  readonly facesHoldable: number
  readonly focus: number
  readonly cut: number
  readonly tight: number
  readonly clean: number
  readonly size: number
  /** Centre crops that were not clean and are, and the other way round. */
  readonly mended: number
  readonly broken: number
}

/** One method on one set. */
export interface MethodSummary {
  readonly overall: Summary
  readonly byRatio: Readonly<Record<string, Summary>>
  readonly byTag: Readonly<Record<string, Summary>>
}

interface Row extends Judgement {
  readonly key: string
  readonly tags: readonly string[]
  readonly centreClean: boolean
}

/** Judges a method's rectangles. */
export function summarize(set: PhotoSet, predictions: Predictions): MethodSummary {
  const rows = Object.entries(set.photos).flatMap(([id, photo]) =>
    ratios.map((key): Row => {
      const ratio = toNumber(key)
      const judgement = judge(photo, ratio, predictions[id]?.[key])
      const centreClean = judge(photo, ratio, centred(ratio, photo)).clean
      return { ...judgement, key, tags: tagsOf(photo), centreClean }
    }),
  )
  const tags = [...new Set(rows.flatMap((row) => row.tags))]
  const byTag = tags.map((tag) => [tag, rows.filter((row) => row.tags.includes(tag))] as const)
  return {
    overall: toSummary(rows),
    byRatio: Object.fromEntries(ratios.map((key) => [key, toSummary(rows.filter((row) => row.key === key))])),
    byTag: Object.fromEntries(byTag.map(([tag, its]) => [tag, toSummary(its)])),
  }
}

/** `any person` joins `person` and `people`. */
function tagsOf({ tags = [] }: Annotation): readonly string[] {
  return tags.includes('person') || tags.includes('people') ? [...tags, 'any person'] : tags
}

function toSummary(rows: readonly Row[]): Summary {
  const fitting = rows.filter((row) => row.fits)
  const count = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    crops: rows.length,
    recall: mean(rows, (row) => row.recall),
    norm: mean(rows, (row) => row.norm),
    faces: count((row) => row.kept) / count((row) => row.faces),
    facesHoldable: count((row) => Math.min(row.kept, row.holdable)) / count((row) => row.holdable),
    focus: mean(rows, (row) => row.focus),
    cut: mean(fitting, (row) => Number(row.cut)),
    tight: mean(fitting, (row) => Number(row.tight)),
    clean: mean(rows, (row) => Number(row.clean)),
    size: mean(rows, (row) => row.size),
    mended: count((row) => Number(row.clean && !row.centreClean)),
    broken: count((row) => Number(!row.clean && row.centreClean)),
  }
}

/** Crops for headlines. */
export interface TextSummary {
  readonly ok: number
  readonly size: number
  readonly lost: number
  readonly bestLost: number
}

/** Judges a method's rectangles for headlines. */
export function summarizeText(set: PhotoSet, predictions: Predictions): TextSummary {
  const rows = Object.entries(set.photos).flatMap(([id, photo]) =>
    textKeys.map((key): TextJudgement => judgeText(photo, toNumber(key), sideOf(key), predictions[id]?.[key])),
  )
  return {
    ok: mean(rows, (row) => Number(row.textOk)),
    size: mean(rows, (row) => row.size),
    lost: mean(rows, (row) => row.lost),
    bestLost: mean(rows, (row) => row.bestLost),
  }
}

function sideOf(key: string): TextSide {
  const side = key.split('@')[1]
  if (side === 'left' || side === 'right' || side === 'top' || side === 'bottom') return side
  throw new Error(`${key} names no side.`)
}

function mean<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0) / rows.length
}
