-- The cluster's roles. Idempotent; run by db/migrate.ts as an administrator before any migration,
-- because roles belong to the cluster and not to the database that the migrations build.
-- None has SUPERUSER, BYPASSRLS, CREATEROLE or REPLICATION: whoever reads past a policy is named in one.

do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      -- owns every table; migrations switch to it
      ('rowgate_owner', 'nologin inherit'),
      -- owns SECURITY DEFINER helpers that only read
      ('rowgate_reader', 'nologin inherit'),
      -- owns SECURITY DEFINER verbs that write
      ('rowgate_writer', 'nologin inherit'),
      -- what the API connects as; can do nothing but become one of the four below
      ('rowgate_authenticator', 'login noinherit'),
      ('rowgate_anonymous', 'nologin inherit'),
      ('rowgate_user', 'nologin inherit'),
      ('rowgate_key', 'nologin inherit'),
      -- what API and worker report and read the platform's figures as: two functions and no table; no request runs as it
      ('rowgate_monitor', 'nologin inherit'),
      -- what graphile-worker connects as: owns its own schema, can become rowgate_job, rowgate_monitor to
      -- report, or rowgate_user to make the export that somebody asked for
      ('rowgate_worker', 'login noinherit'),
      -- a job acting inside one tenant
      ('rowgate_job', 'nologin inherit')
    ) as roles (name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
      execute format('create role %I', wanted.name);
    end if;
    -- Also on later runs: an attribute added by hand does not survive the next migration.
    execute format('alter role %I %s', wanted.name, wanted.attributes);
  end loop;
end;
$$;

grant rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor to rowgate_authenticator;
grant rowgate_job, rowgate_monitor, rowgate_user to rowgate_worker;

-- So that a migration, which runs as the owner, can hand a definer function to the role it runs with.
grant rowgate_reader, rowgate_writer, rowgate_worker to rowgate_owner;

-- A superuser may act as any role. Another administrator has to be a member of the owner, and through it of the rest.
do $$
begin
  if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    execute format('grant rowgate_owner to %I', current_user);
  end if;
end;
$$;

-- What no statement, lock or open transaction may outlast. "set role" does not bring the settings of a role along, so they stand at
-- the logins; whoever wants less says "set local".
alter role rowgate_authenticator set statement_timeout = '10s';
alter role rowgate_authenticator set lock_timeout = '5s';
alter role rowgate_authenticator set idle_in_transaction_session_timeout = '10s';
alter role rowgate_worker set statement_timeout = '60s';
alter role rowgate_worker set lock_timeout = '10s';
alter role rowgate_worker set idle_in_transaction_session_timeout = '60s';
