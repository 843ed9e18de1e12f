-- Every view has security_invoker.
-- Why: without it a view reads as its owner, past its caller's policies.
-- Fix: create view … with (security_invoker = true) as ….
-- breaks: create view app_public.all_teams as select * from app_public.teams
-- breaks: create view app_hidden.all_teams with (security_invoker = false) as select * from app_public.teams
select class.oid::regclass::text as object, 'has no security_invoker' as problem
from pg_class as class
where class.relkind = 'v'
  and class.relnamespace::regnamespace::text like 'app\_%'
  and not coalesce(class.reloptions && '{security_invoker=true,security_invoker=on,security_invoker=1}', false);
