-- Every table of app_public, app_hidden and app_private has row level security enabled and forced, partitions too.
-- Why: without FORCE the owner reads past the policies; a table without RLS shows all tenants to whoever has a grant.
-- Fix: begin the table's fixture with select app_hidden.protect('…').
-- breaks: alter table app_public.teams disable row level security
-- breaks: alter table app_private.sessions no force row level security
-- breaks: create table app_hidden.plain (id uuid)
select class.oid::regclass::text as object,
  case when class.relrowsecurity then 'row level security is not forced' else 'row level security is off' end as problem
from pg_class as class
where class.relnamespace::regnamespace::text like 'app\_%'
  and class.relkind in ('r', 'p')
  and not (class.relrowsecurity and class.relforcerowsecurity);
