-- No visitor may write an amount, nor insert into or delete from a table that has one.
-- Why: money moves through functions only, which lock, check and announce; row level security is the second fence.
-- Fix: take the grant away; a definer verb of rowgate_writer writes it.
-- breaks: grant update (limit_amount) on app_public.budgets to rowgate_user
-- breaks: grant insert (organization_id) on app_public.usage_records to rowgate_key
-- breaks: grant delete on app_public.budget_periods to rowgate_job
with visitors as (
  select distinct roleid as oid from pg_auth_members
  where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
)
select format('%s.%s', class.oid::regclass, attribute.attname) as object,
  format('%s may write it', visitors.oid::regrole) as problem
from pg_attribute as attribute
  join pg_class as class on class.oid = attribute.attrelid
  cross join visitors
where class.relnamespace::regnamespace::text like 'app\_%'
  and class.relkind in ('r', 'p')
  and attribute.atttypid = 'numeric'::regtype
  and attribute.attnum > 0
  and (
    has_column_privilege(visitors.oid, class.oid, attribute.attnum, 'update')
    or has_any_column_privilege(visitors.oid, class.oid, 'insert')
    or has_table_privilege(visitors.oid, class.oid, 'delete')
  );
