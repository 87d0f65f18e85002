/** Mails, however they leave. */

/** A mail, plain text: nothing in it can be clicked by accident or loads anything. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly replyTo?: string
  readonly attachments?: readonly { readonly name: string; readonly mediaType: string; readonly content: Uint8Array }[]
}

/** Sends mails. */
export interface Mailer {
  /**
   * Hands a mail over.
   *
   * @param id stays the same when a mail has to be sent again
   * @throws Error when the mail could not be handed over
   */
  send(mail: Mail, id: string): Promise<void>
}
