/** Crosses a group of cases with the table of hosts: one build, or few, for each host and group. */
import { afterAll, beforeAll, describe, test } from 'vitest'
import type { Project } from '../../packages/unplugin/test/fixtures/project.ts'
import { type CaseOf, caseNames, type GroupName } from './case-names.ts'
import type { FormName } from './forms.ts'
import { type Host, reasonAgainst } from './host.ts'
import { hosts } from './hosts/index.ts'
import { formsOf, openProject } from './project.ts'
import { closeReference } from './reference.ts'

/** A group of cases over what was gathered for them. */
export interface Group<Name extends GroupName, Evidence> {
  readonly name: Name
  /** Forms that the project has, as far as the host knows them. */
  readonly forms: readonly FormName[]
  /** Builds whatever the cases look at. */
  gather(host: Host, project: Project): Promise<Evidence>
  readonly cases: Readonly<Record<CaseOf<Name>, (evidence: Evidence) => void | Promise<void>>>
  /** Ends what `gather` has started. */
  end?(evidence: Evidence): Promise<void>
}

/** Declares the tests of a group for all hosts: `host > case`, as the table's reporter expects them. */
export function cross<Name extends GroupName, Evidence>(group: Group<Name, Evidence>): void {
  afterAll(closeReference)
  const names: readonly CaseOf<Name>[] = caseNames[group.name]
  for (const host of hosts) {
    const wanted = names.filter((name) => reasonAgainst(host, name) === undefined)
    if (wanted.length === 0) continue
    describe(host.name, () => {
      let project: Project | undefined
      let evidence: Evidence
      beforeAll(async () => {
        const opened = await openProject(host, formsOf(host, group.forms))
        project = opened
        evidence = await group.gather(host, opened)
      })
      afterAll(async () => {
        if (evidence !== undefined) await group.end?.(evidence)
        await project?.remove('')
      })
      for (const name of wanted) test(name, () => group.cases[name](evidence))
    })
  }
}
