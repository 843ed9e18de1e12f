-- What only a superuser can take from PUBLIC, and only database by database. Run by db/migrate.ts after the migrations
-- when the administrator is one; app_hidden.server_warnings() names what is missing where it is not.

-- Claims are settings: whoever can call set_config can be anybody.
revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
grant execute on function pg_catalog.set_config(text, text, boolean) to rowgate_authenticator, rowgate_reader, rowgate_worker;

-- One notification of the right form stops every graphile-worker.
revoke execute on function pg_catalog.pg_notify(text, text) from public;
grant execute on function pg_catalog.pg_notify(text, text) to rowgate_worker;

-- Advisory locks are one name space for all, and outlive a rollback; large objects are anybody's to create.
do $$
declare
  target record;
begin
  for target in
    select oid::regprocedure as signature
    from pg_catalog.pg_proc
    where pronamespace = 'pg_catalog'::regnamespace
      and (proname ~ '^pg_(try_)?advisory_' or proname ~ '^lo_' or proname in ('lowrite', 'loread', 'lo_from_bytea'))
  loop
    execute format('revoke execute on function %s from public', target.signature);
  end loop;
end;
$$;
-- The barrier between whoever books usage and whoever makes a budget (app_hidden.join_usage).
grant execute on function pg_catalog.pg_advisory_xact_lock(int, int), pg_catalog.pg_advisory_xact_lock_shared(int, int)
  to rowgate_writer;
