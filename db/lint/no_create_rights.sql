-- Nobody but its owner may create in a schema of ours, or make a schema in the database.
-- Why: who may create can plant an operator, a cast or a function under a name that somebody else's code looks up.
-- Fix: a migration that hands functions over takes CREATE back at its end.
-- breaks: grant create on schema app_public to rowgate_writer
-- breaks: grant create on schema public to rowgate_user
-- breaks: do $$ begin execute format('grant create on database %I to rowgate_worker', current_database());
--   end $$
select format('schema %s', namespace.nspname) as object,
  format('%s may create in it', coalesce(nullif(granted.grantee, 0)::regrole::text, 'PUBLIC')) as problem
from pg_namespace as namespace
  cross join lateral aclexplode(namespace.nspacl) as granted
where (namespace.nspname like 'app\_%' or namespace.nspname = 'public')
  and granted.privilege_type = 'CREATE'
  and granted.grantee not in (namespace.nspowner, 'pg_database_owner'::regrole)
union all
select format('database %s', database.datname), format('%s may create schemas', granted.grantee::regrole)
from pg_database as database
  cross join lateral aclexplode(database.datacl) as granted
where database.datname = current_database()
  and granted.privilege_type = 'CREATE'
  and granted.grantee::regrole::text like 'rowgate\_%'
  and granted.grantee not in (database.datdba, 'rowgate_owner'::regrole);
