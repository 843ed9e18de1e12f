-- Every table of app_public belongs to tenants: organization_id uuid not null, with a reference, and never changed.
-- The platform's own tables are named here.
-- Why: without the column there is no floor; whoever may change it can take a row out of the organization.
-- The books have no reference (usage_records, usage_holds): each would lock a row that all of an organization's writers meet at.
-- Fix: add the column, and a foreign key that reaches app_public.organizations; take it out of grant update.
-- breaks: create table app_public.notes (id uuid primary key)
-- breaks: alter table app_public.members alter organization_id drop not null
-- breaks: alter table app_public.budget_alerts drop constraint budget_alerts_period_fkey
-- breaks: grant update (organization_id) on app_public.teams to rowgate_writer
with tables as (
  select class.oid, attribute.attnum, attribute.attnotnull, attribute.atttypid, attribute.attacl
  from pg_class as class
    left join pg_attribute as attribute on attribute.attrelid = class.oid and attribute.attname = 'organization_id'
  where class.relnamespace = 'app_public'::regnamespace
    and class.relkind in ('r', 'p')
    and class.relname not in (
      'organizations', 'users', 'permissions', 'roles', 'role_permissions', 'team_role_permissions',
      'model_prices', 'model_aliases', 'exchange_rates', 'plans'
    )
)
select tables.oid::regclass::text as object, 'has no organization_id uuid not null' as problem
from tables
where not coalesce(tables.attnotnull and tables.atttypid = 'uuid'::regtype, false)
union all
select tables.oid::regclass::text, 'has no foreign key with organization_id'
from tables
where tables.oid not in ('app_public.usage_records'::regclass, 'app_public.usage_holds'::regclass)
  and not exists (
  select from pg_constraint
  where pg_constraint.conrelid = tables.oid
    and pg_constraint.contype = 'f' and tables.attnum = any (pg_constraint.conkey)
)
union all
select tables.oid::regclass::text, format('%s may change organization_id', acl.grantee::regrole)
from tables
  cross join lateral aclexplode(tables.attacl) as acl
where acl.privilege_type = 'UPDATE';
