/** All tables, one type each, as the migrations make them. */
import type {
  AccessTokenTable,
  AccountTable,
  DeviceGrantTable,
  SessionTable,
  UserTable,
  VerificationTable,
} from './tables/accounts.ts'
import type { ExportTable } from './tables/exports.ts'
import type {
  FileTable,
  IdempotencyKeyTable,
  ProjectEventTable,
  ProjectTable,
  StorageRemovalTable,
} from './tables/projects.ts'

export interface Tables {
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
  access_token: AccessTokenTable
  device_grant: DeviceGrantTable
  project: ProjectTable
  project_event: ProjectEventTable
  file: FileTable
  storage_removal: StorageRemovalTable
  idempotency_key: IdempotencyKeyTable
  export: ExportTable
}
