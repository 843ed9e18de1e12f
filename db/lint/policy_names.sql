-- A policy's name is <command>_<who or why>, a restrictive one's floor_<what>.
-- Why: the list of names then reads as the access matrix, and a name that says "select" never stands on an update.
-- Fix: rename it.
-- breaks: alter policy select_permitted on app_public.teams rename to teams_select
-- breaks: alter policy select_permitted on app_public.teams rename to update_lead
-- breaks: alter policy floor_tenant on app_public.teams rename to select_tenant_only
-- breaks: create policy floor_more on app_public.teams for select to rowgate_anonymous using (false)
select format('policy %s on %s', policy.polname, policy.polrelid::regclass) as object,
  format('should be called %s_<who or why>', kind.prefix) as problem
from pg_policy as policy
  join pg_class as class on class.oid = policy.polrelid
  cross join lateral (
    select case
      when not policy.polpermissive then 'floor'
      else (array['select', 'insert', 'update', 'delete', 'all'])[position(policy.polcmd::text in 'rawd*')]
    end
  ) as kind (prefix)
where class.relnamespace::regnamespace::text like 'app\_%'
  and policy.polname !~ format('^%s_[a-z][a-z_]*$', kind.prefix);
