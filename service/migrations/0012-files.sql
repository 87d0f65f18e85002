-- However the row of a file goes, by itself or with its project or account, its object is put down for removal in the same transaction.

create function put_down_for_removal() returns trigger language plpgsql as $$
begin
  insert into storage_removal (storage_key, due_at) values (old.storage_key, 'epoch')
  on conflict (storage_key) do update set due_at = excluded.due_at;
  return null;
end
$$;

create trigger file_gone after delete on file for each row execute function put_down_for_removal();

create index storage_removal_due on storage_removal (due_at);
create index file_deleted on file (deleted_at) where deleted_at is not null;
