-- Credits: a ledger of double entry. It knows wallets, never people.
-- Rows of transfer and entry are never changed. What a wallet holds is the sum of its entries; the columns of wallet repeat that sum, so that it can be guarded.

create table wallet (
  id uuid primary key,
  -- Null once the person is erased: the books stay.
  user_id text unique references "user" (id) on delete set null,
  available bigint not null default 0 check (available >= 0),
  held bigint not null default 0 check (held >= 0),
  -- Credits that were reversed after they had been spent. Whatever comes in pays this first.
  owed bigint not null default 0 check (owed >= 0),
  -- Nothing can be reserved.
  frozen boolean not null default false,
  -- Transfers so far; each has the number that it made of this.
  version bigint not null default 0,
  -- The last day (UTC) on which something was reserved, and what of that is spent or still held.
  spending_day date not null default '1970-01-01',
  spent_that_day bigint not null default 0 check (spent_that_day >= 0),
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  check (owed = 0 or available = 0),
  check (closed_at is null or (frozen and available = 0 and user_id is null))
) with (fillfactor = 60);

-- Each changes one wallet. Orders and generations are named without a foreign key: they may be deleted, the books may not.
create table transfer (
  id uuid primary key,
  wallet_id uuid not null references wallet (id),
  version bigint not null,
  kind text not null check (kind in ('topup', 'grant', 'reserve', 'settle', 'release', 'expire', 'reverse', 'close')),
  -- What happens under a key happens once.
  key text not null unique,
  -- What was asked for; what came of it stands in the entries.
  amount bigint not null check (amount >= 0),
  hold_id uuid,
  order_id uuid,
  generation_id uuid,
  available_after bigint not null check (available_after >= 0),
  held_after bigint not null check (held_after >= 0),
  owed_after bigint not null check (owed_after >= 0),
  created_at timestamptz not null,
  unique (wallet_id, version)
);
create index transfer_order on transfer (order_id) where order_id is not null;

-- available, held: what the wallet has. owed: what it lacks, below zero. The others are where credits come from (below zero) and where they go.
create table entry (
  transfer_id uuid not null references transfer (id),
  account text not null check (
    account in ('available', 'held', 'owed', 'issued_paid', 'issued_granted', 'spent', 'expired', 'reversed')
  ),
  amount bigint not null check (amount <> 0),
  primary key (transfer_id, account)
);

-- Credits set apart for something that is being done. A hold has the identifier of the transfer that made it, and closes once.
create table hold (
  id uuid primary key references transfer (id),
  wallet_id uuid not null references wallet (id),
  amount bigint not null check (amount > 0),
  state text not null default 'held' check (state in ('held', 'settled', 'released')),
  settled bigint,
  generation_id uuid,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  check (settled between 0 and amount),
  check ((state = 'held') = (settled is null)),
  check ((state = 'held') = (closed_at is null)),
  check ((state = 'released') = (settled is not distinct from 0))
);
create index hold_expiring on hold (expires_at, id) where state = 'held';

create function ledger_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is append-only: % on % is refused.', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation';
end
$$;
create trigger transfer_append_only before update or delete on transfer
  for each row execute function ledger_refuse();
create trigger transfer_kept before truncate on transfer
  for each statement execute function ledger_refuse();
create trigger entry_append_only before update or delete on entry
  for each row execute function ledger_refuse();
create trigger entry_kept before truncate on entry
  for each statement execute function ledger_refuse();
create trigger hold_closes_once before update on hold
  for each row when (
    old.state <> 'held' or new.id <> old.id or new.wallet_id <> old.wallet_id or new.amount <> old.amount
  ) execute function ledger_refuse();
create trigger hold_append_only before delete on hold
  for each row execute function ledger_refuse();
create trigger hold_kept before truncate on hold
  for each statement execute function ledger_refuse();

-- Looked at when the transaction commits, whoever wrote the rows. A transfer without entries moves nothing and is refused, too.
create function ledger_check_sum() returns trigger language plpgsql as $$
declare
  v_transfer uuid;
begin
  if tg_table_name = 'transfer' then v_transfer := new.id; else v_transfer := new.transfer_id; end if;
  if (select coalesce(sum(amount), 1) from entry where transfer_id = v_transfer) <> 0 then
    raise exception 'The entries of transfer % do not sum to zero.', v_transfer using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create constraint trigger transfer_sums_to_zero after insert on transfer
  deferrable initially deferred for each row execute function ledger_check_sum();
create constraint trigger entry_sums_to_zero after insert on entry
  deferrable initially deferred for each row execute function ledger_check_sum();

