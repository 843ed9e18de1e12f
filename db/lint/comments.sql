-- Everything that clients see has a comment: tables, views, their columns, types and functions of app_public; and so
-- has every table and function of app_hidden and app_private.
-- Why: comments are the API's documentation (GraphQL descriptions are made from them), and this is its only place.
-- Fix: comment on … is '…', beside the object: what it is, its unit, which errors it raises.
-- breaks: comment on table app_public.teams is null
-- breaks: comment on column app_public.budgets.currency is ''
-- breaks: comment on function app_public.me() is null
-- breaks: comment on function app_hidden.claim(text) is null
-- breaks: comment on column app_public.created_api_key.key is null
-- breaks: create type app_public.size as enum ('small')
with commented (object, comment) as (
  select class.oid::regclass::text, obj_description(class.oid, 'pg_class')
  from pg_class as class
  where class.relnamespace::regnamespace::text like 'app\_%'
    and class.relkind in ('r', 'p', 'v', 'm', 'f') and not class.relispartition
  union all
  select format('%s.%s', class.oid::regclass, attribute.attname), col_description(class.oid, attribute.attnum)
  from pg_class as class
    join pg_attribute as attribute on attribute.attrelid = class.oid
  where class.relnamespace = 'app_public'::regnamespace
    and class.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and not class.relispartition
    and attribute.attnum > 0 and not attribute.attisdropped
  union all
  select format('type %s', type.oid::regtype), obj_description(type.oid, 'pg_type')
  from pg_type as type
    left join pg_class as class on class.oid = type.typrelid
  where type.typnamespace = 'app_public'::regnamespace
    and type.typcategory <> 'A' and type.typtype <> 'm' and coalesce(class.relkind, 'c') = 'c'
  union all
  select format('function %s', procedure.oid::regprocedure), obj_description(procedure.oid, 'pg_proc')
  from pg_proc as procedure
  where procedure.pronamespace::regnamespace::text like 'app\_%'
)
select commented.object, 'has no comment' as problem
from commented
where coalesce(commented.comment, '') = '';
