/** Shaped like the image models of Google. */
import {
  type Answer,
  type Behaviour,
  drawPicture,
  type FakeProvider,
  noPicture,
  rawMessage,
  startFakeServer,
} from './fake-server.ts'

/** Starts one. */
export async function startGoogleFake(): Promise<FakeProvider> {
  const key = 'AIza-google-KEY-1a2b3c4d5e6f'
  let behaviour: Behaviour = 'success'
  let paid = 0
  const server = await startFakeServer(async (asked): Promise<Answer> => {
    if (asked.headers['x-goog-api-key'] !== key) return toError(403, 'PERMISSION_DENIED')
    paid += 1
    if (behaviour === 'hang' || behaviour === 'reset') return behaviour
    if (behaviour === 'garbage') return { status: 200, text: '<html>not json' }
    if (behaviour === 'busy') return toError(429, 'RESOURCE_EXHAUSTED')
    if (behaviour === 'quota') return toError(403, 'PERMISSION_DENIED')
    if (behaviour === 'fault') return toError(500, 'INTERNAL')
    if (behaviour === 'refusal') return toCandidate([], 'IMAGE_SAFETY')
    if (behaviour === 'empty') return toCandidate([], 'STOP')
    const ratio = JSON.parse(asked.body.toString('utf8')).generationConfig?.imageConfig?.aspectRatio
    const file = behaviour === 'non-image' ? noPicture : await drawPicture(...sizeOf(ratio))
    return toCandidate([{ inlineData: { mimeType: 'image/png', data: file.toString('base64') } }], 'STOP')
  })
  return {
    id: 'google',
    key,
    settings: { GOOGLE_GENERATIVE_AI_API_KEY: key, GOOGLE_GENERATIVE_AI_BASE_URL: `${server.url}/v1beta` },
    paid: () => paid,
    canceled: () => 0,
    asked: () => server.asked,
    behave(next) {
      behaviour = next
    },
    close: server.close,
  }
}

function sizeOf(ratio: unknown): [number, number] {
  return ratio === '3:2' ? [1248, 832] : [1024, 1024]
}

function toCandidate(parts: unknown[], finishReason: string): Answer {
  return {
    status: 200,
    json: {
      candidates: [{ content: { role: 'model', parts }, finishReason, index: 0, finishMessage: rawMessage }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    },
  }
}

function toError(status: number, name: string): Answer {
  return { status, json: { error: { code: status, message: rawMessage, status: name } } }
}
