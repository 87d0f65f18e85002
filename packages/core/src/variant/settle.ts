/** Waits for all, even after a failure, so that nothing is delivered once the caller has been told of it. */
export async function settle(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
