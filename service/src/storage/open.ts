/** The storage that the settings name. */
import { join } from 'node:path'
import type { Log } from '../log/log.ts'
import type { Settings } from '../settings/read.ts'
import { createDiskStorage } from './disk.ts'
import { reportFailures } from './report.ts'
import { createS3Storage } from './s3.ts'
import type { Storage } from './storage.ts'

/**
 * Opens storage: a bucket when there is one, else the data folder.
 *
 * @param folder data folder
 */
export function openStorage(settings: Settings, folder: string, log: Log): Storage {
  return reportFailures(choose(settings, folder), log)
}

function choose(settings: Settings, folder: string): Storage {
  const {
    HERO_S3_ENDPOINT: endpoint,
    HERO_S3_BUCKET: bucket,
    HERO_S3_REGION: region,
    HERO_S3_ACCESS_KEY_ID: accessKeyId,
    HERO_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = settings
  // All four or none: the settings have been checked.
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return createDiskStorage(join(folder, 'files'))
  return createS3Storage({ endpoint, bucket, region, accessKeyId, secretAccessKey })
}
