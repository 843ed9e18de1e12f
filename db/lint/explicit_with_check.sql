-- Every policy for insert, update or all writes its WITH CHECK out.
-- Why: what is left out is taken from USING, so a later change of USING silently changes what may be written.
-- Fix: add with check (…), the same expression as in USING if that is meant.
-- breaks: create policy update_lead on app_public.teams for update to rowgate_key using (false)
-- breaks: create policy all_job on app_private.sessions for all to rowgate_job using (false)
select format('policy %s on %s', policy.polname, policy.polrelid::regclass) as object,
  'has no WITH CHECK of its own' as problem
from pg_policy as policy
  join pg_class as class on class.oid = policy.polrelid
where class.relnamespace::regnamespace::text like 'app\_%'
  and policy.polcmd in ('a', 'w', '*')
  and policy.polwithcheck is null;
