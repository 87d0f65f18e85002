/** Any service that has the image endpoints of OpenAI, through the AI SDK: gateways, and models that people run themselves. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Capability, Provider } from './provider.ts'
import { callSdk } from './sdk-call.ts'
import { createSdkFetch } from './sdk-fetch.ts'

/** What the operator says of the service. */
export interface CompatibleOptions {
  readonly url: string
  readonly key: string | undefined
  readonly model: string
  readonly credits: number
  readonly costMicros: number
}

/** Creates the provider. */
export function createCompatibleProvider({ url, key, model, credits, costMicros }: CompatibleOptions): Provider {
  const compatible = createOpenAICompatible({
    name: 'compatible',
    baseURL: url,
    ...(key === undefined ? {} : { apiKey: key }),
    fetch: createSdkFetch(url),
  })
  const shared = {
    model,
    gives: 'canvas',
    // Nobody tells what such a service draws; this is what the common models take.
    sizes: { kind: 'free', step: 16, minSide: 64, maxSide: 2048, maxPixels: 1_600_000 },
    price: { credits, per: 'picture' },
    costMicros,
    billedOnRefusal: false,
  } as const satisfies Partial<Capability>
  return {
    id: 'compatible',
    name: model,
    description: 'A service with the image endpoints of OpenAI, chosen by the operator.',
    usesAi: true,
    operations: [
      // Whether it heeds the mask nobody knows: the original is laid over the result in any case.
      { operation: 'extend', mask: 'transparent', prompt: 'optional', ...shared },
      { operation: 'edit', mask: 'transparent', prompt: 'required', ...shared },
      { operation: 'generate', mask: 'none', prompt: 'required', ...shared },
    ],
    drawing: {
      kind: 'synchronous',
      draw: (drawing, signal) =>
        callSdk({
          model: compatible.imageModel(drawing.model),
          drawing,
          size: { size: `${drawing.size.width}x${drawing.size.height}` },
          signal,
        }),
    },
  }
}