-- Writes a transfer down; the wallet has its new numbers already. Entries of nothing are left out.
create function ledger_book(
  p_id uuid, p_wallet wallet, p_kind text, p_key text, p_amount bigint, p_hold uuid, p_order uuid, p_generation uuid,
  p_at timestamptz, p_accounts text[], p_amounts bigint[]
) returns void language plpgsql as $$
begin
  insert into transfer (
    id, wallet_id, version, kind, key, amount, hold_id, order_id, generation_id, available_after, held_after, owed_after, created_at
  ) values (
    p_id, p_wallet.id, p_wallet.version, p_kind, p_key, p_amount, p_hold, p_order, p_generation, p_wallet.available,
    p_wallet.held, p_wallet.owed, p_at
  );
  insert into entry (transfer_id, account, amount)
    select p_id, account, amount from unnest(p_accounts, p_amounts) as parts (account, amount) where amount <> 0;
end
$$;

-- All functions below lock the wallet first. So equal wishes wait for each other, what is read under the lock is true until the end of the transaction,
-- and nobody waits for a wallet while holding a hold.

-- New credits, bought or given. outcome: done, replayed, mismatch, no-wallet.
create function ledger_topup(
  p_id uuid, p_wallet uuid, p_credits bigint, p_kind text, p_key text, p_order uuid, p_at timestamptz
) returns table (outcome text, transfer_id uuid) language plpgsql as $$
#variable_conflict use_column
declare
  w wallet;
  t transfer;
  v_pays bigint;
  v_expires bigint;
begin
  select * into w from wallet where id = p_wallet for no key update;
  if not found then return query select 'no-wallet', null::uuid; return; end if;
  select * into t from transfer where key = p_key;
  if found then
    return query select case
      when t.kind = p_kind and t.wallet_id = p_wallet and t.amount = p_credits and t.order_id is not distinct from p_order
      then 'replayed' else 'mismatch' end, t.id;
    return;
  end if;
  v_pays := least(w.owed, p_credits);
  -- Nobody can have what comes into a closed wallet; the books say that it came.
  v_expires := case when w.closed_at is null then 0 else p_credits - v_pays end;
  update wallet set
    available = available + p_credits - v_pays - v_expires,
    owed = owed - v_pays,
    frozen = frozen and not (v_pays > 0 and owed = v_pays and closed_at is null),
    version = version + 1
  where id = p_wallet returning * into w;
  perform ledger_book(
    p_id, w, p_kind, p_key, p_credits, null, p_order, null, p_at,
    array[case p_kind when 'topup' then 'issued_paid' else 'issued_granted' end, 'available', 'owed', 'expired'],
    array[-p_credits, p_credits - v_pays - v_expires, v_pays, v_expires]
  );
  return query select 'done', p_id;
end
$$;

-- Sets credits apart. p_per_day: most that may be spent in a day, 0 for any number.
-- outcome: done, replayed, mismatch, no-wallet, frozen, insufficient, over-budget.
create function ledger_reserve(
  p_id uuid, p_wallet uuid, p_credits bigint, p_key text, p_expires_at timestamptz, p_at timestamptz, p_per_day bigint,
  p_generation uuid
) returns table (outcome text, hold_id uuid, balance bigint) language plpgsql as $$
#variable_conflict use_column
declare
  w wallet;
  t transfer;
  v_before wallet;
  v_day date := (p_at at time zone 'UTC')::date;
begin
  select * into v_before from wallet where id = p_wallet for no key update;
  if not found then return query select 'no-wallet', null::uuid, 0::bigint; return; end if;
  select * into t from transfer where key = p_key;
  if found then
    return query select case
      when t.kind = 'reserve' and t.wallet_id = p_wallet and t.amount = p_credits and t.generation_id is not distinct from p_generation
      then 'replayed' else 'mismatch' end, t.id, v_before.available;
    return;
  end if;
  update wallet set
    available = available - p_credits,
    held = held + p_credits,
    spending_day = greatest(spending_day, v_day),
    spent_that_day = p_credits + case when spending_day >= v_day then spent_that_day else 0 end,
    version = version + 1
  where id = p_wallet
    and available >= p_credits
    and not frozen
    and (p_per_day = 0 or p_credits + case when spending_day >= v_day then spent_that_day else 0 end <= p_per_day)
  returning * into w;
  if not found then
    return query select case
      when v_before.frozen then 'frozen' when v_before.available < p_credits then 'insufficient' else 'over-budget'
      end, null::uuid, v_before.available;
    return;
  end if;
  perform ledger_book(
    p_id, w, 'reserve', p_key, p_credits, p_id, null, p_generation, p_at,
    array['available', 'held'], array[-p_credits, p_credits]
  );
  insert into hold (id, wallet_id, amount, generation_id, expires_at, created_at)
    values (p_id, p_wallet, p_credits, p_generation, p_expires_at, p_at);
  return query select 'done', p_id, w.available;
end
$$;

-- Closes a hold: p_actual is spent, the rest goes back. A second close changes nothing and has the first one's result.
-- outcome: done, replayed, no-hold, excess.
create function ledger_close_hold(p_id uuid, p_hold uuid, p_actual bigint, p_expired boolean, p_at timestamptz)
returns table (outcome text, settled bigint, released bigint) language plpgsql as $$
#variable_conflict use_column
declare
  h hold;
  w wallet;
  v_rest bigint;
  v_pays bigint;
  v_expires bigint;
