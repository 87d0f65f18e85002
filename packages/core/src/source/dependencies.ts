/** Which files a plan is made from. */
import { lockPath } from './lock.ts'
import { sidecarPath } from './sidecar.ts'

/**
 * The photo, its sidecar and the lock of the project, whether they exist or not: whoever watches files watches these.
 *
 * @param file absolute path of the photo
 * @param root absolute path of the project
 */
export function planDependencies(file: string, root: string): readonly string[] {
  return [file, sidecarPath(file), lockPath(root)]
}
