-- A reference between two tenant tables contains organization_id on both sides.
-- Why: foreign keys see past row level security: a row could point into another tenant, and its error would tell that
-- the other tenant's row exists.
-- Fix: foreign key (organization_id, x_id) references app_public.x (organization_id, id).
-- breaks: alter table app_public.usage_records add foreign key (team_id) references app_public.teams (id)
-- breaks: create table app_private.notes (organization_id uuid, id uuid, team_id uuid references app_public.teams)
select format('%s of %s', foreign_key.conname, foreign_key.conrelid::regclass) as object,
  format('refers to %s without organization_id', foreign_key.confrelid::regclass) as problem
from pg_constraint as foreign_key
  join pg_attribute as tenant on tenant.attrelid = foreign_key.conrelid and tenant.attname = 'organization_id'
  join pg_attribute as target on target.attrelid = foreign_key.confrelid and target.attname = 'organization_id'
where foreign_key.contype = 'f'
  and foreign_key.connamespace::regnamespace::text like 'app\_%'
  and not exists (
    select from unnest(foreign_key.conkey, foreign_key.confkey) as pair (own, theirs)
    where pair.own = tenant.attnum and pair.theirs = target.attnum
  );