begin
  select wallet.* into w from wallet join hold on hold.wallet_id = wallet.id where hold.id = p_hold
    for no key update of wallet;
  if not found then return query select 'no-hold', 0::bigint, 0::bigint; return; end if;
  update hold set state = case when p_actual = 0 then 'released' else 'settled' end, settled = p_actual, closed_at = p_at
    where id = p_hold and state = 'held' and amount >= p_actual returning * into h;
  if not found then
    select * into h from hold where id = p_hold;
    return query select case h.state when 'held' then 'excess' else 'replayed' end,
      coalesce(h.settled, 0), h.amount - coalesce(h.settled, 0);
    return;
  end if;
  v_rest := h.amount - p_actual;
  v_pays := least(w.owed, v_rest);
  v_expires := case when w.closed_at is null then 0 else v_rest - v_pays end;
  update wallet set
    held = held - h.amount,
    available = available + v_rest - v_pays - v_expires,
    owed = owed - v_pays,
    frozen = frozen and not (v_pays > 0 and owed = v_pays and closed_at is null),
    spent_that_day = spent_that_day - case when spending_day = (h.created_at at time zone 'UTC')::date then v_rest else 0 end,
    version = version + 1
  where id = w.id returning * into w;
  perform ledger_book(
    p_id, w, case when p_actual > 0 then 'settle' when p_expired then 'expire' else 'release' end, 'close:' || p_hold, p_actual,
    p_hold, null, h.generation_id, p_at,
    array['held', 'spent', 'available', 'owed', 'expired'],
    array[-h.amount, p_actual, v_rest - v_pays - v_expires, v_pays, v_expires]
  );
  return query select 'done', p_actual, v_rest;
end
$$;

-- Takes back what an order brought, because the provider gave the money back: at most what is left of it. What is spent already is owed, and freezes the wallet.
-- outcome: done, replayed, mismatch, no-wallet, nothing-left.
create function ledger_reverse(
  p_id uuid, p_wallet uuid, p_order uuid, p_credits bigint, p_key text, p_at timestamptz
) returns table (outcome text, reversed bigint, owed bigint) language plpgsql as $$
#variable_conflict use_column
declare
  w wallet;
  t transfer;
  v_credits bigint;
  v_takes bigint;
begin
  select * into w from wallet where id = p_wallet for no key update;
  if not found then return query select 'no-wallet', 0::bigint, 0::bigint; return; end if;
  select * into t from transfer where key = p_key;
  if found then
    return query select case
      when t.kind = 'reverse' and t.wallet_id = p_wallet and t.amount = p_credits and t.order_id is not distinct from p_order
      then 'replayed' else 'mismatch' end,
      coalesce((select amount from entry where transfer_id = t.id and account = 'reversed'), 0),
      coalesce((select -amount from entry where transfer_id = t.id and account = 'owed'), 0);
    return;
  end if;
  select least(p_credits, coalesce(sum(-entry.amount), 0)) into v_credits
    from entry join transfer on transfer.id = entry.transfer_id
    where transfer.order_id = p_order and transfer.wallet_id = p_wallet and account in ('issued_paid', 'issued_granted', 'reversed');
  if v_credits <= 0 then return query select 'nothing-left', 0::bigint, 0::bigint; return; end if;
  v_takes := least(w.available, v_credits);
  update wallet set
    available = available - v_takes,
    owed = owed + v_credits - v_takes,
    frozen = frozen or v_credits > v_takes,
    version = version + 1
  where id = p_wallet returning * into w;
  perform ledger_book(
    p_id, w, 'reverse', p_key, p_credits, null, p_order, null, p_at,
    array['available', 'owed', 'reversed'], array[-v_takes, v_takes - v_credits, v_credits]
  );
  return query select 'done', v_credits, v_credits - v_takes;
end
$$;

-- Closes a wallet for good and forgets whose it was. What is available expires now, what is held when its hold is closed. outcome: done, replayed, no-wallet.
create function ledger_close(p_id uuid, p_wallet uuid, p_at timestamptz)
returns table (outcome text) language plpgsql as $$
declare
  w wallet;
  v_expires bigint;
begin
  select * into w from wallet where id = p_wallet for no key update;
  if not found then return query select 'no-wallet'; return; end if;
  if w.closed_at is not null then return query select 'replayed'; return; end if;
  v_expires := w.available;
  update wallet set
    user_id = null,
    available = 0,
    frozen = true,
    closed_at = p_at,
    version = version + case when v_expires > 0 then 1 else 0 end
  where id = p_wallet returning * into w;
  if v_expires > 0 then
    perform ledger_book(
      p_id, w, 'close', 'close-wallet:' || p_wallet, v_expires, null, null, null, p_at,
      array['available', 'expired'], array[-v_expires, v_expires]
    );
  end if;
  return query select 'done';
end
$$;
