/** Forgets files: the rows go now, the objects with the next run of the job `remove-stored`. */
import type { Db } from '../database/open.ts'

/**
 * Deletes rows of files. A trigger puts their objects down for removal, as it does when rows go with a project or an account.
 *
 * @param trx the transaction in which they are no longer needed
 */
export async function forgetFiles(trx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await trx.deleteFrom('file').where('id', 'in', ids).execute()
}
