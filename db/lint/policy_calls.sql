-- A policy calls functions only as scalar sub-select with constant arguments: (select app_hidden.f('…')).
-- Why: wrapped, it is computed once per statement and its answer goes into the index condition; a bare call, or one
-- that takes a column, runs for each row, and hides the index behind the policy.
-- Fix: organization_id = (select app_hidden.tenant_permitting('…')).
-- breaks: alter policy select_self on app_public.org_api_keys using (id = app_hidden.current_key_id())
-- breaks: alter policy select_permitted on app_public.teams
--   using ((select app_hidden.tenant_permitting(name)) is not null)
-- breaks: alter policy select_permitted on app_public.members using (
--   organization_id = app_hidden.tenant_permitting('member:read'))
-- breaks: alter policy update_permitted on app_public.teams
--   with check (lower(name) = name and organization_id = (select app_hidden.current_organization_id()))
select format('policy %s on %s', policy.polname, policy.polrelid::regclass) as object,
  format('calls %s for each row', (regexp_match(rest, '[a-z_0-9."]+\('))[1] || '…)') as problem
from pg_policy as policy
  join pg_class as class on class.oid = policy.polrelid
  cross join unnest(array[
    pg_get_expr(policy.polqual, policy.polrelid), pg_get_expr(policy.polwithcheck, policy.polrelid)
  ]) as expression
  -- PostgreSQL always prints a sub-select of one call in this form, and keywords in capitals or with a space before the
  -- parenthesis, so what is left and looks like a call is one.
  cross join lateral regexp_replace(expression,
    '\( SELECT app_hidden\.\w+\((''([^'']|'''')*''::\w+(, ''([^'']|'''')*''::\w+)*)?\) AS \w+\)', '', 'g'
  ) as without_good
  cross join lateral regexp_replace(without_good, '''([^'']|'''')*''', '', 'g') as rest
where class.relnamespace::regnamespace::text like 'app\_%'
  and rest ~ '[a-z_0-9."]+\(';
