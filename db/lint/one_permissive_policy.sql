-- At most one permissive policy for a table, command and role.
-- Why: permissive policies are or-ed, and a row may pass one's USING and another's WITH CHECK: together they allow what
-- neither does alone.
-- Fix: one policy with "or" inside, or take the role out of one of them.
-- breaks: create policy select_more on app_public.teams for select to rowgate_user using (false)
-- breaks: create policy all_more on app_public.budgets for all to rowgate_writer using (true) with check (true)
select format('%s of %s by %s', command, policy.polrelid::regclass, coalesce(nullif(role, 0)::regrole::text, 'PUBLIC'))
    as object,
  format('%s permissive policies: %s', count(*), string_agg(policy.polname, ', ' order by policy.polname)) as problem
from pg_policy as policy
  join pg_class as class on class.oid = policy.polrelid
  cross join unnest(policy.polroles) as role
  cross join lateral (
    select name
    from (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) as commands (name, letter)
    where policy.polcmd in ('*', letter::"char")
  ) as commands (command)
where class.relnamespace::regnamespace::text like 'app\_%'
  and policy.polpermissive
group by policy.polrelid, command, role
having count(*) > 1;
