/** The provider that needs no key and no network: it mirrors the edges of a photo and softens them outwards. */
import type { Provider } from './provider.ts'

export const localProvider: Provider = {
  id: 'local',
  name: 'Mirrored edges (no AI)',
  description:
    'Continues a photo by its own mirror image, softer the further out. Made on this server without AI: nothing new is invented, and nothing leaves it.',
  usesAi: false,
  operations: [
    {
      operation: 'extend',
      model: 'mirror-1',
      mask: 'none',
      prompt: 'none',
      gives: 'photo',
      sizes: { kind: 'free', step: 1, minSide: 1, maxSide: 30_000, maxPixels: 268_000_000 },
      price: { credits: 0, per: 'picture' },
      costMicros: 0,
      billedOnRefusal: false,
    },
  ],
  drawing: { kind: 'local' },
}
