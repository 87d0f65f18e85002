/** Opens a built page in jsdom and prints what its scripts show; a process of its own, started by `shown.ts`. */
import { readFileSync } from 'node:fs'
import { JSDOM, requestInterceptor } from 'jsdom'

const [, , file = '', , folder = '', servedAt = ''] = process.argv

const serve = requestInterceptor(({ url }) => new Response(readFileSync(decodeURI(url.replace(servedAt, folder)))))
const { window } = await JSDOM.fromFile(file, {
  url: servedAt,
  runScripts: 'dangerously',
  resources: { interceptors: [serve] },
  beforeParse(page) {
    // What browsers have and jsdom has not.
    Object.assign(page, { ReadableStream, TextDecoder, TextEncoder, MessageChannel, fetch })
  },
})
const deadline = Date.now() + 10_000
while (!('shown' in window) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
process.stdout.write(JSON.stringify(await Reflect.get(window, 'shown')), () => process.exit())
