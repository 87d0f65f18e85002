/** All tables, one type each, as the migrations make them. */
import type {
  AccessTokenTable,
  AccountTable,
  DeviceGrantTable,
  SessionTable,
  UserTable,
  VerificationTable,
} from './tables/accounts.ts'
import type { AnalyticsDayTable, AnalyticsHitTable, AnalyticsSaltTable } from './tables/analytics.ts'
import type { ExportTable } from './tables/exports.ts'
import type { GenerationEventTable, GenerationTable } from './tables/generations.ts'
import type { EntryTable, HoldTable, TransferTable, WalletTable } from './tables/ledger.ts'
import type {
  AbuseSignalTable,
  AuditEventTable,
  GrantClaimTable,
  MailOutboxTable,
  RateBucketTable,
} from './tables/limits.ts'
import type { OrderTable, PaymentEventTable } from './tables/orders.ts'
import type { DataExportTable, ErasureTable } from './tables/privacy.ts'
import type {
  FileTable,
  IdempotencyKeyTable,
  ProjectEventTable,
  ProjectTable,
  StorageRemovalTable,
} from './tables/projects.ts'
import type { SupportAttachmentTable, SupportMessageTable, SupportTicketTable } from './tables/support.ts'
export interface Tables {
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
  access_token: AccessTokenTable
  device_grant: DeviceGrantTable
  mail_outbox: MailOutboxTable
  rate_bucket: RateBucketTable
  abuse_signal: AbuseSignalTable
  audit_event: AuditEventTable
  grant_claim: GrantClaimTable
  project: ProjectTable
  project_event: ProjectEventTable
  file: FileTable
  storage_removal: StorageRemovalTable
  idempotency_key: IdempotencyKeyTable
  generation: GenerationTable
  generation_event: GenerationEventTable
  export: ExportTable
  order: OrderTable
  payment_event: PaymentEventTable
  support_ticket: SupportTicketTable
  support_message: SupportMessageTable
  support_attachment: SupportAttachmentTable
  data_export: DataExportTable
  erasure: ErasureTable
  analytics_salt: AnalyticsSaltTable
  analytics_hit: AnalyticsHitTable
  analytics_day: AnalyticsDayTable
  wallet: WalletTable
  transfer: TransferTable
  entry: EntryTable
  hold: HoldTable
}
