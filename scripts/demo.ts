/** `npm run demo`: builds the example from real photos and says where to look. */
import { spawnSync } from 'node:child_process'
import { build, createLogger, type LogOptions } from 'vite'

const root = new URL('../examples/vite/', import.meta.url)
const logger = createLogger()

/** Vite lists every file again; the plugin's own table says more. */
const quiet = {
  ...logger,
  info(message: string, options?: LogOptions): void {
    if (!message.includes('dist/') && !message.includes('modules transformed')) logger.info(message, options)
  },
}

process.stdout.write('Building the packages …\n')
const packages = spawnSync('npm', ['run', '--silent', 'build'], {
  encoding: 'utf8',
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
})
if (packages.status !== 0) {
  process.stderr.write(packages.stdout + packages.stderr)
  process.exit(1)
}

process.stdout.write('\nOne photo becomes the right picture for every screen: building examples/vite …\n\n')
await build({
  root: new URL('.', root).pathname,
  customLogger: quiet,
  // The check would point out what the table says: drawing pictures takes most of the time.
  build: { reportCompressedSize: false, rolldownOptions: { checks: { bundlerTimings: false } } },
})
process.stdout.write(`
The page is in examples/vite/dist. To open it:

  npm run preview -w hero-image-example-vite      built, at http://localhost:4173
  npm run dev -w hero-image-example-vite          while you edit; change a photo or its .hero.json and watch the page

Make the window narrow and wide again: each width has its own crop of the photo. Run \`npm run demo\` again: everything comes from the cache.
`)
