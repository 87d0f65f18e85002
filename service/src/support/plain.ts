/** What people write, for the terminals and mails of those who help them: nothing in it steers a terminal or turns a line around. */

const steering = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Text of several lines. */
export function toPlainText(text: string): string {
  return text.replaceAll(steering, (character) => (character === '\n' || character === '\t' ? character : ''))
}

/** Text of one line, such as a name: what follows it cannot look like a line of ours. */
export function toPlainLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(steering, '')
}
