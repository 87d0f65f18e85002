import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ended, makeProject, run, startCommand } from './fixtures/command.ts'

const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

describe('help and version', () => {
  test('name every command, every flag and every exit code', async () => {
    const root = makeProject()
    const [help, crop] = await Promise.all([run(root, ['--help']), run(root, ['crop', '--help'])])
    for (const word of ['crop', 'inspect', 'cache', 'init', '130']) expect(help.out).toContain(word)
    for (const word of ['--preset', '--focus', '--out', '--html', '--json', '-h, --help']) {
      expect(crop.out).toContain(word)
    }
    expect([help.code, crop.code, help.err, crop.err]).toEqual([0, 0, '', ''])
  })

  test('--version prints the version of the package', async () => {
    expect(await run(makeProject(), ['--version'])).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' })
  })

  test.each([['--version'], ['--help'], ['crop', '--help']])(
    '%s %s loads neither engine nor sharp nor zod',
    async (...args) => {
      const spy = [
        'import { registerHooks } from "node:module"',
        'registerHooks({ resolve(name, context, next) {',
        '  if (/^(?:sharp|zod|@hero-image|@clack|tinyglobby)/.test(name)) process.stderr.write(`loaded ${name};`)',
        '  return next(name, context) } })',
      ].join('\n')
      const hook = `--import=data:text/javascript,${encodeURIComponent(spy)}`
      const { code, err } = await ended(startCommand(makeProject(), args, {}, [hook]))
      expect({ code, err }).toEqual({ code: 0, err: '' })
    },
  )
})

describe('a wrong command line ends with 2', () => {
  test.each([
    { args: ['crp', 'a.jpg'], says: "Did you mean 'crop'?" },
    { args: ['crop', '--fromats', 'webp', 'a.jpg'], says: "Did you mean '--formats'?" },
    { args: ['crop', '--json=yes', 'a.jpg'], says: '--json' },
    { args: ['crop', '--out'], says: '--out' },
    { args: ['crop'], says: 'No photo was named.' },
    { args: ['crop', '--focus', '3,6', 'a.jpg'], says: "--focus cannot be '3,6'" },
    { args: ['inspect', '--preset', 'hreo', 'a.jpg'], says: "Did you mean 'hero'?" },
    { args: ['crops', 'lock', '--zoom', '9', 'a.jpg'], says: '--zoom' },
    { args: ['crop', '--html', '--css', 'a.jpg'], says: '--html, --css' },
    { args: ['inspect', 'a.jpg', 'b.jpg'], says: 'Exactly one photo' },
    { args: ['inspect', 'a.jpg', '--preview', 'a.txt'], says: '.jpg, .png' },
    { args: ['crops', 'lcok'], says: "Did you mean 'lock'?" },
    { args: ['crops', 'accept', '--check'], says: 'hero-image crops lock' },
    { args: ['crops', 'lock', '--yes'], says: 'hero-image crops accept' },
    { args: ['crops'], says: 'lock, accept' },
    { args: ['cache', 'claer'], says: "Did you mean 'clear'?" },
    { args: ['cache', 'prune', '--max-age', 'soon'], says: '30d' },
    { args: ['cache', 'clear', '--max-age', '1d'], says: 'cache prune' },
    { args: ['--nothing'], says: "'--nothing'" },
    { args: [], says: 'crop, inspect, crops, studio, cache, init' },
  ])('$args', async ({ args, says }) => {
    const { code, out, err } = await run(makeProject(), args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
  })

  test('as JSON with --json', async () => {
    const { code, err } = await run(makeProject(), ['crop', '--json', '--fromats', 'x'])
    expect(code).toBe(2)
    expect(JSON.parse(err)).toMatchObject({ errors: [{ code: 'USAGE', hint: expect.stringContaining('--formats') }] })
  })
})

describe('colour', () => {
  test.each([
    { env: {}, coloured: false },
    { env: { FORCE_COLOR: '1' }, coloured: true },
    { env: { NO_COLOR: '1' }, coloured: false },
  ])('$env', async ({ env, coloured }) => {
    const { err } = await run(makeProject(), ['crp'], env)
    expect(err.includes('\u001b[')).toBe(coloured)
  })
})
