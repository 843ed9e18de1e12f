-- Whoever a function runs as may execute what it calls of ours: its owner if it is SECURITY DEFINER, else everybody who
-- may execute it.
-- Why: a missing grant shows only when that line is reached, as "permission denied" to a caller who did nothing wrong.
-- Fix: grant execute on function … to the role that is named.
-- breaks: revoke execute on function app_hidden.refuse(text, jsonb) from rowgate_key
-- breaks: revoke execute on function app_hidden.enqueue(uuid, text, jsonb, text, text) from rowgate_writer
with functions as (
  select procedure.oid, procedure.oid::regproc::text as name, procedure.prosecdef, procedure.proowner, procedure.proacl,
    lower(regexp_replace(coalesce(pg_get_function_sqlbody(procedure.oid), procedure.prosrc),
      '--[^\n]*|/\*([^*]|\*+[^*/])*\*+/|''([^'']|'''')*''', ' ', 'g')) as source
  from pg_proc as procedure
  where procedure.pronamespace::regnamespace::text like 'app\_%'
),
calls as (
  select functions.oid, functions.prosecdef, functions.proowner, functions.proacl, call.name[1] as callee
  from functions
    cross join lateral regexp_matches(functions.source, '\m(app_\w+\.\w+)\s*\(', 'g') as call (name)
),
runners as (
  select calls.oid, calls.callee, calls.proowner as runner from calls where calls.prosecdef
  union
  select calls.oid, calls.callee, acl.grantee
  from calls cross join lateral aclexplode(calls.proacl) as acl
  where not calls.prosecdef and acl.grantee not in (0, calls.proowner)
)
select runners.oid::regprocedure::text as object,
  format('runs as %s, which may not execute %s', runners.runner::regrole, runners.callee) as problem
from runners
where exists (select from functions where functions.name = runners.callee)
  and not exists (
    select from functions
    where functions.name = runners.callee and has_function_privilege(runners.runner, functions.oid, 'execute')
  );
