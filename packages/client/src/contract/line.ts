/** Words of people that are shown in one line beside other things: nothing in them breaks the line, hides, or turns the text after it around. */
import { z } from 'zod'

/** Control characters, line ends of Unicode, and what embeds or overrides the direction of text. Marks of direction (U+200E, U+200F) stay: names are written with them. */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu

/** A line, such as a name; it has something to see. */
export function lineSchema(max: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(
      /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u,
      'holds a control character, a line end, or one that turns the direction of text.',
    )
    .regex(/^$|[^\p{Z}\p{Cc}\p{Cf}]/u, 'has nothing to see.')
}

/** The same words as a line: for what somebody else says of a person, who could not correct it. */
export function toLine(text: string): string {
  return text.replaceAll(steering, ' ').replaceAll(/\s+/g, ' ').trim()
}
