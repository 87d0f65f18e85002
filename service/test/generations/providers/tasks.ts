/** Tasks of a fake that draws later: each is looked at a few times before it is done. */
import { randomUUID } from 'node:crypto'

/** A task. */
export interface Task {
  readonly id: string
  readonly width: number
  readonly height: number
  looks: number
  isCanceled: boolean
}

/** All tasks of a fake. */
export interface Tasks {
  add(width: number, height: number): Task
  find(id: string): Task | undefined
  all(): readonly Task[]
}

/** Creates none yet. */
export function createTasks(): Tasks {
  const tasks = new Map<string, Task>()
  return {
    add(width, height) {
      const task = { id: randomUUID(), width, height, looks: 0, isCanceled: false }
      tasks.set(task.id, task)
      return task
    },
    find: (id) => tasks.get(id),
    all: () => [...tasks.values()],
  }
}

/** Size of a picture that came as base64, with or without the head of a data URL. */
export async function sizeOfBase64(text: string): Promise<[number, number]> {
  const { default: sharp } = await import('sharp')
  const { width, height } = await sharp(Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64')).metadata()
  return [width, height]
}
