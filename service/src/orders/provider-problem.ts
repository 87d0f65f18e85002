/** The provider's trouble as an answer: told to the log by its identifiers, to the client not at all. */
import { ProblemError } from '../http/problem.ts'
import type { Log } from '../log/log.ts'
import { PaymentsError } from '../payments/payments-error.ts'

/** For `catch`: throws provider-unavailable for what is the provider's fault, and everything else as it is. */
export function providerProblem(log: Log): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PaymentsError)) throw error
    log.warn({ trouble: error.trouble }, 'the payment provider did not answer')
    throw new ProblemError('provider-unavailable', { cause: error })
  }
}
