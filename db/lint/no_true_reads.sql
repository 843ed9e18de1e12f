-- A request role reads a row because of who it is: its select policies ask app_hidden, except on the permission model and the
-- list of plans.
-- A job may read all of its tenant, so "true" is right for it, but only where the floor stands below.
-- Why: "true" shows a whole organization to its newest viewer, or a table without a floor to everybody.
-- Fix: name the permission: (select app_hidden.tenant_permitting('…')).
-- breaks: alter policy select_permitted on app_public.budgets using (true)
-- breaks: alter policy select_self_or_colleague on app_public.users using (email <> '')
-- breaks: alter policy select_member on app_public.users using (true)
with request_roles as (
  select distinct roleid as oid from pg_auth_members where member = 'rowgate_authenticator'::regrole
)
select format('policy %s on %s', policy.polname, policy.polrelid::regclass) as object,
  'lets a request role read without asking who it is' as problem
from pg_policy as policy
  join pg_class as class on class.oid = policy.polrelid
where class.relnamespace::regnamespace::text like 'app\_%'
  and policy.polrelid not in (
    'app_public.permissions'::regclass, 'app_public.roles'::regclass, 'app_public.role_permissions'::regclass,
    'app_public.team_role_permissions'::regclass, 'app_public.plans'::regclass
  )
  and policy.polpermissive
  and policy.polcmd in ('r', '*')
  and exists (select from unnest(policy.polroles) as role where role = 0 or role in (select oid from request_roles))
  and pg_get_expr(policy.polqual, policy.polrelid) not like '%app\_hidden.%'
union all
select format('policy %s on %s', policy.polname, policy.polrelid::regclass),
  'lets a job read with "true" where no floor keeps it inside its tenant'
from pg_policy as policy
where policy.polpermissive
  and 'rowgate_job'::regrole = any (policy.polroles)
  and pg_get_expr(policy.polqual, policy.polrelid) = 'true'
  and not exists (
    select from pg_policy as floor
    where floor.polrelid = policy.polrelid and floor.polname = 'floor_tenant' and floor.polcmd = '*'
  );
