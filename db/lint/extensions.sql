-- Only plpgsql is installed.
-- Why: dblink, postgres_fdw, file_fdw, untrusted languages and pg_cron leave row level security behind, and extension
-- functions are PUBLIC's. gen_random_uuid and sha256 are built in.
-- Fix: do without it, or name it here with the reason why it is harmless.
-- breaks: create extension pgcrypto
-- breaks: create extension dblink
select extname::text as object, 'is installed and not on the list' as problem
from pg_extension
where extname <> 'plpgsql';
