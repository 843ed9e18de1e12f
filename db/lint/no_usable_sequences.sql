-- Nobody but the owner has a right on a sequence.
-- Why: nextval tells how much all tenants together write; setval makes keys collide.
-- Fix: uuid keys from app_hidden.uuid_v7(), or an identity column that a definer function fills.
-- breaks: create sequence app_public.counter; grant usage on sequence app_public.counter to rowgate_user
-- breaks: create sequence app_private.counter; grant select on sequence app_private.counter to rowgate_writer
select class.oid::regclass::text as object,
  format('%s is granted to %s', lower(granted.privilege_type),
    coalesce(nullif(granted.grantee, 0)::regrole::text, 'PUBLIC')) as problem
from pg_class as class
  cross join lateral aclexplode(class.relacl) as granted
where class.relkind = 'S'
  and class.relnamespace::regnamespace::text like 'app\_%'
  and granted.grantee <> class.relowner;
