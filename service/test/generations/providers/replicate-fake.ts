/** Shaped like Replicate. */
import {
  type Answer,
  type Behaviour,
  drawPicture,
  type FakeProvider,
  noPicture,
  rawMessage,
  startFakeServer,
} from './fake-server.ts'
import { createTasks, sizeOfBase64, type Task } from './tasks.ts'

/** Starts one. */
export async function startReplicateFake(): Promise<FakeProvider> {
  const key = 'r8_replicate-KEY-5f4e3d2c1b0a'
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
    if (headers.authorization !== `Bearer ${key}`) return { status: 401, json: { detail: rawMessage } }
    const [, id, rest] = /^\/v1\/predictions\/([\w-]+)(\/cancel)?$/.exec(path) ?? []
    const task = tasks.find(id ?? '')
    if (task !== undefined) {
      if (rest === '/cancel') {
        task.isCanceled = true
        return { status: 200, json: toPrediction(task, 'canceled', url) }
      }
      task.looks += 1
      if (behaviour === 'hang' || task.looks < 2) return { status: 200, json: toPrediction(task, 'processing', url) }
      if (behaviour === 'refusal') {
        return {
          status: 200,
          json: { ...toPrediction(task, 'failed', url), error: `NSFW content detected. ${rawMessage}` },
        }
      }
      const output = behaviour === 'empty' ? null : `${url}/files/${task.id}.png`
      return { status: 200, json: { ...toPrediction(task, 'succeeded', url), output } }
    }
    if (method !== 'POST') return { status: 404, json: { detail: 'not found' } }
    paid += 1
    if (behaviour === 'reset') return 'reset'
    if (behaviour === 'garbage') return { status: 201, text: '<html>not json' }
    if (behaviour === 'busy') return { status: 429, json: { detail: rawMessage } }
    if (behaviour === 'fault') return { status: 500, json: { detail: rawMessage } }
    if (behaviour === 'quota') return { status: 402, json: { detail: rawMessage } }
    const { input } = JSON.parse(body.toString('utf8'))
    const [width, height] = input.width === undefined ? await sizeOfBase64(input.image) : [input.width, input.height]
    return { status: 201, json: toPrediction(tasks.add(width, height), 'starting', url) }
  })
  return {
    id: 'replicate',
    key,
    settings: { REPLICATE_API_TOKEN: key, REPLICATE_BASE_URL: `${server.url}/v1` },
    paid: () => paid,
    canceled: () => tasks.all().filter(({ isCanceled }) => isCanceled).length,
    asked: () => server.asked,
    behave(next) {
      behaviour = next
    },
    close: server.close,
  }
}

function toPrediction({ id }: Task, status: string, url: string): object {
  const get = `${url}/v1/predictions/${id}`
  return { id, status, output: null, error: null, urls: { get, cancel: `${get}/cancel` } }
}
