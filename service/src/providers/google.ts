/** Image models of Google, through the AI SDK. They take no mask, so they neither extend a photo nor change a part of one: what must stay would move. */
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import type { Size } from '@hero-image/core/crop'
import type { Capability, Provider } from './provider.ts'
import { callSdk } from './sdk-call.ts'
import { createSdkFetch } from './sdk-fetch.ts'

const model = 'gemini-2.5-flash-image'

/** The ratios that it knows, and the sizes that it gives for them. */
const ratios = [
  ['1:1', { width: 1024, height: 1024 }],
  ['2:3', { width: 832, height: 1248 }],
  ['3:2', { width: 1248, height: 832 }],
  ['3:4', { width: 864, height: 1184 }],
  ['4:3', { width: 1184, height: 864 }],
  ['4:5', { width: 896, height: 1152 }],
  ['5:4', { width: 1152, height: 896 }],
  ['9:16', { width: 768, height: 1344 }],
  ['16:9', { width: 1344, height: 768 }],
  ['21:9', { width: 1536, height: 672 }],
] as const satisfies readonly (readonly [string, Size])[]

const shared = {
  model,
  mask: 'none',
  prompt: 'required',
  gives: 'canvas',
  sizes: { kind: 'listed', sizes: ratios.map(([, size]) => size) },
  price: { credits: 6, per: 'picture' },
  costMicros: 39_000,
  billedOnRefusal: true,
} as const satisfies Partial<Capability>

/** Creates the provider. */
export function createGoogleProvider(apiKey: string, base: string | undefined): Provider {
  const baseURL = base ?? 'https://generativelanguage.googleapis.com/v1beta'
  const google = createGoogleGenerativeAI({ apiKey, baseURL, fetch: createSdkFetch(baseURL) })
  return {
    id: 'google',
    name: 'Google',
    description: 'Image models of Google. They take no masks.',
    usesAi: true,
    operations: [
      { operation: 'edit', ...shared },
      { operation: 'generate', ...shared },
    ],
    drawing: {
      kind: 'synchronous',
      draw: (drawing, signal) =>
        callSdk({
          model: google.image(drawing.model),
          drawing,
          size: { aspectRatio: ratioOf(drawing.size) },
          signal,
        }),
    },
  }
}

function ratioOf({ width, height }: Size): (typeof ratios)[number][0] {
  return ratios.find(([, size]) => size.width === width && size.height === height)?.[0] ?? '1:1'
}
