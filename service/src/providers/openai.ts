/** OpenAI images, through the AI SDK. */
import { createOpenAI } from '@ai-sdk/openai'
import type { Capability, Provider } from './provider.ts'
import { callSdk } from './sdk-call.ts'
import { createSdkFetch } from './sdk-fetch.ts'

const model = 'gpt-image-1'

const shared = {
  model,
  gives: 'canvas',
  // The three sizes that its image models have in common.
  sizes: {
    kind: 'listed',
    sizes: [
      { width: 1024, height: 1024 },
      { width: 1536, height: 1024 },
      { width: 1024, height: 1536 },
    ],
  },
  price: { credits: 10, per: 'picture' },
  costMicros: 63_000,
  // Words that it rejects cost nothing; what it withholds after drawing does.
  billedOnRefusal: false,
} as const satisfies Partial<Capability>

/** Creates the provider. */
export function createOpenAiProvider(apiKey: string, base: string | undefined): Provider {
  const baseURL = base ?? 'https://api.openai.com/v1'
  const openai = createOpenAI({ apiKey, baseURL, fetch: createSdkFetch(baseURL) })
  return {
    id: 'openai',
    name: 'OpenAI',
    description: 'Image models of OpenAI.',
    usesAi: true,
    operations: [
      { operation: 'extend', mask: 'transparent', prompt: 'optional', ...shared },
      { operation: 'edit', mask: 'transparent', prompt: 'required', ...shared },
      { operation: 'generate', mask: 'none', prompt: 'required', ...shared },
    ],
    drawing: {
      kind: 'synchronous',
      draw: (drawing, signal) =>
        callSdk({
          model: openai.image(drawing.model),
          drawing,
          size: { size: `${drawing.size.width}x${drawing.size.height}` },
          signal,
        }),
    },
  }
}
