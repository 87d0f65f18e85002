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
