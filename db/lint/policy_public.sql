-- No policy is TO PUBLIC.
-- Why: it holds for strangers and for every role that is made later.
-- Fix: name the roles: create policy … to rowgate_user, rowgate_key.
-- breaks: create policy select_any on app_public.teams for select using (true)
-- breaks: alter policy select_permitted on app_public.members to public
select format('policy %s on %s', policy.polname, policy.polrelid::regclass) as object, 'is for PUBLIC' as problem
from pg_policy as policy
  join pg_class as class on class.oid = policy.polrelid
where class.relnamespace::regnamespace::text like 'app\_%'
  and 0 = any (policy.polroles);
