-- A visitor's write policy asks who calls: never "true", and the rows to be written are found through app_hidden.
-- Why: USING or WITH CHECK (true) on a write lets a row be moved or made by anybody who has the grant.
-- Fix: name the permission: (select app_hidden.tenant_permitting('…')).
-- breaks: alter policy update_permitted on app_public.teams with check (true)
-- breaks: alter policy update_permitted on app_public.organizations using (true)
-- breaks: alter policy insert_permitted on app_public.teams with check (name <> '')
-- breaks: create policy update_all on app_public.usage_records for update to rowgate_job
--   using (1 = 1) with check (1 = 1)
with visitors as (
  select distinct roleid as oid from pg_auth_members
  where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
)
select format('policy %s on %s', policy.polname, policy.polrelid::regclass) as object,
  case
    when 'true' in (expressions.using_expression, expressions.check_expression) then 'lets a visitor write with "true"'
    else 'lets a visitor write without asking who it is'
  end as problem
from pg_policy as policy
  join pg_class as class on class.oid = policy.polrelid
  cross join lateral (
    select pg_get_expr(policy.polqual, policy.polrelid), pg_get_expr(policy.polwithcheck, policy.polrelid)
  ) as expressions (using_expression, check_expression)
where class.relnamespace::regnamespace::text like 'app\_%'
  and policy.polpermissive
  and policy.polcmd <> 'r'
  and exists (select from unnest(policy.polroles) as role where role = 0 or role in (select oid from visitors))
  and (
    'true' in (expressions.using_expression, expressions.check_expression)
    or coalesce(expressions.using_expression, expressions.check_expression, '') not like '%app\_hidden.%'
  );
