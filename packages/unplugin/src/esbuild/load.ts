/** What stands behind the paths that we have resolved: hero modules and their files. */
import type { OnLoadResult } from 'esbuild'
import type { HeroId } from '../id.ts'
import { toImportingModule } from '../module/module-text.ts'
import { toFailure, toWarnings } from './message.ts'
import { toFileRequest, watchedBy } from './picture.ts'
import type { PictureFile, Run } from './run.ts'

/** The module of a picture. Its files are drawn here, so that what goes wrong is told once and at the import. */
export async function loadPicture(
  run: Run,
  { file, query }: HeroId,
  toUrl: (value: string) => string,
): Promise<OnLoadResult> {
  const watchFiles = watchedBy(run.started.host.root, file)
  try {
    const plan = await run.plan(file, query)
    await run.draw(plan)
    const contents = toImportingModule(plan, ({ name }) => toFileRequest(name), toUrl)
    return { contents, loader: 'js', warnings: toWarnings(plan), watchFiles }
  } catch (error) {
    return { ...toFailure(error), watchFiles }
  }
}

/** The bytes of a file. */
export async function loadFile(run: Run, file: PictureFile): Promise<OnLoadResult> {
  const watchFiles = watchedBy(run.started.host.root, file.plan.file)
  try {
    return { contents: await run.take(file), loader: 'file', watchFiles }
  } catch (error) {
    return { ...toFailure(error), watchFiles }
  }
}
