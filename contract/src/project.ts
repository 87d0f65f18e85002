/** A project of a host in a temporary folder, with the photos and modules of the forms that the host knows. */
import { mkdir, realpath, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createProject, type Project } from '../../packages/unplugin/test/fixtures/project.ts'
import { type FormName, forms, toShownModule } from './forms.ts'
import { type Host, reasonAgainst } from './host.ts'
import { photoOf } from './photos.ts'

const repository = join(import.meta.dirname, '../..')

/** The forms among some that a host has. */
export function formsOf(host: Host, names: readonly FormName[]): FormName[] {
  return names.filter((name) => reasonAgainst(host, name) === undefined)
}

/** Makes a project; remove it with `project.remove('')`. */
export async function openProject(host: Host, names: readonly FormName[]): Promise<Project> {
  const parent = host.insideWorkspace ? join(repository, 'contract/.projects') : tmpdir()
  await mkdir(parent, { recursive: true })
  const project = await createProject(
    {
      'package.json': '{"name":"contract-project","private":true,"type":"module"}\n',
      'src/shown.js': toShownModule(names),
      'src/other.js': 'export const other = 1\n',
    },
    parent,
  )
  const link = async (path: string, target: string): Promise<void> => {
    await mkdir(dirname(project.at(path)), { recursive: true })
    await symlink(target, project.at(path), 'dir')
  }
  if (!host.insideWorkspace) for (const name of host.packages) await link(`node_modules/${name}`, await locate(name))
  for (const name of names) {
    const { wishes, files = {}, photoPaths = {}, links = {} } = forms[name]
    for (const { photo } of wishes) await project.write(photoPaths[photo] ?? `photos/${photo}`, await photoOf(photo))
    for (const [photo, path] of Object.entries(photoPaths)) await project.write(path, await photoOf(photo))
    for (const [path, content] of Object.entries(files)) await project.write(path, content)
    for (const [path, target] of Object.entries(links)) await link(path, project.at(target))
  }
  return project
}

/** Where a package of this workspace or of the repository lies. */
function locate(name: string): Promise<string> {
  const own = join(repository, 'contract/node_modules', name)
  return realpath(own).catch(() => realpath(join(repository, 'node_modules', name)))
}
