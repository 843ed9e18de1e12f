-- No role of ours is SUPERUSER, BYPASSRLS, CREATEROLE, CREATEDB or REPLICATION; only the two logins log in, and they
-- are NOINHERIT; none brings settings that stand for claims.
-- Why: each of these attributes is a way around the policies; a login that inherits holds its roles' rights at once.
-- Fix: db/roles.sql, which sets every attribute again at each migration.
-- breaks: alter role rowgate_writer bypassrls
-- breaks: alter role rowgate_owner login
-- breaks: alter role rowgate_authenticator inherit
-- breaks: alter role rowgate_authenticator nologin
-- breaks: alter role rowgate_user set rowgate.user_id = '00000000-0000-0000-0000-000000000000'
select role.rolname::text as object, problems.problem
from pg_roles as role
  cross join lateral (
    values
      (role.rolsuper, 'is SUPERUSER'),
      (role.rolbypassrls, 'has BYPASSRLS'),
      (role.rolcreaterole, 'has CREATEROLE'),
      (role.rolcreatedb, 'has CREATEDB'),
      (role.rolreplication, 'has REPLICATION'),
      (role.rolcanlogin and role.rolname not in ('rowgate_authenticator', 'rowgate_worker'), 'can log in'),
      (not role.rolcanlogin and role.rolname in ('rowgate_authenticator', 'rowgate_worker'), 'can''t log in'),
      (role.rolinherit and role.rolname in ('rowgate_authenticator', 'rowgate_worker'), 'is INHERIT')
  ) as problems (holds, problem)
where role.rolname like 'rowgate\_%'
  and problems.holds
union all
select coalesce(nullif(setting.setrole, 0)::regrole::text, 'every role'), format('comes with the setting %s', value)
from pg_db_role_setting as setting
  cross join unnest(setting.setconfig) as value
where (setting.setrole = 0 or setting.setrole::regrole::text like 'rowgate\_%')
  and setting.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and value ~* '^(rowgate\.|role=|session_authorization=|row_security=|search_path=)';
