/** Erasures for operators, on the command line: the list, and doing it again after a backup was restored. */
import { readFile } from 'node:fs/promises'
import type { Service } from '../../service.ts'
import { parseErasureLine, readErasureList, toErasureLine } from './list.ts'
import { reapplyErasures } from './reapply.ts'

/** How it is used. */
export const erasuresUsage = `erasures list                        the list, one line of JSON per erasure; it names nobody
erasures apply [file]                after a restore: erases again whoever is on the list, and in the file
`

/** Does what the words say, or gives undefined when they make no sense. */
export async function runErasuresCommand(service: Service, words: readonly string[]): Promise<string | undefined> {
  const [verb, file, ...more] = words
  if (more.length > 0) return undefined
  if (verb === 'list' && file === undefined) return (await readErasureList(service)).map(toErasureLine).join('')
  if (verb !== 'apply') return undefined
  const lines = file === undefined ? [] : (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  const { listed, erased, due, removedObjects } = await reapplyErasures(service, lines.map(parseErasureLine))
  return `${listed} on the list: ${erased} erased again, ${due} put out of use until they are due, ${removedObjects} objects without a row removed.\n`
}
