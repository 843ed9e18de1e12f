-- Nobody but the owner holds TRUNCATE, REFERENCES, TRIGGER or MAINTAIN, and nobody may pass a right on.
-- Why: row level security does not reach them: TRUNCATE empties every tenant's rows, REFERENCES tells which hidden keys
-- exist, TRIGGER runs code with somebody else's rights.
-- Fix: grant the single commands that are needed; never "grant all", never "with grant option".
-- breaks: grant truncate on app_public.teams to rowgate_writer
-- breaks: grant references (id) on app_public.organizations to rowgate_user
-- breaks: grant all on app_private.sessions to rowgate_reader
-- breaks: grant select on app_public.teams to rowgate_user with grant option
select distinct class.oid::regclass::text as object,
  format('%s%s is granted to %s', lower(acl.privilege_type),
    case when acl.is_grantable then ' with grant option' else '' end,
    coalesce(nullif(acl.grantee, 0)::regrole::text, 'PUBLIC')) as problem
from pg_class as class
  left join pg_attribute as attribute on attribute.attrelid = class.oid and attribute.attacl is not null
  cross join lateral (
    select * from aclexplode(class.relacl) union select * from aclexplode(attribute.attacl)
  ) as acl
where class.relnamespace::regnamespace::text like 'app\_%'
  and acl.grantee <> class.relowner
  and (acl.is_grantable or acl.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE'));
