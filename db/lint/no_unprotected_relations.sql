-- No materialized view and no foreign table where a visitor could meet it.
-- Why: row level security does not exist for them.
-- Fix: keep it in app_private without grants, and answer from it in a definer function that asks who calls.
-- breaks: create materialized view app_public.sizes as select id from app_public.teams
-- breaks: create materialized view app_private.sizes as select id from app_public.teams;
--   grant select on app_private.sizes to rowgate_user
select class.oid::regclass::text as object, 'has no row level security and can be met by visitors' as problem
from pg_class as class
where class.relkind in ('m', 'f')
  and class.relnamespace::regnamespace::text like 'app\_%'
  and (
    class.relnamespace <> 'app_private'::regnamespace
    or exists (
      select from pg_auth_members
      where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
        and has_any_column_privilege(roleid, class.oid, 'select, insert, update')
    )
  );
