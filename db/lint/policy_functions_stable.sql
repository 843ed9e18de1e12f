-- Functions that policies call are STABLE.
-- Why: a VOLATILE one may write, and keeps a policy from being planned around; an IMMUTABLE one that reads claims is
-- computed when the plan is made, which may be for somebody else.
-- Fix: declare it stable.
-- breaks: alter function app_hidden.tenant_permitting(text) volatile
-- breaks: alter function app_hidden.current_user_id() immutable
select distinct procedure.oid::regprocedure::text as object,
  format('is called by policies and is %s', case procedure.provolatile when 'v' then 'volatile' else 'immutable' end)
    as problem
from pg_depend as dependency
  join pg_proc as procedure on procedure.oid = dependency.refobjid
where dependency.classid = 'pg_policy'::regclass
  and dependency.refclassid = 'pg_proc'::regclass
  and procedure.provolatile <> 's';
