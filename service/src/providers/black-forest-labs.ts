/** Black Forest Labs: a task per picture; whether it is refused is a state of the task. Tasks cannot be canceled. */
import { z } from 'zod'
import { faultOfStatus, ProviderFault } from './fault.ts'
import { createFetchPicture } from './fetch-picture.ts'
import { callJson, ownAddress } from './http.ts'
import type { Capability, Drawing, Provider } from './provider.ts'

const shared = {
  sizes: { kind: 'free', step: 32, minSide: 256, maxSide: 1440, maxPixels: 1_600_000 },
  price: { credits: 8, per: 'picture' },
  costMicros: 50_000,
  billedOnRefusal: false,
} as const satisfies Partial<Capability>

const submittedSchema = z.object({ id: z.string().min(1).max(200), polling_url: z.string() })
const taskSchema = z.object({ status: z.string(), result: z.looseObject({ sample: z.string().optional() }).nullish() })

/** States in which it is still being drawn. */
const waiting: ReadonlySet<string> = new Set(['Pending', 'Queued', 'Processing'])
const refused: ReadonlySet<string> = new Set(['Request Moderated', 'Content Moderated'])

/** Creates the provider. */
export function createBlackForestLabsProvider(key: string, base: string | undefined): Provider {
  const root = (base ?? 'https://api.bfl.ai/v1').replace(/\/$/, '')
  const headers = { 'x-key': key }
  return {
    id: 'bfl',
    name: 'Black Forest Labs',
    description: 'FLUX models, from those who make them.',
    usesAi: true,
    operations: [
      {
        operation: 'extend',
        model: 'flux-pro-1.0-expand',
        mask: 'none',
        prompt: 'optional',
        gives: 'photo',
        ...shared,
      },
      { operation: 'edit', model: 'flux-pro-1.0-fill', mask: 'white', prompt: 'required', gives: 'canvas', ...shared },
      {
        ...shared,
        operation: 'generate',
        model: 'flux-pro-1.1',
        mask: 'none',
        prompt: 'required',
        gives: 'canvas',
        price: { credits: 6, per: 'picture' },
        costMicros: 40_000,
      },
    ],
    drawing: {
      kind: 'asynchronous',
      async submit(drawing, signal) {
        const url = `${root}/${drawing.model}`
        const { status, body } = await callJson({ method: 'POST', url, headers, body: toInput(drawing), signal })
        if (status >= 300) throw new ProviderFault(faultOfStatus(status), status)
        const submitted = submittedSchema.safeParse(body).data
        if (submitted === undefined) throw new ProviderFault('garbage', status)
        return { requestId: submitted.id, addresses: { status: ownAddress(root, submitted.polling_url) } }
      },
      async look({ addresses }, signal) {
        const { status, body } = await callJson({ method: 'GET', url: addresses.status ?? '', headers, signal })
        if (status >= 300) throw new ProviderFault(faultOfStatus(status), status)
        const task = taskSchema.safeParse(body).data
        if (task === undefined) throw new ProviderFault('garbage', status)
        if (waiting.has(task.status)) return undefined
        if (refused.has(task.status)) throw new ProviderFault('refused', status)
        const sample = task.status === 'Ready' ? task.result?.sample : undefined
        if (sample === undefined) throw new ProviderFault('garbage', status)
        return sample
      },
      fetch: createFetchPicture(root),
    },
  }
}

function toInput({ prompt, size, picture, mask, margins }: Drawing): object {
  const options = { prompt, output_format: 'png' }
  if (picture === undefined) return { ...options, width: size.width, height: size.height }
  const image = Buffer.from(picture).toString('base64')
  if (margins !== undefined) return { ...options, image, ...margins }
  return { ...options, image, ...(mask === undefined ? {} : { mask: Buffer.from(mask).toString('base64') }) }
}
