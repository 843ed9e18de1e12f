-- Whatever rowgate_owner makes starts with no right for anybody.
-- Why: PostgreSQL gives EXECUTE on each new function to PUBLIC, and a default grant opens each new table before its
-- policies stand.
-- Fix: alter default privileges revoke … from public, without IN SCHEMA (which can't take away the built-in default).
-- breaks: alter default privileges for role rowgate_owner grant execute on functions to public
-- breaks: alter default privileges for role rowgate_owner grant usage on types to public
-- breaks: alter default privileges for role rowgate_owner in schema app_public grant select on tables to rowgate_user
with defaults as (
  select kind, coalesce(
    (
      select defaclacl from pg_default_acl
      where defaclrole = 'rowgate_owner'::regrole and defaclnamespace = 0 and defaclobjtype = kind
    ),
    acldefault(case kind when 'S' then 's' else kind end, 'rowgate_owner'::regrole)
  ) as acl
  from unnest('{r,S,f,T,n}'::"char"[]) as kind
  union all
  select defaclobjtype, defaclacl from pg_default_acl
  where defaclrole = 'rowgate_owner'::regrole and defaclnamespace <> 0
)
select format('new %s of rowgate_owner',
    (array['tables', 'sequences', 'functions', 'types', 'schemas'])[position(defaults.kind::text in 'rSfTn')])
    as object,
  format('start with %s for %s', lower(granted.privilege_type),
    coalesce(nullif(granted.grantee, 0)::regrole::text, 'PUBLIC')) as problem
from defaults cross join lateral aclexplode(defaults.acl) as granted
where granted.grantee <> 'rowgate_owner'::regrole;
