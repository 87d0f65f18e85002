/** Orders for operators, on the command line: after a restore of the database, what has happened at the provider since the backup. */
import type { Service } from '../service.ts'
import { type Reread, rereadPayments } from './reread.ts'

/** How it is used. */
export const reconcileUsage = `reconcile --since <time>             asks the payment provider about everything since then, such as 2026-11-20T04:00Z: after a restore
`

/**
 * Does what the words say.
 *
 * @returns what is to be shown, or undefined when the words make no sense
 * @throws Error when something could not be looked at; to do it again does no harm
 */
export async function runReconcile(service: Service, words: readonly string[]): Promise<string | undefined> {
  const [option, time = '', ...others] = words
  if (option !== '--since' || others.length > 0 || !/^\d{4}-\d\d-\d\d/.test(time)) return undefined
  const since = new Date(time)
  if (Number.isNaN(since.getTime())) return undefined
  const { payments } = service
  if (payments === undefined) throw new Error('Nothing is sold here: HERO_PAYMENTS is `none`.')
  const found = await rereadPayments(service, payments, since)
  const text = toText(found)
  if (found.failures.length === 0) return text
  throw new Error(`${text}Not looked at, try again:\n${found.failures.map((line) => `  ${line}\n`).join('')}`)
}

function toText({ checkouts, changed, mismatches, orphans }: Reread): string {
  const lines = [
    `${checkouts} checkouts looked at, ${changed} orders changed.`,
    ...(mismatches === 0 ? [] : [`${mismatches} do not fit what the provider says; the log names them.`]),
    ...(orphans.length === 0
      ? []
      : ['Paid, but there is no order any more: nobody has credits for these. Give the money back at the provider.']),
    ...orphans.map(({ ref, orderId, amountMinor, amountRefundedMinor, currency }) => {
      const left = ((amountMinor - amountRefundedMinor) / 100).toFixed(2)
      return `  ${ref}  ${orderId}  ${left} ${currency}`
    }),
  ]
  return `${lines.join('\n')}\n`
}
