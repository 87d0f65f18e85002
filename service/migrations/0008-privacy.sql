-- Exports of everything about a person, and the evidence of erasures.

create table data_export (
  id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
  file_id uuid references file (id) on delete set null,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index data_export_user on data_export (user_id, id desc);
create index data_export_file on data_export (file_id);

-- One row per wish to be erased. It names nobody: the subject is a keyed hash of an identifier that is gone once the erasure is done.
create table erasure (
  subject bytea primary key,
  state text not null check (state in ('due', 'withdrawn', 'done')),
  requested_at timestamptz not null,
  due_at timestamptz not null,
  erased_at timestamptz,
  -- Rows that went, by table.
  counts jsonb not null default '{}',
  -- False until the list in storage, which outlives a restore of the database, says the same.
  is_listed boolean not null default false
);
create index erasure_unlisted on erasure (subject) where not is_listed;
