-- Every function has set search_path = '', except one that only reads claims, and SQL that no visitor may execute.
-- No function sets a claim or a role by its SET clause.
-- Why: an unqualified name is looked up in the caller's search_path, temporary tables first. A claim function has no
-- such name, and without a SET clause PostgreSQL inlines it. So it does with an internal SQL function, which then runs under
-- the pinned path of whoever calls it.
-- Fix: set search_path = '', and name everything with its schema.
-- breaks: alter function app_public.me() reset search_path
-- breaks: alter function app_hidden.sign_in(text, bytea, bytea, text) set search_path = app_public
-- breaks: create or replace function app_hidden.current_key_id() returns uuid language sql stable
--   as $$ select app_hidden.claim('key_id')::uuid from pg_class limit 1 $$
-- breaks: alter function app_public.me() set rowgate.user_id = ''
select procedure.oid::regprocedure::text as object,
  'does not set search_path = ''''' as problem
from pg_proc as procedure
where procedure.pronamespace::regnamespace::text like 'app\_%'
  and not coalesce('search_path=""' = any (procedure.proconfig), false)
  and not (
    procedure.proconfig is null
    and not procedure.prosecdef
    and (
      procedure.prosrc ~ '^\s*select app_hidden\.claim\(''\w+''\)::\w+\s*$'
      or procedure.oid::regproc::text in (
        'app_hidden.claim', 'app_hidden.tenant_organizations', 'app_hidden.organizations_permitting',
        'app_hidden.open_tenant', 'app_hidden.tenant_permitting', 'app_hidden.permits')
      or procedure.prolang = (select oid from pg_language where lanname = 'sql') and not exists (
        select from aclexplode(procedure.proacl) as acl
          join pg_auth_members on pg_auth_members.roleid = acl.grantee
        where pg_auth_members.member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
      )
    )
  )
union all
select procedure.oid::regprocedure::text, format('sets %s', setting)
from pg_proc as procedure
  cross join unnest(procedure.proconfig) as setting
where procedure.pronamespace::regnamespace::text like 'app\_%'
  and setting ~* '^(rowgate\.|role=|session_authorization=|row_security=)';
