/** What other parts do with credits. */
export { closeHold } from './close-hold.ts'
export { closeWallet } from './close-wallet.ts'
export { reserve } from './reserve.ts'
export { reverse } from './reverse.ts'
export { topUp } from './top-up.ts'
export { openWallet, walletOf } from './wallet.ts'
