-- No function is marked LEAKPROOF.
-- Why: such a function runs before the policies, and so sees every tenant's rows.
-- Fix: alter function … not leakproof.
-- breaks: alter function app_hidden.claim(text) leakproof
select procedure.oid::regprocedure::text as object, 'is LEAKPROOF' as problem
from pg_proc as procedure
where procedure.proleakproof
  and procedure.pronamespace::regnamespace::text !~ '^(pg_catalog|information_schema)$';
