/** Which providers there are: the local one always, the others where the settings have their key. */
import type { GenerationOperation } from '@hero-image/client/contract'
import type { Settings } from '../settings/read.ts'
import { createBlackForestLabsProvider } from './black-forest-labs.ts'
import { createCompatibleProvider } from './compatible.ts'
import { createFalProvider } from './fal.ts'
import { createGoogleProvider } from './google.ts'
import { localProvider } from './local.ts'
import { createOpenAiProvider } from './openai.ts'
import { capabilityOf, type Provider } from './provider.ts'
import { createReplicateProvider } from './replicate.ts'

/** All providers that can be used, the one that is taken by default first. */
export function createProviders(settings: Settings): readonly Provider[] {
  const providers: Provider[] = [localProvider]
  if (settings.OPENAI_API_KEY !== undefined) {
    providers.push(createOpenAiProvider(settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL))
  }
  if (settings.GOOGLE_GENERATIVE_AI_API_KEY !== undefined) {
    const { GOOGLE_GENERATIVE_AI_API_KEY: key, GOOGLE_GENERATIVE_AI_BASE_URL: base } = settings
    providers.push(createGoogleProvider(key, base))
  }
  if (settings.BFL_API_KEY !== undefined) {
    providers.push(createBlackForestLabsProvider(settings.BFL_API_KEY, settings.BFL_BASE_URL))
  }
  if (settings.FAL_KEY !== undefined) {
    providers.push(createFalProvider(settings.FAL_KEY, settings.FAL_BASE_URL))
  }
  if (settings.REPLICATE_API_TOKEN !== undefined) {
    providers.push(createReplicateProvider(settings.REPLICATE_API_TOKEN, settings.REPLICATE_BASE_URL))
  }
  if (settings.HERO_COMPATIBLE_URL !== undefined && settings.HERO_COMPATIBLE_MODEL !== undefined) {
    providers.push(
      createCompatibleProvider({
        url: settings.HERO_COMPATIBLE_URL,
        key: settings.HERO_COMPATIBLE_KEY,
        model: settings.HERO_COMPATIBLE_MODEL,
        credits: settings.HERO_COMPATIBLE_CREDITS,
        costMicros: settings.HERO_COMPATIBLE_COST_MICROS,
      }),
    )
  }
  return providers
}

/** The provider that a request names, or the first that can do it. */
export function chooseProvider(
  providers: readonly Provider[],
  operation: GenerationOperation,
  id: string | undefined,
): Provider | undefined {
  return providers.find((provider) =>
    id === undefined ? capabilityOf(provider, operation) !== undefined : provider.id === id,
  )
}
