--! Previous: -
--! Hash: sha1:808e1cd85d7214b8b7c744d62f29c46648184777
--! Message: foundation

-- Shapes of tables only. What can be run again (policies, grants, functions, comments) stands in fixtures/.
-- The owner, not the administrator, makes everything: then nothing belongs to a role that could log in.
do $$ begin execute format('alter database %I owner to rowgate_owner', current_database()); end; $$;
set local role rowgate_owner;

create schema app_public;
create schema app_hidden;
create schema app_private;

-- Nothing to anybody, then one grant at a time. The second form is global on purpose: a default privilege
-- IN SCHEMA can't take away the built-in EXECUTE of PUBLIC.
revoke all on schema public from public;
alter default privileges revoke all on tables from public;
alter default privileges revoke all on functions from public;
alter default privileges revoke all on types from public;
grant usage on schema app_public, app_hidden to
  rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer, rowgate_worker;
grant usage on schema app_hidden to rowgate_authenticator;
grant usage on schema app_private to rowgate_reader, rowgate_writer;
-- A function can only be handed to a role that may create in its schema; taken back at the end.
grant create on schema app_public, app_hidden, app_private to rowgate_reader, rowgate_writer, rowgate_worker;

--! Included base/uuid_v7.sql
-- Written in SQL although PostgreSQL 18 has one built in: the same schema then runs, and dumps, alike on 15 to 18.
create or replace function app_hidden.uuid_v7() returns uuid
language sql volatile parallel safe
set search_path = ''
as $$
  select pg_catalog.encode(
    pg_catalog.set_bit(pg_catalog.set_bit(
      overlay(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
        placing substring(pg_catalog.int8send((extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ), 52, 1), 53, 1),
    'hex')::uuid;
$$;
revoke all on function app_hidden.uuid_v7() from public;
grant execute on function app_hidden.uuid_v7() to rowgate_user, rowgate_writer, rowgate_job;
comment on function app_hidden.uuid_v7() is
  'A time-ordered UUID (RFC 9562, version 7): new rows land at the end of an index, and an id tells no count.';
--! EndIncluded base/uuid_v7.sql
--! Included base/is_email.sql
-- The form of an address, once: for the column, and for verbs that look one up. Printable ASCII only: an address that looks
-- like another one to the eye must not be another account.
create or replace function app_hidden.is_email(email text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select length(email) <= 254
    and email = lower(email)
    and email ~ '^[!-~]+$'
    and email ~ '^[^@<>",;:\\]+@[^@<>",;:\\]+\.[^@<>",;:\\.]+$';
$$;
revoke all on function app_hidden.is_email(text) from public;
grant execute on function app_hidden.is_email(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_email(text) is 'Whether a text is one e-mail address in lower case.';
--! EndIncluded base/is_email.sql
--! Included base/is_label.sql
-- Names are shown to other people, in pages, logs and e-mails: no line breaks, no control characters, and none that turn the
-- direction of the text around.
create or replace function app_hidden.is_label(label text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select length(label) between 1 and 200
    and label !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';
$$;
revoke all on function app_hidden.is_label(text) from public;
grant execute on function app_hidden.is_label(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_label(text) is 'Whether a text can be a name: 1 to 200 characters, all of them visible.';
--! EndIncluded base/is_label.sql
--! Included base/is_role.sql
-- The built-in roles of a member, once: for the column, and for add_member, which may have no row to check.
create or replace function app_hidden.is_role(role text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select role in ('owner', 'admin', 'member', 'viewer');
$$;
revoke all on function app_hidden.is_role(text) from public;
grant execute on function app_hidden.is_role(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_role(text) is 'Whether a text is a role that a member can have.';
--! EndIncluded base/is_role.sql
--! Included base/is_priced_unit.sql
-- What a price can be for, once: list prices and an organization's own ones have the same units.
create or replace function app_hidden.is_priced_unit(unit text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select unit in ('input_token', 'cached_input_token', 'output_token', 'request');
$$;
revoke all on function app_hidden.is_priced_unit(text) from public;
grant execute on function app_hidden.is_priced_unit(text) to rowgate_writer;
comment on function app_hidden.is_priced_unit(text) is 'Whether a text is a unit that a price can be for.';
--! EndIncluded base/is_priced_unit.sql

create table app_public.permissions (
  name text primary key,
  description text not null
);

create table app_public.role_permissions (
  role text not null constraint role_permissions_role_known check (role in ('owner', 'admin', 'member', 'viewer', 'api_key')),
  permission text not null references app_public.permissions on delete cascade,
  primary key (role, permission)
);
create index role_permissions_permission_idx on app_public.role_permissions (permission);

create table app_public.team_role_permissions (
  role text not null constraint team_role_permissions_role_known check (role in ('lead', 'member')),
  permission text not null references app_public.permissions on delete cascade,
  primary key (role, permission)
);
create index team_role_permissions_permission_idx on app_public.team_role_permissions (permission);

create table app_public.users (
  id uuid primary key default app_hidden.uuid_v7(),
  email text not null
    constraint users_email_key unique
    constraint users_email_form check (app_hidden.is_email(email)),
  name text not null constraint users_name_length check (app_hidden.is_label(name)),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table app_private.user_passwords (
  user_id uuid primary key references app_public.users on delete cascade,
  salt bytea not null check (length(salt) >= 16),
  verifier bytea not null check (length(verifier) = 32),
  registration_notice_at timestamptz
);

create table app_public.organizations (
  id uuid primary key default app_hidden.uuid_v7(),
  name text not null constraint organizations_name_length check (app_hidden.is_label(name)),
  slug text not null
    constraint organizations_slug_key unique
    constraint organizations_slug_form check (
      length(slug) between 2 and 63
      and slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'
      -- X-Tenant-ID takes either: a slug that could be read as an id would be a way into another tenant.
      and slug !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    ),
  description text constraint organizations_description_length check (length(description) <= 2000),
  logo_url text constraint organizations_logo_url_form check (length(logo_url) <= 2000 and logo_url ~ '^https://[^[:space:]"<>]+$'),
  plan text not null default 'free'
    constraint organizations_plan_known check (plan in ('free', 'basic', 'pro', 'enterprise')),
  status text not null default 'active'
    constraint organizations_status_known check (status in ('active', 'suspended', 'deleted')),
  max_team_depth int not null default 8
    constraint organizations_max_team_depth_range check (max_team_depth between 1 and 32),
  settings jsonb not null default '{}'
    constraint organizations_settings_form check (jsonb_typeof(settings) = 'object' and octet_length(settings::text) <= 16384),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table app_private.sessions (
  id uuid primary key default app_hidden.uuid_v7(),
  user_id uuid not null references app_public.users on delete cascade,
  -- The organization that its tokens are narrowed to, if any.
  organization_id uuid references app_public.organizations on delete cascade,
  refresh_hash bytea not null unique check (length(refresh_hash) = 32),
  created_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '30 days',
  ended_at timestamptz
);
create index sessions_user_idx on app_private.sessions (user_id);
create index sessions_organization_idx on app_private.sessions (organization_id);

create table app_public.members (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  user_id uuid not null references app_public.users,
  role text not null default 'member'
    constraint members_role_known check (app_hidden.is_role(role)),
  invited_by uuid references app_public.users,
  joined_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint members_user_once unique (organization_id, user_id)
);
-- Covers the question of every request: in which organizations is this person, and as what?
create index members_user_idx on app_public.members (user_id) include (organization_id, role);
create index members_invited_by_idx on app_public.members (invited_by);

create table app_public.teams (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  parent_team_id uuid constraint teams_not_own_parent check (parent_team_id <> id),
  name text not null constraint teams_name_length check (app_hidden.is_label(name)),
  description text constraint teams_description_length check (length(description) <= 2000),
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint teams_tenant_key unique (organization_id, id),
  constraint teams_parent_fkey foreign key (organization_id, parent_team_id)
    references app_public.teams (organization_id, id) on delete cascade
);
create index teams_parent_idx on app_public.teams (organization_id, parent_team_id);
create unique index teams_name_key on app_public.teams (organization_id, parent_team_id, name) nulls not distinct
  where deleted_at is null;

create table app_public.team_members (
  organization_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  role text not null default 'member' constraint team_members_role_known check (role in ('lead', 'member')),
  created_at timestamptz not null default now(),
  constraint team_members_pkey primary key (organization_id, team_id, user_id),
  constraint team_members_team_fkey foreign key (organization_id, team_id)
    references app_public.teams (organization_id, id) on delete cascade,
  constraint team_members_member_fkey foreign key (organization_id, user_id)
    references app_public.members (organization_id, user_id) on delete cascade
);
create index team_members_member_idx on app_public.team_members (organization_id, user_id);
create index team_members_user_idx on app_public.team_members (user_id);

create table app_public.budgets (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null unique references app_public.organizations on delete cascade,
  monthly_limit numeric not null constraint budgets_monthly_limit_range check (
    monthly_limit >= 0 and monthly_limit < 1000000000000 and scale(trim_scale(monthly_limit)) <= 12
  ),
  alert_threshold int not null default 80 constraint budgets_alert_threshold_range check (alert_threshold between 1 and 100),
  currency text not null default 'USD' constraint budgets_currency_form check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'active' constraint budgets_status_known check (status in ('active', 'paused')),
  limit_version int not null default 1 constraint budgets_limit_version_range check (limit_version >= 1),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint budgets_tenant_key unique (organization_id, id)
);

create table app_public.budget_periods (
  organization_id uuid not null,
  budget_id uuid not null,
  period_start date not null constraint budget_periods_first_of_month check (extract(day from period_start) = 1),
  spent numeric not null default 0 constraint budget_periods_spent_range check (spent >= 0),
  monthly_limit numeric not null,
  alert_threshold int not null,
  currency text not null,
  blocking boolean not null,
  limit_version int not null,
  primary key (budget_id, period_start),
  constraint budget_periods_tenant_key unique (organization_id, budget_id, period_start),
  constraint budget_periods_budget_fkey foreign key (organization_id, budget_id)
    references app_public.budgets (organization_id, id) on delete cascade
);

create table app_public.budget_alerts (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  budget_id uuid not null,
  period_start date not null,
  limit_version int not null,
  threshold int not null,
  monthly_limit numeric not null,
  spent numeric not null,
  announced boolean not null,
  created_at timestamptz not null default now(),
  constraint budget_alerts_once unique (budget_id, period_start, limit_version, threshold),
  constraint budget_alerts_period_fkey foreign key (organization_id, budget_id, period_start)
    references app_public.budget_periods (organization_id, budget_id, period_start) on delete cascade
);
create index budget_alerts_period_idx on app_public.budget_alerts (organization_id, budget_id, period_start);

create table app_public.org_api_keys (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  team_id uuid,
  name text not null constraint org_api_keys_name_length check (app_hidden.is_label(name)),
  key_prefix text not null constraint org_api_keys_prefix_form check (key_prefix ~ '^rg_[0-9a-f]{8}$'),
  rate_limit int not null default 100 constraint org_api_keys_rate_limit_range check (rate_limit between 1 and 1000000),
  monthly_quota bigint not null default 1000000 constraint org_api_keys_monthly_quota_range check (monthly_quota >= 0),
  scopes text[] not null,
  status text not null default 'active' constraint org_api_keys_status_known check (status in ('active', 'revoked')),
  last_used_at timestamptz,
  created_by uuid references app_public.users,
  expires_at timestamptz constraint org_api_keys_expiry_later check (
    expires_at > created_at and isfinite(expires_at)
  ),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint org_api_keys_tenant_key unique (organization_id, id),
  constraint org_api_keys_team_fkey foreign key (organization_id, team_id)
    references app_public.teams (organization_id, id)
);
create index org_api_keys_team_idx on app_public.org_api_keys (organization_id, team_id);
create index org_api_keys_created_by_idx on app_public.org_api_keys (created_by);

create table app_private.org_api_key_secrets (
  organization_id uuid not null,
  key_id uuid not null,
  key_hash bytea not null unique check (length(key_hash) = 32),
  primary key (organization_id, key_id),
  foreign key (organization_id, key_id) references app_public.org_api_keys (organization_id, id) on delete cascade
);

create table app_public.usage_records (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  team_id uuid,
  user_id uuid references app_public.users,
  api_key_id uuid,
  service text not null constraint usage_records_service_length check (app_hidden.is_label(service)),
  model text not null constraint usage_records_model_length check (app_hidden.is_label(model)),
  tokens_in bigint not null default 0 constraint usage_records_tokens_in_range check (tokens_in >= 0),
  tokens_out bigint not null default 0 constraint usage_records_tokens_out_range check (tokens_out >= 0),
  cost numeric not null constraint usage_records_cost_range check (
    cost >= 0 and cost < 1000000000000 and scale(trim_scale(cost)) <= 12
  ),
  currency text not null constraint usage_records_currency_form check (currency ~ '^[A-Z]{3}$'),
  occurred_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint usage_records_tenant_key unique (organization_id, id),
  constraint usage_records_team_fkey foreign key (organization_id, team_id)
    references app_public.teams (organization_id, id),
  constraint usage_records_api_key_fkey foreign key (organization_id, api_key_id)
    references app_public.org_api_keys (organization_id, id)
);
create index usage_records_time_idx on app_public.usage_records (organization_id, occurred_at);
create index usage_records_team_idx on app_public.usage_records (organization_id, team_id, occurred_at);
create index usage_records_user_idx on app_public.usage_records (organization_id, user_id, occurred_at);
create index usage_records_person_idx on app_public.usage_records (user_id);
create index usage_records_api_key_idx on app_public.usage_records (organization_id, api_key_id, occurred_at);

create table app_private.idempotency_keys (
  organization_id uuid not null references app_public.organizations on delete cascade,
  key_hash bytea not null,
  body_hash bytea not null,
  usage_record_id uuid,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pkey primary key (organization_id, key_hash),
  foreign key (organization_id, usage_record_id) references app_public.usage_records (organization_id, id) on delete cascade
);
create index idempotency_keys_usage_idx on app_private.idempotency_keys (organization_id, usage_record_id);

create table app_public.model_prices (
  id uuid primary key default app_hidden.uuid_v7(),
  service text not null constraint model_prices_service_length check (app_hidden.is_label(service)),
  model text not null constraint model_prices_model_length check (app_hidden.is_label(model)),
  unit text not null constraint model_prices_unit_known check (app_hidden.is_priced_unit(unit)),
  from_tokens_in bigint not null default 0 constraint model_prices_from_tokens_in_range check (from_tokens_in >= 0),
  price numeric not null constraint model_prices_price_range check (
    price >= 0 and price < 1000000000000 and scale(trim_scale(price)) <= 18
  ),
  currency text not null constraint model_prices_currency_form check (currency ~ '^[A-Z]{3}$'),
  effective_from timestamptz not null constraint model_prices_effective_from_finite check (isfinite(effective_from)),
  effective_to timestamptz constraint model_prices_effective_to_later check (
    effective_to > effective_from and isfinite(effective_to)
  ),
  created_at timestamptz not null default now(),
  -- One price at a time. The hash stands for equality, which an exclusion can't compare without an extension.
  constraint model_prices_one_at_a_time exclude using gist (
    int8range(
      hashtextextended(service || e'\x1f' || model || e'\x1f' || unit || e'\x1f' || from_tokens_in, 0),
      hashtextextended(service || e'\x1f' || model || e'\x1f' || unit || e'\x1f' || from_tokens_in, 0), '[]') with &&,
    tstzrange(effective_from, effective_to) with &&
  )
);
create index model_prices_lookup_idx on app_public.model_prices (service, model, effective_from);

create table app_public.organization_model_prices (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  service text not null constraint organization_model_prices_service_length check (app_hidden.is_label(service)),
  model text not null constraint organization_model_prices_model_length check (app_hidden.is_label(model)),
  unit text not null constraint organization_model_prices_unit_known check (app_hidden.is_priced_unit(unit)),
  price numeric not null constraint organization_model_prices_price_range check (
    price >= 0 and price < 1000000000000 and scale(trim_scale(price)) <= 18
  ),
  currency text not null constraint organization_model_prices_currency_form check (currency ~ '^[A-Z]{3}$'),
  effective_from timestamptz not null
    constraint organization_model_prices_effective_from_finite check (isfinite(effective_from)),
  effective_to timestamptz constraint organization_model_prices_effective_to_later check (
    effective_to > effective_from and isfinite(effective_to)
  ),
  created_at timestamptz not null default now(),
  constraint organization_model_prices_one_at_a_time exclude using gist (
    int8range(
      hashtextextended(organization_id || e'\x1f' || service || e'\x1f' || model || e'\x1f' || unit, 0),
      hashtextextended(organization_id || e'\x1f' || service || e'\x1f' || model || e'\x1f' || unit, 0), '[]') with &&,
    tstzrange(effective_from, effective_to) with &&
  )
);
create index organization_model_prices_lookup_idx
  on app_public.organization_model_prices (organization_id, service, model, effective_from);

create table app_public.model_aliases (
  service text not null constraint model_aliases_service_length check (app_hidden.is_label(service)),
  alias text not null constraint model_aliases_alias_length check (app_hidden.is_label(alias)),
  model text not null
    constraint model_aliases_model_length check (app_hidden.is_label(model))
    constraint model_aliases_not_itself check (model <> alias),
  primary key (service, alias)
);

create table app_public.exchange_rates (
  id uuid primary key default app_hidden.uuid_v7(),
  from_currency text not null constraint exchange_rates_from_currency_form check (from_currency ~ '^[A-Z]{3}$'),
  to_currency text not null
    constraint exchange_rates_to_currency_form check (to_currency ~ '^[A-Z]{3}$')
    constraint exchange_rates_two_currencies check (to_currency <> from_currency),
  rate numeric not null constraint exchange_rates_rate_range check (
    rate > 0 and rate < 1000000000000 and scale(trim_scale(rate)) <= 18
  ),
  valid_from timestamptz not null constraint exchange_rates_valid_from_finite check (isfinite(valid_from)),
  valid_to timestamptz constraint exchange_rates_valid_to_later check (valid_to > valid_from and isfinite(valid_to)),
  created_at timestamptz not null default now(),
  constraint exchange_rates_one_at_a_time exclude using gist (
    int8range(
      hashtextextended(from_currency || to_currency, 0), hashtextextended(from_currency || to_currency, 0), '[]') with &&,
    tstzrange(valid_from, valid_to) with &&
  )
);
create index exchange_rates_lookup_idx on app_public.exchange_rates (from_currency, to_currency, valid_from);

create type app_public.created_api_key as (key text, api_key app_public.org_api_keys);

--! Included all.sql
-- The only place that orders the fixtures. Everything here can run again at any time: the migrations include it,
-- and a test proves that running it once more changes nothing.
--! Included base/uuid_v7.sql
-- Written in SQL although PostgreSQL 18 has one built in: the same schema then runs, and dumps, alike on 15 to 18.
create or replace function app_hidden.uuid_v7() returns uuid
language sql volatile parallel safe
set search_path = ''
as $$
  select pg_catalog.encode(
    pg_catalog.set_bit(pg_catalog.set_bit(
      overlay(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
        placing substring(pg_catalog.int8send((extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ), 52, 1), 53, 1),
    'hex')::uuid;
$$;
revoke all on function app_hidden.uuid_v7() from public;
grant execute on function app_hidden.uuid_v7() to rowgate_user, rowgate_writer, rowgate_job;
comment on function app_hidden.uuid_v7() is
  'A time-ordered UUID (RFC 9562, version 7): new rows land at the end of an index, and an id tells no count.';
--! EndIncluded base/uuid_v7.sql
--! Included base/is_email.sql
-- The form of an address, once: for the column, and for verbs that look one up. Printable ASCII only: an address that looks
-- like another one to the eye must not be another account.
create or replace function app_hidden.is_email(email text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select length(email) <= 254
    and email = lower(email)
    and email ~ '^[!-~]+$'
    and email ~ '^[^@<>",;:\\]+@[^@<>",;:\\]+\.[^@<>",;:\\.]+$';
$$;
revoke all on function app_hidden.is_email(text) from public;
grant execute on function app_hidden.is_email(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_email(text) is 'Whether a text is one e-mail address in lower case.';
--! EndIncluded base/is_email.sql
--! Included base/is_label.sql
-- Names are shown to other people, in pages, logs and e-mails: no line breaks, no control characters, and none that turn the
-- direction of the text around.
create or replace function app_hidden.is_label(label text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select length(label) between 1 and 200
    and label !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';
$$;
revoke all on function app_hidden.is_label(text) from public;
grant execute on function app_hidden.is_label(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_label(text) is 'Whether a text can be a name: 1 to 200 characters, all of them visible.';
--! EndIncluded base/is_label.sql
--! Included base/is_role.sql
-- The built-in roles of a member, once: for the column, and for add_member, which may have no row to check.
create or replace function app_hidden.is_role(role text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select role in ('owner', 'admin', 'member', 'viewer');
$$;
revoke all on function app_hidden.is_role(text) from public;
grant execute on function app_hidden.is_role(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_role(text) is 'Whether a text is a role that a member can have.';
--! EndIncluded base/is_role.sql
--! Included base/is_priced_unit.sql
-- What a price can be for, once: list prices and an organization's own ones have the same units.
create or replace function app_hidden.is_priced_unit(unit text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select unit in ('input_token', 'cached_input_token', 'output_token', 'request');
$$;
revoke all on function app_hidden.is_priced_unit(text) from public;
grant execute on function app_hidden.is_priced_unit(text) to rowgate_writer;
comment on function app_hidden.is_priced_unit(text) is 'Whether a text is a unit that a price can be for.';
--! EndIncluded base/is_priced_unit.sql
--! Included base/is_time_zone.sql
-- PostgreSQL accepts much more as a time zone: abbreviations, any case, rules such as "EST5EDT", and any word with a
-- number behind it. What is not in its list of names today may mean something else after an update.
create or replace function app_hidden.is_time_zone(name text) returns boolean
language sql stable strict parallel safe
set search_path = ''
as $$
  select (name = 'UTC' or name ~ '^[A-Z][A-Za-z_]+/[A-Z]')
    and exists (select from pg_catalog.pg_timezone_names as zones where zones.name = is_time_zone.name);
$$;
revoke all on function app_hidden.is_time_zone(text) from public;
grant execute on function app_hidden.is_time_zone(text) to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
comment on function app_hidden.is_time_zone(text) is
  'Whether a text names a time zone of the IANA list as Area/Location, such as Europe/Berlin, or UTC.';
--! EndIncluded base/is_time_zone.sql
--! Included base/day_start.sql
-- Midnight by the clocks of a zone may not exist (they go forward over it) or be twice (they go back over it). PostgreSQL
-- then answers what the old clocks would say, or the later of the two; a day begins at the first instant that belongs to it.
create or replace function app_hidden.day_start(day date, zone text) returns timestamptz
language plpgsql stable strict parallel safe
set search_path = ''
as $$
declare
  midnight constant timestamp := day;
  found timestamptz := midnight at time zone zone;
  earlier timestamptz := found - interval '25 hours';
  old_clocks constant interval := (earlier at time zone zone) - (earlier at time zone 'UTC');
  by_old_clocks constant timestamptz := (midnight - old_clocks) at time zone 'UTC';
  middle timestamptz;
begin
  if by_old_clocks at time zone zone = midnight then
    return by_old_clocks;
  elsif found at time zone zone = midnight or (found - interval '1 microsecond') at time zone zone < midnight then
    return found;
  end if;
  -- No clock showed it, and they did not change at that very moment: the day begins when they changed.
  while found - earlier > interval '1 microsecond' loop
    middle := earlier + (found - earlier) / 2;
    if (middle at time zone zone) - (middle at time zone 'UTC') = old_clocks then
      earlier := middle;
    else
      found := middle;
    end if;
  end loop;
  return found;
end;
$$;
revoke all on function app_hidden.day_start(date, text) from public;
grant execute on function app_hidden.day_start(date, text) to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.day_start(date, text) is
  'The first instant at which the clocks of a time zone show this day, or a later one where it does not exist there.';
--! EndIncluded base/day_start.sql
--! Included base/period_bounds.sql
-- Called for every charge, so the common case is checked in place: 25 hours before it, no clock said anything else.
create or replace function app_hidden.period_bounds(
  period text, at timestamptz, zone text, out starts timestamptz, out ends timestamptz
)
language plpgsql stable strict parallel safe
set search_path = ''
as $$
declare
  step constant interval := case period
    when 'day' then interval '1 day'
    when 'week' then interval '1 week'
    when 'month' then interval '1 month'
    when 'quarter' then interval '3 months'
    when 'year' then interval '1 year'
  end;
  first_day timestamp;
begin
  if period = 'total' then
    starts := '-infinity';
    ends := 'infinity';
    return;
  elsif step is null then
    raise exception using errcode = 'invalid_parameter_value', message = format('%L is not a period', period);
  end if;

  first_day := date_trunc(period, at at time zone zone);
  starts := first_day at time zone zone;
  ends := (first_day + step) at time zone zone;
  if starts at time zone zone = first_day
    and (starts - interval '25 hours') at time zone zone = first_day - interval '25 hours'
    and ends at time zone zone = first_day + step
    and (ends - interval '25 hours') at time zone zone = first_day + step - interval '25 hours'
  then
    return;
  end if;

  starts := app_hidden.day_start(first_day::date, zone);
  ends := app_hidden.day_start((first_day + step)::date, zone);
  -- Clocks that went back over midnight show the day before once more. It has ended all the same.
  if ends <= at then
    starts := ends;
    ends := app_hidden.day_start((first_day + 2 * step)::date, zone);
  end if;
end;
$$;
revoke all on function app_hidden.period_bounds(text, timestamptz, text) from public;
grant execute on function app_hidden.period_bounds(text, timestamptz, text)
  to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.period_bounds(text, timestamptz, text) is
  'When the period that contains an instant starts (inclusive) and ends (exclusive), by the clocks of a time zone. Periods: day, week (from Monday), month, quarter, year, total. They follow one another without gap or overlap.';

create or replace function app_hidden.period_start(period text, at timestamptz, zone text) returns timestamptz
language plpgsql stable strict parallel safe
set search_path = ''
as $$
begin
  return (app_hidden.period_bounds(period, at, zone)).starts;
end;
$$;
revoke all on function app_hidden.period_start(text, timestamptz, text) from public;
grant execute on function app_hidden.period_start(text, timestamptz, text)
  to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.period_start(text, timestamptz, text) is
  'The first instant of the period that contains an instant; see period_bounds.';

create or replace function app_hidden.period_end(period text, at timestamptz, zone text) returns timestamptz
language plpgsql stable strict parallel safe
set search_path = ''
as $$
begin
  return (app_hidden.period_bounds(period, at, zone)).ends;
end;
$$;
revoke all on function app_hidden.period_end(text, timestamptz, text) from public;
grant execute on function app_hidden.period_end(text, timestamptz, text)
  to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.period_end(text, timestamptz, text) is
  'The first instant after the period that contains an instant; see period_bounds.';
--! EndIncluded base/period_bounds.sql
--! Included base/protect.sql
-- The first line of every table file. It takes away every policy and every visitor's grant, so that what follows
-- in that file is the whole truth about who may touch the table, and lays the floor that no later policy can widen.
create or replace function app_hidden.protect(target regclass, tenant_column name default null) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  found record;
  tenants constant text := 'any ((select app_hidden.tenant_organizations())::uuid[])';
  tenant constant text := '(select app_hidden.current_organization_id())';
begin
  for found in select polname from pg_catalog.pg_policy where polrelid = target loop
    execute format('drop policy %I on %s', found.polname, target);
  end loop;

  for found in
    select distinct acl.grantee::regrole as grantee
    from pg_catalog.pg_class as class
      cross join lateral aclexplode(class.relacl) as acl
    where class.oid = target and acl.grantee not in (0, class.relowner)
    union
    select distinct acl.grantee::regrole
    from pg_catalog.pg_attribute as attribute
      cross join lateral aclexplode(attribute.attacl) as acl
    where attribute.attrelid = target and acl.grantee <> 0
  loop
    execute format('revoke all on %s from %s', target, found.grantee);
  end loop;
  execute format('revoke all on %s from public', target);

  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);

  if tenant_column is null then
    return;
  end if;

  -- Reads: the request's organization, or the caller's own ones while none is chosen. Writes: only the chosen one.
  -- A DELETE has no WITH CHECK, hence a floor of its own.
  execute format(
    'create policy floor_tenant on %s as restrictive for all
       to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job
       using (%I = %s) with check (%I = %s and %I = %s)',
    target, tenant_column, tenants, tenant_column, tenant, tenant_column, tenants);
  execute format(
    'create policy floor_delete on %s as restrictive for delete
       to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job
       using (%I = %s)',
    target, tenant_column, tenant);
end;
$$;
revoke all on function app_hidden.protect(regclass, name) from public;
comment on function app_hidden.protect(regclass, name) is
  'Resets policies and grants of a table, forces row level security, and lays the tenant floor on the named column.';
--! EndIncluded base/protect.sql
--! Included base/errors.sql
-- Every refusal of the database, once: code, HTTP status, what was wrong, what to do. db/ERRORS.md is made from it.
-- A function and not a table: nobody needs a right on it to be refused.
create or replace function app_hidden.error_codes()
returns table (code text, status int, message text, remedy text)
language sql immutable parallel safe
set search_path = ''
as $$
  values
    ('UNAUTHENTICATED', 401, 'This needs somebody signed in.',
      'Send an access token or an API key as "Authorization: Bearer …".'),
    ('SESSION_ENDED', 401, 'The session of this token has ended.',
      'Sign in again.'),
    ('API_KEY_INVALID', 401, 'The API key is unknown, revoked or expired.',
      'Use a key that the organization lists as active, or create one.'),
    ('BUDGET_EXCEEDED', 402, 'The usage does not fit the budget.',
      'Wait until the budget resets, or ask somebody who may raise it.'),
    ('FORBIDDEN', 403, 'Your role does not include this permission.',
      'Ask an owner or admin of the organization.'),
    ('TENANT_FORBIDDEN', 403, 'The organization does not exist or you are not in it.',
      'Check X-Tenant-ID; the query "organizations" lists yours.'),
    ('ORGANIZATION_SUSPENDED', 403, 'The organization is suspended.',
      'Ask the platform''s support to reactivate it.'),
    ('NOT_FOUND', 404, 'There is no such row, or you may not see it.',
      'Check the id and the chosen organization.'),
    ('ALREADY_EXISTS', 409, 'It exists already.',
      'Choose another value, or use the existing one.'),
    ('LAST_OWNER', 409, 'An organization always has an owner.',
      'Make somebody else owner first.'),
    ('TEAM_HAS_CHILDREN', 409, 'The team has teams below it.',
      'Delete those first, or say "move_up".'),
    ('TEAM_CYCLE', 409, 'The team would be below itself.',
      'Choose a place outside of its own subtree.'),
    ('TEAM_TOO_DEEP', 409, 'The tree of teams would be too deep.',
      'Choose a higher place; "limit" says how many levels there may be.'),
    ('IDEMPOTENCY_CONFLICT', 409, 'The idempotency key was used for another request.',
      'Send a new key with a new request, and the same key only with the same one.'),
    ('TENANT_REQUIRED', 422, 'You are in several organizations; this needs to know which one.',
      'Send X-Tenant-ID with the id or the slug of one of them.'),
    ('TENANT_HINTS_DISAGREE', 422, 'The token and the header name different organizations.',
      'Send one of them, or the same organization in both.'),
    ('NO_ORGANIZATION', 422, 'You are not in an organization yet.',
      'Create one with "createOrganization", or ask to be added.'),
    ('INVALID_INPUT', 422, 'A value is not acceptable.',
      'See "rule" for what is.'),
    ('CURRENCY_MISMATCH', 422, 'The usage is in another currency than the budget.',
      'Send the cost in the budget''s currency.')
$$;
revoke all on function app_hidden.error_codes() from public;
grant execute on function app_hidden.error_codes()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.error_codes() is
  'All error codes that the database raises, with HTTP status, message and remedy.';

create or replace function app_hidden.refuse(code text, detail jsonb default '{}') returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  known record;
begin
  select * into strict known from app_hidden.error_codes() as error where error.code = refuse.code;
  raise exception using
    errcode = 'RG' || known.status,
    message = known.code,
    detail = (jsonb_build_object('message', known.message, 'remedy', known.remedy) || refuse.detail)::text;
end;
$$;
revoke all on function app_hidden.refuse(text, jsonb) from public;
grant execute on function app_hidden.refuse(text, jsonb)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.refuse(text, jsonb) is
  'Raises one of the codes of app_hidden.error_codes(): SQLSTATE RG + status, message = code, detail = JSON.';
--! EndIncluded base/errors.sql
--! Included base/touch.sql
create or replace function app_private.touch() returns trigger
language plpgsql volatile
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end;
$$;
revoke all on function app_private.touch() from public;
comment on function app_private.touch() is 'Keeps updated_at, whoever writes.';
--! EndIncluded base/touch.sql
--! Included base/enqueue.sql
-- The only way into the job queue. Owned by the owner of graphile_worker's schema, whose tables have row level
-- security and no policy. Job keys and queues are global names in graphile-worker, so the organization is put in
-- front of them here: one tenant can never replace another's job. Not granted to any request role.
create or replace function app_hidden.enqueue(organization_id uuid, task text, payload jsonb, dedupe text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform graphile_worker.add_job(
    enqueue.task,
    (enqueue.payload || jsonb_build_object('organization_id', enqueue.organization_id))::json,
    queue_name := enqueue.organization_id::text,
    job_key := concat_ws(':', enqueue.organization_id, enqueue.task, enqueue.dedupe),
    -- A job that runs already is left alone, and a queued one keeps its place.
    job_key_mode := 'preserve_run_at'
  );
end;
$$;
alter function app_hidden.enqueue(uuid, text, jsonb, text) owner to rowgate_worker;
revoke all on function app_hidden.enqueue(uuid, text, jsonb, text) from public;
grant execute on function app_hidden.enqueue(uuid, text, jsonb, text) to rowgate_writer;
comment on function app_hidden.enqueue(uuid, text, jsonb, text) is
  'Queues a job in the transaction of the fact that needs it. The payload holds ids only.';
--! EndIncluded base/enqueue.sql

--! Included session/claims.sql
-- Claims are transaction-local settings, set by app_hidden.resolve_request (a request) or app_hidden.resolve_job (a job)
-- and by nothing else. A claim that is absent reads '' on a pooled connection and NULL on a fresh one: both mean none.
create or replace function app_hidden.claim(name text) returns text
language sql stable parallel safe
set search_path = ''
as $$
  select nullif(pg_catalog.current_setting('rowgate.' || name, true), '');
$$;
revoke all on function app_hidden.claim(text) from public;
grant execute on function app_hidden.claim(text)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.claim(text) is 'One claim of this transaction, or null.';

-- The four functions below have no SET clause: PostgreSQL can then inline them. They name everything in full.
create or replace function app_hidden.current_user_id() returns uuid
language sql stable parallel safe
as $$ select app_hidden.claim('user_id')::uuid $$;
revoke all on function app_hidden.current_user_id() from public;
grant execute on function app_hidden.current_user_id()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.current_user_id() is 'The signed-in person, or null.';

create or replace function app_hidden.current_session_id() returns uuid
language sql stable parallel safe
as $$ select app_hidden.claim('session_id')::uuid $$;
revoke all on function app_hidden.current_session_id() from public;
grant execute on function app_hidden.current_session_id() to rowgate_reader, rowgate_writer;
comment on function app_hidden.current_session_id() is 'The session of the access token, or null.';

create or replace function app_hidden.current_key_id() returns uuid
language sql stable parallel safe
as $$ select app_hidden.claim('key_id')::uuid $$;
revoke all on function app_hidden.current_key_id() from public;
grant execute on function app_hidden.current_key_id()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.current_key_id() is 'The API key that acts, or null.';

create or replace function app_hidden.current_organization_id() returns uuid
language sql stable parallel safe
as $$ select app_hidden.claim('organization_id')::uuid $$;
revoke all on function app_hidden.current_organization_id() from public;
grant execute on function app_hidden.current_organization_id()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.current_organization_id() is 'The tenant chosen for this request, or null when the person has several and chose none.';
--! EndIncluded session/claims.sql
--! Included session/set_claims.sql
-- Every claim is written every time, so that nothing of an earlier transaction can show through. Only the two
-- resolvers call it; no request role may.
create or replace function app_hidden.set_claims(
  user_id uuid default null,
  session_id uuid default null,
  key_id uuid default null,
  organization_id uuid default null,
  job boolean default false,
  request_id text default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform
    pg_catalog.set_config('rowgate.user_id', coalesce(set_claims.user_id::text, ''), true),
    pg_catalog.set_config('rowgate.session_id', coalesce(set_claims.session_id::text, ''), true),
    pg_catalog.set_config('rowgate.key_id', coalesce(set_claims.key_id::text, ''), true),
    pg_catalog.set_config('rowgate.organization_id', coalesce(set_claims.organization_id::text, ''), true),
    pg_catalog.set_config('rowgate.job', case when set_claims.job then 'true' else '' end, true),
    pg_catalog.set_config('rowgate.request_id', coalesce(set_claims.request_id, ''), true);
end;
$$;
revoke all on function app_hidden.set_claims(uuid, uuid, uuid, uuid, boolean, text) from public;
grant execute on function app_hidden.set_claims(uuid, uuid, uuid, uuid, boolean, text) to rowgate_reader;
comment on function app_hidden.set_claims(uuid, uuid, uuid, uuid, boolean, text) is 'Sets all claims of this transaction.';
--! EndIncluded session/set_claims.sql
--! Included permissions/organizations_permitting.sql
-- The two questions that every policy asks. Both are computed once per statement when wrapped in a scalar sub-select,
-- and answer an array that goes into the index condition; a per-row is_member(organization_id) would grow with the rows.
-- SECURITY DEFINER, because a policy on members can't select members.

-- Where may the caller be at all? Suspended and deleted organizations are closed to everything but their own row.
create or replace function app_hidden.tenant_organizations() returns uuid[]
language sql stable security definer
set search_path = ''
as $$
  select coalesce(array_agg(organizations.id), '{}')
  from app_public.organizations
  where organizations.status = 'active'
    and organizations.id in (
      select members.organization_id
      from app_public.members
      where members.user_id = app_hidden.current_user_id()
      union all
      select org_api_keys.organization_id
      from app_public.org_api_keys
      where org_api_keys.id = app_hidden.current_key_id() and org_api_keys.status = 'active'
      union all
      select app_hidden.current_organization_id()
      where app_hidden.claim('job') = 'true'
    )
    and (app_hidden.current_organization_id() is null or organizations.id = app_hidden.current_organization_id());
$$;
alter function app_hidden.tenant_organizations() owner to rowgate_reader;
revoke all on function app_hidden.tenant_organizations() from public;
grant execute on function app_hidden.tenant_organizations()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.tenant_organizations() is
  'The active organizations in which this transaction may act: the chosen one, or all of the caller''s while none is chosen.';

create or replace function app_hidden.organizations_permitting(permission text) returns uuid[]
language sql stable security definer
set search_path = ''
as $$
  select coalesce(array_agg(principal.organization_id), '{}')
  from (
      select members.organization_id, members.role
      from app_public.members
      where members.user_id = app_hidden.current_user_id()
      union all
      select org_api_keys.organization_id, 'api_key'
      from app_public.org_api_keys
      where org_api_keys.id = app_hidden.current_key_id() and org_api_keys.status = 'active'
        and organizations_permitting.permission = any (org_api_keys.scopes)
    ) as principal
    join app_public.role_permissions
      on role_permissions.role = principal.role and role_permissions.permission = organizations_permitting.permission
    join app_public.organizations
      on organizations.id = principal.organization_id and organizations.status <> 'deleted'
  where app_hidden.current_organization_id() is null
    or principal.organization_id = app_hidden.current_organization_id();
$$;
alter function app_hidden.organizations_permitting(text) owner to rowgate_reader;
revoke all on function app_hidden.organizations_permitting(text) from public;
grant execute on function app_hidden.organizations_permitting(text)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_writer;
comment on function app_hidden.organizations_permitting(text) is
  'The organizations in which the caller holds the permission now, narrowed to the chosen one.';
--! EndIncluded permissions/organizations_permitting.sql
--! Included permissions/reachable_teams.sql
-- A team role reaches the team and everything below it.
create or replace function app_hidden.teams_permitting(permission text) returns uuid[]
language sql stable security definer
set search_path = ''
as $$
  with recursive reached as (
    select team_members.organization_id, team_members.team_id
    from app_public.team_members
    where team_members.user_id = app_hidden.current_user_id()
      and team_members.organization_id = any (app_hidden.tenant_organizations())
      and (
        teams_permitting.permission is null
        or exists (
          select from app_public.team_role_permissions
          where team_role_permissions.role = team_members.role
            and team_role_permissions.permission = teams_permitting.permission
        )
      )
    union
    select teams.organization_id, teams.id
    from reached
      join app_public.teams
        on teams.organization_id = reached.organization_id and teams.parent_team_id = reached.team_id
    where teams.deleted_at is null
  )
  select coalesce(array_agg(team_id), '{}') from reached;
$$;
alter function app_hidden.teams_permitting(text) owner to rowgate_reader;
revoke all on function app_hidden.teams_permitting(text) from public;
grant execute on function app_hidden.teams_permitting(text) to rowgate_user, rowgate_key, rowgate_writer;
comment on function app_hidden.teams_permitting(text) is
  'The teams in which the caller''s team roles hold the permission, with all teams below them; with null those of any team role.';

create or replace function app_hidden.reachable_teams() returns uuid[]
language sql stable
set search_path = ''
as $$
  select app_hidden.teams_permitting(null);
$$;
revoke all on function app_hidden.reachable_teams() from public;
grant execute on function app_hidden.reachable_teams() to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
comment on function app_hidden.reachable_teams() is 'The teams of the caller, with all teams below them.';
--! EndIncluded permissions/reachable_teams.sql
--! Included permissions/require_permission.sql
-- What a verb calls first. Row level security would refuse as well, but silently (no row) or without saying why.
create or replace function app_hidden.require_organization() returns uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  choices jsonb;
begin
  if app_hidden.current_user_id() is null and app_hidden.current_key_id() is null then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  if tenant is null then
    select jsonb_agg(jsonb_build_object('id', organizations.id, 'slug', organizations.slug, 'name', organizations.name)
      order by organizations.name)
    into choices
    from app_public.members
      join app_public.organizations on organizations.id = members.organization_id
    where members.user_id = app_hidden.current_user_id() and organizations.status <> 'deleted';
    if choices is null then
      perform app_hidden.refuse('NO_ORGANIZATION');
    end if;
    perform app_hidden.refuse('TENANT_REQUIRED', jsonb_build_object('organizations', choices));
  end if;
  if not tenant = any (app_hidden.tenant_organizations()) then
    if exists (select from app_public.organizations where id = tenant and status = 'suspended') then
      perform app_hidden.refuse('ORGANIZATION_SUSPENDED');
    end if;
    perform app_hidden.refuse('TENANT_FORBIDDEN');
  end if;
  return tenant;
end;
$$;
alter function app_hidden.require_organization() owner to rowgate_reader;
revoke all on function app_hidden.require_organization() from public;
grant execute on function app_hidden.require_organization() to rowgate_user, rowgate_key, rowgate_writer;
comment on function app_hidden.require_organization() is
  'The chosen organization, active. Raises UNAUTHENTICATED, NO_ORGANIZATION, TENANT_REQUIRED, ORGANIZATION_SUSPENDED, TENANT_FORBIDDEN.';

create or replace function app_hidden.require_permission(permission text) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
begin
  if not tenant = any (app_hidden.organizations_permitting(require_permission.permission)) then
    perform app_hidden.refuse('FORBIDDEN',
      jsonb_build_object('permission', require_permission.permission, 'organization_id', tenant));
  end if;
  return tenant;
end;
$$;
revoke all on function app_hidden.require_permission(text) from public;
grant execute on function app_hidden.require_permission(text) to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
comment on function app_hidden.require_permission(text) is
  'The chosen organization if the caller holds the permission there. Raises FORBIDDEN and what require_organization raises.';

create or replace function app_hidden.require_team_permission(permission text, team_id uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  if require_team_permission.team_id = any (app_hidden.teams_permitting(require_team_permission.permission)) then
    return app_hidden.require_organization();
  end if;
  return app_hidden.require_permission(require_team_permission.permission);
end;
$$;
revoke all on function app_hidden.require_team_permission(text, uuid) from public;
grant execute on function app_hidden.require_team_permission(text, uuid) to rowgate_user;
comment on function app_hidden.require_team_permission(text, uuid) is
  'The chosen organization if the caller holds the permission there, or through a team role in this team. Raises what require_permission raises.';
--! EndIncluded permissions/require_permission.sql

--! Included permissions/permissions.sql
select app_hidden.protect('app_public.permissions');
select app_hidden.protect('app_public.role_permissions');
select app_hidden.protect('app_public.team_role_permissions');

-- The model itself is no secret: every caller may read it, so that a client can show what a role means.
grant select on app_public.permissions, app_public.role_permissions, app_public.team_role_permissions
  to rowgate_user, rowgate_key, rowgate_reader;
-- A new API key gets of these what its creator holds.
grant select on app_public.role_permissions to rowgate_writer;

create policy select_everybody on app_public.permissions for select to rowgate_user, rowgate_key, rowgate_reader using (true);
create policy select_everybody on app_public.role_permissions for select
  to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer using (true);
create policy select_everybody on app_public.team_role_permissions for select to rowgate_user, rowgate_key, rowgate_reader using (true);
-- Only a migration writes here. The owner is bound by FORCE like everybody, so it needs a policy of its own.
create policy all_migration on app_public.permissions for all to rowgate_owner using (true) with check (true);
create policy all_migration on app_public.role_permissions for all to rowgate_owner using (true) with check (true);
create policy all_migration on app_public.team_role_permissions for all to rowgate_owner using (true) with check (true);

comment on table app_public.permissions is 'What can be permitted, as resource:action.';
comment on column app_public.permissions.name is 'The permission, as resource:action.';
comment on column app_public.permissions.description is 'What it lets its holder do.';
comment on table app_public.role_permissions is 'Which role holds which permission.';
comment on column app_public.role_permissions.role is 'owner, admin, member or viewer; api_key for API keys.';
comment on column app_public.role_permissions.permission is 'The permission that the role holds.';
comment on constraint role_permissions_role_known on app_public.role_permissions is 'role: owner, admin, member, viewer or api_key.';
comment on table app_public.team_role_permissions is 'What a role in a team lets its holder do, in that team and all teams below it.';
comment on column app_public.team_role_permissions.role is 'lead or member.';
comment on column app_public.team_role_permissions.permission is 'The permission that the role holds.';
comment on constraint team_role_permissions_role_known on app_public.team_role_permissions is 'role: lead or member.';
--! EndIncluded permissions/permissions.sql
--! Included permissions/catalog.sql
-- The whole permission model as data: what each permission is, and which role holds it. A role holds everything that
-- the role below it holds: owner > admin > member > viewer. api_key is what an API key may do in its organization; lead what
-- a team's lead may do in that team and all teams below it.
-- This file is the truth: rows that are not named here are deleted.
create temporary table catalog (permission text, description text, lowest_role text, api_key boolean, lead boolean) on commit drop;
insert into catalog values
  ('organization:read',   'See the organization''s profile',                                   'viewer', true, false),
  ('organization:update', 'Change name, slug, description, logo and settings',                 'admin',  false,  false),
  ('organization:delete', 'Delete the organization',                                           'owner',  false,  false),
  ('owner:manage',        'Make somebody owner, and change or remove an owner',                'owner',  false,  false),
  ('member:read',         'See who is in the organization and with which role',                'viewer', false, false),
  ('member:create',       'Add a person',                                                      'admin',  false,  false),
  ('member:update',       'Change a member''s role',                                           'admin',  false,  false),
  ('member:delete',       'Remove a member',                                                   'admin',  false,  false),
  ('team:read',           'See the teams and who is in them',                                  'viewer', true, false),
  ('team:create',         'Create a team',                                                     'admin',  false,  false),
  ('team:update',         'Rename, describe and move a team',                                  'admin',  false,  false),
  ('team_member:update',  'Decide who is in a team, and as what; a lead in their team and below', 'admin', false, true),
  ('team:delete',         'Delete a team',                                                     'admin',  false,  false),
  ('budget:read_all',     'See the organization''s budget, its spend and its alerts',          'admin',  false,  false),
  ('budget:update',       'Set limit, alert threshold and status of a budget',                 'admin',  false,  false),
  ('price:read',          'See list prices, exchange rates and the organization''s own prices',   'viewer', true, false),
  ('price:update',        'Set the organization''s own prices',                                'admin',  false,  false),
  ('key:read',            'See the API keys of your own teams and those you created',          'viewer', false, false),
  ('key:read_all',        'See every API key of the organization',                             'admin',  false,  false),
  ('key:create',          'Create an API key',                                                 'member', false, false),
  ('key:revoke_all',      'Revoke an API key that somebody else created',                      'admin',  false,  false),
  ('usage:read',          'See usage of your own teams and your own; a key sees what it recorded', 'viewer', true, false),
  ('usage:read_all',      'See all usage of the organization',                                 'admin',  false,  false),
  ('usage:record',        'Record usage',                                                      'member', true, false),
  ('usage:record_all',    'Record usage for any team or member of the organization',           'admin',  true,  false);

insert into app_public.permissions (name, description)
select permission, description from catalog
on conflict (name) do update set description = excluded.description where permissions.description <> excluded.description;

delete from app_public.role_permissions
where not exists (
  select from catalog
  where catalog.permission = role_permissions.permission
    and case role
      when 'api_key' then catalog.api_key
      else array_position(array['viewer', 'member', 'admin', 'owner'], role)
        >= array_position(array['viewer', 'member', 'admin', 'owner'], catalog.lowest_role)
    end
);
insert into app_public.role_permissions (role, permission)
select roles.role, catalog.permission
from catalog
  cross join unnest(array['viewer', 'member', 'admin', 'owner']) with ordinality as roles (role, rank)
where roles.rank >= array_position(array['viewer', 'member', 'admin', 'owner'], catalog.lowest_role)
union all
select 'api_key', catalog.permission from catalog where catalog.api_key
on conflict do nothing;
delete from app_public.team_role_permissions
where not exists (
  select from catalog where catalog.permission = team_role_permissions.permission and catalog.lead and role = 'lead'
);
insert into app_public.team_role_permissions (role, permission)
select 'lead', catalog.permission from catalog where catalog.lead
on conflict do nothing;
delete from app_public.permissions where not exists (select from catalog where catalog.permission = permissions.name);

drop table catalog;
--! EndIncluded permissions/catalog.sql
--! Included permissions/my_permissions.sql
create or replace function app_public.my_permissions() returns text[]
language sql stable
set search_path = ''
as $$
  select array(
    select permissions.name
    from app_public.permissions
    where app_hidden.require_organization() = any (app_hidden.organizations_permitting(permissions.name))
    order by permissions.name
  );
$$;
revoke all on function app_public.my_permissions() from public;
grant execute on function app_public.my_permissions() to rowgate_user, rowgate_key;
comment on function app_public.my_permissions() is
  'What the caller may do in the chosen organization, as permissions: what a client shows and hides by. Rights of a team role are not among them. Raises what choosing an organization raises: TENANT_REQUIRED, NO_ORGANIZATION, ORGANIZATION_SUSPENDED.';
--! EndIncluded permissions/my_permissions.sql
--! Included session/users.sql
select app_hidden.protect('app_public.users');

-- People are not rows of a tenant: one account may be in many organizations.
grant select on app_public.users to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
grant insert (email, name) on app_public.users to rowgate_writer;
grant select on app_public.users to rowgate_job;

create policy select_self_or_colleague on app_public.users for select
  to rowgate_user
  using (
    id = (select app_hidden.current_user_id())
    or exists (
      select from app_public.members
      where members.user_id = users.id
        and members.organization_id = any ((select app_hidden.organizations_permitting('member:read'))::uuid[])
    )
  );
create policy select_colleague on app_public.users for select
  to rowgate_key
  using (exists (
    select from app_public.members
    where members.user_id = users.id
      and members.organization_id = any ((select app_hidden.organizations_permitting('member:read'))::uuid[])
  ));
create policy select_member on app_public.users for select
  to rowgate_job
  using (exists (select from app_public.members where members.user_id = users.id));
create policy select_reader on app_public.users for select to rowgate_reader using (true);
create policy select_writer on app_public.users for select to rowgate_writer using (true);
create policy insert_writer on app_public.users for insert to rowgate_writer with check (true);
-- no update, no delete: the profile and the deletion of an account are verbs still to come

drop trigger if exists touch on app_public.users;
create trigger touch before update on app_public.users for each row execute function app_private.touch();

comment on table app_public.users is
  E'@behavior -query:resource:list -query:resource:connection\nA person with an account. You see yourself and the people of your organizations.';
comment on column app_public.users.id is 'The person''s id, a UUID version 7.';
comment on column app_public.users.email is 'The address that the person signs in with, in lower case.';
comment on column app_public.users.name is 'The name to show, 1 to 200 characters.';
comment on column app_public.users.created_at is 'When the account was registered.';
comment on column app_public.users.updated_at is 'When the row was last changed.';
comment on constraint users_email_form on app_public.users is 'email: one address of at most 254 characters, as in ada@example.com, in lower case.';
comment on constraint users_name_length on app_public.users is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
--! EndIncluded session/users.sql
--! Included session/user_passwords.sql
select app_hidden.protect('app_private.user_passwords');

grant select (user_id, salt) on app_private.user_passwords to rowgate_reader;
grant select, insert (user_id, salt, verifier), update (registration_notice_at) on app_private.user_passwords to rowgate_writer;

create policy select_reader on app_private.user_passwords for select to rowgate_reader using (true);
create policy select_writer on app_private.user_passwords for select to rowgate_writer using (true);
create policy insert_writer on app_private.user_passwords for insert to rowgate_writer with check (true);
create policy update_writer on app_private.user_passwords for update to rowgate_writer using (true) with check (true);

comment on table app_private.user_passwords is
  'Password verifiers, one per person: a salt, and the SHA-256 of scrypt(password, salt). No visitor has a grant.';
--! EndIncluded session/user_passwords.sql
--! Included session/sessions.sql
select app_hidden.protect('app_private.sessions');

grant select (id, user_id, expires_at, ended_at) on app_private.sessions to rowgate_reader;
grant select, insert (user_id, organization_id, refresh_hash), update (refresh_hash, refreshed_at, ended_at)
  on app_private.sessions to rowgate_writer;

create policy select_reader on app_private.sessions for select to rowgate_reader using (true);
create policy select_writer on app_private.sessions for select to rowgate_writer using (true);
create policy insert_writer on app_private.sessions for insert to rowgate_writer with check (true);
create policy update_writer on app_private.sessions for update to rowgate_writer using (true) with check (true);

comment on table app_private.sessions is
  'A sign-in and the hash of its current refresh token. Access tokens name the session; ended or expired means refused.';
--! EndIncluded session/sessions.sql
--! Included tenancy/organizations.sql
select app_hidden.protect('app_public.organizations');

grant select on app_public.organizations to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant update (name, slug, description, logo_url, settings) on app_public.organizations to rowgate_user;
grant insert (name, slug, description, logo_url), update (status) on app_public.organizations to rowgate_writer;

-- This table's tenant column is its own id. A suspended organization still shows itself, so reads ask for the
-- permission alone; writes go through the floor that protect() lays elsewhere.
create policy floor_tenant on app_public.organizations as restrictive for update
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job
  using (id = any ((select app_hidden.tenant_organizations())::uuid[]))
  with check (
    id = (select app_hidden.current_organization_id())
    and id = any ((select app_hidden.tenant_organizations())::uuid[])
  );
create policy select_permitted on app_public.organizations for select
  to rowgate_user, rowgate_key
  using (id = any ((select app_hidden.organizations_permitting('organization:read'))::uuid[]));
create policy update_permitted on app_public.organizations for update
  to rowgate_user
  using (id = any ((select app_hidden.organizations_permitting('organization:update'))::uuid[]))
  with check (id = any ((select app_hidden.organizations_permitting('organization:update'))::uuid[]));
create policy select_tenant on app_public.organizations for select
  to rowgate_job
  using (id = any ((select app_hidden.tenant_organizations())::uuid[]));
create policy select_reader on app_public.organizations for select to rowgate_reader using (true);
create policy select_writer on app_public.organizations for select to rowgate_writer using (true);
create policy insert_writer on app_public.organizations for insert to rowgate_writer with check (true);
create policy update_writer on app_public.organizations for update to rowgate_writer using (true) with check (true);
-- no delete: an organization is marked as deleted; its books stay

drop trigger if exists touch on app_public.organizations;
create trigger touch before update on app_public.organizations for each row execute function app_private.touch();

comment on table app_public.organizations is 'A tenant: everything else belongs to exactly one organization.';
comment on column app_public.organizations.id is 'The organization''s id; valid as X-Tenant-ID.';
comment on column app_public.organizations.name is E'@behavior orderBy\nThe name to show, 1 to 200 characters.';
comment on column app_public.organizations.slug is 'Its short name in URLs and in X-Tenant-ID, unique everywhere.';
comment on column app_public.organizations.description is 'What the organization is, up to 2,000 characters.';
comment on column app_public.organizations.logo_url is 'An https address of its logo.';
comment on column app_public.organizations.plan is 'free, basic, pro or enterprise.';
comment on column app_public.organizations.status is E'@behavior filterBy\nactive, suspended (nothing but this row is visible) or deleted.';
comment on column app_public.organizations.max_team_depth is 'How many levels of teams there may be.';
comment on column app_public.organizations.settings is 'Free settings of the organization, a JSON object of at most 16 kB.';
comment on column app_public.organizations.created_at is E'@behavior orderBy\nWhen it was created.';
comment on column app_public.organizations.updated_at is 'When the row was last changed.';
comment on constraint organizations_name_length on app_public.organizations is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint organizations_slug_form on app_public.organizations is
  'slug: 2 to 63 lower-case letters, digits and single hyphens, beginning with a letter; not the form of a UUID.';
comment on constraint organizations_description_length on app_public.organizations is 'description: at most 2,000 characters.';
comment on constraint organizations_logo_url_form on app_public.organizations is 'logo_url: an https address of at most 2,000 characters.';
comment on constraint organizations_plan_known on app_public.organizations is 'plan: free, basic, pro or enterprise.';
comment on constraint organizations_status_known on app_public.organizations is 'status: active, suspended or deleted.';
comment on constraint organizations_max_team_depth_range on app_public.organizations is 'max_team_depth: 1 to 32 levels.';
comment on constraint organizations_settings_form on app_public.organizations is 'settings: a JSON object of at most 16 kB.';
comment on constraint organizations_slug_key on app_public.organizations is 'slug: another organization has it.';
--! EndIncluded tenancy/organizations.sql
--! Included tenancy/keep_an_owner.sql
-- The lock on the organization lets two owners who remove each other at the same moment pass one after the other.
-- When the organization itself is being deleted its row is already gone, and so is the rule.
create or replace function app_private.keep_an_owner() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform from app_public.organizations where organizations.id = old.organization_id for no key update;
  if found and not exists (
    select from app_public.members where members.organization_id = old.organization_id and members.role = 'owner'
  ) then
    perform app_hidden.refuse('LAST_OWNER', jsonb_build_object('organization_id', old.organization_id));
  end if;
  return null;
end;
$$;
alter function app_private.keep_an_owner() owner to rowgate_writer;
revoke all on function app_private.keep_an_owner() from public;
comment on function app_private.keep_an_owner() is 'Refuses to remove or demote the last owner.';
--! EndIncluded tenancy/keep_an_owner.sql
--! Included tenancy/recheck_member_change.sql
-- A policy asks what the caller may when the statement begins. If the statement then waits for a row lock, that answer may
-- be the one from before the caller's own demotion or removal, and they could take it back. So it is asked once more when
-- the row is locked (before a change), or when it is there (after an insert): every statement in here sees what was
-- committed meanwhile. Without a person who acts (a migration, a purge) there is nothing to ask.
create or replace function app_private.recheck_member_change() returns trigger
language plpgsql volatile
set search_path = ''
as $$
declare
  actor constant uuid := app_hidden.current_user_id();
begin
  if actor is null then
    return coalesce(new, old);
  end if;
  case tg_op
    when 'INSERT' then
      -- Whoever creates an organization is the only one to add themselves.
      if new.invited_by is not null then
        perform app_hidden.require_permission('member:create');
        if new.user_id = actor then
          perform app_hidden.refuse('FORBIDDEN', jsonb_build_object('permission', 'member:create'));
        end if;
      end if;
    when 'UPDATE' then
      perform app_hidden.require_permission('member:update');
      if 'owner' in (old.role, new.role) then
        perform app_hidden.require_permission('owner:manage');
      end if;
    when 'DELETE' then
      if old.user_id <> actor then
        perform app_hidden.require_permission('member:delete');
      end if;
      if old.role = 'owner' then
        perform app_hidden.require_permission('owner:manage');
      end if;
  end case;
  return coalesce(new, old);
end;
$$;
revoke all on function app_private.recheck_member_change() from public;
comment on function app_private.recheck_member_change() is
  'Asks for the caller''s permission to change a membership again, behind the locks.';
--! EndIncluded tenancy/recheck_member_change.sql
--! Included tenancy/members.sql
select app_hidden.protect('app_public.members', 'organization_id');

grant select on app_public.members to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant update (role), delete on app_public.members to rowgate_user;
grant insert (organization_id, user_id, role, invited_by) on app_public.members to rowgate_writer;
-- What enforces the last owner locks the organization and counts; it runs as the writer.

create policy select_permitted on app_public.members for select
  to rowgate_user, rowgate_key
  using (organization_id = any ((select app_hidden.organizations_permitting('member:read'))::uuid[]));
-- Whoever may not manage owners can neither touch one nor make one.
create policy update_permitted on app_public.members for update
  to rowgate_user
  using (
    organization_id = any ((select app_hidden.organizations_permitting('member:update'))::uuid[])
    and (role <> 'owner' or organization_id = any ((select app_hidden.organizations_permitting('owner:manage'))::uuid[]))
  )
  with check (
    organization_id = any ((select app_hidden.organizations_permitting('member:update'))::uuid[])
    and (role <> 'owner' or organization_id = any ((select app_hidden.organizations_permitting('owner:manage'))::uuid[]))
  );
create policy delete_permitted_or_self on app_public.members for delete
  to rowgate_user
  using (
    user_id = (select app_hidden.current_user_id())
    or organization_id = any ((select app_hidden.organizations_permitting('member:delete'))::uuid[])
    and (role <> 'owner' or organization_id = any ((select app_hidden.organizations_permitting('owner:manage'))::uuid[]))
  );
create policy select_tenant on app_public.members for select to rowgate_job using (true);
create policy select_reader on app_public.members for select to rowgate_reader using (true);
create policy select_writer on app_public.members for select to rowgate_writer using (true);
create policy insert_writer on app_public.members for insert to rowgate_writer with check (true);

drop trigger if exists touch on app_public.members;
create trigger touch before update on app_public.members for each row execute function app_private.touch();
drop trigger if exists recheck_change on app_public.members;
create trigger recheck_change before update of role or delete on app_public.members
  for each row execute function app_private.recheck_member_change();
drop trigger if exists recheck_insert on app_public.members;
create trigger recheck_insert after insert on app_public.members
  for each row execute function app_private.recheck_member_change();
drop trigger if exists keep_an_owner on app_public.members;
create trigger keep_an_owner after update of role or delete on app_public.members
  for each row when (old.role = 'owner') execute function app_private.keep_an_owner();

comment on table app_public.members is 'Who is in an organization, and with which role. The role is read here at every request, never from a token.';
comment on column app_public.members.id is 'The membership''s id.';
comment on column app_public.members.organization_id is 'The organization.';
comment on column app_public.members.user_id is 'The person.';
comment on column app_public.members.role is E'@behavior orderBy filterBy\nowner, admin, member or viewer; each holds what the one below it holds.';
comment on column app_public.members.invited_by is 'Who added the person; null for whoever created the organization.';
comment on column app_public.members.joined_at is E'@behavior orderBy\nWhen the person became a member.';
comment on column app_public.members.updated_at is 'When the row was last changed.';
comment on constraint members_role_known on app_public.members is 'role: owner, admin, member or viewer.';
--! EndIncluded tenancy/members.sql
--! Included tenancy/require_live_team.sql
-- A foreign key can't tell a deleted team. This runs behind it, so it looks when the team's row can't be deleted any more.
-- The argument is the column that names the team.
create or replace function app_private.require_live_team() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  team constant uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if exists (
    select from app_public.teams
    where teams.organization_id = new.organization_id and teams.id = team and teams.deleted_at is not null
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', tg_argv[0] || ': a team of the organization.'));
  end if;
  return null;
end;
$$;
alter function app_private.require_live_team() owner to rowgate_reader;
revoke all on function app_private.require_live_team() from public;
comment on function app_private.require_live_team() is 'Refuses to put something into a deleted team.';
--! EndIncluded tenancy/require_live_team.sql
--! Included tenancy/keep_tree.sql
-- Teams stay a tree, at most so deep, and nothing hangs below a deleted one; whoever writes, by verb or by plain SQL.
-- The organization's row is what changes of its tree wait at, so that two moves can't close a circle together.
create or replace function app_private.keep_tree() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  most int;
  above uuid[];
  height int;
begin
  if new.parent_team_id is null or (tg_op = 'UPDATE' and new.parent_team_id is not distinct from old.parent_team_id) then
    return new;
  end if;
  select organizations.max_team_depth into most
  from app_public.organizations
  where organizations.id = new.organization_id
  for no key update;

  if not exists (
    select from app_public.teams
    where teams.organization_id = new.organization_id and teams.id = new.parent_team_id and teams.deleted_at is null
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'parent_team_id: a team of the organization.'));
  end if;

  with recursive ancestors as (
    select teams.id, teams.parent_team_id
    from app_public.teams
    where teams.organization_id = new.organization_id and teams.id = new.parent_team_id
    union
    select teams.id, teams.parent_team_id
    from ancestors
      join app_public.teams on teams.organization_id = new.organization_id and teams.id = ancestors.parent_team_id
  )
  select array_agg(ancestors.id) into above from ancestors;
  if new.id = any (above) then
    perform app_hidden.refuse('TEAM_CYCLE');
  end if;

  with recursive subtree as (
    select new.id, 1 as level
    union all
    select teams.id, subtree.level + 1
    from subtree
      join app_public.teams
        on teams.organization_id = new.organization_id and teams.parent_team_id = subtree.id and teams.deleted_at is null
  )
  select max(subtree.level) into height from subtree;
  if cardinality(above) + height > most then
    perform app_hidden.refuse('TEAM_TOO_DEEP', jsonb_build_object('depth', cardinality(above) + height, 'limit', most));
  end if;
  return new;
end;
$$;
alter function app_private.keep_tree() owner to rowgate_writer;
revoke all on function app_private.keep_tree() from public;
comment on function app_private.keep_tree() is 'Refuses a circle, a tree that is too deep, and a place below a deleted team.';
--! EndIncluded tenancy/keep_tree.sql
--! Included tenancy/teams.sql
select app_hidden.protect('app_public.teams', 'organization_id');

grant select on app_public.teams to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, parent_team_id, name, description), update (name, description, parent_team_id)
  on app_public.teams to rowgate_user;
grant update (deleted_at, parent_team_id) on app_public.teams to rowgate_writer;

create policy select_permitted on app_public.teams for select
  to rowgate_user, rowgate_key
  using (
    organization_id = any ((select app_hidden.organizations_permitting('team:read'))::uuid[])
    and deleted_at is null
  );
create policy insert_permitted on app_public.teams for insert
  to rowgate_user
  with check (organization_id = any ((select app_hidden.organizations_permitting('team:create'))::uuid[]));
create policy update_permitted on app_public.teams for update
  to rowgate_user
  using (
    organization_id = any ((select app_hidden.organizations_permitting('team:update'))::uuid[])
    and deleted_at is null
  )
  with check (organization_id = any ((select app_hidden.organizations_permitting('team:update'))::uuid[]));
create policy select_tenant on app_public.teams for select to rowgate_job using (true);
create policy select_reader on app_public.teams for select to rowgate_reader using (true);
create policy select_writer on app_public.teams for select to rowgate_writer using (true);
create policy update_writer on app_public.teams for update to rowgate_writer using (true) with check (true);
-- no delete: usage names its team forever; a deleted team is marked and no longer visible

drop trigger if exists touch on app_public.teams;
create trigger touch before update on app_public.teams for each row execute function app_private.touch();

drop trigger if exists keep_tree on app_public.teams;
create trigger keep_tree before insert or update of parent_team_id on app_public.teams
  for each row execute function app_private.keep_tree();

comment on table app_public.teams is 'Teams of an organization, a tree. A team role reaches the whole subtree.';
comment on column app_public.teams.id is 'The team''s id.';
comment on column app_public.teams.organization_id is 'The organization.';
comment on column app_public.teams.parent_team_id is 'The team above; null at the top.';
comment on column app_public.teams.name is E'@behavior orderBy filterBy\nThe name, 1 to 200 characters, unique among the teams below the same one.';
comment on column app_public.teams.description is 'What the team does, up to 2,000 characters.';
comment on column app_public.teams.deleted_at is E'@behavior -*\nWhen the team was deleted; usage keeps its name.';
comment on column app_public.teams.created_at is E'@behavior orderBy\nWhen it was created.';
comment on column app_public.teams.updated_at is 'When the row was last changed.';
comment on constraint teams_name_length on app_public.teams is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint teams_description_length on app_public.teams is 'description: at most 2,000 characters.';
comment on constraint teams_not_own_parent on app_public.teams is 'parent_team_id: another team than the team itself.';
comment on constraint teams_tenant_key on app_public.teams is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on index app_public.teams_name_key is 'name: another team at this place has it.';
comment on constraint teams_parent_fkey on app_public.teams is E'@fieldName parentTeam\n@foreignFieldName childTeams';
--! EndIncluded tenancy/teams.sql
--! Included tenancy/team_members.sql
select app_hidden.protect('app_public.team_members', 'organization_id');

grant select on app_public.team_members to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, team_id, user_id, role), update (role), delete on app_public.team_members to rowgate_user;
grant delete on app_public.team_members to rowgate_writer;

create policy select_permitted on app_public.team_members for select
  to rowgate_user, rowgate_key
  using (organization_id = any ((select app_hidden.organizations_permitting('team:read'))::uuid[]));
create policy insert_permitted on app_public.team_members for insert
  to rowgate_user
  with check (
    organization_id = any ((select app_hidden.organizations_permitting('team_member:update'))::uuid[])
    or team_id = any ((select app_hidden.teams_permitting('team_member:update'))::uuid[])
  );
create policy update_permitted on app_public.team_members for update
  to rowgate_user
  using (
    organization_id = any ((select app_hidden.organizations_permitting('team_member:update'))::uuid[])
    or team_id = any ((select app_hidden.teams_permitting('team_member:update'))::uuid[])
  )
  with check (
    organization_id = any ((select app_hidden.organizations_permitting('team_member:update'))::uuid[])
    or team_id = any ((select app_hidden.teams_permitting('team_member:update'))::uuid[])
  );
create policy delete_permitted on app_public.team_members for delete
  to rowgate_user
  using (
    organization_id = any ((select app_hidden.organizations_permitting('team_member:update'))::uuid[])
    or team_id = any ((select app_hidden.teams_permitting('team_member:update'))::uuid[])
  );
create policy select_tenant on app_public.team_members for select to rowgate_job using (true);
create policy select_reader on app_public.team_members for select to rowgate_reader using (true);
create policy select_writer on app_public.team_members for select to rowgate_writer using (true);
create policy delete_writer on app_public.team_members for delete to rowgate_writer using (true);

drop trigger if exists require_live_team on app_public.team_members;
create trigger require_live_team after insert on app_public.team_members
  for each row execute function app_private.require_live_team('team_id');

comment on table app_public.team_members is 'Who is in a team, as lead or member.';
comment on column app_public.team_members.organization_id is 'The organization.';
comment on column app_public.team_members.team_id is 'The team.';
comment on column app_public.team_members.user_id is 'The person, a member of the organization.';
comment on column app_public.team_members.role is 'lead or member.';
comment on column app_public.team_members.created_at is 'When the person joined the team.';
comment on constraint team_members_role_known on app_public.team_members is 'role: lead or member.';
comment on constraint team_members_team_fkey on app_public.team_members is E'@fieldName team\n@foreignFieldName teamMembers';
comment on constraint team_members_member_fkey on app_public.team_members is E'@fieldName member\n@foreignFieldName teamMembers';
--! EndIncluded tenancy/team_members.sql
--! Included budgets/budgets.sql
select app_hidden.protect('app_public.budgets', 'organization_id');

grant select on app_public.budgets to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant
  insert (organization_id, monthly_limit, alert_threshold, currency, status),
  update (monthly_limit, alert_threshold, currency, status, limit_version)
  on app_public.budgets to rowgate_writer;

create policy select_permitted on app_public.budgets for select
  to rowgate_user
  using (organization_id = any ((select app_hidden.organizations_permitting('budget:read_all'))::uuid[]));
create policy select_tenant on app_public.budgets for select to rowgate_job using (true);
create policy select_reader on app_public.budgets for select to rowgate_reader using (true);
create policy select_writer on app_public.budgets for select to rowgate_writer using (true);
create policy insert_writer on app_public.budgets for insert to rowgate_writer with check (true);
create policy update_writer on app_public.budgets for update to rowgate_writer using (true) with check (true);
-- no visitor writes money: set_budget does
-- no delete: a budget is paused

drop trigger if exists touch on app_public.budgets;
create trigger touch before update on app_public.budgets for each row execute function app_private.touch();

comment on table app_public.budgets is 'What an organization may spend in a calendar month (UTC). Usage that does not fit is refused.';
comment on column app_public.budgets.id is 'The budget''s id.';
comment on column app_public.budgets.organization_id is 'The organization.';
comment on column app_public.budgets.monthly_limit is 'The most that may be spent in a month, in the budget''s currency; exact decimal.';
comment on column app_public.budgets.alert_threshold is 'At how many percent of the limit owners and admins get an e-mail, 1 to 100.';
comment on column app_public.budgets.currency is 'ISO 4217 code of the currency, such as USD.';
comment on column app_public.budgets.status is 'active: usage above the limit is refused. paused: usage is only counted.';
comment on column app_public.budgets.limit_version is 'Counts the changes of limit and threshold; each version alerts for itself.';
comment on column app_public.budgets.created_at is 'When it was set first.';
comment on column app_public.budgets.updated_at is 'When the row was last changed.';
comment on constraint budgets_monthly_limit_range on app_public.budgets is 'monthly_limit: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';
comment on constraint budgets_alert_threshold_range on app_public.budgets is 'alert_threshold: 1 to 100 percent.';
comment on constraint budgets_currency_form on app_public.budgets is 'currency: three capital letters, as in USD.';
comment on constraint budgets_status_known on app_public.budgets is 'status: active or paused.';
comment on constraint budgets_limit_version_range on app_public.budgets is 'limit_version: counts from 1.';
comment on constraint budgets_tenant_key on app_public.budgets is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
--! EndIncluded budgets/budgets.sql
--! Included budgets/budget_periods.sql
select app_hidden.protect('app_public.budget_periods', 'organization_id');

grant select on app_public.budget_periods to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant
  insert (organization_id, budget_id, period_start, spent, monthly_limit, alert_threshold, currency, blocking, limit_version),
  update (spent, monthly_limit, alert_threshold, currency, blocking, limit_version)
  on app_public.budget_periods to rowgate_writer;

create policy select_permitted on app_public.budget_periods for select
  to rowgate_user
  using (organization_id = any ((select app_hidden.organizations_permitting('budget:read_all'))::uuid[]));
create policy select_tenant on app_public.budget_periods for select to rowgate_job using (true);
create policy select_reader on app_public.budget_periods for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_periods for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_periods for insert to rowgate_writer with check (true);
create policy update_writer on app_public.budget_periods for update to rowgate_writer using (true) with check (true);
-- no delete: a month's figures stay

comment on table app_public.budget_periods is
  'The counter of a budget for one month. Limit and threshold are kept here as well, so that one conditional update of this one row decides under any concurrency.';
comment on column app_public.budget_periods.organization_id is 'The organization.';
comment on column app_public.budget_periods.budget_id is 'The budget.';
comment on column app_public.budget_periods.period_start is E'@behavior orderBy filterBy\nThe first day of the month (UTC).';
comment on column app_public.budget_periods.spent is 'What was spent in the month so far, in the budget''s currency; exact decimal.';
comment on column app_public.budget_periods.monthly_limit is 'The limit in force.';
comment on column app_public.budget_periods.alert_threshold is 'The alert threshold in force, in percent.';
comment on column app_public.budget_periods.currency is 'ISO 4217 code of the currency.';
comment on column app_public.budget_periods.blocking is 'Whether usage above the limit is refused.';
comment on column app_public.budget_periods.limit_version is 'The version of the limit in force.';
comment on constraint budget_periods_spent_range on app_public.budget_periods is 'spent: at least 0.';
comment on constraint budget_periods_first_of_month on app_public.budget_periods is 'period_start: the first day of a month.';
comment on constraint budget_periods_tenant_key on app_public.budget_periods is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint budget_periods_budget_fkey on app_public.budget_periods is E'@fieldName budget\n@foreignFieldName periods';
--! EndIncluded budgets/budget_periods.sql
--! Included budgets/budget_alerts.sql
select app_hidden.protect('app_public.budget_alerts', 'organization_id');

grant select on app_public.budget_alerts to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, budget_id, period_start, limit_version, threshold, monthly_limit, spent, announced)
  on app_public.budget_alerts to rowgate_writer;

create policy select_permitted on app_public.budget_alerts for select
  to rowgate_user
  using (organization_id = any ((select app_hidden.organizations_permitting('budget:read_all'))::uuid[]));
create policy select_tenant on app_public.budget_alerts for select to rowgate_job using (true);
create policy select_reader on app_public.budget_alerts for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_alerts for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_alerts for insert to rowgate_writer with check (true);
-- no update, no delete: what was crossed was crossed

comment on table app_public.budget_alerts is
  'A threshold that was crossed: exactly one row per budget, month, version of the limit and threshold, written in the transaction that crossed it.';
comment on column app_public.budget_alerts.id is 'The alert''s id.';
comment on column app_public.budget_alerts.organization_id is 'The organization.';
comment on column app_public.budget_alerts.budget_id is 'The budget.';
comment on column app_public.budget_alerts.period_start is 'The first day of the month (UTC).';
comment on column app_public.budget_alerts.limit_version is 'The version of the limit that was in force.';
comment on column app_public.budget_alerts.threshold is 'The threshold, in percent of the limit.';
comment on column app_public.budget_alerts.monthly_limit is 'The limit that was in force.';
comment on column app_public.budget_alerts.spent is 'What was spent right after crossing.';
comment on column app_public.budget_alerts.announced is
  'Whether e-mails were queued; false where a raised limit left a threshold crossed that had been announced before.';
comment on column app_public.budget_alerts.created_at is E'@behavior orderBy\nWhen it was crossed.';
comment on constraint budget_alerts_once on app_public.budget_alerts is E'@behavior -*\nOne alert for each crossing.';
comment on constraint budget_alerts_period_fkey on app_public.budget_alerts is E'@fieldName period\n@foreignFieldName alerts';
--! EndIncluded budgets/budget_alerts.sql
--! Included prices/model_prices.sql
select app_hidden.protect('app_public.model_prices');

-- The same for every organization: whoever holds price:read in one that is active reads all of it.
grant select on app_public.model_prices to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
grant
  insert (service, model, unit, from_tokens_in, price, currency, effective_from),
  update (effective_to),
  delete
  on app_public.model_prices to rowgate_writer;

create policy select_permitted on app_public.model_prices for select
  to rowgate_user, rowgate_key
  using (
    (select app_hidden.organizations_permitting('price:read'))::uuid[] && (select app_hidden.tenant_organizations())::uuid[]
  );
create policy select_reader on app_public.model_prices for select to rowgate_reader using (true);
create policy select_writer on app_public.model_prices for select to rowgate_writer using (true);
create policy insert_writer on app_public.model_prices for insert to rowgate_writer with check (true);
create policy update_writer on app_public.model_prices for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.model_prices for delete to rowgate_writer using (true);
-- no visitor writes prices: set_list_prices and import_list_prices do, which only the platform may call

comment on table app_public.model_prices is
  'What a unit of a model costs, for every organization that has no own price. One row per unit, tier and period; periods of the same one never overlap.';
comment on column app_public.model_prices.id is 'The price''s id.';
comment on column app_public.model_prices.service is E'@behavior orderBy filterBy\nThe service, such as openai; as in a usage record.';
comment on column app_public.model_prices.model is E'@behavior orderBy filterBy\nThe model, such as gpt-5; other names of it stand in modelAliases.';
comment on column app_public.model_prices.unit is
  'What it is the price of: input_token, cached_input_token, output_token or request.';
comment on column app_public.model_prices.from_tokens_in is
  'The price holds for requests with at least so many input tokens; 0: for all that no higher tier is for.';
comment on column app_public.model_prices.price is 'The price of one unit; exact decimal, at most 18 decimals.';
comment on column app_public.model_prices.currency is 'ISO 4217 code of the currency.';
comment on column app_public.model_prices.effective_from is 'From when on (inclusive).';
comment on column app_public.model_prices.effective_to is 'Until when (exclusive); null: until further notice.';
comment on column app_public.model_prices.created_at is 'When it was entered.';
comment on constraint model_prices_service_length on app_public.model_prices is 'service: 1 to 200 visible characters.';
comment on constraint model_prices_model_length on app_public.model_prices is 'model: 1 to 200 visible characters.';
comment on constraint model_prices_unit_known on app_public.model_prices is
  'unit: input_token, cached_input_token, output_token or request.';
comment on constraint model_prices_from_tokens_in_range on app_public.model_prices is 'from_tokens_in: at least 0.';
comment on constraint model_prices_price_range on app_public.model_prices is
  'price: at least 0 and below 1,000,000,000,000, with at most 18 decimals.';
comment on constraint model_prices_currency_form on app_public.model_prices is 'currency: three capital letters, as in USD.';
comment on constraint model_prices_effective_from_finite on app_public.model_prices is 'effective_from: a moment.';
comment on constraint model_prices_effective_to_later on app_public.model_prices is 'effective_to: a moment after effective_from.';
comment on constraint model_prices_one_at_a_time on app_public.model_prices is
  'effective_from: a time without another price of the same model and unit.';
--! EndIncluded prices/model_prices.sql
--! Included prices/organization_model_prices.sql
select app_hidden.protect('app_public.organization_model_prices', 'organization_id');

grant select on app_public.organization_model_prices to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
grant
  insert (organization_id, service, model, unit, price, currency, effective_from),
  update (effective_to),
  delete
  on app_public.organization_model_prices to rowgate_writer;

create policy select_permitted on app_public.organization_model_prices for select
  to rowgate_user, rowgate_key
  using (organization_id = any ((select app_hidden.organizations_permitting('price:read'))::uuid[]));
create policy select_reader on app_public.organization_model_prices for select to rowgate_reader using (true);
create policy select_writer on app_public.organization_model_prices for select to rowgate_writer using (true);
create policy insert_writer on app_public.organization_model_prices for insert to rowgate_writer with check (true);
create policy update_writer on app_public.organization_model_prices for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.organization_model_prices for delete to rowgate_writer using (true);
-- no visitor writes money: set_model_price and reset_model_price do

comment on table app_public.organization_model_prices is
  'An organization''s own prices of a model. While it has any, they stand in the place of all list prices of that model.';
comment on column app_public.organization_model_prices.id is 'The price''s id.';
comment on column app_public.organization_model_prices.organization_id is 'The organization.';
comment on column app_public.organization_model_prices.service is E'@behavior orderBy filterBy\nThe service, such as openai; as in a usage record.';
comment on column app_public.organization_model_prices.model is E'@behavior orderBy filterBy\nThe model, such as gpt-5.';
comment on column app_public.organization_model_prices.unit is
  'What it is the price of: input_token, cached_input_token, output_token or request.';
comment on column app_public.organization_model_prices.price is 'The price of one unit; exact decimal, at most 18 decimals.';
comment on column app_public.organization_model_prices.currency is 'ISO 4217 code of the currency.';
comment on column app_public.organization_model_prices.effective_from is 'From when on (inclusive).';
comment on column app_public.organization_model_prices.effective_to is 'Until when (exclusive); null: until further notice.';
comment on column app_public.organization_model_prices.created_at is 'When it was entered.';
comment on constraint organization_model_prices_service_length on app_public.organization_model_prices is
  'service: 1 to 200 visible characters.';
comment on constraint organization_model_prices_model_length on app_public.organization_model_prices is
  'model: 1 to 200 visible characters.';
comment on constraint organization_model_prices_unit_known on app_public.organization_model_prices is
  'unit: input_token, cached_input_token, output_token or request.';
comment on constraint organization_model_prices_price_range on app_public.organization_model_prices is
  'price: at least 0 and below 1,000,000,000,000, with at most 18 decimals.';
comment on constraint organization_model_prices_currency_form on app_public.organization_model_prices is
  'currency: three capital letters, as in USD.';
comment on constraint organization_model_prices_effective_from_finite on app_public.organization_model_prices is
  'effective_from: a moment.';
comment on constraint organization_model_prices_effective_to_later on app_public.organization_model_prices is
  'effective_to: a moment after effective_from.';
comment on constraint organization_model_prices_one_at_a_time on app_public.organization_model_prices is
  'effective_from: a time without another price of the same model and unit.';
--! EndIncluded prices/organization_model_prices.sql
--! Included prices/model_aliases.sql
select app_hidden.protect('app_public.model_aliases');

grant select on app_public.model_aliases to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
grant insert (service, alias, model), update (model), delete on app_public.model_aliases to rowgate_writer;

create policy select_permitted on app_public.model_aliases for select
  to rowgate_user, rowgate_key
  using (
    (select app_hidden.organizations_permitting('price:read'))::uuid[] && (select app_hidden.tenant_organizations())::uuid[]
  );
create policy select_reader on app_public.model_aliases for select to rowgate_reader using (true);
create policy select_writer on app_public.model_aliases for select to rowgate_writer using (true);
create policy insert_writer on app_public.model_aliases for insert to rowgate_writer with check (true);
create policy update_writer on app_public.model_aliases for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.model_aliases for delete to rowgate_writer using (true);
-- no visitor writes them: import_model_aliases does, which only the platform may call

comment on table app_public.model_aliases is
  'Other names of a model, as services give them (gpt-5-2025-08-07 is gpt-5). Names are compared whole: one that stands nowhere has no price.';
comment on column app_public.model_aliases.service is E'@behavior orderBy filterBy\nThe service.';
comment on column app_public.model_aliases.alias is E'@behavior orderBy filterBy\nThe other name.';
comment on column app_public.model_aliases.model is 'The name under which modelPrices has it.';
comment on constraint model_aliases_service_length on app_public.model_aliases is 'service: 1 to 200 visible characters.';
comment on constraint model_aliases_alias_length on app_public.model_aliases is 'alias: 1 to 200 visible characters.';
comment on constraint model_aliases_model_length on app_public.model_aliases is 'model: 1 to 200 visible characters.';
comment on constraint model_aliases_not_itself on app_public.model_aliases is 'model: another name than the alias.';
--! EndIncluded prices/model_aliases.sql
--! Included prices/exchange_rates.sql
select app_hidden.protect('app_public.exchange_rates');

grant select on app_public.exchange_rates to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
grant insert (from_currency, to_currency, rate, valid_from), update (valid_to), delete
  on app_public.exchange_rates to rowgate_writer;

create policy select_permitted on app_public.exchange_rates for select
  to rowgate_user, rowgate_key
  using (
    (select app_hidden.organizations_permitting('price:read'))::uuid[] && (select app_hidden.tenant_organizations())::uuid[]
  );
create policy select_reader on app_public.exchange_rates for select to rowgate_reader using (true);
create policy select_writer on app_public.exchange_rates for select to rowgate_writer using (true);
create policy insert_writer on app_public.exchange_rates for insert to rowgate_writer with check (true);
create policy update_writer on app_public.exchange_rates for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.exchange_rates for delete to rowgate_writer using (true);
-- no visitor writes rates: set_exchange_rate does, which only the platform may call

comment on table app_public.exchange_rates is
  'What an amount in one currency is in another. The rate that was used is kept with what it was used for, so that a later one changes nothing.';
comment on column app_public.exchange_rates.id is 'The rate''s id.';
comment on column app_public.exchange_rates.from_currency is E'@behavior orderBy filterBy\nISO 4217 code of the currency that is changed.';
comment on column app_public.exchange_rates.to_currency is E'@behavior orderBy filterBy\nISO 4217 code of the currency that it becomes.';
comment on column app_public.exchange_rates.rate is 'What one unit of the first is in the second; exact decimal, at most 18 decimals.';
comment on column app_public.exchange_rates.valid_from is 'From when on (inclusive).';
comment on column app_public.exchange_rates.valid_to is 'Until when (exclusive); null: until further notice.';
comment on column app_public.exchange_rates.created_at is 'When it was entered.';
comment on constraint exchange_rates_from_currency_form on app_public.exchange_rates is
  'from_currency: three capital letters, as in USD.';
comment on constraint exchange_rates_to_currency_form on app_public.exchange_rates is
  'to_currency: three capital letters, as in USD.';
comment on constraint exchange_rates_two_currencies on app_public.exchange_rates is
  'to_currency: another currency than from_currency.';
comment on constraint exchange_rates_rate_range on app_public.exchange_rates is
  'rate: above 0 and below 1,000,000,000,000, with at most 18 decimals.';
comment on constraint exchange_rates_valid_from_finite on app_public.exchange_rates is 'valid_from: a moment.';
comment on constraint exchange_rates_valid_to_later on app_public.exchange_rates is 'valid_to: a moment after valid_from.';
comment on constraint exchange_rates_one_at_a_time on app_public.exchange_rates is
  'valid_from: a time without another rate of the same two currencies.';
--! EndIncluded prices/exchange_rates.sql
--! Included api_keys/org_api_keys.sql
select app_hidden.protect('app_public.org_api_keys', 'organization_id');

grant select on app_public.org_api_keys to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant update (status) on app_public.org_api_keys to rowgate_user;
grant
  insert (organization_id, team_id, name, key_prefix, rate_limit, monthly_quota, scopes, created_by, expires_at),
  update (last_used_at)
  on app_public.org_api_keys to rowgate_writer;

-- The organization comes first and alone, for the index; what narrows within it follows.
create policy select_permitted on app_public.org_api_keys for select
  to rowgate_user
  using (
    organization_id = any ((select app_hidden.organizations_permitting('key:read'))::uuid[])
    and (
      organization_id = any ((select app_hidden.organizations_permitting('key:read_all'))::uuid[])
      or created_by = (select app_hidden.current_user_id())
      or team_id = any ((select app_hidden.reachable_teams())::uuid[])
    )
  );
create policy select_self on app_public.org_api_keys for select
  to rowgate_key
  using (id = (select app_hidden.current_key_id()));
create policy update_own_or_permitted on app_public.org_api_keys for update
  to rowgate_user
  using (
    organization_id = any ((select app_hidden.organizations_permitting('key:revoke_all'))::uuid[])
    or created_by = (select app_hidden.current_user_id())
  )
  with check (status = 'revoked');
create policy select_tenant on app_public.org_api_keys for select to rowgate_job using (true);
create policy select_reader on app_public.org_api_keys for select to rowgate_reader using (true);
create policy select_writer on app_public.org_api_keys for select to rowgate_writer using (true);
create policy insert_writer on app_public.org_api_keys for insert to rowgate_writer with check (true);
create policy update_writer on app_public.org_api_keys for update to rowgate_writer using (true) with check (true);
-- no delete: usage names its key forever

drop trigger if exists touch on app_public.org_api_keys;
create trigger touch before update of status on app_public.org_api_keys for each row execute function app_private.touch();

drop trigger if exists require_live_team on app_public.org_api_keys;
create trigger require_live_team after insert on app_public.org_api_keys
  for each row execute function app_private.require_live_team('team_id');

comment on table app_public.org_api_keys is 'API keys of an organization. The key itself is shown once, when it is created.';
comment on column app_public.org_api_keys.id is 'The key''s id.';
comment on column app_public.org_api_keys.organization_id is 'The organization that it acts for.';
comment on column app_public.org_api_keys.team_id is 'The team that its usage is booked on unless the call names another; may be null.';
comment on column app_public.org_api_keys.name is E'@behavior orderBy\nThe name to show, 1 to 200 characters.';
comment on column app_public.org_api_keys.key_prefix is 'The first characters of the key, to recognise it.';
comment on column app_public.org_api_keys.rate_limit is 'Requests per minute.';
comment on column app_public.org_api_keys.monthly_quota is 'Metered events per month.';
comment on column app_public.org_api_keys.scopes is
  'The permissions that it has: of those that a key can have, what its creator held when creating it.';
comment on column app_public.org_api_keys.status is E'@behavior filterBy\nactive or revoked; a revoked key is refused from the next request on.';
comment on column app_public.org_api_keys.last_used_at is E'@behavior orderBy\nWhen it last recorded usage, to the minute.';
comment on column app_public.org_api_keys.created_by is 'The member who created it.';
comment on column app_public.org_api_keys.expires_at is 'When it stops working; null: never.';
comment on column app_public.org_api_keys.created_at is E'@behavior orderBy\nWhen it was created.';
comment on column app_public.org_api_keys.updated_at is 'When its status was last changed.';
comment on constraint org_api_keys_name_length on app_public.org_api_keys is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint org_api_keys_rate_limit_range on app_public.org_api_keys is 'rate_limit: 1 to 1,000,000 requests per minute.';
comment on constraint org_api_keys_monthly_quota_range on app_public.org_api_keys is 'monthly_quota: at least 0.';
comment on constraint org_api_keys_status_known on app_public.org_api_keys is 'status: active or revoked.';
comment on constraint org_api_keys_expiry_later on app_public.org_api_keys is 'expires_at: later than now, and not infinity.';
comment on constraint org_api_keys_prefix_form on app_public.org_api_keys is 'key_prefix: the first 11 characters of a key.';
comment on constraint org_api_keys_tenant_key on app_public.org_api_keys is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint org_api_keys_team_fkey on app_public.org_api_keys is E'@fieldName team\n@foreignFieldName apiKeys';
--! EndIncluded api_keys/org_api_keys.sql
--! Included api_keys/org_api_key_secrets.sql
select app_hidden.protect('app_private.org_api_key_secrets');

grant select on app_private.org_api_key_secrets to rowgate_reader;
grant insert (organization_id, key_id, key_hash) on app_private.org_api_key_secrets to rowgate_writer;

create policy select_reader on app_private.org_api_key_secrets for select to rowgate_reader using (true);
create policy insert_writer on app_private.org_api_key_secrets for insert to rowgate_writer with check (true);
-- no update, no delete: a secret is replaced by a new key

comment on table app_private.org_api_key_secrets is 'SHA-256 of each API key. No visitor has a grant.';
--! EndIncluded api_keys/org_api_key_secrets.sql
--! Included usage/usage_records.sql
select app_hidden.protect('app_public.usage_records', 'organization_id');

grant select on app_public.usage_records to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, team_id, user_id, api_key_id, service, model, tokens_in, tokens_out, cost, currency)
  on app_public.usage_records to rowgate_writer;

-- The organization comes first and alone, for the index; what narrows within it follows.
create policy select_permitted on app_public.usage_records for select
  to rowgate_user
  using (
    organization_id = any ((select app_hidden.organizations_permitting('usage:read'))::uuid[])
    and (
      organization_id = any ((select app_hidden.organizations_permitting('usage:read_all'))::uuid[])
      or user_id = (select app_hidden.current_user_id())
      or team_id = any ((select app_hidden.reachable_teams())::uuid[])
    )
  );
create policy select_own on app_public.usage_records for select
  to rowgate_key
  using (
    organization_id = any ((select app_hidden.organizations_permitting('usage:read'))::uuid[])
    and api_key_id = (select app_hidden.current_key_id())
  );
create policy select_tenant on app_public.usage_records for select to rowgate_job using (true);
create policy select_reader on app_public.usage_records for select to rowgate_reader using (true);
create policy select_writer on app_public.usage_records for select to rowgate_writer using (true);
create policy insert_writer on app_public.usage_records for insert to rowgate_writer with check (true);
-- no update, no delete: the books are append-only

comment on table app_public.usage_records is 'Every recorded use: who, through which key, what, and what it cost. Append-only.';
comment on column app_public.usage_records.id is 'The record''s id; ordered by time.';
comment on column app_public.usage_records.organization_id is 'The organization that pays.';
comment on column app_public.usage_records.team_id is 'The team that it is booked on, if any.';
comment on column app_public.usage_records.user_id is 'The person who used it, if known.';
comment on column app_public.usage_records.api_key_id is 'The API key that recorded it, if any.';
comment on column app_public.usage_records.service is E'@behavior filterBy\nThe service, such as openai.';
comment on column app_public.usage_records.model is E'@behavior filterBy\nThe model or the kind of use, such as gpt-5.';
comment on column app_public.usage_records.tokens_in is 'Tokens sent.';
comment on column app_public.usage_records.tokens_out is 'Tokens received.';
comment on column app_public.usage_records.cost is 'The cost in the given currency; exact decimal.';
comment on column app_public.usage_records.currency is 'ISO 4217 code of the currency.';
comment on column app_public.usage_records.occurred_at is E'@behavior orderBy\nWhen it happened.';
comment on column app_public.usage_records.created_at is 'When it was recorded.';
comment on constraint usage_records_service_length on app_public.usage_records is 'service: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint usage_records_model_length on app_public.usage_records is 'model: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint usage_records_tokens_in_range on app_public.usage_records is 'tokens_in: at least 0.';
comment on constraint usage_records_tokens_out_range on app_public.usage_records is 'tokens_out: at least 0.';
comment on constraint usage_records_cost_range on app_public.usage_records is 'cost: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';
comment on constraint usage_records_currency_form on app_public.usage_records is 'currency: three capital letters, as in USD.';
comment on constraint usage_records_tenant_key on app_public.usage_records is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint usage_records_team_fkey on app_public.usage_records is E'@fieldName team\n@foreignFieldName usageRecords';
comment on constraint usage_records_api_key_fkey on app_public.usage_records is E'@fieldName apiKey\n@foreignFieldName usageRecords';
--! EndIncluded usage/usage_records.sql
--! Included usage/idempotency_keys.sql
select app_hidden.protect('app_private.idempotency_keys');

grant select, insert (organization_id, key_hash, body_hash), update (usage_record_id) on app_private.idempotency_keys to rowgate_writer;

create policy select_writer on app_private.idempotency_keys for select to rowgate_writer using (true);
create policy insert_writer on app_private.idempotency_keys for insert to rowgate_writer with check (true);
create policy update_writer on app_private.idempotency_keys for update to rowgate_writer using (true) with check (true);
-- no delete: the same key is charged once, forever

comment on table app_private.idempotency_keys is
  'Which request was charged under which idempotency key of an organization; body_hash tells a repeated request from another one.';
--! EndIncluded usage/idempotency_keys.sql

--! Included session/choose_tenant.sql
-- A hint is a request, membership decides: an organization that does not exist and one that the caller is not in
-- get the same answer.
create or replace function app_hidden.choose_tenant(memberships uuid[], hints text[]) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  hint text;
  found_id uuid;
  chosen uuid;
begin
  foreach hint in array coalesce(hints, '{}') loop
    continue when coalesce(hint, '') = '';
    -- A slug can't look like a uuid (organizations_slug_form), so the form of the hint says which of the two it is.
    select organizations.id into found_id
    from app_public.organizations
    where organizations.id = any (memberships)
      and case
        when hint ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then organizations.id = hint::uuid
        else organizations.slug = lower(hint)
      end;
    if not found then
      perform app_hidden.refuse('TENANT_FORBIDDEN');
    end if;
    if chosen <> found_id then
      perform app_hidden.refuse('TENANT_HINTS_DISAGREE');
    end if;
    chosen := found_id;
  end loop;

  if chosen is null and cardinality(memberships) = 1 then
    chosen := memberships[1];
  end if;
  return chosen;
end;
$$;
revoke all on function app_hidden.choose_tenant(uuid[], text[]) from public;
grant execute on function app_hidden.choose_tenant(uuid[], text[]) to rowgate_reader, rowgate_writer;
comment on function app_hidden.choose_tenant(uuid[], text[]) is
  'The organization among memberships that all hints (id or slug) name, or the only one, or null.';
--! EndIncluded session/choose_tenant.sql
--! Included session/resolve_request.sql
-- Who is this, are they still alive, and for which tenant do they act? Runs in the transaction of the request itself,
-- so a revoked key, an ended session or a removed member is refused on its very next request, on every node.
-- Apart from set_config it is all that the API's login may execute; the login knows who a credential names
-- (it checked the signature or hashed the key), and everything else is read here.
create or replace function app_hidden.resolve_request(
  kind text,
  user_id uuid,
  session_id uuid,
  key_hash bytea,
  tenant_hints text[],
  request_id text
) returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant uuid;
  key record;
begin
  case resolve_request.kind
    when 'anonymous' then
      perform app_hidden.set_claims(request_id => resolve_request.request_id);

    when 'person' then
      if not exists (
        select from app_private.sessions
        where sessions.id = resolve_request.session_id
          and sessions.user_id = resolve_request.user_id
          and sessions.ended_at is null
          and sessions.expires_at > now()
      ) then
        perform app_hidden.refuse('SESSION_ENDED');
      end if;
      tenant := app_hidden.choose_tenant(
        array(
          select members.organization_id
          from app_public.members
            join app_public.organizations on organizations.id = members.organization_id
          where members.user_id = resolve_request.user_id and organizations.status <> 'deleted'
        ),
        resolve_request.tenant_hints);
      perform app_hidden.set_claims(
        user_id => resolve_request.user_id,
        session_id => resolve_request.session_id,
        organization_id => tenant,
        request_id => resolve_request.request_id);

    when 'key' then
      select org_api_keys.id, org_api_keys.organization_id into key
      from app_private.org_api_key_secrets as secrets
        join app_public.org_api_keys on org_api_keys.id = secrets.key_id
        join app_public.organizations on organizations.id = org_api_keys.organization_id
      where secrets.key_hash = resolve_request.key_hash
        and org_api_keys.status = 'active'
        and (org_api_keys.expires_at is null or org_api_keys.expires_at > now())
        and organizations.status <> 'deleted';
      if not found then
        perform app_hidden.refuse('API_KEY_INVALID');
      end if;
      tenant := app_hidden.choose_tenant(array[key.organization_id], resolve_request.tenant_hints);
      perform app_hidden.set_claims(
        key_id => key.id,
        organization_id => tenant,
        request_id => resolve_request.request_id);
  end case;
  return tenant;
end;
$$;
alter function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text) owner to rowgate_reader;
revoke all on function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text) from public;
grant execute on function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text) to rowgate_authenticator;
comment on function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text) is
  'Opens a request: checks that session or key is alive, chooses the tenant, sets the claims; answers the tenant. '
  'kind: anonymous, person or key. Raises SESSION_ENDED, API_KEY_INVALID, TENANT_FORBIDDEN, TENANT_HINTS_DISAGREE.';
--! EndIncluded session/resolve_request.sql
--! Included session/resolve_job.sql
-- The counterpart of resolve_request for the worker: a job acts inside one tenant, named by the job's own row,
-- which only app_hidden.enqueue can write.
create or replace function app_hidden.resolve_job(organization_id uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app_hidden.set_claims(organization_id => resolve_job.organization_id, job => true);
end;
$$;
alter function app_hidden.resolve_job(uuid) owner to rowgate_reader;
revoke all on function app_hidden.resolve_job(uuid) from public;
grant execute on function app_hidden.resolve_job(uuid) to rowgate_worker;
comment on function app_hidden.resolve_job(uuid) is 'Opens a job''s transaction for one organization; set role rowgate_job follows it.';
--! EndIncluded session/resolve_job.sql
--! Included session/register.sql
-- The server offers it as the mutation "register" and stretches the password on the way (see sign_in.sql).
-- It answers alike whether the address is free or taken, so it can't be used to ask who has an account: the owner of a
-- taken address is told by e-mail instead, at most once an hour.
create or replace function app_hidden.register(email text, name text, password_salt bytea, password_key bytea) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  new_id uuid;
begin
  insert into app_public.users (email, name)
  values (lower(trim(register.email)), trim(register.name))
  on conflict on constraint users_email_key do nothing
  returning id into new_id;

  if new_id is not null then
    insert into app_private.user_passwords (user_id, salt, verifier)
    values (new_id, register.password_salt, sha256(register.password_key));
    return;
  end if;

  update app_private.user_passwords as passwords
  set registration_notice_at = now()
  from app_public.users
  where users.email = lower(trim(register.email))
    and passwords.user_id = users.id
    and (registration_notice_at is null or registration_notice_at < now() - interval '1 hour')
  returning users.id into new_id;
  if found then
    perform app_hidden.enqueue(null, 'session/already_registered', jsonb_build_object('user_id', new_id), new_id::text);
  end if;
end;
$$;
alter function app_hidden.register(text, text, bytea, bytea) owner to rowgate_writer;
revoke all on function app_hidden.register(text, text, bytea, bytea) from public;
grant execute on function app_hidden.register(text, text, bytea, bytea) to rowgate_anonymous, rowgate_user;
comment on function app_hidden.register(text, text, bytea, bytea) is
  'Creates an account; answers alike for a taken address. Raises INVALID_INPUT for a malformed address or name.';
--! EndIncluded session/register.sql
--! Included session/registration_notice.sql
-- SECURITY DEFINER, because a job sees the members of its tenant and this one has none.
create or replace function app_hidden.registration_notice(user_id uuid) returns table (email text, name text)
language sql stable security definer
set search_path = ''
as $$
  select users.email, users.name from app_public.users where users.id = registration_notice.user_id;
$$;
alter function app_hidden.registration_notice(uuid) owner to rowgate_reader;
revoke all on function app_hidden.registration_notice(uuid) from public;
grant execute on function app_hidden.registration_notice(uuid) to rowgate_job;
comment on function app_hidden.registration_notice(uuid) is 'Whom to tell that somebody tried to register with their address.';
--! EndIncluded session/registration_notice.sql
--! Included session/sign_in.sql
-- Passwords are stretched outside the database (scrypt takes a core and 32 MB for a tenth of a second: in here it would
-- hold a connection of the pool). The stored verifier never leaves it: the server asks for the salt, stretches, and
-- hands in the result. What is stored is the SHA-256 of that result, so a copy of the table does not sign anybody in.
create or replace function app_hidden.password_salt(email text) returns bytea
language sql stable security definer
set search_path = ''
as $$
  select coalesce(
    (
      select passwords.salt
      from app_public.users
        join app_private.user_passwords as passwords on passwords.user_id = users.id
      where users.email = lower(trim(password_salt.email))
    ),
    -- Somebody unknown gets a salt too: the server then does the same work, and takes the same time, for both.
    pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
  );
$$;
alter function app_hidden.password_salt(text) owner to rowgate_reader;
revoke all on function app_hidden.password_salt(text) from public;
grant execute on function app_hidden.password_salt(text) to rowgate_anonymous;
comment on function app_hidden.password_salt(text) is 'The salt to stretch a password with; a random one for an unknown address.';

create or replace function app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text)
returns table (user_id uuid, session_id uuid, organization_id uuid)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  select users.id into sign_in.user_id
  from app_public.users
    join app_private.user_passwords as passwords on passwords.user_id = users.id
  where users.email = lower(trim(sign_in.email))
    and passwords.verifier = sha256(sign_in.password_key);
  -- No row is the answer to a wrong password and to an unknown address; an exception could not leave a trace later on.
  if not found then
    return;
  end if;

  if coalesce(sign_in.tenant, '') <> '' then
    sign_in.organization_id := app_hidden.choose_tenant(
      array(
        select members.organization_id
        from app_public.members
          join app_public.organizations on organizations.id = members.organization_id
        where members.user_id = sign_in.user_id and organizations.status <> 'deleted'
      ),
      array[sign_in.tenant]);
  end if;

  insert into app_private.sessions (user_id, organization_id, refresh_hash)
  values (sign_in.user_id, sign_in.organization_id, sign_in.refresh_hash)
  returning id into sign_in.session_id;
  return next;
end;
$$;
alter function app_hidden.sign_in(text, bytea, bytea, text) owner to rowgate_writer;
revoke all on function app_hidden.sign_in(text, bytea, bytea, text) from public;
grant execute on function app_hidden.sign_in(text, bytea, bytea, text) to rowgate_anonymous;
comment on function app_hidden.sign_in(text, bytea, bytea, text) is
  'Opens a session if the stretched password is right; answers no row otherwise. Raises TENANT_FORBIDDEN.';
--! EndIncluded session/sign_in.sql
--! Included session/refresh_session.sql
create or replace function app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea)
returns table (user_id uuid, session_id uuid, organization_id uuid)
language sql volatile security definer
set search_path = ''
as $$
  -- One conditional update: of two requests with the same refresh token exactly one gets the next.
  update app_private.sessions
  set refresh_hash = next_refresh_hash, refreshed_at = now()
  where sessions.refresh_hash = refresh_session.refresh_hash
    and sessions.ended_at is null
    and sessions.expires_at > now()
  returning sessions.user_id, sessions.id, sessions.organization_id;
$$;
alter function app_hidden.refresh_session(bytea, bytea) owner to rowgate_writer;
revoke all on function app_hidden.refresh_session(bytea, bytea) from public;
grant execute on function app_hidden.refresh_session(bytea, bytea) to rowgate_anonymous;
comment on function app_hidden.refresh_session(bytea, bytea) is
  'Exchanges a refresh token for the next one (rotation); answers no row for a used, unknown, expired or ended one.';
--! EndIncluded session/refresh_session.sql
--! Included session/sign_out.sql
create or replace function app_public.sign_out() returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_private.sessions
  set ended_at = now()
  where sessions.id = app_hidden.current_session_id() and sessions.ended_at is null;
  if not found then
    perform app_hidden.refuse('SESSION_ENDED');
  end if;
end;
$$;
alter function app_public.sign_out() owner to rowgate_writer;
revoke all on function app_public.sign_out() from public;
grant execute on function app_public.sign_out() to rowgate_user;
comment on function app_public.sign_out() is
  'Ends the session of the access token that calls it: the token and its refresh token are refused from the next request on. Raises SESSION_ENDED.';
--! EndIncluded session/sign_out.sql
--! Included session/me.sql
create or replace function app_public.me() returns app_public.users
language sql stable
set search_path = ''
as $$
  select * from app_public.users where users.id = app_hidden.current_user_id();
$$;
revoke all on function app_public.me() from public;
grant execute on function app_public.me() to rowgate_user;
comment on function app_public.me() is 'The signed-in person.';
--! EndIncluded session/me.sql

--! Included tenancy/create_organization.sql
create or replace function app_public.create_organization(
  name text,
  slug text,
  description text default null,
  logo_url text default null
) returns app_public.organizations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  organization app_public.organizations;
begin
  if app_hidden.current_user_id() is null then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  insert into app_public.organizations (name, slug, description, logo_url)
  values (trim(create_organization.name), lower(trim(create_organization.slug)),
    create_organization.description, create_organization.logo_url)
  returning * into organization;
  insert into app_public.members (organization_id, user_id, role)
  values (organization.id, app_hidden.current_user_id(), 'owner');
  return organization;
end;
$$;
alter function app_public.create_organization(text, text, text, text) owner to rowgate_writer;
revoke all on function app_public.create_organization(text, text, text, text) from public;
grant execute on function app_public.create_organization(text, text, text, text) to rowgate_user;
comment on function app_public.create_organization(text, text, text, text) is
  'Creates an organization whose owner is the caller. Raises ALREADY_EXISTS for a taken slug, INVALID_INPUT.';
--! EndIncluded tenancy/create_organization.sql
--! Included tenancy/update_organization.sql
create or replace function app_public.update_organization(
  name text default null,
  slug text default null,
  description text default null,
  logo_url text default null,
  settings jsonb default null
) returns app_public.organizations
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('organization:update');
  organization app_public.organizations;
begin
  update app_public.organizations
  set
    name = coalesce(trim(update_organization.name), organizations.name),
    slug = coalesce(lower(trim(update_organization.slug)), organizations.slug),
    -- An empty text clears, null keeps.
    description = nullif(coalesce(update_organization.description, organizations.description), ''),
    logo_url = nullif(coalesce(update_organization.logo_url, organizations.logo_url), ''),
    settings = coalesce(update_organization.settings, organizations.settings)
  where organizations.id = tenant
  returning * into organization;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return organization;
end;
$$;
revoke all on function app_public.update_organization(text, text, text, text, jsonb) from public;
grant execute on function app_public.update_organization(text, text, text, text, jsonb) to rowgate_user;
comment on function app_public.update_organization(text, text, text, text, jsonb) is
  'Changes the chosen organization. What is left out stays; an empty description or logoUrl clears it. Needs organization:update. Raises FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/update_organization.sql
--! Included tenancy/delete_organization.sql
-- SECURITY DEFINER, because no visitor may write the status column.
create or replace function app_public.delete_organization() returns app_public.organizations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('organization:delete');
  organization app_public.organizations;
begin
  update app_public.organizations set status = 'deleted'
  where organizations.id = tenant
  returning * into organization;
  return organization;
end;
$$;
alter function app_public.delete_organization() owner to rowgate_writer;
revoke all on function app_public.delete_organization() from public;
grant execute on function app_public.delete_organization() to rowgate_user;
comment on function app_public.delete_organization() is
  'Marks the chosen organization as deleted: from the next request on nobody sees it and its keys are refused. Needs organization:delete. Raises FORBIDDEN.';
--! EndIncluded tenancy/delete_organization.sql
--! Included tenancy/add_member.sql
-- SECURITY DEFINER, because the person to add is not visible to the caller yet. It answers nothing, whether the address
-- has an account or not, so that it can't be used to ask who has one.
create or replace function app_public.add_member(email text, role text default 'member') returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('member:create');
begin
  if add_member.role = 'owner' then
    perform app_hidden.require_permission('owner:manage');
  end if;
  if not coalesce(app_hidden.is_role(add_member.role), false) then
    perform app_hidden.refuse_value('members_role_known');
  end if;
  if not coalesce(app_hidden.is_email(lower(trim(add_member.email))), false) then
    perform app_hidden.refuse_value('users_email_form');
  end if;
  if exists (
    select from app_public.members join app_public.users on users.id = members.user_id
    where members.organization_id = tenant and users.email = lower(trim(add_member.email))
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'The person is a member already.'));
  end if;
  insert into app_public.members (organization_id, user_id, role, invited_by)
  select tenant, users.id, add_member.role, app_hidden.current_user_id()
  from app_public.users
  where users.email = lower(trim(add_member.email))
  on conflict on constraint members_user_once do nothing;
end;
$$;
alter function app_public.add_member(text, text) owner to rowgate_writer;
revoke all on function app_public.add_member(text, text) from public;
grant execute on function app_public.add_member(text, text) to rowgate_user;
comment on function app_public.add_member(text, text) is
  'Adds the person with this e-mail address to the chosen organization; answers alike when nobody has it. role: owner (needs owner:manage), admin, member or viewer. Needs member:create. Raises FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/add_member.sql
--! Included tenancy/change_member_role.sql
create or replace function app_public.change_member_role(user_id uuid, role text) returns app_public.members
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('member:update');
  member app_public.members;
begin
  select * into member from app_public.members
  where members.organization_id = tenant and members.user_id = change_member_role.user_id;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  if 'owner' in (member.role, change_member_role.role) then
    perform app_hidden.require_permission('owner:manage');
  end if;
  update app_public.members set role = change_member_role.role
  where members.id = member.id
  returning * into member;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return member;
end;
$$;
revoke all on function app_public.change_member_role(uuid, text) from public;
grant execute on function app_public.change_member_role(uuid, text) to rowgate_user;
comment on function app_public.change_member_role(uuid, text) is
  'Changes a member''s role; it counts from their next request on. Needs member:update, and owner:manage to make or change an owner. Raises FORBIDDEN, NOT_FOUND, LAST_OWNER, INVALID_INPUT.';
--! EndIncluded tenancy/change_member_role.sql
--! Included tenancy/remove_member.sql
create or replace function app_public.remove_member(user_id uuid) returns app_public.members
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
  member app_public.members;
begin
  -- Everybody may leave.
  if remove_member.user_id is distinct from app_hidden.current_user_id() then
    perform app_hidden.require_permission('member:delete');
  end if;
  select * into member from app_public.members
  where members.organization_id = tenant and members.user_id = remove_member.user_id;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  if member.role = 'owner' then
    perform app_hidden.require_permission('owner:manage');
  end if;
  delete from app_public.members where members.id = member.id;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return member;
end;
$$;
revoke all on function app_public.remove_member(uuid) from public;
grant execute on function app_public.remove_member(uuid) to rowgate_user;
comment on function app_public.remove_member(uuid) is
  'Removes a member, or yourself: they are refused from their next request on. Needs member:delete for others, and owner:manage to remove an owner. Raises FORBIDDEN, NOT_FOUND, LAST_OWNER.';
--! EndIncluded tenancy/remove_member.sql
--! Included tenancy/create_team.sql
create or replace function app_public.create_team(
  name text,
  parent_team_id uuid default null,
  description text default null
) returns app_public.teams
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('team:create');
  team app_public.teams;
begin
  insert into app_public.teams (organization_id, parent_team_id, name, description)
  values (tenant, create_team.parent_team_id, trim(create_team.name), create_team.description)
  returning * into team;
  return team;
end;
$$;
revoke all on function app_public.create_team(text, uuid, text) from public;
grant execute on function app_public.create_team(text, uuid, text) to rowgate_user;
comment on function app_public.create_team(text, uuid, text) is
  'Creates a team in the chosen organization, below another one if parentTeamId is given. Needs team:create. Raises FORBIDDEN, NOT_FOUND, TEAM_TOO_DEEP, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/create_team.sql
--! Included tenancy/update_team.sql
create or replace function app_public.update_team(team_id uuid, name text default null, description text default null)
returns app_public.teams
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('team:update');
  team app_public.teams;
begin
  update app_public.teams
  set
    name = coalesce(trim(update_team.name), teams.name),
    -- An empty text clears, null keeps.
    description = nullif(coalesce(update_team.description, teams.description), '')
  where teams.organization_id = tenant and teams.id = update_team.team_id
  returning * into team;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return team;
end;
$$;
revoke all on function app_public.update_team(uuid, text, text) from public;
grant execute on function app_public.update_team(uuid, text, text) to rowgate_user;
comment on function app_public.update_team(uuid, text, text) is
  'Renames or describes a team; what is left out stays. Needs team:update. Raises FORBIDDEN, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/update_team.sql
--! Included tenancy/move_team.sql
create or replace function app_public.move_team(team_id uuid, parent_team_id uuid default null) returns app_public.teams
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('team:update');
  team app_public.teams;
begin
  update app_public.teams set parent_team_id = move_team.parent_team_id
  where teams.organization_id = tenant and teams.id = move_team.team_id
  returning * into team;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return team;
end;
$$;
revoke all on function app_public.move_team(uuid, uuid) from public;
grant execute on function app_public.move_team(uuid, uuid) to rowgate_user;
comment on function app_public.move_team(uuid, uuid) is
  'Puts a team, with everything below it, below another one, or at the top. Needs team:update. Raises FORBIDDEN, NOT_FOUND, TEAM_CYCLE, TEAM_TOO_DEEP, ALREADY_EXISTS.';
--! EndIncluded tenancy/move_team.sql
--! Included tenancy/delete_team.sql
-- SECURITY DEFINER, because a visitor can't write a row that they then may not see.
create or replace function app_public.delete_team(team_id uuid, children text default 'refuse') returns app_public.teams
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('team:delete');
  team app_public.teams;
begin
  if delete_team.children is null or delete_team.children not in ('refuse', 'move_up') then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'children: refuse or move_up.'));
  end if;
  -- Whoever changes the tree waits here.
  perform from app_public.organizations where organizations.id = tenant for no key update;
  -- FOR UPDATE waits for whoever is putting a person into this team (their foreign key holds FOR KEY SHARE on it); whoever
  -- comes later waits for us and meets require_live_team.
  select * into team from app_public.teams
  where teams.organization_id = tenant and teams.id = delete_team.team_id and teams.deleted_at is null
  for update;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  if delete_team.children = 'move_up' then
    update app_public.teams set parent_team_id = team.parent_team_id
    where teams.organization_id = tenant and teams.parent_team_id = team.id and teams.deleted_at is null;
  elsif exists (
    select from app_public.teams
    where teams.organization_id = tenant and teams.parent_team_id = team.id and teams.deleted_at is null
  ) then
    perform app_hidden.refuse('TEAM_HAS_CHILDREN');
  end if;
  delete from app_public.team_members
  where team_members.organization_id = tenant and team_members.team_id = team.id;
  update app_public.teams set deleted_at = now()
  where teams.organization_id = tenant and teams.id = team.id
  returning * into team;
  return team;
end;
$$;
alter function app_public.delete_team(uuid, text) owner to rowgate_writer;
revoke all on function app_public.delete_team(uuid, text) from public;
grant execute on function app_public.delete_team(uuid, text) to rowgate_user;
comment on function app_public.delete_team(uuid, text) is
  'Deletes a team; usage recorded for it stays. children: what becomes of the teams below it, refuse (the default) or move_up. Needs team:delete. Raises FORBIDDEN, NOT_FOUND, TEAM_HAS_CHILDREN, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/delete_team.sql
--! Included tenancy/add_team_member.sql
create or replace function app_public.add_team_member(team_id uuid, user_id uuid, role text default 'member')
returns app_public.team_members
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_team_permission('team_member:update', add_team_member.team_id);
  team_member app_public.team_members;
begin
  if not exists (
    select from app_public.teams where teams.organization_id = tenant and teams.id = add_team_member.team_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'team_id: a team of the organization.'));
  end if;
  if not exists (
    select from app_public.members
    where members.organization_id = tenant and members.user_id = add_team_member.user_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  end if;
  insert into app_public.team_members (organization_id, team_id, user_id, role)
  values (tenant, add_team_member.team_id, add_team_member.user_id, add_team_member.role)
  -- Adding somebody again changes their role in the team.
  on conflict on constraint team_members_pkey do update set role = excluded.role
  returning * into team_member;
  return team_member;
end;
$$;
revoke all on function app_public.add_team_member(uuid, uuid, text) from public;
grant execute on function app_public.add_team_member(uuid, uuid, text) to rowgate_user;
comment on function app_public.add_team_member(uuid, uuid, text) is
  'Puts a member of the organization into a team as lead or member, or changes that role. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded tenancy/add_team_member.sql
--! Included tenancy/remove_team_member.sql
create or replace function app_public.remove_team_member(team_id uuid, user_id uuid) returns app_public.team_members
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_team_permission('team_member:update', remove_team_member.team_id);
  team_member app_public.team_members;
begin
  delete from app_public.team_members
  where team_members.organization_id = tenant
    and team_members.team_id = remove_team_member.team_id
    and team_members.user_id = remove_team_member.user_id
  returning * into team_member;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return team_member;
end;
$$;
revoke all on function app_public.remove_team_member(uuid, uuid) from public;
grant execute on function app_public.remove_team_member(uuid, uuid) to rowgate_user;
comment on function app_public.remove_team_member(uuid, uuid) is
  'Takes a person out of a team. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded tenancy/remove_team_member.sql

--! Included prices/price_usage.sql
-- On the way of every use that comes without a cost: two index probes, three for an organization with own prices.
-- No row means unpriced, and that is never zero: what was counted has to have a price.
create or replace function app_hidden.price_usage(
  organization_id uuid,
  service text,
  model text,
  at timestamptz,
  tokens_in bigint,
  tokens_out bigint,
  requests bigint,
  cached_tokens_in bigint default 0
) returns table (amount numeric, currency text)
language plpgsql stable strict rows 1
set search_path = ''
as $$
declare
  listed constant text := coalesce(
    (select aliases.model from app_public.model_aliases as aliases
      where aliases.service = price_usage.service and aliases.alias = price_usage.model),
    price_usage.model);
  per record;
  cached numeric := 0;
begin
  select
    max(prices.price) filter (where prices.unit = 'input_token') as token_in,
    max(prices.price) filter (where prices.unit = 'cached_input_token') as cached_token_in,
    max(prices.price) filter (where prices.unit = 'output_token') as token_out,
    max(prices.price) filter (where prices.unit = 'request') as request,
    min(prices.currency) as currency
  into per
  from app_public.organization_model_prices as prices
  where prices.organization_id = price_usage.organization_id
    and prices.service = price_usage.service and prices.model in (price_usage.model, listed)
    and prices.effective_from <= at and (prices.effective_to is null or prices.effective_to > at);

  if per.currency is null then
    select
      max(prices.price) filter (where prices.unit = 'input_token') as token_in,
      max(prices.price) filter (where prices.unit = 'cached_input_token') as cached_token_in,
      max(prices.price) filter (where prices.unit = 'output_token') as token_out,
      max(prices.price) filter (where prices.unit = 'request') as request,
      min(prices.currency) as currency
    into per
    from (
      -- Of the tiers of a unit the highest that is reached.
      select distinct on (model_prices.unit) model_prices.unit, model_prices.price, model_prices.currency
      from app_public.model_prices
      where model_prices.service = price_usage.service and model_prices.model = listed
        and model_prices.effective_from <= at and (model_prices.effective_to is null or model_prices.effective_to > at)
        and model_prices.from_tokens_in <= tokens_in
      order by model_prices.unit, model_prices.from_tokens_in desc
    ) as prices;
  end if;

  if per.currency is null
    or (per.token_in is null and tokens_in <> 0)
    or (per.token_out is null and tokens_out <> 0)
    or (per.request is null and tokens_in = 0 and tokens_out = 0)
  then
    return;
  end if;
  if per.cached_token_in is not null then
    cached := least(cached_tokens_in, tokens_in);
  end if;
  amount := trim_scale(round(
    coalesce(per.token_in * (tokens_in - cached), 0) + coalesce(per.cached_token_in * cached, 0)
    + coalesce(per.token_out * tokens_out, 0) + coalesce(per.request * requests, 0), 12));
  currency := per.currency;
  return next;
end;
$$;
revoke all on function app_hidden.price_usage(uuid, text, text, timestamptz, bigint, bigint, bigint, bigint) from public;
grant execute on function app_hidden.price_usage(uuid, text, text, timestamptz, bigint, bigint, bigint, bigint)
  to rowgate_reader, rowgate_writer;
comment on function app_hidden.price_usage(uuid, text, text, timestamptz, bigint, bigint, bigint, bigint) is
  'What a use costs by the prices in force at that moment, rounded to 12 decimals; no row when any part of it has no price. tokens_in includes the cached ones, which are charged as others where they have no price of their own. The organization''s own prices stand in the place of all list prices of that model.';
--! EndIncluded prices/price_usage.sql
--! Included prices/listed_rate.sql
create or replace function app_hidden.listed_rate(from_currency text, to_currency text, at timestamptz) returns numeric
language plpgsql stable strict
set search_path = ''
as $$
declare
  found numeric;
begin
  if from_currency = to_currency then
    return 1;
  end if;
  select rates.rate into found
  from app_public.exchange_rates as rates
  where rates.from_currency = listed_rate.from_currency and rates.to_currency = listed_rate.to_currency
    and rates.valid_from <= at and (rates.valid_to is null or rates.valid_to > at);
  if found is not null then
    return found;
  end if;
  select rates.rate into found
  from app_public.exchange_rates as rates
  where rates.from_currency = listed_rate.to_currency and rates.to_currency = listed_rate.from_currency
    and rates.valid_from <= at and (rates.valid_to is null or rates.valid_to > at);
  -- So many decimals that the product of two is still exact to the eighteenth.
  return 1.000000000000000000000000000000000000 / found;
end;
$$;
revoke all on function app_hidden.listed_rate(text, text, timestamptz) from public;
grant execute on function app_hidden.listed_rate(text, text, timestamptz) to rowgate_reader, rowgate_writer;
comment on function app_hidden.listed_rate(text, text, timestamptz) is
  'The rate that is listed for two currencies at a moment, or the inverse of the one that is listed the other way round; null if neither is.';
--! EndIncluded prices/listed_rate.sql
--! Included prices/exchange_rate.sql
create or replace function app_hidden.exchange_rate(from_currency text, to_currency text, at timestamptz) returns numeric
language plpgsql stable strict
set search_path = ''
as $$
declare
  base text;
  rate numeric := app_hidden.listed_rate(from_currency, to_currency, at);
begin
  -- Lists of rates have one of these on one side.
  foreach base in array array['USD', 'EUR'] loop
    exit when rate is not null;
    rate := app_hidden.listed_rate(from_currency, base, at) * app_hidden.listed_rate(base, to_currency, at);
  end loop;
  return trim_scale(round(rate, 18));
end;
$$;
revoke all on function app_hidden.exchange_rate(text, text, timestamptz) from public;
grant execute on function app_hidden.exchange_rate(text, text, timestamptz) to rowgate_reader, rowgate_writer;
comment on function app_hidden.exchange_rate(text, text, timestamptz) is
  'What one unit of a currency was in another at a moment: as listed, as the inverse of what is listed, or by way of USD, then EUR; at most 18 decimals. Null when no rate is known.';
--! EndIncluded prices/exchange_rate.sql
--! Included prices/end_model_prices.sql
create or replace function app_hidden.end_model_prices(
  organization_id uuid, service text, model text, effective_from timestamptz
) returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  ended bigint;
  replaced bigint;
begin
  if not isfinite(end_model_prices.effective_from) then
    perform app_hidden.refuse_value('organization_model_prices_effective_from_finite');
  end if;
  -- One change at a time.
  perform from app_public.organizations where organizations.id = end_model_prices.organization_id for no key update;
  delete from app_public.organization_model_prices as prices
  where prices.organization_id = end_model_prices.organization_id
    and prices.service = end_model_prices.service and prices.model = end_model_prices.model
    and prices.effective_from >= end_model_prices.effective_from;
  get diagnostics replaced = row_count;
  update app_public.organization_model_prices as prices
  set effective_to = end_model_prices.effective_from
  where prices.organization_id = end_model_prices.organization_id
    and prices.service = end_model_prices.service and prices.model = end_model_prices.model
    and (prices.effective_to is null or prices.effective_to > end_model_prices.effective_from);
  get diagnostics ended = row_count;
  return replaced + ended;
end;
$$;
revoke all on function app_hidden.end_model_prices(uuid, text, text, timestamptz) from public;
grant execute on function app_hidden.end_model_prices(uuid, text, text, timestamptz) to rowgate_writer;
comment on function app_hidden.end_model_prices(uuid, text, text, timestamptz) is
  'Ends an organization''s own prices of a model at a moment, and removes those that were to begin then or later. Answers how many. Raises INVALID_INPUT.';
--! EndIncluded prices/end_model_prices.sql
--! Included prices/set_model_price.sql
-- SECURITY DEFINER, because no visitor may write prices.
create or replace function app_public.set_model_price(
  service text,
  model text,
  currency text,
  input_token numeric default null,
  output_token numeric default null,
  cached_input_token numeric default null,
  request numeric default null,
  effective_from timestamptz default null
) returns setof app_public.organization_model_prices
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('price:update');
  since constant timestamptz := coalesce(set_model_price.effective_from, now());
begin
  if num_nonnulls(input_token, output_token, cached_input_token, request) = 0 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'input_token: at least one price is needed.'));
  end if;
  perform app_hidden.end_model_prices(tenant, service, model, since);
  return query
    insert into app_public.organization_model_prices
      (organization_id, service, model, unit, price, currency, effective_from)
    select tenant, set_model_price.service, set_model_price.model, units.unit, trim_scale(units.price),
      set_model_price.currency, since
    from (values
      ('input_token', input_token), ('output_token', output_token),
      ('cached_input_token', cached_input_token), ('request', request)
    ) as units (unit, price)
    where units.price is not null
    returning *;
end;
$$;
alter function app_public.set_model_price(text, text, text, numeric, numeric, numeric, numeric, timestamptz) owner to rowgate_writer;
revoke all on function app_public.set_model_price(text, text, text, numeric, numeric, numeric, numeric, timestamptz) from public;
grant execute on function app_public.set_model_price(text, text, text, numeric, numeric, numeric, numeric, timestamptz)
  to rowgate_user;
comment on function app_public.set_model_price(text, text, text, numeric, numeric, numeric, numeric, timestamptz) is
  'Sets the organization''s own prices of a model, from a moment on (default: now), in the place of all that were to hold from then on and of all list prices. A unit that is left out has no price: using it is unpriced. What was charged before stays. Needs price:update. Raises FORBIDDEN, INVALID_INPUT.';
--! EndIncluded prices/set_model_price.sql
--! Included prices/reset_model_price.sql
-- SECURITY DEFINER, because no visitor may write prices.
create or replace function app_public.reset_model_price(
  service text,
  model text,
  effective_from timestamptz default null
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('price:update');
begin
  if app_hidden.end_model_prices(tenant, service, model, coalesce(reset_model_price.effective_from, now())) = 0 then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
end;
$$;
alter function app_public.reset_model_price(text, text, timestamptz) owner to rowgate_writer;
revoke all on function app_public.reset_model_price(text, text, timestamptz) from public;
grant execute on function app_public.reset_model_price(text, text, timestamptz) to rowgate_user;
comment on function app_public.reset_model_price(text, text, timestamptz) is
  'Ends the organization''s own prices of a model, from a moment on (default: now): list prices hold again. Needs price:update. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded prices/reset_model_price.sql
--! Included prices/set_list_prices.sql
-- SECURITY DEFINER, so that a database administrator can call it after "set role rowgate_owner", without a policy of their
-- own. Not granted to anybody else.
create or replace function app_hidden.set_list_prices(
  service text, model text, currency text, prices jsonb, effective_from timestamptz default now()
) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  -- As they are stored, so that equal ones are known to be equal.
  wanted constant jsonb := (
    select jsonb_agg(jsonb_build_array(units.unit, coalesce(units.from_tokens_in, 0), trim_scale(units.price), set_list_prices.currency)
      order by units.unit, coalesce(units.from_tokens_in, 0))
    from jsonb_to_recordset(set_list_prices.prices) as units (unit text, from_tokens_in bigint, price numeric)
  );
begin
  if wanted = (
    select jsonb_agg(jsonb_build_array(listed.unit, listed.from_tokens_in, listed.price, listed.currency)
      order by listed.unit, listed.from_tokens_in)
    from app_public.model_prices as listed
    where listed.service = set_list_prices.service and listed.model = set_list_prices.model
      and listed.effective_from <= set_list_prices.effective_from and listed.effective_to is null
  ) then
    return false;
  end if;
  delete from app_public.model_prices as listed
  where listed.service = set_list_prices.service and listed.model = set_list_prices.model
    and listed.effective_from >= set_list_prices.effective_from;
  update app_public.model_prices as listed
  set effective_to = set_list_prices.effective_from
  where listed.service = set_list_prices.service and listed.model = set_list_prices.model
    and (listed.effective_to is null or listed.effective_to > set_list_prices.effective_from);
  insert into app_public.model_prices (service, model, unit, from_tokens_in, price, currency, effective_from)
  select set_list_prices.service, set_list_prices.model, units.unit, coalesce(units.from_tokens_in, 0),
    trim_scale(units.price), set_list_prices.currency, set_list_prices.effective_from
  from jsonb_to_recordset(set_list_prices.prices) as units (unit text, from_tokens_in bigint, price numeric);
  return true;
end;
$$;
alter function app_hidden.set_list_prices(text, text, text, jsonb, timestamptz) owner to rowgate_writer;
revoke all on function app_hidden.set_list_prices(text, text, text, jsonb, timestamptz) from public;
comment on function app_hidden.set_list_prices(text, text, text, jsonb, timestamptz) is
  'For the platform: sets all list prices of a model from a moment on, and ends those before. Prices: [{"unit": "input_token", "price": "0.00000125"}, …], with "from_tokens_in" for a tier; strings, so that nothing rounds them. Answers false when they hold already.';
--! EndIncluded prices/set_list_prices.sql
--! Included prices/import_list_prices.sql
-- A list that is published says what holds, and only sometimes since when. Known prices are therefore changed as of now,
-- and never in the past.
create or replace function app_hidden.import_list_prices(list jsonb)
returns table (models bigint, changed bigint)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  entry record;
  newest timestamptz;
begin
  models := 0;
  changed := 0;
  for entry in
    select listed.service, listed.model, listed.currency, listed.effective_from, listed.prices,
      lead(listed.model) over model is null as last
    from jsonb_to_recordset(list)
      as listed (service text, model text, currency text, effective_from timestamptz, prices jsonb)
    window model as (partition by listed.service, listed.model order by listed.effective_from nulls first)
    order by listed.service, listed.model, listed.effective_from nulls first
  loop
    select max(known.effective_from) into newest
    from app_public.model_prices as known
    where known.service = entry.service and known.model = entry.model;

    if newest is null or entry.effective_from > newest then
      -- Older than any use there is.
      entry.effective_from := coalesce(entry.effective_from, '2000-01-01T00:00:00Z');
    elsif entry.last then
      entry.effective_from := greatest(newest, now());
    else
      continue;
    end if;
    models := models + 1;
    if app_hidden.set_list_prices(entry.service, entry.model, entry.currency, entry.prices, entry.effective_from) then
      changed := changed + 1;
    end if;
  end loop;
  return next;
end;
$$;
alter function app_hidden.import_list_prices(jsonb) owner to rowgate_writer;
revoke all on function app_hidden.import_list_prices(jsonb) from public;
comment on function app_hidden.import_list_prices(jsonb) is
  'For the platform: brings list prices to what a published list says, [{"service", "model", "currency", "effective_from", "prices"}, …] with prices as in set_list_prices. A model that the list does not have keeps its prices. Answers how many price lists were looked at, and how many were new.';
--! EndIncluded prices/import_list_prices.sql
--! Included prices/import_model_aliases.sql
create or replace function app_hidden.import_model_aliases(list jsonb) returns bigint
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  aliases bigint;
begin
  insert into app_public.model_aliases (service, alias, model)
  select listed.service, listed.alias, listed.model
  from jsonb_to_recordset(list) as listed (service text, alias text, model text)
  on conflict (service, alias) do update set model = excluded.model where model_aliases.model <> excluded.model;
  get diagnostics aliases = row_count;
  return aliases;
end;
$$;
alter function app_hidden.import_model_aliases(jsonb) owner to rowgate_writer;
revoke all on function app_hidden.import_model_aliases(jsonb) from public;
comment on function app_hidden.import_model_aliases(jsonb) is
  'For the platform: adds other names of models, [{"service", "alias", "model"}, …], and changes what known ones stand for. Answers how many that were.';
--! EndIncluded prices/import_model_aliases.sql
--! Included prices/set_exchange_rate.sql
-- SECURITY DEFINER for the same reason as set_list_prices.
create or replace function app_hidden.set_exchange_rate(
  from_currency text, to_currency text, rate numeric, valid_from timestamptz default now()
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  delete from app_public.exchange_rates as rates
  where rates.from_currency = set_exchange_rate.from_currency and rates.to_currency = set_exchange_rate.to_currency
    and rates.valid_from >= set_exchange_rate.valid_from;
  update app_public.exchange_rates as rates
  set valid_to = set_exchange_rate.valid_from
  where rates.from_currency = set_exchange_rate.from_currency and rates.to_currency = set_exchange_rate.to_currency
    and (rates.valid_to is null or rates.valid_to > set_exchange_rate.valid_from);
  insert into app_public.exchange_rates (from_currency, to_currency, rate, valid_from)
  values (set_exchange_rate.from_currency, set_exchange_rate.to_currency, trim_scale(set_exchange_rate.rate),
    set_exchange_rate.valid_from);
end;
$$;
alter function app_hidden.set_exchange_rate(text, text, numeric, timestamptz) owner to rowgate_writer;
revoke all on function app_hidden.set_exchange_rate(text, text, numeric, timestamptz) from public;
comment on function app_hidden.set_exchange_rate(text, text, numeric, timestamptz) is
  'For the platform: sets the rate of two currencies from a moment on, and ends the one before. Later ones that were to follow are removed.';
--! EndIncluded prices/set_exchange_rate.sql

--! Included budgets/current_month.sql
-- The one place that says what a budget's month is.
create or replace function app_hidden.current_month() returns date
language sql stable parallel safe
set search_path = ''
as $$
  select pg_catalog.date_trunc('month', now() at time zone 'UTC')::date;
$$;
revoke all on function app_hidden.current_month() from public;
grant execute on function app_hidden.current_month() to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.current_month() is 'The first day of the current month, UTC.';
--! EndIncluded budgets/current_month.sql
--! Included budgets/open_period.sql
-- The caller holds at least a share lock on the budget, so nobody changes what the month is opened with.
create or replace function app_hidden.open_period(budget app_public.budgets, spent numeric default 0)
returns app_public.budget_periods
language sql volatile
set search_path = ''
as $$
  insert into app_public.budget_periods
    (organization_id, budget_id, period_start, spent, monthly_limit, alert_threshold, currency, blocking, limit_version)
  values (budget.organization_id, budget.id, app_hidden.current_month(), spent, budget.monthly_limit,
    budget.alert_threshold, budget.currency, budget.status = 'active', budget.limit_version)
  -- Without a target: either of the table's keys may be the one that somebody else's row meets.
  on conflict do nothing
  returning *;
$$;
revoke all on function app_hidden.open_period(app_public.budgets, numeric) from public;
grant execute on function app_hidden.open_period(app_public.budgets, numeric) to rowgate_writer;
comment on function app_hidden.open_period(app_public.budgets, numeric) is
  'Makes sure that the current month has its counter, and answers it if it is new.';
--! EndIncluded budgets/open_period.sql
--! Included budgets/month_cost.sql
create or replace function app_hidden.month_cost(organization_id uuid, currency text) returns numeric
language sql stable
set search_path = ''
as $$
  select coalesce(sum(usage_records.cost), 0)
  from app_public.usage_records
  where usage_records.organization_id = month_cost.organization_id
    and usage_records.currency = month_cost.currency
    and usage_records.occurred_at >= app_hidden.current_month() at time zone 'UTC'
    and usage_records.occurred_at < (app_hidden.current_month() + interval '1 month') at time zone 'UTC';
$$;
revoke all on function app_hidden.month_cost(uuid, text) from public;
grant execute on function app_hidden.month_cost(uuid, text) to rowgate_writer;
comment on function app_hidden.month_cost(uuid, text) is 'What the organization''s records of the current month (UTC) cost in a currency.';
--! EndIncluded budgets/month_cost.sql
--! Included budgets/announce_crossing.sql
-- Called with the month's row locked, by whatever moved spend or limit. The unique row makes it fire exactly once,
-- and the jobs are queued in the same transaction: a rolled back crossing announces nothing.
create or replace function app_hidden.announce_crossing(period app_public.budget_periods, announce boolean default true) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  alert_id uuid;
begin
  -- A limit of zero is crossed by the first cost above zero, not by nothing.
  if period.spent = 0 or not period.blocking or period.spent * 100 < period.monthly_limit * period.alert_threshold then
    return;
  end if;
  insert into app_public.budget_alerts
    (organization_id, budget_id, period_start, limit_version, threshold, monthly_limit, spent, announced)
  values (period.organization_id, period.budget_id, period.period_start, period.limit_version, period.alert_threshold,
    period.monthly_limit, period.spent, announce)
  on conflict on constraint budget_alerts_once do nothing
  returning id into alert_id;
  if alert_id is null or not announce then
    return;
  end if;
  -- One job a recipient, so that a retry repeats nothing to the others.
  perform app_hidden.enqueue(
    period.organization_id, 'budgets/alert',
    jsonb_build_object('alert_id', alert_id, 'user_id', members.user_id),
    alert_id || ':' || members.user_id)
  from app_public.members
  where members.organization_id = period.organization_id and members.role in ('owner', 'admin');
end;
$$;
revoke all on function app_hidden.announce_crossing(app_public.budget_periods, boolean) from public;
grant execute on function app_hidden.announce_crossing(app_public.budget_periods, boolean) to rowgate_writer;
comment on function app_hidden.announce_crossing(app_public.budget_periods, boolean) is
  'If the month stands at or above its alert threshold: writes the alert once and queues its e-mails to owners and admins.';
--! EndIncluded budgets/announce_crossing.sql
--! Included budgets/charge_budget.sql
-- The decision: one conditional update of one row. PostgreSQL re-evaluates the condition on the row as it is when its
-- lock is granted, so concurrent charges add up exactly: none goes above the limit, and none that fits is refused.
create or replace function app_hidden.charge_budget(organization_id uuid, cost numeric, currency text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  budget app_public.budgets;
  period app_public.budget_periods;
begin
  loop
    update app_public.budget_periods
    set spent = budget_periods.spent + charge_budget.cost
    where budget_periods.organization_id = charge_budget.organization_id
      and budget_periods.period_start = app_hidden.current_month()
      and budget_periods.currency = charge_budget.currency
      and (not budget_periods.blocking or budget_periods.spent + charge_budget.cost <= budget_periods.monthly_limit)
    returning * into period;
    if found then
      perform app_hidden.announce_crossing(period);
      return;
    end if;

    select * into period from app_public.budget_periods
    where budget_periods.organization_id = charge_budget.organization_id
      and budget_periods.period_start = app_hidden.current_month()
    for no key update;
    if found then
      -- Between the two statements the limit may have been raised: a cost that fits is never refused.
      continue when period.currency = charge_budget.currency
        and (not period.blocking or period.spent + charge_budget.cost <= period.monthly_limit);
      exit;
    end if;

    -- Held until commit, so that set_budget can't change what the month is opened with.
    select * into budget from app_public.budgets
    where budgets.organization_id = charge_budget.organization_id
    for share;
    if found then
      perform app_hidden.open_period(budget);
      continue;
    end if;

    -- Nothing to charge. Whoever sets the first budget either waits for us, and then counts what we recorded, or is
    -- waited for here, and then has to be asked.
    perform from app_public.organizations where organizations.id = charge_budget.organization_id for share;
    if not exists (select from app_public.budgets where budgets.organization_id = charge_budget.organization_id) then
      return;
    end if;
  end loop;

  if period.currency <> charge_budget.currency then
    perform app_hidden.refuse('CURRENCY_MISMATCH',
      jsonb_build_object('budget_currency', period.currency, 'currency', charge_budget.currency));
  end if;
  perform app_hidden.refuse('BUDGET_EXCEEDED', jsonb_build_object(
    'rule', 'monthly_limit',
    'level', 'organization',
    'limit', period.monthly_limit::text,
    'used', trim_scale(period.spent)::text,
    'held', '0',
    'requested', trim_scale(charge_budget.cost)::text,
    'currency', period.currency,
    'resets_at', to_char(period.period_start + interval '1 month', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'raised_by', 'whoever holds budget:update'));
end;
$$;
revoke all on function app_hidden.charge_budget(uuid, numeric, text) from public;
grant execute on function app_hidden.charge_budget(uuid, numeric, text) to rowgate_writer;
comment on function app_hidden.charge_budget(uuid, numeric, text) is
  'Adds a cost to the organization''s month if it fits. Raises BUDGET_EXCEEDED, CURRENCY_MISMATCH.';
--! EndIncluded budgets/charge_budget.sql
--! Included budgets/budgets_current_spend.sql
-- Runs as the caller: whoever may see the budget's months may see their sum.
create or replace function app_public.budgets_current_spend(budget app_public.budgets) returns numeric
language sql stable
set search_path = ''
as $$
  select trim_scale(coalesce(sum(budget_periods.spent), 0))
  from app_public.budget_periods
  where budget_periods.organization_id = budget.organization_id
    and budget_periods.budget_id = budget.id
    and budget_periods.period_start = app_hidden.current_month();
$$;
revoke all on function app_public.budgets_current_spend(app_public.budgets) from public;
grant execute on function app_public.budgets_current_spend(app_public.budgets) to rowgate_user;
comment on function app_public.budgets_current_spend(app_public.budgets) is
  'What was spent in the current month (UTC), in the budget''s currency; exact decimal.';

create or replace function app_public.budgets_resets_at(budget app_public.budgets) returns timestamptz
language sql stable
set search_path = ''
as $$
  select (app_hidden.current_month() + interval '1 month') at time zone 'UTC';
$$;
revoke all on function app_public.budgets_resets_at(app_public.budgets) from public;
grant execute on function app_public.budgets_resets_at(app_public.budgets) to rowgate_user;
comment on function app_public.budgets_resets_at(app_public.budgets) is 'When the current month ends and the budget is full again.';
--! EndIncluded budgets/budgets_current_spend.sql
--! Included budgets/set_budget.sql
create or replace function app_public.set_budget(
  monthly_limit numeric default null,
  alert_threshold int default null,
  currency text default null,
  status text default null
) returns app_public.budgets
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('budget:update');
  before app_public.budgets;
  budget app_public.budgets;
  period app_public.budget_periods;
  already_crossed boolean;
begin
  -- First of all locks: one change at a time, and none beside somebody who records usage without a budget.
  perform from app_public.organizations where organizations.id = tenant for no key update;
  select * into before from app_public.budgets where budgets.organization_id = tenant for no key update;
  if not found then
    if set_budget.monthly_limit is null then
      perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'monthly_limit: needed for the first budget.'));
    end if;
    insert into app_public.budgets (organization_id, monthly_limit, alert_threshold, currency, status)
    values (tenant, trim_scale(set_budget.monthly_limit), coalesce(set_budget.alert_threshold, 80),
      coalesce(set_budget.currency, 'USD'), coalesce(set_budget.status, 'active'))
    returning * into budget;
    -- What the month has cost without a budget counts.
    perform app_hidden.announce_crossing(app_hidden.open_period(budget, app_hidden.month_cost(tenant, budget.currency)));
    return budget;
  end if;

  if set_budget.currency <> before.currency and exists (
    select from app_public.budget_periods where budget_periods.budget_id = before.id and budget_periods.spent > 0
  ) then
    perform app_hidden.refuse('INVALID_INPUT',
      jsonb_build_object('rule', 'currency: can''t change once something was spent.'));
  end if;

  update app_public.budgets
  set
    monthly_limit = coalesce(trim_scale(set_budget.monthly_limit), before.monthly_limit),
    alert_threshold = coalesce(set_budget.alert_threshold, before.alert_threshold),
    currency = coalesce(set_budget.currency, before.currency),
    status = coalesce(set_budget.status, before.status),
    limit_version = before.limit_version + case
      when coalesce(set_budget.monthly_limit, before.monthly_limit) <> before.monthly_limit
        or coalesce(set_budget.alert_threshold, before.alert_threshold) <> before.alert_threshold
      then 1 else 0 end
  where budgets.id = before.id
  returning * into budget;

  -- Always after the budget's row: record_usage takes only the second of these two locks.
  select * into period from app_public.budget_periods
  where budget_periods.budget_id = budget.id and budget_periods.period_start = app_hidden.current_month()
  for no key update;
  if not found then
    return budget;
  end if;
  -- A threshold that was announced this month and is still crossed under the new limit is no news.
  already_crossed := exists (
      select from app_public.budget_alerts
      where budget_alerts.budget_id = budget.id and budget_alerts.period_start = period.period_start
        and budget_alerts.limit_version = period.limit_version and budget_alerts.threshold = budget.alert_threshold
    );
  update app_public.budget_periods
  set monthly_limit = budget.monthly_limit, alert_threshold = budget.alert_threshold, currency = budget.currency,
    -- Nothing was charged in the old currency, but something may have been recorded in the new one before any budget.
    spent = case budget.currency when before.currency then period.spent else app_hidden.month_cost(tenant, budget.currency) end,
    blocking = budget.status = 'active', limit_version = budget.limit_version
  where budget_periods.budget_id = period.budget_id and budget_periods.period_start = period.period_start
  returning * into period;
  perform app_hidden.announce_crossing(period, announce => not already_crossed);
  return budget;
end;
$$;
alter function app_public.set_budget(numeric, int, text, text) owner to rowgate_writer;
revoke all on function app_public.set_budget(numeric, int, text, text) from public;
grant execute on function app_public.set_budget(numeric, int, text, text) to rowgate_user;
comment on function app_public.set_budget(numeric, int, text, text) is
  'Sets or changes the monthly budget of the chosen organization; what is left out stays. It counts at once: lowering it or resuming it announces a threshold that is already crossed. Needs budget:update. Raises FORBIDDEN, INVALID_INPUT.';
--! EndIncluded budgets/set_budget.sql
--! Included budgets/alert_mail.sql
-- What a job may say to whom. Read again when the mail is sent: somebody who is no longer owner or admin gets none.
create or replace function app_hidden.alert_mail(alert_id uuid, user_id uuid)
returns table (
  email text, name text, organization text, monthly_limit numeric, spent numeric, currency text, threshold int,
  period_start date, resets_at timestamptz
)
language sql stable
set search_path = ''
as $$
  select users.email, users.name, organizations.name, alerts.monthly_limit, trim_scale(alerts.spent), periods.currency,
    alerts.threshold, alerts.period_start, (alerts.period_start + interval '1 month') at time zone 'UTC'
  from app_public.budget_alerts as alerts
    join app_public.budget_periods as periods
      on periods.budget_id = alerts.budget_id and periods.period_start = alerts.period_start
    join app_public.organizations on organizations.id = alerts.organization_id
    join app_public.members on members.organization_id = alerts.organization_id and members.role in ('owner', 'admin')
    join app_public.users on users.id = members.user_id
  where alerts.id = alert_mail.alert_id and members.user_id = alert_mail.user_id;
$$;
revoke all on function app_hidden.alert_mail(uuid, uuid) from public;
grant execute on function app_hidden.alert_mail(uuid, uuid) to rowgate_job;
comment on function app_hidden.alert_mail(uuid, uuid) is
  'What the e-mail about a crossed threshold says, and to whom; no row when the recipient is no longer owner or admin.';
--! EndIncluded budgets/alert_mail.sql

--! Included usage/require_bookable_team.sql
-- SECURITY DEFINER, because an API key sees fewer teams than it may book on.
create or replace function app_hidden.require_bookable_team(organization_id uuid, team_id uuid) returns void
language plpgsql stable security definer
set search_path = ''
as $$
begin
  if require_bookable_team.team_id is null then
    return;
  end if;
  if not exists (
    select from app_public.teams
    where teams.organization_id = require_bookable_team.organization_id
      and teams.id = require_bookable_team.team_id
      and teams.deleted_at is null
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'team_id: a team of the organization.'));
  end if;
  if not require_bookable_team.team_id = any (app_hidden.reachable_teams()) then
    perform app_hidden.require_permission('usage:record_all');
  end if;
end;
$$;
alter function app_hidden.require_bookable_team(uuid, uuid) owner to rowgate_reader;
revoke all on function app_hidden.require_bookable_team(uuid, uuid) from public;
grant execute on function app_hidden.require_bookable_team(uuid, uuid) to rowgate_writer;
comment on function app_hidden.require_bookable_team(uuid, uuid) is
  'Refuses a team on which the caller may not book: it must exist, and be one of theirs unless they hold usage:record_all. Raises NOT_FOUND, FORBIDDEN.';
--! EndIncluded usage/require_bookable_team.sql
--! Included usage/claim_idempotency_key.sql
create or replace function app_hidden.claim_idempotency_key(organization_id uuid, key text, body jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  hash constant bytea := sha256(convert_to(claim_idempotency_key.key, 'UTF8'));
  body_hash constant bytea := sha256(convert_to(claim_idempotency_key.body::text, 'UTF8'));
  earlier record;
begin
  if coalesce(length(claim_idempotency_key.key), 0) not between 1 and 200 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'idempotency_key: 1 to 200 characters.'));
  end if;
  -- Of two requests with the same key the second waits here until the first has committed or rolled back.
  insert into app_private.idempotency_keys (organization_id, key_hash, body_hash)
  values (claim_idempotency_key.organization_id, hash, body_hash)
  on conflict on constraint idempotency_keys_pkey do nothing;
  if found then
    return null;
  end if;
  select keys.body_hash, keys.usage_record_id into strict earlier
  from app_private.idempotency_keys as keys
  where keys.organization_id = claim_idempotency_key.organization_id and keys.key_hash = hash;
  if earlier.body_hash <> body_hash then
    perform app_hidden.refuse('IDEMPOTENCY_CONFLICT');
  end if;
  return earlier.usage_record_id;
end;
$$;
revoke all on function app_hidden.claim_idempotency_key(uuid, text, jsonb) from public;
grant execute on function app_hidden.claim_idempotency_key(uuid, text, jsonb) to rowgate_writer;
comment on function app_hidden.claim_idempotency_key(uuid, text, jsonb) is
  'Takes the key for this request and answers null, or answers the id of the record that the same request made before. Raises IDEMPOTENCY_CONFLICT for another request under the same key, INVALID_INPUT.';
--! EndIncluded usage/claim_idempotency_key.sql
--! Included usage/record_usage.sql
-- SECURITY DEFINER, because no visitor may write the books or the counters. Everything happens in the caller's
-- transaction: the record, the counter, the alert and the idempotency key stand or fall together.
create or replace function app_public.record_usage(
  idempotency_key text,
  service text,
  model text,
  cost numeric,
  currency text default 'USD',
  tokens_in bigint default 0,
  tokens_out bigint default 0,
  team_id uuid default null,
  user_id uuid default null
) returns app_public.usage_records
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:record');
  own_key constant uuid := app_hidden.current_key_id();
  person constant uuid := coalesce(record_usage.user_id, app_hidden.current_user_id());
  earlier_id uuid;
  usage app_public.usage_records;
begin
  earlier_id := app_hidden.claim_idempotency_key(tenant, record_usage.idempotency_key, jsonb_build_array(
    -- Whose request it is belongs to it: nobody is answered with a record that they may not see.
    app_hidden.current_user_id(), own_key,
    -- A number written in another way (1.0, 1.00) is the same request.
    service, model, trim_scale(cost), currency, tokens_in, tokens_out, record_usage.team_id, record_usage.user_id));
  if earlier_id is not null then
    select * into strict usage from app_public.usage_records
    where usage_records.organization_id = tenant and usage_records.id = earlier_id;
    return usage;
  end if;

  perform app_hidden.require_bookable_team(tenant, record_usage.team_id);
  if record_usage.user_id is not null and record_usage.user_id is distinct from app_hidden.current_user_id() then
    perform app_hidden.require_permission('usage:record_all');
    if not exists (
      select from app_public.members where members.organization_id = tenant and members.user_id = record_usage.user_id
    ) then
      perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
    end if;
  end if;

  insert into app_public.usage_records
    (organization_id, team_id, user_id, api_key_id, service, model, tokens_in, tokens_out, cost, currency)
  values (
    tenant,
    coalesce(record_usage.team_id, (
      select teams.id
      from app_public.org_api_keys
        join app_public.teams on teams.organization_id = org_api_keys.organization_id and teams.id = org_api_keys.team_id
      where org_api_keys.id = own_key and teams.deleted_at is null
    )),
    person, own_key, record_usage.service, record_usage.model, record_usage.tokens_in, record_usage.tokens_out,
    trim_scale(record_usage.cost), record_usage.currency)
  returning * into usage;
  update app_private.idempotency_keys as keys
  set usage_record_id = usage.id
  where keys.organization_id = tenant and keys.key_hash = sha256(convert_to(record_usage.idempotency_key, 'UTF8'));

  -- To the minute, and never waiting: the row of a busy key must not become what its requests queue for.
  update app_public.org_api_keys set last_used_at = now()
  where org_api_keys.id = (
    select stale.id from app_public.org_api_keys as stale
    where stale.id = own_key and (stale.last_used_at is null or stale.last_used_at < now() - interval '1 minute')
    for no key update skip locked
  );

  -- Last, so that the one row that all of an organization's usage meets at is locked for as short as possible.
  perform app_hidden.charge_budget(tenant, usage.cost, usage.currency);
  return usage;
end;
$$;
alter function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, uuid, uuid) owner to rowgate_writer;
revoke all on function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, uuid, uuid) from public;
grant execute on function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, uuid, uuid)
  to rowgate_user, rowgate_key;
comment on function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, uuid, uuid) is
  'Records usage and charges the budget, or refuses and writes nothing. The same idempotencyKey with the same values is charged once and answers the same record again. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises BUDGET_EXCEEDED, CURRENCY_MISMATCH, IDEMPOTENCY_CONFLICT, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded usage/record_usage.sql

--! Included api_keys/create_api_key.sql
create or replace function app_public.create_api_key(
  name text,
  team_id uuid default null,
  rate_limit int default 100,
  monthly_quota bigint default 1000000,
  expires_at timestamptz default null
) returns app_public.created_api_key
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('key:create');
  -- 32 bytes out of four times 122 random bits: gen_random_uuid() draws from the system's generator.
  key constant text := 'rg_' || encode(sha256(
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
  ), 'hex');
  api_key app_public.org_api_keys;
begin
  perform app_hidden.require_bookable_team(tenant, create_api_key.team_id);
  insert into app_public.org_api_keys
    (organization_id, team_id, name, key_prefix, rate_limit, monthly_quota, scopes, created_by, expires_at)
  values (tenant, create_api_key.team_id, trim(create_api_key.name), left(key, 11), create_api_key.rate_limit,
    create_api_key.monthly_quota,
    -- Never more than the creator holds: a key is no way around one's own role.
    array(
      select role_permissions.permission from app_public.role_permissions
      where role_permissions.role = 'api_key'
        and tenant = any (app_hidden.organizations_permitting(role_permissions.permission))
    ),
    app_hidden.current_user_id(), create_api_key.expires_at)
  returning * into api_key;
  insert into app_private.org_api_key_secrets (organization_id, key_id, key_hash)
  values (tenant, api_key.id, sha256(convert_to(key, 'UTF8')));
  return row(key, api_key);
end;
$$;
alter function app_public.create_api_key(text, uuid, int, bigint, timestamptz) owner to rowgate_writer;
revoke all on function app_public.create_api_key(text, uuid, int, bigint, timestamptz) from public;
grant execute on function app_public.create_api_key(text, uuid, int, bigint, timestamptz) to rowgate_user;
comment on function app_public.create_api_key(text, uuid, int, bigint, timestamptz) is
  'Creates an API key of the chosen organization and answers the key: it is shown only here. Needs key:create. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
comment on type app_public.created_api_key is 'A new API key: the secret itself, and its row.';
comment on column app_public.created_api_key.key is 'The key to send as "Authorization: Bearer …". It can''t be shown again.';
comment on column app_public.created_api_key.api_key is 'The row of the key.';
--! EndIncluded api_keys/create_api_key.sql
--! Included api_keys/revoke_api_key.sql
create or replace function app_public.revoke_api_key(key_id uuid) returns app_public.org_api_keys
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('key:read');
  api_key app_public.org_api_keys;
begin
  select * into api_key from app_public.org_api_keys
  where org_api_keys.organization_id = tenant and org_api_keys.id = revoke_api_key.key_id;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  if api_key.created_by is distinct from app_hidden.current_user_id() then
    perform app_hidden.require_permission('key:revoke_all');
  end if;
  update app_public.org_api_keys set status = 'revoked'
  where org_api_keys.id = api_key.id
  returning * into api_key;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return api_key;
end;
$$;
revoke all on function app_public.revoke_api_key(uuid) from public;
grant execute on function app_public.revoke_api_key(uuid) to rowgate_user;
comment on function app_public.revoke_api_key(uuid) is
  'Revokes an API key: it is refused from its next request on, everywhere. Needs key:revoke_all, or to have created it. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded api_keys/revoke_api_key.sql

--! Included base/schema_state.sql
-- What the server asks before it serves. All of it is readable by every role anyway, except the last migration.
create or replace function app_hidden.last_migration() returns text
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (select filename from graphile_migrate.migrations order by filename desc limit 1);
end;
$$;
alter function app_hidden.last_migration() owner to rowgate_reader;
revoke all on function app_hidden.last_migration() from public;
grant execute on function app_hidden.last_migration() to rowgate_anonymous;
comment on function app_hidden.last_migration() is 'The file name of the newest migration that this database has.';

-- Only says something when the connection could do more than it should: the API refuses to start then.
create or replace function app_hidden.login_problems() returns setof text
language sql stable
set search_path = ''
as $$
  select format('%s is a superuser', rolname) from pg_catalog.pg_roles where rolname = session_user and rolsuper
  union all
  select format('%s may bypass row level security', rolname) from pg_catalog.pg_roles where rolname = session_user and rolbypassrls
  union all
  select format('%s may create roles', rolname) from pg_catalog.pg_roles where rolname = session_user and rolcreaterole
  union all
  select format('%s may replicate', rolname) from pg_catalog.pg_roles where rolname = session_user and rolreplication
  union all
  select format('%s inherits the rights of its roles', rolname) from pg_catalog.pg_roles where rolname = session_user and rolinherit
  union all
  select format('%s owns %s', session_user, oid::regclass)
  from pg_catalog.pg_class where pg_get_userbyid(relowner) = session_user
  union all
  select format('%s is a member of %s', session_user, rolname)
  from pg_catalog.pg_roles
  where not rolsuper and rolname not in (session_user, 'rowgate_anonymous', 'rowgate_user', 'rowgate_key')
    and pg_has_role(session_user, oid, 'member');
$$;
revoke all on function app_hidden.login_problems() from public;
grant execute on function app_hidden.login_problems() to rowgate_anonymous;
comment on function app_hidden.login_problems() is 'Why the connection''s login is not fit for serving requests; no row when it is.';

-- Security fixes of row level security itself. Without them policies hold less than they say.
create or replace function app_hidden.server_warnings() returns setof text
language sql stable
set search_path = ''
as $$
  select format('PostgreSQL %s has known row security flaws (CVE-2026-14666, CVE-2026-120154 and others); update to %s or later',
    current_setting('server_version'), fixed.version)
  from (values
    (150000, 150020, '15.20'), (160000, 160016, '16.16'), (170000, 170012, '17.12'), (180000, 180006, '18.6')
  ) as fixed (major, number, version)
  where current_setting('server_version_num')::int between fixed.major and fixed.number - 1
  union all
  select format('Every role may execute %s: this server was installed without the rights of a superuser', revocable)
  from unnest(array[
    'pg_catalog.set_config(text,text,boolean)', 'pg_catalog.pg_notify(text,text)', 'pg_catalog.pg_advisory_lock(bigint)',
    'pg_catalog.lo_create(oid)'
  ]) as revocable
  where has_function_privilege('rowgate_job', revocable, 'execute')
  union all
  select 'Every role may create temporary tables: revoke TEMPORARY on the database from PUBLIC'
  where has_database_privilege('rowgate_job', current_database(), 'temporary');
$$;
revoke all on function app_hidden.server_warnings() from public;
grant execute on function app_hidden.server_warnings() to rowgate_anonymous;
comment on function app_hidden.server_warnings() is 'What weakens isolation on this server; logged at start and shown by /readyz.';

-- The words for a value that a constraint refuses, once: in the comment on the constraint.
create or replace function app_hidden.constraint_rules() returns table (name text, rule text)
language sql stable
set search_path = ''
as $$
  select pg_constraint.conname, pg_catalog.obj_description(pg_constraint.oid, 'pg_constraint')
  from pg_catalog.pg_constraint
  where pg_constraint.connamespace = 'app_public'::regnamespace
    and pg_catalog.obj_description(pg_constraint.oid, 'pg_constraint') !~ '^@'
  union all
  select pg_class.relname, pg_catalog.obj_description(pg_class.oid, 'pg_class')
  from pg_catalog.pg_class
  where pg_class.relnamespace = 'app_public'::regnamespace and pg_class.relkind = 'i'
    and pg_catalog.obj_description(pg_class.oid, 'pg_class') is not null;
$$;
revoke all on function app_hidden.constraint_rules() from public;
grant execute on function app_hidden.constraint_rules() to rowgate_anonymous, rowgate_writer;
comment on function app_hidden.constraint_rules() is 'For each constraint of the API that a caller may break its rule in words.';

-- For a verb that has to refuse a value before, or without, the row whose constraint would.
create or replace function app_hidden.refuse_value(constraint_name text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', (
    select rules.rule from app_hidden.constraint_rules() as rules where rules.name = refuse_value.constraint_name
  )));
end;
$$;
revoke all on function app_hidden.refuse_value(text) from public;
grant execute on function app_hidden.refuse_value(text) to rowgate_writer;
comment on function app_hidden.refuse_value(text) is 'Raises INVALID_INPUT with the words of a constraint, as if it had been broken.';
--! EndIncluded base/schema_state.sql
--! EndIncluded all.sql

revoke create on schema app_public, app_hidden, app_private from rowgate_reader, rowgate_writer, rowgate_worker;
reset role;
