/** Words that the option `detector` takes instead of a module. */
export const detectorWords = ['none', 'objects'] as const

export type DetectorWord = (typeof detectorWords)[number]

/** True for such a word. */
export function isDetectorWord(option: string): option is DetectorWord {
  return detectorWords.some((word) => word === option)
}
