-- No hash, salt, verifier, secret or token stands in a table of app_public.
-- Why: a table is a permission boundary: one grant on the table, or one select *, would show it.
-- Fix: a one-to-one table in app_private.
-- breaks: alter table app_public.users add password_hash text
-- breaks: alter table app_public.org_api_keys add verifier bytea
-- breaks: alter table app_public.members add invitation_token text
select format('%s.%s', class.oid::regclass, attribute.attname) as object, 'looks like a secret' as problem
from pg_attribute as attribute
  join pg_class as class on class.oid = attribute.attrelid
where class.relnamespace = 'app_public'::regnamespace
  and class.relkind in ('r', 'p', 'v', 'm')
  and attribute.attnum > 0
  and (attribute.atttypid = 'bytea'::regtype or attribute.attname ~ '(password|secret|verifier|salt|hash|_token)$');
