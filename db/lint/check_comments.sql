-- Every check constraint of app_public has a comment.
-- Why: the comment is the text that a client reads when a value is refused.
-- Fix: comment on constraint … is '<field>: <what is accepted>.'.
-- breaks: comment on constraint teams_name_length on app_public.teams is null
-- breaks: alter table app_public.teams add check (name <> 'x')
-- breaks: create domain app_public.share as numeric check (value between 0 and 1)
select format('%s on %s', pg_constraint.conname,
    coalesce(nullif(pg_constraint.conrelid, 0)::regclass::text, pg_constraint.contypid::regtype::text)) as object,
  'has no comment: the client would be told no rule' as problem
from pg_constraint
where pg_constraint.connamespace = 'app_public'::regnamespace
  and pg_constraint.contype = 'c'
  and pg_constraint.conparentid = 0
  and pg_constraint.coninhcount = 0
  and coalesce(obj_description(pg_constraint.oid, 'pg_constraint'), '') = '';
