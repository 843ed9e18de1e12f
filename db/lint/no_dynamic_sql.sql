-- No dynamic SQL, SET or set_config in a function that anybody but the owner runs; set_claims and set_rights alone set claims.
-- Two are exempt: they make and drop partitions of usage, whose names are made of the calendar and the catalog, and have no argument.
-- Why: claims are plain settings: one statement made from a caller's text, or one call of set_config, makes anybody of
-- them, or leaves a tenant behind on the pooled connection.
-- Fix: write the statement out; let the resolvers set claims.
-- breaks: create function app_public.bad(name text) returns void language plpgsql set search_path = ''
--   as $$ begin execute name; end $$; grant execute on function app_public.bad(text) to rowgate_user
-- breaks: create function app_private.bad() returns trigger language plpgsql set search_path = ''
--   as $$ begin execute tg_argv[0]; return new; end $$
-- breaks: create function app_public.bad() returns void language plpgsql set search_path = ''
--   as $$ begin if true then set role rowgate_key; end if; end $$;
--   grant execute on function app_public.bad() to rowgate_user
-- breaks: create function app_public.bad() returns void language plpgsql set search_path = ''
--   as $$ begin /* */ reset role; end $$; grant execute on function app_public.bad() to rowgate_user
-- breaks: create function app_public.bad() returns text language sql set search_path = ''
--   as $$ select set_config('rowgate.user_id', '', false) $$
-- breaks: create function app_public.bad(sql text) returns xml language sql set search_path = ''
--   as $$ select query_to_xml(sql, true, true, '') $$; grant execute on function app_public.bad(text) to rowgate_key
-- breaks: grant execute on function app_hidden.set_claims(uuid, uuid, uuid, uuid, boolean, text, text[]) to rowgate_user
-- breaks: grant execute on function app_hidden.protect(regclass, name) to rowgate_writer
with visitors as (
  select distinct roleid as oid from pg_auth_members
  where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
),
bodies as (
  select procedure.oid, procedure.prorettype, procedure.proowner,
    -- Comments and texts may say "execute".
    lower(regexp_replace(coalesce(pg_get_function_sqlbody(procedure.oid), procedure.prosrc),
      '--[^\n]*|/\*([^*]|\*+[^*/])*\*+/|''([^'']|'''')*''', ' ', 'g')) as source
  from pg_proc as procedure
  where procedure.pronamespace::regnamespace::text like 'app\_%'
)
select bodies.oid::regprocedure::text as object,
  'has dynamic SQL or SET, and others than the owner may run it' as problem
from bodies
where bodies.oid::regprocedure::text not in ('app_hidden.prepare_usage_partitions()', 'app_hidden.drop_usage_partitions()')
  and (
    bodies.source ~ '\m(execute|dblink\w*|(query|cursor|table|schema|database)_to_xml\w*|ts_stat|ts_rewrite)\M'
    or bodies.source ~ '(^|;|\mbegin|\mthen|\melse|\mloop)\s*(set|reset|discard)\M'
  )
  and (
    bodies.prorettype in ('trigger'::regtype, 'event_trigger'::regtype)
    or bodies.proowner <> 'rowgate_owner'::regrole
    or exists (
      select from pg_roles
      where rolname like 'rowgate\_%' and rolname <> 'rowgate_owner'
        and has_function_privilege(pg_roles.oid, bodies.oid, 'execute')
    )
  )
union all
select bodies.oid::regprocedure::text, 'calls set_config'
from bodies
where bodies.source ~ '\mset_config\M'
  and (
    bodies.oid::regproc::text not in ('app_hidden.set_claims', 'app_hidden.set_rights')
    or exists (
      select from visitors where has_function_privilege(visitors.oid, bodies.oid, 'execute')
      union all
      select from unnest('{rowgate_authenticator,rowgate_worker}'::text[]) as login
      where has_function_privilege(login, bodies.oid, 'execute')
    )
  );
