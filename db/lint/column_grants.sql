-- INSERT and UPDATE are granted by column, to request roles and to the roles of definer functions alike.
-- Why: policies filter rows, not columns; a table-wide grant takes in every column that is added later.
-- Fix: grant insert (a, b), update (b) on … to ….
-- breaks: grant update on app_public.teams to rowgate_user
-- breaks: grant insert on app_public.usage_records to rowgate_writer
select class.oid::regclass::text as object,
  format('%s is granted to %s on the whole table', lower(acl.privilege_type),
    coalesce(nullif(acl.grantee, 0)::regrole::text, 'PUBLIC')) as problem
from pg_class as class
  cross join lateral aclexplode(class.relacl) as acl
where class.relnamespace::regnamespace::text like 'app\_%'
  and class.relkind in ('r', 'p', 'v')
  and acl.grantee <> class.relowner
  and acl.privilege_type in ('INSERT', 'UPDATE');
