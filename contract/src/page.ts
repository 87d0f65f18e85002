/** Runs a built file as its page or server would and prints what it shows; a process of its own, started by `shown.ts`. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { runInThisContext } from 'node:vm'

const [, , file = '', kind = '', folder = '', servedAt = ''] = process.argv

// Chunks may name each other by the addresses they are served from.
registerHooks({
  resolve(specifier, context, next) {
    const isAddress = /^(?:\/|https:)/.test(specifier) && !specifier.startsWith(folder)
    const url = isAddress ? new URL(specifier, servedAt).href : ''
    return next(url.startsWith(servedAt) ? pathToFileURL(url.replace(servedAt, folder)).href : specifier, context)
  },
})

if (kind === 'server') await askServer()
else if (kind === 'module') await import(pathToFileURL(file).href)
else if (kind === 'commonjs') createRequire(import.meta.url)(file)
else runScripts()
if (kind !== 'server') process.stdout.write(JSON.stringify(await Reflect.get(globalThis, 'shown')))

/** Prints the page that the server answers with at its base. */
async function askServer(): Promise<void> {
  const { handler }: { handler: RequestListener } = await import(pathToFileURL(file).href)
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const page = await fetch(`http://127.0.0.1:${port}${new URL(servedAt).pathname}`)
  process.stdout.write(await page.text())
  server.close()
}

/** The least of a browser that classic scripts ask for: they look where they come from and load further scripts. */
function runScripts(): void {
  interface Script {
    src: string
    onload?: (event: object) => void
  }
  const document = {
    baseURI: servedAt,
    currentScript: undefined as { tagName: string; src: string } | undefined,
    createElement: (): object => ({ setAttribute: () => undefined, getAttribute: () => null }),
    getElementsByTagName: (): object[] => [],
    head: {
      appendChild: (script: Script): void =>
        queueMicrotask(() => {
          runScript(script.src)
          script.onload?.({ type: 'load', target: script })
        }),
    },
  }
  const runScript = (url: string): void => {
    const src = new URL(url, servedAt).href
    document.currentScript = { tagName: 'SCRIPT', src }
    runInThisContext(readFileSync(src.replace(servedAt, folder), 'utf8'), { filename: src })
    document.currentScript = undefined
  }
  Object.assign(globalThis, { document, self: globalThis, window: globalThis, location: new URL(servedAt) })
  runScript(file.replace(folder, servedAt))
}
