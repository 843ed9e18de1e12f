-- Everything in our schemas belongs to rowgate_owner, except definer functions; logins and request roles own nothing,
-- but rowgate_worker its queue.
-- Why: an owner may drop policies, grant itself anything, and turn FORCE off; so nobody who can log in may be one.
-- Fix: let the migration make it after set local role rowgate_owner.
-- breaks: alter table app_public.teams owner to postgres
-- breaks: alter function app_public.me() owner to postgres
-- breaks: alter type app_public.created_api_key owner to rowgate_writer
-- breaks: alter schema app_private owner to rowgate_authenticator
-- breaks: create schema own authorization rowgate_user
-- breaks: create table public.own (id int); alter table public.own owner to rowgate_worker
with owned (object, owner) as (
  select format('%s', oid::regclass), relowner from pg_class
  where relnamespace::regnamespace::text like 'app\_%' and relkind not in ('i', 'I', 't')
  union all
  select format('function %s', oid::regprocedure), proowner from pg_proc
  where pronamespace::regnamespace::text like 'app\_%' and not prosecdef
  union all
  select format('type %s', oid::regtype), typowner from pg_type
  where typnamespace::regnamespace::text like 'app\_%' and typelem = 0
  union all
  select format('schema %s', nspname), nspowner from pg_namespace where nspname like 'app\_%'
)
select owned.object, format('belongs to %s', owned.owner::regrole) as problem
from owned
where owned.owner <> 'rowgate_owner'::regrole
union
select format('%s %s', identity.type, identity.identity), format('belongs to %s', dependency.refobjid::regrole)
from pg_shdepend as dependency
  cross join lateral pg_identify_object(dependency.classid, dependency.objid, dependency.objsubid) as identity
where dependency.deptype = 'o'
  and dependency.dbid in (0, (select oid from pg_database where datname = current_database()))
  and dependency.refobjid in (
    select oid from pg_roles where rolname like 'rowgate\_%' and rolcanlogin
    union all
    select roleid from pg_auth_members where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
  )
  and not (
    dependency.refobjid = 'rowgate_worker'::regrole
    and (
      'graphile_worker' in (identity.schema, identity.identity)
      or dependency.classid = 'pg_proc'::regclass and (select prosecdef from pg_proc where oid = dependency.objid)
    )
  );
