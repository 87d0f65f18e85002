/** Tools beside the bundler that resolve the same import. */
import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { urlsOf } from '../../../packages/unplugin/test/fixtures/contract.ts'
import type { Project } from '../../../packages/unplugin/test/fixtures/project.ts'
import type { Group } from '../cross.ts'
import { forms } from '../forms.ts'
import type { Host } from '../host.ts'
import { nameIn } from '../picture.ts'
import { contractOptions, nameOf, plannedNames } from '../reference.ts'
import { run } from '../run.ts'
import { assetsIn, readPage } from '../shown.ts'

interface Evidence {
  readonly host: Host
  readonly project: Project
}

/** Runs a tool and gives the path of what it leaves. */
async function runTool({ host, project }: Evidence, name: 'vitest' | 'storybook'): Promise<string> {
  const tool = host.tools?.[name]
  if (tool === undefined) throw new Error(`${host.name} has no ${name}`)
  for (const [path, content] of Object.entries(tool.files(contractOptions))) await project.write(path, content)
  const { status, said } = await run(host, project, tool.command)
  expect(status, said).toBe(0)
  return tool.result
}

export const toolsGroup: Group<'tools', Evidence> = {
  name: 'tools',
  forms: ['import'],
  gather: async (host, project) => ({ host, project }),
  cases: {
    'Vitest with jsdom': async (evidence) => {
      const shown = readPage(await readFile(evidence.project.at(await runTool(evidence, 'vitest')), 'utf8'))
      const names = assetsIn(shown).flatMap(urlsOf).map(nameIn)
      expect(new Set(names)).toEqual(await plannedNames(forms.import.wishes, {}, 'development'))
    },
    Storybook: async (evidence) => {
      const files = await evidence.project.files(await runTool(evidence, 'storybook'))
      const planned = [...(await plannedNames(forms.import.wishes))].sort()
      const shipped = [...files.values()].flatMap((bytes) => nameOf(bytes) ?? [])
      expect(shipped.sort()).toEqual(planned)
      const scripts = [...files].flatMap(([path, text]) => (path.endsWith('.js') ? text.toString() : []))
      expect(planned.filter((name) => !scripts.some((text) => text.includes(name)))).toEqual([])
    },
  },
}
