/** What other parts do with credits. */
export { type Closed, type Closing, closeHold } from './close-hold.ts'
export { closeWallet } from './close-wallet.ts'
export { type Reservation, reserve } from './reserve.ts'
export { type Reversal, reverse } from './reverse.ts'
export { type TopUp, topUp } from './top-up.ts'
export { openWallet, type Wallet, walletOf } from './wallet.ts'
