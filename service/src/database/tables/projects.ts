/** Rows of migrations/0002-projects.sql. */
import type { ColumnType, Generated } from 'kysely'
import type { CreatedAt } from './accounts.ts'

/** JSON as it is read; written as text. */
export type Json = ColumnType<unknown, string | undefined, string>

/** What a file is for. */
export type FileKind = 'source' | 'mask' | 'attachment' | 'avatar' | 'output' | 'export' | 'data_export'

export interface ProjectTable {
  readonly id: string
  readonly user_id: string
  readonly name: string
  readonly settings: Json
  readonly version: Generated<number>
  readonly created_at: CreatedAt
  readonly updated_at: CreatedAt
  readonly deleted_at: Date | null
}

export interface ProjectEventTable {
  readonly id: string
  readonly project_id: string
  readonly type: string
  readonly data: Json
  readonly created_at: CreatedAt
}

export interface FileTable {
  readonly id: string
  readonly user_id: string
  readonly project_id: string | null
  readonly kind: FileKind
  readonly name: string | null
  readonly sha256: Buffer
  readonly bytes: number
  readonly media_type: string
  readonly width: number | null
  readonly height: number | null
  readonly storage_key: string
  readonly created_at: CreatedAt
  readonly deleted_at: Date | null
}

export interface StorageRemovalTable {
  readonly storage_key: string
  readonly due_at: CreatedAt
}

export interface IdempotencyKeyTable {
  readonly owner: string
  readonly key: string
  readonly fingerprint: Buffer
  readonly answer: Json
  readonly created_at: CreatedAt
}
