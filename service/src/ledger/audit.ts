/** Looks whether the books are right. Whatever it finds is a defect of the service: nothing that people or providers do can make a fault. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database/open.ts'

/** Something that cannot be. */
export interface Fault {
  /** Which rule is broken. */
  readonly rule: string
  /** The transfer, wallet or hold at fault. */
  readonly subject: string
  readonly detail: string
}

/** Most faults per rule that are told; more of the same say nothing new. */
const mostPerRule = 100

/** What each transfer changed in its wallet. Materialized, here and below: pushed into a loop over wallets it would read all entries for each of them. */
const changes = sql`
  change as materialized (
    select
      transfer_id,
      coalesce(sum(amount) filter (where account = 'available'), 0) as available,
      coalesce(sum(amount) filter (where account = 'held'), 0) as held,
      coalesce(sum(amount) filter (where account = 'owed'), 0) as owed
    from entry group by transfer_id
  )
`

/** To what the changes of a wallet sum at each transfer. */
const steps = sql`
  ${changes},
  step as materialized (
    select
      transfer.*,
      row_number() over history as nth,
      sum(coalesce(change.available, 0)) over history as available_sum,
      sum(coalesce(change.held, 0)) over history as held_sum,
      sum(coalesce(change.owed, 0)) over history as owed_sum
    from transfer left join change on change.transfer_id = transfer.id
    window history as (partition by wallet_id order by version)
  )
`

/** The rules: each query finds what breaks it. */
const rules: Readonly<Record<string, RawBuilder<unknown>>> = {
  'all entries sum to zero': sql`
    select 'all' as subject, sum(amount)::text as detail from entry having sum(amount) <> 0
  `,
  'the entries of a transfer sum to zero': sql`
    select transfer.id::text as subject, coalesce(sum(entry.amount)::text, 'no entries') as detail
    from transfer left join entry on entry.transfer_id = transfer.id
    group by transfer.id having coalesce(sum(entry.amount), 1) <> 0
  `,
  'a transfer has the entries of its kind': sql`
    select transfer.id::text as subject, concat_ws(' ', kind, account, entry.amount) as detail
    from transfer join entry on entry.transfer_id = transfer.id
    where not case account
      when 'issued_paid' then kind = 'topup' and entry.amount = -transfer.amount
      when 'issued_granted' then kind = 'grant' and entry.amount = -transfer.amount
      when 'spent' then kind = 'settle' and entry.amount = transfer.amount
      when 'reversed' then kind = 'reverse' and entry.amount between 1 and transfer.amount
      when 'expired' then kind not in ('reserve', 'reverse') and entry.amount > 0
      when 'held' then kind in ('reserve', 'settle', 'release', 'expire')
      else true
    end
  `,
  'no balance is ever below zero': sql`
    with ${steps} select id::text as subject, concat_ws(' ', available_sum, held_sum, -owed_sum) as detail
    from step where available_sum < 0 or held_sum < 0 or owed_sum > 0
  `,
  'a transfer tells the balance after it': sql`
    with ${steps} select id::text as subject, concat_ws(' ', available_sum, held_sum, -owed_sum) as detail
    from step
    where nth <> version or (available_after, held_after, owed_after) <> (available_sum, held_sum, -owed_sum)
  `,
  'a wallet is the sum of its entries': sql`
    with ${changes}, total as materialized (
      select wallet_id, count(*) as transfers, sum(available) as available, sum(held) as held, sum(owed) as owed
      from transfer left join change on change.transfer_id = transfer.id group by wallet_id
    )
    select wallet.id::text as subject, concat_ws(' ', total.available, total.held, -total.owed) as detail
    from wallet left join total on total.wallet_id = wallet.id
    where (wallet.version, wallet.available, wallet.held, wallet.owed) <> (
      coalesce(total.transfers, 0), coalesce(total.available, 0), coalesce(total.held, 0), coalesce(-total.owed, 0)
    )
  `,
  'what a wallet holds is what its open holds hold': sql`
    select wallet.id::text as subject, coalesce(sum(hold.amount), 0)::text as detail
    from wallet left join hold on hold.wallet_id = wallet.id and hold.state = 'held'
    group by wallet.id having wallet.held <> coalesce(sum(hold.amount), 0)
  `,
  'a hold is what its reservation set apart': sql`
    select transfer.id::text as subject, coalesce(hold.amount::text, 'no hold') as detail
    from transfer left join hold on hold.id = transfer.id
    where (transfer.kind = 'reserve') is distinct from (
      hold.id is not null and hold.wallet_id = transfer.wallet_id and hold.amount = transfer.amount
        and hold.amount = (select amount from entry where transfer_id = transfer.id and account = 'held')
    )
  `,
  'a hold closes once, as its transfer says': sql`
    with closing as materialized (
      select
        hold_id,
        count(distinct transfer.id) as times,
        coalesce(sum(-entry.amount) filter (where account = 'held'), 0) as freed,
        coalesce(sum(entry.amount) filter (where account = 'spent'), 0) as spent
      from transfer join entry on entry.transfer_id = transfer.id
      where kind in ('settle', 'release', 'expire')
      group by hold_id
    )
    select hold.id::text as subject, concat_ws(' ', hold.state, 'closings:', coalesce(times, 0)) as detail
    from hold left join closing on closing.hold_id = hold.id
    where (coalesce(times, 0), coalesce(freed, 0), coalesce(spent, 0)) <> (
      case hold.state when 'held' then 0 else 1 end, case hold.state when 'held' then 0 else hold.amount end,
      coalesce(hold.settled, 0)
    )
  `,
  'what was spent in a day is what its holds say': sql`
    select wallet.id::text as subject, coalesce(sum(coalesce(hold.settled, hold.amount)), 0)::text as detail
    from wallet left join hold
      on hold.wallet_id = wallet.id and (hold.created_at at time zone 'UTC')::date = wallet.spending_day
    group by wallet.id having wallet.spent_that_day < coalesce(sum(coalesce(hold.settled, hold.amount)), 0)
  `,
  'a wallet without a person is closed': sql`
    select id::text as subject, 'open' as detail from wallet where user_id is null and closed_at is null
  `,
}

/**
 * Audits the whole ledger at one moment in time, while others go on writing.
 *
 * @returns everything that is wrong; nothing, always
 */
export async function auditLedger(db: Db): Promise<readonly Fault[]> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(findFaults)
}

/** What is wrong as this transaction sees it. */
export async function findFaults(trx: Db): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  for (const [rule, query] of Object.entries(rules)) {
    const { rows } = await sql<{ subject: string; detail: string }>`${query} limit ${mostPerRule}`.execute(trx)
    faults.push(...rows.map(({ subject, detail }) => ({ rule, subject, detail })))
  }
  return faults
}
