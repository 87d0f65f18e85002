/** Shaped like the queue of fal. */
import {
  type Answer,
  type Behaviour,
  drawPicture,
  type FakeProvider,
  noPicture,
  rawMessage,
  startFakeServer,
} from './fake-server.ts'
import { createTasks, sizeOfBase64 } from './tasks.ts'

/**
 * Starts one.
 *
 * @param elsewhere address that it says its pictures are at
 */
export async function startFalFake(elsewhere?: string): Promise<FakeProvider> {
  const key = 'fal-KEY-77aa88bb:99cc'
  const tasks = createTasks()
  let behaviour: Behaviour = 'success'
  let paid = 0
  const server = await startFakeServer(async ({ method, path, headers, body }, url): Promise<Answer> => {
    const [, resultId] = /^\/files\/([\w-]+)/.exec(path) ?? []
    const result = tasks.find(resultId ?? '')
    if (result !== undefined) {
      return {
        status: 200,
        bytes: behaviour === 'non-image' ? noPicture : await drawPicture(result.width, result.height),
      }
    }
    if (headers.authorization !== `Key ${key}`) return { status: 401, json: { detail: rawMessage } }
    const [, id, rest] = /\/requests\/([\w-]+)(\/\w+)?$/.exec(path) ?? []
    const task = tasks.find(id ?? '')
    if (task !== undefined) {
      if (rest === '/cancel') {
        task.isCanceled = true
        return { status: 202, json: { status: 'CANCELLATION_REQUESTED' } }
      }
      if (rest === '/status') {
        task.looks += 1
        const isDone = behaviour !== 'hang' && task.looks > 1
        return { status: isDone ? 200 : 202, json: { status: isDone ? 'COMPLETED' : 'IN_PROGRESS', request_id: id } }
      }
      if (behaviour === 'refusal') {
        return { status: 422, json: { detail: [{ loc: ['body'], msg: rawMessage, type: 'content_policy_violation' }] } }
      }
      if (behaviour === 'empty') return { status: 200, json: { images: [] } }
      return {
        status: 200,
        json: { images: [{ url: elsewhere ?? `${url}/files/${id}.png` }], has_nsfw_concepts: [false] },
      }
    }
    if (method !== 'POST') return { status: 404, json: { detail: 'not found' } }
    paid += 1
    if (behaviour === 'reset') return 'reset'
    if (behaviour === 'garbage') return { status: 200, text: '<html>not json' }
    if (behaviour === 'busy') return { status: 429, json: { detail: rawMessage } }
    if (behaviour === 'fault') return { status: 500, json: { detail: rawMessage } }
    if (behaviour === 'quota') return { status: 403, json: { detail: rawMessage } }
    const input = JSON.parse(body.toString('utf8'))
    const [width, height] =
      input.image_size === undefined
        ? await sizeOfBase64(input.image_url)
        : [input.image_size.width, input.image_size.height]
    const added = tasks.add(width, height)
    const at = `${url}/fal-ai/flux-pro/requests/${added.id}`
    return {
      status: 200,
      json: {
        status: 'IN_QUEUE',
        request_id: added.id,
        response_url: at,
        status_url: `${at}/status`,
        cancel_url: `${at}/cancel`,
      },
    }
  })
  return {
    id: 'fal',
    key,
    settings: { FAL_KEY: key, FAL_BASE_URL: server.url },
    paid: () => paid,
    canceled: () => tasks.all().filter(({ isCanceled }) => isCanceled).length,
    asked: () => server.asked,
    behave(next) {
      behaviour = next
    },
    close: server.close,
  }
}
