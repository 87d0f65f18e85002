-- Generations and what happened to them.

create table generation (
  id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  project_id uuid references project (id) on delete cascade,
  operation text not null check (operation in ('extend', 'edit', 'generate')),
  provider text not null,
  model text not null,
  -- Words of the person; nothing but the provider is ever given them.
  prompt text,
  -- Sizes and places, decided when it was asked for: a later version of the service still makes what was paid for.
  plan jsonb not null,
  source_id uuid references file (id) on delete set null,
  mask_id uuid references file (id) on delete set null,
  output_id uuid references file (id) on delete set null,
  state text not null default 'queued'
    check (state in ('queued', 'running', 'succeeded', 'failed', 'refused', 'canceled')),
  failure_code text,
  price integer not null check (price >= 0),
  spent integer check (spent >= 0 and spent <= price),
  -- None when the price is nothing.
  hold_id uuid unique references hold (id),
  attempt integer not null default 0,
  -- Set before an asynchronous provider is asked: a request whose answer nobody saw is not sent again.
  submitting_at timestamptz,
  -- How a request that the provider has taken is found again after a crash.
  provider_request_id text,
  provider_request jsonb,
  submitted_at timestamptz,
  -- What the provider costs us, in millionths of a dollar, as far as its table tells.
  provider_cost_micros bigint not null default 0,
  event_count integer not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index generation_user on generation (user_id, id desc);
create index generation_unfinished on generation (user_id) where state in ('queued', 'running');
create index generation_wasted on generation (user_id, finished_at) where state in ('refused', 'canceled', 'failed');
create index generation_project on generation (project_id);
create index generation_source on generation (source_id);
create index generation_mask on generation (mask_id);
create index generation_output on generation (output_id);

-- What streams are replayed from.
create table generation_event (
  generation_id uuid not null references generation (id) on delete cascade,
  seq integer not null,
  type text not null,
  state text not null,
  failure_code text,
  created_at timestamptz not null,
  primary key (generation_id, seq)
);
