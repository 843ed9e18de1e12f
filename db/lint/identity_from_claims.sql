-- Who acts is read from the claims, never from current_user, session_user or user.
-- Why: in a definer function, and on PostgreSQL 18 in a trigger fired by a cascade, current_user is the owner; and a
-- database role is never a person. app_hidden.login_problems asks about the connection's login itself.
-- Fix: app_hidden.current_user_id(), app_hidden.current_key_id().
-- breaks: create function app_private.audit() returns trigger language plpgsql set search_path = ''
--   as $$ begin new.name := current_user; return new; end $$
-- breaks: create function app_hidden.who() returns text language sql set search_path = '' as 'select user'
-- breaks: alter table app_public.teams alter description set default session_user
-- breaks: alter policy select_reader on app_public.teams using (name = current_user)
-- breaks: create view app_public.mine with (security_invoker) as select current_user as name
with expressions (object, source) as (
  select format('function %s', oid::regprocedure), coalesce(pg_get_function_sqlbody(oid), prosrc)
  from pg_proc
  where pronamespace::regnamespace::text like 'app\_%' and oid::regproc::text <> 'app_hidden.login_problems'
  union all
  select format('policy %s on %s', polname, polrelid::regclass),
    concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  from pg_policy
  union all
  select format('default of %s.%s', adrelid::regclass, attname), pg_get_expr(adbin, adrelid)
  from pg_attrdef
    join pg_attribute on attrelid = adrelid and attnum = adnum
    join pg_class on pg_class.oid = adrelid
  where relnamespace::regnamespace::text like 'app\_%'
  union all
  select format('constraint %s on %s', conname, conrelid::regclass), pg_get_constraintdef(oid)
  from pg_constraint
  where connamespace::regnamespace::text like 'app\_%' and contype = 'c'
  union all
  select format('view %s', oid::regclass), pg_get_viewdef(oid)
  from pg_class
  where relnamespace::regnamespace::text like 'app\_%' and relkind in ('v', 'm')
)
select expressions.object, 'takes the actor from the database role' as problem
from expressions
-- Comments, texts and quoted names may say "user".
where lower(regexp_replace(expressions.source, '--[^\n]*|/\*([^*]|\*+[^*/])*\*+/|''([^'']|'''')*''|"[^"]*"', ' ', 'g'))
  ~ '\m(current_user|session_user|current_role|system_user|(?<!\.)user)\M';
