-- Limits, and what is remembered against abuse. Subjects are keyed hashes that change with every window: nobody can be followed from one to the next.

create table rate_bucket (
  subject bytea primary key,
  kind text not null,
  count integer not null check (count >= 0),
  expires_at timestamptz not null
);
create index rate_bucket_expires on rate_bucket (expires_at);

-- Limits that were run into, for operators; kept for 90 days.
create table abuse_signal (
  subject bytea primary key,
  kind text not null,
  count integer not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index abuse_signal_expires on abuse_signal (expires_at);

-- Security log, kept for 90 days. The address is that of a block, never of one subscriber.
create table audit_event (
  id uuid primary key,
  user_id text references "user" (id) on delete cascade,
  action text not null,
  target text,
  address_block text not null,
  created_at timestamptz not null default now()
);
create index audit_event_user on audit_event (user_id, id desc);
create index audit_event_created on audit_event (created_at);

-- For which addresses of mail and which identities at providers credits were given. A hash can be there once; it goes with the account.
create table grant_claim (
  subject bytea primary key,
  user_id text not null references "user" (id) on delete cascade,
  kind text not null check (kind in ('email', 'identity')),
  created_at timestamptz not null default now()
);
create index grant_claim_user on grant_claim (user_id);
