/** Replicate: a prediction per picture. */
import { z } from 'zod'
import { faultOfStatus, ProviderFault } from './fault.ts'
import { createFetchPicture } from './fetch-picture.ts'
import { callJson, ownAddress, toDataUrl } from './http.ts'
import type { Capability, Drawing, Provider } from './provider.ts'

const fill = {
  model: 'black-forest-labs/flux-fill-pro',
  mask: 'white',
  gives: 'canvas',
  sizes: { kind: 'free', step: 16, minSide: 256, maxSide: 1440, maxPixels: 1_600_000 },
  price: { credits: 8, per: 'picture' },
  costMicros: 50_000,
  billedOnRefusal: false,
} as const satisfies Partial<Capability>

const predictionSchema = z.object({
  id: z.string().min(1).max(200),
  status: z.string(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  urls: z.object({ get: z.string(), cancel: z.string() }),
})
const outputSchema = z.union([z.string(), z.array(z.string()).min(1)])

/** Creates the provider. */
export function createReplicateProvider(token: string, base: string | undefined): Provider {
  const root = (base ?? 'https://api.replicate.com/v1').replace(/\/$/, '')
  const headers = { authorization: `Bearer ${token}` }
  return {
    id: 'replicate',
    name: 'Replicate',
    description: 'FLUX models that Replicate runs.',
    usesAi: true,
    operations: [
      { operation: 'extend', prompt: 'optional', ...fill },
      { operation: 'edit', prompt: 'required', ...fill },
      {
        ...fill,
        operation: 'generate',
        model: 'black-forest-labs/flux-1.1-pro',
        mask: 'none',
        prompt: 'required',
        sizes: { ...fill.sizes, step: 32 },
        price: { credits: 6, per: 'picture' },
        costMicros: 40_000,
      },
    ],
    drawing: {
      kind: 'asynchronous',
      async submit(drawing, signal) {
        const url = `${root}/models/${drawing.model}/predictions`
        const { status, body } = await callJson({
          method: 'POST',
          url,
          headers,
          body: { input: toInput(drawing) },
          signal,
        })
        if (status >= 300) throw new ProviderFault(faultOfStatus(status), status)
        const prediction = predictionSchema.safeParse(body).data
        if (prediction === undefined) throw new ProviderFault('garbage', status)
        return {
          requestId: prediction.id,
          addresses: {
            status: ownAddress(root, prediction.urls.get),
            cancel: ownAddress(root, prediction.urls.cancel),
          },
        }
      },
      async look({ addresses }, signal) {
        const { status, body } = await callJson({ method: 'GET', url: addresses.status ?? '', headers, signal })
        if (status >= 300) throw new ProviderFault(faultOfStatus(status), status)
        const prediction = predictionSchema.safeParse(body).data
        if (prediction === undefined) throw new ProviderFault('garbage', status)
        if (prediction.status === 'starting' || prediction.status === 'processing') return undefined
        if (prediction.status !== 'succeeded') {
          throw new ProviderFault(isRefusal(prediction.error) ? 'refused' : 'garbage', status)
        }
        const output = outputSchema.safeParse(prediction.output).data
        if (output === undefined) throw new ProviderFault('garbage', status)
        return typeof output === 'string' ? output : output[0]
      },
      fetch: createFetchPicture(root),
      async cancel({ addresses }, signal) {
        await callJson({ method: 'POST', url: addresses.cancel ?? '', headers, signal })
      },
    },
  }
}

function toInput({ prompt, size, picture, mask }: Drawing): object {
  const shared = { prompt, output_format: 'png' }
  if (picture === undefined) return { ...shared, aspect_ratio: 'custom', width: size.width, height: size.height }
  return { ...shared, image: toDataUrl(picture), ...(mask === undefined ? {} : { mask: toDataUrl(mask) }) }
}

/** It has no code for refusals, only these words in its message. */
function isRefusal(error: unknown): boolean {
  return typeof error === 'string' && /\bNSFW\b|flagged as sensitive|E005|content moderat/i.test(error)
}
