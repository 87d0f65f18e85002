-- Orders and what the payment provider told about them.

-- Records for the tax office: they survive the account. Only `user_id` leads to it, and goes with it; name and e-mail address are those at the time of the order.
create table "order" (
  id uuid primary key,
  user_id text references "user" (id) on delete set null,
  -- Kept when the account goes: wallets are closed, never deleted.
  wallet_id uuid not null references wallet (id),
  state text not null default 'created'
    check (state in ('created', 'pending', 'paid', 'refunded', 'disputed', 'expired', 'failed')),
  pack text not null,
  credits bigint not null check (credits > 0),
  amount_minor bigint not null check (amount_minor > 0),
  -- Taxes within the amount; null until the provider has told them.
  tax_minor bigint check (tax_minor between 0 and amount_minor),
  amount_refunded_minor bigint not null default 0 check (amount_refunded_minor between 0 and amount_minor),
  credits_reversed bigint not null default 0 check (credits_reversed between 0 and credits),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The policy at the time, and the version of the terms that the customer accepted.
  refundable boolean not null default false,
  accepted_terms text not null,
  customer_name text not null,
  customer_email text not null,
  -- What the provider found out for the invoice: name, address, tax numbers.
  billing jsonb,
  provider text not null,
  -- The provider's checkout, and the payment that came of it.
  checkout_ref text unique,
  payment_ref text,
  checkout_url text,
  -- The last that was heard of a dispute.
  dispute text check (dispute in ('open', 'won', 'lost')),
  -- Grows with every change, and every look at what is paid: whoever has read the provider before it must read again.
  revision integer not null default 0,
  created_at timestamptz not null,
  paid_at timestamptz,
  -- The last day on which the record is kept.
  retain_until date not null,
  check (state not in ('paid', 'refunded', 'disputed') or paid_at is not null)
);
create index order_user on "order" (user_id, id desc);
create index order_wallet on "order" (wallet_id);
create index order_waiting on "order" (id) where state in ('created', 'pending');
create index order_retain_until on "order" (retain_until);

-- Events that were dealt with, by the provider's identifier: the same event again does nothing.
create table payment_event (
  provider text not null,
  id text not null,
  type text not null,
  -- Null for events about payments that are not ours: several products may share an account at the provider.
  order_id uuid references "order" (id) on delete cascade,
  outcome text not null check (outcome in ('applied', 'unchanged', 'mismatch', 'foreign')),
  received_at timestamptz not null,
  primary key (provider, id)
);
create index payment_event_order on payment_event (order_id);
create index payment_event_received on payment_event (received_at) where order_id is null;
