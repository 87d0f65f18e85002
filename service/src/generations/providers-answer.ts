/** Providers on the wire: what can be asked of each, and at what price. */
import type { ProviderAnswer } from '@hero-image/client/contract'
import type { Provider } from '../providers/provider.ts'
import { mostPixels } from '../providers/sizes.ts'

/** A provider on the wire. */
export function toProviderAnswer({ id, name, description, usesAi, operations }: Provider): ProviderAnswer {
  return {
    id,
    name,
    description,
    uses_ai: usesAi,
    operations: operations.map(({ operation, model, mask, prompt, sizes, price }) => ({
      operation,
      model,
      mask: operation === 'edit' && mask !== 'none' ? 'optional' : 'none',
      prompt,
      max_megapixels: Math.round(mostPixels(sizes) / 10_000) / 100,
      price: { ...price },
    })),
  }
}
