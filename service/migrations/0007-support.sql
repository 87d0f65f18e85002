-- Messages to support and the answers.

create table support_ticket (
  id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  subject text not null,
  -- `open`: the person waits for us; `answered`: we wait for the person.
  state text not null default 'open' check (state in ('open', 'answered')),
  created_at timestamptz not null default now(),
  -- Of the last message.
  updated_at timestamptz not null default now()
);
create index support_ticket_user on support_ticket (user_id, id desc);

create table support_message (
  id uuid primary key,
  ticket_id uuid not null references support_ticket (id) on delete cascade,
  author text not null check (author in ('person', 'staff')),
  body text not null,
  created_at timestamptz not null default now()
);
create index support_message_ticket on support_message (ticket_id, id);

create table support_attachment (
  message_id uuid not null references support_message (id) on delete cascade,
  file_id uuid not null references file (id) on delete cascade,
  primary key (message_id, file_id)
);
create index support_attachment_file on support_attachment (file_id);
