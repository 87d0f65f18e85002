/** `npm run demo`: builds the example from real photos and says where to look. */
import { createLogger, build, type LogOptions } from 'vite'

const root = new URL('../examples/vite/', import.meta.url)
const logger = createLogger()

/** Vite lists every file again; the plugin's own table says more. */
const quiet = {
  ...logger,
  info(message: string, options?: LogOptions): void {
    if (!message.includes('dist/') && !message.includes('modules transformed')) logger.info(message, options)
  },
}

process.stdout.write('\nOne photo becomes the right picture for every screen: building examples/vite …\n\n')
await build({
  root: new URL('.', root).pathname,
  customLogger: quiet,
  build: { reportCompressedSize: false },
})
process.stdout.write(`
The page is in examples/vite/dist. To open it:

  npm run preview -w hero-image-example-vite      built, at http://localhost:4173
  npm run dev -w hero-image-example-vite          while you edit; change a photo or its .hero.json and watch the page

Make the window narrow and wide again: each width has its own crop of the photo. Run \`npm run demo\` again: everything comes from the cache.
`)
