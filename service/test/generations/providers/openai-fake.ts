/** Shaped like OpenAI images; services that are compatible with it look the same. */
import {
  type Answer,
  type Asked,
  type Behaviour,
  drawPicture,
  type FakeProvider,
  noPicture,
  rawMessage,
  startFakeServer,
} from './fake-server.ts'

/** Starts one. */
export async function startOpenAiFake(id: 'openai' | 'compatible' = 'openai'): Promise<FakeProvider> {
  const key = `sk-${id}-KEY-9f8e7d6c5b4a`
  let behaviour: Behaviour = 'success'
  let paid = 0
  const server = await startFakeServer(async (asked): Promise<Answer> => {
    if (asked.headers.authorization !== `Bearer ${key}`) return { status: 401, json: { error: { message: 'no key' } } }
    paid += 1
    if (behaviour === 'hang' || behaviour === 'reset') return behaviour
    if (behaviour === 'garbage') return { status: 200, text: '<html>not json' }
    if (behaviour === 'empty') return { status: 200, json: { created: 1, data: [] } }
    if (behaviour === 'non-image')
      return { status: 200, json: { created: 1, data: [{ b64_json: noPicture.toString('base64') }] } }
    if (behaviour === 'refusal') return toError(400, 'moderation_blocked')
    if (behaviour === 'busy') return toError(429, 'rate_limit_exceeded')
    if (behaviour === 'quota') return toError(429, 'insufficient_quota')
    if (behaviour === 'fault') return toError(500, 'server_error')
    const [width = 0, height = 0] = (await readSize(asked)).split('x').map(Number)
    return {
      status: 200,
      json: { created: 1, data: [{ b64_json: (await drawPicture(width, height)).toString('base64') }] },
    }
  })
  return {
    id,
    key,
    settings:
      id === 'openai'
        ? { OPENAI_API_KEY: key, OPENAI_BASE_URL: `${server.url}/v1` }
        : { HERO_COMPATIBLE_URL: `${server.url}/v1`, HERO_COMPATIBLE_KEY: key, HERO_COMPATIBLE_MODEL: 'test-model' },
    paid: () => paid,
    canceled: () => 0,
    asked: () => server.asked,
    behave(next) {
      behaviour = next
    },
    close: server.close,
  }
}

function toError(status: number, code: string): Answer {
  return { status, json: { error: { message: rawMessage, type: 'image_generation_user_error', param: null, code } } }
}

/** Fields of a form, or of JSON. */
export async function readFields({ body, headers }: Asked): Promise<Map<string, string | Buffer>> {
  if (headers['content-type']?.startsWith('multipart/') !== true) {
    return new Map(Object.entries(JSON.parse(body.toString('utf8'))).map(([name, value]) => [name, String(value)]))
  }
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': headers['content-type'] },
  }).formData()
  const fields = new Map<string, string | Buffer>()
  for (const [name, value] of form) {
    fields.set(name, typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()))
  }
  return fields
}

async function readSize(asked: Asked): Promise<string> {
  const size = (await readFields(asked)).get('size')
  return typeof size === 'string' ? size : ''
}
