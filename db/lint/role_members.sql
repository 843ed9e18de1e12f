-- Roles of ours are members of each other exactly as listed here, and of nothing else.
-- Why: whoever is a member can SET ROLE to it: the API's login must reach the three request roles alone, the worker's
-- the job, and a person whose export it makes; both the monitor, which can do next to nothing.
-- Fix: revoke it. A new pair needs a change of db/roles.sql, of this list, and a reason.
-- breaks: grant rowgate_owner to rowgate_authenticator
-- breaks: grant rowgate_job to rowgate_user
-- breaks: grant pg_read_all_data to rowgate_reader
-- breaks: grant rowgate_user to rowgate_authenticator with admin option
-- breaks: alter role rowgate_worker inherit; revoke rowgate_job from rowgate_worker;
--   grant rowgate_job to rowgate_worker
with wanted (member, role) as (
  values
    ('rowgate_authenticator', 'rowgate_anonymous'),
    ('rowgate_authenticator', 'rowgate_user'),
    ('rowgate_authenticator', 'rowgate_key'),
    ('rowgate_authenticator', 'rowgate_monitor'),
    ('rowgate_worker', 'rowgate_job'),
    ('rowgate_worker', 'rowgate_monitor'),
    ('rowgate_worker', 'rowgate_user'),
    -- So that a migration can hand a definer function over.
    ('rowgate_owner', 'rowgate_reader'),
    ('rowgate_owner', 'rowgate_writer'),
    ('rowgate_owner', 'rowgate_worker')
),
actual as (
  select member::regrole::text as member, roleid::regrole::text as role, member as member_oid, roleid, admin_option
  from pg_auth_members
  where member::regrole::text like 'rowgate\_%'
)
select actual.member as object, format('is a member of %s', actual.role) as problem
from actual
where (actual.member, actual.role) not in (table wanted)
union
select wanted.member, format('is not a member of %s', wanted.role)
from wanted
where (wanted.member, wanted.role) not in (select actual.member, actual.role from actual)
union
select actual.member, format('may give %s to others', actual.role)
from actual
where actual.admin_option
union
select actual.member, format('inherits the rights of %s', actual.role)
from actual
where actual.member in ('rowgate_authenticator', 'rowgate_worker')
  and pg_has_role(actual.member_oid, actual.roleid, 'usage');
