-- Mails that wait to be sent. They hold links that sign people in, so they lie sealed: a dump of the database opens none.

create table mail_outbox (
  id uuid primary key,
  -- Whom the mail is about: it goes when the person goes.
  user_id text references "user" (id) on delete cascade,
  sealed bytea not null,
  created_at timestamptz not null default now()
);
create index mail_outbox_user on mail_outbox (user_id);
create index mail_outbox_created on mail_outbox (created_at);
