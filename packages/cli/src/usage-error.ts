/** The command line is wrong: exit code 2, with a way out. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** What to do. */
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/** Stands where an error of the engine names a file, when a flag is at fault. */
export const commandLine = 'command line'

/** True when the command line is wrong, whoever noticed. */
export function isMisuse(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof Error && 'file' in error && error.file === commandLine)
}
