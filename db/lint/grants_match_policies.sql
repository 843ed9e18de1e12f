-- A grant and a permissive policy come together: for each table, command and role there are both or neither.
-- Why: a grant without policy answers no rows without saying so, and waits for a policy that opens more than it says; a
-- policy without grant is a rule that looks in force and is not.
-- Fix: take away the one or add the other, in the table's fixture.
-- breaks: grant select on app_public.members to rowgate_anonymous
-- breaks: drop policy select_reader on app_public.members
-- breaks: revoke update (name, description, parent_team_id) on app_public.teams from rowgate_user
with tables as (
  select oid, relacl, relowner from pg_class
  where relnamespace::regnamespace::text like 'app\_%' and relkind in ('r', 'p')
),
grants as (
  select tables.oid, acl.grantee, lower(acl.privilege_type) as command
  from tables cross join lateral aclexplode(tables.relacl) as acl
  where acl.grantee <> tables.relowner
  union
  select tables.oid, acl.grantee, lower(acl.privilege_type)
  from tables
    join pg_attribute as attribute on attribute.attrelid = tables.oid
    cross join lateral aclexplode(attribute.attacl) as acl
),
policies as (
  select policy.polrelid, role, commands.name as command, policy.polname
  from pg_policy as policy
    cross join unnest(policy.polroles) as role
    join (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) as commands (name, letter)
      on policy.polcmd in ('*', commands.letter::"char")
  where policy.polpermissive
)
select format('%s of %s', grants.command, grants.oid::regclass) as object,
  format('is granted to %s, and no policy lets a row through',
    coalesce(nullif(grants.grantee, 0)::regrole::text, 'PUBLIC')) as problem
from grants
where grants.command in ('select', 'insert', 'update', 'delete')
  and not exists (
    select from policies
    where policies.polrelid = grants.oid and policies.role = grants.grantee and policies.command = grants.command
  )
union all
select format('policy %s on %s', policies.polname, policies.polrelid::regclass),
  format('is for %s, which has no grant for %s', coalesce(nullif(policies.role, 0)::regrole::text, 'PUBLIC'),
    policies.command)
from policies
  join tables on tables.oid = policies.polrelid
where policies.role <> tables.relowner
  and not exists (
    select from grants
    where grants.oid = policies.polrelid and grants.grantee = policies.role and grants.command = policies.command
  );
