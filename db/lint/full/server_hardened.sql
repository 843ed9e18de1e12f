-- set_config, pg_notify, advisory locks and large objects belong to the named roles alone.
-- Why: no policy reaches them: claims could be set, every graphile-worker stopped, deploys blocked, the disk filled.
-- Fix: db/harden.sql, which db/migrate.ts runs. Lints in this folder hold where a
--   superuser installed; elsewhere start-up and /readyz name what is missing.
-- breaks: grant execute on function pg_catalog.set_config(text, text, boolean) to public
-- breaks: grant execute on function pg_catalog.set_config(text, text, boolean) to rowgate_user
-- breaks: grant execute on function pg_catalog.pg_notify(text, text) to rowgate_writer
-- breaks: grant execute on function pg_catalog.pg_try_advisory_xact_lock(bigint) to public
-- breaks: grant execute on function pg_catalog.lo_create(oid) to rowgate_job
-- breaks: grant execute on function pg_catalog.lowrite(int, bytea) to public
select procedure.oid::regprocedure::text as object,
  format('may be executed by %s', coalesce(nullif(granted.grantee, 0)::regrole::text, 'PUBLIC')) as problem
from pg_proc as procedure
  cross join lateral aclexplode(coalesce(procedure.proacl, acldefault('f', procedure.proowner))) as granted
where procedure.pronamespace = 'pg_catalog'::regnamespace
  and procedure.proname ~ '^(set_config|pg_notify|pg_(try_)?advisory_.*|lo_.*|loread|lowrite)$'
  and granted.grantee <> procedure.proowner
  and (procedure.proname::text, granted.grantee) not in (
    ('set_config', 'rowgate_authenticator'::regrole),
    ('set_config', 'rowgate_reader'::regrole),
    ('set_config', 'rowgate_worker'::regrole),
    ('pg_notify', 'rowgate_worker'::regrole),
    -- Two numbers, of which the first is ours: app_hidden.join_usage.
    ('pg_advisory_xact_lock', 'rowgate_writer'::regrole),
    ('pg_advisory_xact_lock_shared', 'rowgate_writer'::regrole)
  );
