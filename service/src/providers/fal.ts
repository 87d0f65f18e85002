/** fal: a queue per model. The request is found again by the addresses that it answers with; building them oneself is not foreseen. */
import { z } from 'zod'
import { faultOfStatus, ProviderFault } from './fault.ts'
import { createFetchPicture } from './fetch-picture.ts'
import { callJson, ownAddress, toDataUrl } from './http.ts'
import type { Capability, Drawing, Provider, Ticket } from './provider.ts'

const fill = {
  model: 'fal-ai/flux-pro/v1/fill',
  mask: 'white',
  gives: 'canvas',
  sizes: { kind: 'free', step: 16, minSide: 256, maxSide: 2048, maxPixels: 2_000_000 },
  price: { credits: 7, per: 'megapixel' },
  costMicros: 50_000,
  billedOnRefusal: true,
} as const satisfies Partial<Capability>

const submittedSchema = z.object({
  request_id: z.string().min(1).max(200),
  status_url: z.string(),
  response_url: z.string(),
  cancel_url: z.string(),
})
const statusSchema = z.object({ status: z.string(), error: z.unknown().optional() })
const resultSchema = z.object({
  images: z.array(z.object({ url: z.string() })).min(1),
  has_nsfw_concepts: z.array(z.boolean()).optional(),
})
const refusalSchema = z.object({ detail: z.array(z.object({ type: z.string() })) })

/** Creates the provider. */
export function createFalProvider(key: string, base: string | undefined): Provider {
  const root = (base ?? 'https://queue.fal.run').replace(/\/$/, '')
  const headers = { authorization: `Key ${key}` }
  return {
    id: 'fal',
    name: 'fal',
    description: 'FLUX models that fal runs.',
    usesAi: true,
    operations: [
      { operation: 'extend', prompt: 'optional', ...fill },
      { operation: 'edit', prompt: 'required', ...fill },
      {
        ...fill,
        operation: 'generate',
        model: 'fal-ai/flux/dev',
        mask: 'none',
        prompt: 'required',
        price: { credits: 4, per: 'megapixel' },
        costMicros: 25_000,
      },
    ],
    drawing: {
      kind: 'asynchronous',
      async submit(drawing, signal) {
        const url = `${root}/${drawing.model}`
        const { status, body } = await callJson({ method: 'POST', url, headers, body: toInput(drawing), signal })
        const submitted = submittedSchema.safeParse(body).data
        if (status >= 300) throw new ProviderFault(isRefusal(body) ? 'refused' : faultOfStatus(status), status)
        if (submitted === undefined) throw new ProviderFault('garbage', status)
        return {
          requestId: submitted.request_id,
          addresses: {
            status: ownAddress(root, submitted.status_url),
            result: ownAddress(root, submitted.response_url),
            cancel: ownAddress(root, submitted.cancel_url),
          },
        }
      },
      async look({ addresses }, signal) {
        const told = await callJson({ method: 'GET', url: addresses.status ?? '', headers, signal })
        if (told.status >= 300) throw new ProviderFault(faultOfStatus(told.status), told.status)
        const state = statusSchema.safeParse(told.body).data?.status
        if (state === 'IN_QUEUE' || state === 'IN_PROGRESS') return undefined
        if (state !== 'COMPLETED') throw new ProviderFault('garbage', told.status)
        const { status, body } = await callJson({ method: 'GET', url: addresses.result ?? '', headers, signal })
        if (isRefusal(body)) throw new ProviderFault('refused', status)
        // The model itself fails with 500, for good; the others pass, and the picture is paid.
        if (status >= 300) throw new ProviderFault(status === 500 ? 'garbage' : faultOfStatus(status), status)
        const result = resultSchema.safeParse(body).data
        if (result === undefined) throw new ProviderFault('garbage', status)
        // It sends a black picture then.
        if (result.has_nsfw_concepts?.[0] === true) throw new ProviderFault('refused', status)
        return result.images[0]?.url
      },
      fetch: createFetchPicture(root),
      async cancel({ addresses }: Ticket, signal) {
        await callJson({ method: 'PUT', url: addresses.cancel ?? '', headers, signal })
      },
    },
  }
}

function toInput({ operation, prompt, size, picture, mask }: Drawing): object {
  if (picture === undefined || operation === 'generate') {
    return { prompt, image_size: size, num_images: 1, output_format: 'png' }
  }
  return {
    prompt,
    image_url: toDataUrl(picture),
    // Without a mask all of it is to change.
    ...(mask === undefined ? {} : { mask_url: toDataUrl(mask) }),
    num_images: 1,
    output_format: 'png',
  }
}

function isRefusal(body: unknown): boolean {
  return refusalSchema.safeParse(body).data?.detail.some(({ type }) => type === 'content_policy_violation') ?? false
}
