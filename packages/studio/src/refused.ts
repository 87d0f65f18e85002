/** A request that gets an error, on purpose. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number

  /** @param message shown to the person in front of the page */
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
