/** What the command's exit codes mean; the help prints this table. */
export const exitCodes = {
  done: 0,
  failed: 1,
  misused: 2,
  interrupted: 130,
} as const

/** One line for each exit code. */
export const exitCodeTexts: readonly (readonly [number, string])[] = [
  [exitCodes.done, 'everything was done'],
  [exitCodes.failed, 'something failed, the rest was done; or a check found differences'],
  [exitCodes.misused, 'the command line is wrong; nothing was done'],
  [exitCodes.interrupted, 'interrupted; no file is half-written'],
]
