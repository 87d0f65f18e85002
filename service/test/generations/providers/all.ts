/** All fakes. */
import { startBflFake } from './bfl-fake.ts'
import type { FakeProvider } from './fake-server.ts'
import { startFalFake } from './fal-fake.ts'
import { startGoogleFake } from './google-fake.ts'
import { startOpenAiFake } from './openai-fake.ts'
import { startReplicateFake } from './replicate-fake.ts'

/** Starts one of each kind. */
export function startAllFakes(): Promise<FakeProvider[]> {
  return Promise.all([
    startOpenAiFake('openai'),
    startOpenAiFake('compatible'),
    startGoogleFake(),
    startFalFake(),
    startReplicateFake(),
    startBflFake(),
  ])
}
