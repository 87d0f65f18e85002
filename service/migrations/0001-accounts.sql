-- Accounts. The tables of better-auth have its own names of columns; a test compares them with what it expects.

create table "user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  -- When the person confirmed to be old enough; nobody is let in without.
  "ageConfirmedAt" timestamptz,
  -- Set while an account waits to be erased: it cannot be used meanwhile.
  "erasureDueAt" timestamptz
);

create table session (
  id text primary key,
  "userId" text not null references "user" (id) on delete cascade,
  token text not null unique,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null
);
create index session_by_user on session ("userId");

create table account (
  id text primary key,
  "userId" text not null references "user" (id) on delete cascade,
  "accountId" text not null,
  "providerId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null
);
create index account_user on account ("userId");
create unique index account_provider on account ("providerId", "accountId");

create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on verification (identifier);

-- API keys and tokens of the command line. Only the hash is kept.
create table access_token (
  id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  kind text not null check (kind in ('api_key', 'cli')),
  name text not null,
  prefix text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_on date,
  revoked_at timestamptz
);
create index access_token_user on access_token (user_id);

-- Sign-in of devices (RFC 8628). Codes are kept as hashes.
create table device_grant (
  id uuid primary key,
  device_code_hash bytea not null unique,
  user_code_hash bytea not null unique,
  client_id text not null,
  client_name text not null,
  scopes text[] not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'denied', 'used')),
  user_id text references "user" (id) on delete cascade,
  interval_seconds integer not null default 5,
  polled_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
