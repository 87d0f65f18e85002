-- Projects, files, and what was asked for once.

create table project (
  id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  name text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index project_user on project (user_id, id desc) where deleted_at is null;

-- What happened in a project, for people to look back at.
create table project_event (
  id uuid primary key,
  project_id uuid not null references project (id) on delete cascade,
  type text not null,
  data jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index project_event_project on project_event (project_id, id desc);

-- Everything that lies in storage. The key is random, never the name of a file.
create table file (
  id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  project_id uuid references project (id) on delete cascade,
  kind text not null check (kind in ('source', 'mask', 'attachment', 'avatar', 'output', 'export', 'data_export')),
  -- As the person named it; shown, never used as a path.
  name text,
  sha256 bytea not null,
  bytes bigint not null check (bytes >= 0),
  media_type text not null,
  width integer,
  height integer,
  storage_key text not null unique,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index file_user on file (user_id, kind, id desc) where deleted_at is null;
create index file_project on file (project_id) where deleted_at is null;

-- Objects that no row names any more and that storage has to forget: written in the transaction that drops the row.
create table storage_removal (
  storage_key text primary key,
  due_at timestamptz not null default now()
);

-- Answers to requests with an Idempotency-Key, kept for 48 hours.
create table idempotency_key (
  owner text not null,
  key text not null,
  fingerprint bytea not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (owner, key)
);
create index idempotency_key_created on idempotency_key (created_at);
