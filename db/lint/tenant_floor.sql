-- Every tenant table that a visitor can touch has protect()'s floor, to exactly the request roles and the job.
-- Why: a permissive policy added later widens what is visible; only a restrictive one can't be widened.
-- Fix: begin the table's fixture with select app_hidden.protect('…', 'organization_id').
-- breaks: drop policy floor_tenant on app_public.teams
-- breaks: alter policy floor_tenant on app_public.usage_records to rowgate_user, rowgate_key, rowgate_job
-- breaks: alter policy floor_tenant on app_public.teams using (true)
-- breaks: drop policy floor_tenant on app_public.teams;
--   create policy floor_tenant on app_public.teams
--   to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job using (true) with check (true)
with visitors as (
  select distinct roleid as oid from pg_auth_members
  where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
),
tenant_tables as (
  select class.oid
  from pg_class as class
    join pg_attribute as attribute on attribute.attrelid = class.oid and attribute.attname = 'organization_id'
  where class.relnamespace::regnamespace::text like 'app\_%'
    and class.relkind in ('r', 'p')
    and exists (
      select from visitors
      where has_any_column_privilege(visitors.oid, class.oid, 'select, insert, update, references')
        or has_table_privilege(visitors.oid, class.oid, 'delete, truncate, trigger')
    )
),
floors (name, command, using_expression, check_expression) as (
  values
    ('floor_tenant', '*',
      '(organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))',
      '(organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))')
)
select tenant_tables.oid::regclass::text as object,
  format('has no %s as protect() lays it: restrictive, with its command, expressions and roles', floors.name)
    as problem
from tenant_tables
  cross join floors
where not exists (
  select from pg_policy as policy
  where policy.polrelid = tenant_tables.oid
    and policy.polname = floors.name
    and not policy.polpermissive
    and policy.polcmd = floors.command::"char"
    and pg_get_expr(policy.polqual, policy.polrelid) = floors.using_expression
    and pg_get_expr(policy.polwithcheck, policy.polrelid) is not distinct from floors.check_expression
    and (select array_agg(role order by role) from unnest(policy.polroles) as role)
      = (select array_agg(oid order by oid) from visitors)
);
