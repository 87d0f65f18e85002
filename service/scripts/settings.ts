/** Writes `.env.example` and docs/settings.md from the table of settings; `--check` only tells whether they are up to date. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { packageFolder } from '../src/package-folder.ts'
import { settingsGroups } from '../src/settings/table.ts'

interface Row {
  readonly name: string
  readonly description: string
  /** As it would be written in the environment; empty when there is none. */
  readonly byDefault: string
}

const files = {
  [join(packageFolder, '.env.example')]: toExample(),
  [join(packageFolder, 'docs/settings.md')]: toTable(),
}

const isCheck = process.argv.includes('--check')
for (const [path, text] of Object.entries(files)) {
  if (!isCheck) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`${path} is not what the table of settings says. Run: npm run settings -w service\n`)
    process.exitCode = 1
  }
}

function rowsOf(settings: Readonly<Record<string, z.ZodType>>): Row[] {
  return Object.entries(settings).map(([name, schema]) => ({
    name,
    description: schema.meta()?.description ?? '',
    byDefault: toDefault(schema),
  }))
}

/** Defaults that are parsed further (lists) are shown as they are written. */
function toDefault(schema: z.ZodType): string {
  if (schema instanceof z.ZodPipe) return schema.in instanceof z.ZodType ? toDefault(schema.in) : ''
  return schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : ''
}

function toExample(): string {
  const groups = settingsGroups.map(({ title, settings }) => {
    const lines = rowsOf(settings).map(
      ({ name, description, byDefault }) => `# ${description}\n# ${name}=${byDefault}\n`,
    )
    return `# ${title}\n\n${lines.join('\n')}`
  })
  return `# Settings of the service. Written by \`npm run settings -w service\`; remove the # of what you set.\n\n${groups.join('\n')}`
}

function toTable(): string {
  const groups = settingsGroups.map(({ title, settings }) => {
    const lines = rowsOf(settings).map(
      ({ name, description, byDefault }) =>
        `| \`${name}\` | ${description.replaceAll('|', '\\|')} | ${byDefault === '' ? '' : `\`${byDefault}\``} |`,
    )
    return `## ${title}\n\n| setting | meaning | default |\n| --- | --- | --- |\n${lines.join('\n')}\n`
  })
  return `# Settings of the service\n\nEnvironment variables; empty counts as not set. A misspelt name that begins with \`HERO_\` stops the start, as do settings that contradict each other. This page is written from \`src/settings/table.ts\`: change it there, then \`npm run settings -w service\`.\n\n${groups.join('\n')}`
}
