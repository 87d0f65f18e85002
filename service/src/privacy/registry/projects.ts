/** Tables of projects, files, generations and exports. */
import type { RulesOf } from './rule.ts'

/** Parents before children. */
export const projectRules = {
  project: {
    about: 'A project with its settings.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      name: 'exported',
      settings: 'exported',
      version: 'exported',
      created_at: 'exported',
      updated_at: 'exported',
      deleted_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'deleted',
  },
  project_event: {
    about: 'What happened in a project.',
    way: { column: 'project_id', to: 'project' },
    columns: { id: 'exported', project_id: 'exported', type: 'exported', data: 'exported', created_at: 'exported' },
    erasure: { action: 'delete' },
    kept: 'account',
  },
  file: {
    about: 'A file; its bytes lie under `files`.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      project_id: 'exported',
      kind: 'exported',
      name: 'exported',
      sha256: 'exported',
      bytes: 'exported',
      media_type: 'exported',
      width: 'exported',
      height: 'exported',
      storage_key: 'internal',
      created_at: 'exported',
      deleted_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'deleted',
  },
  storage_removal: {
    about: 'An object that storage has to forget.',
    nobody: 'The key is random.',
    columns: { storage_key: 'internal', due_at: 'internal' },
    kept: 'removal',
  },
  idempotency_key: {
    about: 'A request that happens once, with its answer.',
    way: { column: 'owner', holds: 'person' },
    columns: {
      owner: 'exported',
      key: 'exported',
      fingerprint: 'internal',
      answer: 'exported',
      created_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'idempotency-key',
  },
  generation: {
    about: 'A picture that was asked for.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      project_id: 'exported',
      operation: 'exported',
      provider: 'exported',
      model: 'exported',
      prompt: 'exported',
      plan: 'exported',
      source_id: 'exported',
      mask_id: 'exported',
      output_id: 'exported',
      state: 'exported',
      failure_code: 'exported',
      price: 'exported',
      spent: 'exported',
      hold_id: 'exported',
      attempt: 'exported',
      submitting_at: 'exported',
      provider_request_id: 'exported',
      provider_request: 'internal',
      submitted_at: 'exported',
      provider_cost_micros: 'internal',
      event_count: 'internal',
      created_at: 'exported',
      started_at: 'exported',
      finished_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'account',
  },
  generation_event: {
    about: 'What happened to a generation.',
    way: { column: 'generation_id', to: 'generation' },
    columns: {
      generation_id: 'exported',
      seq: 'exported',
      type: 'exported',
      state: 'exported',
      failure_code: 'exported',
      created_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'account',
  },
  export: {
    about: 'A project that was packed or written as code.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      project_id: 'exported',
      kind: 'exported',
      options: 'exported',
      state: 'exported',
      failure: 'exported',
      file_id: 'exported',
      created_at: 'exported',
      finished_at: 'exported',
      expires_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'export-content',
  },
} as const satisfies RulesOf<
  | 'project'
  | 'project_event'
  | 'file'
  | 'storage_removal'
  | 'idempotency_key'
  | 'generation'
  | 'generation_event'
  | 'export'
>
