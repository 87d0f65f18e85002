-- Exports of projects, and the version of a project by which two people do not overwrite each other.

alter table project add column version integer not null default 1;
create index project_deleted on project (deleted_at) where deleted_at is not null;

create table export (
  id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  project_id uuid not null references project (id) on delete cascade,
  kind text not null check (kind in ('zip', 'html', 'react', 'css', 'preload', 'json')),
  -- The settings of the project as they were when the export was wished for: what changes later does not mix with it.
  options jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed')),
  failure jsonb,
  file_id uuid references file (id) on delete set null,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz
);
create index export_user on export (user_id, id desc);
create index export_project on export (project_id, id desc);
create index export_file on export (file_id);
create index export_open on export (created_at) where state in ('queued', 'running');
create index export_expires on export (expires_at) where file_id is not null;
