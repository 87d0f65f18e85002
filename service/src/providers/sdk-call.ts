/** One call of the AI SDK: asked once, within a time, and what it says of failures in our words. */
import { APICallError, generateImage, type ImageModel, NoImageGeneratedError } from 'ai'
import { z } from 'zod'
import { faultOfConnection, faultOfStatus, ProviderFault } from './fault.ts'
import type { Drawing } from './provider.ts'

// It would print warnings, and with them what people wrote, past our log.
globalThis.AI_SDK_LOG_WARNINGS = false

/** A call. */
export interface SdkCall {
  readonly model: ImageModel
  readonly drawing: Drawing
  /** How the provider is told the size: in pixels, or as a ratio where it knows only a few. */
  readonly size: { readonly size: `${number}x${number}` } | { readonly aspectRatio: `${number}:${number}` }
  readonly signal: AbortSignal
}

/**
 * Draws.
 *
 * @throws ProviderFault
 */
export async function callSdk({ model, drawing, size, signal }: SdkCall): Promise<Uint8Array> {
  const { prompt, picture, mask } = drawing
  try {
    const { image, warnings } = await generateImage({
      model,
      prompt:
        picture === undefined ? prompt : { text: prompt, images: [picture], ...(mask === undefined ? {} : { mask }) },
      n: 1,
      ...size,
      // Its own retries would pay again for what was withheld or lost.
      maxRetries: 0,
      abortSignal: signal,
    })
    // A mask that is left aside is a promise broken: the picture is not used, though it is paid.
    if (warnings.some((warning) => warning.type === 'unsupported' && /mask|image/i.test(warning.feature))) {
      throw new ProviderFault('garbage')
    }
    return image.uint8Array
  } catch (error) {
    signal.throwIfAborted()
    throw toFault(error)
  }
}

/** Providers name their reasons in different places; only names that we know are read. */
const refusalCodes: ReadonlySet<string> = new Set([
  'moderation_blocked',
  'content_policy_violation',
  'content_filter',
  'safety_violation',
])
const exhaustedCodes: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'account_deactivated',
])
const errorBodySchema = z.object({
  error: z.object({
    code: z.union([z.string(), z.number()]).nullish(),
    type: z.string().nullish(),
    status: z.string().nullish(),
  }),
})

function toFault(error: unknown): ProviderFault {
  if (error instanceof ProviderFault) return error
  if (NoImageGeneratedError.isInstance(error)) {
    const reasons = (error.calls ?? []).map(({ providerMetadata }) => providerMetadata?.google)
    return new ProviderFault(reasons.some(isGoogleRefusal) ? 'refused' : 'garbage')
  }
  if (APICallError.isInstance(error)) {
    const { statusCode: status } = error
    if (status === undefined) {
      for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
        if (cause instanceof ProviderFault) return cause
      }
      return new ProviderFault(faultOfConnection(error.cause))
    }
    const body = errorBodySchema.safeParse(parseJson(error.responseBody)).data?.error
    const codes = [body?.code, body?.type].map(String)
    if (codes.some((code) => refusalCodes.has(code))) return new ProviderFault('refused', status)
    if (codes.some((code) => exhaustedCodes.has(code))) return new ProviderFault('exhausted', status)
    return new ProviderFault(faultOfStatus(status), status)
  }
  if (error instanceof Error && error.name === 'TimeoutError') return new ProviderFault('timeout')
  // What is left are answers that the SDK cannot read: they came, so they may be paid.
  return new ProviderFault('garbage')
}

const googleRefusalSchema = z.looseObject({
  finishReason: z.string().nullish(),
  promptFeedback: z.looseObject({ blockReason: z.string().nullish() }).nullish(),
})
const googleRefusals: ReadonlySet<string> = new Set([
  'SAFETY',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
  'PROHIBITED_CONTENT',
  'BLOCKLIST',
  'RECITATION',
  'SPII',
])

function isGoogleRefusal(metadata: unknown): boolean {
  const read = googleRefusalSchema.safeParse(metadata).data
  const reason = read?.finishReason ?? ''
  return googleRefusals.has(reason) || typeof read?.promptFeedback?.blockReason === 'string'
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
