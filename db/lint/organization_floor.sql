-- app_public.organizations has its own floor, on updates, and visitors can neither insert nor delete there.
-- Why: its tenant column is its own id, and a suspended organization still shows itself, so protect() can't lay it.
-- Fix: restore floor_tenant in tenancy/organizations.sql; creating and deleting an organization are definer verbs.
-- breaks: drop policy floor_tenant on app_public.organizations
-- breaks: alter policy floor_tenant on app_public.organizations to rowgate_user
-- breaks: grant delete on app_public.organizations to rowgate_key
-- breaks: grant insert (name) on app_public.organizations to rowgate_user
with visitors as (
  select distinct roleid as oid from pg_auth_members
  where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
)
select 'app_public.organizations' as object,
  'has no restrictive floor_tenant for update on its own id, to exactly the request roles and the job' as problem
where not exists (
  select from pg_policy as policy
  where policy.polrelid = 'app_public.organizations'::regclass
    and policy.polname = 'floor_tenant'
    and not policy.polpermissive
    and policy.polcmd = 'w'
    and pg_get_expr(policy.polqual, policy.polrelid) = '(id = ( SELECT app_hidden.open_tenant() AS open_tenant))'
    and pg_get_expr(policy.polwithcheck, policy.polrelid) = '(id = ( SELECT app_hidden.open_tenant() AS open_tenant))'
    and (select array_agg(role order by role) from unnest(policy.polroles) as role)
      = (select array_agg(oid order by oid) from visitors)
)
union all
select 'app_public.organizations', format('%s may insert or delete, where no floor stands', visitors.oid::regrole)
from visitors
where has_any_column_privilege(visitors.oid, 'app_public.organizations', 'insert')
  or has_table_privilege(visitors.oid, 'app_public.organizations', 'delete');
