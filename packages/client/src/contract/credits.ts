/** Credits: what there is, and every change of it. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

const credits = z.number().int()

/** What somebody has. */
export const creditsSchema = z
  .object({
    available: credits.min(0).meta({ description: 'Can be spent.' }),
    held: credits.min(0).meta({ description: 'Set apart for what is being done; what is not used comes back.' }),
    owed: credits.min(0).meta({
      description: 'Was spent before its payment was reversed. Whatever comes in pays this first.',
    }),
    frozen: z.boolean().meta({ description: 'Nothing can be spent, until nothing is owed.' }),
  })
  .meta({ id: 'Credits' })

export type Credits = z.infer<typeof creditsSchema>

/** What a transfer can be, with what it means. */
export const transferKinds = {
  topup: 'Credits were bought.',
  grant: 'Credits were given.',
  reserve: 'Credits were set apart.',
  settle: 'Credits that had been set apart were spent; what was not used came back.',
  release: 'Credits that had been set apart came back.',
  expire: 'Credits that had been set apart came back, because nobody asked for them in time.',
  reverse: 'Credits were taken back, because their payment was.',
  close: 'The wallet was closed.',
} as const

/** What a transfer is. */
export type TransferKind = keyof typeof transferKinds

const kinds: TransferKind[] = []
for (const name in transferKinds) if (isTransferKind(name)) kinds.push(name)

/** True for the name of a kind of transfer. */
export function isTransferKind(name: string): name is TransferKind {
  return Object.hasOwn(transferKinds, name)
}

export const transferKindSchema: z.ZodType<TransferKind, TransferKind> = z.enum(kinds).meta({ id: 'TransferKind' })

const amounts = z.object({ available: credits, held: credits, owed: credits })

/** One line of the statement. Credits that were spent have left `held` and come to nothing else. */
export const transferSchema = z
  .object({
    id: idSchema('transfer'),
    kind: transferKindSchema,
    change: amounts.meta({ description: 'By how much each balance has changed.' }),
    balance: amounts.meta({ description: 'Each balance after it.' }),
    order_id: idSchema('order').nullable().meta({ description: 'The order that it belongs to.' }),
    generation_id: idSchema('generation').nullable().meta({ description: 'The generation that it belongs to.' }),
    created_at: timeSchema,
  })
  .meta({ id: 'Transfer' })

export type Transfer = z.infer<typeof transferSchema>

export const transferPageSchema = pageSchema(transferSchema).meta({ id: 'TransferPage' })
