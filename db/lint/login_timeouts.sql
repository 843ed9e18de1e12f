-- Each login has a limit for a statement, a lock and an idle transaction.
-- Why: one that waits for ever keeps its connection and its locks, and whoever waits behind it.
-- Fix: alter role … set, in db/roles.sql. The roles that a login switches to can't have them: "set role" does not apply them.
-- breaks: alter role rowgate_authenticator reset statement_timeout
-- breaks: alter role rowgate_worker reset lock_timeout
-- breaks: alter role rowgate_authenticator set idle_in_transaction_session_timeout = 0
select pg_roles.rolname::text as object, format('has no %s', wanted.name) as problem
from pg_roles
  cross join unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) as wanted (name)
where pg_roles.rolname in ('rowgate_authenticator', 'rowgate_worker')
  and not exists (
    select from pg_db_role_setting as setting, unnest(setting.setconfig) as config
    where setting.setrole = pg_roles.oid and setting.setdatabase = 0
      and config ~ format('^%s=[1-9]', wanted.name)
  );
