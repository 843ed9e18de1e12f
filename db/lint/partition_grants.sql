-- Nobody has a right on a partition or an inheriting table, only on its parent.
-- Why: a parent's policies do not hold for a child that is queried directly.
-- Fix: revoke it; whoever may read the parent reads the partition through it.
-- breaks: create table app_public.events (at timestamptz) partition by range (at);
--   create table app_public.events_now partition of app_public.events default;
--   grant select on app_public.events_now to rowgate_user
select distinct child.oid::regclass::text as object,
  format('%s is granted to %s', lower(acl.privilege_type), coalesce(nullif(acl.grantee, 0)::regrole::text, 'PUBLIC'))
    as problem
from pg_inherits as inheritance
  join pg_class as child on child.oid = inheritance.inhrelid
  left join pg_attribute as attribute on attribute.attrelid = child.oid and attribute.attacl is not null
  cross join lateral (
    select * from aclexplode(child.relacl) union select * from aclexplode(attribute.attacl)
  ) as acl
where child.relkind in ('r', 'p', 'f')
  and child.relnamespace::regnamespace::text like 'app\_%'
  and acl.grantee <> child.relowner;
