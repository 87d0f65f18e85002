/** A wallet as simple as can be: what the ledger has to agree with. */

/** Something done to a wallet. Holds and orders are counted in the order in which they were made; numbers beyond the last are taken modulo. */
export type Operation =
  | { readonly type: 'topup' | 'grant'; readonly credits: number }
  | { readonly type: 'reserve'; readonly credits: number }
  | { readonly type: 'close'; readonly hold: number; readonly actual: number }
  | { readonly type: 'reverse'; readonly order: number; readonly credits: number }
  | { readonly type: 'leave' }

export interface Model {
  available: number
  held: number
  owed: number
  frozen: boolean
  isClosed: boolean
  /** Credits of each order that were not reversed. */
  readonly orders: number[]
  readonly holds: { readonly amount: number; settled: number | undefined }[]
}

export function createModel(): Model {
  return { available: 0, held: 0, owed: 0, frozen: false, isClosed: false, orders: [], holds: [] }
}

/** Does something to the model; the result is what the ledger must answer. */
export function apply(model: Model, operation: Operation): string {
  if (operation.type === 'topup' || operation.type === 'grant') {
    if (operation.type === 'topup') model.orders.push(operation.credits)
    receive(model, operation.credits)
    return 'done'
  }
  if (operation.type === 'reserve') {
    if (model.frozen) return 'wallet-frozen'
    if (model.available < operation.credits) return 'insufficient-credits'
    model.available -= operation.credits
    model.held += operation.credits
    model.holds.push({ amount: operation.credits, settled: undefined })
    return 'done'
  }
  if (operation.type === 'close') {
    const hold = model.holds[operation.hold % model.holds.length]
    if (hold === undefined) return 'no hold'
    if (hold.settled === undefined) {
      if (operation.actual > hold.amount) return 'excess'
      hold.settled = operation.actual
      model.held -= hold.amount
      receive(model, hold.amount - operation.actual)
    }
    return `${hold.settled} of ${hold.amount}`
  }
  if (operation.type === 'reverse') {
    const index = operation.order % model.orders.length
    const left = model.orders[index]
    if (left === undefined) return 'no order'
    const reversed = Math.min(left, operation.credits)
    model.orders[index] = left - reversed
    const taken = Math.min(model.available, reversed)
    model.available -= taken
    model.owed += reversed - taken
    model.frozen ||= reversed > taken
    return `${reversed}, owing ${reversed - taken}`
  }
  model.available = 0
  model.frozen = true
  model.isClosed = true
  return 'done'
}

/** What comes in pays debts first; a wallet without debts thaws; a closed one keeps nothing. */
function receive(model: Model, credits: number): void {
  const pays = Math.min(model.owed, credits)
  model.owed -= pays
  if (pays > 0 && model.owed === 0 && !model.isClosed) model.frozen = false
  if (!model.isClosed) model.available += credits - pays
}
