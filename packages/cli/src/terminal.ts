/** Where results, messages, progress and errors go. */
import { styleText } from 'node:util'
import { isHeroLike, type Problem, toProblem } from './problem.ts'

/** Files between two progress lines where there is no terminal. */
const linesEvery = 25

/** How much is said. */
export interface TerminalOptions {
  /** Results and errors are JSON, nothing else is said. */
  readonly json: boolean
  /** Only results and errors. */
  readonly silent: boolean
}

/** The two streams of a command, and what may be written to them. */
export interface Terminal extends TerminalOptions {
  /** A person can be asked: input and output are a terminal. */
  readonly interactive: boolean
  /** A result, to stdout. */
  print(text: string): void
  /** A message, to stderr; nothing with `json` or `silent`. */
  say(text: string): void
  /** How far the work is: a bar on a terminal, else a line from time to time. */
  progress(done: number, total: number): void
  /** Errors, to stderr, never silenced. */
  fail(errors: readonly unknown[]): void
  /** Text in colour when the stream shows colours; NO_COLOR and FORCE_COLOR decide otherwise. */
  style(colour: Parameters<typeof styleText>[0], text: string, stream?: NodeJS.WriteStream): string
}

/** The terminal of this process. */
export function createTerminal({ json, silent }: TerminalOptions): Terminal {
  const quiet = json || silent
  const live = process.stderr.isTTY === true && process.env.CI === undefined
  let barShown = false

  const clearBar = (): void => {
    if (barShown) process.stderr.write('\r\u001b[2K')
    barShown = false
  }
  const style: Terminal['style'] = (colour, text, stream = process.stdout) => styleText(colour, text, { stream })

  return {
    json,
    silent,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && !quiet,
    style,
    print(text) {
      clearBar()
      process.stdout.write(`${text}\n`)
    },
    say(text) {
      clearBar()
      if (!quiet) process.stderr.write(`${text}\n`)
    },
    progress(done, total) {
      if (quiet || total === 0) return
      if (live) {
        process.stderr.write(`\r\u001b[2K${toBar(done, total)}`)
        barShown = true
        if (done === total) clearBar()
      } else if (done > 0 && done < total && done % linesEvery === 0) {
        process.stderr.write(`${done} of ${total} files\n`)
      }
    },
    fail(errors) {
      clearBar()
      if (errors.length === 0) return
      const problems = errors.map(toProblem)
      if (json) process.stderr.write(`${JSON.stringify({ errors: problems })}\n`)
      else
        for (const [index, problem] of problems.entries()) process.stderr.write(`${toText(problem, errors[index])}\n`)
    },
  }

  function toText({ code, file, reason, hint }: Problem, error: unknown): string {
    const head = style('red', `✖ ${code}`, process.stderr)
    const lines = [
      `${head}${file === undefined ? '' : ` ${file}`}`,
      `  ${reason}`,
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ]
    // Nobody raised this on purpose: whoever reports it needs the place.
    return !isHeroLike(error) && error instanceof Error && error.stack !== undefined
      ? `${lines.join('\n')}\n${error.stack}`
      : lines.join('\n')
  }
}

function toBar(done: number, total: number): string {
  const width = 24
  const full = Math.round((done / total) * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${done} of ${total} files`
}
