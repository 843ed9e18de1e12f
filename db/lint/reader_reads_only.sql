-- rowgate_reader can't write: no grant, no policy for it, and none of the writer's or the worker's functions.
-- Why: whatever belongs to it is then known to change nothing, so it may be called from policies and by strangers.
-- Fix: hand a function that writes to rowgate_writer.
-- breaks: grant delete on app_private.sessions to rowgate_reader
-- breaks: grant update (role) on app_public.members to rowgate_reader
-- breaks: create policy update_reader on app_public.teams for update to rowgate_reader using (true) with check (true)
-- breaks: grant execute on function app_hidden.enqueue(uuid, text, jsonb, text, text) to rowgate_reader
select distinct class.oid::regclass::text as object,
  format('%s is granted to rowgate_reader', lower(acl.privilege_type)) as problem
from pg_class as class
  left join pg_attribute as attribute on attribute.attrelid = class.oid and attribute.attacl is not null
  cross join lateral (
    select * from aclexplode(class.relacl) union select * from aclexplode(attribute.attacl)
  ) as acl
where acl.grantee = 'rowgate_reader'::regrole
  and acl.privilege_type <> 'SELECT'
union all
select format('policy %s on %s', policy.polname, policy.polrelid::regclass), 'lets rowgate_reader write'
from pg_policy as policy
where 'rowgate_reader'::regrole = any (policy.polroles)
  and policy.polcmd <> 'r'
union all
select procedure.oid::regprocedure::text,
  format('belongs to %s, and rowgate_reader may execute it', procedure.proowner::regrole)
from pg_proc as procedure
where procedure.proowner in ('rowgate_writer'::regrole, 'rowgate_worker'::regrole)
  and procedure.pronamespace::regnamespace::text like 'app\_%'
  and has_function_privilege('rowgate_reader', procedure.oid, 'execute');
