/** Prints the table host × case at the end of a run of the suite. */
import type { Reporter, TestModule } from 'vitest/node'
import { allCases, type CaseName } from './case-names.ts'
import { hosts } from './hosts/index.ts'
import { type Outcome, toTable } from './table.ts'

/** A reporter beside the usual one. Silent when no case was run. */
export class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const outcomes = new Map<string, Outcome>()
    for (const module of modules) {
      if (module.project.name !== 'contract') continue
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        // Skipped: a filter, or its builds failed.
        const suiteFailed = test.parent.type === 'suite' && test.parent.state() === 'failed'
        const outcome = state === 'passed' ? 'ok' : state === 'failed' || suiteFailed ? 'FAILED' : 'not run'
        outcomes.set(`${test.parent.type === 'suite' ? test.parent.name : ''} > ${test.name}`, outcome)
      }
    }
    const outcomeOf = (host: string, name: CaseName): Outcome => outcomes.get(`${host} > ${name}`) ?? 'not run'
    const isRun = hosts.some(({ name }) => allCases.some((each) => outcomeOf(name, each) !== 'not run'))
    if (isRun) process.stdout.write(`\n${toTable(hosts, (host, name) => outcomeOf(host.name, name))}\n`)
  }
}
