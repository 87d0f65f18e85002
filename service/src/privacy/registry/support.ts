/** Tables of support, privacy itself and analytics. */
import type { RulesOf } from './rule.ts'

const keyedVisits = 'A visitor is a keyed hash under a salt that is replaced daily and deleted within 48 hours.'

/** Parents before children. */
export const supportRules = {
  support_ticket: {
    about: 'A matter that support was written about.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      subject: 'exported',
      state: 'exported',
      created_at: 'exported',
      updated_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'support',
  },
  support_message: {
    about: 'A message to support, or an answer.',
    way: { column: 'ticket_id', to: 'support_ticket' },
    columns: { id: 'exported', ticket_id: 'exported', author: 'exported', body: 'exported', created_at: 'exported' },
    erasure: { action: 'delete' },
    kept: 'support',
  },
  support_attachment: {
    about: 'A file that came with a message.',
    way: { column: 'message_id', to: 'support_message' },
    columns: { message_id: 'exported', file_id: 'exported' },
    erasure: { action: 'delete' },
    kept: 'support',
  },
  data_export: {
    about: 'An export such as this one.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      state: 'exported',
      file_id: 'exported',
      created_at: 'exported',
      finished_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'data-export',
  },
  erasure: {
    about: 'Evidence of an erasure, or that one is due.',
    nobody: 'The subject is a keyed hash of an identifier that is gone.',
    columns: {
      subject: 'internal',
      state: 'internal',
      requested_at: 'internal',
      due_at: 'internal',
      erased_at: 'internal',
      counts: 'internal',
      is_listed: 'internal',
    },
    kept: 'evidence',
  },
  analytics_salt: {
    about: 'The salt of a day.',
    nobody: 'It is random.',
    columns: { day: 'internal', salt: 'internal' },
    kept: 'analytics-salt',
  },
  analytics_hit: {
    about: 'A page view.',
    nobody: keyedVisits,
    columns: {
      id: 'internal',
      day: 'internal',
      path: 'internal',
      referrer_host: 'internal',
      browser: 'internal',
      os: 'internal',
      device: 'internal',
      country: 'internal',
      visitor: 'internal',
    },
    kept: 'analytics-hit',
  },
  analytics_day: {
    about: 'Page views of a day, summed up.',
    nobody: 'They are sums.',
    columns: { day: 'internal', dimension: 'internal', value: 'internal', views: 'internal', visitors: 'internal' },
    kept: 'figures',
  },
} as const satisfies RulesOf<
  | 'support_ticket'
  | 'support_message'
  | 'support_attachment'
  | 'data_export'
  | 'erasure'
  | 'analytics_salt'
  | 'analytics_hit'
  | 'analytics_day'
>
