/** Shaped like Black Forest Labs. */
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

/** Starts one. */
export async function startBflFake(): Promise<FakeProvider> {
  const key = 'bfl-KEY-0011223344556677'
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
    if (headers['x-key'] !== key) return { status: 403, json: { detail: rawMessage } }
    const [, id] = /^\/v1\/get_result\?id=([\w-]+)$/.exec(path) ?? []
    const task = tasks.find(id ?? '')
    if (task !== undefined) {
      task.looks += 1
      if (behaviour === 'hang' || task.looks < 2) return { status: 200, json: { id, status: 'Pending', result: null } }
      if (behaviour === 'refusal') {
        return { status: 200, json: { id, status: 'Request Moderated', result: null, details: { words: rawMessage } } }
      }
      const picture = behaviour === 'empty' ? {} : { sample: `${url}/files/${id}.png` }
      return { status: 200, json: { id, status: 'Ready', result: picture } }
    }
    if (method !== 'POST') return { status: 404, json: { detail: 'not found' } }
    paid += 1
    if (behaviour === 'reset') return 'reset'
    if (behaviour === 'garbage') return { status: 200, text: '<html>not json' }
    if (behaviour === 'busy') return { status: 429, json: { detail: rawMessage } }
    if (behaviour === 'fault') return { status: 500, json: { detail: rawMessage } }
    if (behaviour === 'quota') return { status: 402, json: { detail: rawMessage } }
    const added = tasks.add(...(await sizeAsked(JSON.parse(body.toString('utf8')))))
    return { status: 200, json: { id: added.id, polling_url: `${url}/v1/get_result?id=${added.id}`, cost: 5 } }
  })
  return {
    id: 'bfl',
    key,
    settings: { BFL_API_KEY: key, BFL_BASE_URL: `${server.url}/v1` },
    paid: () => paid,
    canceled: () => 0,
    asked: () => server.asked,
    behave(next) {
      behaviour = next
    },
    close: server.close,
  }
}

async function sizeAsked(input: Record<string, unknown>): Promise<[number, number]> {
  if (typeof input.image !== 'string') return [Number(input.width), Number(input.height)]
  const [width, height] = await sizeOfBase64(input.image)
  const margin = (side: string): number => Number(input[side] ?? 0)
  return [width + margin('left') + margin('right'), height + margin('top') + margin('bottom')]
}
