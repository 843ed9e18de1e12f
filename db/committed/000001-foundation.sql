--! Previous: -
--! Hash: sha1:930e052640723f2c36639232cb3aec6e8b423cc9
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
grant usage on schema app_hidden to rowgate_authenticator, rowgate_monitor;
grant usage on schema app_private to rowgate_reader, rowgate_writer;
-- A function can only be handed to a role that may create in its schema; taken back at the end.
grant create on schema app_public, app_hidden, app_private to rowgate_reader, rowgate_writer, rowgate_worker;

--! Included base/uuid_v7.sql
-- Built in from PostgreSQL 18 on, written out for those before: the same schema then runs, and dumps, alike on 15 to 18. PL/pgSQL
-- looks at a branch only when it gets there, and keeps its plan: 3 and 8 µs a row, where a SQL function would take 25.
create or replace function app_hidden.uuid_v7() returns uuid
language plpgsql volatile parallel safe
set search_path = ''
as $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    return pg_catalog.uuidv7();
  end if;
  return pg_catalog.encode(
    pg_catalog.set_bit(pg_catalog.set_bit(
      overlay(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
        placing substring(pg_catalog.int8send((extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ), 52, 1), 53, 1),
    'hex')::uuid;
end;
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
--! Included base/is_locale.sql
-- A language tag as browsers and libraries write it: language, perhaps a script, perhaps a region.
create or replace function app_hidden.is_locale(locale text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$';
$$;
revoke all on function app_hidden.is_locale(text) from public;
grant execute on function app_hidden.is_locale(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_locale(text) is 'Whether a text is a language tag such as en, de-AT or zh-Hant-TW.';
--! EndIncluded base/is_locale.sql
--! Included base/are_domains.sql
-- What may stand behind the @ of an address, once: for the column, which may hold several.
create or replace function app_hidden.are_domains(domains text[]) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select cardinality(domains) between 1 and 20
    and not exists (
      select from unnest(domains) as domain
      where domain is null or length(domain) > 253 or domain !~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$'
    );
$$;
revoke all on function app_hidden.are_domains(text[]) from public;
grant execute on function app_hidden.are_domains(text[]) to rowgate_writer;
comment on function app_hidden.are_domains(text[]) is 'Whether a list has 1 to 20 domains in lower case, such as example.com.';
--! EndIncluded base/are_domains.sql
--! Included base/is_label.sql
-- Names are shown to other people, in pages, logs and e-mails: no line breaks, no control characters, and none that turn the
-- direction of the text around. PL/pgSQL, because it keeps its plan for as long as the connection lives: PostgreSQL plans a
-- SQL function anew for each statement whose row it checks.
create or replace function app_hidden.is_label(label text) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return length(label) between 1 and 200
    and label !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';
end;
$$;
revoke all on function app_hidden.is_label(text) from public;
grant execute on function app_hidden.is_label(text) to rowgate_user, rowgate_key, rowgate_writer;
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
--! Included base/are_alert_thresholds.sql
-- What a rule may fire at depends on its kind. PL/pgSQL, because it keeps its plan.
create or replace function app_hidden.are_alert_thresholds(kind text, thresholds int[]) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if thresholds is null then
    return kind in ('threshold', 'forecast', 'unpriced');
  end if;
  return cardinality(thresholds) between 1 and 20
    and not exists (
      select from unnest(thresholds) as step
      where step is null or not case kind
        when 'threshold' then step between 1 and 1000
        when 'quota' then step between 1 and 1000
        when 'spike' then step between 101 and 100000
        when 'errors' then step between 5 and 100
        when 'key_expiry' then step between 1 and 365
        else false
      end
    );
end;
$$;
revoke all on function app_hidden.are_alert_thresholds(text, int[]) from public;
grant execute on function app_hidden.are_alert_thresholds(text, int[]) to rowgate_writer;
comment on function app_hidden.are_alert_thresholds(text, int[]) is 'Whether an alert rule of a kind may fire at these numbers.';
--! EndIncluded base/are_alert_thresholds.sql

create table app_public.permissions (
  name text primary key,
  description text not null,
  -- The permission that opens the whole organization, where this one reaches own rows and own teams only.
  wider text references app_public.permissions,
  assignable boolean not null,
  team_scoped boolean not null,
  -- What references point to that accept only some permissions.
  constraint permissions_assignable_key unique (name, assignable),
  constraint permissions_team_scoped_key unique (name, team_scoped)
);
create index permissions_wider_idx on app_public.permissions (wider);

create table app_public.roles (
  name text primary key constraint roles_name_known check (app_hidden.is_role(name)),
  rank int not null unique,
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
  email_verified_at timestamptz,
  avatar_url text constraint users_avatar_url_form check (length(avatar_url) <= 2000 and avatar_url ~ '^https://[^[:space:]"<>]+$'),
  locale text constraint users_locale_form check (app_hidden.is_locale(locale)),
  time_zone text constraint users_time_zone_form check (
    time_zone = 'UTC' or time_zone ~ '^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+$'
  ),
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- What a link in an e-mail stands for; at most one of a kind for each person.
create table app_private.account_links (
  id uuid primary key default app_hidden.uuid_v7(),
  user_id uuid not null references app_public.users on delete cascade,
  purpose text not null check (purpose in ('verify_email', 'change_email', 'reset_password')),
  new_email text check ((purpose = 'change_email') = (new_email is not null)),
  current_confirmed_at timestamptz,
  new_confirmed_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint account_links_once unique (user_id, purpose)
);
create table app_private.account_link_tokens (
  token_hash bytea primary key check (length(token_hash) = 32),
  link_id uuid not null references app_private.account_links on delete cascade,
  -- Which of the two addresses it was sent to.
  side text not null check (side in ('current', 'new'))
);
create index account_link_tokens_link_idx on app_private.account_link_tokens (link_id);

-- Attempts to sign in, by what they are counted for: an account or a network, known here by its hash only.
create table app_private.sign_in_attempts (
  subject bytea primary key check (length(subject) = 32),
  attempts int not null,
  ends_at timestamptz not null
);
create index sign_in_attempts_end_idx on app_private.sign_in_attempts (ends_at);

create table app_private.user_passwords (
  user_id uuid primary key references app_public.users on delete cascade,
  salt bytea not null check (length(salt) >= 16),
  verifier bytea not null check (length(verifier) = 32),
  registration_notice_at timestamptz
);

create table app_public.plans (
  name text primary key constraint plans_name_form check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  rank int not null constraint plans_rank_key unique,
  -- Null: agreed with each customer.
  price numeric constraint plans_price_range check (price >= 0 and price < 1000000000000),
  currency text not null default 'USD' constraint plans_currency_form check (currency ~ '^[A-Z]{3}$'),
  -- Null: without limit.
  seats bigint constraint plans_seats_range check (seats >= 1),
  storage_bytes bigint constraint plans_storage_bytes_range check (storage_bytes >= 0),
  api_calls bigint constraint plans_api_calls_range check (api_calls between 0 and 999999999999),
  teams bigint constraint plans_teams_range check (teams >= 0),
  api_keys bigint constraint plans_api_keys_range check (api_keys >= 0),
  -- Null: for good.
  retention_months int constraint plans_retention_months_range check (retention_months between 1 and 120)
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
  plan text not null default 'free' constraint organizations_plan_fkey references app_public.plans,
  status text not null default 'active'
    constraint organizations_status_known check (status in ('active', 'suspended', 'deleted')),
  trial_ends_at timestamptz,
  -- When it is purged; it can be restored until then.
  purge_at timestamptz constraint organizations_purge_at_given check ((status = 'deleted') = (purge_at is not null)),
  max_team_depth int not null default 8
    constraint organizations_max_team_depth_range check (max_team_depth between 1 and 32),
  settings jsonb not null default '{}'
    constraint organizations_settings_form check (jsonb_typeof(settings) = 'object' and octet_length(settings::text) <= 16384),
  time_zone text not null default 'UTC' constraint organizations_time_zone_form check (
    time_zone = 'UTC' or time_zone ~ '^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+$'
  ),
  currency text not null default 'USD' constraint organizations_currency_form check (currency ~ '^[A-Z]{3}$'),
  locale text not null default 'en' constraint organizations_locale_form check (app_hidden.is_locale(locale)),
  retention_months int not null default 24
    constraint organizations_retention_months_range check (retention_months between 1 and 120),
  strict_pricing boolean not null default false,
  credit_order text not null default 'personal_first'
    constraint organizations_credit_order_known check (credit_order in ('personal_first', 'organization_first')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index organizations_plan_idx on app_public.organizations (plan);

-- What was agreed with one organization, as long as it is on that plan.
create table app_private.plan_overrides (
  organization_id uuid not null references app_public.organizations on delete cascade,
  plan text not null references app_public.plans,
  resource text not null check (resource in ('seats', 'storage', 'api_calls', 'teams', 'api_keys')),
  amount bigint check (amount between 0 and 999999999999999),
  constraint plan_overrides_api_calls check (resource <> 'api_calls' or amount <= 999999999999),
  primary key (organization_id, plan, resource)
);
create index plan_overrides_plan_idx on app_private.plan_overrides (plan);

create table app_public.storage_use (
  organization_id uuid not null references app_public.organizations on delete cascade,
  source text not null constraint storage_use_source_length check (app_hidden.is_label(source)),
  bytes bigint not null constraint storage_use_bytes_range check (bytes between 0 and 999999999999999),
  measured_at timestamptz not null constraint storage_use_measured_at_finite check (isfinite(measured_at)),
  constraint storage_use_pkey primary key (organization_id, source)
);
create type app_public.quota_line as (
  resource text, limit_amount bigint, used bigint, remaining bigint, over bigint, resets_at timestamptz
);

-- A role of an organization's own.
create table app_public.custom_roles (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  name text not null constraint custom_roles_name_length check (app_hidden.is_label(name)),
  description text constraint custom_roles_description_length check (length(description) <= 2000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint custom_roles_tenant_key unique (organization_id, id)
);
create unique index custom_roles_name_key on app_public.custom_roles (organization_id, lower(name));

create table app_public.custom_role_permissions (
  organization_id uuid not null,
  role_id uuid not null,
  permission text not null,
  -- With it the reference accepts only what may be assigned: never the organization's deletion or its ownership.
  assignable boolean not null default true constraint custom_role_permissions_assignable check (assignable),
  primary key (organization_id, role_id, permission),
  constraint custom_role_permissions_role_fkey foreign key (organization_id, role_id)
    references app_public.custom_roles (organization_id, id) on delete cascade,
  constraint custom_role_permissions_permission_fkey foreign key (permission, assignable)
    references app_public.permissions (name, assignable) on delete cascade
);
create index custom_role_permissions_permission_idx on app_public.custom_role_permissions (permission, assignable);

create table app_public.team_role_exceptions (
  organization_id uuid not null references app_public.organizations on delete cascade,
  role text not null constraint team_role_exceptions_role_known check (role in ('lead', 'member')),
  permission text not null,
  effect text not null constraint team_role_exceptions_effect_known check (effect in ('grant', 'deny')),
  team_scoped boolean not null default true constraint team_role_exceptions_team_scoped check (team_scoped),
  primary key (organization_id, role, permission),
  constraint team_role_exceptions_permission_fkey foreign key (permission, team_scoped)
    references app_public.permissions (name, team_scoped) on delete cascade
);
create index team_role_exceptions_permission_idx on app_public.team_role_exceptions (permission, team_scoped);

create table app_private.sessions (
  id uuid primary key default app_hidden.uuid_v7(),
  user_id uuid not null references app_public.users on delete cascade,
  -- The organization that its tokens are narrowed to, if any.
  organization_id uuid references app_public.organizations on delete cascade,
  refresh_hash bytea not null unique check (length(refresh_hash) = 32),
  created_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '30 days',
  ended_at timestamptz,
  ended_because text check (ended_because in ('signed_out', 'refresh_token_reused', 'ended', 'password_changed')),
  -- Where it was last seen: what the client calls itself, and its address.
  device text check (length(device) <= 200),
  address text check (length(address) <= 100)
);
create index sessions_user_idx on app_private.sessions (user_id);
create index sessions_organization_idx on app_private.sessions (organization_id);
create index sessions_expiry_idx on app_private.sessions (expires_at);

create table app_private.used_refresh_tokens (
  refresh_hash bytea primary key check (length(refresh_hash) = 32),
  session_id uuid not null references app_private.sessions on delete cascade,
  used_at timestamptz not null default now()
);
create index used_refresh_tokens_session_idx on app_private.used_refresh_tokens (session_id);

create table app_private.user_identities (
  issuer text not null check (length(issuer) between 1 and 500),
  subject text not null check (length(subject) between 1 and 255),
  user_id uuid not null references app_public.users on delete cascade,
  created_at timestamptz not null default now(),
  constraint user_identities_pkey primary key (issuer, subject)
);
create index user_identities_user_idx on app_private.user_identities (user_id);

create table app_public.members (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  user_id uuid not null references app_public.users,
  role text not null default 'member'
    constraint members_role_known check (app_hidden.is_role(role) or role = 'custom'),
  custom_role_id uuid constraint members_custom_role_given check ((role = 'custom') = (custom_role_id is not null)),
  invited_by uuid references app_public.users,
  joined_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint members_user_once unique (organization_id, user_id),
  constraint members_custom_role_fkey foreign key (organization_id, custom_role_id)
    references app_public.custom_roles (organization_id, id)
);
-- Covers the question of every request: in which organizations is this person, and as what?
create index members_user_idx on app_public.members (user_id) include (organization_id, role, custom_role_id);
create index members_custom_role_idx on app_public.members (organization_id, custom_role_id);
create index members_invited_by_idx on app_public.members (invited_by);

-- What one member holds beyond the role, or does not hold in spite of it.
create table app_public.member_permissions (
  organization_id uuid not null,
  user_id uuid not null,
  permission text not null,
  effect text not null constraint member_permissions_effect_known check (effect in ('grant', 'deny')),
  assignable boolean not null default true constraint member_permissions_assignable check (assignable),
  set_by uuid references app_public.users,
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id, permission),
  constraint member_permissions_member_fkey foreign key (organization_id, user_id)
    references app_public.members (organization_id, user_id) on delete cascade,
  constraint member_permissions_permission_fkey foreign key (permission, assignable)
    references app_public.permissions (name, assignable) on delete cascade
);
create index member_permissions_permission_idx on app_public.member_permissions (permission, assignable);
create index member_permissions_set_by_idx on app_public.member_permissions (set_by);

create table app_public.ownership_transfers (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  from_user_id uuid not null references app_public.users,
  to_user_id uuid not null references app_public.users,
  then_role text not null constraint ownership_transfers_then_role_known check (app_hidden.is_role(then_role)),
  status text not null default 'offered' constraint ownership_transfers_status_known check (
    status in ('offered', 'accepted', 'declined', 'withdrawn', 'expired')
  ),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  decided_at timestamptz,
  constraint ownership_transfers_two_people check (from_user_id <> to_user_id)
);
create unique index ownership_transfers_open_key on app_public.ownership_transfers (organization_id, from_user_id)
  where status = 'offered';
create index ownership_transfers_organization_idx on app_public.ownership_transfers (organization_id, created_at);
create index ownership_transfers_from_idx on app_public.ownership_transfers (from_user_id);
create index ownership_transfers_to_idx on app_public.ownership_transfers (to_user_id);

-- To one address; its secret is made when the e-mail is sent.
create table app_public.invitations (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  email text not null constraint invitations_email_form check (app_hidden.is_email(email)),
  role text not null constraint invitations_role_known check (app_hidden.is_role(role) or role = 'custom'),
  custom_role_id uuid constraint invitations_custom_role_given check ((role = 'custom') = (custom_role_id is not null)),
  needs_approval boolean not null,
  status text not null default 'pending' constraint invitations_status_known check (
    status in ('pending', 'accepted', 'revoked', 'expired')
  ),
  invited_by uuid not null references app_public.users,
  accepted_by uuid references app_public.users,
  sent_at timestamptz,
  expires_at timestamptz not null default now() + interval '7 days',
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  constraint invitations_tenant_key unique (organization_id, id),
  constraint invitations_custom_role_fkey foreign key (organization_id, custom_role_id)
    references app_public.custom_roles (organization_id, id) on delete cascade
);
create unique index invitations_pending_key on app_public.invitations (organization_id, email) where status = 'pending';
create index invitations_time_idx on app_public.invitations (organization_id, created_at);
create index invitations_custom_role_idx on app_public.invitations (organization_id, custom_role_id);
create index invitations_invited_by_idx on app_public.invitations (invited_by);
create index invitations_accepted_by_idx on app_public.invitations (accepted_by);
create index invitations_email_idx on app_public.invitations (email);

create table app_private.invitation_tokens (
  token_hash bytea primary key check (length(token_hash) = 32),
  organization_id uuid not null,
  invitation_id uuid not null,
  foreign key (organization_id, invitation_id) references app_public.invitations (organization_id, id) on delete cascade
);
create index invitation_tokens_invitation_idx on app_private.invitation_tokens (organization_id, invitation_id);

-- To whoever has its code.
create table app_public.join_links (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  role text not null constraint join_links_role_known check (role in ('member', 'viewer')),
  max_uses int not null constraint join_links_max_uses_range check (max_uses between 1 and 10000),
  uses int not null default 0 constraint join_links_uses_range check (uses between 0 and max_uses),
  allowed_domains text[] constraint join_links_allowed_domains_form check (app_hidden.are_domains(allowed_domains)),
  needs_approval boolean not null,
  status text not null default 'active' constraint join_links_status_known check (status in ('active', 'revoked')),
  created_by uuid not null references app_public.users,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null constraint join_links_expiry_later check (
    expires_at > created_at and expires_at <= created_at + interval '366 days'
  ),
  constraint join_links_tenant_key unique (organization_id, id)
);
create index join_links_created_by_idx on app_public.join_links (created_by);

create table app_private.join_link_secrets (
  organization_id uuid not null,
  join_link_id uuid not null,
  code_hash bytea not null unique check (length(code_hash) = 32),
  primary key (organization_id, join_link_id),
  foreign key (organization_id, join_link_id) references app_public.join_links (organization_id, id) on delete cascade
);

-- Who waits for an admin. Name and address are the person's at that time: nobody of the organization sees the account yet.
create table app_public.join_requests (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  user_id uuid not null references app_public.users,
  email text not null,
  name text not null,
  role text not null constraint join_requests_role_known check (app_hidden.is_role(role) or role = 'custom'),
  custom_role_id uuid constraint join_requests_custom_role_given check ((role = 'custom') = (custom_role_id is not null)),
  invited_by uuid not null references app_public.users,
  status text not null default 'pending' constraint join_requests_status_known check (
    status in ('pending', 'approved', 'rejected')
  ),
  decided_by uuid references app_public.users,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  constraint join_requests_custom_role_fkey foreign key (organization_id, custom_role_id)
    references app_public.custom_roles (organization_id, id) on delete cascade
);
create unique index join_requests_pending_key on app_public.join_requests (organization_id, user_id) where status = 'pending';
create index join_requests_time_idx on app_public.join_requests (organization_id, created_at);
create index join_requests_custom_role_idx on app_public.join_requests (organization_id, custom_role_id);
create index join_requests_user_idx on app_public.join_requests (user_id);
create index join_requests_invited_by_idx on app_public.join_requests (invited_by);
create index join_requests_decided_by_idx on app_public.join_requests (decided_by);

create table app_public.teams (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  parent_team_id uuid constraint teams_not_own_parent check (parent_team_id <> id),
  name text not null constraint teams_name_length check (app_hidden.is_label(name)),
  description text constraint teams_description_length check (length(description) <= 2000),
  -- From the top down to the team itself. Kept by a trigger: who is below whom is then no recursion.
  path uuid[] not null constraint teams_path_ends_here check (path[cardinality(path)] = id),
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

create table app_public.org_api_keys (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  team_id uuid,
  name text not null constraint org_api_keys_name_length check (app_hidden.is_label(name)),
  mode text not null default 'live' constraint org_api_keys_mode_known check (mode in ('live', 'test')),
  key_prefix text not null constraint org_api_keys_prefix_form check (key_prefix ~ format('^rg_%s_[0-9A-Za-z]{12}$', mode)),
  last_four text not null constraint org_api_keys_last_four_form check (last_four ~ '^[0-9A-Za-z]{4}$'),
  rate_limit int not null default 100 constraint org_api_keys_rate_limit_range check (rate_limit between 1 and 1000000),
  monthly_quota bigint default 1000000 constraint org_api_keys_monthly_quota_range check (monthly_quota >= 0),
  monthly_budget numeric constraint org_api_keys_monthly_budget_range check (
    monthly_budget >= 0 and monthly_budget < 1000000000000 and scale(trim_scale(monthly_budget)) <= 12
  ),
  scopes text[] not null,
  allowed_ips cidr[] constraint org_api_keys_allowed_ips_form check (
    cardinality(allowed_ips) between 1 and 100 and array_position(allowed_ips, null) is null
  ),
  allowed_models text[] constraint org_api_keys_allowed_models_form check (
    cardinality(allowed_models) between 1 and 100 and array_position(allowed_models, null) is null
    and length(allowed_models::text) < 20000 and allowed_models::text !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]'
  ),
  status text not null default 'active'
    constraint org_api_keys_status_known check (status in ('active', 'paused', 'revoked')),
  last_used_at timestamptz,
  request_count bigint not null default 0,
  created_by uuid references app_public.users,
  responsible_id uuid,
  bound_to_creator boolean not null default false,
  expires_at timestamptz constraint org_api_keys_expiry_later check (
    expires_at > created_at and isfinite(expires_at)
  ),
  rotated_at timestamptz,
  overlap_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint org_api_keys_tenant_key unique (organization_id, id),
  constraint org_api_keys_prefix_key unique (organization_id, key_prefix),
  constraint org_api_keys_team_fkey foreign key (organization_id, team_id)
    references app_public.teams (organization_id, id),
  constraint org_api_keys_responsible_fkey foreign key (organization_id, responsible_id)
    references app_public.members (organization_id, user_id) on delete set null (responsible_id)
);
create index org_api_keys_team_idx on app_public.org_api_keys (organization_id, team_id);
create index org_api_keys_responsible_idx on app_public.org_api_keys (organization_id, responsible_id);
create index org_api_keys_created_by_idx on app_public.org_api_keys (created_by);

create index org_api_keys_expiry_idx on app_public.org_api_keys (expires_at) where expires_at is not null;

-- Several for one key while a rotation's overlap lasts.
create table app_private.org_api_key_secrets (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  key_id uuid not null,
  key_hash bytea not null unique check (length(key_hash) = 32),
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (organization_id, key_id) references app_public.org_api_keys (organization_id, id) on delete cascade
);
create index org_api_key_secrets_key_idx on app_private.org_api_key_secrets (organization_id, key_id);

create table app_public.audit_events (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  at timestamptz not null default now(),
  actor_user_id uuid references app_public.users,
  actor_key_id uuid,
  action text not null constraint audit_events_action_form check (action ~ '^[a-z_]+:[a-z_]+$'),
  subject_kind text not null,
  subject_id uuid,
  details jsonb not null default '{}' constraint audit_events_details_object check (jsonb_typeof(details) = 'object'),
  request_id text,
  constraint audit_events_actor_key_fkey foreign key (organization_id, actor_key_id)
    references app_public.org_api_keys (organization_id, id)
);
create index audit_events_time_idx on app_public.audit_events (organization_id, at desc, id desc);
create index audit_events_subject_idx on app_public.audit_events (organization_id, subject_id, at desc) where subject_id is not null;
create index audit_events_actor_idx on app_public.audit_events (actor_user_id);
create index audit_events_actor_key_idx on app_public.audit_events (organization_id, actor_key_id);

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

create table app_public.budgets (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  team_id uuid,
  user_id uuid references app_public.users,
  api_key_id uuid,
  level text not null generated always as (
    case
      when team_id is not null then 'team'
      when user_id is not null then 'member'
      when api_key_id is not null then 'api_key'
      else 'organization'
    end
  ) stored,
  -- What it is looked up by: one index condition for all levels.
  scope_id uuid not null generated always as (coalesce(team_id, user_id, api_key_id, organization_id)) stored,
  kind text not null default 'limit' constraint budgets_kind_known check (kind in ('limit', 'credit')),
  name text constraint budgets_name_length check (app_hidden.is_label(name)),
  unit text not null default 'money' constraint budgets_unit_known check (unit in ('money', 'requests', 'tokens')),
  currency text constraint budgets_currency_form check (currency ~ '^[A-Z]{3}$'),
  service text constraint budgets_service_length check (app_hidden.is_label(service)),
  model text constraint budgets_model_length check (app_hidden.is_label(model)),
  period text not null default 'month'
    constraint budgets_period_known check (period in ('day', 'week', 'month', 'quarter', 'year', 'total')),
  limit_amount numeric not null constraint budgets_limit_amount_range check (
    limit_amount >= 0 and limit_amount < 1000000000000 and scale(trim_scale(limit_amount)) <= 12
  ),
  policy text not null default 'block' constraint budgets_policy_known check (policy in ('block', 'allow', 'grace')),
  grace_percent int constraint budgets_grace_percent_range check (grace_percent between 1 and 1000),
  thresholds int[] not null default '{50,80,100}' constraint budgets_thresholds_form check (
    cardinality(thresholds) <= 10 and array_position(thresholds, null) is null
    and 1 <= all (thresholds) and 1000 >= all (thresholds)
  ),
  status text not null default 'active' constraint budgets_status_known check (status in ('active', 'paused')),
  limit_version int not null default 1 constraint budgets_limit_version_range check (limit_version >= 1),
  -- monthly_quota, monthly_budget and plan: kept by the API key and the plan that they come from.
  source text not null default 'own' constraint budgets_source_known check (source in ('own', 'monthly_quota', 'monthly_budget', 'plan')),
  counts_from timestamptz not null,
  created_by uuid references app_public.users,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint budgets_tenant_key unique (organization_id, id),
  constraint budgets_one_level check (num_nonnulls(team_id, user_id, api_key_id) <= 1),
  constraint budgets_credit_form check (
    kind = 'limit' or user_id is not null and unit = 'money' and currency is not null and period = 'total' and policy = 'block'
      and status = 'active' and service is null and model is null and source = 'own'
  ),
  constraint budgets_currency_of_money check (unit = 'money' or currency is null),
  constraint budgets_whole_units check (unit = 'money' or limit_amount = trunc(limit_amount)),
  constraint budgets_policy_with_percent check ((policy = 'grace') = (grace_percent is not null)),
  constraint budgets_team_fkey foreign key (organization_id, team_id) references app_public.teams (organization_id, id),
  constraint budgets_api_key_fkey foreign key (organization_id, api_key_id)
    references app_public.org_api_keys (organization_id, id)
);
create index budgets_scope_idx on app_public.budgets (organization_id, scope_id);
create index budgets_team_idx on app_public.budgets (organization_id, team_id);
create index budgets_api_key_idx on app_public.budgets (organization_id, api_key_id);
create index budgets_user_idx on app_public.budgets (user_id);
create index budgets_created_by_idx on app_public.budgets (created_by);
create unique index budgets_credit_key on app_public.budgets (organization_id, user_id) where kind = 'credit';
create unique index budgets_source_key on app_public.budgets (organization_id, scope_id, source) where source <> 'own';

-- What was in force in a period, kept with it: a change of the budget changes the current period and none before.
create table app_public.budget_periods (
  organization_id uuid not null,
  budget_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  limit_amount numeric not null,
  currency text,
  policy text not null,
  grace_percent int,
  thresholds int[] not null,
  paused boolean not null,
  limit_version int not null,
  shards int not null default 1,
  constraint budget_periods_pkey primary key (organization_id, budget_id, starts_at),
  constraint budget_periods_not_empty check (ends_at > starts_at),
  constraint budget_periods_budget_fkey foreign key (organization_id, budget_id)
    references app_public.budgets (organization_id, id) on delete cascade
);

-- The counter of a period, in as many rows as writers want to count at the same time. Half of each page stays free, so that an
-- update finds room beside the row and no index changes.
create table app_public.budget_shards (
  organization_id uuid not null,
  budget_id uuid not null,
  starts_at timestamptz not null,
  shard int not null,
  settled numeric not null default 0,
  held numeric not null default 0,
  room numeric not null default 0,
  ahead numeric not null default 0,
  valid_until timestamptz not null default '-infinity',
  announced_at timestamptz not null default '-infinity',
  constraint budget_shards_pkey primary key (organization_id, budget_id, starts_at, shard),
  constraint budget_shards_period_fkey foreign key (organization_id, budget_id, starts_at)
    references app_public.budget_periods (organization_id, budget_id, starts_at) on delete cascade
) with (fillfactor = 25);

create table app_public.budget_alerts (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  budget_id uuid not null,
  starts_at timestamptz not null,
  limit_version int not null,
  threshold int not null,
  limit_amount numeric not null,
  settled numeric not null,
  announced boolean not null,
  created_at timestamptz not null default now(),
  constraint budget_alerts_once unique (organization_id, budget_id, starts_at, limit_version, threshold),
  constraint budget_alerts_period_fkey foreign key (organization_id, budget_id, starts_at)
    references app_public.budget_periods (organization_id, budget_id, starts_at) on delete cascade
);

create table app_public.budget_overruns (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  budget_id uuid not null,
  starts_at timestamptz not null,
  usage_record_id uuid,
  reason text not null constraint budget_overruns_reason_known check (
    reason in ('above_hold', 'expired_hold', 'without_hold', 'late', 'correction', 'priced_later')
  ),
  amount numeric not null,
  created_at timestamptz not null default now(),
  constraint budget_overruns_period_fkey foreign key (organization_id, budget_id, starts_at)
    references app_public.budget_periods (organization_id, budget_id, starts_at) on delete cascade
);
create index budget_overruns_period_idx on app_public.budget_overruns (organization_id, budget_id, starts_at);

create table app_public.budget_changes (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  budget_id uuid not null,
  action text not null constraint budget_changes_action_known check (
    action in ('created', 'updated', 'paused', 'resumed', 'raised', 'raise_rejected')
  ),
  limit_version int not null,
  limit_before numeric,
  limit_after numeric not null,
  details jsonb not null default '{}',
  changed_by uuid references app_public.users,
  created_at timestamptz not null default now(),
  constraint budget_changes_budget_fkey foreign key (organization_id, budget_id)
    references app_public.budgets (organization_id, id) on delete cascade
);
create index budget_changes_budget_idx on app_public.budget_changes (organization_id, budget_id, created_at);
create index budget_changes_changed_by_idx on app_public.budget_changes (changed_by);

create table app_public.budget_raises (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  budget_id uuid not null,
  amount numeric not null constraint budget_raises_amount_range check (
    amount > 0 and amount < 1000000000000 and scale(trim_scale(amount)) <= 12
  ),
  expires_at timestamptz not null constraint budget_raises_expiry_later check (expires_at > created_at and isfinite(expires_at)),
  reason text constraint budget_raises_reason_length check (length(reason) between 1 and 2000),
  status text not null constraint budget_raises_status_known check (status in ('requested', 'approved', 'rejected')),
  requested_by uuid references app_public.users,
  requested_by_key uuid,
  decided_by uuid references app_public.users,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  constraint budget_raises_tenant_key unique (organization_id, id),
  constraint budget_raises_budget_fkey foreign key (organization_id, budget_id)
    references app_public.budgets (organization_id, id) on delete cascade
);
create index budget_raises_budget_idx on app_public.budget_raises (organization_id, budget_id, expires_at);
create index budget_raises_requested_by_idx on app_public.budget_raises (requested_by);
create index budget_raises_requested_by_key_idx on app_public.budget_raises (organization_id, requested_by_key);
create index budget_raises_decided_by_idx on app_public.budget_raises (decided_by);

-- No references: what a record names was checked by the verb that wrote it and is never deleted, only marked. Each would lock a
-- row that all of an organization's records meet at, which costs a third of the throughput (64 writers: 14,800 instead of
-- 22,000 rows a second with one reference, 13,000 with two).
create table app_public.usage_records (
  id uuid not null default app_hidden.uuid_v7(),
  organization_id uuid not null,
  team_id uuid,
  user_id uuid,
  api_key_id uuid,
  kind text not null default 'usage' constraint usage_records_kind_known check (kind in ('usage', 'correction', 'repricing')),
  corrects_id uuid,
  service text not null constraint usage_records_service_length check (app_hidden.is_label(service)),
  model text not null constraint usage_records_model_length check (app_hidden.is_label(model)),
  requests bigint not null default 1 constraint usage_records_requests_range check (requests >= 0 or kind <> 'usage'),
  tokens_in bigint not null default 0 constraint usage_records_tokens_in_range check (tokens_in >= 0 or kind <> 'usage'),
  tokens_out bigint not null default 0 constraint usage_records_tokens_out_range check (tokens_out >= 0 or kind <> 'usage'),
  cost numeric constraint usage_records_cost_range check (
    (cost >= 0 or kind <> 'usage') and abs(cost) < 1000000000000 and scale(trim_scale(cost)) <= 12
  ),
  currency text constraint usage_records_currency_form check (currency ~ '^[A-Z]{3}$'),
  pricing text not null default 'given' constraint usage_records_pricing_known check (pricing in ('given', 'computed', 'unpriced')),
  exchange_rate numeric,
  charged numeric,
  charged_currency text not null,
  hold_id uuid,
  overrun numeric,
  occurred_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  -- The transaction that wrote it: what is older than every transaction under way is complete, and can be rolled up.
  written_in bigint not null default pg_current_xact_id()::text::bigint,
  errors bigint not null default 0
    constraint usage_records_errors_range check (kind <> 'usage' or errors >= 0 and (errors <= requests or requests < 0)),
  constraint usage_records_pkey primary key (id, occurred_at)
) partition by range (occurred_at);
create index usage_records_written_idx on app_public.usage_records (organization_id, written_in);
create index usage_records_time_idx on app_public.usage_records (organization_id, occurred_at);
create index usage_records_team_idx on app_public.usage_records (organization_id, team_id, occurred_at) where team_id is not null;
create index usage_records_user_idx on app_public.usage_records (organization_id, user_id, occurred_at) where user_id is not null;
create index usage_records_api_key_idx on app_public.usage_records (organization_id, api_key_id, occurred_at)
  where api_key_id is not null;
create index usage_records_unpriced_idx on app_public.usage_records (organization_id, service, model) where pricing = 'unpriced';
create index usage_records_corrects_idx on app_public.usage_records (organization_id, corrects_id) where corrects_id is not null;
-- Nothing is refused for lack of a partition: what no month's partition takes lands here.
create table app_private.usage_records_rest partition of app_public.usage_records default;
alter table app_private.usage_records_rest enable row level security, force row level security;

-- Sums of usage_records by hour, day and month in the organization's time zone; whole: of all people, teams and keys together, by
-- model only.
create table app_public.usage_rollups (
  organization_id uuid not null references app_public.organizations on delete cascade,
  whole boolean not null,
  grain text not null constraint usage_rollups_grain_known check (grain in ('hour', 'day', 'month')),
  starts_at timestamptz not null,
  service text not null,
  model text not null,
  currency text not null,
  team_id uuid,
  user_id uuid,
  api_key_id uuid,
  records bigint not null,
  requests bigint not null,
  tokens_in bigint not null,
  tokens_out bigint not null,
  errors bigint not null,
  cost numeric not null,
  constraint usage_rollups_once unique nulls not distinct
    (organization_id, whole, grain, starts_at, service, model, currency, team_id, user_id, api_key_id)
);

-- Up to which transaction an organization's usage is rolled up (exclusive).
create table app_private.rollup_marks (
  organization_id uuid primary key references app_public.organizations on delete cascade,
  written_in bigint not null default 0,
  -- The sums of what was before are all there is: its records may be deleted, and are no longer added up. They hold what was written
  -- before kept_in; what comes later all the same is added to them as anything else is.
  kept_since timestamptz,
  kept_in bigint not null default 0
);

create table app_public.statements (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  number int not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  currency text not null,
  amount numeric not null,
  adjustments numeric not null,
  total numeric not null,
  closed_at timestamptz not null default now(),
  constraint statements_sum check (total = amount + adjustments),
  constraint statements_tenant_key unique (organization_id, id),
  constraint statements_number_key unique (organization_id, number),
  constraint statements_month_key unique (organization_id, starts_at, currency)
);

create table app_public.statement_lines (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  statement_id uuid not null,
  kind text not null constraint statement_lines_kind_known check (kind in ('usage', 'adjustment')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  service text not null,
  model text not null,
  team_id uuid,
  records bigint not null,
  requests bigint not null,
  tokens_in bigint not null,
  tokens_out bigint not null,
  errors bigint not null,
  amount numeric not null,
  constraint statement_lines_statement_fkey foreign key (organization_id, statement_id)
    references app_public.statements (organization_id, id) on delete cascade
);
create index statement_lines_statement_idx on app_public.statement_lines (organization_id, statement_id);
create index statement_lines_month_idx on app_public.statement_lines (organization_id, starts_at);

-- Exports that the worker makes, and their files in pieces.
create table app_public.exports (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  requested_by uuid not null references app_public.users,
  kind text not null constraint exports_kind_known check (kind in ('usage', 'statement')),
  format text not null constraint exports_format_known check (format in ('csv', 'xlsx')),
  since timestamptz,
  until timestamptz,
  number int,
  status text not null default 'queued'
    constraint exports_status_known check (status in ('queued', 'running', 'ready', 'failed', 'revoked')),
  code text,
  attempt int not null default 0,
  attempted_at timestamptz,
  bytes bigint not null default 0,
  chunks int not null default 0,
  link int not null default 1,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  constraint exports_tenant_key unique (organization_id, id),
  constraint exports_question check (
    case kind
      when 'usage' then num_nonnulls(since, until) = 2 and number is null and isfinite(since) and isfinite(until) and since < until
      else num_nonnulls(since, until) = 0 and number is not null and number >= 1
    end
  )
);
create index exports_requested_by_idx on app_public.exports (requested_by);
create index exports_open_idx on app_public.exports (created_at) where status in ('queued', 'running');
create index exports_expires_idx on app_public.exports (expires_at);

create table app_private.export_chunks (
  organization_id uuid not null,
  export_id uuid not null,
  number int not null,
  content bytea not null,
  constraint export_chunks_pkey primary key (organization_id, export_id, number),
  constraint export_chunks_export_fkey foreign key (organization_id, export_id)
    references app_public.exports (organization_id, id) on delete cascade
);
-- Whom a statement is sent to, and whether it was.
create table app_private.statement_mails (
  organization_id uuid not null,
  statement_id uuid not null,
  user_id uuid not null references app_public.users,
  sent_at timestamptz,
  constraint statement_mails_pkey primary key (organization_id, statement_id, user_id),
  constraint statement_mails_statement_fkey foreign key (organization_id, statement_id)
    references app_public.statements (organization_id, id) on delete cascade
);
create index statement_mails_user_idx on app_private.statement_mails (user_id);

create table app_private.idempotency_keys (
  organization_id uuid not null,
  key_hash bytea not null,
  body_hash bytea not null,
  usage_record_id uuid,
  occurred_at timestamptz,
  hold_id uuid,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pkey primary key (organization_id, key_hash)
);

create table app_public.usage_holds (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  team_id uuid,
  user_id uuid,
  api_key_id uuid,
  requests bigint not null default 1 constraint usage_holds_requests_range check (requests >= 0),
  service text not null constraint usage_holds_service_length check (app_hidden.is_label(service)),
  model text not null constraint usage_holds_model_length check (app_hidden.is_label(model)),
  tokens_in bigint not null constraint usage_holds_tokens_in_range check (tokens_in >= 0),
  tokens_out bigint not null constraint usage_holds_tokens_out_range check (tokens_out >= 0),
  cost numeric not null constraint usage_holds_cost_range check (
    cost >= 0 and cost < 1000000000000 and scale(trim_scale(cost)) <= 12
  ),
  currency text not null constraint usage_holds_currency_form check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'open' constraint usage_holds_status_known check (status in ('open', 'settled', 'released')),
  expires_at timestamptz not null,
  closed_at timestamptz,
  usage_record_id uuid,
  exchange_rate numeric,
  charged_currency text,
  created_at timestamptz not null default now()
);
create index usage_holds_time_idx on app_public.usage_holds (organization_id, created_at);

-- What a hold keeps on each budget. open: still counted in the shards' held.
create table app_private.hold_lines (
  organization_id uuid not null,
  hold_id uuid not null,
  budget_id uuid not null,
  starts_at timestamptz not null,
  amount numeric not null,
  expires_at timestamptz not null,
  open boolean not null default true,
  constraint hold_lines_pkey primary key (organization_id, hold_id, budget_id)
);
create index hold_lines_expiry_idx on app_private.hold_lines (organization_id, budget_id, starts_at, expires_at) where open;

-- What a use was changed by for a budget in a third currency. subject_id: the record that came first, or the hold. No reference, for
-- the same reason as with usage_records.
create table app_private.frozen_rates (
  organization_id uuid not null,
  subject_id uuid not null,
  from_currency text not null,
  to_currency text not null,
  rate numeric not null,
  constraint frozen_rates_pkey primary key (organization_id, subject_id, from_currency, to_currency)
);

-- What a member's credit has paid for. No reference, for the same reason as with usage_records.
create table app_private.credit_uses (
  organization_id uuid not null,
  subject_id uuid not null,
  budget_id uuid not null,
  constraint credit_uses_pkey primary key (organization_id, subject_id)
);

create table app_public.unpriced_models (
  organization_id uuid not null references app_public.organizations on delete cascade,
  service text not null,
  model text not null,
  since timestamptz not null default now(),
  constraint unpriced_models_pkey primary key (organization_id, service, model)
);

-- The words of names and addresses, each under its organization: a search reads one range of one index.
create table app_private.search_words (
  organization_id uuid not null references app_public.organizations on delete cascade,
  kind text not null check (kind in ('organization', 'team', 'member')),
  word text collate "C" not null,
  target_id uuid not null,
  primary key (organization_id, kind, word, target_id)
);
create index search_words_target_idx on app_private.search_words (target_id, word);

create type app_public.access_explanation as (
  allowed boolean, permission text, reach text, through text, name text, team_id uuid, reason text
);
create type app_public.bulk_result as (user_id uuid, status text, code text, reason text);
create type app_public.invitation_result as (email text, status text, invitation_id uuid, code text, reason text);
create type app_public.created_join_link as (code text, join_link app_public.join_links);
create type app_public.own_session as (
  id uuid, device text, address text, started_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, current boolean
);

create type app_public.usage_answer as (
  place int, idempotency_key text, status text, usage_record_id uuid, code text, detail jsonb
);
create type app_private.usage_draft as (
  place int, key text, key_hash bytea, body_hash bytea, id uuid, team_id uuid, user_id uuid, service text, model text, cost numeric,
  currency text, tokens_in bigint, tokens_out bigint, requests bigint, errors bigint, occurred_at timestamptz, code text, detail jsonb
);
create type app_private.unit_prices as (
  currency text, token_in numeric, cached_token_in numeric, token_out numeric, request numeric
);
create type app_public.usage_point as (
  starts_at timestamptz, service text, model text, team_id uuid, user_id uuid, api_key_id uuid, label text, currency text,
  records bigint, requests bigint, tokens_in bigint, tokens_out bigint, errors bigint, cost numeric
);
create type app_public.usage_share as (
  service text, model text, team_id uuid, user_id uuid, api_key_id uuid, label text, other boolean, currency text, records bigint,
  requests bigint, tokens_in bigint, tokens_out bigint, errors bigint, cost numeric, share numeric, cost_before numeric, change numeric
);
create type app_public.cost_point as (
  starts_at timestamptz, currency text, cost numeric, cost_before numeric, change numeric, average numeric, running numeric
);
create type app_public.budget_outlook as (
  budget_id uuid, level text, label text, unit text, currency text, period text, limit_amount numeric, raised numeric, settled numeric,
  held numeric, remaining numeric, used_percent numeric, resets_at timestamptz, expected numeric, low numeric, high numeric,
  runs_out_on timestamptz, outlook text
);
create type app_public.budget_forecast as (
  expected numeric, low numeric, high numeric, runs_out_on timestamptz
);
create type app_public.budget_state as (
  budget_id uuid, limit_amount numeric, raised numeric, settled numeric, held numeric, remaining numeric, used_percent numeric,
  currency text, starts_at timestamptz, resets_at timestamptz
);

create type app_public.charge_verdict as (
  budget_id uuid, level text, unit text, period text, policy text, currency text, requested numeric, remaining numeric, fits boolean,
  kind text, charged boolean
);

create type app_public.allocation as (
  budget_id uuid, level text, currency text, limit_amount numeric, to_teams numeric, to_members numeric, unallocated numeric,
  oversubscribed numeric
);

create table app_public.health_minutes (
  organization_id uuid not null references app_public.organizations on delete cascade,
  minute timestamptz not null,
  requests int not null,
  errors int not null,
  refused int not null,
  duration_ms bigint not null,
  slowest_ms int not null,
  jobs_done int not null,
  jobs_failed int not null,
  failing boolean not null generated always as (errors * 20::bigint > requests) stored,
  primary key (organization_id, minute)
);
create index health_minutes_time_idx on app_public.health_minutes (minute);
create index health_minutes_failing_idx on app_public.health_minutes (minute) where failing;

create table app_public.health_incidents (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  started_at timestamptz not null,
  opened_at timestamptz not null default now(),
  ended_at timestamptz,
  requests int not null,
  errors int not null,
  constraint health_incidents_tenant_key unique (organization_id, id)
);
create index health_incidents_time_idx on app_public.health_incidents (organization_id, started_at);
create unique index health_incidents_open_idx on app_public.health_incidents (organization_id) where ended_at is null;

-- Where alerts go. What a sender needs and nobody may read stands in app_private.
create table app_public.alert_channels (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  kind text not null constraint alert_channels_kind_known check (kind in ('email', 'webhook', 'slack')),
  name text not null constraint alert_channels_name_length check (app_hidden.is_label(name)),
  host text,
  user_id uuid,
  digest boolean not null default false,
  status text not null default 'active' check (status in ('active', 'disabled')),
  failing_since timestamptz,
  created_by uuid references app_public.users,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint alert_channels_tenant_key unique (organization_id, id),
  constraint alert_channels_form check ((kind = 'email') = (host is null) and (kind = 'email' or (user_id is null and not digest))),
  constraint alert_channels_member_fkey foreign key (organization_id, user_id)
    references app_public.members (organization_id, user_id) on delete cascade
);
create index alert_channels_member_idx on app_public.alert_channels (organization_id, user_id);
create index alert_channels_created_by_idx on app_public.alert_channels (created_by);

create table app_private.alert_channel_secrets (
  organization_id uuid not null,
  channel_id uuid not null,
  -- http only to this machine, for development; the worker has to be told to do it.
  url text not null constraint alert_channels_url_form check (
    length(url) <= 2000 and url ~ '^(https://[^\s/?#@\\"<>]+|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?)([/?][^\s#\\"<>]*)?$'
  ),
  secret text,
  -- Signs beside the new one for a while after a rotation.
  old_secret text,
  old_until timestamptz,
  constraint alert_channel_secrets_pkey primary key (organization_id, channel_id),
  constraint alert_channel_secrets_channel_fkey foreign key (organization_id, channel_id)
    references app_public.alert_channels (organization_id, id) on delete cascade
);

create table app_public.alert_rules (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null references app_public.organizations on delete cascade,
  kind text not null constraint alert_rules_kind_known
    check (kind in ('threshold', 'forecast', 'spike', 'errors', 'key_expiry', 'quota', 'unpriced')),
  name text not null constraint alert_rules_name_length check (app_hidden.is_label(name)),
  budget_id uuid,
  resource text,
  thresholds int[],
  minimum numeric not null default 0
    constraint alert_rules_minimum_range check (minimum >= 0 and minimum < 1000000000000 and minimum = round(minimum, 12)),
  muted_until timestamptz,
  created_by uuid references app_public.users,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint alert_rules_tenant_key unique (organization_id, id),
  constraint alert_rules_thresholds_form check (app_hidden.are_alert_thresholds(kind, thresholds)),
  constraint alert_rules_budget_kind check (budget_id is null or kind in ('threshold', 'forecast')),
  constraint alert_rules_resource_kind check (
    resource is null or kind = 'quota' and resource in ('seats', 'storage', 'api_calls', 'teams', 'api_keys')
  ),
  constraint alert_rules_minimum_kind check (minimum = 0 or kind = 'spike'),
  constraint alert_rules_budget_fkey foreign key (organization_id, budget_id)
    references app_public.budgets (organization_id, id) on delete cascade
);
create index alert_rules_kind_idx on app_public.alert_rules (organization_id, kind);
create index alert_rules_budget_idx on app_public.alert_rules (organization_id, budget_id);
create index alert_rules_created_by_idx on app_public.alert_rules (created_by);

create table app_public.alert_rule_channels (
  organization_id uuid not null,
  rule_id uuid not null,
  channel_id uuid not null,
  constraint alert_rule_channels_pkey primary key (organization_id, rule_id, channel_id),
  constraint alert_rule_channels_rule_fkey foreign key (organization_id, rule_id)
    references app_public.alert_rules (organization_id, id) on delete cascade,
  constraint alert_rule_channels_channel_fkey foreign key (organization_id, channel_id)
    references app_public.alert_channels (organization_id, id) on delete cascade
);
create index alert_rule_channels_channel_idx on app_public.alert_rule_channels (organization_id, channel_id);

create table app_public.alert_events (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  rule_id uuid not null,
  kind text not null,
  occasion text not null,
  facts jsonb not null,
  muted boolean not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid references app_public.users,
  created_at timestamptz not null default now(),
  constraint alert_events_tenant_key unique (organization_id, id),
  constraint alert_events_once unique (organization_id, rule_id, occasion),
  constraint alert_events_rule_fkey foreign key (organization_id, rule_id)
    references app_public.alert_rules (organization_id, id) on delete cascade
);
create index alert_events_time_idx on app_public.alert_events (organization_id, created_at);
create index alert_events_acknowledged_by_idx on app_public.alert_events (acknowledged_by);

create table app_public.alert_deliveries (
  id uuid primary key default app_hidden.uuid_v7(),
  organization_id uuid not null,
  event_id uuid not null,
  channel_id uuid not null,
  user_id uuid references app_public.users,
  status text not null default 'pending' check (status in ('pending', 'waiting', 'delivered', 'failed', 'skipped')),
  attempts int not null default 0,
  attempted_at timestamptz,
  response_status int,
  problem text,
  delivered_at timestamptz,
  resends int not null default 0,
  digest_id uuid,
  created_at timestamptz not null default now(),
  constraint alert_deliveries_tenant_key unique (organization_id, id),
  constraint alert_deliveries_once unique nulls not distinct (organization_id, event_id, channel_id, user_id),
  constraint alert_deliveries_event_fkey foreign key (organization_id, event_id)
    references app_public.alert_events (organization_id, id) on delete cascade,
  constraint alert_deliveries_channel_fkey foreign key (organization_id, channel_id)
    references app_public.alert_channels (organization_id, id) on delete cascade
);
create index alert_deliveries_channel_idx on app_public.alert_deliveries (organization_id, channel_id);
create index alert_deliveries_time_idx on app_public.alert_deliveries (organization_id, created_at);
create index alert_deliveries_user_idx on app_public.alert_deliveries (user_id);
create index alert_deliveries_digest_idx on app_public.alert_deliveries (digest_id);
create index alert_deliveries_waiting_idx on app_public.alert_deliveries (created_at) where status = 'waiting' and digest_id is null;

create type app_public.created_alert_channel as (secret text, alert_channel app_public.alert_channels);

create type app_public.health_summary as (
  since timestamptz,
  requests int,
  errors int,
  refused int,
  requests_per_second numeric,
  error_rate numeric,
  mean_ms numeric,
  slowest_ms int,
  jobs_done int,
  jobs_failed int,
  job_success_rate numeric,
  failing boolean
);

create table app_private.rate_limits (
  id uuid primary key default app_hidden.uuid_v7(),
  scope text not null check (scope in ('global', 'tenant', 'person')),
  -- The narrowest row counts: the organization's, the plan's, then the one that names neither.
  plan text,
  organization_id uuid references app_public.organizations on delete cascade,
  rate int not null check (rate between 1 and 1000000),
  burst int not null check (burst between 0 and 10000000),
  constraint rate_limits_once unique nulls not distinct (scope, plan, organization_id),
  constraint rate_limits_one_level check (num_nonnulls(plan, organization_id) <= 1),
  constraint rate_limits_global_alone check (scope <> 'global' or num_nonnulls(plan, organization_id) = 0),
  -- A page load is a burst.
  constraint rate_limits_person_burst check (scope <> 'person' or burst >= 50)
);
create index rate_limits_organization_idx on app_private.rate_limits (organization_id);

create type app_public.created_api_key as (key text, api_key app_public.org_api_keys);
create type app_public.api_key_usage as (starts_at timestamptz, requests bigint, cost numeric, currency text);

--! Included all.sql
-- The only place that orders the fixtures. Everything here can run again at any time: the migrations include it,
-- and a test proves that running it once more changes nothing.
--! Included base/uuid_v7.sql
-- Built in from PostgreSQL 18 on, written out for those before: the same schema then runs, and dumps, alike on 15 to 18. PL/pgSQL
-- looks at a branch only when it gets there, and keeps its plan: 3 and 8 µs a row, where a SQL function would take 25.
create or replace function app_hidden.uuid_v7() returns uuid
language plpgsql volatile parallel safe
set search_path = ''
as $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    return pg_catalog.uuidv7();
  end if;
  return pg_catalog.encode(
    pg_catalog.set_bit(pg_catalog.set_bit(
      overlay(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
        placing substring(pg_catalog.int8send((extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ), 52, 1), 53, 1),
    'hex')::uuid;
end;
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
--! Included base/is_locale.sql
-- A language tag as browsers and libraries write it: language, perhaps a script, perhaps a region.
create or replace function app_hidden.is_locale(locale text) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$';
$$;
revoke all on function app_hidden.is_locale(text) from public;
grant execute on function app_hidden.is_locale(text) to rowgate_user, rowgate_writer;
comment on function app_hidden.is_locale(text) is 'Whether a text is a language tag such as en, de-AT or zh-Hant-TW.';
--! EndIncluded base/is_locale.sql
--! Included base/are_domains.sql
-- What may stand behind the @ of an address, once: for the column, which may hold several.
create or replace function app_hidden.are_domains(domains text[]) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$
  select cardinality(domains) between 1 and 20
    and not exists (
      select from unnest(domains) as domain
      where domain is null or length(domain) > 253 or domain !~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$'
    );
$$;
revoke all on function app_hidden.are_domains(text[]) from public;
grant execute on function app_hidden.are_domains(text[]) to rowgate_writer;
comment on function app_hidden.are_domains(text[]) is 'Whether a list has 1 to 20 domains in lower case, such as example.com.';
--! EndIncluded base/are_domains.sql
--! Included base/is_label.sql
-- Names are shown to other people, in pages, logs and e-mails: no line breaks, no control characters, and none that turn the
-- direction of the text around. PL/pgSQL, because it keeps its plan for as long as the connection lives: PostgreSQL plans a
-- SQL function anew for each statement whose row it checks.
create or replace function app_hidden.is_label(label text) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return length(label) between 1 and 200
    and label !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';
end;
$$;
revoke all on function app_hidden.is_label(text) from public;
grant execute on function app_hidden.is_label(text) to rowgate_user, rowgate_key, rowgate_writer;
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
--! Included base/are_alert_thresholds.sql
-- What a rule may fire at depends on its kind. PL/pgSQL, because it keeps its plan.
create or replace function app_hidden.are_alert_thresholds(kind text, thresholds int[]) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if thresholds is null then
    return kind in ('threshold', 'forecast', 'unpriced');
  end if;
  return cardinality(thresholds) between 1 and 20
    and not exists (
      select from unnest(thresholds) as step
      where step is null or not case kind
        when 'threshold' then step between 1 and 1000
        when 'quota' then step between 1 and 1000
        when 'spike' then step between 101 and 100000
        when 'errors' then step between 5 and 100
        when 'key_expiry' then step between 1 and 365
        else false
      end
    );
end;
$$;
revoke all on function app_hidden.are_alert_thresholds(text, int[]) from public;
grant execute on function app_hidden.are_alert_thresholds(text, int[]) to rowgate_writer;
comment on function app_hidden.are_alert_thresholds(text, int[]) is 'Whether an alert rule of a kind may fire at these numbers.';
--! EndIncluded base/are_alert_thresholds.sql
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

  execute format(
    'create policy floor_tenant on %s as restrictive for all
       to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job
       using (%I = (select app_hidden.open_tenant())) with check (%I = (select app_hidden.open_tenant()))',
    target, tenant_column, tenant_column);
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
    ('IDENTITY_UNKNOWN', 401, 'Nobody here is known under this name at that issuer.',
      'Sign in with your account here, and link it at /auth/identities.'),
    ('API_KEY_INVALID', 401, 'The API key is unknown, revoked or expired.',
      'Use a key that the organization lists as active, or create one.'),
    ('API_KEY_PAUSED', 401, 'The API key is paused.',
      'Ask whoever answers for it to resume it, or use another one.'),
    ('BUDGET_EXCEEDED', 402, 'The usage does not fit the budget.',
      'Wait until the budget resets, or ask somebody who may raise it.'),
    ('QUOTA_EXCEEDED', 402, 'The organization''s plan allows no more of this.',
      'Remove some of what "resource" names, or have an owner change to a larger plan with "changePlan".'),
    ('FORBIDDEN', 403, 'Your role does not include this permission.',
      'Ask an owner or admin of the organization.'),
    ('RIGHTS_EXCEEDED', 403, 'This takes permissions that you do not hold yourself.',
      'Ask somebody who holds what "missing" lists.'),
    ('ADDRESS_FORBIDDEN', 403, 'The API key may not be used from this address.',
      'Use it from one of its "allowedIps", or ask whoever answers for it to add the address.'),
    ('MODEL_FORBIDDEN', 403, 'The API key may not be used for this model.',
      'Name one of "allowed", or ask whoever answers for the key to add the model.'),
    ('KEY_TEAM_FORBIDDEN', 403, 'The API key is bound to a team, and books nowhere else.',
      'Leave the team out, or name one below it; if its team is deleted, use another key.'),
    ('TENANT_FORBIDDEN', 403, 'The organization does not exist or you are not in it.',
      'Check X-Tenant-ID, the subdomain and "tenant_id"; the query "organizations" lists yours.'),
    ('ORGANIZATION_SUSPENDED', 403, 'The organization is suspended.',
      'Ask the platform''s support to reactivate it.'),
    ('TRIAL_EXPIRED', 403, 'The trial of the organization is over.',
      'Choose a plan, or ask the platform''s support.'),
    ('NOT_FOUND', 404, 'There is no such row, or you may not see it.',
      'Check the id and the chosen organization.'),
    ('ALREADY_EXISTS', 409, 'It exists already.',
      'Choose another value, or use the existing one.'),
    ('API_KEY_CLOSED', 409, 'The API key is revoked or has expired.',
      'Create a new one.'),
    ('LAST_OWNER', 409, 'An organization always has an owner.',
      'Make somebody else owner first.'),
    ('OFFER_CLOSED', 409, 'The offer of ownership is no longer open.',
      'Ask an owner for a new one.'),
    ('LINK_INVALID', 410, 'The link is unknown, was used, or has expired.',
      'Ask for a new one.'),
    ('INVITATION_UNKNOWN', 404, 'This is no invitation.',
      'Check that the whole link or code was used, and the newest one; ask for another.'),
    ('INVITATION_WRONG_ADDRESS', 403, 'The invitation is for another e-mail address than yours.',
      'Sign in with the address that it was sent to, or one that it is meant for.'),
    ('INVITATION_NEEDS_SIGN_IN', 409, 'The invitation is for somebody who has to sign in first.',
      'Sign in with the address that it was sent to, and accept it then.'),
    ('INVITATION_ACCEPTED', 409, 'The invitation was accepted already.',
      'There is nothing to do; "organizations" lists where you are in.'),
    ('INVITATION_REVOKED', 410, 'The invitation was taken back.',
      'Ask whoever invited you.'),
    ('INVITATION_EXPIRED', 410, 'The invitation has expired.',
      'Ask for a new one.'),
    ('INVITATION_USED_UP', 410, 'The join code was used as often as it may be.',
      'Ask for a new one.'),
    ('INVITATION_LAPSED', 409, 'Whoever invited you may no longer do so.',
      'Ask an owner or admin of the organization to invite you.'),
    ('EMAIL_UNVERIFIED', 403, 'This needs a confirmed e-mail address.',
      'Follow the link in the e-mail; "requestEmailVerification" sends another.'),
    ('JUST_SENT', 429, 'Such an e-mail was sent within the last minute.',
      'Wait "retry_after" seconds.'),
    ('REQUEST_CLOSED', 409, 'The request was decided already.',
      'There is nothing to do; "status" says how.'),
    ('PLAN_TOO_SMALL', 409, 'The organization has more than that plan allows.',
      'Reduce what "exceeded" lists, or choose a larger plan.'),
    ('ROLE_IN_USE', 409, 'Members have this role.',
      'Give them another role first, or name one in "replaceWith".'),
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
    ('TENANT_HINTS_DISAGREE', 422, 'Token, X-Tenant-ID, subdomain and "tenant_id" name different organizations.',
      'Send one of them, or the same organization in all.'),
    ('NO_ORGANIZATION', 422, 'You are not in an organization yet.',
      'Create one with "createOrganization", or ask to be added.'),
    ('INVALID_INPUT', 422, 'A value is not acceptable.',
      'See "rule" for what is.'),
    ('CURRENCY_MISMATCH', 422, 'No exchange rate is known for the currency of the usage.',
      'Send the cost in the organization''s currency.'),
    ('PRICE_UNKNOWN', 422, 'No price is known for this service and model.',
      'Send the cost, or have the price added to the price list.'),
    ('USAGE_TOO_OLD', 422, 'The usage occurred longer ago than the organization keeps usage.',
      'Correct "occurredAt", or leave it out.'),
    ('CHANNEL_DISABLED', 409, 'The channel is disabled, because nothing was taken for long.',
      'Take it into use again with "enableAlertChannel".'),
    ('EXPORTS_FULL', 409, 'The organization has as many exports as it may have.',
      'Revoke one that nobody needs, or wait until one expires.'),
    ('EXPORT_INTERRUPTED', 409, 'What you may see, or how long it is kept, has changed since the export began.',
      'Begin it again.'),
    ('HOLD_CLOSED', 409, 'The hold was settled or released already.',
      'Record further usage with "recordUsage".')
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
--! Included base/require_fewer.sql
-- What piles up without a plan's limit has one of its own, far above what anybody needs. Two at the same time may both be the last: it keeps
-- an organization from growing without end, and guards nothing that is paid for.
create or replace function app_hidden.require_fewer(what text, used bigint, most int) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if used >= most then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', format('An organization has at most %s %s.', most, what)));
  end if;
end;
$$;
revoke all on function app_hidden.require_fewer(text, bigint, int) from public;
grant execute on function app_hidden.require_fewer(text, bigint, int) to rowgate_writer;
comment on function app_hidden.require_fewer(text, bigint, int) is 'Refuses one more where there are so many already. Raises INVALID_INPUT.';
--! EndIncluded base/require_fewer.sql
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
create or replace function app_hidden.enqueue(
  organization_id uuid, task text, payload jsonb, dedupe text, queue text default null
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform graphile_worker.add_job(
    enqueue.task,
    (enqueue.payload || jsonb_build_object('organization_id', enqueue.organization_id) || jsonb_strip_nulls(jsonb_build_object(
      -- Whose doing it is. Settings and not app_hidden.claim: the worker's login may execute nothing but its resolver.
      'by_request_id', nullif(current_setting('rowgate.request_id', true), ''),
      'by_user_id', nullif(current_setting('rowgate.user_id', true), ''),
      'by_key_id', nullif(current_setting('rowgate.key_id', true), '')
    )))::json,
    queue_name := concat_ws(':', enqueue.organization_id, enqueue.queue),
    job_key := concat_ws(':', enqueue.organization_id, enqueue.task, enqueue.dedupe),
    -- A job that runs already is left alone, and a queued one keeps its place.
    job_key_mode := 'preserve_run_at'
  );
end;
$$;
alter function app_hidden.enqueue(uuid, text, jsonb, text, text) owner to rowgate_worker;
revoke all on function app_hidden.enqueue(uuid, text, jsonb, text, text) from public;
grant execute on function app_hidden.enqueue(uuid, text, jsonb, text, text) to rowgate_writer;
comment on function app_hidden.enqueue(uuid, text, jsonb, text, text) is
  'Queues a job in the transaction of the fact that needs it. The payload holds ids only: those given, the organization, and the request, person and key that it was queued by. Jobs of one queue of an organization run one after the other.';
--! EndIncluded base/enqueue.sql
--! Included base/new_secret.sql
-- 32 bytes out of four times 122 random bits: gen_random_uuid() draws from the system's generator.
create or replace function app_hidden.new_secret(prefix text) returns text
language sql volatile
set search_path = ''
as $$
  select prefix || encode(sha256(
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
  ), 'hex');
$$;
revoke all on function app_hidden.new_secret(text) from public;
grant execute on function app_hidden.new_secret(text) to rowgate_writer;
comment on function app_hidden.new_secret(text) is 'A secret of 256 bits behind a prefix that says what it is.';
--! EndIncluded base/new_secret.sql

--! Included session/claims.sql
-- Claims are transaction-local settings, set by app_hidden.resolve_request (a request) or app_hidden.resolve_job (a job)
-- and by nothing else. A claim that is absent reads '' on a pooled connection and NULL on a fresh one: both mean none.
-- The five functions below have no SET clause: PostgreSQL can then inline them. They name everything in full.
create or replace function app_hidden.claim(name text) returns text
language sql stable parallel safe
as $$
  select nullif(pg_catalog.current_setting('rowgate.' || name, true), '');
$$;
revoke all on function app_hidden.claim(text) from public;
grant execute on function app_hidden.claim(text)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.claim(text) is 'One claim of this transaction, or null.';

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
  request_id text default null,
  models text[] default null
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
    pg_catalog.set_config('rowgate.request_id', coalesce(set_claims.request_id, ''), true),
    pg_catalog.set_config('rowgate.models', coalesce(set_claims.models::text, ''), true);
end;
$$;
revoke all on function app_hidden.set_claims(uuid, uuid, uuid, uuid, boolean, text, text[]) from public;
grant execute on function app_hidden.set_claims(uuid, uuid, uuid, uuid, boolean, text, text[]) to rowgate_reader;
comment on function app_hidden.set_claims(uuid, uuid, uuid, uuid, boolean, text, text[]) is 'Sets all claims of this transaction.';

-- What the caller may do in the chosen organization, read by app_hidden.read_rights. Policies ask for a permission several times a
-- statement; as a claim it costs 1 µs each time, where reading it from the tables cost 15 to 40.
create or replace function app_hidden.set_rights(open boolean, permissions text[], slug text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform
    pg_catalog.set_config('rowgate.open', case when set_rights.open then 'true' else '' end, true),
    pg_catalog.set_config('rowgate.permissions', format(' %s ', array_to_string(set_rights.permissions, ' ')), true),
    pg_catalog.set_config('rowgate.slug', coalesce(set_rights.slug, ''), true);
end;
$$;
revoke all on function app_hidden.set_rights(boolean, text[], text) from public;
grant execute on function app_hidden.set_rights(boolean, text[], text) to rowgate_reader;
comment on function app_hidden.set_rights(boolean, text[], text) is 'Sets the claims that say what this transaction may do in its organization; slug: for logs.';
--! EndIncluded session/set_claims.sql
--! Included tenancy/organization_state.sql
-- The end of a trial is a moment and no job's work: whoever asks compares it with the clock. No SET clause: PostgreSQL inlines it.
create or replace function app_hidden.organization_state(status text, trial_ends_at timestamptz) returns text
language sql stable parallel safe
as $$
  select case when status = 'active' and trial_ends_at <= pg_catalog.now() then 'trial_expired' else status end;
$$;
revoke all on function app_hidden.organization_state(text, timestamptz) from public;
grant execute on function app_hidden.organization_state(text, timestamptz) to rowgate_reader, rowgate_writer;
comment on function app_hidden.organization_state(text, timestamptz) is
  'active, suspended, trial_expired or deleted: only in an active organization anything but its own row is visible or changed.';

create or replace function app_hidden.refuse_closed(state text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if refuse_closed.state = 'suspended' then
    perform app_hidden.refuse('ORGANIZATION_SUSPENDED');
  elsif refuse_closed.state = 'trial_expired' then
    perform app_hidden.refuse('TRIAL_EXPIRED');
  end if;
end;
$$;
revoke all on function app_hidden.refuse_closed(text) from public;
grant execute on function app_hidden.refuse_closed(text) to rowgate_reader, rowgate_writer;
comment on function app_hidden.refuse_closed(text) is
  'Raises ORGANIZATION_SUSPENDED or TRIAL_EXPIRED where the state is one of these.';
--! EndIncluded tenancy/organization_state.sql
--! Included tenancy/enqueue_purge.sql
-- The job of a purge waits for its day outside of the organization's queue, so that nothing of the organization is left in the queue
-- when it has run. Owned as app_hidden.enqueue is.
create or replace function app_hidden.enqueue_purge(organization_id uuid, purge_at timestamptz) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform graphile_worker.add_job(
    'tenancy/purge',
    json_build_object('organization_id', enqueue_purge.organization_id),
    run_at := enqueue_purge.purge_at,
    job_key := concat_ws(':', enqueue_purge.organization_id, 'tenancy/purge')
  );
end;
$$;
alter function app_hidden.enqueue_purge(uuid, timestamptz) owner to rowgate_worker;
revoke all on function app_hidden.enqueue_purge(uuid, timestamptz) from public;
grant execute on function app_hidden.enqueue_purge(uuid, timestamptz) to rowgate_writer;
comment on function app_hidden.enqueue_purge(uuid, timestamptz) is
  'Queues the purge of an organization for a day; another day takes the place of the first.';

create or replace function app_hidden.forget_jobs(organization_id uuid) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  -- Also those that failed too often. The purge's own is in no queue.
  delete from graphile_worker._private_jobs as jobs
  where jobs.payload ->> 'organization_id' = forget_jobs.organization_id::text and jobs.locked_at is null;
  delete from graphile_worker._private_job_queues as queues
  where split_part(queues.queue_name, ':', 1) = forget_jobs.organization_id::text
    and not exists (select from graphile_worker._private_jobs as jobs where jobs.job_queue_id = queues.id);
  return not exists (
    select from graphile_worker._private_job_queues as queues
    where split_part(queues.queue_name, ':', 1) = forget_jobs.organization_id::text
  );
end;
$$;
alter function app_hidden.forget_jobs(uuid) owner to rowgate_worker;
revoke all on function app_hidden.forget_jobs(uuid) from public;
grant execute on function app_hidden.forget_jobs(uuid) to rowgate_writer;
comment on function app_hidden.forget_jobs(uuid) is 'Takes everything of an organization out of the job queue; false when something of it runs right now.';
--! EndIncluded tenancy/enqueue_purge.sql
--! Included tenancy/purgeable_organizations.sql
-- The one organization whose rows may be deleted, also from the books: the job's own, deleted and due.
create or replace function app_hidden.purgeable_organizations() returns uuid[]
language plpgsql stable
set search_path = ''
as $$
begin
  return array(
    select organizations.id from app_public.organizations
    where organizations.id = app_hidden.current_organization_id() and app_hidden.claim('job') = 'true'
      and organizations.status = 'deleted' and organizations.purge_at <= now()
  );
end;
$$;
revoke all on function app_hidden.purgeable_organizations() from public;
grant execute on function app_hidden.purgeable_organizations() to rowgate_writer;
comment on function app_hidden.purgeable_organizations() is 'The organization of this job, if it is deleted and its time to be restored is over; else none.';
--! EndIncluded tenancy/purgeable_organizations.sql
--! Included tenancy/purge_organization.sql
-- What grows without end is deleted in batches, each a transaction of its own; then the organization's row, which takes the rest along.
create or replace function app_hidden.purge_organization(most int) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant uuid;
  batch int;
begin
  select organizations.id into tenant from app_public.organizations
  where organizations.id = any (app_hidden.purgeable_organizations())
  for update;
  if not found then
    return 'done';
  end if;
  delete from app_public.usage_records as rows
  where rows.organization_id = tenant and (rows.id, rows.occurred_at) in (
    select chosen.id, chosen.occurred_at from app_public.usage_records as chosen where chosen.organization_id = tenant limit most
  );
  get diagnostics batch = row_count;
  if batch = most then
    return 'more';
  end if;
  delete from app_private.hold_lines as rows
  where rows.organization_id = tenant and (rows.hold_id, rows.budget_id) in (
    select chosen.hold_id, chosen.budget_id from app_private.hold_lines as chosen where chosen.organization_id = tenant limit most
  );
  get diagnostics batch = row_count;
  if batch = most then
    return 'more';
  end if;
  delete from app_public.usage_holds as rows
  where rows.organization_id = tenant and rows.id in (
    select chosen.id from app_public.usage_holds as chosen where chosen.organization_id = tenant limit most
  );
  get diagnostics batch = row_count;
  if batch = most then
    return 'more';
  end if;
  delete from app_private.idempotency_keys as rows
  where rows.organization_id = tenant and rows.key_hash in (
    select chosen.key_hash from app_private.idempotency_keys as chosen where chosen.organization_id = tenant limit most
  );
  get diagnostics batch = row_count;
  if batch = most then
    return 'more';
  end if;
  if not app_hidden.forget_jobs(tenant) then
    return 'busy';
  end if;
  delete from app_public.organizations where organizations.id = tenant;
  return 'done';
end;
$$;
alter function app_hidden.purge_organization(int) owner to rowgate_writer;
revoke all on function app_hidden.purge_organization(int) from public;
grant execute on function app_hidden.purge_organization(int) to rowgate_job;
comment on function app_hidden.purge_organization(int) is
  'Deletes so many rows of the job''s organization, if it is to be purged, or the rest of it: more, done (also where there is nothing to purge), or busy while another job of it runs.';
--! EndIncluded tenancy/purge_organization.sql
--! Included usage/retired_until.sql
-- Before when records may be deleted, by the policies as well: the job's own organization, and only what its sums hold.
create or replace function app_hidden.retired_until() returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select marks.kept_since from app_private.rollup_marks as marks
    where marks.organization_id = app_hidden.current_organization_id() and app_hidden.claim('job') = 'true'
  );
end;
$$;
revoke all on function app_hidden.retired_until() from public;
grant execute on function app_hidden.retired_until() to rowgate_writer;
comment on function app_hidden.retired_until() is 'Before when the organization of this job keeps its sums and no records; null: it keeps all.';
--! EndIncluded usage/retired_until.sql
--! Included permissions/held_permissions.sql
-- Who holds what: the whole rule, once. Everything that asks for a permission, lists permissions or explains one reads these two
-- views. They read as their caller; only the definer functions of this folder are granted them.
create or replace view app_hidden.held_permissions with (security_invoker = true) as
select members.organization_id, members.user_id, source.permission, source.through, source.name
from app_public.members
  cross join lateral (
    select role_permissions.permission, 'role' as through, members.role as name
    from app_public.role_permissions
    where role_permissions.role = members.role
    union all
    select contents.permission, 'custom_role', custom_roles.name
    from app_public.custom_role_permissions as contents
      join app_public.custom_roles
        on custom_roles.organization_id = contents.organization_id and custom_roles.id = contents.role_id
    where contents.organization_id = members.organization_id and contents.role_id = members.custom_role_id
    union all
    select extra.permission, 'grant', null
    from app_public.member_permissions as extra
    where extra.organization_id = members.organization_id and extra.user_id = members.user_id and extra.effect = 'grant'
  ) as source
where not exists (
  select from app_public.member_permissions as denial
  where denial.organization_id = members.organization_id and denial.user_id = members.user_id
    and denial.permission = source.permission and denial.effect = 'deny'
);
revoke all on app_hidden.held_permissions from public;
grant select on app_hidden.held_permissions to rowgate_reader, rowgate_writer;
comment on view app_hidden.held_permissions is
  'What each member holds in the organization: from the role, built-in or the organization''s own, and from extra grants, less denials.';

-- A role in a team holds what the model says, changed by the organization's exceptions; a denial of the member wins here too.
create or replace view app_hidden.team_role_holdings with (security_invoker = true) as
select organizations.id as organization_id, holdings.role, holdings.permission
from app_public.organizations
  cross join lateral (
    select team_role_permissions.role, team_role_permissions.permission
    from app_public.team_role_permissions
    where not exists (
      select from app_public.team_role_exceptions as exception
      where exception.organization_id = organizations.id and exception.role = team_role_permissions.role
        and exception.permission = team_role_permissions.permission and exception.effect = 'deny'
    )
    union
    select exception.role, exception.permission
    from app_public.team_role_exceptions as exception
    where exception.organization_id = organizations.id and exception.effect = 'grant'
  ) as holdings;
revoke all on app_hidden.team_role_holdings from public;
grant select on app_hidden.team_role_holdings to rowgate_reader, rowgate_writer;
comment on view app_hidden.team_role_holdings is 'What a role in a team holds in each organization.';

create or replace view app_hidden.held_team_permissions with (security_invoker = true) as
select team_members.organization_id, team_members.user_id, team_members.team_id, team_members.role, holdings.permission
from app_public.team_members
  join app_hidden.team_role_holdings as holdings
    on holdings.organization_id = team_members.organization_id and holdings.role = team_members.role
where not exists (
  select from app_public.member_permissions as denial
  where denial.organization_id = team_members.organization_id and denial.user_id = team_members.user_id
    and denial.permission = holdings.permission and denial.effect = 'deny'
);
revoke all on app_hidden.held_team_permissions from public;
grant select on app_hidden.held_team_permissions to rowgate_reader, rowgate_writer;
comment on view app_hidden.held_team_permissions is
  'What each member holds through a role in a team; it counts in that team and in all teams below it.';
--! EndIncluded permissions/held_permissions.sql
--! Included permissions/permits.sql
-- The claim that app_hidden.read_rights made. Never null: "not permits(…)" refuses. No SET clause, so that PostgreSQL inlines it.
create or replace function app_hidden.permits(permission text) returns boolean
language sql stable parallel safe
as $$
  select coalesce(pg_catalog.strpos(app_hidden.claim('permissions'), ' ' || permission || ' ') > 0, false);
$$;
revoke all on function app_hidden.permits(text) from public;
grant execute on function app_hidden.permits(text)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
comment on function app_hidden.permits(text) is
  'Whether the caller holds the permission in the chosen organization; false where none is chosen.';
--! EndIncluded permissions/permits.sql
--! Included permissions/organizations_permitting.sql
-- SECURITY DEFINER, because a policy on members can't select members.
create or replace function app_hidden.own_organizations() returns uuid[]
language plpgsql stable parallel safe security definer
set search_path = ''
as $$
declare
  person constant uuid := app_hidden.current_user_id();
begin
  return array(
    select members.organization_id
    from app_public.members
      join app_public.organizations on organizations.id = members.organization_id
        and app_hidden.organization_state(organizations.status, organizations.trial_ends_at) = 'active'
    where members.user_id = person
  );
end;
$$;
alter function app_hidden.own_organizations() owner to rowgate_reader;
revoke all on function app_hidden.own_organizations() from public;
grant execute on function app_hidden.own_organizations()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.own_organizations() is 'The active organizations that the caller is in.';

create or replace function app_hidden.own_organizations_permitting(permission text) returns uuid[]
language plpgsql stable parallel safe security definer
set search_path = ''
as $$
declare
  person constant uuid := app_hidden.current_user_id();
begin
  return array(
    select distinct held.organization_id
    from app_hidden.held_permissions as held
      join app_public.organizations on organizations.id = held.organization_id and organizations.status <> 'deleted'
    where held.user_id = person and held.permission = own_organizations_permitting.permission
  );
end;
$$;
alter function app_hidden.own_organizations_permitting(text) owner to rowgate_reader;
revoke all on function app_hidden.own_organizations_permitting(text) from public;
grant execute on function app_hidden.own_organizations_permitting(text)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_writer;
comment on function app_hidden.own_organizations_permitting(text) is 'The organizations in which the caller holds the permission.';

-- The questions that every policy asks, as arrays that can go into an index condition. For the chosen organization, which nearly every
-- request has, the answer is among the claims; these two have no SET clause, so PostgreSQL inlines them. Somebody who is in
-- several and has chosen none is answered from the tables.
create or replace function app_hidden.tenant_organizations() returns uuid[]
language sql stable parallel safe
as $$
  select case
    when app_hidden.claim('organization_id') is null then app_hidden.own_organizations()
    when app_hidden.claim('open') = 'true' then array[app_hidden.current_organization_id()]
    else '{}'
  end;
$$;
revoke all on function app_hidden.tenant_organizations() from public;
grant execute on function app_hidden.tenant_organizations()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.tenant_organizations() is
  'The active organizations in which this transaction may act: the chosen one, or all of the caller''s while none is chosen.';

create or replace function app_hidden.organizations_permitting(permission text) returns uuid[]
language sql stable parallel safe
as $$
  select case
    when app_hidden.claim('organization_id') is null then app_hidden.own_organizations_permitting(permission)
    when app_hidden.permits(permission) then array[app_hidden.current_organization_id()]
    else '{}'
  end;
$$;
revoke all on function app_hidden.organizations_permitting(text) from public;
grant execute on function app_hidden.organizations_permitting(text)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
comment on function app_hidden.organizations_permitting(text) is
  'The organizations in which the caller holds the permission, narrowed to the chosen one.';
--! EndIncluded permissions/organizations_permitting.sql
--! Included permissions/tenant_permitting.sql
-- Somebody in no organization simply sees nothing.
create or replace function app_hidden.require_choice() returns uuid
language plpgsql stable parallel safe security definer
set search_path = ''
as $$
begin
  if cardinality(app_hidden.own_organizations()) > 0 then
    perform app_hidden.require_organization();
  end if;
  return null;
end;
$$;
alter function app_hidden.require_choice() owner to rowgate_reader;
revoke all on function app_hidden.require_choice() from public;
grant execute on function app_hidden.require_choice()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.require_choice() is 'Raises TENANT_REQUIRED for somebody who is in an organization; else null.';

-- What policies ask. A request acts in one organization: each answer is that organization or null, so a policy compares with = and
-- PostgreSQL puts floor, policy and the query's own condition into one index condition, whose order it can use. With = any (array) it guesses
-- ten organizations, and sorted 100,000 records to find the newest 50: 47 ms instead of 0.1. The answers are claims, read
-- when the request was resolved; no SET clause, so PostgreSQL inlines them. Whoever is in several organizations and chose none is told
-- so: an empty list would be a wrong answer.
create or replace function app_hidden.open_tenant() returns uuid
language sql stable parallel safe
as $$
  select case
    when app_hidden.claim('open') = 'true' then app_hidden.current_organization_id()
    when app_hidden.claim('organization_id') is null then app_hidden.require_choice()
  end;
$$;
revoke all on function app_hidden.open_tenant() from public;
grant execute on function app_hidden.open_tenant()
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.open_tenant() is
  'The chosen organization if it is active and the caller is in it, else null. Raises TENANT_REQUIRED.';

create or replace function app_hidden.tenant_permitting(permission text) returns uuid
language sql stable parallel safe
as $$
  select case
    when app_hidden.permits(permission) then app_hidden.current_organization_id()
    when app_hidden.claim('organization_id') is null then app_hidden.require_choice()
  end;
$$;
revoke all on function app_hidden.tenant_permitting(text) from public;
grant execute on function app_hidden.tenant_permitting(text)
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
comment on function app_hidden.tenant_permitting(text) is
  'The chosen organization if the caller holds the permission there, else null. Raises TENANT_REQUIRED.';
--! EndIncluded permissions/tenant_permitting.sql
--! Included permissions/key_holds.sql
-- What an API key holds now, once for whoever asks: the request that it opens, and the service that asks about it. Of its scopes
-- what keys may have at all; and of a bound key no more than whoever answers for it holds, which costs more to find out and is asked
-- only then.
create or replace function app_hidden.key_holds(organization_id uuid, key_id uuid) returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  key record;
  held text[];
begin
  select org_api_keys.scopes, org_api_keys.bound_to_creator, org_api_keys.responsible_id into key
  from app_public.org_api_keys
  where org_api_keys.organization_id = key_holds.organization_id and org_api_keys.id = key_holds.key_id
    and org_api_keys.status = 'active';
  if not found then
    return null;
  end if;
  held := array(
    select role_permissions.permission from app_public.role_permissions
    where role_permissions.role = 'api_key' and role_permissions.permission = any (key.scopes)
    order by role_permissions.permission
  );
  if key.bound_to_creator then
    held := array(
      select permission from unnest(held) with ordinality as scopes (permission, place)
      where exists (
        select from app_hidden.held_permissions as source
        where source.organization_id = key_holds.organization_id and source.user_id = key.responsible_id
          and source.permission = scopes.permission
      )
      order by place
    );
  end if;
  return held;
end;
$$;
revoke all on function app_hidden.key_holds(uuid, uuid) from public;
grant execute on function app_hidden.key_holds(uuid, uuid) to rowgate_reader;
comment on function app_hidden.key_holds(uuid, uuid) is 'What an API key may do in its organization now; null if it is not active.';
--! EndIncluded permissions/key_holds.sql
--! Included permissions/read_rights.sql
-- Reads what the caller holds in the chosen organization, and makes it claims of this transaction: at its beginning, and again behind
-- the lock of whoever changes people and their rights. A request is one transaction of one statement, so what is revoked counts on
-- the very next request; what began before goes to its end as it began.
create or replace function app_hidden.read_rights() returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person constant uuid := app_hidden.current_user_id();
  own_key constant uuid := app_hidden.current_key_id();
  tenant constant uuid := app_hidden.current_organization_id();
  open boolean;
  held text[];
  known_as text;
begin
  -- One statement each: with three it took 108 µs instead of 65. What is held twice counts once; nobody needs it sorted or distinct.
  if tenant is null then
    open := false;
  elsif person is not null then
    select app_hidden.organization_state(organizations.status, organizations.trial_ends_at) = 'active', array(
      select source.permission from app_hidden.held_permissions as source
      where source.organization_id = tenant and source.user_id = person
    ), organizations.slug
    into open, held, known_as
    from app_public.organizations
      join app_public.members on members.organization_id = organizations.id
    where organizations.id = tenant and members.user_id = person;
  elsif own_key is not null then
    held := app_hidden.key_holds(tenant, own_key);
    if held is null then
      -- It came to its end since it was found.
      perform app_hidden.refuse('API_KEY_INVALID');
    end if;
    select app_hidden.organization_state(organizations.status, organizations.trial_ends_at) = 'active', organizations.slug into open, known_as
    from app_public.organizations where organizations.id = tenant;
  else
    -- A job.
    select app_hidden.organization_state(organizations.status, organizations.trial_ends_at) = 'active', organizations.slug into open, known_as
    from app_public.organizations where organizations.id = tenant;
  end if;
  perform app_hidden.set_rights(open, held, known_as);
end;
$$;
alter function app_hidden.read_rights() owner to rowgate_reader;
revoke all on function app_hidden.read_rights() from public;
grant execute on function app_hidden.read_rights() to rowgate_writer;
comment on function app_hidden.read_rights() is 'Makes claims of what the caller may do in the chosen organization now. Raises API_KEY_INVALID for a key that came to its end meanwhile.';
--! EndIncluded permissions/read_rights.sql
--! Included permissions/holders.sql
-- Whom to tell: whoever holds the permission that lets them see it, by whatever role. SECURITY DEFINER, because denials are not
-- everybody's to read; only jobs and verbs ask.
create or replace function app_hidden.holders(organization_id uuid, permission text) returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select distinct held.user_id from app_hidden.held_permissions as held
  where held.organization_id = holders.organization_id and held.permission = holders.permission;
end;
$$;
alter function app_hidden.holders(uuid, text) owner to rowgate_reader;
revoke all on function app_hidden.holders(uuid, text) from public;
grant execute on function app_hidden.holders(uuid, text) to rowgate_job, rowgate_writer;
comment on function app_hidden.holders(uuid, text) is 'The members of an organization who hold the permission in it.';
--! EndIncluded permissions/holders.sql
--! Included permissions/teams_permitting.sql
-- A team role reaches the team and everything below it. Deleted teams stay in reach: their usage counts for the team above.
create or replace function app_hidden.teams_permitting(permission text) returns uuid[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  person constant uuid := app_hidden.current_user_id();
  tenants uuid[];
  roots uuid[];
begin
  if person is null then
    return '{}';
  end if;
  tenants := app_hidden.tenant_organizations();
  if teams_permitting.permission is null then
    roots := array(
      select team_members.team_id from app_public.team_members
      where team_members.organization_id = any (tenants) and team_members.user_id = person
    );
  else
    roots := array(
      select held.team_id from app_hidden.held_team_permissions as held
      where held.organization_id = any (tenants) and held.user_id = person
        and held.permission = teams_permitting.permission
    );
  end if;
  if roots = '{}' then
    return roots;
  end if;
  return array(select teams.id from app_public.teams where teams.organization_id = any (tenants) and teams.path && roots);
end;
$$;
alter function app_hidden.teams_permitting(text) owner to rowgate_reader;
revoke all on function app_hidden.teams_permitting(text) from public;
grant execute on function app_hidden.teams_permitting(text) to rowgate_user, rowgate_key, rowgate_writer;
comment on function app_hidden.teams_permitting(text) is
  'The teams in which the caller''s team roles hold the permission, with all teams below them; with null those of any team role.';

-- For policies, as rows: PostgreSQL puts them into a hash table once a statement, where it would search an array for each row.
-- With 1,000 teams that is the difference between 0.1 and 10 µs a row.
create or replace function app_hidden.reachable_teams() returns setof uuid
language plpgsql stable rows 100
set search_path = ''
as $$
begin
  return query select unnest(app_hidden.teams_permitting(null));
end;
$$;
revoke all on function app_hidden.reachable_teams() from public;
grant execute on function app_hidden.reachable_teams() to rowgate_user, rowgate_key;
comment on function app_hidden.reachable_teams() is 'The teams of the caller, with all teams below them.';
--! EndIncluded permissions/teams_permitting.sql
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
    perform app_hidden.refuse_closed(app_hidden.organization_state(organizations.status, organizations.trial_ends_at))
    from app_public.organizations where organizations.id = tenant;
    perform app_hidden.refuse('TENANT_FORBIDDEN');
  end if;
  return tenant;
end;
$$;
alter function app_hidden.require_organization() owner to rowgate_reader;
revoke all on function app_hidden.require_organization() from public;
grant execute on function app_hidden.require_organization() to rowgate_user, rowgate_key, rowgate_writer;
comment on function app_hidden.require_organization() is
  'The chosen organization, active. Raises UNAUTHENTICATED, NO_ORGANIZATION, TENANT_REQUIRED, ORGANIZATION_SUSPENDED, TRIAL_EXPIRED, TENANT_FORBIDDEN.';

create or replace function app_hidden.require_permission(permission text) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
begin
  if not app_hidden.permits(require_permission.permission) then
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
grant execute on function app_hidden.require_team_permission(text, uuid) to rowgate_user, rowgate_writer;
comment on function app_hidden.require_team_permission(text, uuid) is
  'The chosen organization if the caller holds the permission there, or through a team role in this team. Raises what require_permission raises.';

-- For a question about one organization by name: the caller may have chosen none, and then be in several.
create or replace function app_hidden.require_own_organization(organization_id uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  if require_own_organization.organization_id is null
    or require_own_organization.organization_id = app_hidden.current_organization_id() then
    return app_hidden.require_organization();
  end if;
  if not require_own_organization.organization_id = any (app_hidden.tenant_organizations()) then
    perform app_hidden.refuse('TENANT_FORBIDDEN');
  end if;
  return require_own_organization.organization_id;
end;
$$;
revoke all on function app_hidden.require_own_organization(uuid) from public;
grant execute on function app_hidden.require_own_organization(uuid) to rowgate_user, rowgate_key, rowgate_reader;
comment on function app_hidden.require_own_organization(uuid) is
  'The organization if the caller is in it and it is active; with null the chosen one. Raises TENANT_FORBIDDEN and what require_organization raises.';
--! EndIncluded permissions/require_permission.sql
--! Included permissions/lock_members.sql
-- What every verb that changes people, roles or rights calls first. A policy answers as of the beginning of its statement, which may
-- then wait for a row while its caller is demoted. So these changes of an organization pass one after the other, and the permission
-- is asked for behind the lock, from rights that are read anew: the statement after the lock sees what was committed meanwhile. With null everybody in it may go on.
create or replace function app_hidden.lock_members(permission text, team_id uuid default null) returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
begin
  perform from app_public.organizations where organizations.id = tenant for no key update;
  perform app_hidden.read_rights();
  if lock_members.permission is null then
    return app_hidden.require_organization();
  elsif lock_members.team_id is not null then
    return app_hidden.require_team_permission(lock_members.permission, lock_members.team_id);
  end if;
  return app_hidden.require_permission(lock_members.permission);
end;
$$;
alter function app_hidden.lock_members(text, uuid) owner to rowgate_writer;
revoke all on function app_hidden.lock_members(text, uuid) from public;
comment on function app_hidden.lock_members(text, uuid) is
  'The chosen organization, locked against other changes of its people and their rights, if the caller then holds the permission there (or, with a team, in that team). Raises what require_permission raises.';
--! EndIncluded permissions/lock_members.sql
--! Included permissions/require_held.sql
-- Nobody gives what they do not hold, and nobody changes somebody above them: both are one comparison of two sets. There is no
-- order of roles to keep beside it: a role of the organization's own stands where its permissions put it.
create or replace function app_hidden.require_held(organization_id uuid, permissions text[]) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  missing constant text[] := array(
    select unnest(require_held.permissions)
    except
    select held.permission from app_hidden.held_permissions as held
    where held.organization_id = require_held.organization_id and held.user_id = app_hidden.current_user_id()
    order by 1
  );
begin
  if missing <> '{}' then
    perform app_hidden.refuse('RIGHTS_EXCEEDED', jsonb_build_object('missing', missing));
  end if;
end;
$$;
revoke all on function app_hidden.require_held(uuid, text[]) from public;
grant execute on function app_hidden.require_held(uuid, text[]) to rowgate_writer;
comment on function app_hidden.require_held(uuid, text[]) is 'Raises RIGHTS_EXCEEDED unless the caller holds all of these in the organization.';

create or replace function app_hidden.member_holds(organization_id uuid, user_id uuid) returns text[]
language sql stable
set search_path = ''
as $$
  select array(
    select distinct held.permission from app_hidden.held_permissions as held
    where held.organization_id = member_holds.organization_id and held.user_id = member_holds.user_id
  );
$$;
revoke all on function app_hidden.member_holds(uuid, uuid) from public;
grant execute on function app_hidden.member_holds(uuid, uuid) to rowgate_writer;
comment on function app_hidden.member_holds(uuid, uuid) is 'What a member holds in the organization.';

-- Also the place that says which roles there are to give.
create or replace function app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) returns text[]
language plpgsql stable
set search_path = ''
as $$
begin
  if role_holds.custom_role_id is not null then
    if role_holds.role <> 'custom' then
      perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'role: not beside custom_role_id.'));
    end if;
    if not exists (
      select from app_public.custom_roles
      where custom_roles.organization_id = role_holds.organization_id and custom_roles.id = role_holds.custom_role_id
    ) then
      perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'custom_role_id: a role of the organization.'));
    end if;
    return array(
      select contents.permission from app_public.custom_role_permissions as contents
      where contents.organization_id = role_holds.organization_id and contents.role_id = role_holds.custom_role_id
    );
  end if;
  if not coalesce(app_hidden.is_role(role_holds.role), false) then
    perform app_hidden.refuse_value('members_role_known');
  end if;
  return array(select role_permissions.permission from app_public.role_permissions where role_permissions.role = role_holds.role);
end;
$$;
revoke all on function app_hidden.role_holds(uuid, text, uuid) from public;
grant execute on function app_hidden.role_holds(uuid, text, uuid) to rowgate_writer;
comment on function app_hidden.role_holds(uuid, text, uuid) is
  'What a role holds that is to be given: a built-in one, or one of the organization''s own. Raises INVALID_INPUT, NOT_FOUND.';

create or replace function app_hidden.require_team_role_held(organization_id uuid, team_id uuid, roles text[]) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  missing constant text[] := array(
    select distinct holdings.permission from app_hidden.team_role_holdings as holdings
    where holdings.organization_id = require_team_role_held.organization_id
      and holdings.role = any (require_team_role_held.roles)
      and not require_team_role_held.team_id = any (app_hidden.teams_permitting(holdings.permission))
      and not require_team_role_held.organization_id = any (app_hidden.organizations_permitting(holdings.permission))
    order by 1
  );
begin
  if missing <> '{}' then
    perform app_hidden.refuse('RIGHTS_EXCEEDED', jsonb_build_object('missing', missing));
  end if;
end;
$$;
revoke all on function app_hidden.require_team_role_held(uuid, uuid, text[]) from public;
grant execute on function app_hidden.require_team_role_held(uuid, uuid, text[]) to rowgate_writer;
comment on function app_hidden.require_team_role_held(uuid, uuid, text[]) is
  'Raises RIGHTS_EXCEEDED unless the caller holds in this team all that these team roles hold.';
--! EndIncluded permissions/require_held.sql

--! Included audit/audit.sql
-- The one way into app_public.audit_events. Who acts and in which request are claims; the rest says whoever knows what happened, in
-- its own transaction. Of an organization that is being deleted nothing is written any more.
create or replace function app_hidden.audit(
  organization_id uuid, action text, subject_kind text, subject_id uuid, details jsonb default '{}'
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into app_public.audit_events
    (organization_id, actor_user_id, actor_key_id, action, subject_kind, subject_id, details, request_id)
  select organizations.id, app_hidden.current_user_id(), app_hidden.current_key_id(), audit.action, audit.subject_kind,
    audit.subject_id, audit.details, app_hidden.claim('request_id')
  from app_public.organizations
  where organizations.id = audit.organization_id;
end;
$$;
revoke all on function app_hidden.audit(uuid, text, text, uuid, jsonb) from public;
grant execute on function app_hidden.audit(uuid, text, text, uuid, jsonb) to rowgate_writer;
comment on function app_hidden.audit(uuid, text, text, uuid, jsonb) is
  'Writes down that the caller of this transaction did something (action, as kind:what) to something. details: a JSON object without secrets.';

create or replace function app_hidden.changes(before jsonb, after jsonb, columns text[]) returns jsonb
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return coalesce((
    select jsonb_object_agg(name, jsonb_build_object('from', before -> name, 'to', after -> name))
    from unnest(columns) as name
    where (before -> name) is distinct from (after -> name)
  ), '{}');
end;
$$;
revoke all on function app_hidden.changes(jsonb, jsonb, text[]) from public;
grant execute on function app_hidden.changes(jsonb, jsonb, text[]) to rowgate_writer;
comment on function app_hidden.changes(jsonb, jsonb, text[]) is
  'Which of these columns differ between two versions of a row, each with from and to: details for an audit event.';
--! EndIncluded audit/audit.sql
--! Included permissions/permissions.sql
select app_hidden.protect('app_public.permissions');
select app_hidden.protect('app_public.roles');
select app_hidden.protect('app_public.role_permissions');
select app_hidden.protect('app_public.team_role_permissions');

-- The model itself is no secret: every caller may read it, so that a client can show what a role means.
grant select on app_public.permissions, app_public.roles, app_public.role_permissions, app_public.team_role_permissions
  to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;

create policy select_everybody on app_public.permissions for select
  to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer using (true);
create policy select_everybody on app_public.roles for select
  to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer using (true);
create policy select_everybody on app_public.role_permissions for select
  to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer using (true);
create policy select_everybody on app_public.team_role_permissions for select
  to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer using (true);
-- Only a migration writes here. The owner is bound by FORCE like everybody, so it needs a policy of its own.
create policy all_migration on app_public.permissions for all to rowgate_owner using (true) with check (true);
create policy all_migration on app_public.roles for all to rowgate_owner using (true) with check (true);
create policy all_migration on app_public.role_permissions for all to rowgate_owner using (true) with check (true);
create policy all_migration on app_public.team_role_permissions for all to rowgate_owner using (true) with check (true);

comment on table app_public.permissions is 'What can be permitted, as resource:action.';
comment on column app_public.permissions.name is 'The permission, as resource:action.';
comment on column app_public.permissions.description is 'What it lets its holder do.';
comment on column app_public.permissions.wider is
  'The permission that opens the whole organization, where this one reaches own rows and own teams; null: it is for the whole organization itself.';
comment on column app_public.permissions.assignable is
  'Whether a role of the organization''s own or an extra grant may contain it; false for what makes an owner.';
comment on column app_public.permissions.team_scoped is 'Whether a role in a team may hold it, for that team and all teams below it.';
comment on constraint permissions_assignable_key on app_public.permissions is E'@behavior -*\nWhat references of roles point to.';
comment on constraint permissions_team_scoped_key on app_public.permissions is E'@behavior -*\nWhat references of team roles point to.';
comment on constraint permissions_wider_fkey on app_public.permissions is E'@behavior -*\nThe wider permission exists.';
comment on table app_public.roles is 'The built-in roles of a member; each holds what the one below it holds.';
comment on column app_public.roles.name is 'owner, admin, member or viewer.';
comment on column app_public.roles.rank is 'Their order: 1 is the lowest.';
comment on column app_public.roles.description is 'What the role is for.';
comment on constraint roles_name_known on app_public.roles is 'name: owner, admin, member or viewer.';
comment on table app_public.role_permissions is 'Which built-in role holds which permission.';
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
-- the role below it holds. api_key is what an API key may have in its organization; lead what a team's lead may do in that
-- team and all teams below it.
-- Where there is a permission X_all beside X, X itself reaches own rows and own teams, and X_all the whole organization.
-- A permission that only owners have is ownership itself: no role of an organization's own and no extra grant contains it.
-- This file is the truth: rows that are not named here are deleted.
create temporary table role_catalog (name text, rank int, description text) on commit drop;
insert into role_catalog values
  ('viewer', 1, 'Sees the organization, its teams and people, and the usage of own teams'),
  ('member', 2, 'Also records usage and creates API keys'),
  ('admin',  3, 'Also runs the organization: people, teams, roles, budgets, all keys and all usage'),
  ('owner',  4, 'Also makes and removes owners, and deletes the organization');

create temporary table catalog (
  permission text, description text, lowest_role text, api_key boolean, lead boolean
) on commit drop;
insert into catalog values
  ('organization:read',   'See the organization''s profile',                                   'viewer', true,  false),
  ('organization:update', 'Change name, slug, description, logo and settings',                 'admin',  false, false),
  ('organization:delete', 'Delete the organization',                                           'owner',  false, false),
  ('billing:update',      'Change the organization''s plan',                                     'owner',  false, false),
  ('quota:read',          'See what the plan allows and how much of it is used',                 'admin',  false, false),
  ('storage:report',      'Report how much is stored',                                         'admin',  true,  false),
  ('owner:manage',        'Make somebody owner, and change or remove an owner',                'owner',  false, false),
  ('member:read',         'See who is in the organization and with which role',                'viewer', false, false),
  ('member:create',       'Add a person',                                                      'admin',  false, false),
  ('member:update',       'Change a member''s role, and what they hold beside it',             'admin',  false, false),
  ('member:delete',       'Remove a member',                                                   'admin',  false, false),
  ('role:manage',         'Make and change the organization''s own roles, and what team roles hold', 'admin', false, false),
  ('team:read',           'See the teams and who is in them',                                  'viewer', true,  false),
  ('team:create',         'Create a team',                                                     'admin',  false, false),
  ('team:update',         'Rename, describe and move a team',                                  'admin',  false, false),
  ('team:delete',         'Delete a team',                                                     'admin',  false, false),
  ('team_member:update',  'Decide who is in a team, and as what; a lead in their team and below', 'admin', false, true),
  ('budget:read_all',     'See every budget of the organization, its use and its alerts',      'admin',  false, false),
  ('budget:read',         'See budgets of your own teams and your own, and of API keys that you see; a key sees its own', 'viewer', true, false),
  ('budget:update',       'Create, change, pause and raise budgets; a lead those of their team and below', 'admin', false, true),
  ('key:read_all',        'See every API key of the organization',                             'admin',  false, false),
  ('key:read',            'See the API keys of your own teams and those you answer for',       'viewer', false, false),
  ('price:read',          'See list prices, exchange rates and the organization''s own prices',   'viewer', true, false),
  ('price:update',        'Set the organization''s own prices',                                'admin',  false, false),
  ('key:create',          'Create an API key',                                                 'member', false, false),
  ('key:update_all',      'Change, pause, resume and rotate an API key that somebody else answers for', 'admin', false, false),
  ('key:revoke_all',      'Revoke an API key that somebody else answers for',                  'admin',  false, false),
  ('alert:read',          'See alerts, their rules and channels, and what was sent',            'admin',  false, false),
  ('alert:manage',        'Change alert rules and channels, mute, acknowledge and send again',  'admin',  false, false),
  ('audit:read',          'See who changed what in the organization',                          'admin',  false, false),
  ('usage:read_all',      'See all usage of the organization',                                 'admin',  false, false),
  ('health:read',         'See how the organization is served: requests, errors, latency, jobs, incidents', 'admin', false, false),
  ('usage:read',          'See usage of your own teams and your own; a key sees what it recorded', 'viewer', true, false),
  ('usage:record_all',    'Record usage for any team or member of the organization',           'admin',  true,  false),
  ('usage:record',        'Record usage for yourself and your own teams',                      'member', true,  false);

insert into app_public.roles (name, rank, description)
select name, rank, description from role_catalog
on conflict (name) do update set rank = excluded.rank, description = excluded.description
  where (roles.rank, roles.description) <> (excluded.rank, excluded.description);

insert into app_public.permissions (name, description, wider, assignable, team_scoped)
select catalog.permission, catalog.description, whole.permission, catalog.lowest_role <> 'owner', catalog.lead
from catalog
  left join catalog as whole on whole.permission = catalog.permission || '_all'
on conflict (name) do update
  set description = excluded.description, wider = excluded.wider, assignable = excluded.assignable,
    team_scoped = excluded.team_scoped
  where (permissions.description, permissions.wider, permissions.assignable, permissions.team_scoped)
    is distinct from (excluded.description, excluded.wider, excluded.assignable, excluded.team_scoped);

create temporary table wanted on commit drop as
select roles.name as role, catalog.permission
from catalog
  join role_catalog as lowest on lowest.name = catalog.lowest_role
  join role_catalog as roles on roles.rank >= lowest.rank
union all
select 'api_key', catalog.permission from catalog where catalog.api_key;
delete from app_public.role_permissions
where not exists (
  select from wanted where wanted.role = role_permissions.role and wanted.permission = role_permissions.permission
);
insert into app_public.role_permissions (role, permission) select role, permission from wanted on conflict do nothing;

delete from app_public.team_role_permissions
where not exists (
  select from catalog where catalog.permission = team_role_permissions.permission and catalog.lead and role = 'lead'
);
insert into app_public.team_role_permissions (role, permission)
select 'lead', catalog.permission from catalog where catalog.lead
on conflict do nothing;
delete from app_public.permissions where not exists (select from catalog where catalog.permission = permissions.name);

drop table wanted, catalog, role_catalog;
--! EndIncluded permissions/catalog.sql
--! Included plans/plan_limit.sql
-- The limit in force: what was agreed with the organization, else the plan's.
create or replace function app_hidden.plan_limit(organization_id uuid, resource text, plan text default null) returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  agreed record;
  chosen constant text := coalesce(plan_limit.plan, (
    select organizations.plan from app_public.organizations where organizations.id = plan_limit.organization_id
  ));
begin
  select overrides.amount into agreed from app_private.plan_overrides as overrides
  where overrides.organization_id = plan_limit.organization_id and overrides.plan = chosen
    and overrides.resource = plan_limit.resource;
  if found then
    return agreed.amount;
  end if;
  return (
    select case plan_limit.resource
      when 'seats' then plans.seats
      when 'storage' then plans.storage_bytes
      when 'api_calls' then plans.api_calls
      when 'teams' then plans.teams
      when 'api_keys' then plans.api_keys
    end
    from app_public.plans where plans.name = chosen
  );
end;
$$;
revoke all on function app_hidden.plan_limit(uuid, text, text) from public;
grant execute on function app_hidden.plan_limit(uuid, text, text) to rowgate_reader, rowgate_writer;
comment on function app_hidden.plan_limit(uuid, text, text) is
  'How much of a resource (seats, storage, api_calls, teams, api_keys) an organization may have on its plan, or on another one; null: any amount.';

create or replace function app_hidden.plan_used(organization_id uuid, resource text) returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  calls record;
begin
  case plan_used.resource
    when 'seats' then
      return (select count(*) from app_public.members where members.organization_id = plan_used.organization_id);
    when 'teams' then
      return (
        select count(*) from app_public.teams
        where teams.organization_id = plan_used.organization_id and teams.deleted_at is null
      );
    when 'api_keys' then
      -- Until it is revoked, also when it has expired or is paused: it could come back.
      return (
        select count(*) from app_public.org_api_keys
        where org_api_keys.organization_id = plan_used.organization_id and org_api_keys.status <> 'revoked'
      );
    when 'storage' then
      return (
        select coalesce(sum(storage_use.bytes), 0) from app_public.storage_use
        where storage_use.organization_id = plan_used.organization_id
      );
    when 'api_calls' then
      calls := app_hidden.plan_calls(plan_used.organization_id);
      return calls.used;
  end case;
end;
$$;
revoke all on function app_hidden.plan_used(uuid, text) from public;
grant execute on function app_hidden.plan_used(uuid, text) to rowgate_reader, rowgate_writer;
comment on function app_hidden.plan_used(uuid, text) is
  'How much of a resource an organization has: members, bytes, metered requests of this month with those that are held, teams, keys that are not revoked.';

-- The counter of the plan's budget, if there is or was one; else the records are added up.
create or replace function app_hidden.plan_calls(organization_id uuid, out used bigint, out resets_at timestamptz)
language plpgsql stable
set search_path = ''
as $$
declare
  period app_public.budget_periods;
  zone text;
begin
  select periods.* into period
  from app_public.budgets
    join app_public.budget_periods as periods
      on periods.organization_id = budgets.organization_id and periods.budget_id = budgets.id
  where budgets.organization_id = plan_calls.organization_id and budgets.scope_id = plan_calls.organization_id
    and budgets.source = 'plan' and periods.starts_at <= now() and periods.ends_at > now();
  if found then
    select figures.settled + figures.held into used
    from app_hidden.period_figures(period.organization_id, period.budget_id, period.starts_at) as figures;
    resets_at := period.ends_at;
    return;
  end if;
  select organizations.time_zone into zone from app_public.organizations where organizations.id = plan_calls.organization_id;
  select coalesce(sum(usage.requests), 0) into used
  from app_public.usage_records as usage
  where usage.organization_id = plan_calls.organization_id and usage.occurred_at >= app_hidden.period_start('month', now(), zone);
  resets_at := app_hidden.period_end('month', now(), zone);
end;
$$;
revoke all on function app_hidden.plan_calls(uuid) from public;
grant execute on function app_hidden.plan_calls(uuid) to rowgate_reader, rowgate_writer;
comment on function app_hidden.plan_calls(uuid) is
  'How many metered requests an organization has made or holds in this month, and when the next one begins.';
--! EndIncluded plans/plan_limit.sql
--! Included plans/announce_quota.sql
-- Asked in the transaction that adds to a resource. The plan's API calls are a budget, which announces what it crosses by itself. What was
-- used up, freed and used up again is news once a month.
create or replace function app_hidden.announce_quota(organization_id uuid, resource text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  most bigint;
  used bigint;
begin
  if not exists (
    select from app_public.alert_rules as rules
    where rules.organization_id = announce_quota.organization_id and rules.kind = 'quota'
      and coalesce(rules.resource, announce_quota.resource) = announce_quota.resource
  ) then
    return;
  end if;
  most := app_hidden.plan_limit(announce_quota.organization_id, announce_quota.resource);
  used := app_hidden.plan_used(announce_quota.organization_id, announce_quota.resource);
  -- Of several that are crossed at once only the highest is told.
  perform app_hidden.raise_alert(rules, concat_ws('/', announce_quota.resource, most, crossed.step, to_char(now(), 'YYYY-MM')),
    jsonb_build_object('resource', announce_quota.resource, 'threshold', crossed.step, 'limit', most::text, 'used', used::text))
  from app_public.alert_rules as rules
    cross join lateral (
      select max(step) as step from unnest(rules.thresholds) as step where used * 100::numeric >= most * step::numeric
    ) as crossed
  where rules.organization_id = announce_quota.organization_id and rules.kind = 'quota'
    and coalesce(rules.resource, announce_quota.resource) = announce_quota.resource and crossed.step is not null and used > 0;
end;
$$;
revoke all on function app_hidden.announce_quota(uuid, text) from public;
grant execute on function app_hidden.announce_quota(uuid, text) to rowgate_writer;
comment on function app_hidden.announce_quota(uuid, text) is
  'Raises the alerts of the rules about a resource of the plan (seats, storage, teams, api_keys) that is used to their percentage.';
--! EndIncluded plans/announce_quota.sql
--! Included plans/keep_within_plan.sql
-- The one place where a plan's numbers of people, teams and keys are held: whatever inserts a row, by verb or by plain SQL, comes
-- through here. Organizations' changes pass one after the other at the organization's row, as with app_hidden.lock_members, and the count
-- is a statement of its own behind that lock: it sees what was committed while it waited.
create or replace function app_hidden.require_room(organization_id uuid, resource text, written int default 0) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  plan text;
  most bigint;
  used bigint;
begin
  select organizations.plan into plan from app_public.organizations
  where organizations.id = require_room.organization_id
  for no key update;
  most := app_hidden.plan_limit(require_room.organization_id, require_room.resource);
  if most is null then
    return;
  end if;
  used := app_hidden.plan_used(require_room.organization_id, require_room.resource) - written;
  if used >= most then
    perform app_hidden.refuse('QUOTA_EXCEEDED', jsonb_build_object(
      'resource', require_room.resource, 'limit', most, 'used', used, 'plan', plan));
  end if;
end;
$$;
revoke all on function app_hidden.require_room(uuid, text, int) from public;
grant execute on function app_hidden.require_room(uuid, text, int) to rowgate_writer;
comment on function app_hidden.require_room(uuid, text, int) is
  'Locks an organization and refuses unless its plan has room for one more of a resource (seats, teams, api_keys); written: how many are there already that should not be. For a verb that wants to refuse before it does anything; the rows themselves are checked by a trigger. Raises QUOTA_EXCEEDED.';

-- After the row and not before it: who may write it is decided first, so that no refusal tells another organization's figures.
create or replace function app_private.keep_within_plan() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  -- A key brings a budget along. Whoever books holds that lock and may then ask for the organization's row, so it comes first.
  if tg_argv[0] = 'api_keys' then
    perform app_hidden.stop_usage(new.organization_id);
  end if;
  perform app_hidden.require_room(new.organization_id, tg_argv[0], 1), app_hidden.announce_quota(new.organization_id, tg_argv[0]);
  return null;
end;
$$;
alter function app_private.keep_within_plan() owner to rowgate_writer;
revoke all on function app_private.keep_within_plan() from public;
comment on function app_private.keep_within_plan() is
  'Refuses a row with which an organization has more of a resource than its plan allows; the resource is the trigger''s argument.';
--! EndIncluded plans/keep_within_plan.sql
--! Included plans/keep_plan_budget.sql
-- A plan's API calls are a budget in requests, like an API key's quota: metered uses count on it, reading costs nothing.
create or replace function app_private.keep_plan_budget() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app_hidden.keep_source_budget(new.id, null, 'plan', app_hidden.plan_limit(new.id, 'api_calls'));
  return null;
end;
$$;
alter function app_private.keep_plan_budget() owner to rowgate_writer;
revoke all on function app_private.keep_plan_budget() from public;
comment on function app_private.keep_plan_budget() is 'Makes the budget of an organization''s plan, and changes it with the plan.';

create or replace function app_private.keep_plan_budgets() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  on_plan uuid;
begin
  for on_plan in select organizations.id from app_public.organizations where organizations.plan = new.name order by organizations.id loop
    perform app_hidden.stop_usage(on_plan);
    perform app_hidden.keep_source_budget(on_plan, null, 'plan', app_hidden.plan_limit(on_plan, 'api_calls'));
  end loop;
  return null;
end;
$$;
alter function app_private.keep_plan_budgets() owner to rowgate_writer;
revoke all on function app_private.keep_plan_budgets() from public;
comment on function app_private.keep_plan_budgets() is 'Brings a plan''s changed API calls to everybody who is on it.';
--! EndIncluded plans/keep_plan_budget.sql
--! Included plans/keep_retention.sql
-- Late usage is taken for no longer than its records are kept.
create or replace function app_private.keep_retention() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  new.retention_months := least(new.retention_months, (select plans.retention_months from app_public.plans where plans.name = new.plan));
  return new;
end;
$$;
alter function app_private.keep_retention() owner to rowgate_writer;
revoke all on function app_private.keep_retention() from public;
comment on function app_private.keep_retention() is 'Keeps the time for which an organization takes late usage within its plan''s.';

create or replace function app_private.keep_retentions() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_public.organizations set retention_months = new.retention_months
  where organizations.plan = new.name and organizations.retention_months > new.retention_months;
  return null;
end;
$$;
alter function app_private.keep_retentions() owner to rowgate_writer;
revoke all on function app_private.keep_retentions() from public;
comment on function app_private.keep_retentions() is 'The same for all that are on a plan that changes.';
--! EndIncluded plans/keep_retention.sql
--! Included plans/plans.sql
select app_hidden.protect('app_public.plans');

-- A price list is no secret: every caller with a credential may read it.
grant select on app_public.plans to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;

create policy select_everybody on app_public.plans for select
  to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer using (true);
-- Only a migration or the platform's administrator writes here, as the owner, who is bound by FORCE like everybody.
create policy all_migration on app_public.plans for all to rowgate_owner using (true) with check (true);

drop trigger if exists keep_plan_budgets on app_public.plans;
create trigger keep_plan_budgets after update of api_calls on app_public.plans
  for each row when (new.api_calls is distinct from old.api_calls) execute function app_private.keep_plan_budgets();

drop trigger if exists keep_retentions on app_public.plans;
create trigger keep_retentions after update of retention_months on app_public.plans
  for each row when (new.retention_months is distinct from old.retention_months) execute function app_private.keep_retentions();

comment on table app_public.plans is
  'What an organization can buy: a price a month, and how much of each resource it holds. An organization may have limits of its own beside its plan''s; quota tells those in force.';
comment on column app_public.plans.name is 'The plan''s name, as changePlan takes it.';
comment on column app_public.plans.rank is E'@behavior orderBy\nTheir order: 1 is the smallest.';
comment on column app_public.plans.price is 'The price of a month; null: agreed with each customer.';
comment on column app_public.plans.currency is 'ISO 4217 code of the currency of the price.';
comment on column app_public.plans.seats is 'How many members there may be; null: any number.';
comment on column app_public.plans.storage_bytes is 'How many bytes may be stored; null: any number.';
comment on column app_public.plans.api_calls is 'How many metered requests there may be in a month; null: any number.';
comment on column app_public.plans.teams is 'How many teams there may be; null: any number.';
comment on column app_public.plans.api_keys is 'How many API keys there may be that are not revoked; null: any number.';
comment on column app_public.plans.retention_months is 'For how many months records of usage are kept at least; null: for good. Their sums and the statements stay.';
comment on constraint plans_name_form on app_public.plans is 'name: lower-case letters, digits and underscores, beginning with a letter.';
comment on constraint plans_rank_key on app_public.plans is 'rank: another plan has it.';
comment on constraint plans_price_range on app_public.plans is 'price: at least 0 and below 1,000,000,000,000.';
comment on constraint plans_currency_form on app_public.plans is 'currency: three capital letters, as in USD.';
comment on constraint plans_seats_range on app_public.plans is 'seats: at least 1.';
comment on constraint plans_storage_bytes_range on app_public.plans is 'storage_bytes: at least 0.';
comment on constraint plans_api_calls_range on app_public.plans is 'api_calls: 0 to 999,999,999,999.';
comment on constraint plans_teams_range on app_public.plans is 'teams: at least 0.';
comment on constraint plans_api_keys_range on app_public.plans is 'api_keys: at least 0.';
comment on constraint plans_retention_months_range on app_public.plans is 'retention_months: 1 to 120.';
--! EndIncluded plans/plans.sql
--! Included plans/catalog.sql
-- The plans as data. This file is the truth about the four that it names; others that an administrator adds are left alone.
create temporary table plan_catalog on commit drop as
select * from (values
  ('free',       1, 0::numeric,   5::bigint,    1 * 1024::bigint ^ 3,  1000::bigint,   3::bigint,   3::bigint, 24),
  ('basic',      2, 99,          20,           10 * 1024::bigint ^ 3, 10000,          10,          10,         24),
  ('pro',        3, 299,         50,           50 * 1024::bigint ^ 3, 50000,          50,          50,         36),
  ('enterprise', 4, null,        null,         null,                  null,           null,        null,       null)
) as known (name, rank, price, seats, storage_bytes, api_calls, teams, api_keys, retention_months);

insert into app_public.plans (name, rank, price, seats, storage_bytes, api_calls, teams, api_keys, retention_months)
select name, rank, price, seats, storage_bytes::bigint, api_calls, teams, api_keys, retention_months from plan_catalog
on conflict (name) do update
  set rank = excluded.rank, price = excluded.price, seats = excluded.seats, storage_bytes = excluded.storage_bytes,
    api_calls = excluded.api_calls, teams = excluded.teams, api_keys = excluded.api_keys, retention_months = excluded.retention_months
  where (plans.rank, plans.price, plans.seats, plans.storage_bytes, plans.api_calls, plans.teams, plans.api_keys,
      plans.retention_months)
    is distinct from (excluded.rank, excluded.price, excluded.seats, excluded.storage_bytes, excluded.api_calls, excluded.teams,
      excluded.api_keys, excluded.retention_months);

drop table plan_catalog;
--! EndIncluded plans/catalog.sql
--! Included plans/plan_overrides.sql
select app_hidden.protect('app_private.plan_overrides');

grant select on app_private.plan_overrides to rowgate_reader, rowgate_writer;
grant insert (organization_id, plan, resource, amount), update (amount), delete on app_private.plan_overrides to rowgate_writer;

create policy select_reader on app_private.plan_overrides for select to rowgate_reader using (true);
create policy select_writer on app_private.plan_overrides for select to rowgate_writer using (true);
create policy insert_writer on app_private.plan_overrides for insert to rowgate_writer with check (true);
create policy update_writer on app_private.plan_overrides for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_private.plan_overrides for delete to rowgate_writer using (true);

comment on table app_private.plan_overrides is
  'Limits that were agreed with one organization in the place of its plan''s, as long as it is on that plan; amount null: none. app_hidden.set_plan_override writes them.';
--! EndIncluded plans/plan_overrides.sql
--! Included plans/storage_use.sql
select app_hidden.protect('app_public.storage_use', 'organization_id');

grant select on app_public.storage_use to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, source, bytes, measured_at), update (bytes, measured_at) on app_public.storage_use to rowgate_writer;

create policy select_permitted on app_public.storage_use for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('quota:read')));
create policy select_tenant on app_public.storage_use for select to rowgate_job using (true);
create policy select_reader on app_public.storage_use for select to rowgate_reader using (true);
create policy select_writer on app_public.storage_use for select to rowgate_writer using (true);
create policy insert_writer on app_public.storage_use for insert to rowgate_writer with check (true);
create policy update_writer on app_public.storage_use for update to rowgate_writer using (true) with check (true);
-- no visitor writes here: report_storage does
-- no delete: a source that is empty reports 0

comment on table app_public.storage_use is 'How much an organization stores, by source; their sum is what the plan limits.';
comment on column app_public.storage_use.organization_id is 'The organization.';
comment on column app_public.storage_use.source is 'Who measures: a service, a bucket, a region.';
comment on column app_public.storage_use.bytes is 'How many bytes there are.';
comment on column app_public.storage_use.measured_at is 'When that was measured.';
comment on constraint storage_use_source_length on app_public.storage_use is 'source: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint storage_use_bytes_range on app_public.storage_use is 'bytes: 0 to 999,999,999,999,999.';
comment on constraint storage_use_measured_at_finite on app_public.storage_use is 'measured_at: a moment.';
--! EndIncluded plans/storage_use.sql
--! Included alerts/make_default_alerts.sql
-- What an organization is told without having asked for anything. Rows like all others: it can change, mute and delete them.
create or replace function app_private.make_default_alerts() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  channel uuid;
begin
  insert into app_public.alert_channels (organization_id, kind, name)
  values (new.id, 'email', 'E-mail to whom it concerns')
  returning id into channel;
  with rules as (
    insert into app_public.alert_rules (organization_id, kind, name, resource, thresholds)
    values
      (new.id, 'threshold', 'Budgets at their thresholds', null, null),
      (new.id, 'quota', 'The plan''s API calls', 'api_calls', '{80,100}'),
      (new.id, 'errors', 'Requests that fail', null, '{5}'),
      (new.id, 'key_expiry', 'API keys that end', null, '{1,3,14}'),
      (new.id, 'unpriced', 'Usage without a price', null, null)
    returning alert_rules.id
  )
  insert into app_public.alert_rule_channels (organization_id, rule_id, channel_id)
  select new.id, rules.id, channel from rules;
  return null;
end;
$$;
alter function app_private.make_default_alerts() owner to rowgate_writer;
revoke all on function app_private.make_default_alerts() from public;
comment on function app_private.make_default_alerts() is 'Gives a new organization its first channel and rules of alerts.';
--! EndIncluded alerts/make_default_alerts.sql
--! Included session/users.sql
select app_hidden.protect('app_public.users');

-- People are not rows of a tenant: one account may be in many organizations.
grant select on app_public.users to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
grant
  insert (email, name, email_verified_at, locale, time_zone),
  update (email, name, email_verified_at, avatar_url, locale, time_zone, deleted_at)
  on app_public.users to rowgate_writer;
grant select on app_public.users to rowgate_job;

-- Whose membership one sees: members' own policies say which those are, so nothing is asked twice for each row. A scalar sub-select, because
-- PostgreSQL may answer exists from a hash of all members instead, made for each statement: 7 pages a second instead of 2,000.
create policy select_self_or_colleague on app_public.users for select
  to rowgate_user
  using (
    id = (select app_hidden.current_user_id())
    or coalesce((select true from app_public.members where members.user_id = users.id limit 1), false)
  );
create policy select_colleague on app_public.users for select
  to rowgate_key
  using (exists (
    select from app_public.members
    where members.user_id = users.id
      and members.organization_id = (select app_hidden.tenant_permitting('member:read'))
  ));
create policy select_member on app_public.users for select
  to rowgate_job
  using (exists (select from app_public.members where members.user_id = users.id));
create policy select_reader on app_public.users for select to rowgate_reader using (true);
create policy select_writer on app_public.users for select to rowgate_writer using (true);
create policy insert_writer on app_public.users for insert to rowgate_writer with check (true);
create policy update_writer on app_public.users for update to rowgate_writer using (true) with check (true);
-- no delete: the books name their people; a deleted account has nothing personal left

drop trigger if exists touch on app_public.users;
create trigger touch before update on app_public.users for each row execute function app_private.touch();

comment on table app_public.users is
  E'@behavior -query:resource:list -query:resource:connection\nA person with an account. You see yourself and the people of your organizations.';
comment on column app_public.users.id is 'The person''s id, a UUID version 7.';
comment on column app_public.users.email is 'The address that the person signs in with, in lower case.';
comment on column app_public.users.name is 'The name to show, 1 to 200 characters.';
comment on column app_public.users.email_verified_at is 'When the person showed that the address is theirs; null: not yet.';
comment on column app_public.users.avatar_url is 'An https address of a picture.';
comment on column app_public.users.locale is 'The person''s language, such as de-AT.';
comment on column app_public.users.time_zone is 'The person''s time zone, by its IANA name.';
comment on column app_public.users.deleted_at is E'@behavior -*\nWhen the account was deleted: nothing of it is left but its id.';
comment on column app_public.users.created_at is 'When the account was registered.';
comment on column app_public.users.updated_at is 'When the row was last changed.';
comment on constraint users_email_form on app_public.users is 'email: one address of at most 254 characters, as in ada@example.com, in lower case.';
comment on constraint users_name_length on app_public.users is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint users_avatar_url_form on app_public.users is 'avatar_url: an https address of at most 2,000 characters.';
comment on constraint users_locale_form on app_public.users is 'locale: a language tag, such as en, de-AT or zh-Hant-TW.';
comment on constraint users_time_zone_form on app_public.users is 'time_zone: an IANA name, such as Europe/Berlin, or UTC.';
--! EndIncluded session/users.sql
--! Included session/user_passwords.sql
select app_hidden.protect('app_private.user_passwords');

grant select (user_id, salt) on app_private.user_passwords to rowgate_reader;
grant select, insert (user_id, salt, verifier), update (salt, verifier, registration_notice_at), delete
  on app_private.user_passwords to rowgate_writer;

create policy select_reader on app_private.user_passwords for select to rowgate_reader using (true);
create policy select_writer on app_private.user_passwords for select to rowgate_writer using (true);
create policy insert_writer on app_private.user_passwords for insert to rowgate_writer with check (true);
create policy update_writer on app_private.user_passwords for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_private.user_passwords for delete to rowgate_writer using (true);

comment on table app_private.user_passwords is
  'Password verifiers, one per person: a salt, and the SHA-256 of scrypt(password, salt). No visitor has a grant.';
--! EndIncluded session/user_passwords.sql
--! Included session/sessions.sql
select app_hidden.protect('app_private.sessions');

grant select (id, user_id, organization_id, device, address, created_at, refreshed_at, expires_at, ended_at) on app_private.sessions
  to rowgate_reader;
grant select,
  insert (user_id, organization_id, refresh_hash, device, address),
  update (refresh_hash, refreshed_at, ended_at, ended_because, device, address),
  delete
  on app_private.sessions to rowgate_writer;

create policy select_reader on app_private.sessions for select to rowgate_reader using (true);
create policy select_writer on app_private.sessions for select to rowgate_writer using (true);
create policy insert_writer on app_private.sessions for insert to rowgate_writer with check (true);
create policy update_writer on app_private.sessions for update to rowgate_writer using (true) with check (true);
-- Deleted only with the account.
create policy delete_writer on app_private.sessions for delete to rowgate_writer using (true);

comment on table app_private.sessions is
  'A sign-in and the hash of its current refresh token. Access tokens name the session; ended or expired means refused.';
comment on type app_public.own_session is 'Where somebody is signed in.';
comment on column app_public.own_session.id is 'The session''s id.';
comment on column app_public.own_session.device is 'What the client called itself when it was last seen (User-Agent).';
comment on column app_public.own_session.address is 'The network address that it was last seen at.';
comment on column app_public.own_session.started_at is 'When the person signed in.';
comment on column app_public.own_session.last_seen_at is 'When it last got an access token: exact to the 15 minutes that one lives.';
comment on column app_public.own_session.expires_at is 'Until when it lasts at most.';
comment on column app_public.own_session.current is 'Whether it is the session of this request.';
--! EndIncluded session/sessions.sql
--! Included session/used_refresh_tokens.sql
select app_hidden.protect('app_private.used_refresh_tokens');

grant select, insert (refresh_hash, session_id) on app_private.used_refresh_tokens to rowgate_writer;

create policy select_writer on app_private.used_refresh_tokens for select to rowgate_writer using (true);
create policy insert_writer on app_private.used_refresh_tokens for insert to rowgate_writer with check (true);
-- no update, no delete: they go with their session

comment on table app_private.used_refresh_tokens is
  'SHA-256 of each refresh token that was exchanged, so that one that comes back is known for what it is.';
--! EndIncluded session/used_refresh_tokens.sql
--! Included session/user_identities.sql
select app_hidden.protect('app_private.user_identities');

grant select on app_private.user_identities to rowgate_reader;
grant select, insert (issuer, subject, user_id), delete on app_private.user_identities to rowgate_writer;

create policy select_reader on app_private.user_identities for select to rowgate_reader using (true);
create policy select_writer on app_private.user_identities for select to rowgate_writer using (true);
create policy insert_writer on app_private.user_identities for insert to rowgate_writer with check (true);
create policy delete_writer on app_private.user_identities for delete to rowgate_writer using (true);
-- no update: what an issuer calls somebody is theirs for good

comment on table app_private.user_identities is
  'Who a person is at another issuer of tokens: issuer and subject, never the e-mail address, which may change hands.';
--! EndIncluded session/user_identities.sql
--! Included session/account_links.sql
select app_hidden.protect('app_private.account_links');
select app_hidden.protect('app_private.account_link_tokens');

grant select, insert (user_id, purpose, new_email, expires_at), update (current_confirmed_at, new_confirmed_at), delete
  on app_private.account_links to rowgate_writer;
grant select, insert (token_hash, link_id, side) on app_private.account_link_tokens to rowgate_writer;

create policy select_writer on app_private.account_links for select to rowgate_writer using (true);
create policy insert_writer on app_private.account_links for insert to rowgate_writer with check (true);
create policy update_writer on app_private.account_links for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_private.account_links for delete to rowgate_writer using (true);
create policy select_writer on app_private.account_link_tokens for select to rowgate_writer using (true);
create policy insert_writer on app_private.account_link_tokens for insert to rowgate_writer with check (true);
-- no delete: they go with their link

comment on table app_private.account_links is
  'Links in e-mails that confirm an address or reset a password; the row goes when it is used, or replaced by the next.';
comment on table app_private.account_link_tokens is
  'SHA-256 of the secret in each such link: one for each attempt to send it.';
--! EndIncluded session/account_links.sql
--! Included session/sign_in_attempts.sql
select app_hidden.protect('app_private.sign_in_attempts');

grant select, insert (subject, attempts, ends_at), update (attempts, ends_at), delete
  on app_private.sign_in_attempts to rowgate_writer;

create policy select_writer on app_private.sign_in_attempts for select to rowgate_writer using (true);
create policy insert_writer on app_private.sign_in_attempts for insert to rowgate_writer with check (true);
create policy update_writer on app_private.sign_in_attempts for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_private.sign_in_attempts for delete to rowgate_writer using (true);

comment on table app_private.sign_in_attempts is
  'How often it was tried to sign in to an account, and from a network, until when they count. Both are known by a hash only.';
--! EndIncluded session/sign_in_attempts.sql
--! Included tenancy/organizations.sql
select app_hidden.protect('app_public.organizations');

grant select on app_public.organizations to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant update (name, slug, description, logo_url, settings, locale) on app_public.organizations to rowgate_user;
grant
  insert (name, slug, description, logo_url),
  update (status, plan, purge_at, trial_ends_at, time_zone, currency, retention_months, strict_pricing, credit_order)
  on app_public.organizations to rowgate_writer;
grant delete on app_public.organizations to rowgate_writer;

-- This table's tenant column is its own id. A suspended organization still shows itself, and a person sees all
-- of their own while none is chosen, so reads ask for the permission alone; writes go through the floor that protect() lays elsewhere.
create policy floor_tenant on app_public.organizations as restrictive for update
  to rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job
  using (id = (select app_hidden.open_tenant())) with check (id = (select app_hidden.open_tenant()));
create policy select_permitted on app_public.organizations for select
  to rowgate_user, rowgate_key
  using (id = any ((select app_hidden.organizations_permitting('organization:read'))::uuid[]));
create policy update_permitted on app_public.organizations for update
  to rowgate_user
  using (id = (select app_hidden.tenant_permitting('organization:update')))
  with check (id = (select app_hidden.tenant_permitting('organization:update')));
create policy select_tenant on app_public.organizations for select
  to rowgate_job
  using (id = (select app_hidden.open_tenant()));
create policy select_reader on app_public.organizations for select to rowgate_reader using (true);
create policy select_writer on app_public.organizations for select to rowgate_writer using (true);
create policy insert_writer on app_public.organizations for insert to rowgate_writer with check (true);
create policy update_writer on app_public.organizations for update to rowgate_writer using (true) with check (true);
-- An organization is marked as deleted, and its row goes when it is purged.
create policy delete_purged on app_public.organizations for delete
  to rowgate_writer
  using (id = any ((select app_hidden.purgeable_organizations())::uuid[]));

drop trigger if exists touch on app_public.organizations;
create trigger touch before update on app_public.organizations for each row execute function app_private.touch();

drop trigger if exists keep_retention on app_public.organizations;
create trigger keep_retention before insert or update of plan, retention_months on app_public.organizations
  for each row execute function app_private.keep_retention();
-- Before the budget of the plan, which the rules watch.
drop trigger if exists default_alerts on app_public.organizations;
create trigger default_alerts after insert on app_public.organizations
  for each row execute function app_private.make_default_alerts();
drop trigger if exists keep_plan_budget on app_public.organizations;
create trigger keep_plan_budget after insert on app_public.organizations
  for each row execute function app_private.keep_plan_budget();
drop trigger if exists change_plan_budget on app_public.organizations;
create trigger change_plan_budget after update of plan on app_public.organizations
  for each row when (new.plan <> old.plan) execute function app_private.keep_plan_budget();

comment on table app_public.organizations is 'A tenant: everything else belongs to exactly one organization.';
comment on column app_public.organizations.id is 'The organization''s id; valid as X-Tenant-ID.';
comment on column app_public.organizations.name is E'@behavior orderBy\nThe name to show, 1 to 200 characters.';
comment on column app_public.organizations.slug is 'Its short name in URLs and in X-Tenant-ID, unique everywhere.';
comment on column app_public.organizations.description is 'What the organization is, up to 2,000 characters.';
comment on column app_public.organizations.logo_url is 'An https address of its logo.';
comment on column app_public.organizations.plan is 'The name of its plan; changePlan changes it.';
comment on column app_public.organizations.status is E'@behavior filterBy\nactive, suspended (nothing but this row is visible) or deleted.';
comment on column app_public.organizations.max_team_depth is 'How many levels of teams there may be.';
comment on column app_public.organizations.time_zone is 'The time zone of its budgets'' periods, by its IANA name; a change counts from each next period.';
comment on column app_public.organizations.currency is 'ISO 4217 code of its currency; budgets that name none change to another with their next period.';
comment on column app_public.organizations.locale is 'The language of the organization, such as de-AT.';
comment on column app_public.organizations.trial_ends_at is 'Until when it may be used on trial, and is then as if suspended; null: it is on no trial.';
comment on column app_public.organizations.purge_at is 'When a deleted organization is purged; until then an owner can restore it.';
comment on column app_public.organizations.retention_months is 'For how many months late usage is taken: at most for as long as the plan keeps records.';
comment on column app_public.organizations.strict_pricing is 'Whether usage without a known price is refused instead of priced later.';
comment on column app_public.organizations.credit_order is
  'Which pays first where a member has a credit: personal_first or organization_first. The other pays where the first has no room.';
comment on column app_public.organizations.settings is 'Free settings of the organization, a JSON object of at most 16 kB.';
comment on column app_public.organizations.created_at is E'@behavior orderBy\nWhen it was created.';
comment on column app_public.organizations.updated_at is 'When the row was last changed.';
comment on constraint organizations_name_length on app_public.organizations is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint organizations_slug_form on app_public.organizations is
  'slug: 2 to 63 lower-case letters, digits and single hyphens, beginning with a letter; not the form of a UUID.';
comment on constraint organizations_description_length on app_public.organizations is 'description: at most 2,000 characters.';
comment on constraint organizations_logo_url_form on app_public.organizations is 'logo_url: an https address of at most 2,000 characters.';
comment on constraint organizations_plan_fkey on app_public.organizations is E'@fieldName planDetails\n@foreignFieldName organizations';
comment on constraint organizations_status_known on app_public.organizations is 'status: active, suspended or deleted.';
comment on constraint organizations_max_team_depth_range on app_public.organizations is 'max_team_depth: 1 to 32 levels.';
comment on constraint organizations_time_zone_form on app_public.organizations is 'time_zone: an IANA name, such as Europe/Berlin, or UTC.';
comment on constraint organizations_currency_form on app_public.organizations is 'currency: three capital letters, as in USD.';
comment on constraint organizations_locale_form on app_public.organizations is 'locale: a language tag, such as en, de-AT or zh-Hant-TW.';
comment on constraint organizations_purge_at_given on app_public.organizations is 'purge_at: when status is deleted.';
comment on constraint organizations_retention_months_range on app_public.organizations is 'retention_months: 1 to 120.';
comment on constraint organizations_credit_order_known on app_public.organizations is 'credit_order: personal_first or organization_first.';
comment on constraint organizations_settings_form on app_public.organizations is 'settings: a JSON object of at most 16 kB.';
comment on constraint organizations_slug_key on app_public.organizations is 'slug: another organization has it.';
--! EndIncluded tenancy/organizations.sql
--! Included tenancy/keep_an_owner.sql
-- The lock on the organization lets two owners who remove each other at the same moment pass one after the other.
-- When the organization itself is being purged its row is already gone, and so is the rule; one that is deleted has no need of it.
create or replace function app_private.keep_an_owner() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform from app_public.organizations where organizations.id = old.organization_id and organizations.status <> 'deleted'
  for no key update;
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
--! Included permissions/custom_roles.sql
select app_hidden.protect('app_public.custom_roles', 'organization_id');
select app_hidden.protect('app_public.custom_role_permissions', 'organization_id');

grant select on app_public.custom_roles, app_public.custom_role_permissions
  to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, name, description), update (name, description), delete
  on app_public.custom_roles to rowgate_writer;
grant insert (organization_id, role_id, permission), delete on app_public.custom_role_permissions to rowgate_writer;
-- No visitor writes here: a verb compares what the role holds with what its caller holds, behind the organization's lock.

create policy select_permitted on app_public.custom_roles for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('member:read')));
create policy select_tenant on app_public.custom_roles for select to rowgate_job using (true);
create policy select_reader on app_public.custom_roles for select to rowgate_reader using (true);
create policy select_writer on app_public.custom_roles for select to rowgate_writer using (true);
create policy insert_writer on app_public.custom_roles for insert to rowgate_writer with check (true);
create policy update_writer on app_public.custom_roles for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.custom_roles for delete to rowgate_writer using (true);
create policy select_permitted on app_public.custom_role_permissions for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('member:read')));
create policy select_tenant on app_public.custom_role_permissions for select to rowgate_job using (true);
create policy select_reader on app_public.custom_role_permissions for select to rowgate_reader using (true);
create policy select_writer on app_public.custom_role_permissions for select to rowgate_writer using (true);
create policy insert_writer on app_public.custom_role_permissions for insert to rowgate_writer with check (true);
create policy delete_writer on app_public.custom_role_permissions for delete to rowgate_writer using (true);

drop trigger if exists touch on app_public.custom_roles;
create trigger touch before update on app_public.custom_roles for each row execute function app_private.touch();

comment on table app_public.custom_roles is 'The organization''s own roles, beside the built-in ones.';
comment on column app_public.custom_roles.id is 'The role''s id.';
comment on column app_public.custom_roles.organization_id is 'The organization.';
comment on column app_public.custom_roles.name is E'@behavior orderBy\nThe name, 1 to 200 characters, unique in the organization.';
comment on column app_public.custom_roles.description is 'What the role is for, up to 2,000 characters.';
comment on column app_public.custom_roles.created_at is 'When it was created.';
comment on column app_public.custom_roles.updated_at is 'When name or description were last changed.';
comment on constraint custom_roles_name_length on app_public.custom_roles is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint custom_roles_description_length on app_public.custom_roles is 'description: at most 2,000 characters.';
comment on constraint custom_roles_tenant_key on app_public.custom_roles is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on index app_public.custom_roles_name_key is 'name: another role of the organization has it.';

comment on table app_public.custom_role_permissions is 'What a role of the organization''s own holds.';
comment on column app_public.custom_role_permissions.organization_id is 'The organization.';
comment on column app_public.custom_role_permissions.role_id is 'The role.';
comment on column app_public.custom_role_permissions.permission is 'The permission that it holds.';
comment on column app_public.custom_role_permissions.assignable is E'@behavior -*\nAlways true: the permission is one that can be assigned.';
comment on constraint custom_role_permissions_assignable on app_public.custom_role_permissions is 'permission: one that can be assigned.';
comment on constraint custom_role_permissions_role_fkey on app_public.custom_role_permissions is E'@fieldName role\n@foreignFieldName permissions';
comment on constraint custom_role_permissions_permission_fkey on app_public.custom_role_permissions is E'@behavior -*\nThe permission can be assigned.';
--! EndIncluded permissions/custom_roles.sql
--! Included tenancy/members.sql
select app_hidden.protect('app_public.members', 'organization_id');

grant select on app_public.members to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, user_id, role, custom_role_id, invited_by), update (role, custom_role_id), delete
  on app_public.members to rowgate_writer;
-- No visitor writes here: a policy can't compare what two people hold, and it answers as of the beginning of a statement that may
-- then wait while its caller is demoted. The verbs do both, behind app_hidden.lock_members.

create policy select_permitted on app_public.members for select
  to rowgate_user, rowgate_key
  using (organization_id = (select app_hidden.tenant_permitting('member:read')));
create policy select_tenant on app_public.members for select to rowgate_job using (true);
create policy select_reader on app_public.members for select to rowgate_reader using (true);
create policy select_writer on app_public.members for select to rowgate_writer using (true);
create policy insert_writer on app_public.members for insert to rowgate_writer with check (true);
create policy update_writer on app_public.members for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.members for delete to rowgate_writer using (true);

drop trigger if exists touch on app_public.members;
create trigger touch before update on app_public.members for each row execute function app_private.touch();
drop trigger if exists fit_plan on app_public.members;
create trigger fit_plan after insert on app_public.members
  for each row execute function app_private.keep_within_plan('seats');
drop trigger if exists keep_an_owner on app_public.members;
create trigger keep_an_owner after update of role or delete on app_public.members
  for each row when (old.role = 'owner') execute function app_private.keep_an_owner();

comment on table app_public.members is 'Who is in an organization, and with which role. The role is read here at every request, never from a token.';
comment on column app_public.members.id is 'The membership''s id.';
comment on column app_public.members.organization_id is 'The organization.';
comment on column app_public.members.user_id is 'The person.';
comment on column app_public.members.role is E'@behavior orderBy filterBy\nowner, admin, member or viewer, each holding what the one below it holds; or custom.';
comment on column app_public.members.custom_role_id is 'The organization''s own role that the member has, when role is custom.';
comment on column app_public.members.invited_by is 'Who added the person; null for whoever created the organization.';
comment on column app_public.members.joined_at is E'@behavior orderBy\nWhen the person became a member.';
comment on column app_public.members.updated_at is 'When the row was last changed.';
comment on constraint members_role_known on app_public.members is 'role: owner, admin, member or viewer.';
comment on constraint members_custom_role_given on app_public.members is 'custom_role_id: a role of the organization''s own exactly when role is custom.';
comment on constraint members_custom_role_fkey on app_public.members is E'@fieldName customRole\n@foreignFieldName members';
--! EndIncluded tenancy/members.sql
--! Included permissions/member_permissions.sql
select app_hidden.protect('app_public.member_permissions', 'organization_id');

grant select on app_public.member_permissions to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, user_id, permission, effect, set_by), update (effect, set_by, created_at), delete
  on app_public.member_permissions to rowgate_writer;

create policy select_own_or_permitted on app_public.member_permissions for select
  to rowgate_user
  using (
    user_id = (select app_hidden.current_user_id())
    or (select app_hidden.permits('member:update'))
  );
create policy select_tenant on app_public.member_permissions for select to rowgate_job using (true);
create policy select_reader on app_public.member_permissions for select to rowgate_reader using (true);
create policy select_writer on app_public.member_permissions for select to rowgate_writer using (true);
create policy insert_writer on app_public.member_permissions for insert to rowgate_writer with check (true);
create policy update_writer on app_public.member_permissions for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.member_permissions for delete to rowgate_writer using (true);
-- no visitor writes: set_member_permission compares with what its caller holds

comment on table app_public.member_permissions is
  'What one member holds beside the role (grant), or does not hold in spite of it (deny, which always wins). You see your own; who may change members sees all.';
comment on column app_public.member_permissions.organization_id is 'The organization.';
comment on column app_public.member_permissions.user_id is 'The member.';
comment on column app_public.member_permissions.permission is 'The permission.';
comment on column app_public.member_permissions.effect is 'grant or deny.';
comment on column app_public.member_permissions.assignable is E'@behavior -*\nAlways true: the permission is one that can be assigned.';
comment on column app_public.member_permissions.set_by is 'Who set it.';
comment on column app_public.member_permissions.created_at is 'When it was set.';
comment on constraint member_permissions_effect_known on app_public.member_permissions is 'effect: grant or deny.';
comment on constraint member_permissions_assignable on app_public.member_permissions is 'permission: one that can be assigned.';
comment on constraint member_permissions_member_fkey on app_public.member_permissions is E'@fieldName member\n@foreignFieldName permissions';
comment on constraint member_permissions_permission_fkey on app_public.member_permissions is E'@behavior -*\nThe permission can be assigned.';
--! EndIncluded permissions/member_permissions.sql
--! Included permissions/team_role_exceptions.sql
select app_hidden.protect('app_public.team_role_exceptions', 'organization_id');

grant select on app_public.team_role_exceptions to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, role, permission, effect), update (effect), delete
  on app_public.team_role_exceptions to rowgate_writer;

create policy select_permitted on app_public.team_role_exceptions for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('member:read')));
create policy select_tenant on app_public.team_role_exceptions for select to rowgate_job using (true);
create policy select_reader on app_public.team_role_exceptions for select to rowgate_reader using (true);
create policy select_writer on app_public.team_role_exceptions for select to rowgate_writer using (true);
create policy insert_writer on app_public.team_role_exceptions for insert to rowgate_writer with check (true);
create policy update_writer on app_public.team_role_exceptions for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.team_role_exceptions for delete to rowgate_writer using (true);
-- no visitor writes: set_team_role_permission compares with what its caller holds

comment on table app_public.team_role_exceptions is
  'Where the organization''s team roles hold something else than teamRolePermissions says.';
comment on column app_public.team_role_exceptions.organization_id is 'The organization.';
comment on column app_public.team_role_exceptions.role is 'lead or member.';
comment on column app_public.team_role_exceptions.permission is 'The permission, one that a team role can hold.';
comment on column app_public.team_role_exceptions.effect is 'grant or deny.';
comment on column app_public.team_role_exceptions.team_scoped is E'@behavior -*\nAlways true: the permission is one that a team role can hold.';
comment on constraint team_role_exceptions_role_known on app_public.team_role_exceptions is 'role: lead or member.';
comment on constraint team_role_exceptions_effect_known on app_public.team_role_exceptions is 'effect: grant or deny.';
comment on constraint team_role_exceptions_team_scoped on app_public.team_role_exceptions is 'permission: one that a team role can hold.';
comment on constraint team_role_exceptions_permission_fkey on app_public.team_role_exceptions is E'@behavior -*\nThe permission can be held by a team role.';
--! EndIncluded permissions/team_role_exceptions.sql
--! Included tenancy/ownership_transfers.sql
select app_hidden.protect('app_public.ownership_transfers', 'organization_id');

grant select on app_public.ownership_transfers to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, from_user_id, to_user_id, then_role), update (status, decided_at)
  on app_public.ownership_transfers to rowgate_writer;

create policy select_party_or_permitted on app_public.ownership_transfers for select
  to rowgate_user
  using (
    from_user_id = (select app_hidden.current_user_id())
    or to_user_id = (select app_hidden.current_user_id())
    or (select app_hidden.permits('owner:manage'))
  );
create policy select_tenant on app_public.ownership_transfers for select to rowgate_job using (true);
create policy select_writer on app_public.ownership_transfers for select to rowgate_writer using (true);
create policy insert_writer on app_public.ownership_transfers for insert to rowgate_writer with check (true);
create policy update_writer on app_public.ownership_transfers for update to rowgate_writer using (true) with check (true);
-- no delete: who owned it when is history

comment on table app_public.ownership_transfers is 'Offers of an organization''s ownership: made by an owner, and of effect once the other person accepts.';
comment on column app_public.ownership_transfers.id is 'The offer''s id.';
comment on column app_public.ownership_transfers.organization_id is 'The organization.';
comment on column app_public.ownership_transfers.from_user_id is 'The owner who offers.';
comment on column app_public.ownership_transfers.to_user_id is 'The member who may accept.';
comment on column app_public.ownership_transfers.then_role is 'The role that the offering owner has afterwards; owner: they stay one.';
comment on column app_public.ownership_transfers.status is E'@behavior filterBy\noffered, accepted, declined, withdrawn or expired.';
comment on column app_public.ownership_transfers.created_at is E'@behavior orderBy\nWhen it was offered.';
comment on column app_public.ownership_transfers.expires_at is 'Until when it can be accepted, 7 days later.';
comment on column app_public.ownership_transfers.decided_at is 'When it was accepted, declined or withdrawn.';
comment on constraint ownership_transfers_then_role_known on app_public.ownership_transfers is 'then_role: owner, admin, member or viewer.';
comment on constraint ownership_transfers_status_known on app_public.ownership_transfers is 'status: offered, accepted, declined, withdrawn or expired.';
comment on constraint ownership_transfers_two_people on app_public.ownership_transfers is 'user_id: somebody else.';
comment on index app_public.ownership_transfers_open_key is 'You have offered it to somebody already; cancel that first.';
--! EndIncluded tenancy/ownership_transfers.sql
--! Included invitations/invitations.sql
select app_hidden.protect('app_public.invitations', 'organization_id');
select app_hidden.protect('app_private.invitation_tokens');

grant select on app_public.invitations to rowgate_user, rowgate_job, rowgate_writer;
grant
  insert (organization_id, email, role, custom_role_id, needs_approval, invited_by),
  update (status, accepted_by, sent_at, expires_at, decided_at, invited_by),
  delete
  on app_public.invitations to rowgate_writer;
grant select, insert (token_hash, organization_id, invitation_id), delete on app_private.invitation_tokens to rowgate_writer;

create policy select_permitted on app_public.invitations for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('member:create')));
create policy select_tenant on app_public.invitations for select to rowgate_job using (true);
create policy select_writer on app_public.invitations for select to rowgate_writer using (true);
create policy insert_writer on app_public.invitations for insert to rowgate_writer with check (true);
create policy update_writer on app_public.invitations for update to rowgate_writer using (true) with check (true);
-- Deleted only with the account whose address it names, or long after it was decided.
create policy delete_writer on app_public.invitations for delete to rowgate_writer using (true);
create policy select_writer on app_private.invitation_tokens for select to rowgate_writer using (true);
create policy insert_writer on app_private.invitation_tokens for insert to rowgate_writer with check (true);
create policy delete_writer on app_private.invitation_tokens for delete to rowgate_writer using (true);
-- no update: what was sent stays what it is, or goes

comment on table app_public.invitations is 'An invitation to one e-mail address. It never says whether the address has an account.';
comment on column app_public.invitations.id is 'The invitation''s id.';
comment on column app_public.invitations.organization_id is 'The organization.';
comment on column app_public.invitations.email is E'@behavior filterBy\nThe address that it was sent to, in lower case; only whoever has it can accept.';
comment on column app_public.invitations.role is 'The role that it gives: owner, admin, member or viewer; or custom.';
comment on column app_public.invitations.custom_role_id is 'The organization''s own role that it gives, when role is custom.';
comment on column app_public.invitations.needs_approval is 'Whether whoever accepts waits for an admin''s approval.';
comment on column app_public.invitations.status is E'@behavior filterBy\npending, accepted, revoked or expired; a pending one no longer counts after expires_at.';
comment on column app_public.invitations.invited_by is 'Who sent it last: what they hold when it is accepted decides.';
comment on column app_public.invitations.accepted_by is 'Who accepted it.';
comment on column app_public.invitations.sent_at is 'When the e-mail went out last; null before it did for the first time.';
comment on column app_public.invitations.expires_at is 'Until when it can be accepted, 7 days after it was sent last.';
comment on column app_public.invitations.decided_at is 'When it was accepted or revoked.';
comment on column app_public.invitations.created_at is E'@behavior orderBy\nWhen it was made.';
comment on constraint invitations_email_form on app_public.invitations is 'email: one address of at most 254 characters, as in ada@example.com.';
comment on constraint invitations_role_known on app_public.invitations is 'role: owner, admin, member or viewer.';
comment on constraint invitations_custom_role_given on app_public.invitations is 'custom_role_id: a role of the organization''s own exactly when role is custom.';
comment on constraint invitations_status_known on app_public.invitations is 'status: pending, accepted, revoked or expired.';
comment on index app_public.invitations_pending_key is 'email: is invited already; send that invitation again, or revoke it.';
comment on constraint invitations_custom_role_fkey on app_public.invitations is E'@fieldName customRole\n@foreignFieldName invitations';

comment on table app_private.invitation_tokens is 'SHA-256 of what was sent: one for each attempt to send it, until it is sent anew or used.';
--! EndIncluded invitations/invitations.sql
--! Included invitations/join_links.sql
select app_hidden.protect('app_public.join_links', 'organization_id');
select app_hidden.protect('app_private.join_link_secrets');

grant select on app_public.join_links to rowgate_user, rowgate_job, rowgate_writer;
grant
  insert (organization_id, role, max_uses, allowed_domains, needs_approval, created_by, expires_at),
  update (status, uses)
  on app_public.join_links to rowgate_writer;
grant select, insert (organization_id, join_link_id, code_hash) on app_private.join_link_secrets to rowgate_writer;

create policy select_permitted on app_public.join_links for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('member:create')));
create policy select_tenant on app_public.join_links for select to rowgate_job using (true);
create policy select_writer on app_public.join_links for select to rowgate_writer using (true);
create policy insert_writer on app_public.join_links for insert to rowgate_writer with check (true);
create policy update_writer on app_public.join_links for update to rowgate_writer using (true) with check (true);
create policy select_writer on app_private.join_link_secrets for select to rowgate_writer using (true);
create policy insert_writer on app_private.join_link_secrets for insert to rowgate_writer with check (true);
-- no delete: which codes there were is history

comment on table app_public.join_links is 'Join codes: whoever has one can join, as often as it says.';
comment on column app_public.join_links.id is 'The join code''s id.';
comment on column app_public.join_links.organization_id is 'The organization.';
comment on column app_public.join_links.role is 'The role that it gives: member or viewer.';
comment on column app_public.join_links.max_uses is 'How many people it lets in at most.';
comment on column app_public.join_links.uses is 'How many have used it.';
comment on column app_public.join_links.allowed_domains is 'Only confirmed e-mail addresses of these domains are let in; null: any account.';
comment on column app_public.join_links.needs_approval is 'Whether whoever uses it waits for an admin''s approval.';
comment on column app_public.join_links.status is E'@behavior filterBy\nactive or revoked; an active one no longer counts after expires_at.';
comment on column app_public.join_links.created_by is 'Who made it: what they hold when it is used decides.';
comment on column app_public.join_links.created_at is E'@behavior orderBy\nWhen it was made.';
comment on column app_public.join_links.expires_at is 'Until when it can be used.';
comment on constraint join_links_role_known on app_public.join_links is 'role: member or viewer.';
comment on constraint join_links_max_uses_range on app_public.join_links is 'max_uses: 1 to 10,000.';
comment on constraint join_links_uses_range on app_public.join_links is 'uses: 0 to max_uses.';
comment on constraint join_links_allowed_domains_form on app_public.join_links is 'allowed_domains: 1 to 20 domains, such as example.com.';
comment on constraint join_links_status_known on app_public.join_links is 'status: active or revoked.';
comment on constraint join_links_expiry_later on app_public.join_links is 'expires_at: later than now, at most 366 days.';
comment on table app_private.join_link_secrets is 'SHA-256 of each join code, which is shown once.';
--! EndIncluded invitations/join_links.sql
--! Included invitations/join_requests.sql
select app_hidden.protect('app_public.join_requests', 'organization_id');

grant select on app_public.join_requests to rowgate_user, rowgate_job, rowgate_writer;
grant
  insert (organization_id, user_id, email, name, role, custom_role_id, invited_by),
  update (status, decided_by, decided_at),
  delete
  on app_public.join_requests to rowgate_writer;

create policy select_permitted on app_public.join_requests for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('member:create')));
create policy select_tenant on app_public.join_requests for select to rowgate_job using (true);
create policy select_writer on app_public.join_requests for select to rowgate_writer using (true);
create policy insert_writer on app_public.join_requests for insert to rowgate_writer with check (true);
create policy update_writer on app_public.join_requests for update to rowgate_writer using (true) with check (true);
-- Deleted only with the account that it names.
create policy delete_writer on app_public.join_requests for delete to rowgate_writer using (true);

comment on table app_public.join_requests is 'Who accepted an invitation or used a join code that needs an admin''s approval.';
comment on column app_public.join_requests.id is 'The request''s id.';
comment on column app_public.join_requests.organization_id is 'The organization.';
comment on column app_public.join_requests.user_id is 'The person who wants to join.';
comment on column app_public.join_requests.email is 'The person''s address when they asked.';
comment on column app_public.join_requests.name is 'The person''s name when they asked.';
comment on column app_public.join_requests.role is 'The role that they will have: owner, admin, member or viewer; or custom.';
comment on column app_public.join_requests.custom_role_id is 'The organization''s own role that they will have, when role is custom.';
comment on column app_public.join_requests.invited_by is 'Who sent the invitation or made the join code.';
comment on column app_public.join_requests.status is E'@behavior filterBy\npending, approved or rejected.';
comment on column app_public.join_requests.decided_by is 'Who approved or rejected it.';
comment on column app_public.join_requests.decided_at is 'When that was.';
comment on column app_public.join_requests.created_at is E'@behavior orderBy\nWhen they asked.';
comment on constraint join_requests_role_known on app_public.join_requests is 'role: owner, admin, member or viewer.';
comment on constraint join_requests_custom_role_given on app_public.join_requests is 'custom_role_id: a role of the organization''s own exactly when role is custom.';
comment on constraint join_requests_status_known on app_public.join_requests is 'status: pending, approved or rejected.';
comment on index app_public.join_requests_pending_key is 'You wait for an admin''s approval already.';
comment on constraint join_requests_custom_role_fkey on app_public.join_requests is E'@fieldName customRole\n@foreignFieldName joinRequests';
--! EndIncluded invitations/join_requests.sql
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
  above uuid[] := '{}';
  height int;
begin
  if tg_op = 'UPDATE' and new.parent_team_id is not distinct from old.parent_team_id then
    return new;
  elsif tg_op = 'INSERT' and new.parent_team_id is null then
    -- A new tree of its own: nobody can know it yet, so nobody waits.
    new.path := array[new.id];
    return new;
  end if;
  select organizations.max_team_depth into most
  from app_public.organizations
  where organizations.id = new.organization_id
  for no key update;

  if new.parent_team_id is not null then
    select teams.path into above from app_public.teams
    where teams.organization_id = new.organization_id and teams.id = new.parent_team_id and teams.deleted_at is null;
    if not found then
      perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'parent_team_id: a team of the organization.'));
    end if;
    if new.id = any (above) then
      perform app_hidden.refuse('TEAM_CYCLE');
    end if;
  end if;
  new.path := above || new.id;

  -- A new team has nothing below it. Of one that moves, everything goes along.
  select coalesce(max(cardinality(teams.path)) - cardinality(old.path), 0) into height
  from app_public.teams
  where tg_op = 'UPDATE' and teams.organization_id = new.organization_id and teams.path @> array[new.id]
    and teams.deleted_at is null;
  if cardinality(new.path) + height > most then
    perform app_hidden.refuse('TEAM_TOO_DEEP', jsonb_build_object('depth', cardinality(new.path) + height, 'limit', most));
  end if;
  return new;
end;
$$;
alter function app_private.keep_tree() owner to rowgate_writer;
revoke all on function app_private.keep_tree() from public;
comment on function app_private.keep_tree() is
  'Refuses a circle, a tree that is too deep, and a place below a deleted team; writes the path.';

create or replace function app_private.spread_path() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_public.teams
  set path = new.path || teams.path[cardinality(old.path) + 1:]
  where teams.organization_id = new.organization_id and teams.path @> array[new.id] and teams.id <> new.id;
  return null;
end;
$$;
alter function app_private.spread_path() owner to rowgate_writer;
revoke all on function app_private.spread_path() from public;
comment on function app_private.spread_path() is 'Gives the teams below a moved one their new path.';
--! EndIncluded tenancy/keep_tree.sql
--! Included tenancy/teams.sql
select app_hidden.protect('app_public.teams', 'organization_id');

grant select on app_public.teams to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, parent_team_id, name, description), update (name, description, parent_team_id)
  on app_public.teams to rowgate_user;
grant update (deleted_at, parent_team_id, path) on app_public.teams to rowgate_writer;

create policy select_permitted on app_public.teams for select
  to rowgate_user, rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('team:read'))
    and deleted_at is null
  );
create policy insert_permitted on app_public.teams for insert
  to rowgate_user
  with check (organization_id = (select app_hidden.tenant_permitting('team:create')));
create policy update_permitted on app_public.teams for update
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('team:update'))
    and deleted_at is null
  )
  with check (organization_id = (select app_hidden.tenant_permitting('team:update')));
create policy select_tenant on app_public.teams for select to rowgate_job using (true);
create policy select_reader on app_public.teams for select to rowgate_reader using (true);
create policy select_writer on app_public.teams for select to rowgate_writer using (true);
create policy update_writer on app_public.teams for update to rowgate_writer using (true) with check (true);
-- no delete: usage names its team forever; a deleted team is marked and no longer visible

drop trigger if exists touch on app_public.teams;
create trigger touch before update of name, description, parent_team_id, deleted_at on app_public.teams for each row execute function app_private.touch();

drop trigger if exists fit_plan on app_public.teams;
create trigger fit_plan after insert on app_public.teams
  for each row execute function app_private.keep_within_plan('teams');
drop trigger if exists keep_tree on app_public.teams;
create trigger keep_tree before insert or update of parent_team_id on app_public.teams
  for each row execute function app_private.keep_tree();

drop trigger if exists spread_path on app_public.teams;
create trigger spread_path after update of parent_team_id on app_public.teams
  for each row when (new.path <> old.path) execute function app_private.spread_path();

comment on table app_public.teams is 'Teams of an organization, a tree. A team role reaches the whole subtree.';
comment on column app_public.teams.id is 'The team''s id.';
comment on column app_public.teams.organization_id is 'The organization.';
comment on column app_public.teams.parent_team_id is 'The team above; null at the top.';
comment on column app_public.teams.name is E'@behavior orderBy filterBy\nThe name, 1 to 200 characters, unique among the teams below the same one.';
comment on column app_public.teams.description is 'What the team does, up to 2,000 characters.';
comment on column app_public.teams.path is E'@behavior -*\nThe ids from the top of the tree down to the team itself.';
comment on column app_public.teams.deleted_at is E'@behavior -*\nWhen the team was deleted; usage keeps its name.';
comment on column app_public.teams.created_at is E'@behavior orderBy\nWhen it was created.';
comment on column app_public.teams.updated_at is 'When the row was last changed.';
comment on constraint teams_name_length on app_public.teams is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint teams_description_length on app_public.teams is 'description: at most 2,000 characters.';
comment on constraint teams_not_own_parent on app_public.teams is 'parent_team_id: another team than the team itself.';
comment on constraint teams_path_ends_here on app_public.teams is 'path: ends with the team itself.';
comment on constraint teams_tenant_key on app_public.teams is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on index app_public.teams_name_key is 'name: another team at this place has it.';
comment on constraint teams_parent_fkey on app_public.teams is E'@fieldName parentTeam\n@foreignFieldName childTeams';
--! EndIncluded tenancy/teams.sql
--! Included tenancy/team_members.sql
select app_hidden.protect('app_public.team_members', 'organization_id');

grant select on app_public.team_members to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, team_id, user_id, role), update (role), delete on app_public.team_members to rowgate_writer;
-- No visitor writes here, for the reasons that members.sql gives.

create policy select_permitted on app_public.team_members for select
  to rowgate_user, rowgate_key
  using (organization_id = (select app_hidden.tenant_permitting('team:read')));
create policy select_tenant on app_public.team_members for select to rowgate_job using (true);
create policy select_reader on app_public.team_members for select to rowgate_reader using (true);
create policy select_writer on app_public.team_members for select to rowgate_writer using (true);
create policy insert_writer on app_public.team_members for insert to rowgate_writer with check (true);
create policy update_writer on app_public.team_members for update to rowgate_writer using (true) with check (true);
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
--! Included budgets/keep_quota.sql
-- An API key's monthly quota is a budget in requests like any other, its monthly budget one in money; each kept by the key's own column.
create or replace function app_private.keep_quota() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app_hidden.keep_source_budget(new.organization_id, new.id, 'monthly_quota', new.monthly_quota),
    app_hidden.keep_source_budget(new.organization_id, new.id, 'monthly_budget', new.monthly_budget, 'money');
  return null;
end;
$$;
alter function app_private.keep_quota() owner to rowgate_writer;
revoke all on function app_private.keep_quota() from public;
comment on function app_private.keep_quota() is 'Makes the budgets of an API key''s monthly quota and monthly budget, and changes them with these.';

create or replace function app_hidden.keep_source_budget(organization_id uuid, api_key_id uuid, source text, amount numeric, unit text default 'requests') returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  before app_public.budgets;
  budget app_public.budgets;
begin
  perform from app_public.organizations where organizations.id = keep_source_budget.organization_id for share;
  select * into before from app_public.budgets
  where budgets.organization_id = keep_source_budget.organization_id
    and budgets.scope_id = coalesce(keep_source_budget.api_key_id, keep_source_budget.organization_id)
    and budgets.source = keep_source_budget.source
  for no key update;
  if not found then
    if keep_source_budget.amount is not null then
      insert into app_public.budgets (organization_id, api_key_id, unit, limit_amount, thresholds, source, counts_from, created_by)
      values (keep_source_budget.organization_id, keep_source_budget.api_key_id, keep_source_budget.unit, keep_source_budget.amount, '{80,100}',
        keep_source_budget.source, 'infinity', app_hidden.current_user_id())
      returning * into budget;
      perform app_hidden.start_budget(budget);
    end if;
    return;
  end if;
  update app_public.budgets
  set limit_amount = coalesce(keep_source_budget.amount, before.limit_amount),
    limit_version = before.limit_version + case when keep_source_budget.amount <> before.limit_amount then 1 else 0 end,
    status = case when keep_source_budget.amount is null then 'paused' else 'active' end
  where budgets.organization_id = before.organization_id and budgets.id = before.id
  returning * into budget;
  perform app_hidden.apply_budget(before, budget, 'updated');
end;
$$;
revoke all on function app_hidden.keep_source_budget(uuid, uuid, text, numeric, text) from public;
grant execute on function app_hidden.keep_source_budget(uuid, uuid, text, numeric, text) to rowgate_writer;
comment on function app_hidden.keep_source_budget(uuid, uuid, text, numeric, text) is
  'Keeps a monthly budget, in requests unless told, that follows something else: a key''s quota or budget, or without a key the organization''s plan. Null amount: no limit.';
--! EndIncluded budgets/keep_quota.sql
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
    (select app_hidden.permits('price:read')) and (select app_hidden.open_tenant()) is not null
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
  using (organization_id = (select app_hidden.tenant_permitting('price:read')));
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
    (select app_hidden.permits('price:read')) and (select app_hidden.open_tenant()) is not null
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
    (select app_hidden.permits('price:read')) and (select app_hidden.open_tenant()) is not null
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
--! Included audit/audit_events.sql
select app_hidden.protect('app_public.audit_events', 'organization_id');

grant select on app_public.audit_events to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, actor_user_id, actor_key_id, action, subject_kind, subject_id, details, request_id)
  on app_public.audit_events to rowgate_writer;

create policy select_permitted on app_public.audit_events for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('audit:read')));
create policy select_tenant on app_public.audit_events for select to rowgate_job using (true);
create policy select_writer on app_public.audit_events for select to rowgate_writer using (true);
create policy insert_writer on app_public.audit_events for insert to rowgate_writer with check (true);
-- no update, no delete: what happened has happened

comment on table app_public.audit_events is
  'Who changed what in the organization, written in the transaction of the change. Append-only. Needs audit:read.';
comment on column app_public.audit_events.id is 'The event''s id.';
comment on column app_public.audit_events.organization_id is 'The organization.';
comment on column app_public.audit_events.at is E'@behavior orderBy filterBy\nWhen it happened.';
comment on column app_public.audit_events.actor_user_id is E'@behavior filterBy\nWho did it; null: an API key, or the platform.';
comment on column app_public.audit_events.actor_key_id is 'The API key that did it; null: a person, or the platform.';
comment on column app_public.audit_events.action is E'@behavior filterBy\nWhat was done, as kind:what, for example api_key:rotated.';
comment on column app_public.audit_events.subject_kind is 'What it was done to, for example api_key.';
comment on column app_public.audit_events.subject_id is E'@behavior filterBy\nThe id of what it was done to.';
comment on column app_public.audit_events.details is 'What else there is to say: values, or for a change from and to by column. Never a secret.';
comment on column app_public.audit_events.request_id is 'The X-Request-Id of the request, which is also in the API''s log; null: none.';
comment on constraint audit_events_action_form on app_public.audit_events is 'action: of the form kind:what.';
comment on constraint audit_events_details_object on app_public.audit_events is 'details: a JSON object.';
comment on constraint audit_events_actor_key_fkey on app_public.audit_events is E'@fieldName actorKey\n@foreignFieldName auditEvents';
--! EndIncluded audit/audit_events.sql
--! Included api_keys/audit_api_key.sql
-- No secret can get into it: there is none in the table.
create or replace function app_private.audit_api_key() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  told constant text[] := '{name,mode,team_id,scopes,rate_limit,monthly_quota,monthly_budget,allowed_ips,allowed_models,status,responsible_id,bound_to_creator,expires_at,rotated_at,overlap_until,last_four}';
  changes jsonb;
begin
  if tg_op = 'INSERT' then
    changes := (
      select jsonb_object_agg(name, value) from jsonb_each(jsonb_strip_nulls(to_jsonb(new))) as columns (name, value)
      where name = any (told) or name = 'key_prefix'
    );
    perform app_hidden.audit(new.organization_id, 'api_key:created', 'api_key', new.id, changes);
    return null;
  end if;
  changes := app_hidden.changes(to_jsonb(old), to_jsonb(new), told);
  if changes <> '{}' then
    perform app_hidden.audit(new.organization_id, 'api_key:' || case
        when new.status <> old.status then case new.status when 'active' then 'resumed' else new.status end
        when new.rotated_at is distinct from old.rotated_at then 'rotated'
        when new.responsible_id is distinct from old.responsible_id then 'transferred'
        else 'updated'
      end, 'api_key', new.id, changes);
  end if;
  return null;
end;
$$;
alter function app_private.audit_api_key() owner to rowgate_writer;
revoke all on function app_private.audit_api_key() from public;
comment on function app_private.audit_api_key() is
  'Audits what becomes of an API key: api_key:created, updated, paused, resumed, rotated, transferred, revoked.';
--! EndIncluded api_keys/audit_api_key.sql
--! Included api_keys/org_api_keys.sql
select app_hidden.protect('app_public.org_api_keys', 'organization_id');

grant select on app_public.org_api_keys to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant
  insert (organization_id, team_id, name, mode, key_prefix, last_four, rate_limit, monthly_quota, monthly_budget, scopes, allowed_ips,
    allowed_models, created_by, responsible_id, bound_to_creator, expires_at),
  update (name, rate_limit, monthly_quota, monthly_budget, scopes, allowed_ips, allowed_models, status, responsible_id,
    bound_to_creator, expires_at, rotated_at, overlap_until, last_four, last_used_at, request_count)
  on app_public.org_api_keys to rowgate_writer;

-- The organization comes first and alone, for the index; what narrows within it follows.
create policy select_permitted on app_public.org_api_keys for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('key:read'))
    and (
      (select app_hidden.permits('key:read_all'))
      or responsible_id = (select app_hidden.current_user_id())
      or team_id in (select app_hidden.reachable_teams())
    )
  );
create policy select_self on app_public.org_api_keys for select
  to rowgate_key
  using (id = (select app_hidden.current_key_id()));
create policy select_tenant on app_public.org_api_keys for select to rowgate_job using (true);
create policy select_reader on app_public.org_api_keys for select to rowgate_reader using (true);
create policy select_writer on app_public.org_api_keys for select to rowgate_writer using (true);
create policy insert_writer on app_public.org_api_keys for insert to rowgate_writer with check (true);
create policy update_writer on app_public.org_api_keys for update to rowgate_writer using (true) with check (true);
-- no delete: usage names its key forever

-- Not for last_used_at and request_count, which are counted and not changed by anybody.
drop trigger if exists touch on app_public.org_api_keys;
create trigger touch before update of name, rate_limit, monthly_quota, monthly_budget, scopes, allowed_ips, allowed_models, status,
  responsible_id, bound_to_creator, expires_at, rotated_at on app_public.org_api_keys
  for each row execute function app_private.touch();

-- A trigger and not the verbs: whatever changes a key is among the events, a member's removal too.
drop trigger if exists audit on app_public.org_api_keys;
create trigger audit after insert or update of name, rate_limit, monthly_quota, monthly_budget, scopes, allowed_ips, allowed_models,
  status, responsible_id, bound_to_creator, expires_at, rotated_at on app_public.org_api_keys
  for each row execute function app_private.audit_api_key();

-- Before keep_quota, which its name puts behind it.
drop trigger if exists fit_plan on app_public.org_api_keys;
create trigger fit_plan after insert on app_public.org_api_keys
  for each row execute function app_private.keep_within_plan('api_keys');
drop trigger if exists require_live_team on app_public.org_api_keys;
create trigger require_live_team after insert on app_public.org_api_keys
  for each row execute function app_private.require_live_team('team_id');

drop trigger if exists keep_quota on app_public.org_api_keys;
create trigger keep_quota after insert or update of monthly_quota, monthly_budget on app_public.org_api_keys
  for each row execute function app_private.keep_quota();

comment on table app_public.org_api_keys is 'API keys of an organization. The key itself is shown once, when it is created.';
comment on column app_public.org_api_keys.id is 'The key''s id.';
comment on column app_public.org_api_keys.organization_id is 'The organization that it acts for.';
comment on column app_public.org_api_keys.name is E'@behavior orderBy\nThe name to show, 1 to 200 characters.';
comment on column app_public.org_api_keys.key_prefix is E'@behavior filterBy\nThe first characters of the key, such as rg_live_7Hq2mZx9Kd3f: which key it is, and no secret.';
comment on column app_public.org_api_keys.team_id is 'The team that its usage is booked on, or on one below it that the call names; null: any team, or none.';
comment on column app_public.org_api_keys.mode is E'@behavior filterBy\nlive or test: part of the key and shown, so that people and scanners can tell. It changes nothing else: usage of a test key counts and costs.';
comment on column app_public.org_api_keys.last_four is 'The last four characters of the key; after a rotation of the new one.';
comment on column app_public.org_api_keys.monthly_budget is 'Money per month in the organization''s currency, a budget of the key; null: no limit of its own.';
comment on column app_public.org_api_keys.allowed_ips is 'The networks that it may be used from, by the address that the API sees; null: everywhere.';
comment on column app_public.org_api_keys.allowed_models is 'The models that it may record and authorize uses of, by their whole names; null: all.';
comment on column app_public.org_api_keys.status is E'@behavior filterBy\nactive, paused or revoked; what is not active is refused from the next request on.';
comment on column app_public.org_api_keys.request_count is 'How many requests it has made, late by up to 10 seconds.';
comment on column app_public.org_api_keys.rotated_at is 'When it last got a new secret; null: never.';
comment on column app_public.org_api_keys.overlap_until is 'Until when the secret before works as well; null: it was never rotated.';
comment on column app_public.org_api_keys.expires_at is E'@behavior orderBy\nWhen it stops working; null: never. Owners and whoever answers for it get an e-mail 14, 3 and 1 days before.';
comment on column app_public.org_api_keys.rate_limit is 'Requests per minute.';
comment on column app_public.org_api_keys.monthly_quota is 'Metered requests per month, a budget of the key; null: no limit of its own.';
comment on column app_public.org_api_keys.scopes is
  'The permissions that it has: of those that a key can have, what its creator held when creating it.';
comment on column app_public.org_api_keys.last_used_at is E'@behavior orderBy\nWhen its last request came in. Processes report every 10 seconds: it may be late by so much, and never early.';
comment on column app_public.org_api_keys.created_by is 'Who created it.';
comment on column app_public.org_api_keys.responsible_id is 'The member who answers for it: its creator, or whoever it was transferred to when they left.';
comment on column app_public.org_api_keys.bound_to_creator is
  'Whether the key also holds no more than whoever answers for it holds now. Without it, what they lose later leaves the key as it is.';
comment on column app_public.org_api_keys.created_at is E'@behavior orderBy\nWhen it was created.';
comment on column app_public.org_api_keys.updated_at is 'When it was last changed.';
comment on constraint org_api_keys_name_length on app_public.org_api_keys is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint org_api_keys_rate_limit_range on app_public.org_api_keys is 'rate_limit: 1 to 1,000,000 requests per minute.';
comment on constraint org_api_keys_monthly_quota_range on app_public.org_api_keys is 'monthly_quota: at least 0.';
comment on constraint org_api_keys_status_known on app_public.org_api_keys is 'status: active, paused or revoked.';
comment on constraint org_api_keys_expiry_later on app_public.org_api_keys is 'expires_at: later than now, and not infinity.';
comment on constraint org_api_keys_prefix_form on app_public.org_api_keys is 'key_prefix: the first 11 characters of a key.';
comment on constraint org_api_keys_tenant_key on app_public.org_api_keys is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint org_api_keys_responsible_fkey on app_public.org_api_keys is E'@fieldName responsible\n@foreignFieldName apiKeys';
comment on constraint org_api_keys_team_fkey on app_public.org_api_keys is E'@fieldName team\n@foreignFieldName apiKeys';
comment on constraint org_api_keys_mode_known on app_public.org_api_keys is 'mode: live or test.';
comment on constraint org_api_keys_prefix_form on app_public.org_api_keys is 'key_prefix: rg_, the mode, and 12 letters or digits.';
comment on constraint org_api_keys_last_four_form on app_public.org_api_keys is 'last_four: letters and digits.';
comment on constraint org_api_keys_monthly_budget_range on app_public.org_api_keys is 'monthly_budget: at least 0, below 1,000,000,000,000, with at most 12 decimals.';
comment on constraint org_api_keys_allowed_ips_form on app_public.org_api_keys is 'allowed_ips: 1 to 100 networks, as 203.0.113.0/24 or 2001:db8::/32.';
comment on constraint org_api_keys_allowed_models_form on app_public.org_api_keys is 'allowed_models: 1 to 100 names of models.';
--! EndIncluded api_keys/org_api_keys.sql
--! Included api_keys/org_api_key_secrets.sql
select app_hidden.protect('app_private.org_api_key_secrets');

grant select on app_private.org_api_key_secrets to rowgate_reader, rowgate_writer;
grant insert (organization_id, key_id, key_hash), update (expires_at) on app_private.org_api_key_secrets to rowgate_writer;

create policy select_reader on app_private.org_api_key_secrets for select to rowgate_reader using (true);
create policy select_writer on app_private.org_api_key_secrets for select to rowgate_writer using (true);
create policy insert_writer on app_private.org_api_key_secrets for insert to rowgate_writer with check (true);
create policy update_writer on app_private.org_api_key_secrets for update to rowgate_writer using (true) with check (true);
-- no delete: a secret that has ended is one all the same

comment on table app_private.org_api_key_secrets is
  'SHA-256 of the secrets of each API key: one, and while a rotation''s overlap lasts the old one, which then ends at expires_at. No visitor has a grant.';
--! EndIncluded api_keys/org_api_key_secrets.sql
--! Included budgets/budgets.sql
select app_hidden.protect('app_public.budgets', 'organization_id');

grant select on app_public.budgets to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant
  insert (organization_id, team_id, user_id, api_key_id, kind, name, unit, currency, service, model, period, limit_amount, policy,
    grace_percent, thresholds, source, counts_from, created_by),
  update (name, limit_amount, policy, grace_percent, thresholds, status, limit_version, counts_from)
  on app_public.budgets to rowgate_writer;

-- The organization comes first and alone, for the index. What is said here holds for everything of a budget: its periods,
-- shards, alerts, overruns, changes and raises ask whether the budget is visible.
create policy select_permitted on app_public.budgets for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and (
      (select app_hidden.permits('budget:read_all'))
      or user_id = (select app_hidden.current_user_id())
      or team_id in (select app_hidden.reachable_teams())
      or api_key_id in (select org_api_keys.id from app_public.org_api_keys)
    )
  );
create policy select_own on app_public.budgets for select
  to rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and (
      api_key_id = (select app_hidden.current_key_id())
      or (select app_hidden.permits('budget:read_all'))
    )
  );
create policy select_tenant on app_public.budgets for select to rowgate_job using (true);
create policy select_reader on app_public.budgets for select to rowgate_reader using (true);
create policy select_writer on app_public.budgets for select to rowgate_writer using (true);
create policy insert_writer on app_public.budgets for insert to rowgate_writer with check (true);
create policy update_writer on app_public.budgets for update to rowgate_writer using (true) with check (true);
-- no visitor writes money: create_budget and update_budget do
-- no delete: a budget is paused

drop trigger if exists touch on app_public.budgets;
create trigger touch before update on app_public.budgets for each row execute function app_private.touch();

comment on table app_public.budgets is
  'What an organization, a team with everything below it, a member or an API key may use in a period. All that apply to a use are asked, and the tightest decides.';
comment on column app_public.budgets.id is 'The budget''s id.';
comment on column app_public.budgets.organization_id is 'The organization.';
comment on column app_public.budgets.team_id is 'The team whose subtree it limits, if it is a team''s.';
comment on column app_public.budgets.user_id is 'The member whom it limits, if it is a member''s.';
comment on column app_public.budgets.api_key_id is 'The API key that it limits, if it is a key''s.';
comment on column app_public.budgets.level is E'@behavior filterBy\norganization, team, member or api_key.';
comment on column app_public.budgets.scope_id is E'@behavior -*\nThe id of what it limits, whatever its level.';
comment on column app_public.budgets.kind is E'@behavior filterBy\nlimit, or credit: a member''s own money, which pays in the place of the organization''s as its creditOrder says.';
comment on column app_public.budgets.name is 'A name to show, 1 to 200 characters; may be missing.';
comment on column app_public.budgets.unit is E'@behavior filterBy\nWhat it counts: money, requests or tokens (in and out together).';
comment on column app_public.budgets.currency is 'ISO 4217 code of a money budget; null: the organization''s currency, as it is when a period begins.';
comment on column app_public.budgets.service is 'Counts this service only; null: all.';
comment on column app_public.budgets.model is 'Counts this model only; null: all.';
comment on column app_public.budgets.period is 'day, week (from Monday), month, quarter, year or total, in the organization''s time zone.';
comment on column app_public.budgets.limit_amount is 'The most that may be used in a period, in its unit; exact decimal.';
comment on column app_public.budgets.policy is 'What happens above the limit. block: refused. allow: recorded. grace: refused from grace_percent above it on.';
comment on column app_public.budgets.grace_percent is 'How many percent above the limit are still let through; only with the policy grace.';
comment on column app_public.budgets.thresholds is 'At how many percent of the limit an alert is sent.';
comment on column app_public.budgets.status is E'@behavior filterBy\nactive, or paused: it goes on counting, and neither refuses nor alerts.';
comment on column app_public.budgets.limit_version is 'Counts the changes of limit and thresholds; each version alerts for itself.';
comment on column app_public.budgets.source is 'own; or monthly_quota or plan: it follows the API key''s quota or the organization''s plan.';
comment on column app_public.budgets.counts_from is 'The beginning of its first period: what occurred earlier is not counted.';
comment on column app_public.budgets.created_by is 'The member who created it.';
comment on column app_public.budgets.created_at is E'@behavior orderBy\nWhen it was created.';
comment on column app_public.budgets.updated_at is 'When the row was last changed.';
comment on constraint budgets_name_length on app_public.budgets is 'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint budgets_unit_known on app_public.budgets is 'unit: money, requests or tokens.';
comment on constraint budgets_currency_form on app_public.budgets is 'currency: three capital letters, as in USD.';
comment on constraint budgets_currency_of_money on app_public.budgets is 'currency: only with the unit money.';
comment on constraint budgets_service_length on app_public.budgets is 'service: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint budgets_model_length on app_public.budgets is 'model: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint budgets_period_known on app_public.budgets is 'period: day, week, month, quarter, year or total.';
comment on constraint budgets_limit_amount_range on app_public.budgets is 'limit_amount: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';
comment on constraint budgets_whole_units on app_public.budgets is 'limit_amount: a whole number of requests or tokens.';
comment on constraint budgets_policy_known on app_public.budgets is 'policy: block, allow or grace.';
comment on constraint budgets_grace_percent_range on app_public.budgets is 'grace_percent: 1 to 1,000 percent.';
comment on constraint budgets_policy_with_percent on app_public.budgets is 'grace_percent: needed with the policy grace, and only there.';
comment on constraint budgets_thresholds_form on app_public.budgets is 'thresholds: at most 10 whole percentages from 1 to 1,000.';
comment on constraint budgets_status_known on app_public.budgets is 'status: active or paused.';
comment on constraint budgets_limit_version_range on app_public.budgets is 'limit_version: counts from 1.';
comment on constraint budgets_source_known on app_public.budgets is 'source: own, monthly_quota or plan.';
comment on constraint budgets_one_level on app_public.budgets is 'team_id, user_id, api_key_id: at most one of them.';
comment on constraint budgets_tenant_key on app_public.budgets is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint budgets_team_fkey on app_public.budgets is E'@fieldName team\n@foreignFieldName budgets';
comment on constraint budgets_api_key_fkey on app_public.budgets is E'@fieldName apiKey\n@foreignFieldName budgets';
comment on constraint budgets_kind_known on app_public.budgets is 'kind: limit or credit.';
comment on constraint budgets_credit_form on app_public.budgets is
  'policy, status: a credit is a member''s, in money, in total, for everything; it always blocks and is not paused.';
comment on index app_public.budgets_credit_key is 'user_id: the member has a credit already.';
comment on index app_public.budgets_source_key is 'source: there is one such budget already.';
--! EndIncluded budgets/budgets.sql
--! Included budgets/budget_periods.sql
select app_hidden.protect('app_public.budget_periods', 'organization_id');

grant select on app_public.budget_periods to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, budget_id, starts_at, ends_at, limit_amount, currency, policy, grace_percent, thresholds, paused,
    limit_version, shards),
  update (limit_amount, currency, policy, grace_percent, thresholds, paused, limit_version, shards)
  on app_public.budget_periods to rowgate_writer;

create policy select_visible on app_public.budget_periods for select
  to rowgate_user, rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and exists (
      select from app_public.budgets
      where budgets.organization_id = budget_periods.organization_id and budgets.id = budget_periods.budget_id
    )
  );
create policy select_tenant on app_public.budget_periods for select to rowgate_job using (true);
create policy select_reader on app_public.budget_periods for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_periods for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_periods for insert to rowgate_writer with check (true);
create policy update_writer on app_public.budget_periods for update to rowgate_writer using (true) with check (true);
-- no delete: a period's figures stay

comment on table app_public.budget_periods is
  'A period of a budget, with what is in force in it. A change of limit, time zone or currency never touches a period that is over.';
comment on column app_public.budget_periods.organization_id is 'The organization.';
comment on column app_public.budget_periods.budget_id is 'The budget.';
comment on column app_public.budget_periods.starts_at is E'@behavior orderBy filterBy\nIts first instant; -infinity for total.';
comment on column app_public.budget_periods.ends_at is 'The first instant after it; infinity for total.';
comment on column app_public.budget_periods.limit_amount is 'The limit in force, without temporary raises.';
comment on column app_public.budget_periods.currency is 'ISO 4217 code of the currency of a money budget.';
comment on column app_public.budget_periods.policy is 'What happens above the limit: block, allow or grace.';
comment on column app_public.budget_periods.grace_percent is 'How many percent above the limit are still let through.';
comment on column app_public.budget_periods.thresholds is 'The alert thresholds in force, in percent of the limit.';
comment on column app_public.budget_periods.paused is 'Whether it only counts.';
comment on column app_public.budget_periods.limit_version is 'The version of the limit in force.';
comment on column app_public.budget_periods.shards is E'@behavior -*\nIn how many rows it is counted; grows with the number of concurrent writers.';
comment on constraint budget_periods_not_empty on app_public.budget_periods is 'ends_at: later than starts_at.';
comment on constraint budget_periods_budget_fkey on app_public.budget_periods is E'@fieldName budget\n@foreignFieldName periods';
--! EndIncluded budgets/budget_periods.sql
--! Included budgets/budget_shards.sql
select app_hidden.protect('app_public.budget_shards', 'organization_id');

grant select on app_public.budget_shards to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, budget_id, starts_at, shard, settled, held, room, ahead, valid_until),
  update (settled, held, room, ahead, valid_until)
  on app_public.budget_shards to rowgate_writer;

create policy select_visible on app_public.budget_shards for select
  to rowgate_user, rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and exists (
      select from app_public.budgets
      where budgets.organization_id = budget_shards.organization_id and budgets.id = budget_shards.budget_id
    )
  );
create policy select_tenant on app_public.budget_shards for select to rowgate_job using (true);
create policy select_reader on app_public.budget_shards for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_shards for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_shards for insert to rowgate_writer with check (true);
create policy update_writer on app_public.budget_shards for update to rowgate_writer using (true) with check (true);
-- no delete: a period's figures stay

comment on table app_public.budget_shards is E'@behavior -*\n'
  'The counter of a period, lent out in parts: whoever charges takes any part that nobody is writing and that has room. '
  'The sums of settled and held are the figures. room is what the part may still admit, ahead what may be settled in it before the next '
  'alert threshold; both hold until valid_until, and -infinity closes the part, so that everybody meets at the period''s own row.';
comment on column app_public.budget_shards.organization_id is 'The organization.';
comment on column app_public.budget_shards.budget_id is 'The budget.';
comment on column app_public.budget_shards.starts_at is 'The period.';
comment on column app_public.budget_shards.shard is 'The number of the part, from 0.';
comment on column app_public.budget_shards.settled is 'What was settled here. Only the sum over all parts means something.';
comment on column app_public.budget_shards.held is 'What is held here; may be negative where more was released than held. Only the sum means something.';
comment on column app_public.budget_shards.room is 'What may still be admitted here; Infinity where nothing is refused.';
comment on column app_public.budget_shards.ahead is 'What has to stay above 0 after settling here; Infinity where no threshold is ahead.';
comment on column app_public.budget_shards.valid_until is 'When room and ahead have to be worked out anew.';
comment on column app_public.budget_shards.announced_at is 'When this part last told those who watch that it has changed.';
comment on constraint budget_shards_period_fkey on app_public.budget_shards is E'@behavior -*\nThe period.';
--! EndIncluded budgets/budget_shards.sql
--! Included budgets/budget_alerts.sql
select app_hidden.protect('app_public.budget_alerts', 'organization_id');

grant select on app_public.budget_alerts to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, budget_id, starts_at, limit_version, threshold, limit_amount, settled, announced)
  on app_public.budget_alerts to rowgate_writer;

create policy select_visible on app_public.budget_alerts for select
  to rowgate_user, rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and exists (
      select from app_public.budgets
      where budgets.organization_id = budget_alerts.organization_id and budgets.id = budget_alerts.budget_id
    )
  );
create policy select_tenant on app_public.budget_alerts for select to rowgate_job using (true);
create policy select_reader on app_public.budget_alerts for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_alerts for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_alerts for insert to rowgate_writer with check (true);
-- no update, no delete: what was crossed was crossed

comment on table app_public.budget_alerts is
  'A threshold that was crossed: exactly one row per budget, period, version of the limit and threshold, written in the transaction that crossed it.';
comment on column app_public.budget_alerts.id is 'The alert''s id.';
comment on column app_public.budget_alerts.organization_id is 'The organization.';
comment on column app_public.budget_alerts.budget_id is 'The budget.';
comment on column app_public.budget_alerts.starts_at is 'The first instant of the period.';
comment on column app_public.budget_alerts.limit_version is 'The version of the limit that was in force.';
comment on column app_public.budget_alerts.threshold is 'The threshold, in percent of the limit.';
comment on column app_public.budget_alerts.limit_amount is 'The limit that was in force.';
comment on column app_public.budget_alerts.settled is 'What was used right after crossing; what is held does not count.';
comment on column app_public.budget_alerts.announced is
  'Whether e-mails were queued; false where a changed limit left a threshold crossed that had been announced before.';
comment on column app_public.budget_alerts.created_at is E'@behavior orderBy\nWhen it was crossed.';
comment on constraint budget_alerts_once on app_public.budget_alerts is E'@behavior -*\nOne alert for each crossing.';
comment on constraint budget_alerts_period_fkey on app_public.budget_alerts is E'@fieldName period\n@foreignFieldName alerts';
--! EndIncluded budgets/budget_alerts.sql
--! Included budgets/budget_overruns.sql
select app_hidden.protect('app_public.budget_overruns', 'organization_id');

grant select on app_public.budget_overruns to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, budget_id, starts_at, usage_record_id, reason, amount)
  on app_public.budget_overruns to rowgate_writer;

create policy select_visible on app_public.budget_overruns for select
  to rowgate_user, rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and exists (
      select from app_public.budgets
      where budgets.organization_id = budget_overruns.organization_id and budgets.id = budget_overruns.budget_id
    )
  );
create policy select_tenant on app_public.budget_overruns for select to rowgate_job using (true);
create policy select_reader on app_public.budget_overruns for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_overruns for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_overruns for insert to rowgate_writer with check (true);
-- no update, no delete: what happened stays

comment on table app_public.budget_overruns is
  'What was booked above a limit that refuses, and why: admission never is.';
comment on column app_public.budget_overruns.id is 'The overrun''s id.';
comment on column app_public.budget_overruns.organization_id is 'The organization.';
comment on column app_public.budget_overruns.budget_id is 'The budget.';
comment on column app_public.budget_overruns.starts_at is 'The first instant of the period.';
comment on column app_public.budget_overruns.usage_record_id is 'The usage record that was booked.';
comment on column app_public.budget_overruns.reason is
  'above_hold: it cost more than was held. expired_hold: it was settled after its hold had expired. without_hold: the budget is newer than the hold. '
  'late: its period was over. correction, priced_later: a change of what was recorded.';
comment on column app_public.budget_overruns.amount is 'How much of it is above the limit, in the budget''s unit.';
comment on column app_public.budget_overruns.created_at is E'@behavior orderBy\nWhen it was booked.';
comment on constraint budget_overruns_reason_known on app_public.budget_overruns is
  'reason: above_hold, expired_hold, without_hold, late, correction or priced_later.';
comment on constraint budget_overruns_period_fkey on app_public.budget_overruns is E'@fieldName period\n@foreignFieldName overruns';
--! EndIncluded budgets/budget_overruns.sql
--! Included budgets/budget_changes.sql
select app_hidden.protect('app_public.budget_changes', 'organization_id');

grant select on app_public.budget_changes to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, budget_id, action, limit_version, limit_before, limit_after, details, changed_by)
  on app_public.budget_changes to rowgate_writer;

create policy select_visible on app_public.budget_changes for select
  to rowgate_user, rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and exists (
      select from app_public.budgets
      where budgets.organization_id = budget_changes.organization_id and budgets.id = budget_changes.budget_id
    )
  );
create policy select_tenant on app_public.budget_changes for select to rowgate_job using (true);
create policy select_reader on app_public.budget_changes for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_changes for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_changes for insert to rowgate_writer with check (true);
-- no update, no delete: history is append-only

comment on table app_public.budget_changes is 'The history of a budget: every change, by whom, and the limit before and after. Append-only.';
comment on column app_public.budget_changes.id is 'The change''s id.';
comment on column app_public.budget_changes.organization_id is 'The organization.';
comment on column app_public.budget_changes.budget_id is 'The budget.';
comment on column app_public.budget_changes.action is 'created, updated, paused, resumed, raised or raise_rejected.';
comment on column app_public.budget_changes.limit_version is 'The version of the limit after the change.';
comment on column app_public.budget_changes.limit_before is 'The limit before; null when it was created.';
comment on column app_public.budget_changes.limit_after is 'The limit after.';
comment on column app_public.budget_changes.details is 'What else changed, by column, or the raise.';
comment on column app_public.budget_changes.changed_by is 'Who changed it; null: the platform.';
comment on column app_public.budget_changes.created_at is E'@behavior orderBy\nWhen it was changed.';
comment on constraint budget_changes_action_known on app_public.budget_changes is 'action: created, updated, paused, resumed, raised or raise_rejected.';
comment on constraint budget_changes_budget_fkey on app_public.budget_changes is E'@fieldName budget\n@foreignFieldName changes';
--! EndIncluded budgets/budget_changes.sql
--! Included budgets/budget_raises.sql
select app_hidden.protect('app_public.budget_raises', 'organization_id');

grant select on app_public.budget_raises to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, budget_id, amount, expires_at, reason, status, requested_by, requested_by_key, decided_by, decided_at),
  update (amount, expires_at, status, decided_by, decided_at)
  on app_public.budget_raises to rowgate_writer;

create policy select_visible on app_public.budget_raises for select
  to rowgate_user, rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('budget:read'))
    and exists (
      select from app_public.budgets
      where budgets.organization_id = budget_raises.organization_id and budgets.id = budget_raises.budget_id
    )
  );
create policy select_tenant on app_public.budget_raises for select to rowgate_job using (true);
create policy select_reader on app_public.budget_raises for select to rowgate_reader using (true);
create policy select_writer on app_public.budget_raises for select to rowgate_writer using (true);
create policy insert_writer on app_public.budget_raises for insert to rowgate_writer with check (true);
create policy update_writer on app_public.budget_raises for update to rowgate_writer using (true) with check (true);
-- no delete: history is append-only

comment on table app_public.budget_raises is
  'More than the limit, for a while: given at once, or requested and then approved or rejected. An approved one counts until it expires.';
comment on column app_public.budget_raises.id is 'The raise''s id.';
comment on column app_public.budget_raises.organization_id is 'The organization.';
comment on column app_public.budget_raises.budget_id is 'The budget.';
comment on column app_public.budget_raises.amount is 'How much more, in the budget''s unit.';
comment on column app_public.budget_raises.expires_at is 'Until when.';
comment on column app_public.budget_raises.reason is 'Why, up to 2,000 characters.';
comment on column app_public.budget_raises.status is E'@behavior filterBy\nrequested, approved or rejected.';
comment on column app_public.budget_raises.requested_by is 'Who asked for it.';
comment on column app_public.budget_raises.requested_by_key is 'The API key that asked for it.';
comment on column app_public.budget_raises.decided_by is 'Who approved or rejected it.';
comment on column app_public.budget_raises.decided_at is 'When it was approved or rejected.';
comment on column app_public.budget_raises.created_at is E'@behavior orderBy\nWhen it was requested or given.';
comment on constraint budget_raises_amount_range on app_public.budget_raises is 'amount: above 0 and below 1,000,000,000,000, with at most 12 decimals.';
comment on constraint budget_raises_expiry_later on app_public.budget_raises is 'expires_at: later than now, and not infinity.';
comment on constraint budget_raises_reason_length on app_public.budget_raises is 'reason: 1 to 2,000 characters.';
comment on constraint budget_raises_status_known on app_public.budget_raises is 'status: requested, approved or rejected.';
comment on constraint budget_raises_tenant_key on app_public.budget_raises is E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint budget_raises_budget_fkey on app_public.budget_raises is E'@fieldName budget\n@foreignFieldName raises';
--! EndIncluded budgets/budget_raises.sql
--! Included usage/usage_records.sql
select app_hidden.protect('app_public.usage_records', 'organization_id');

grant select on app_public.usage_records to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant
  insert (id, organization_id, team_id, user_id, api_key_id, kind, corrects_id, service, model, requests, tokens_in, tokens_out,
    cost, currency, pricing, exchange_rate, charged, charged_currency, hold_id, overrun, occurred_at, errors)
  on app_public.usage_records to rowgate_writer;
grant delete on app_public.usage_records to rowgate_writer;

create policy select_permitted on app_public.usage_records for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and (
      (select app_hidden.permits('usage:read_all'))
      or user_id = (select app_hidden.current_user_id())
      or team_id in (select app_hidden.reachable_teams())
    )
  );
create policy select_own on app_public.usage_records for select
  to rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and api_key_id = (select app_hidden.current_key_id())
  );
create policy select_tenant on app_public.usage_records for select to rowgate_job using (true);
create policy select_reader on app_public.usage_records for select to rowgate_reader using (true);
create policy select_writer on app_public.usage_records for select to rowgate_writer using (true);
create policy insert_writer on app_public.usage_records for insert to rowgate_writer with check (true);
-- no update, and no delete but with the whole organization or of what is no longer kept: the books are append-only
create policy delete_purged on app_public.usage_records for delete
  to rowgate_writer
  using (
    organization_id = any ((select app_hidden.purgeable_organizations())::uuid[])
    or organization_id = (select app_hidden.current_organization_id()) and occurred_at < (select app_hidden.retired_until())
  );

comment on table app_public.usage_records is E'@foreignKey (organization_id) references app_public.organizations (id)|@fieldName organization|@foreignFieldName usageRecords\n'
  '@foreignKey (organization_id, team_id) references app_public.teams (organization_id, id)|@fieldName team|@foreignFieldName usageRecords\n'
  '@foreignKey (organization_id, api_key_id) references app_public.org_api_keys (organization_id, id)|@fieldName apiKey|@foreignFieldName usageRecords\n'
  '@foreignKey (user_id) references app_public.users (id)|@fieldName user|@foreignFieldName usageRecords\n'
  'Every recorded use: who, through which key, what, and what it cost. Append-only: a correction is a record of its own.';
comment on column app_public.usage_records.id is 'The record''s id; ordered by time of recording.';
comment on column app_public.usage_records.organization_id is 'The organization that pays.';
comment on column app_public.usage_records.team_id is 'The team that it is booked on, if any.';
comment on column app_public.usage_records.user_id is 'The person who used it, if known.';
comment on column app_public.usage_records.api_key_id is 'The API key that recorded it, if any.';
comment on column app_public.usage_records.kind is E'@behavior filterBy\nusage; or correction or repricing, whose figures are added to those of the record that it corrects.';
comment on column app_public.usage_records.corrects_id is 'The record that this one corrects.';
comment on column app_public.usage_records.service is E'@behavior filterBy\nThe service, such as openai.';
comment on column app_public.usage_records.model is E'@behavior filterBy\nThe model or the kind of use, such as gpt-5.';
comment on column app_public.usage_records.requests is 'How many requests it stands for.';
comment on column app_public.usage_records.tokens_in is 'Tokens sent.';
comment on column app_public.usage_records.tokens_out is 'Tokens received.';
comment on column app_public.usage_records.cost is 'The cost in currency; exact decimal. Null while no price is known.';
comment on column app_public.usage_records.currency is 'ISO 4217 code of the currency of the cost.';
comment on column app_public.usage_records.pricing is E'@behavior filterBy\ngiven: the cost came with the call. computed: from the price list. unpriced: no price or exchange rate is known; a repricing follows.';
comment on column app_public.usage_records.exchange_rate is 'What one unit of currency was worth in charged_currency when it occurred; null where they are the same.';
comment on column app_public.usage_records.charged is 'The cost in the organization''s currency, at that rate; exact decimal.';
comment on column app_public.usage_records.charged_currency is 'ISO 4217 code of the organization''s currency when it was recorded.';
comment on column app_public.usage_records.hold_id is 'The hold that it settles.';
comment on column app_public.usage_records.overrun is 'How much more it cost than was held, in currency.';
comment on column app_public.usage_records.occurred_at is E'@behavior orderBy\nWhen it happened: decides the period that it counts in.';
comment on column app_public.usage_records.written_in is E'@behavior -*\nThe transaction that wrote it: what rolling up goes by.';
comment on column app_public.usage_records.errors is 'How many of the requests failed, as whoever recorded them says; they count and cost like the others.';
comment on column app_public.usage_records.created_at is 'When it was recorded.';
comment on constraint usage_records_kind_known on app_public.usage_records is 'kind: usage, correction or repricing.';
comment on constraint usage_records_service_length on app_public.usage_records is 'service: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint usage_records_model_length on app_public.usage_records is 'model: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint usage_records_requests_range on app_public.usage_records is 'requests: at least 0.';
comment on constraint usage_records_tokens_in_range on app_public.usage_records is 'tokens_in: at least 0.';
comment on constraint usage_records_tokens_out_range on app_public.usage_records is 'tokens_out: at least 0.';
comment on constraint usage_records_errors_range on app_public.usage_records is 'errors: 0 to the number of requests.';
comment on constraint usage_records_cost_range on app_public.usage_records is 'cost: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';
comment on constraint usage_records_currency_form on app_public.usage_records is 'currency: three capital letters, as in USD.';
comment on constraint usage_records_pricing_known on app_public.usage_records is 'pricing: given, computed or unpriced.';
--! EndIncluded usage/usage_records.sql
--! Included usage/usage_holds.sql
select app_hidden.protect('app_public.usage_holds', 'organization_id');
select app_hidden.protect('app_private.hold_lines');

grant select on app_public.usage_holds to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
grant
  insert (id, organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency,
    exchange_rate, charged_currency, expires_at),
  update (status, closed_at, usage_record_id)
  on app_public.usage_holds to rowgate_writer;
grant delete on app_public.usage_holds, app_private.hold_lines to rowgate_writer;
grant select on app_private.hold_lines to rowgate_reader;
grant select, insert (organization_id, hold_id, budget_id, starts_at, amount, expires_at), update (open)
  on app_private.hold_lines to rowgate_writer;

create policy select_permitted on app_public.usage_holds for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and (
      (select app_hidden.permits('usage:read_all'))
      or user_id = (select app_hidden.current_user_id())
      or team_id in (select app_hidden.reachable_teams())
    )
  );
create policy select_own on app_public.usage_holds for select
  to rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and api_key_id = (select app_hidden.current_key_id())
  );
create policy select_tenant on app_public.usage_holds for select to rowgate_job using (true);
create policy select_writer on app_public.usage_holds for select to rowgate_writer using (true);
create policy insert_writer on app_public.usage_holds for insert to rowgate_writer with check (true);
create policy update_writer on app_public.usage_holds for update to rowgate_writer using (true) with check (true);
-- No delete but with the whole organization or of what is no longer kept: a hold is settled, released, or expires.
create policy delete_purged on app_public.usage_holds for delete
  to rowgate_writer
  using (
    organization_id = any ((select app_hidden.purgeable_organizations())::uuid[])
    or organization_id = (select app_hidden.current_organization_id()) and created_at < (select app_hidden.retired_until())
  );
create policy delete_purged on app_private.hold_lines for delete
  to rowgate_writer
  using (
    organization_id = any ((select app_hidden.purgeable_organizations())::uuid[])
    or organization_id = (select app_hidden.current_organization_id()) and not open and expires_at < (select app_hidden.retired_until()) + interval '1 day'
  );
create policy select_reader on app_private.hold_lines for select to rowgate_reader using (true);
create policy select_writer on app_private.hold_lines for select to rowgate_writer using (true);
create policy insert_writer on app_private.hold_lines for insert to rowgate_writer with check (true);
create policy update_writer on app_private.hold_lines for update to rowgate_writer using (true) with check (true);

comment on table app_public.usage_holds is E'@foreignKey (organization_id, team_id) references app_public.teams (organization_id, id)|@fieldName team|@foreignFieldName holds\n'
  '@foreignKey (organization_id, api_key_id) references app_public.org_api_keys (organization_id, id)|@fieldName apiKey|@foreignFieldName holds\n'
  'What was authorized and is not settled or released yet: its estimate is kept free on every budget that applies, until it expires.';
comment on column app_public.usage_holds.id is 'The hold''s id.';
comment on column app_public.usage_holds.organization_id is 'The organization.';
comment on column app_public.usage_holds.team_id is 'The team that it will be booked on.';
comment on column app_public.usage_holds.user_id is 'The person who uses it.';
comment on column app_public.usage_holds.api_key_id is 'The API key that authorized it.';
comment on column app_public.usage_holds.service is 'The service.';
comment on column app_public.usage_holds.model is 'The model.';
comment on column app_public.usage_holds.requests is 'The requests that it stands for.';
comment on column app_public.usage_holds.tokens_in is 'Estimated tokens sent.';
comment on column app_public.usage_holds.tokens_out is 'Estimated tokens received.';
comment on column app_public.usage_holds.cost is 'The estimated cost; exact decimal.';
comment on column app_public.usage_holds.currency is 'ISO 4217 code of the currency.';
comment on column app_public.usage_holds.exchange_rate is
  'By which the estimate was changed into the organization''s currency, and what it really cost will be; null where it is the same currency.';
comment on column app_public.usage_holds.charged_currency is 'ISO 4217 code of the organization''s currency when it was authorized.';
comment on column app_public.usage_holds.status is E'@behavior filterBy\nopen, settled or released. An open one no longer holds anything after expires_at.';
comment on column app_public.usage_holds.expires_at is 'Until when it holds.';
comment on column app_public.usage_holds.closed_at is 'When it was settled or released.';
comment on column app_public.usage_holds.usage_record_id is 'The record that settled it.';
comment on column app_public.usage_holds.created_at is E'@behavior orderBy\nWhen it was authorized: what settles it occurred then.';
comment on constraint usage_holds_service_length on app_public.usage_holds is 'service: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint usage_holds_model_length on app_public.usage_holds is 'model: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint usage_holds_requests_range on app_public.usage_holds is 'requests: at least 0.';
comment on constraint usage_holds_tokens_in_range on app_public.usage_holds is 'tokens_in: at least 0.';
comment on constraint usage_holds_tokens_out_range on app_public.usage_holds is 'tokens_out: at least 0.';
comment on constraint usage_holds_cost_range on app_public.usage_holds is 'cost: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';
comment on constraint usage_holds_currency_form on app_public.usage_holds is 'currency: three capital letters, as in USD.';
comment on constraint usage_holds_status_known on app_public.usage_holds is 'status: open, settled or released.';
comment on table app_private.hold_lines is 'What a hold keeps free on each budget; open while the counter''s held has it.';
--! EndIncluded usage/usage_holds.sql
--! Included usage/frozen_rates.sql
select app_hidden.protect('app_private.frozen_rates');

grant select, insert (organization_id, subject_id, from_currency, to_currency, rate), delete on app_private.frozen_rates to rowgate_writer;

create policy select_writer on app_private.frozen_rates for select to rowgate_writer using (true);
create policy insert_writer on app_private.frozen_rates for insert to rowgate_writer with check (true);
create policy delete_purged on app_private.frozen_rates for delete
  to rowgate_writer
  using (
    organization_id = any ((select app_hidden.purgeable_organizations())::uuid[])
    or organization_id = (select app_hidden.current_organization_id()) and (select app_hidden.retired_until()) is not null
  );
-- no update, and no other delete but with the records that it belongs to: what was used stays

comment on table app_private.frozen_rates is
  'The exchange rate that a use was changed by for a budget in a currency that is neither its own nor the organization''s: whatever follows it, a settlement, a correction, a refund, is changed by the same one.';

create or replace function app_hidden.frozen_rate(usage app_public.usage_records, to_currency text) returns numeric
language plpgsql volatile
set search_path = ''
as $$
declare
  -- What came first: the hold of a settlement, the record of a correction.
  subject constant uuid := coalesce(usage.hold_id, usage.corrects_id, usage.id);
  known numeric;
begin
  select frozen.rate into known from app_private.frozen_rates as frozen
  where frozen.organization_id = usage.organization_id and frozen.subject_id = subject
    and frozen.from_currency = usage.currency and frozen.to_currency = frozen_rate.to_currency;
  if not found then
    known := app_hidden.exchange_rate(usage.currency, frozen_rate.to_currency, usage.occurred_at);
    if known is not null then
      insert into app_private.frozen_rates (organization_id, subject_id, from_currency, to_currency, rate)
      values (usage.organization_id, subject, usage.currency, frozen_rate.to_currency, known);
    end if;
  end if;
  return known;
end;
$$;
revoke all on function app_hidden.frozen_rate(app_public.usage_records, text) from public;
grant execute on function app_hidden.frozen_rate(app_public.usage_records, text) to rowgate_writer;
comment on function app_hidden.frozen_rate(app_public.usage_records, text) is
  'The rate by which a use and all that follows it is changed into a third currency: the one of the first time, which is kept; null if none is known.';

create or replace function app_hidden.amount_of(usage app_public.usage_records, unit text, budget_currency text) returns numeric
language plpgsql volatile
set search_path = ''
as $$
begin
  return case
    when unit = 'requests' then usage.requests
    when unit = 'tokens' then usage.tokens_in + usage.tokens_out
    -- Without a price nothing of it is charged yet, not even where its own currency would do: repricing charges all of it.
    when usage.charged is null then null
    when budget_currency = usage.charged_currency then usage.charged
    when budget_currency = usage.currency then usage.cost
    else round(usage.cost * app_hidden.frozen_rate(usage, budget_currency), 12)
  end;
end;
$$;
revoke all on function app_hidden.amount_of(app_public.usage_records, text, text) from public;
grant execute on function app_hidden.amount_of(app_public.usage_records, text, text) to rowgate_writer;
comment on function app_hidden.amount_of(app_public.usage_records, text, text) is
  'How much a use that is booked takes of a budget, as amount_for says it, with rates that stay; null if it has no price or no rate is known.';
--! EndIncluded usage/frozen_rates.sql
--! Included usage/credit_uses.sql
select app_hidden.protect('app_private.credit_uses');

grant select on app_private.credit_uses to rowgate_reader;
grant select, insert (organization_id, subject_id, budget_id), delete on app_private.credit_uses to rowgate_writer;

create policy select_reader on app_private.credit_uses for select to rowgate_reader using (true);
create policy select_writer on app_private.credit_uses for select to rowgate_writer using (true);
create policy insert_writer on app_private.credit_uses for insert to rowgate_writer with check (true);
create policy delete_purged on app_private.credit_uses for delete
  to rowgate_writer
  using (
    organization_id = any ((select app_hidden.purgeable_organizations())::uuid[])
    or organization_id = (select app_hidden.current_organization_id()) and (select app_hidden.retired_until()) is not null
  );
-- no update, and no other delete but with the records that it belongs to: what has paid has paid

comment on table app_private.credit_uses is
  'Which uses a member''s credit has paid for, and none of the organization''s budgets in money. subject_id: the record that came first, or the hold.';

create or replace function app_hidden.is_paid_by_credit(usage app_public.usage_records) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from app_private.credit_uses as paid
    where paid.organization_id = usage.organization_id
      and paid.subject_id = coalesce(usage.hold_id, usage.corrects_id, usage.id)
  );
end;
$$;
revoke all on function app_hidden.is_paid_by_credit(app_public.usage_records) from public;
grant execute on function app_hidden.is_paid_by_credit(app_public.usage_records) to rowgate_reader, rowgate_writer;
comment on function app_hidden.is_paid_by_credit(app_public.usage_records) is
  'Whether a use, or what it follows, was paid by its member''s credit.';

-- SECURITY DEFINER, because no visitor may enter app_private; whoever has the record may know what paid for it.
create or replace function app_public.usage_records_paid_by(usage app_public.usage_records) returns text
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return case
    when usage.organization_id = app_hidden.current_organization_id() and app_hidden.is_paid_by_credit(usage) then 'credit'
    else 'organization'
  end;
end;
$$;
alter function app_public.usage_records_paid_by(app_public.usage_records) owner to rowgate_reader;
revoke all on function app_public.usage_records_paid_by(app_public.usage_records) from public;
grant execute on function app_public.usage_records_paid_by(app_public.usage_records) to rowgate_user, rowgate_key;
comment on function app_public.usage_records_paid_by(app_public.usage_records) is
  'What paid for it: credit, the member''s own; or organization.';
--! EndIncluded usage/credit_uses.sql
--! Included usage/unpriced_models.sql
select app_hidden.protect('app_public.unpriced_models', 'organization_id');

grant select on app_public.unpriced_models to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, service, model), delete on app_public.unpriced_models to rowgate_writer;

create policy select_permitted on app_public.unpriced_models for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('usage:read_all')));
create policy select_tenant on app_public.unpriced_models for select to rowgate_job using (true);
create policy select_writer on app_public.unpriced_models for select to rowgate_writer using (true);
create policy insert_writer on app_public.unpriced_models for insert to rowgate_writer with check (true);
create policy delete_writer on app_public.unpriced_models for delete to rowgate_writer using (true);

comment on table app_public.unpriced_models is
  'What was used without a known price: the records are kept and counted, and their cost follows once reprice_usage finds a price.';
comment on column app_public.unpriced_models.organization_id is 'The organization.';
comment on column app_public.unpriced_models.service is 'The service.';
comment on column app_public.unpriced_models.model is 'The model.';
comment on column app_public.unpriced_models.since is 'When it was first used without a price.';
--! EndIncluded usage/unpriced_models.sql
--! Included usage/idempotency_keys.sql
select app_hidden.protect('app_private.idempotency_keys');

grant select, insert (organization_id, key_hash, body_hash, usage_record_id, occurred_at, hold_id), delete
  on app_private.idempotency_keys to rowgate_writer;

create policy select_writer on app_private.idempotency_keys for select to rowgate_writer using (true);
create policy insert_writer on app_private.idempotency_keys for insert to rowgate_writer with check (true);
create policy delete_writer on app_private.idempotency_keys for delete to rowgate_writer using (true);
-- no update, and deleted only in the transaction that made it, by a batch that refuses its event: a key is charged once, forever

comment on table app_private.idempotency_keys is
  'What was made under which idempotency key of an organization; body_hash tells a repeated request from another one. Not partitioned: a key counts across months.';
--! EndIncluded usage/idempotency_keys.sql
--! Included analytics/usage_rollups.sql
select app_hidden.protect('app_public.usage_rollups', 'organization_id');

grant select on app_public.usage_rollups to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
grant
  insert (organization_id, whole, grain, starts_at, service, model, currency, team_id, user_id, api_key_id, records, requests,
    tokens_in, tokens_out, errors, cost),
  update (records, requests, tokens_in, tokens_out, errors, cost),
  delete
  on app_public.usage_rollups to rowgate_writer;

-- As with usage_records. The sums of the whole organization name nobody, so only usage:read_all shows them.
create policy select_permitted on app_public.usage_rollups for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and (
      (select app_hidden.permits('usage:read_all'))
      or user_id = (select app_hidden.current_user_id())
      or team_id in (select app_hidden.reachable_teams())
    )
  );
create policy select_own on app_public.usage_rollups for select
  to rowgate_key
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and api_key_id = (select app_hidden.current_key_id())
  );
create policy select_tenant on app_public.usage_rollups for select to rowgate_job using (true);
create policy select_reader on app_public.usage_rollups for select to rowgate_reader using (true);
create policy select_writer on app_public.usage_rollups for select to rowgate_writer using (true);
create policy insert_writer on app_public.usage_rollups for insert to rowgate_writer with check (true);
create policy update_writer on app_public.usage_rollups for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.usage_rollups for delete to rowgate_writer using (true);

comment on table app_public.usage_rollups is E'@behavior -*\n'
  'Sums of usage up to a mark, by hour, day and month of the organization''s time zone. usageTimeseries and usageBreakdown add what came later.';
comment on column app_public.usage_rollups.organization_id is 'The organization that pays.';
comment on column app_public.usage_rollups.whole is 'Whether it is the sum of all teams, people and keys.';
comment on column app_public.usage_rollups.grain is 'hour, day or month.';
comment on column app_public.usage_rollups.starts_at is 'When the hour, day or month begins.';
comment on column app_public.usage_rollups.service is 'The service.';
comment on column app_public.usage_rollups.model is 'The model.';
comment on column app_public.usage_rollups.currency is 'ISO 4217 code of the organization''s currency when it was recorded.';
comment on column app_public.usage_rollups.team_id is 'The team that it is booked on, if any.';
comment on column app_public.usage_rollups.user_id is 'The person who used it, if known.';
comment on column app_public.usage_rollups.api_key_id is 'The API key that recorded it, if any.';
comment on column app_public.usage_rollups.records is 'How many records, corrections among them.';
comment on column app_public.usage_rollups.requests is 'How many requests.';
comment on column app_public.usage_rollups.tokens_in is 'Tokens sent.';
comment on column app_public.usage_rollups.tokens_out is 'Tokens received.';
comment on column app_public.usage_rollups.errors is 'How many of the requests failed.';
comment on column app_public.usage_rollups.cost is 'What was charged in that currency; exact decimal.';
comment on constraint usage_rollups_grain_known on app_public.usage_rollups is 'grain: hour, day or month.';
comment on constraint usage_rollups_once on app_public.usage_rollups is E'@behavior -*\nOne sum of each kind.';

select app_hidden.protect('app_private.rollup_marks');

grant select on app_private.rollup_marks to rowgate_reader, rowgate_writer;
grant insert (organization_id), update (written_in, kept_since, kept_in) on app_private.rollup_marks to rowgate_writer;

create policy select_reader on app_private.rollup_marks for select to rowgate_reader using (true);
create policy select_writer on app_private.rollup_marks for select to rowgate_writer using (true);
create policy insert_writer on app_private.rollup_marks for insert to rowgate_writer with check (true);
create policy update_writer on app_private.rollup_marks for update to rowgate_writer using (true) with check (true);
-- no delete: it knows what there are no records of any more, and goes with its organization

comment on table app_private.rollup_marks is 'How far each organization''s usage is rolled up.';
comment on column app_private.rollup_marks.organization_id is 'The organization.';
comment on column app_private.rollup_marks.written_in is 'Records of transactions before this one are in the sums, no others.';
comment on column app_private.rollup_marks.kept_since is 'Of what was before, the sums are kept and no records; null: all records are kept.';
comment on column app_private.rollup_marks.kept_in is 'Those sums hold what transactions before this one wrote.';
--! EndIncluded analytics/usage_rollups.sql
--! Included analytics/statements.sql
select app_hidden.protect('app_public.statements', 'organization_id');

grant select on app_public.statements to rowgate_user, rowgate_job, rowgate_writer;
grant insert (id, organization_id, number, starts_at, ends_at, currency, amount, adjustments, total) on app_public.statements
  to rowgate_writer;

-- It tells what the whole organization used.
create policy select_permitted on app_public.statements for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and (select app_hidden.permits('usage:read_all'))
  );
create policy select_tenant on app_public.statements for select to rowgate_job using (true);
create policy select_writer on app_public.statements for select to rowgate_writer using (true);
create policy insert_writer on app_public.statements for insert to rowgate_writer with check (true);
-- no update, no delete: what is closed stays, and what came late is in the next

comment on table app_public.statements is
  'What an organization was charged in a month, closed some days after its end: one a currency. What was booked later for an earlier month is an adjustment of the next.';
comment on column app_public.statements.id is 'The statement''s id.';
comment on column app_public.statements.organization_id is 'The organization.';
comment on column app_public.statements.number is 'Its number in the organization, from 1, without gaps.';
comment on column app_public.statements.starts_at is E'@behavior orderBy filterBy\nThe first instant of the month, in the organization''s time zone.';
comment on column app_public.statements.ends_at is 'The first instant after it: the beginning of the next.';
comment on column app_public.statements.currency is 'ISO 4217 code of the currency of the amounts.';
comment on column app_public.statements.amount is 'What was used in the month; exact decimal.';
comment on column app_public.statements.adjustments is 'What was booked or corrected since then for months before; exact decimal.';
comment on column app_public.statements.total is 'Both together.';
comment on column app_public.statements.closed_at is 'When it was closed.';
comment on constraint statements_sum on app_public.statements is 'total: amount and adjustments together.';

select app_hidden.protect('app_public.statement_lines', 'organization_id');

grant select on app_public.statement_lines to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, statement_id, kind, starts_at, ends_at, service, model, team_id, records, requests, tokens_in, tokens_out,
  errors, amount) on app_public.statement_lines to rowgate_writer;

create policy select_permitted on app_public.statement_lines for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and (select app_hidden.permits('usage:read_all'))
  );
create policy select_tenant on app_public.statement_lines for select to rowgate_job using (true);
create policy select_writer on app_public.statement_lines for select to rowgate_writer using (true);
create policy insert_writer on app_public.statement_lines for insert to rowgate_writer with check (true);
-- no update, no delete: as its statement

comment on table app_public.statement_lines is
  'What a statement is the sum of: by service, model and team, and by the month that an adjustment is of.';
comment on column app_public.statement_lines.id is 'The line''s id.';
comment on column app_public.statement_lines.organization_id is 'The organization.';
comment on column app_public.statement_lines.statement_id is 'The statement.';
comment on column app_public.statement_lines.kind is E'@behavior filterBy\nusage: of its own month. adjustment: of a month before, booked after that was closed.';
comment on column app_public.statement_lines.starts_at is 'The beginning of the month that it is of.';
comment on column app_public.statement_lines.ends_at is 'The first instant after that month.';
comment on column app_public.statement_lines.service is 'The service.';
comment on column app_public.statement_lines.model is 'The model.';
comment on column app_public.statement_lines.team_id is 'The team that it was booked on, if any.';
comment on column app_public.statement_lines.records is 'How many records, corrections among them.';
comment on column app_public.statement_lines.requests is 'How many requests.';
comment on column app_public.statement_lines.tokens_in is 'Tokens sent.';
comment on column app_public.statement_lines.tokens_out is 'Tokens received.';
comment on column app_public.statement_lines.errors is 'How many of the requests failed.';
comment on column app_public.statement_lines.amount is 'What was charged, in the statement''s currency; exact decimal, below 0 where something was taken back.';
comment on constraint statement_lines_kind_known on app_public.statement_lines is 'kind: usage or adjustment.';
comment on constraint statement_lines_statement_fkey on app_public.statement_lines is E'@fieldName statement\n@foreignFieldName lines';
--! EndIncluded analytics/statements.sql
--! Included exports/exports.sql
select app_hidden.protect('app_public.exports', 'organization_id');

grant select on app_public.exports to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, requested_by, kind, format, since, until, number),
  update (status, code, attempt, attempted_at, bytes, chunks, link, expires_at) on app_public.exports to rowgate_writer;
grant delete on app_public.exports to rowgate_writer;

-- A file holds what its requester may see, so it is nobody else's.
create policy select_own on app_public.exports for select
  to rowgate_user
  using (
    organization_id = (select app_hidden.tenant_permitting('usage:read'))
    and requested_by = (select app_hidden.current_user_id())
  );
create policy select_tenant on app_public.exports for select to rowgate_job using (true);
create policy select_reader on app_public.exports for select to rowgate_reader using (true);
create policy select_writer on app_public.exports for select to rowgate_writer using (true);
create policy insert_writer on app_public.exports for insert to rowgate_writer with check (true);
create policy update_writer on app_public.exports for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.exports for delete to rowgate_writer using (true);

comment on table app_public.exports is
  'Exports that the worker makes, for whoever asked: usage or a statement as a file that is fetched later by a link. GET /v1/exports/{id} has the link.';
comment on column app_public.exports.id is 'The export''s id.';
comment on column app_public.exports.organization_id is 'The organization.';
comment on column app_public.exports.requested_by is 'Who asked for it: it holds what they may see, and is theirs alone.';
comment on column app_public.exports.kind is 'usage or statement.';
comment on column app_public.exports.format is 'csv or xlsx.';
comment on column app_public.exports.since is 'Of usage: from this instant on.';
comment on column app_public.exports.until is 'Of usage: up to this instant, exclusive.';
comment on column app_public.exports.number is 'Of a statement: its number.';
comment on column app_public.exports.status is
  'queued, running, ready, failed (code says why) or revoked.';
comment on column app_public.exports.code is 'The code of the refusal that it failed for; INTERNAL for what nobody expected.';
comment on column app_public.exports.attempt is 'How often it was begun.';
comment on column app_public.exports.attempted_at is 'When its worker last gave a sign.';
comment on column app_public.exports.bytes is 'The length of the file so far.';
comment on column app_public.exports.chunks is E'@behavior -*\nHow many pieces the file has so far.';
comment on column app_public.exports.link is E'@behavior -*\nWhich links are good: those with this number.';
comment on column app_public.exports.created_at is E'@behavior orderBy\nWhen it was asked for.';
comment on column app_public.exports.expires_at is 'When it is deleted, file and all.';
comment on constraint exports_kind_known on app_public.exports is 'kind: usage or statement.';
comment on constraint exports_format_known on app_public.exports is 'format: csv or xlsx.';
comment on constraint exports_status_known on app_public.exports is 'status: queued, running, ready, failed or revoked.';
comment on constraint exports_question on app_public.exports is
  'since and until: for usage, finite, and since is earlier. number: for a statement, at least 1.';
comment on constraint exports_tenant_key on app_public.exports is
  E'@behavior -*\nWhat references point to, so that none crosses organizations.';

-- The files are here and not in a folder: API and worker need no common disk, a file goes with its row, its organization and a backup,
-- and each piece is read and written in a transaction of its own.
select app_hidden.protect('app_private.export_chunks', 'organization_id');

grant select on app_private.export_chunks to rowgate_reader, rowgate_writer;
grant insert (organization_id, export_id, number, content) on app_private.export_chunks to rowgate_writer;
grant delete on app_private.export_chunks to rowgate_writer;

create policy select_reader on app_private.export_chunks for select to rowgate_reader using (true);
create policy select_writer on app_private.export_chunks for select to rowgate_writer using (true);
create policy insert_writer on app_private.export_chunks for insert to rowgate_writer with check (true);
create policy delete_writer on app_private.export_chunks for delete to rowgate_writer using (true);

comment on table app_private.export_chunks is 'The files of exports in pieces.';
--! EndIncluded exports/exports.sql
--! Included analytics/statement_mails.sql
select app_hidden.protect('app_private.statement_mails');

grant select, insert (organization_id, statement_id, user_id), update (sent_at) on app_private.statement_mails to rowgate_writer;

create policy select_writer on app_private.statement_mails for select to rowgate_writer using (true);
create policy insert_writer on app_private.statement_mails for insert to rowgate_writer with check (true);
create policy update_writer on app_private.statement_mails for update to rowgate_writer using (true) with check (true);
-- no delete: it goes with its statement

comment on table app_private.statement_mails is 'To whom a statement is sent when it is closed, and when it was. No visitor has a grant.';
--! EndIncluded analytics/statement_mails.sql
--! Included health/health_minutes.sql
select app_hidden.protect('app_public.health_minutes', 'organization_id');

grant select on app_public.health_minutes to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, minute, requests, errors, refused, duration_ms, slowest_ms, jobs_done, jobs_failed),
  update (requests, errors, refused, duration_ms, slowest_ms, jobs_done, jobs_failed), delete
  on app_public.health_minutes to rowgate_writer;

create policy select_permitted on app_public.health_minutes for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('health:read')));
create policy select_tenant on app_public.health_minutes for select to rowgate_job using (true);
create policy select_writer on app_public.health_minutes for select to rowgate_writer using (true);
create policy insert_writer on app_public.health_minutes for insert to rowgate_writer with check (true);
create policy update_writer on app_public.health_minutes for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.health_minutes for delete to rowgate_writer using (true);

comment on table app_public.health_minutes is
  'How an organization was served, minute by minute, for the last 7 days; written some seconds later. A minute without requests and jobs has no row.';
comment on column app_public.health_minutes.organization_id is 'The organization.';
comment on column app_public.health_minutes.minute is E'@behavior orderBy filterBy\nThe beginning of the minute.';
comment on column app_public.health_minutes.requests is 'Requests that were answered for the organization.';
comment on column app_public.health_minutes.errors is
  'Those of them that failed on our side: their answer has a status of 500 or above, or an error with one.';
comment on column app_public.health_minutes.refused is
  'Those of them that were refused and did not fail: by a budget, a rate limit, a missing permission or for what they asked.';
comment on column app_public.health_minutes.duration_ms is 'How long answering them took together, in milliseconds.';
comment on column app_public.health_minutes.slowest_ms is 'How long the slowest of them took, in milliseconds.';
comment on column app_public.health_minutes.jobs_done is 'Jobs that were done, e-mails for example.';
comment on column app_public.health_minutes.jobs_failed is 'Attempts at a job that failed; it is tried again later.';
comment on column app_public.health_minutes.failing is 'Whether more than 5 % of the requests failed.';
--! EndIncluded health/health_minutes.sql
--! Included health/health_incidents.sql
select app_hidden.protect('app_public.health_incidents', 'organization_id');

grant select on app_public.health_incidents to rowgate_user, rowgate_job, rowgate_reader, rowgate_writer;
grant insert (organization_id, started_at, requests, errors), update (ended_at, requests, errors)
  on app_public.health_incidents to rowgate_writer;

create policy select_permitted on app_public.health_incidents for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('health:read')));
create policy select_tenant on app_public.health_incidents for select to rowgate_job using (true);
create policy select_reader on app_public.health_incidents for select to rowgate_reader using (true);
create policy select_writer on app_public.health_incidents for select to rowgate_writer using (true);
create policy insert_writer on app_public.health_incidents for insert to rowgate_writer with check (true);
create policy update_writer on app_public.health_incidents for update to rowgate_writer using (true) with check (true);
-- no delete: what happened is told for good

comment on table app_public.health_incidents is
  'A time in which more than 5 % of an organization''s requests failed for at least 5 minutes. Its owners and admins are told by e-mail when it begins and when it is over.';
comment on column app_public.health_incidents.id is 'The incident''s id.';
comment on column app_public.health_incidents.organization_id is 'The organization.';
comment on column app_public.health_incidents.started_at is E'@behavior orderBy\nThe first minute in which too many requests failed.';
comment on column app_public.health_incidents.opened_at is 'When it was noticed: 5 minutes later.';
comment on column app_public.health_incidents.ended_at is
  'When requests went well again, noticed after 5 minutes without too many failures; null while it lasts.';
comment on column app_public.health_incidents.requests is 'Requests since it started: up to when it was noticed while it lasts, then up to its end.';
comment on column app_public.health_incidents.errors is 'Those of them that failed.';
comment on constraint health_incidents_tenant_key on app_public.health_incidents is
  E'@behavior -*\nWhat references point to, so that none crosses organizations.';
--! EndIncluded health/health_incidents.sql
--! Included alerts/alert_channels.sql
select app_hidden.protect('app_public.alert_channels', 'organization_id');

grant select on app_public.alert_channels to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, kind, name, host, user_id, digest, created_by),
  update (name, host, digest, status, failing_since), delete
  on app_public.alert_channels to rowgate_writer;

create policy select_permitted on app_public.alert_channels for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('alert:read')));
create policy select_tenant on app_public.alert_channels for select to rowgate_job using (true);
create policy select_writer on app_public.alert_channels for select to rowgate_writer using (true);
create policy insert_writer on app_public.alert_channels for insert to rowgate_writer with check (true);
create policy update_writer on app_public.alert_channels for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.alert_channels for delete to rowgate_writer using (true);

drop trigger if exists touch on app_public.alert_channels;
create trigger touch before update on app_public.alert_channels for each row execute function app_private.touch();

comment on table app_public.alert_channels is
  'A way that alerts go: e-mail, a signed webhook, or a webhook in the form that Slack takes. Every organization begins with one by e-mail to whom an alert concerns.';
comment on column app_public.alert_channels.id is 'The channel''s id.';
comment on column app_public.alert_channels.organization_id is 'The organization.';
comment on column app_public.alert_channels.kind is 'email, webhook (signed as in Standard Webhooks) or slack.';
comment on column app_public.alert_channels.name is 'The name, 1 to 200 characters.';
comment on column app_public.alert_channels.host is 'Where a webhook goes: the host of its address. The rest of the address can hold a secret, and is not shown.';
comment on column app_public.alert_channels.user_id is
  'The member that e-mail goes to; null: whom an alert concerns, such as those who see all budgets and the leads of a budget''s team.';
comment on column app_public.alert_channels.digest is 'Whether e-mail comes once a day, after 8 in the organization''s time zone, instead of one for each alert.';
comment on column app_public.alert_channels.status is
  'active, or disabled: nothing was taken for as long as an alert is tried. enableAlertChannel takes it into use again.';
comment on column app_public.alert_channels.failing_since is 'Since when nothing is taken; null while it goes well.';
comment on column app_public.alert_channels.created_by is 'Who made it; null: it came with the organization.';
comment on column app_public.alert_channels.created_at is 'When it was made.';
comment on column app_public.alert_channels.updated_at is 'When the row was last changed.';
comment on constraint alert_channels_kind_known on app_public.alert_channels is 'kind: email, webhook or slack.';
comment on constraint alert_channels_name_length on app_public.alert_channels is
  'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint alert_channels_form on app_public.alert_channels is
  'url: for a webhook or slack, which it needs; user_id and digest: for e-mail.';
comment on constraint alert_channels_status_check on app_public.alert_channels is 'status: active or disabled.';
comment on constraint alert_channels_tenant_key on app_public.alert_channels is
  E'@behavior -*\nWhat references point to, so that none crosses organizations.';

select app_hidden.protect('app_private.alert_channel_secrets');

grant select on app_private.alert_channel_secrets to rowgate_writer;
grant insert (organization_id, channel_id, url, secret), update (url, secret, old_secret, old_until)
  on app_private.alert_channel_secrets to rowgate_writer;

create policy select_writer on app_private.alert_channel_secrets for select to rowgate_writer using (true);
create policy insert_writer on app_private.alert_channel_secrets for insert to rowgate_writer with check (true);
create policy update_writer on app_private.alert_channel_secrets for update to rowgate_writer using (true) with check (true);
-- no delete: it goes with its channel

comment on table app_private.alert_channel_secrets is
  'The address of a webhook, which can hold a secret, and what it is signed with. Kept as it is: the signature has to be made. No visitor has a grant.';
comment on constraint alert_channels_url_form on app_private.alert_channel_secrets is
  'url: an https address of at most 2,000 characters, without user, password and fragment.';
--! EndIncluded alerts/alert_channels.sql
--! Included alerts/alert_rules.sql
select app_hidden.protect('app_public.alert_rules', 'organization_id');

grant select on app_public.alert_rules to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, kind, name, budget_id, resource, thresholds, minimum, created_by),
  update (name, thresholds, minimum, muted_until), delete
  on app_public.alert_rules to rowgate_writer;

create policy select_permitted on app_public.alert_rules for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('alert:read')));
create policy select_tenant on app_public.alert_rules for select to rowgate_job using (true);
create policy select_writer on app_public.alert_rules for select to rowgate_writer using (true);
create policy insert_writer on app_public.alert_rules for insert to rowgate_writer with check (true);
create policy update_writer on app_public.alert_rules for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.alert_rules for delete to rowgate_writer using (true);

drop trigger if exists touch on app_public.alert_rules;
create trigger touch before update on app_public.alert_rules for each row execute function app_private.touch();

comment on table app_public.alert_rules is
  'What is told, and when. Every organization begins with rules for budgets, the plan''s API calls, failing requests, API keys that end, and missing prices.';
comment on column app_public.alert_rules.id is 'The rule''s id.';
comment on column app_public.alert_rules.organization_id is 'The organization.';
comment on column app_public.alert_rules.kind is
  'threshold (so much of a budget is used), forecast (a budget will not last for its period), spike (a day costs more than such days usually do), errors (requests fail on our side), key_expiry (an API key ends), quota (so much of the plan is used), unpriced (something has no price).';
comment on column app_public.alert_rules.name is 'The name, 1 to 200 characters.';
comment on column app_public.alert_rules.budget_id is 'threshold, forecast: the budget; null: all of them.';
comment on column app_public.alert_rules.resource is 'quota: seats, storage, api_calls, teams or api_keys; null: all of them.';
comment on column app_public.alert_rules.thresholds is
  'threshold, quota: percent of the limit (null for threshold: each budget''s own thresholds). spike: percent of the mean of the same weekday of the last 4 weeks. errors: percent of requests that fail, 5 or more. key_expiry: days before the end. null for forecast and unpriced.';
comment on column app_public.alert_rules.minimum is 'spike: what a day costs at least, in the organization''s currency; exact decimal.';
comment on column app_public.alert_rules.muted_until is 'Until then its alerts are listed and sent nowhere; for good is the year 9999, null is never.';
comment on column app_public.alert_rules.created_by is 'Who made it; null: it came with the organization.';
comment on column app_public.alert_rules.created_at is 'When it was made.';
comment on column app_public.alert_rules.updated_at is 'When the row was last changed.';
comment on constraint alert_rules_kind_known on app_public.alert_rules is
  'kind: threshold, forecast, spike, errors, key_expiry, quota or unpriced.';
comment on constraint alert_rules_name_length on app_public.alert_rules is
  'name: 1 to 200 characters, without line breaks and other invisible ones.';
comment on constraint alert_rules_thresholds_form on app_public.alert_rules is
  'thresholds: 1 to 20 whole numbers; of the limit 1 to 1,000 percent, for spike 101 to 100,000 percent, for errors 5 to 100 percent, for key_expiry 1 to 365 days; none for forecast and unpriced.';
comment on constraint alert_rules_minimum_range on app_public.alert_rules is 'minimum: 0 or more, below 1,000,000,000,000, at most 12 decimals.';
comment on constraint alert_rules_budget_kind on app_public.alert_rules is 'budget_id: for threshold and forecast.';
comment on constraint alert_rules_resource_kind on app_public.alert_rules is
  'resource: seats, storage, api_calls, teams or api_keys, for quota.';
comment on constraint alert_rules_minimum_kind on app_public.alert_rules is 'minimum: for spike.';
comment on constraint alert_rules_tenant_key on app_public.alert_rules is
  E'@behavior -*\nWhat references point to, so that none crosses organizations.';
--! EndIncluded alerts/alert_rules.sql
--! Included alerts/alert_rule_channels.sql
select app_hidden.protect('app_public.alert_rule_channels', 'organization_id');

grant select on app_public.alert_rule_channels to rowgate_user, rowgate_job, rowgate_writer;
grant insert (organization_id, rule_id, channel_id), delete on app_public.alert_rule_channels to rowgate_writer;

create policy select_permitted on app_public.alert_rule_channels for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('alert:read')));
create policy select_tenant on app_public.alert_rule_channels for select to rowgate_job using (true);
create policy select_writer on app_public.alert_rule_channels for select to rowgate_writer using (true);
create policy insert_writer on app_public.alert_rule_channels for insert to rowgate_writer with check (true);
create policy delete_writer on app_public.alert_rule_channels for delete to rowgate_writer using (true);
-- no update: it is, or it is not

comment on table app_public.alert_rule_channels is 'Which channels the alerts of a rule take.';
comment on column app_public.alert_rule_channels.organization_id is 'The organization.';
comment on column app_public.alert_rule_channels.rule_id is 'The rule.';
comment on column app_public.alert_rule_channels.channel_id is 'The channel.';
--! EndIncluded alerts/alert_rule_channels.sql
--! Included alerts/alert_events.sql
select app_hidden.protect('app_public.alert_events', 'organization_id');

grant select on app_public.alert_events to rowgate_user, rowgate_job, rowgate_writer;
grant delete on app_public.alert_events to rowgate_writer;
grant insert (organization_id, rule_id, kind, occasion, facts, muted), update (acknowledged_at, acknowledged_by)
  on app_public.alert_events to rowgate_writer;

create policy select_permitted on app_public.alert_events for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('alert:read')));
create policy select_tenant on app_public.alert_events for select to rowgate_job using (true);
create policy select_writer on app_public.alert_events for select to rowgate_writer using (true);
create policy insert_writer on app_public.alert_events for insert to rowgate_writer with check (true);
create policy update_writer on app_public.alert_events for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.alert_events for delete to rowgate_writer using (true);
-- Deleted with its rule, or when it is old enough to be nobody's business.

comment on table app_public.alert_events is
  'An alert: exactly one for each rule and occasion, written in the transaction that made the fact.';
comment on column app_public.alert_events.id is 'The alert''s id.';
comment on column app_public.alert_events.organization_id is 'The organization.';
comment on column app_public.alert_events.rule_id is 'The rule.';
comment on column app_public.alert_events.kind is 'The rule''s kind.';
comment on column app_public.alert_events.occasion is 'What makes it one of a kind: the budget, its period, the version of its limit and the threshold, for example.';
comment on column app_public.alert_events.facts is 'What was so when it happened; amounts are exact decimals as texts. Webhooks carry the same.';
comment on column app_public.alert_events.muted is 'Whether the rule was muted, so that nothing was sent.';
comment on column app_public.alert_events.acknowledged_at is 'When somebody took it on; null: nobody yet.';
comment on column app_public.alert_events.acknowledged_by is 'Who did.';
comment on column app_public.alert_events.created_at is E'@behavior orderBy filterBy\nWhen it happened.';
comment on constraint alert_events_tenant_key on app_public.alert_events is
  E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint alert_events_once on app_public.alert_events is E'@behavior -*\nOne alert for each rule and occasion.';
--! EndIncluded alerts/alert_events.sql
--! Included alerts/alert_deliveries.sql
select app_hidden.protect('app_public.alert_deliveries', 'organization_id');

grant select on app_public.alert_deliveries to rowgate_user, rowgate_job, rowgate_writer;
grant delete on app_public.alert_deliveries to rowgate_writer;
grant insert (organization_id, event_id, channel_id, user_id, status),
  update (status, attempts, attempted_at, response_status, problem, delivered_at, resends, digest_id)
  on app_public.alert_deliveries to rowgate_writer;

create policy select_permitted on app_public.alert_deliveries for select
  to rowgate_user
  using (organization_id = (select app_hidden.tenant_permitting('alert:read')));
create policy select_tenant on app_public.alert_deliveries for select to rowgate_job using (true);
create policy select_writer on app_public.alert_deliveries for select to rowgate_writer using (true);
create policy insert_writer on app_public.alert_deliveries for insert to rowgate_writer with check (true);
create policy update_writer on app_public.alert_deliveries for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_public.alert_deliveries for delete to rowgate_writer using (true);
-- Deleted with its alert or its channel, or when it is old enough.

comment on table app_public.alert_deliveries is
  'An alert on its way through one channel, to one person if it is e-mail. What is not taken is tried 13 times in 22 hours.';
comment on column app_public.alert_deliveries.id is 'The delivery''s id: the webhook-id of every attempt.';
comment on column app_public.alert_deliveries.organization_id is 'The organization.';
comment on column app_public.alert_deliveries.event_id is 'The alert.';
comment on column app_public.alert_deliveries.channel_id is 'The channel.';
comment on column app_public.alert_deliveries.user_id is 'Whom the e-mail is for; null for a webhook.';
comment on column app_public.alert_deliveries.status is
  'pending; waiting (for the day''s digest); delivered; failed (tried long enough); skipped (the channel was disabled, the recipient is none any more, or it was no longer true).';
comment on column app_public.alert_deliveries.attempts is 'How often it was tried since it was last asked for.';
comment on column app_public.alert_deliveries.attempted_at is 'When it was last tried.';
comment on column app_public.alert_deliveries.response_status is 'The HTTP status of the last answer.';
comment on column app_public.alert_deliveries.problem is 'What was wrong with the last attempt; null: nothing.';
comment on column app_public.alert_deliveries.delivered_at is 'When it was taken.';
comment on column app_public.alert_deliveries.resends is 'How often somebody asked for it again.';
comment on column app_public.alert_deliveries.digest_id is 'The digest that it is part of.';
comment on column app_public.alert_deliveries.created_at is E'@behavior orderBy filterBy\nWhen the alert happened.';
comment on constraint alert_deliveries_status_check on app_public.alert_deliveries is
  'status: pending, waiting, delivered, failed or skipped.';
comment on constraint alert_deliveries_tenant_key on app_public.alert_deliveries is
  E'@behavior -*\nWhat references point to, so that none crosses organizations.';
comment on constraint alert_deliveries_once on app_public.alert_deliveries is
  E'@behavior -*\nOne delivery of an alert for each channel and person.';
--! EndIncluded alerts/alert_deliveries.sql

--! Included search/words.sql
-- What a search compares. Words begin where a blank or ASCII punctuation ends. Scripts that write without blanks (from U+2E80 on:
-- Chinese, Japanese, Korean) can be found from every character on.
create or replace function app_hidden.words(content text) returns text[]
language sql immutable parallel safe
set search_path = ''
as $$
  select array(
    select distinct part.word
    from regexp_split_to_table(lower(left(content, 500)), '[\s!-/:-@\[-`{-~]+') as whole (word)
      cross join lateral (
        select whole.word
        union all
        select substr(whole.word, place) from generate_series(2, length(whole.word)) as place
        where whole.word ~ '[\u2e80-\U0010ffff]'
      ) as part
    where part.word <> ''
  );
$$;
revoke all on function app_hidden.words(text) from public;
grant execute on function app_hidden.words(text) to rowgate_reader, rowgate_writer;
comment on function app_hidden.words(text) is 'The words of a text in lower case, each once.';
--! EndIncluded search/words.sql
--! Included search/search_words.sql
select app_hidden.protect('app_private.search_words');

grant select on app_private.search_words to rowgate_reader, rowgate_writer;
grant insert (organization_id, kind, word, target_id), delete on app_private.search_words to rowgate_writer;

create policy select_reader on app_private.search_words for select to rowgate_reader using (true);
create policy select_writer on app_private.search_words for select to rowgate_writer using (true);
create policy insert_writer on app_private.search_words for insert to rowgate_writer with check (true);
create policy delete_writer on app_private.search_words for delete to rowgate_writer using (true);

-- An index on name or address would not help: LIKE is not leakproof, so behind a policy it is applied row by row. This table has the
-- organization in front, and the functions that read it ask for the permission themselves.
create or replace function app_hidden.set_search_words(organization_id uuid, kind text, target_id uuid, content text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  now_there constant text[] := app_hidden.words(content);
begin
  delete from app_private.search_words as words
  where words.target_id = set_search_words.target_id and not words.word = any (now_there);
  insert into app_private.search_words (organization_id, kind, word, target_id)
  select set_search_words.organization_id, set_search_words.kind, word, set_search_words.target_id from unnest(now_there) as word
  on conflict do nothing;
end;
$$;
revoke all on function app_hidden.set_search_words(uuid, text, uuid, text) from public;
grant execute on function app_hidden.set_search_words(uuid, text, uuid, text) to rowgate_writer;
comment on function app_hidden.set_search_words(uuid, text, uuid, text) is 'Makes a row findable by the words of its content, and by no others; null: by none.';

create or replace function app_private.keep_search_words() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  case tg_table_name
    when 'organizations' then
      perform app_hidden.set_search_words(new.id, 'organization', new.id, concat_ws(' ', new.name, new.slug));
    when 'teams' then
      perform app_hidden.set_search_words(new.organization_id, 'team', new.id, case when new.deleted_at is null then new.name end);
    when 'members' then
      if tg_op = 'DELETE' then
        perform app_hidden.set_search_words(old.organization_id, 'member', old.id, null);
      else
        perform app_hidden.set_search_words(new.organization_id, 'member', new.id, concat_ws(' ', users.name, users.email))
        from app_public.users where users.id = new.user_id;
      end if;
    when 'users' then
      perform app_hidden.set_search_words(members.organization_id, 'member', members.id, concat_ws(' ', new.name, new.email))
      from app_public.members where members.user_id = new.id;
  end case;
  return null;
end;
$$;
alter function app_private.keep_search_words() owner to rowgate_writer;
revoke all on function app_private.keep_search_words() from public;
comment on function app_private.keep_search_words() is 'Keeps the words by which organizations, teams and members are found.';

drop trigger if exists keep_search_words on app_public.organizations;
create trigger keep_search_words after insert or update of name, slug on app_public.organizations
  for each row execute function app_private.keep_search_words();
drop trigger if exists keep_search_words on app_public.teams;
create trigger keep_search_words after insert or update of name, deleted_at on app_public.teams
  for each row execute function app_private.keep_search_words();
drop trigger if exists keep_search_words on app_public.members;
create trigger keep_search_words after insert or delete on app_public.members
  for each row execute function app_private.keep_search_words();
drop trigger if exists keep_search_words on app_public.users;
create trigger keep_search_words after update of name, email on app_public.users
  for each row execute function app_private.keep_search_words();

comment on table app_private.search_words is
  'By which words organizations, teams and members are found; kept by triggers, read by the search functions.';
--! EndIncluded search/search_words.sql
--! Included search/search.sql
-- SECURITY DEFINER, because the words are nobody's to read. It applies the permission itself, to the organizations of the caller.
create or replace function app_hidden.search_targets(kind text, permission text, query text, most int) returns uuid[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  tenants constant uuid[] := array(
    select unnest(app_hidden.organizations_permitting(search_targets.permission))
    intersect
    select unnest(app_hidden.tenant_organizations())
  );
  last constant text := chr(1114111);
  wanted text[] := app_hidden.words(query);
begin
  if app_hidden.current_user_id() is null then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  if coalesce(cardinality(wanted), 0) = 0 or length(query) > 200 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'query: 1 to 200 characters, at least one of them a letter or a digit.'));
  end if;
  if search_targets.most is null or search_targets.most not between 1 and 200 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'most: 1 to 200.'));
  end if;
  -- The rarest word goes first: its range of the index is read, and the rest compared. Nobody is counted further than needed.
  wanted := array(
    select asked.word from unnest(wanted) as asked (word)
    order by (
      select count(*) from (
        select from app_private.search_words as words
        where words.organization_id = any (tenants) and words.kind = search_targets.kind
          and words.word >= asked.word and words.word < asked.word || last
        limit 1000
      ) as counted
    ), asked.word
  );
  -- Whole words come before words that only begin so: that is the order of the index.
  return array(
    select candidates.target_id
    from unnest(tenants) as tenant (id)
      -- One after the other, because only within one organization the index is in the order of the words.
      cross join lateral (
        select words.target_id, words.word
        from app_private.search_words as words
        where words.organization_id = tenant.id and words.kind = search_targets.kind
          and words.word >= wanted[1] and words.word < wanted[1] || last
          and not exists (
            select from unnest(wanted[2:]) as other (word)
            where not exists (
              select from app_private.search_words as more
              where more.target_id = words.target_id and more.word >= other.word and more.word < other.word || last
            )
          )
        order by words.word
        -- A row may have several words that begin so.
        limit search_targets.most * 20
      ) as candidates
    group by candidates.target_id
    order by min(candidates.word), candidates.target_id
    limit search_targets.most
  );
end;
$$;
alter function app_hidden.search_targets(text, text, text, int) owner to rowgate_reader;
revoke all on function app_hidden.search_targets(text, text, text, int) from public;
grant execute on function app_hidden.search_targets(text, text, text, int) to rowgate_user;
comment on function app_hidden.search_targets(text, text, text, int) is
  'The ids of what the caller may see and that has, for each word of the query, a word that begins so. Raises INVALID_INPUT, UNAUTHENTICATED.';

create or replace function app_public.search_members(query text, most int default 20) returns setof app_public.members
language sql stable
set search_path = ''
as $$
  select members.*
  from unnest(app_hidden.search_targets('member', 'member:read', query, most)) with ordinality as target (id, place)
    join app_public.members on members.id = target.id
  order by target.place;
$$;
revoke all on function app_public.search_members(text, int) from public;
grant execute on function app_public.search_members(text, int) to rowgate_user;
comment on function app_public.search_members(text, int) is
  E'@simpleCollections only\nMembers by name or e-mail address: every word of the query must be the beginning of one of theirs. In the chosen organization, or in all of yours. most: 1 to 200. Needs member:read. Raises INVALID_INPUT.';

create or replace function app_public.search_teams(query text, most int default 20) returns setof app_public.teams
language sql stable
set search_path = ''
as $$
  select teams.*
  from unnest(app_hidden.search_targets('team', 'team:read', query, most)) with ordinality as target (id, place)
    join app_public.teams on teams.id = target.id
  order by target.place;
$$;
revoke all on function app_public.search_teams(text, int) from public;
grant execute on function app_public.search_teams(text, int) to rowgate_user;
comment on function app_public.search_teams(text, int) is
  E'@simpleCollections only\nTeams by name: every word of the query must be the beginning of one of theirs. In the chosen organization, or in all of yours. most: 1 to 200. Needs team:read. Raises INVALID_INPUT.';

create or replace function app_public.search_organizations(query text, most int default 20) returns setof app_public.organizations
language sql stable
set search_path = ''
as $$
  select organizations.*
  from unnest(app_hidden.search_targets('organization', 'organization:read', query, most)) with ordinality as target (id, place)
    join app_public.organizations on organizations.id = target.id
  order by target.place;
$$;
revoke all on function app_public.search_organizations(text, int) from public;
grant execute on function app_public.search_organizations(text, int) to rowgate_user;
comment on function app_public.search_organizations(text, int) is
  E'@simpleCollections only\nYour organizations by name or slug: every word of the query must be the beginning of one of theirs. most: 1 to 200. Needs organization:read. Raises INVALID_INPUT.';
--! EndIncluded search/search.sql

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
    if hint ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then
      found_id := hint::uuid;
    else
      found_id := (select organizations.id from app_public.organizations where organizations.slug = lower(hint));
    end if;
    if found_id is null or not found_id = any (memberships) then
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
--! Included api_keys/judged_key.sql
-- Whether a key may open anything, once for all who ask: the request that it opens, a service that asks about it, and many at once. By its
-- secret, or from a token that was given for it, by the secret's id and the key's: the token ends with the secret. No row for what is
-- unknown, revoked, expired, or of a deleted organization. No SET clause: PostgreSQL inlines it.
create or replace function app_hidden.judged_key(key_hash bytea, secret_id uuid, key_id uuid, address inet)
returns table (id uuid, organization_id uuid, slug text, secret uuid, expires_at timestamptz, state text, allowed_models text[], refusal text)
language sql stable
as $$
  select keys.id, keys.organization_id, organizations.slug, secrets.id, least(keys.expires_at, secrets.expires_at),
    app_hidden.organization_state(organizations.status, organizations.trial_ends_at), keys.allowed_models,
    case
      when keys.status = 'paused' then 'API_KEY_PAUSED'
      when keys.allowed_ips is not null and (judged_key.address operator(pg_catalog.<<=) any (keys.allowed_ips)) is not true
        then 'ADDRESS_FORBIDDEN'
    end
  from app_private.org_api_key_secrets as secrets
    join app_public.org_api_keys as keys on keys.organization_id = secrets.organization_id and keys.id = secrets.key_id
    join app_public.organizations on organizations.id = keys.organization_id
  where secrets.id = coalesce(
      (select known.id from app_private.org_api_key_secrets as known where known.key_hash = judged_key.key_hash),
      judged_key.secret_id
    )
    and (secrets.expires_at is null or secrets.expires_at > pg_catalog.now())
    and (judged_key.key_id is null or keys.id = judged_key.key_id)
    and keys.status <> 'revoked'
    and (keys.expires_at is null or keys.expires_at > pg_catalog.now())
    and organizations.status <> 'deleted'
$$;
revoke all on function app_hidden.judged_key(bytea, uuid, uuid, inet) from public;
grant execute on function app_hidden.judged_key(bytea, uuid, uuid, inet) to rowgate_reader;
comment on function app_hidden.judged_key(bytea, uuid, uuid, inet) is
  'The key that a credential names, with its secret, when that ends, and the state of its organization; refusal: why it may not be used all the same, API_KEY_PAUSED or ADDRESS_FORBIDDEN.';
--! EndIncluded api_keys/judged_key.sql
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
  request_id text,
  key_id uuid default null,
  issuer text default null,
  subject text default null,
  address inet default null
) returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person_id uuid := resolve_request.user_id;
  tenant uuid;
  key record;
begin
  case resolve_request.kind
    when 'anonymous' then
      perform app_hidden.set_claims(request_id => resolve_request.request_id);

    when 'person', 'identity' then
      if resolve_request.kind = 'identity' then
        -- A token of another issuer has no session here; whether it is still meant to act is asked of this row each time.
        select identities.user_id into person_id
        from app_private.user_identities as identities
        where identities.issuer = resolve_request.issuer and identities.subject = resolve_request.subject;
        if not found then
          perform app_hidden.refuse('IDENTITY_UNKNOWN');
        end if;
      elsif not exists (
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
          where members.user_id = person_id and organizations.status <> 'deleted'
        ),
        resolve_request.tenant_hints);
      perform app_hidden.set_claims(
        user_id => person_id,
        session_id => case resolve_request.kind when 'person' then resolve_request.session_id end,
        organization_id => tenant,
        request_id => resolve_request.request_id);

    when 'key' then
      select * into key
      from app_hidden.judged_key(resolve_request.key_hash, resolve_request.session_id, resolve_request.key_id, resolve_request.address);
      if not found then
        perform app_hidden.refuse('API_KEY_INVALID');
      elsif key.refusal is not null then
        perform app_hidden.refuse(key.refusal,
          case key.refusal when 'ADDRESS_FORBIDDEN' then jsonb_build_object('address', host(resolve_request.address)) else '{}' end);
      end if;
      tenant := app_hidden.choose_tenant(array[key.organization_id], resolve_request.tenant_hints);
      perform app_hidden.set_claims(
        key_id => key.id,
        session_id => key.secret,
        organization_id => tenant,
        request_id => resolve_request.request_id,
        models => key.allowed_models);
  end case;
  perform app_hidden.read_rights();
  return tenant;
end;
$$;
alter function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text, uuid, text, text, inet) owner to rowgate_reader;
revoke all on function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text, uuid, text, text, inet) from public;
grant execute on function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text, uuid, text, text, inet) to rowgate_authenticator;
comment on function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text, uuid, text, text, inet) is
  'Opens a request: checks that session or key is alive, chooses the tenant, sets the claims; answers the tenant. '
  'kind: anonymous, person (by session), identity (by issuer and subject) or key (by its hash, or by its id and as session_id its secret''s). address: where the request comes from. Raises SESSION_ENDED, IDENTITY_UNKNOWN, API_KEY_INVALID, API_KEY_PAUSED, ADDRESS_FORBIDDEN, TENANT_FORBIDDEN, TENANT_HINTS_DISAGREE.';
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
  perform app_hidden.read_rights();
end;
$$;
alter function app_hidden.resolve_job(uuid) owner to rowgate_reader;
revoke all on function app_hidden.resolve_job(uuid) from public;
grant execute on function app_hidden.resolve_job(uuid) to rowgate_worker;
comment on function app_hidden.resolve_job(uuid) is 'Opens a job''s transaction for one organization; set role rowgate_job follows it.';
--! EndIncluded session/resolve_job.sql
--! Included session/resolve_export.sql
-- For the worker that reads an export's pages: it acts as whoever asked for it, so the rules for what they may see stand nowhere twice.
-- Only for an export that is being made; a person alone asks for one, so rowgate_user is the only request role that the worker can become.
create or replace function app_hidden.resolve_export(export_id uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  export app_public.exports;
begin
  select exports.* into export from app_public.exports where exports.id = resolve_export.export_id and exports.status = 'running';
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  perform app_hidden.set_claims(user_id => export.requested_by, organization_id => export.organization_id);
  perform app_hidden.read_rights();
end;
$$;
alter function app_hidden.resolve_export(uuid) owner to rowgate_reader;
revoke all on function app_hidden.resolve_export(uuid) from public;
grant execute on function app_hidden.resolve_export(uuid) to rowgate_worker;
comment on function app_hidden.resolve_export(uuid) is
  'Opens a transaction that reads for an export, as whoever asked for it; set role rowgate_user follows it. Raises NOT_FOUND when it is not being made.';
--! EndIncluded session/resolve_export.sql
--! Included session/start_link.sql
-- One link of a kind for each person: the next one takes its place, after a minute, so that nobody's mailbox is filled by others.
create or replace function app_hidden.start_link(user_id uuid, purpose text, new_email text default null) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  link_id uuid;
begin
  -- Whoever asks at the same moment waits here.
  perform from app_public.users where users.id = start_link.user_id for no key update;
  if exists (
    select from app_private.account_links as links
    where links.user_id = start_link.user_id and links.purpose = start_link.purpose
      and links.created_at > now() - interval '1 minute'
  ) then
    return null;
  end if;
  delete from app_private.account_links as links
  where links.user_id = start_link.user_id and links.purpose = start_link.purpose;
  insert into app_private.account_links (user_id, purpose, new_email, expires_at)
  values (start_link.user_id, start_link.purpose, start_link.new_email,
    now() + case start_link.purpose when 'reset_password' then interval '1 hour' else interval '1 day' end)
  returning id into link_id;
  return link_id;
end;
$$;
revoke all on function app_hidden.start_link(uuid, text, text) from public;
grant execute on function app_hidden.start_link(uuid, text, text) to rowgate_writer;
comment on function app_hidden.start_link(uuid, text, text) is
  'Makes what a link in an e-mail will stand for: for an hour to reset a password, for a day otherwise. Null when there was one within the last minute.';

create or replace function app_hidden.send_link(link_id uuid, side text) returns void
language sql volatile
set search_path = ''
as $$
  select app_hidden.enqueue(null, 'session/link_' || side, jsonb_build_object('link_id', link_id), link_id::text) where link_id is not null;
$$;
revoke all on function app_hidden.send_link(uuid, text) from public;
grant execute on function app_hidden.send_link(uuid, text) to rowgate_writer;
comment on function app_hidden.send_link(uuid, text) is 'Queues the e-mail with a link, to the current address of the account or the new one.';
--! EndIncluded session/start_link.sql
--! Included session/link_mail.sql
-- As for an invitation: the worker makes the secret when it sends the mail. SECURITY DEFINER, because accounts are nobody's tenant.
create or replace function app_hidden.link_mail(link_id uuid, side text, token_hash bytea)
returns table (email text, name text, locale text, time_zone text, purpose text, new_email text, expires_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  return query
  select case link_mail.side when 'new' then links.new_email else users.email end, users.name, users.locale,
    users.time_zone, links.purpose, links.new_email,
    links.expires_at
  from app_private.account_links as links join app_public.users on users.id = links.user_id
  where links.id = link_mail.link_id and links.expires_at > now();
  if found then
    insert into app_private.account_link_tokens (token_hash, link_id, side)
    values (link_mail.token_hash, link_mail.link_id, link_mail.side);
  end if;
end;
$$;
alter function app_hidden.link_mail(uuid, text, bytea) owner to rowgate_writer;
revoke all on function app_hidden.link_mail(uuid, text, bytea) from public;
grant execute on function app_hidden.link_mail(uuid, text, bytea) to rowgate_job;
comment on function app_hidden.link_mail(uuid, text, bytea) is
  'What the e-mail with a link says, and to whom, with the hash of the secret that it carries; no row when the link is no longer good.';
--! EndIncluded session/link_mail.sql
--! Included session/tell_registered.sql
-- Whoever claims an address that has an account is not told so: its owner is, at most once an hour.
create or replace function app_hidden.tell_registered(email text) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  select users.id into owner_id from app_public.users where users.email = tell_registered.email;
  if not found then
    return false;
  end if;
  update app_private.user_passwords as passwords
  set registration_notice_at = now()
  where passwords.user_id = owner_id
    and (registration_notice_at is null or registration_notice_at < now() - interval '1 hour');
  if found then
    perform app_hidden.enqueue(null, 'session/already_registered', jsonb_build_object('user_id', owner_id), owner_id::text);
  end if;
  return true;
end;
$$;
revoke all on function app_hidden.tell_registered(text) from public;
grant execute on function app_hidden.tell_registered(text) to rowgate_writer;
comment on function app_hidden.tell_registered(text) is
  'Whether an address has an account; if so, its owner is told by e-mail that somebody used it, at most once an hour.';
--! EndIncluded session/tell_registered.sql
--! Included session/take_attempt.sql
-- Counted before the password is looked at, so that guesses at the same moment count as well; and in a row that stays when the guess
-- was wrong: the verbs that call this answer a row and raise nothing. An account that nobody has counts like any other. Rows are
-- taken in the order of their hashes, so that no two callers wait for each other.
create or replace function app_hidden.take_attempt(email text, network text) returns table (level text, retry_after int)
language plpgsql volatile
set search_path = ''
as $$
declare
  span constant interval := interval '15 minutes';
  counted record;
  row_there app_private.sign_in_attempts;
begin
  -- What no longer counts goes, a few at a time.
  delete from app_private.sign_in_attempts as late
  where late.subject in (
    select old.subject from app_private.sign_in_attempts as old where old.ends_at <= now()
    order by old.ends_at limit 10 for update skip locked
  );
  for counted in
    select kinds.level, kinds.most, app_hidden.attempt_subject(kinds.level, kinds.name) as subject
    from (values ('account', 10, take_attempt.email), ('address', 100, take_attempt.network)) as kinds (level, most, name)
    where kinds.name is not null
    order by subject
  loop
    insert into app_private.sign_in_attempts as known (subject, attempts, ends_at)
    values (counted.subject, 1, now() + span)
    on conflict (subject) do update
      set attempts = case when known.ends_at <= now() then 1 else least(known.attempts + 1, 1000000) end,
        ends_at = case when known.ends_at <= now() then excluded.ends_at else known.ends_at end
    returning * into row_there;
    if row_there.attempts > counted.most and coalesce(take_attempt.retry_after, 0) = 0 then
      take_attempt.level := counted.level;
      take_attempt.retry_after := greatest(1, ceil(extract(epoch from row_there.ends_at - now())));
    end if;
  end loop;
  if take_attempt.retry_after is not null then
    return next;
  end if;
end;
$$;
revoke all on function app_hidden.take_attempt(text, text) from public;
grant execute on function app_hidden.take_attempt(text, text) to rowgate_writer;
comment on function app_hidden.take_attempt(text, text) is
  'Counts an attempt to show a password: 10 for an account and 100 from a network in 15 minutes. A row when there were too many: whose limit it is, and the seconds to wait.';

create or replace function app_hidden.attempt_subject(level text, name text) returns bytea
language sql immutable
set search_path = ''
as $$ select sha256(convert_to(level || ':' || lower(trim(name)), 'UTF8')) $$;
revoke all on function app_hidden.attempt_subject(text, text) from public;
grant execute on function app_hidden.attempt_subject(text, text) to rowgate_writer;
comment on function app_hidden.attempt_subject(text, text) is 'Under what attempts are counted: no address is kept in the clear.';

create or replace function app_hidden.give_back_attempt(email text, network text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from app_private.sign_in_attempts as known
  where known.subject = app_hidden.attempt_subject('account', give_back_attempt.email);
  update app_private.sign_in_attempts as known set attempts = greatest(known.attempts - 1, 0)
  where known.subject = app_hidden.attempt_subject('address', give_back_attempt.network);
end;
$$;
revoke all on function app_hidden.give_back_attempt(text, text) from public;
grant execute on function app_hidden.give_back_attempt(text, text) to rowgate_writer;
comment on function app_hidden.give_back_attempt(text, text) is
  'After the right password: the account''s attempts are forgotten, and the network has one more.';
--! EndIncluded session/take_attempt.sql
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

  if new_id is null then
    perform app_hidden.tell_registered(lower(trim(register.email)));
    return;
  end if;
  insert into app_private.user_passwords (user_id, salt, verifier)
  values (new_id, register.password_salt, sha256(register.password_key));
  perform app_hidden.send_link(app_hidden.start_link(new_id, 'verify_email'), 'current');
end;
$$;
alter function app_hidden.register(text, text, bytea, bytea) owner to rowgate_writer;
revoke all on function app_hidden.register(text, text, bytea, bytea) from public;
grant execute on function app_hidden.register(text, text, bytea, bytea) to rowgate_anonymous, rowgate_user;
comment on function app_hidden.register(text, text, bytea, bytea) is
  'Creates an account, and has its address asked to confirm; answers alike for a taken address. Raises INVALID_INPUT for a malformed address or name.';
--! EndIncluded session/register.sql
--! Included session/registration_notice.sql
-- SECURITY DEFINER, because a job sees the members of its tenant and this one has none.
create or replace function app_hidden.registration_notice(user_id uuid) returns table (email text, name text, locale text, time_zone text)
language sql stable security definer
set search_path = ''
as $$
  select users.email, users.name, users.locale, users.time_zone from app_public.users where users.id = registration_notice.user_id;
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

create or replace function app_hidden.sign_in(
  email text, password_key bytea, refresh_hash bytea, tenant text,
  network text default null, address text default null, device text default null
) returns table (user_id uuid, session_id uuid, organization_id uuid, level text, retry_after int)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  select refused.level, refused.retry_after into sign_in.level, sign_in.retry_after
  from app_hidden.take_attempt(sign_in.email, sign_in.network) as refused;
  if found then
    return next;
    return;
  end if;
  select users.id into sign_in.user_id
  from app_public.users
    join app_private.user_passwords as passwords on passwords.user_id = users.id
  where users.email = lower(trim(sign_in.email))
    and passwords.verifier = sha256(sign_in.password_key);
  -- No row is the answer to a wrong password and to an unknown address; an exception would undo the count.
  if not found then
    return;
  end if;
  perform app_hidden.give_back_attempt(sign_in.email, sign_in.network);

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

  insert into app_private.sessions (user_id, organization_id, refresh_hash, address, device)
  values (sign_in.user_id, sign_in.organization_id, sign_in.refresh_hash, left(sign_in.address, 100), left(sign_in.device, 200))
  returning id into sign_in.session_id;
  return next;
end;
$$;
alter function app_hidden.sign_in(text, bytea, bytea, text, text, text, text) owner to rowgate_writer;
revoke all on function app_hidden.sign_in(text, bytea, bytea, text, text, text, text) from public;
grant execute on function app_hidden.sign_in(text, bytea, bytea, text, text, text, text) to rowgate_anonymous;
comment on function app_hidden.sign_in(text, bytea, bytea, text, text, text, text) is
  'Opens a session if the stretched password is right; answers no row otherwise, and after too many attempts one that says whose limit it is (level) and how many seconds to wait. Raises TENANT_FORBIDDEN.';
--! EndIncluded session/sign_in.sql
--! Included session/refresh_session.sql
-- Whoever exchanges a refresh token that was exchanged before has a copy, or somebody else has: nobody can tell which of them is the
-- thief, so the session ends for both. That is an answer and no exception, which would undo it.
create or replace function app_hidden.refresh_session(
  refresh_hash bytea, next_refresh_hash bytea, address text default null, device text default null
)
returns table (user_id uuid, session_id uuid, organization_id uuid, reused boolean)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  -- One conditional update: of two requests with the same refresh token exactly one gets the next.
  update app_private.sessions
  set refresh_hash = refresh_session.next_refresh_hash, refreshed_at = now(),
    address = coalesce(left(refresh_session.address, 100), sessions.address),
    device = coalesce(left(refresh_session.device, 200), sessions.device)
  where sessions.refresh_hash = refresh_session.refresh_hash
    and sessions.ended_at is null
    and sessions.expires_at > now()
  returning sessions.user_id, sessions.id, sessions.organization_id
  into refresh_session.user_id, refresh_session.session_id, refresh_session.organization_id;
  if found then
    insert into app_private.used_refresh_tokens (refresh_hash, session_id)
    values (refresh_session.refresh_hash, refresh_session.session_id);
    refresh_session.reused := false;
    return next;
    return;
  end if;

  update app_private.sessions
  set ended_at = now(), ended_because = 'refresh_token_reused'
  where sessions.id = (
      select used.session_id from app_private.used_refresh_tokens as used where used.refresh_hash = refresh_session.refresh_hash
    )
    and sessions.ended_at is null;
  if found then
    refresh_session.reused := true;
    return next;
  end if;
end;
$$;
alter function app_hidden.refresh_session(bytea, bytea, text, text) owner to rowgate_writer;
revoke all on function app_hidden.refresh_session(bytea, bytea, text, text) from public;
grant execute on function app_hidden.refresh_session(bytea, bytea, text, text) to rowgate_anonymous;
comment on function app_hidden.refresh_session(bytea, bytea, text, text) is
  'Exchanges a refresh token for the next one (rotation). One that was exchanged before ends its session, and the row says '
  'so (reused); an unknown, ended or expired one answers no row.';
--! EndIncluded session/refresh_session.sql
--! Included session/sign_out.sql
create or replace function app_public.sign_out() returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_private.sessions
  set ended_at = now(), ended_because = 'signed_out'
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
--! Included session/my_sessions.sql
create or replace function app_public.my_sessions() returns setof app_public.own_session
language sql stable security definer
set search_path = ''
as $$
  select sessions.id, sessions.device, sessions.address, sessions.created_at, sessions.refreshed_at, sessions.expires_at,
    sessions.id is not distinct from app_hidden.current_session_id()
  from app_private.sessions
  where sessions.user_id = app_hidden.current_user_id() and sessions.ended_at is null and sessions.expires_at > now()
  order by sessions.refreshed_at desc, sessions.id desc;
$$;
alter function app_public.my_sessions() owner to rowgate_reader;
revoke all on function app_public.my_sessions() from public;
grant execute on function app_public.my_sessions() to rowgate_user;
comment on function app_public.my_sessions() is 'Where you are signed in, the newest use first.';
--! EndIncluded session/my_sessions.sql
--! Included session/end_sessions.sql
create or replace function app_hidden.end_sessions(user_id uuid, because text, but uuid default null) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  ended int;
begin
  update app_private.sessions set ended_at = now(), ended_because = end_sessions.because
  where sessions.user_id = end_sessions.user_id and sessions.ended_at is null
    and sessions.id is distinct from end_sessions.but;
  get diagnostics ended = row_count;
  return ended;
end;
$$;
revoke all on function app_hidden.end_sessions(uuid, text, uuid) from public;
grant execute on function app_hidden.end_sessions(uuid, text, uuid) to rowgate_writer;
comment on function app_hidden.end_sessions(uuid, text, uuid) is 'Ends all sessions of somebody, but perhaps one; answers how many.';

create or replace function app_public.end_session(session_id uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_private.sessions set ended_at = now(), ended_because = 'ended'
  where sessions.id = end_session.session_id and sessions.user_id = app_hidden.current_user_id() and sessions.ended_at is null;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
end;
$$;
alter function app_public.end_session(uuid) owner to rowgate_writer;
revoke all on function app_public.end_session(uuid) from public;
grant execute on function app_public.end_session(uuid) to rowgate_user;
comment on function app_public.end_session(uuid) is
  'Ends one of your sessions, wherever it is: its tokens are refused from the next request on. Raises NOT_FOUND.';
--! EndIncluded session/end_sessions.sql
--! Included session/sign_out_everywhere.sql
create or replace function app_public.sign_out_everywhere(keep_current boolean default false) returns int
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if app_hidden.current_user_id() is null then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  return app_hidden.end_sessions(app_hidden.current_user_id(), 'ended',
    case when sign_out_everywhere.keep_current then app_hidden.current_session_id() end);
end;
$$;
alter function app_public.sign_out_everywhere(boolean) owner to rowgate_writer;
revoke all on function app_public.sign_out_everywhere(boolean) from public;
grant execute on function app_public.sign_out_everywhere(boolean) to rowgate_user;
comment on function app_public.sign_out_everywhere(boolean) is
  'Ends all your sessions, and answers how many; keepCurrent: but the one of this request. Raises UNAUTHENTICATED.';
--! EndIncluded session/sign_out_everywhere.sql
--! Included session/confirm_email.sql
-- The server hands in the hash of what was in the mail. One answer to what is unknown, used and late: nobody can tell them apart,
-- because a link's row goes when it is used.
create or replace function app_hidden.confirm_email(token_hash bytea) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  link app_private.account_links;
  confirmed text;
begin
  select tokens.side into confirmed from app_private.account_link_tokens as tokens
  where tokens.token_hash = confirm_email.token_hash;
  select links.* into link
  from app_private.account_link_tokens as tokens join app_private.account_links as links on links.id = tokens.link_id
  where tokens.token_hash = confirm_email.token_hash
  for update of links;
  if not found or link.expires_at <= now() or link.purpose = 'reset_password' then
    perform app_hidden.refuse('LINK_INVALID');
  end if;
  if link.purpose = 'verify_email' then
    update app_public.users set email_verified_at = now() where users.id = link.user_id;
    delete from app_private.account_links as links where links.id = link.id;
    return 'confirmed';
  end if;
  update app_private.account_links as links
  set current_confirmed_at = case confirmed when 'current' then now() else links.current_confirmed_at end,
    new_confirmed_at = case confirmed when 'new' then now() else links.new_confirmed_at end
  where links.id = link.id
  returning * into link;
  if link.current_confirmed_at is null or link.new_confirmed_at is null then
    return 'waiting';
  end if;
  begin
    update app_public.users set email = link.new_email, email_verified_at = now() where users.id = link.user_id;
  exception when unique_violation then
    perform app_hidden.refuse('LINK_INVALID');
  end;
  -- What was sent to the address that was is not good for the one that is.
  delete from app_private.account_links as links where links.user_id = link.user_id;
  return 'confirmed';
end;
$$;
alter function app_hidden.confirm_email(bytea) owner to rowgate_writer;
revoke all on function app_hidden.confirm_email(bytea) from public;
grant execute on function app_hidden.confirm_email(bytea) to rowgate_anonymous, rowgate_user;
comment on function app_hidden.confirm_email(bytea) is
  'Takes what a mail carried that asks to confirm an address: confirmed, or waiting for the other address. Raises LINK_INVALID.';
--! EndIncluded session/confirm_email.sql
--! Included session/request_email_verification.sql
create or replace function app_public.request_email_verification() returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person constant uuid := app_hidden.current_user_id();
  link_id uuid;
begin
  if person is null then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  if exists (select from app_public.users where users.id = person and users.email_verified_at is not null) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'The address is confirmed already.'));
  end if;
  link_id := app_hidden.start_link(person, 'verify_email');
  if link_id is null then
    perform app_hidden.refuse('JUST_SENT', jsonb_build_object('retry_after', 60));
  end if;
  perform app_hidden.send_link(link_id, 'current');
end;
$$;
alter function app_public.request_email_verification() owner to rowgate_writer;
revoke all on function app_public.request_email_verification() from public;
grant execute on function app_public.request_email_verification() to rowgate_user;
comment on function app_public.request_email_verification() is
  'Sends you another e-mail to confirm your address, at most one a minute; links before no longer work. Raises JUST_SENT, ALREADY_EXISTS when it is confirmed.';
--! EndIncluded session/request_email_verification.sql
--! Included session/change_email.sql
-- Both addresses confirm: the new one shows that it is the person's, the old one that it is the person who asks. An address that was
-- never confirmed may be a typing error, so it is not asked. It answers alike whether the new address is free.
create or replace function app_public.change_email(email text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person app_public.users;
  address constant text := lower(trim(change_email.email));
  link_id uuid;
begin
  select * into person from app_public.users where users.id = app_hidden.current_user_id();
  if not found then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  if not coalesce(app_hidden.is_email(address), false) then
    perform app_hidden.refuse_value('users_email_form');
  end if;
  if address = person.email then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'email: is your address already.'));
  end if;
  link_id := app_hidden.start_link(person.id, 'change_email', address);
  if link_id is null then
    perform app_hidden.refuse('JUST_SENT', jsonb_build_object('retry_after', 60));
  end if;
  if person.email_verified_at is null then
    update app_private.account_links as links set current_confirmed_at = now() where links.id = link_id;
  else
    perform app_hidden.send_link(link_id, 'current');
  end if;
  if not app_hidden.tell_registered(address) then
    perform app_hidden.send_link(link_id, 'new');
  end if;
end;
$$;
alter function app_public.change_email(text) owner to rowgate_writer;
revoke all on function app_public.change_email(text) from public;
grant execute on function app_public.change_email(text) to rowgate_user;
comment on function app_public.change_email(text) is
  'Asks for another e-mail address: a link goes to the new one and to the one that you have, and both must be followed within a day. It answers alike for an address that has an account. Raises ALREADY_EXISTS, JUST_SENT, INVALID_INPUT.';
--! EndIncluded session/change_email.sql
--! Included session/forgot_password.sql
-- Answers alike for an address that nobody has.
create or replace function app_hidden.forgot_password(email text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person_id uuid;
begin
  select users.id into person_id from app_public.users
  where users.email = lower(trim(forgot_password.email)) and users.deleted_at is null;
  if found then
    perform app_hidden.send_link(app_hidden.start_link(person_id, 'reset_password'), 'current');
  end if;
end;
$$;
alter function app_hidden.forgot_password(text) owner to rowgate_writer;
revoke all on function app_hidden.forgot_password(text) from public;
grant execute on function app_hidden.forgot_password(text) to rowgate_anonymous, rowgate_user;
comment on function app_hidden.forgot_password(text) is
  'Sends the owner of an address a link to set a new password, good for an hour, at most one a minute.';
--! EndIncluded session/forgot_password.sql
--! Included session/reset_password.sql
-- Whoever has the mailbox gets the account back: every session ends, and what somebody did with an address that was never confirmed
-- (a linked identity, a change of address under way) ends as well.
create or replace function app_hidden.reset_password(token_hash bytea, password_salt bytea, password_key bytea) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  link app_private.account_links;
begin
  select links.* into link
  from app_private.account_link_tokens as tokens join app_private.account_links as links on links.id = tokens.link_id
  where tokens.token_hash = reset_password.token_hash
  for update of links;
  if not found or link.expires_at <= now() or link.purpose <> 'reset_password' then
    perform app_hidden.refuse('LINK_INVALID');
  end if;
  delete from app_private.account_links as links where links.user_id = link.user_id;
  insert into app_private.user_passwords (user_id, salt, verifier)
  values (link.user_id, reset_password.password_salt, sha256(reset_password.password_key))
  on conflict (user_id) do update set salt = excluded.salt, verifier = excluded.verifier;
  perform app_hidden.end_sessions(link.user_id, 'password_changed');
  delete from app_private.user_identities as identities
  using app_public.users
  where identities.user_id = link.user_id and users.id = link.user_id and users.email_verified_at is null;
  update app_public.users set email_verified_at = now() where users.id = link.user_id and users.email_verified_at is null;
  -- Whoever was locked out by somebody else's guesses can sign in again.
  perform app_hidden.give_back_attempt(users.email, null) from app_public.users where users.id = link.user_id;
end;
$$;
alter function app_hidden.reset_password(bytea, bytea, bytea) owner to rowgate_writer;
revoke all on function app_hidden.reset_password(bytea, bytea, bytea) from public;
grant execute on function app_hidden.reset_password(bytea, bytea, bytea) to rowgate_anonymous, rowgate_user;
comment on function app_hidden.reset_password(bytea, bytea, bytea) is
  'Sets a new password with what a mail carried, once, and ends all sessions. Raises LINK_INVALID.';
--! EndIncluded session/reset_password.sql
--! Included session/change_password.sql
create or replace function app_hidden.own_password_salt() returns bytea
language sql stable security definer
set search_path = ''
as $$
  select passwords.salt from app_private.user_passwords as passwords where passwords.user_id = app_hidden.current_user_id();
$$;
alter function app_hidden.own_password_salt() owner to rowgate_reader;
revoke all on function app_hidden.own_password_salt() from public;
grant execute on function app_hidden.own_password_salt() to rowgate_user;
comment on function app_hidden.own_password_salt() is 'The salt to stretch the caller''s present password with; null when they have none.';

-- A wrong present password counts as an attempt to sign in, so it is an answer and no exception.
create or replace function app_hidden.change_password(
  current_key bytea, password_salt bytea, password_key bytea, network text default null
) returns table (changed boolean, level text, retry_after int)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person app_public.users;
begin
  select * into person from app_public.users where users.id = app_hidden.current_user_id();
  if not found then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  change_password.changed := false;
  select refused.level, refused.retry_after into change_password.level, change_password.retry_after
  from app_hidden.take_attempt(person.email, change_password.network) as refused;
  if found then
    return next;
    return;
  end if;
  update app_private.user_passwords as passwords
  set salt = change_password.password_salt, verifier = sha256(change_password.password_key)
  where passwords.user_id = person.id and passwords.verifier = sha256(change_password.current_key);
  if found then
    change_password.changed := true;
    perform app_hidden.give_back_attempt(person.email, change_password.network);
    perform app_hidden.end_sessions(person.id, 'password_changed', app_hidden.current_session_id());
    delete from app_private.account_links as links where links.user_id = person.id and links.purpose = 'reset_password';
  end if;
  return next;
end;
$$;
alter function app_hidden.change_password(bytea, bytea, bytea, text) owner to rowgate_writer;
revoke all on function app_hidden.change_password(bytea, bytea, bytea, text) from public;
grant execute on function app_hidden.change_password(bytea, bytea, bytea, text) to rowgate_user;
comment on function app_hidden.change_password(bytea, bytea, bytea, text) is
  'Sets a new password if the present one is right, and ends all other sessions; after too many attempts the row says whose limit it is and how many seconds to wait. Raises UNAUTHENTICATED.';
--! EndIncluded session/change_password.sql
--! Included session/update_profile.sql
create or replace function app_public.update_profile(
  name text default null, avatar_url text default null, locale text default null, time_zone text default null
) returns app_public.users
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person app_public.users;
begin
  if nullif(update_profile.time_zone, '') is not null and not app_hidden.is_time_zone(update_profile.time_zone) then
    perform app_hidden.refuse_value('users_time_zone_form');
  end if;
  update app_public.users
  set
    name = coalesce(trim(update_profile.name), users.name),
    -- An empty text clears, null keeps.
    avatar_url = nullif(coalesce(update_profile.avatar_url, users.avatar_url), ''),
    locale = nullif(coalesce(update_profile.locale, users.locale), ''),
    time_zone = nullif(coalesce(update_profile.time_zone, users.time_zone), '')
  where users.id = app_hidden.current_user_id()
  returning * into person;
  if not found then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  return person;
end;
$$;
alter function app_public.update_profile(text, text, text, text) owner to rowgate_writer;
revoke all on function app_public.update_profile(text, text, text, text) from public;
grant execute on function app_public.update_profile(text, text, text, text) to rowgate_user;
comment on function app_public.update_profile(text, text, text, text) is
  'Changes your profile. What is left out stays; an empty avatarUrl, locale or timeZone clears it. Raises UNAUTHENTICATED, INVALID_INPUT.';
--! EndIncluded session/update_profile.sql
--! Included session/link_identity.sql
-- The server calls it with what it read in a token of that issuer whose signature it checked: whoever links has shown both, the
-- account here by its session and the one there by that token.
create or replace function app_hidden.link_identity(issuer text, subject text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if app_hidden.current_session_id() is null then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  insert into app_private.user_identities (issuer, subject, user_id)
  values (link_identity.issuer, link_identity.subject, app_hidden.current_user_id())
  on conflict on constraint user_identities_pkey do nothing;
  if not exists (
    select from app_private.user_identities as identities
    where identities.issuer = link_identity.issuer
      and identities.subject = link_identity.subject
      and identities.user_id = app_hidden.current_user_id()
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS');
  end if;
end;
$$;
alter function app_hidden.link_identity(text, text) owner to rowgate_writer;
revoke all on function app_hidden.link_identity(text, text) from public;
grant execute on function app_hidden.link_identity(text, text) to rowgate_user;
comment on function app_hidden.link_identity(text, text) is
  'From now on tokens of this issuer for this subject act as the signed-in person. Needs a session of our own. Raises UNAUTHENTICATED, ALREADY_EXISTS.';
--! EndIncluded session/link_identity.sql
--! Included session/introspect.sql
-- What a token or key is good for, for a service of the same organization that received one (RFC 7662). Of another organization's it
-- says no more than of none.
create or replace function app_hidden.introspect(
  user_id uuid,
  session_id uuid,
  key_hash bytea,
  key_id uuid,
  issuer text,
  subject text,
  address inet default null
) returns table (person_id uuid, api_key_id uuid, organization_id uuid, scopes text[], expires_at timestamptz)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
begin
  if introspect.key_hash is not null or introspect.key_id is not null then
    return query
      select null::uuid, judged.id, judged.organization_id, app_hidden.key_holds(tenant, judged.id), judged.expires_at
      from app_hidden.judged_key(introspect.key_hash, introspect.session_id, introspect.key_id, introspect.address) as judged
      where judged.organization_id = tenant
        -- Who does not say where it was shown is not told that it may not be used from there.
        and (judged.refusal is null or judged.refusal = 'ADDRESS_FORBIDDEN' and introspect.address is null);
    return;
  end if;
  return query
    select members.user_id, null::uuid, members.organization_id, null::text[], null::timestamptz
    from app_public.members
    where members.organization_id = tenant
      and members.user_id in (
        select sessions.user_id
        from app_private.sessions
        where sessions.id = introspect.session_id and sessions.user_id = introspect.user_id
          and sessions.ended_at is null and sessions.expires_at > now()
          and (sessions.organization_id is null or sessions.organization_id = tenant)
        union all
        select identities.user_id
        from app_private.user_identities as identities
        where identities.issuer = introspect.issuer and identities.subject = introspect.subject
      );
end;
$$;
alter function app_hidden.introspect(uuid, uuid, bytea, uuid, text, text, inet) owner to rowgate_reader;
revoke all on function app_hidden.introspect(uuid, uuid, bytea, uuid, text, text, inet) from public;
grant execute on function app_hidden.introspect(uuid, uuid, bytea, uuid, text, text, inet) to rowgate_user, rowgate_key;
comment on function app_hidden.introspect(uuid, uuid, bytea, uuid, text, text, inet) is
  'Who a credential acts as in the chosen organization, if it is alive; no row otherwise. address: where it was shown, which a key may be bound to. Raises what require_organization raises.';
--! EndIncluded session/introspect.sql
--! Included api_keys/verify_keys.sql
-- What there is to know of a key for whoever was shown it: what it may do, where, until when.
create or replace function app_hidden.key_card(organization_id uuid, key_id uuid, secret_id uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'key_id', keys.id,
    'name', keys.name,
    'mode', keys.mode,
    'organization_id', keys.organization_id,
    'organization', organizations.slug,
    'team_id', keys.team_id,
    'scopes', app_hidden.key_holds(keys.organization_id, keys.id),
    'allowed_models', keys.allowed_models,
    'expires_at', least(keys.expires_at, secrets.expires_at)
  )
  from app_public.org_api_keys as keys
    join app_public.organizations on organizations.id = keys.organization_id
    join app_private.org_api_key_secrets as secrets on secrets.id = key_card.secret_id and secrets.key_id = keys.id
  where keys.organization_id = key_card.organization_id and keys.id = key_card.key_id;
$$;
revoke all on function app_hidden.key_card(uuid, uuid, uuid) from public;
grant execute on function app_hidden.key_card(uuid, uuid, uuid) to rowgate_reader;
comment on function app_hidden.key_card(uuid, uuid, uuid) is 'What a key may do now, where and until when, as JSON.';

-- Nobody's request: who has a key may know what it is, and each is judged by itself. Many at once, because asking PostgreSQL costs more
-- than the answer.
create or replace function app_hidden.verify_keys(key_hashes bytea[], secret_ids uuid[], key_ids uuid[], addresses inet[])
returns table (place int, organization_id uuid, slug text, key_id uuid, card json)
language sql stable security definer
set search_path = ''
as $$
  select asked.place::int, judged.organization_id, judged.slug, judged.id,
    app_hidden.key_card(judged.organization_id, judged.id, judged.secret)
  from unnest(verify_keys.key_hashes, verify_keys.secret_ids, verify_keys.key_ids, verify_keys.addresses)
      with ordinality as asked (key_hash, secret_id, key_id, address, place)
    cross join lateral app_hidden.judged_key(asked.key_hash, asked.secret_id, asked.key_id, asked.address) as judged
  where judged.refusal is null and judged.state = 'active';
$$;
alter function app_hidden.verify_keys(bytea[], uuid[], uuid[], inet[]) owner to rowgate_reader;
revoke all on function app_hidden.verify_keys(bytea[], uuid[], uuid[], inet[]) from public;
grant execute on function app_hidden.verify_keys(bytea[], uuid[], uuid[], inet[]) to rowgate_anonymous;
comment on function app_hidden.verify_keys(bytea[], uuid[], uuid[], inet[]) is
  'The cards of those keys that may be used now, by their place in the arrays, from 1 on; no row for the others: why, a request of the key itself is told.';

create or replace function app_hidden.own_key_card() returns json
language plpgsql stable security definer
set search_path = ''
as $$
declare
  key constant uuid := app_hidden.current_key_id();
begin
  if key is null then
    perform app_hidden.refuse('API_KEY_INVALID');
  end if;
  return app_hidden.key_card(app_hidden.require_organization(), key, app_hidden.current_session_id());
end;
$$;
alter function app_hidden.own_key_card() owner to rowgate_reader;
revoke all on function app_hidden.own_key_card() from public;
grant execute on function app_hidden.own_key_card() to rowgate_user, rowgate_key;
comment on function app_hidden.own_key_card() is
  'The card of the key that asks. Raises API_KEY_INVALID for who is no key, and what require_organization raises.';
--! EndIncluded api_keys/verify_keys.sql
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

--! Included permissions/my_permissions.sql
create or replace function app_public.my_permissions(organization_id uuid default null) returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  organization constant uuid := app_hidden.require_own_organization(my_permissions.organization_id);
begin
  return array(
    select permissions.name
    from app_public.permissions
    where organization = any (app_hidden.organizations_permitting(permissions.name))
    order by permissions.name
  );
end;
$$;
revoke all on function app_public.my_permissions(uuid) from public;
grant execute on function app_public.my_permissions(uuid) to rowgate_user, rowgate_key;
comment on function app_public.my_permissions(uuid) is
  'What the caller may do in an organization of theirs, or in the chosen one, as permissions: what a client shows and hides by. Rights of a role in a team are not among them: myTeamsPermitting tells those. Raises TENANT_FORBIDDEN and what choosing an organization raises: TENANT_REQUIRED, NO_ORGANIZATION, ORGANIZATION_SUSPENDED.';
--! EndIncluded permissions/my_permissions.sql
--! Included permissions/my_teams_permitting.sql
-- What verbs ask themselves, told: a client shows and hides by it.
create or replace function app_public.my_teams_permitting(permission text) returns uuid[]
language plpgsql stable
set search_path = ''
as $$
begin
  perform app_hidden.require_organization();
  if not exists (
    select from app_public.permissions where permissions.name = my_teams_permitting.permission and permissions.team_scoped
  ) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'permission: a name of the list "permissions" that is teamScoped.'));
  end if;
  return app_hidden.teams_permitting(my_teams_permitting.permission);
end;
$$;
revoke all on function app_public.my_teams_permitting(text) from public;
grant execute on function app_public.my_teams_permitting(text) to rowgate_user;
comment on function app_public.my_teams_permitting(text) is
  'The teams of the chosen organization in which your roles in teams hold a permission (one with teamScoped), with all teams below them: what myPermissions says for the whole organization. Raises INVALID_INPUT and what choosing an organization raises: TENANT_REQUIRED, NO_ORGANIZATION, ORGANIZATION_SUSPENDED.';
--! EndIncluded permissions/my_teams_permitting.sql
--! Included permissions/explain_access.sql
-- The decision that policies and verbs make, with its reason. It reads the same two views as they do.
create or replace function app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid)
returns app_public.access_explanation
language plpgsql stable
set search_path = ''
as $$
declare
  known app_public.permissions;
  team app_public.teams;
  status text;
  held record;
  wide record;
  root record;
  answer app_public.access_explanation;
begin
  select * into known from app_public.permissions where permissions.name = explain_permission.permission;
  if not found then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'permission: a name of the list "permissions".'));
  end if;
  if explain_permission.team_id is not null then
    select * into team from app_public.teams
    where teams.organization_id = explain_permission.organization_id and teams.id = explain_permission.team_id
      and teams.deleted_at is null;
    if not found then
      perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'team_id: a team of the organization.'));
    end if;
  end if;
  answer.allowed := false;
  answer.permission := known.name;

  select app_hidden.organization_state(organizations.status, organizations.trial_ends_at) into status
  from app_public.organizations
  where organizations.id = explain_permission.organization_id;
  if not exists (
    select from app_public.members
    where members.organization_id = explain_permission.organization_id and members.user_id = explain_permission.user_id
  ) then
    answer.through := 'membership';
    answer.reason := 'The person is not in the organization.';
    return answer;
  end if;
  -- One that is suspended, or whose trial is over, still shows itself, and nothing else.
  if status = 'deleted' or status <> 'active' and known.name <> 'organization:read' then
    answer.through := 'status';
    answer.name := status;
    answer.reason := format('The organization is %s.', replace(status, '_', ' '));
    return answer;
  end if;
  if exists (
    select from app_public.member_permissions as denial
    where denial.organization_id = explain_permission.organization_id and denial.user_id = explain_permission.user_id
      and denial.permission = known.name and denial.effect = 'deny'
  ) then
    answer.through := 'denial';
    answer.reason := format('%s is denied to this member, whatever the role says.', known.name);
    return answer;
  end if;

  select * into held from app_hidden.held_permissions as source
  where source.organization_id = explain_permission.organization_id and source.user_id = explain_permission.user_id
    and source.permission = known.name
  order by source.through desc limit 1;
  select * into wide from app_hidden.held_permissions as source
  where source.organization_id = explain_permission.organization_id and source.user_id = explain_permission.user_id
    and source.permission = known.wider
  order by source.through desc limit 1;
  -- The nearest team of theirs, at or above the one that is asked about.
  select own.team_id, own.role into root
  from app_public.team_members as own
  where own.organization_id = explain_permission.organization_id and own.user_id = explain_permission.user_id
    and own.team_id = any (team.path)
    and (known.wider is not null or exists (
      select from app_hidden.held_team_permissions as rights
      where rights.organization_id = own.organization_id and rights.user_id = own.user_id
        and rights.team_id = own.team_id and rights.permission = known.name
    ))
  order by array_position(team.path, own.team_id) desc limit 1;

  if held.permission is not null and (known.wider is null or wide.permission is not null) then
    answer.reach := 'organization';
    answer.through := coalesce(wide.through, held.through);
    answer.name := coalesce(wide.name, held.name);
  elsif root.team_id is not null and (held.permission is not null or known.wider is null) then
    answer.reach := 'team';
    answer.through := 'team_role';
    answer.name := root.role;
    answer.team_id := root.team_id;
  elsif held.permission is not null and team.id is null then
    answer.reach := 'own';
    answer.through := held.through;
    answer.name := held.name;
  else
    answer.through := 'none';
    answer.reason := case
      when held.permission is not null then format('%s reaches own rows and own teams; the team is not one of theirs, and %s is not held.',
        known.name, known.wider)
      else format('No role, grant or team role of this member contains %s.', known.name) end;
    return answer;
  end if;
  answer.allowed := true;
  answer.reason := format('%s through %s: %s', coalesce(case when answer.reach = 'organization' then known.wider end, known.name),
    case answer.through
      when 'role' then format('the role %s', answer.name)
      when 'custom_role' then format('the organization''s role "%s"', answer.name)
      when 'grant' then 'an extra grant'
      else format('being %s of a team', answer.name) end,
    case answer.reach
      when 'organization' then 'in the whole organization.'
      when 'team' then 'in that team and all teams below it.'
      else 'for own rows, and those of own teams.' end);
  return answer;
end;
$$;
revoke all on function app_hidden.explain_permission(uuid, uuid, text, uuid) from public;
grant execute on function app_hidden.explain_permission(uuid, uuid, text, uuid) to rowgate_reader;
comment on function app_hidden.explain_permission(uuid, uuid, text, uuid) is
  'Whether a person holds a permission in an organization, or in one of its teams, and why. Raises INVALID_INPUT, NOT_FOUND.';

-- SECURITY DEFINER, because it reads denials and grants that its caller may not list, and only for who may ask.
create or replace function app_public.explain_access(
  permission text,
  organization_id uuid default null,
  team_id uuid default null,
  user_id uuid default null
) returns app_public.access_explanation
language plpgsql stable security definer
set search_path = ''
as $$
declare
  person constant uuid := coalesce(explain_access.user_id, app_hidden.current_user_id());
  chosen constant uuid := app_hidden.current_organization_id();
  organization constant uuid := coalesce(explain_access.organization_id, chosen, app_hidden.require_organization());
begin
  -- Not require_own_organization: that the organization is suspended is an answer here.
  if organization <> chosen or not exists (
    select from app_public.members
      join app_public.organizations on organizations.id = members.organization_id and organizations.status <> 'deleted'
    where members.organization_id = organization and members.user_id = app_hidden.current_user_id()
  ) then
    perform app_hidden.refuse('TENANT_FORBIDDEN');
  end if;
  if person <> app_hidden.current_user_id() then
    if not organization = any (app_hidden.organizations_permitting('member:update')) then
      perform app_hidden.refuse('FORBIDDEN', jsonb_build_object('permission', 'member:update', 'organization_id', organization));
    end if;
    if not exists (
      select from app_public.members where members.organization_id = organization and members.user_id = person
    ) then
      perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
    end if;
  end if;
  return app_hidden.explain_permission(organization, person, explain_access.permission, explain_access.team_id);
end;
$$;
alter function app_public.explain_access(text, uuid, uuid, uuid) owner to rowgate_reader;
revoke all on function app_public.explain_access(text, uuid, uuid, uuid) from public;
grant execute on function app_public.explain_access(text, uuid, uuid, uuid) to rowgate_user;
comment on function app_public.explain_access(text, uuid, uuid, uuid) is
  'Whether you, or another member (needs member:update), hold a permission in an organization of yours, or in the chosen one, or in one of its teams, and through what. Raises TENANT_FORBIDDEN, FORBIDDEN, NOT_FOUND, INVALID_INPUT and what choosing an organization raises.';
comment on type app_public.access_explanation is 'Whether somebody may, and why.';
comment on column app_public.access_explanation.allowed is 'Whether they may.';
comment on column app_public.access_explanation.permission is 'The permission that was asked about.';
comment on column app_public.access_explanation.reach is
  'organization: everywhere in it. team: in the team and all teams below it. own: own rows, and those of own teams. Null when not allowed.';
comment on column app_public.access_explanation.through is
  'What decides: role, custom_role, grant or team_role; when not allowed: denial, status, membership or none.';
comment on column app_public.access_explanation.name is 'Its name: of the role, the team role, or the organization''s status.';
comment on column app_public.access_explanation.team_id is 'The team in which the team role is held; at or above the one that was asked about.';
comment on column app_public.access_explanation.reason is 'The same in words.';
--! EndIncluded permissions/explain_access.sql
--! Included permissions/create_custom_role.sql
-- SECURITY DEFINER, because no visitor writes roles.
create or replace function app_hidden.set_role_permissions(organization_id uuid, role_id uuid, permissions text[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  unknown text;
begin
  select min(wanted.permission) into unknown
  from unnest(set_role_permissions.permissions) as wanted (permission)
  where not exists (
    select from app_public.permissions as known where known.name = wanted.permission and known.assignable
  );
  if unknown is not null or array_position(set_role_permissions.permissions, null) is not null then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object(
      'rule', 'permissions: names of the list "permissions" that are assignable.', 'value', unknown));
  end if;
  -- Before it is written: the caller may have this role.
  perform app_hidden.require_held(set_role_permissions.organization_id, set_role_permissions.permissions);
  delete from app_public.custom_role_permissions as contents
  where contents.organization_id = set_role_permissions.organization_id and contents.role_id = set_role_permissions.role_id
    and not contents.permission = any (set_role_permissions.permissions);
  insert into app_public.custom_role_permissions (organization_id, role_id, permission)
  select set_role_permissions.organization_id, set_role_permissions.role_id, wanted.permission
  from unnest(set_role_permissions.permissions) as wanted (permission)
  on conflict do nothing;
end;
$$;
revoke all on function app_hidden.set_role_permissions(uuid, uuid, text[]) from public;
grant execute on function app_hidden.set_role_permissions(uuid, uuid, text[]) to rowgate_writer;
comment on function app_hidden.set_role_permissions(uuid, uuid, text[]) is
  'Makes a role of the organization''s own hold exactly these, which the caller must hold. Raises INVALID_INPUT, RIGHTS_EXCEEDED.';

create or replace function app_public.create_custom_role(name text, permissions text[], description text default null)
returns app_public.custom_roles
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('role:manage');
  created app_public.custom_roles;
begin
  insert into app_public.custom_roles (organization_id, name, description)
  values (tenant, trim(create_custom_role.name), create_custom_role.description)
  returning * into created;
  perform app_hidden.set_role_permissions(tenant, created.id, coalesce(create_custom_role.permissions, '{null}'));
  return created;
end;
$$;
alter function app_public.create_custom_role(text, text[], text) owner to rowgate_writer;
revoke all on function app_public.create_custom_role(text, text[], text) from public;
grant execute on function app_public.create_custom_role(text, text[], text) to rowgate_user;
comment on function app_public.create_custom_role(text, text[], text) is
  'Creates a role of the organization''s own, for example "Auditor" with usage:read_all. You must hold all that it holds. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded permissions/create_custom_role.sql
--! Included permissions/update_custom_role.sql
create or replace function app_public.update_custom_role(
  role_id uuid,
  name text default null,
  permissions text[] default null,
  description text default null
) returns app_public.custom_roles
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('role:manage');
  changed app_public.custom_roles;
begin
  if not exists (
    select from app_public.custom_roles
    where custom_roles.organization_id = tenant and custom_roles.id = update_custom_role.role_id
  ) then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  -- As it was: somebody who has the role may stand above the caller.
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, 'custom', update_custom_role.role_id));
  update app_public.custom_roles
  set
    name = coalesce(trim(update_custom_role.name), custom_roles.name),
    -- An empty text clears, null keeps.
    description = nullif(coalesce(update_custom_role.description, custom_roles.description), '')
  where custom_roles.organization_id = tenant and custom_roles.id = update_custom_role.role_id
  returning * into changed;
  if update_custom_role.permissions is not null then
    perform app_hidden.set_role_permissions(tenant, changed.id, update_custom_role.permissions);
  end if;
  return changed;
end;
$$;
alter function app_public.update_custom_role(uuid, text, text[], text) owner to rowgate_writer;
revoke all on function app_public.update_custom_role(uuid, text, text[], text) from public;
grant execute on function app_public.update_custom_role(uuid, text, text[], text) to rowgate_user;
comment on function app_public.update_custom_role(uuid, text, text[], text) is
  'Changes a role of the organization''s own; what is left out stays, permissions are the whole new list. It counts for everybody who has the role from their next request on. You must hold all that it holds, before and after. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded permissions/update_custom_role.sql
--! Included permissions/delete_custom_role.sql
create or replace function app_public.delete_custom_role(role_id uuid, replace_with text default null)
returns app_public.custom_roles
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('role:manage');
  holders int;
  deleted app_public.custom_roles;
begin
  if not exists (
    select from app_public.custom_roles
    where custom_roles.organization_id = tenant and custom_roles.id = delete_custom_role.role_id
  ) then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, 'custom', delete_custom_role.role_id));
  if delete_custom_role.replace_with is not null then
    perform app_hidden.require_permission('member:update');
    perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, delete_custom_role.replace_with, null));
    perform app_hidden.require_held(tenant, app_hidden.member_holds(tenant, members.user_id))
    from app_public.members
    where members.organization_id = tenant and members.custom_role_id = delete_custom_role.role_id;
    update app_public.members set role = delete_custom_role.replace_with, custom_role_id = null
    where members.organization_id = tenant and members.custom_role_id = delete_custom_role.role_id;
  end if;
  select count(*) into holders from app_public.members
  where members.organization_id = tenant and members.custom_role_id = delete_custom_role.role_id;
  if holders > 0 then
    perform app_hidden.refuse('ROLE_IN_USE', jsonb_build_object('members', holders));
  end if;
  delete from app_public.custom_roles
  where custom_roles.organization_id = tenant and custom_roles.id = delete_custom_role.role_id
  returning * into deleted;
  return deleted;
end;
$$;
alter function app_public.delete_custom_role(uuid, text) owner to rowgate_writer;
revoke all on function app_public.delete_custom_role(uuid, text) from public;
grant execute on function app_public.delete_custom_role(uuid, text) to rowgate_user;
comment on function app_public.delete_custom_role(uuid, text) is
  'Deletes a role of the organization''s own. Whoever has it gets the built-in role replaceWith (needs member:update); without it a role in use is refused. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ROLE_IN_USE, INVALID_INPUT.';
--! EndIncluded permissions/delete_custom_role.sql
--! Included permissions/set_member_permission.sql
create or replace function app_public.set_member_permission(user_id uuid, permission text, effect text) returns app_public.members
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:update');
  member app_public.members;
begin
  if set_member_permission.effect is null or set_member_permission.effect not in ('grant', 'deny', 'none') then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'effect: grant, deny or none.'));
  end if;
  if not exists (
    select from app_public.permissions where permissions.name = set_member_permission.permission and permissions.assignable
  ) then
    perform app_hidden.refuse('INVALID_INPUT',
      jsonb_build_object('rule', 'permission: a name of the list "permissions" that is assignable.'));
  end if;
  select * into member from app_public.members
  where members.organization_id = tenant and members.user_id = set_member_permission.user_id;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  perform app_hidden.require_held(tenant,
    app_hidden.member_holds(tenant, member.user_id) || set_member_permission.permission);
  if member.role = 'owner' then
    perform app_hidden.refuse('INVALID_INPUT',
      jsonb_build_object('rule', 'user_id: not an owner, who holds everything; change the role first.'));
  end if;
  if set_member_permission.effect = 'none' then
    delete from app_public.member_permissions as extra
    where extra.organization_id = tenant and extra.user_id = member.user_id
      and extra.permission = set_member_permission.permission;
  else
    insert into app_public.member_permissions (organization_id, user_id, permission, effect, set_by)
    values (tenant, member.user_id, set_member_permission.permission, set_member_permission.effect,
      app_hidden.current_user_id())
    on conflict on constraint member_permissions_pkey
      do update set effect = excluded.effect, set_by = excluded.set_by, created_at = now();
  end if;
  return member;
end;
$$;
alter function app_public.set_member_permission(uuid, text, text) owner to rowgate_writer;
revoke all on function app_public.set_member_permission(uuid, text, text) from public;
grant execute on function app_public.set_member_permission(uuid, text, text) to rowgate_user;
comment on function app_public.set_member_permission(uuid, text, text) is
  'Gives one member a permission beside the role (grant), takes one away in spite of it (deny, which always wins), or neither (none). It counts from their next request on. You must hold the permission and all that the member holds. Needs member:update. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded permissions/set_member_permission.sql
--! Included permissions/set_team_role_permission.sql
create or replace function app_public.set_team_role_permission(role text, permission text, effect text)
returns setof app_public.team_role_exceptions
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('role:manage');
begin
  if set_team_role_permission.effect is null or set_team_role_permission.effect not in ('grant', 'deny', 'none') then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'effect: grant, deny or none.'));
  end if;
  if not exists (
    select from app_public.permissions where permissions.name = set_team_role_permission.permission and permissions.team_scoped
  ) then
    perform app_hidden.refuse('INVALID_INPUT',
      jsonb_build_object('rule', 'permission: a name of the list "permissions" that is teamScoped.'));
  end if;
  if set_team_role_permission.role is null or set_team_role_permission.role not in ('lead', 'member') then
    perform app_hidden.refuse_value('team_role_exceptions_role_known');
  end if;
  perform app_hidden.require_held(tenant, array[set_team_role_permission.permission]);
  if set_team_role_permission.effect = 'none' then
    delete from app_public.team_role_exceptions as exception
    where exception.organization_id = tenant and exception.role = set_team_role_permission.role
      and exception.permission = set_team_role_permission.permission;
  else
    insert into app_public.team_role_exceptions (organization_id, role, permission, effect)
    values (tenant, set_team_role_permission.role, set_team_role_permission.permission, set_team_role_permission.effect)
    on conflict on constraint team_role_exceptions_pkey do update set effect = excluded.effect;
  end if;
  return query select * from app_public.team_role_exceptions as exception where exception.organization_id = tenant;
end;
$$;
alter function app_public.set_team_role_permission(text, text, text) owner to rowgate_writer;
revoke all on function app_public.set_team_role_permission(text, text, text) from public;
grant execute on function app_public.set_team_role_permission(text, text, text) to rowgate_user;
comment on function app_public.set_team_role_permission(text, text, text) is
  E'@simpleCollections only\nChanges what lead or member means in the teams of the chosen organization: grant, deny, or none (as the model says); answers all such changes. It counts from the next request on. You must hold the permission. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, INVALID_INPUT.';
--! EndIncluded permissions/set_team_role_permission.sql

--! Included tenancy/admit_member.sql
-- The one place that makes a membership. Whoever changes people of the organization waits at its row, so what is counted or
-- compared behind this lock still holds when the row is there.
create or replace function app_hidden.admit_member(
  organization_id uuid, user_id uuid, role text, custom_role_id uuid, invited_by uuid
) returns app_public.members
language plpgsql volatile
set search_path = ''
as $$
declare
  member app_public.members;
begin
  perform from app_public.organizations where organizations.id = admit_member.organization_id for no key update;
  insert into app_public.members (organization_id, user_id, role, custom_role_id, invited_by)
  select admit_member.organization_id, users.id, admit_member.role, admit_member.custom_role_id, admit_member.invited_by
  from app_public.users
  where users.id = admit_member.user_id and users.deleted_at is null
  -- The row of a deleted account stays, so the reference can't tell it. This waits for whoever deletes it, and looks again.
  for key share
  on conflict on constraint members_user_once do nothing
  returning * into member;
  return member;
end;
$$;
revoke all on function app_hidden.admit_member(uuid, uuid, text, uuid, uuid) from public;
grant execute on function app_hidden.admit_member(uuid, uuid, text, uuid, uuid) to rowgate_writer;
comment on function app_hidden.admit_member(uuid, uuid, text, uuid, uuid) is
  'Makes somebody a member; null when they are one already, or their account is deleted. The caller has asked who may.';
--! EndIncluded tenancy/admit_member.sql
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
  perform app_hidden.admit_member(organization.id, app_hidden.current_user_id(), 'owner', null, null);
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
  settings jsonb default null,
  locale text default null
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
    settings = coalesce(update_organization.settings, organizations.settings),
    locale = coalesce(update_organization.locale, organizations.locale)
  where organizations.id = tenant
  returning * into organization;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return organization;
end;
$$;
revoke all on function app_public.update_organization(text, text, text, text, jsonb, text) from public;
grant execute on function app_public.update_organization(text, text, text, text, jsonb, text) to rowgate_user;
comment on function app_public.update_organization(text, text, text, text, jsonb, text) is
  'Changes the chosen organization. What is left out stays; an empty description or logoUrl clears it. Needs organization:update. Raises FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/update_organization.sql
--! Included tenancy/delete_organization.sql
-- SECURITY DEFINER, because no visitor may write the status column.
create or replace function app_public.delete_organization() returns app_public.organizations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  organization app_public.organizations;
begin
  -- Also when its trial is over: who tried it and does not want it can end it, and with it the account.
  if not (app_hidden.permits('organization:delete') and exists (
    select from app_public.organizations as own
    where own.id = tenant and app_hidden.organization_state(own.status, own.trial_ends_at) in ('active', 'trial_expired')
  )) then
    perform app_hidden.require_permission('organization:delete');
  end if;
  update app_public.organizations set status = 'deleted', purge_at = now() + interval '30 days'
  where organizations.id = tenant
  returning * into organization;
  perform app_hidden.enqueue_purge(tenant, organization.purge_at);
  return organization;
end;
$$;
alter function app_public.delete_organization() owner to rowgate_writer;
revoke all on function app_public.delete_organization() from public;
grant execute on function app_public.delete_organization() to rowgate_user;
comment on function app_public.delete_organization() is
  'Deletes the chosen organization: from the next request on nobody sees it and its keys are refused. An owner can restore it for 30 days ("restoreOrganization"); then everything of it is purged. Needs organization:delete; allowed after the end of a trial, and not while it is suspended. Raises FORBIDDEN, ORGANIZATION_SUSPENDED.';
--! EndIncluded tenancy/delete_organization.sql
--! Included tenancy/restore_organization.sql
-- A deleted organization can't be chosen as tenant, so it is named; who may restore it is read from the rows of its people.
create or replace function app_public.restore_organization(organization_id uuid) returns app_public.organizations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  organization app_public.organizations;
  held text[];
begin
  select * into organization from app_public.organizations
  where organizations.id = restore_organization.organization_id
  for no key update;
  if not found or not exists (
    select from app_public.members
    where members.organization_id = organization.id and members.user_id = app_hidden.current_user_id()
  ) then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  held := app_hidden.member_holds(organization.id, app_hidden.current_user_id());
  if not 'organization:delete' = any (held) then
    perform app_hidden.refuse('FORBIDDEN',
      jsonb_build_object('permission', 'organization:delete', 'organization_id', organization.id));
  end if;
  if organization.status = 'deleted' then
    update app_public.organizations set status = 'active', purge_at = null
    where organizations.id = organization.id
    returning * into organization;
  end if;
  return organization;
end;
$$;
alter function app_public.restore_organization(uuid) owner to rowgate_writer;
revoke all on function app_public.restore_organization(uuid) from public;
grant execute on function app_public.restore_organization(uuid) to rowgate_user;
comment on function app_public.restore_organization(uuid) is
  'Takes the deletion of an organization back, with everything in it, until it is purged; one that is not deleted stays as it is. Needs organization:delete there. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded tenancy/restore_organization.sql
--! Included tenancy/queue_due_purges.sql
-- Each deletion has queued its purge for its day. This is for those whose job is no more: it failed too often, or the queue was lost.
-- SECURITY DEFINER, because it looks across tenants.
create or replace function app_hidden.queue_due_purges() returns int
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  due uuid;
  queued int := 0;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  for due in
    select organizations.id from app_public.organizations
    where organizations.status = 'deleted' and organizations.purge_at < now() - interval '1 hour'
  loop
    perform app_hidden.enqueue_purge(due, now());
    queued := queued + 1;
  end loop;
  return queued;
end;
$$;
alter function app_hidden.queue_due_purges() owner to rowgate_writer;
revoke all on function app_hidden.queue_due_purges() from public;
grant execute on function app_hidden.queue_due_purges() to rowgate_job;
comment on function app_hidden.queue_due_purges() is
  'Queues the purge of organizations that should have been purged by now; answers how many. Only jobs may. Raises FORBIDDEN.';
--! EndIncluded tenancy/queue_due_purges.sql
--! Included tenancy/deleted_organizations.sql
create or replace function app_public.deleted_organizations() returns setof app_public.organizations
language sql stable security definer
set search_path = ''
as $$
  select organizations.*
  from app_public.organizations
  where organizations.status = 'deleted' and organizations.id in (
    select held.organization_id from app_hidden.held_permissions as held
    where held.user_id = app_hidden.current_user_id() and held.permission = 'organization:delete'
  )
  order by organizations.purge_at, organizations.id;
$$;
alter function app_public.deleted_organizations() owner to rowgate_reader;
revoke all on function app_public.deleted_organizations() from public;
grant execute on function app_public.deleted_organizations() to rowgate_user;
comment on function app_public.deleted_organizations() is
  'The deleted organizations that you can restore, with the time at which each is purged.';
--! EndIncluded tenancy/deleted_organizations.sql
--! Included tenancy/set_organization_status.sql
-- For the platform's administrator, as rowgate_owner; no visitor may execute it.
create or replace function app_hidden.set_organization_status(
  organization_id uuid, status text, trial_ends_at timestamptz default null
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if set_organization_status.status is null or set_organization_status.status not in ('active', 'suspended') then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'status: active or suspended.'));
  end if;
  update app_public.organizations
  set status = set_organization_status.status, trial_ends_at = set_organization_status.trial_ends_at
  where organizations.id = set_organization_status.organization_id and organizations.status <> 'deleted';
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
end;
$$;
alter function app_hidden.set_organization_status(uuid, text, timestamptz) owner to rowgate_writer;
revoke all on function app_hidden.set_organization_status(uuid, text, timestamptz) from public;
grant execute on function app_hidden.set_organization_status(uuid, text, timestamptz) to rowgate_owner;
comment on function app_hidden.set_organization_status(uuid, text, timestamptz) is
  'Suspends an organization or makes it active again, and says until when it is on trial (null: on none). Raises NOT_FOUND, INVALID_INPUT.';
--! EndIncluded tenancy/set_organization_status.sql
--! Included tenancy/add_member.sql
-- SECURITY DEFINER, because the person to add is not visible to the caller yet. It answers nothing, whether the address
-- has an account or not, so that it can't be used to ask who has one.
create or replace function app_public.add_member(email text, role text default null, custom_role_id uuid default null) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
  given_role constant text := coalesce(
    add_member.role, case when add_member.custom_role_id is null then 'member' else 'custom' end);
begin
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, given_role, add_member.custom_role_id));
  if not coalesce(app_hidden.is_email(lower(trim(add_member.email))), false) then
    perform app_hidden.refuse_value('users_email_form');
  end if;
  if exists (
    select from app_public.members join app_public.users on users.id = members.user_id
    where members.organization_id = tenant and users.email = lower(trim(add_member.email))
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'The person is a member already.'));
  end if;
  -- An address that is not confirmed may be somebody else's.
  perform app_hidden.admit_member(tenant, users.id, given_role, add_member.custom_role_id, app_hidden.current_user_id())
  from app_public.users
  where users.email = lower(trim(add_member.email)) and users.email_verified_at is not null;
end;
$$;
alter function app_public.add_member(text, text, uuid) owner to rowgate_writer;
revoke all on function app_public.add_member(text, text, uuid) from public;
grant execute on function app_public.add_member(text, text, uuid) to rowgate_user;
comment on function app_public.add_member(text, text, uuid) is
  'Adds the person with this confirmed e-mail address to the chosen organization, without being asked; answers alike when nobody has it (inviteMember asks, and reaches whoever has no account). role: owner, admin, member (the default) or viewer; or customRoleId for one of the organization''s own. You must hold all that the role holds. Needs member:create. Raises QUOTA_EXCEEDED, FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/add_member.sql
--! Included tenancy/change_member_role.sql
-- SECURITY DEFINER, because no visitor writes memberships: a policy can't compare what two people hold.
create or replace function app_public.change_member_role(user_id uuid, role text default null, custom_role_id uuid default null)
returns app_public.members
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:update');
  given_role constant text := coalesce(
    change_member_role.role, case when change_member_role.custom_role_id is not null then 'custom' end);
  member app_public.members;
begin
  select * into member from app_public.members
  where members.organization_id = tenant and members.user_id = change_member_role.user_id;
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  end if;
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, given_role, change_member_role.custom_role_id));
  perform app_hidden.require_held(tenant, app_hidden.member_holds(tenant, member.user_id));
  update app_public.members set role = given_role, custom_role_id = change_member_role.custom_role_id
  where members.organization_id = tenant and members.user_id = member.user_id
  returning * into member;
  -- An owner holds everything: nothing is given or denied beside that.
  if member.role = 'owner' then
    delete from app_public.member_permissions as extra
    where extra.organization_id = tenant and extra.user_id = member.user_id;
  end if;
  return member;
end;
$$;
alter function app_public.change_member_role(uuid, text, uuid) owner to rowgate_writer;
revoke all on function app_public.change_member_role(uuid, text, uuid) from public;
grant execute on function app_public.change_member_role(uuid, text, uuid) to rowgate_user;
comment on function app_public.change_member_role(uuid, text, uuid) is
  'Gives a member another role: a built-in one, or with customRoleId one of the organization''s own; it counts from their next request on. You must hold all that the member holds, and all that the role holds. Needs member:update. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, LAST_OWNER, INVALID_INPUT.';
--! EndIncluded tenancy/change_member_role.sql
--! Included tenancy/remove_member.sql
-- What ends with a membership, once for everybody who ends one. Runs behind lock_members.
create or replace function app_hidden.end_membership(organization_id uuid, user_id uuid, keys text, heir uuid)
returns app_public.members
language plpgsql volatile
set search_path = ''
as $$
declare
  member app_public.members;
begin
  if end_membership.keys is null or end_membership.keys not in ('transfer', 'revoke') then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'keys: transfer or revoke.'));
  end if;
  -- Keys belong to the organization. A key that is bound holds from here on no more than whoever answers for it now.
  if end_membership.keys = 'transfer' then
    update app_public.org_api_keys set responsible_id = end_membership.heir
    where org_api_keys.organization_id = end_membership.organization_id
      and org_api_keys.responsible_id = end_membership.user_id;
  else
    update app_public.org_api_keys set status = 'revoked'
    where org_api_keys.organization_id = end_membership.organization_id
      and org_api_keys.responsible_id = end_membership.user_id and org_api_keys.status <> 'revoked';
  end if;
  -- Sessions that are for this organization only; the person may be in others.
  update app_private.sessions set ended_at = now()
  where sessions.user_id = end_membership.user_id and sessions.organization_id = end_membership.organization_id
    and sessions.ended_at is null;
  update app_public.ownership_transfers as offer set status = 'withdrawn', decided_at = now()
  where offer.organization_id = end_membership.organization_id and offer.status = 'offered'
    and end_membership.user_id in (offer.from_user_id, offer.to_user_id);
  delete from app_public.members
  where members.organization_id = end_membership.organization_id and members.user_id = end_membership.user_id
  returning * into member;
  return member;
end;
$$;
revoke all on function app_hidden.end_membership(uuid, uuid, text, uuid) from public;
grant execute on function app_hidden.end_membership(uuid, uuid, text, uuid) to rowgate_writer;
comment on function app_hidden.end_membership(uuid, uuid, text, uuid) is
  'Deletes a membership with its places in teams, extra permissions, sessions and open offers; keys go to the heir or are revoked. Raises LAST_OWNER, INVALID_INPUT.';

create or replace function app_public.remove_member(user_id uuid, keys text default 'transfer') returns app_public.members
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:delete');
begin
  if remove_member.user_id = app_hidden.current_user_id() then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'user_id: somebody else; to leave there is "leaveOrganization".'));
  end if;
  if not exists (
    select from app_public.members where members.organization_id = tenant and members.user_id = remove_member.user_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  end if;
  perform app_hidden.require_held(tenant, app_hidden.member_holds(tenant, remove_member.user_id));
  return app_hidden.end_membership(tenant, remove_member.user_id, remove_member.keys, app_hidden.current_user_id());
end;
$$;
alter function app_public.remove_member(uuid, text) owner to rowgate_writer;
revoke all on function app_public.remove_member(uuid, text) from public;
grant execute on function app_public.remove_member(uuid, text) to rowgate_user;
comment on function app_public.remove_member(uuid, text) is
  'Removes a member: they are refused from their next request on. keys: what becomes of the API keys that they answer for, transfer (to you, the default) or revoke. You must hold all that they hold. Needs member:delete. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, LAST_OWNER, INVALID_INPUT.';
--! EndIncluded tenancy/remove_member.sql
--! Included tenancy/leave_organization.sql
create or replace function app_public.leave_organization(keys text default 'transfer') returns app_public.members
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members(null);
  person constant uuid := app_hidden.current_user_id();
begin
  return app_hidden.end_membership(tenant, person, leave_organization.keys, (
    select members.user_id from app_public.members
    where members.organization_id = tenant and members.role = 'owner' and members.user_id <> person
    order by members.joined_at, members.id
    limit 1
  ));
end;
$$;
alter function app_public.leave_organization(text) owner to rowgate_writer;
revoke all on function app_public.leave_organization(text) from public;
grant execute on function app_public.leave_organization(text) to rowgate_user;
comment on function app_public.leave_organization(text) is
  'Takes you out of the chosen organization. keys: what becomes of the API keys that you answer for, transfer (to the owner who is one for longest, the default) or revoke. Raises LAST_OWNER, INVALID_INPUT.';
--! EndIncluded tenancy/leave_organization.sql
--! Included session/delete_account.sql
-- The books of organizations name people by their id, forever. So the row stays and everything that says who it was goes: the id is
-- then a pseudonym.
create or replace function app_public.delete_account(email text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  person app_public.users;
  alone jsonb;
begin
  select * into person from app_public.users where users.id = app_hidden.current_user_id() for update;
  if not found then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  if person.email is distinct from lower(trim(delete_account.email)) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'email: your own address, to confirm it.'));
  end if;
  -- As everybody who changes people of an organization, and in one order.
  perform from app_public.organizations
  where organizations.id in (select members.organization_id from app_public.members where members.user_id = person.id)
  order by organizations.id
  for no key update;
  select jsonb_agg(jsonb_build_object('id', organizations.id, 'slug', organizations.slug, 'name', organizations.name)
    order by organizations.name)
  into alone
  from app_public.members
    join app_public.organizations on organizations.id = members.organization_id and organizations.status <> 'deleted'
  where members.user_id = person.id and members.role = 'owner'
    and not exists (
      select from app_public.members as others
      where others.organization_id = members.organization_id and others.role = 'owner' and others.user_id <> person.id
    );
  if alone is not null then
    perform app_hidden.refuse('LAST_OWNER', jsonb_build_object('organizations', alone));
  end if;
  perform app_hidden.end_membership(members.organization_id, person.id, 'transfer', (
      select heirs.user_id from app_public.members as heirs
      where heirs.organization_id = members.organization_id and heirs.role = 'owner' and heirs.user_id <> person.id
      order by heirs.joined_at, heirs.id
      limit 1
    ))
  from app_public.members where members.user_id = person.id;
  delete from app_public.join_requests as requests where requests.user_id = person.id;
  delete from app_public.invitations where invitations.email = person.email;
  delete from app_private.account_links as links where links.user_id = person.id;
  delete from app_private.user_identities as identities where identities.user_id = person.id;
  delete from app_private.user_passwords as passwords where passwords.user_id = person.id;
  delete from app_private.sessions where sessions.user_id = person.id;
  perform app_hidden.give_back_attempt(person.email, null);
  update app_public.users
  set email = format('%s@deleted.invalid', person.id), name = 'Deleted account', email_verified_at = null, avatar_url = null,
    locale = null, time_zone = null, deleted_at = now()
  where users.id = person.id;
end;
$$;
alter function app_public.delete_account(text) owner to rowgate_writer;
revoke all on function app_public.delete_account(text) from public;
grant execute on function app_public.delete_account(text) to rowgate_user;
comment on function app_public.delete_account(text) is
  'Deletes your account, at once and for good: you leave every organization, your API keys there go to the owner who is one for longest, and all personal data is erased. What organizations recorded stays, under an id that names nobody. email: your address, to confirm it. Refused while an organization would be without an owner ("organizations" lists them). Raises LAST_OWNER, INVALID_INPUT.';
--! EndIncluded session/delete_account.sql
--! Included tenancy/offer_ownership.sql
create or replace function app_public.offer_ownership(user_id uuid, then_role text default 'admin')
returns app_public.ownership_transfers
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('owner:manage');
  person constant uuid := app_hidden.current_user_id();
  member app_public.members;
  offer app_public.ownership_transfers;
begin
  select * into member from app_public.members
  where members.organization_id = tenant and members.user_id = offer_ownership.user_id;
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  end if;
  if member.user_id = person then
    perform app_hidden.refuse_value('ownership_transfers_two_people');
  end if;
  if member.role = 'owner' then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'user_id: is an owner already.'));
  end if;
  update app_public.ownership_transfers as late set status = 'expired', decided_at = late.expires_at
  where late.organization_id = tenant and late.from_user_id = person and late.status = 'offered' and late.expires_at <= now();
  insert into app_public.ownership_transfers (organization_id, from_user_id, to_user_id, then_role)
  values (tenant, person, member.user_id, offer_ownership.then_role)
  returning * into offer;
  perform app_hidden.enqueue(tenant, 'tenancy/ownership_offered', jsonb_build_object('transfer_id', offer.id), offer.id::text);
  return offer;
end;
$$;
alter function app_public.offer_ownership(uuid, text) owner to rowgate_writer;
revoke all on function app_public.offer_ownership(uuid, text) from public;
grant execute on function app_public.offer_ownership(uuid, text) to rowgate_user;
comment on function app_public.offer_ownership(uuid, text) is
  'Offers the ownership of the chosen organization to a member. They are told by e-mail. Nothing changes until they accept, within 7 days; then you have thenRole: owner (there are several), admin, member or viewer. One open offer at a time. Needs owner:manage. Raises FORBIDDEN, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';
--! EndIncluded tenancy/offer_ownership.sql
--! Included tenancy/ownership_mail.sql
-- Read again when the mail is sent: an offer that was taken back or decided is no news.
create or replace function app_hidden.ownership_mail(transfer_id uuid) returns table (
  email text, name text, locale text, time_zone text, organization text, who text, expires_at timestamptz
)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select users.email, users.name, coalesce(users.locale, organizations.locale), coalesce(users.time_zone, organizations.time_zone),
    organizations.name, owners.name, transfers.expires_at
  from app_public.ownership_transfers as transfers
    join app_public.organizations on organizations.id = transfers.organization_id
    join app_public.users on users.id = transfers.to_user_id
    join app_public.users as owners on owners.id = transfers.from_user_id
  where transfers.id = ownership_mail.transfer_id and transfers.organization_id = app_hidden.current_organization_id()
    and transfers.status = 'offered' and transfers.expires_at > now();
end;
$$;
alter function app_hidden.ownership_mail(uuid) owner to rowgate_writer;
revoke all on function app_hidden.ownership_mail(uuid) from public;
grant execute on function app_hidden.ownership_mail(uuid) to rowgate_job;
comment on function app_hidden.ownership_mail(uuid) is
  'What the e-mail about an offered ownership says, and to whom; no row when the offer is no longer open.';
--! EndIncluded tenancy/ownership_mail.sql
--! Included tenancy/accept_ownership.sql
create or replace function app_public.accept_ownership(transfer_id uuid) returns app_public.ownership_transfers
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members(null);
  person constant uuid := app_hidden.current_user_id();
  offer app_public.ownership_transfers;
begin
  select * into offer from app_public.ownership_transfers as transfer
  where transfer.organization_id = tenant and transfer.id = accept_ownership.transfer_id and transfer.to_user_id = person;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  -- Whoever offered must still be able to give it.
  if offer.status <> 'offered' or offer.expires_at <= now() or not exists (
    select from app_public.members
    where members.organization_id = tenant and members.user_id = offer.from_user_id and members.role = 'owner'
  ) then
    perform app_hidden.refuse('OFFER_CLOSED', jsonb_build_object('status', offer.status, 'expires_at', offer.expires_at));
  end if;
  update app_public.members set role = 'owner', custom_role_id = null
  where members.organization_id = tenant and members.user_id = person;
  delete from app_public.member_permissions as extra where extra.organization_id = tenant and extra.user_id = person;
  update app_public.members set role = offer.then_role
  where members.organization_id = tenant and members.user_id = offer.from_user_id;
  update app_public.ownership_transfers as transfer set status = 'accepted', decided_at = now()
  where transfer.id = offer.id
  returning * into offer;
  return offer;
end;
$$;
alter function app_public.accept_ownership(uuid) owner to rowgate_writer;
revoke all on function app_public.accept_ownership(uuid) from public;
grant execute on function app_public.accept_ownership(uuid) to rowgate_user;
comment on function app_public.accept_ownership(uuid) is
  'Makes you an owner of the chosen organization, as it was offered to you. Raises NOT_FOUND, OFFER_CLOSED.';
--! EndIncluded tenancy/accept_ownership.sql
--! Included tenancy/cancel_ownership_offer.sql
create or replace function app_public.cancel_ownership_offer(transfer_id uuid) returns app_public.ownership_transfers
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members(null);
  person constant uuid := app_hidden.current_user_id();
  offer app_public.ownership_transfers;
begin
  select * into offer from app_public.ownership_transfers as transfer
  where transfer.organization_id = tenant and transfer.id = cancel_ownership_offer.transfer_id
    and (transfer.to_user_id = person or app_hidden.permits('owner:manage'));
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  if offer.status <> 'offered' then
    perform app_hidden.refuse('OFFER_CLOSED', jsonb_build_object('status', offer.status, 'expires_at', offer.expires_at));
  end if;
  update app_public.ownership_transfers as transfer
  set status = case transfer.to_user_id when person then 'declined' else 'withdrawn' end, decided_at = now()
  where transfer.id = offer.id
  returning * into offer;
  return offer;
end;
$$;
alter function app_public.cancel_ownership_offer(uuid) owner to rowgate_writer;
revoke all on function app_public.cancel_ownership_offer(uuid) from public;
grant execute on function app_public.cancel_ownership_offer(uuid) to rowgate_user;
comment on function app_public.cancel_ownership_offer(uuid) is
  'Declines an offer of ownership that was made to you, or withdraws one of the chosen organization''s (any owner may). Raises NOT_FOUND, OFFER_CLOSED.';
--! EndIncluded tenancy/cancel_ownership_offer.sql
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
  'Creates a team in the chosen organization, below another one if parentTeamId is given. Needs team:create. Raises QUOTA_EXCEEDED, FORBIDDEN, NOT_FOUND, TEAM_TOO_DEEP, ALREADY_EXISTS, INVALID_INPUT.';
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
-- SECURITY DEFINER, because no visitor writes places in teams: a policy can't compare what two people hold.
create or replace function app_public.add_team_member(team_id uuid, user_id uuid, role text default 'member')
returns app_public.team_members
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('team_member:update', add_team_member.team_id);
  team_member app_public.team_members;
begin
  if not exists (
    select from app_public.teams
    where teams.organization_id = tenant and teams.id = add_team_member.team_id and teams.deleted_at is null
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'team_id: a team of the organization.'));
  end if;
  if not exists (
    select from app_public.members
    where members.organization_id = tenant and members.user_id = add_team_member.user_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  end if;
  perform app_hidden.require_team_role_held(tenant, add_team_member.team_id, array(
    select team_members.role from app_public.team_members
    where team_members.organization_id = tenant and team_members.team_id = add_team_member.team_id
      and team_members.user_id = add_team_member.user_id
  ) || add_team_member.role);
  insert into app_public.team_members (organization_id, team_id, user_id, role)
  values (tenant, add_team_member.team_id, add_team_member.user_id, add_team_member.role)
  -- Adding somebody again changes their role in the team.
  on conflict on constraint team_members_pkey do update set role = excluded.role
  returning * into team_member;
  return team_member;
end;
$$;
alter function app_public.add_team_member(uuid, uuid, text) owner to rowgate_writer;
revoke all on function app_public.add_team_member(uuid, uuid, text) from public;
grant execute on function app_public.add_team_member(uuid, uuid, text) to rowgate_user;
comment on function app_public.add_team_member(uuid, uuid, text) is
  'Puts a member of the organization into a team as lead or member, or changes that role. You must hold in the team what the role holds there. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded tenancy/add_team_member.sql
--! Included tenancy/remove_team_member.sql
create or replace function app_public.remove_team_member(team_id uuid, user_id uuid) returns app_public.team_members
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('team_member:update', remove_team_member.team_id);
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
  -- A lead who takes themselves out holds nothing here any more, and gave nothing away.
  if team_member.user_id <> app_hidden.current_user_id() then
    perform app_hidden.require_team_role_held(tenant, team_member.team_id, array[team_member.role]);
  end if;
  return team_member;
end;
$$;
alter function app_public.remove_team_member(uuid, uuid) owner to rowgate_writer;
revoke all on function app_public.remove_team_member(uuid, uuid) from public;
grant execute on function app_public.remove_team_member(uuid, uuid) to rowgate_user;
comment on function app_public.remove_team_member(uuid, uuid) is
  'Takes a person out of a team. You must hold in the team what their role holds there. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND.';
--! EndIncluded tenancy/remove_team_member.sql
--! Included tenancy/change_members.sql
-- The bulk verbs are the single ones, each in a savepoint of its own: the same rules, and an answer for each person.
-- Answers stand in a variable, which no rollback takes back.
create or replace function app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb)
returns setof app_public.bulk_result
language plpgsql volatile
set search_path = ''
as $$
declare
  most constant int := 500;
  person uuid;
  answers app_public.bulk_result[] := '{}';
  failed boolean := false;
  code text;
  message text;
  detail text;
begin
  -- What would be the same answer 500 times is given once.
  case action
    when 'role' then perform app_hidden.require_permission('member:update');
    when 'remove' then perform app_hidden.require_permission('member:delete');
    else perform app_hidden.require_organization();
  end case;
  if not exists (select from app_public.custom_roles where custom_roles.id = (arguments ->> 'custom_role_id')::uuid)
    and arguments ->> 'custom_role_id' is not null then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'custom_role_id: a role of the organization.'));
  end if;
  if exists (
    select from unnest(array[arguments ->> 'to_team_id', arguments ->> 'from_team_id']) as named (id)
    where named.id is not null and not exists (select from app_public.teams where teams.id = named.id::uuid)
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'to_team_id, from_team_id: teams of the organization.'));
  end if;
  if coalesce(cardinality(user_ids), 0) not between 1 and most
    or (select count(distinct id) <> cardinality(user_ids) from unnest(user_ids) as id) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', format('user_ids: 1 to %s different people.', most)));
  end if;
  begin
    foreach person in array user_ids loop
      begin
        case action
          when 'role' then
            perform app_public.change_member_role(person, arguments ->> 'role', (arguments ->> 'custom_role_id')::uuid);
          when 'move' then
            perform app_hidden.move_member(
              person, (arguments ->> 'from_team_id')::uuid, (arguments ->> 'to_team_id')::uuid, arguments ->> 'role');
          when 'remove' then
            perform app_public.remove_member(person, arguments ->> 'keys');
        end case;
        answers := answers || row(person, 'done', null, null)::app_public.bulk_result;
      exception when others then
        get stacked diagnostics code := returned_sqlstate, message := message_text, detail := pg_exception_detail;
        if code not like 'RG%' then
          raise;
        end if;
        failed := true;
        answers := answers || row(
          person, 'refused', message, coalesce(detail::jsonb ->> 'rule', detail::jsonb ->> 'message'))::app_public.bulk_result;
      end;
    end loop;
    if failed and coalesce(all_or_nothing, true) then
      raise exception using errcode = 'RGALL';
    end if;
  exception when sqlstate 'RGALL' then
    answers := array(
      select row(answer.user_id, case answer.status when 'done' then 'undone' else answer.status end, answer.code, answer.reason)
        ::app_public.bulk_result
      from unnest(answers) as answer
    );
  end;
  return query select * from unnest(answers);
end;
$$;
revoke all on function app_hidden.change_members(uuid[], boolean, text, jsonb) from public;
grant execute on function app_hidden.change_members(uuid[], boolean, text, jsonb) to rowgate_user;
comment on function app_hidden.change_members(uuid[], boolean, text, jsonb) is
  'Does one thing to up to 500 people, with an answer for each. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

create or replace function app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  former app_public.team_members;
begin
  if from_team_id = to_team_id then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'to_team_id: another team than the one to leave.'));
  end if;
  -- First the place to go to: whoever may put people there by being lead of the other team still is.
  if from_team_id is not null then
    select * into former from app_public.team_members
    where team_members.team_id = move_member.from_team_id and team_members.user_id = move_member.user_id;
  end if;
  perform app_public.add_team_member(to_team_id, user_id, coalesce(move_member.role, former.role, 'member'));
  if from_team_id is not null then
    perform app_public.remove_team_member(from_team_id, user_id);
  end if;
end;
$$;
revoke all on function app_hidden.move_member(uuid, uuid, uuid, text) from public;
grant execute on function app_hidden.move_member(uuid, uuid, uuid, text) to rowgate_user;
comment on function app_hidden.move_member(uuid, uuid, uuid, text) is
  'Puts a member from one team, if it is given, into another. Raises what adding and removing raise.';

create or replace function app_public.change_member_roles(
  user_ids uuid[],
  role text default null,
  custom_role_id uuid default null,
  all_or_nothing boolean default true
) returns setof app_public.bulk_result
language sql volatile
set search_path = ''
as $$
  select * from app_hidden.change_members(user_ids, all_or_nothing, 'role',
    jsonb_build_object('role', role, 'custom_role_id', custom_role_id));
$$;
revoke all on function app_public.change_member_roles(uuid[], text, uuid, boolean) from public;
grant execute on function app_public.change_member_roles(uuid[], text, uuid, boolean) to rowgate_user;
comment on function app_public.change_member_roles(uuid[], text, uuid, boolean) is
  E'@simpleCollections only\nGives up to 500 members another role, as changeMemberRole does, with a result for each. allOrNothing: one refusal undoes all (the default), or only what was refused stays as it was. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

create or replace function app_public.move_members(
  user_ids uuid[],
  to_team_id uuid,
  from_team_id uuid default null,
  role text default null,
  all_or_nothing boolean default true
) returns setof app_public.bulk_result
language sql volatile
set search_path = ''
as $$
  select * from app_hidden.change_members(user_ids, all_or_nothing, 'move',
    jsonb_build_object('to_team_id', to_team_id, 'from_team_id', from_team_id, 'role', role));
$$;
revoke all on function app_public.move_members(uuid[], uuid, uuid, text, boolean) from public;
grant execute on function app_public.move_members(uuid[], uuid, uuid, text, boolean) to rowgate_user;
comment on function app_public.move_members(uuid[], uuid, uuid, text, boolean) is
  E'@simpleCollections only\nPuts up to 500 members into a team and, with fromTeamId, out of another, with a result for each. role: lead or member; else the role of the team that is left, or member. allOrNothing: one refusal undoes all (the default), or only what was refused stays as it was. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

create or replace function app_public.remove_members(
  user_ids uuid[],
  keys text default 'transfer',
  all_or_nothing boolean default true
) returns setof app_public.bulk_result
language sql volatile
set search_path = ''
as $$
  select * from app_hidden.change_members(user_ids, all_or_nothing, 'remove', jsonb_build_object('keys', keys));
$$;
revoke all on function app_public.remove_members(uuid[], text, boolean) from public;
grant execute on function app_public.remove_members(uuid[], text, boolean) to rowgate_user;
comment on function app_public.remove_members(uuid[], text, boolean) is
  E'@simpleCollections only\nRemoves up to 500 members, as removeMember does, with a result for each. allOrNothing: one refusal undoes all (the default), or only what was refused stays as it was. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

comment on type app_public.bulk_result is 'What became of one person in a call for many.';
comment on column app_public.bulk_result.user_id is 'The person.';
comment on column app_public.bulk_result.status is 'done; refused; or undone, because somebody else was refused and it was all or nothing.';
comment on column app_public.bulk_result.code is 'The error code of the refusal.';
comment on column app_public.bulk_result.reason is 'The refusal in words.';
--! EndIncluded tenancy/change_members.sql

--! Included invitations/spare_mailbox.sql
-- Invitations go to people who did not ask for them: nobody fills a mailbox by sending again, or by revoking and inviting.
create or replace function app_hidden.spare_mailbox(organization_id uuid, email text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if exists (
    select from app_public.invitations as sent
    where sent.organization_id = spare_mailbox.organization_id and sent.email = spare_mailbox.email
      and sent.sent_at > now() - interval '1 minute'
  ) then
    perform app_hidden.refuse('JUST_SENT', jsonb_build_object('retry_after', 60));
  end if;
end;
$$;
revoke all on function app_hidden.spare_mailbox(uuid, text) from public;
grant execute on function app_hidden.spare_mailbox(uuid, text) to rowgate_writer;
comment on function app_hidden.spare_mailbox(uuid, text) is
  'Raises JUST_SENT when an invitation of the organization went to the address within the last minute.';
--! EndIncluded invitations/spare_mailbox.sql
--! Included invitations/invite_member.sql
create or replace function app_public.invite_member(
  email text, role text default null, custom_role_id uuid default null, needs_approval boolean default false
) returns app_public.invitations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
  address constant text := lower(trim(invite_member.email));
  given_role constant text := coalesce(
    invite_member.role, case when invite_member.custom_role_id is null then 'member' else 'custom' end);
  invitation app_public.invitations;
begin
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, given_role, invite_member.custom_role_id));
  if not coalesce(app_hidden.is_email(address), false) then
    perform app_hidden.refuse_value('invitations_email_form');
  end if;
  -- Members are visible to whoever may invite; whether anybody else has an account shows nowhere.
  if exists (
    select from app_public.members join app_public.users on users.id = members.user_id
    where members.organization_id = tenant and users.email = address
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'email: is a member already.'));
  end if;
  update app_public.invitations as late set status = 'expired', decided_at = late.expires_at
  where late.organization_id = tenant and late.email = address and late.status = 'pending' and late.expires_at <= now();
  if exists (
    select from app_public.invitations as open
    where open.organization_id = tenant and open.email = address and open.status = 'pending'
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object(
      'rule', 'email: is invited already; send that invitation again, or revoke it.'));
  end if;
  perform app_hidden.spare_mailbox(tenant, address);
  insert into app_public.invitations (organization_id, email, role, custom_role_id, needs_approval, invited_by)
  values (tenant, address, given_role, invite_member.custom_role_id, coalesce(invite_member.needs_approval, false),
    app_hidden.current_user_id())
  returning * into invitation;
  perform app_hidden.enqueue(
    tenant, 'invitations/invitation', jsonb_build_object('invitation_id', invitation.id), invitation.id::text);
  return invitation;
end;
$$;
alter function app_public.invite_member(text, text, uuid, boolean) owner to rowgate_writer;
revoke all on function app_public.invite_member(text, text, uuid, boolean) from public;
grant execute on function app_public.invite_member(text, text, uuid, boolean) to rowgate_user;
comment on function app_public.invite_member(text, text, uuid, boolean) is
  'Invites an e-mail address into the chosen organization: the link in the e-mail works once, for 7 days, for whoever has the address. role: owner, admin, member (the default) or viewer; or customRoleId. needsApproval: whoever accepts waits for an admin. You must hold all that the role holds, now and when it is accepted. Needs member:create. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, JUST_SENT, INVALID_INPUT.';
--! EndIncluded invitations/invite_member.sql
--! Included invitations/invite_members.sql
-- As in change_members: the single verb in a savepoint for each address, so the rules are the same, and an answer for each.
create or replace function app_public.invite_members(
  emails text[], role text default null, custom_role_id uuid default null, needs_approval boolean default false
) returns setof app_public.invitation_result
language plpgsql volatile
set search_path = ''
as $$
declare
  most constant int := 500;
  address text;
  answer app_public.invitation_result;
  code text;
  message text;
  detail text;
begin
  -- What would be the same answer 500 times is given once.
  perform app_hidden.require_permission('member:create');
  if invite_members.custom_role_id is not null and not exists (
    select from app_public.custom_roles where custom_roles.id = invite_members.custom_role_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'custom_role_id: a role of the organization.'));
  end if;
  if not coalesce(app_hidden.is_role(invite_members.role), true) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'role: owner, admin, member or viewer.'));
  end if;
  if coalesce(cardinality(emails), 0) not between 1 and most
    or (select count(distinct lower(trim(email))) <> cardinality(emails) from unnest(emails) as email) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', format('emails: 1 to %s different addresses.', most)));
  end if;
  foreach address in array emails loop
    begin
      select address, 'invited', invitation.id, null, null into answer
      from app_public.invite_member(address, invite_members.role, invite_members.custom_role_id, invite_members.needs_approval)
        as invitation;
    exception when others then
      get stacked diagnostics code := returned_sqlstate, message := message_text, detail := pg_exception_detail;
      if code not like 'RG%' then
        raise;
      end if;
      answer := row(address, 'refused', null, message, coalesce(detail::jsonb ->> 'rule', detail::jsonb ->> 'message'));
    end;
    return next answer;
  end loop;
end;
$$;
revoke all on function app_public.invite_members(text[], text, uuid, boolean) from public;
grant execute on function app_public.invite_members(text[], text, uuid, boolean) to rowgate_user;
comment on function app_public.invite_members(text[], text, uuid, boolean) is
  E'@simpleCollections only\nInvites up to 500 addresses, as inviteMember does, with a result for each: one that is refused stops no other. Needs member:create. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
comment on type app_public.invitation_result is 'What became of one address in a call for many.';
comment on column app_public.invitation_result.email is 'The address, as it was given.';
comment on column app_public.invitation_result.status is 'invited or refused.';
comment on column app_public.invitation_result.invitation_id is 'The invitation, if there is one.';
comment on column app_public.invitation_result.code is 'The error code of the refusal.';
comment on column app_public.invitation_result.reason is 'The refusal in words.';
--! EndIncluded invitations/invite_members.sql
--! Included invitations/lock_invitation.sql
create or replace function app_hidden.lock_invitation(organization_id uuid, invitation_id uuid) returns app_public.invitations
language plpgsql volatile
set search_path = ''
as $$
declare
  invitation app_public.invitations;
begin
  select * into invitation from app_public.invitations
  where invitations.organization_id = lock_invitation.organization_id and invitations.id = lock_invitation.invitation_id
  for update;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  if invitation.status in ('accepted', 'revoked') then
    perform app_hidden.refuse(case invitation.status when 'accepted' then 'INVITATION_ACCEPTED' else 'INVITATION_REVOKED' end);
  end if;
  return invitation;
end;
$$;
revoke all on function app_hidden.lock_invitation(uuid, uuid) from public;
grant execute on function app_hidden.lock_invitation(uuid, uuid) to rowgate_writer;
comment on function app_hidden.lock_invitation(uuid, uuid) is
  'An invitation that nobody has accepted or taken back, locked. Raises NOT_FOUND, INVITATION_ACCEPTED, INVITATION_REVOKED.';
--! EndIncluded invitations/lock_invitation.sql
--! Included invitations/resend_invitation.sql
create or replace function app_public.resend_invitation(invitation_id uuid) returns app_public.invitations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
  invitation app_public.invitations := app_hidden.lock_invitation(tenant, resend_invitation.invitation_id);
begin
  -- A late one that made room for another stays what it is.
  if exists (
    select from app_public.invitations as open
    where open.organization_id = tenant and open.email = invitation.email and open.status = 'pending' and open.id <> invitation.id
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object(
      'rule', 'email: is invited already; send that invitation again, or revoke it.'));
  end if;
  perform app_hidden.spare_mailbox(tenant, invitation.email);
  -- It is the sender's own from now on, so nobody sends what they could not give.
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, invitation.role, invitation.custom_role_id));
  delete from app_private.invitation_tokens as tokens
  where tokens.organization_id = tenant and tokens.invitation_id = invitation.id;
  update app_public.invitations
  set status = 'pending', decided_at = null, expires_at = now() + interval '7 days',
    invited_by = app_hidden.current_user_id()
  where invitations.organization_id = tenant and invitations.id = invitation.id
  returning * into invitation;
  perform app_hidden.enqueue(
    tenant, 'invitations/invitation', jsonb_build_object('invitation_id', invitation.id), invitation.id::text);
  return invitation;
end;
$$;
alter function app_public.resend_invitation(uuid) owner to rowgate_writer;
revoke all on function app_public.resend_invitation(uuid) from public;
grant execute on function app_public.resend_invitation(uuid) to rowgate_user;
comment on function app_public.resend_invitation(uuid) is
  'Sends an invitation again, with a new link for 7 days; the links before no longer work. It is yours from then on: you must hold all that its role holds. Needs member:create. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, INVITATION_ACCEPTED, INVITATION_REVOKED, JUST_SENT.';
--! EndIncluded invitations/resend_invitation.sql
--! Included invitations/revoke_invitation.sql
create or replace function app_public.revoke_invitation(invitation_id uuid) returns app_public.invitations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
  invitation app_public.invitations := app_hidden.lock_invitation(tenant, revoke_invitation.invitation_id);
begin
  -- Its tokens stay, so that whoever has one is told what became of it.
  update app_public.invitations set status = 'revoked', decided_at = now()
  where invitations.organization_id = tenant and invitations.id = invitation.id
  returning * into invitation;
  return invitation;
end;
$$;
alter function app_public.revoke_invitation(uuid) owner to rowgate_writer;
revoke all on function app_public.revoke_invitation(uuid) from public;
grant execute on function app_public.revoke_invitation(uuid) to rowgate_user;
comment on function app_public.revoke_invitation(uuid) is
  'Takes an invitation back: its link no longer works. Needs member:create. Raises FORBIDDEN, NOT_FOUND, INVITATION_ACCEPTED, INVITATION_REVOKED.';
--! EndIncluded invitations/revoke_invitation.sql
--! Included invitations/invitation_mail.sql
-- The secret of an invitation is made by the worker when it sends the e-mail: no job and no row ever holds it, only its hash. A
-- failed attempt leaves a hash whose secret nobody has; one that was sent and not noted leaves a second link that works.
-- SECURITY DEFINER, because a job writes no tables; it acts inside its own organization only.
create or replace function app_hidden.invitation_mail(invitation_id uuid, token_hash bytea)
returns table (
  email text, name text, locale text, time_zone text, organization text, inviter text, role text, expires_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
begin
  return query
  -- In the language of whoever has the address already; only they get to read it.
  select invitations.email, coalesce(invited.name, ''), coalesce(invited.locale, organizations.locale),
    coalesce(invited.time_zone, organizations.time_zone), organizations.name, users.name, coalesce(custom_roles.name, invitations.role), invitations.expires_at
  from app_public.invitations
    join app_public.organizations on organizations.id = invitations.organization_id
      and app_hidden.organization_state(organizations.status, organizations.trial_ends_at) = 'active'
    join app_public.users on users.id = invitations.invited_by
    left join app_public.users as invited on invited.email = invitations.email
    left join app_public.custom_roles
      on custom_roles.organization_id = invitations.organization_id and custom_roles.id = invitations.custom_role_id
  where invitations.organization_id = tenant and invitations.id = invitation_mail.invitation_id
    and invitations.status = 'pending' and invitations.expires_at > now()
  for update of invitations;
  if not found then
    return;
  end if;
  insert into app_private.invitation_tokens (token_hash, organization_id, invitation_id)
  values (invitation_mail.token_hash, tenant, invitation_mail.invitation_id);
  update app_public.invitations set sent_at = now()
  where invitations.organization_id = tenant and invitations.id = invitation_mail.invitation_id;
end;
$$;
alter function app_hidden.invitation_mail(uuid, bytea) owner to rowgate_writer;
revoke all on function app_hidden.invitation_mail(uuid, bytea) from public;
grant execute on function app_hidden.invitation_mail(uuid, bytea) to rowgate_job;
comment on function app_hidden.invitation_mail(uuid, bytea) is
  'What an invitation''s e-mail says, and to whom, with the hash of the secret that it carries; no row when it is no longer open.';
--! EndIncluded invitations/invitation_mail.sql
--! Included invitations/create_join_link.sql
create or replace function app_public.create_join_link(
  role text default 'member',
  max_uses int default 25,
  expires_at timestamptz default null,
  allowed_domains text[] default null,
  needs_approval boolean default false
) returns app_public.created_join_link
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
  code constant text := app_hidden.new_secret('rgj_');
  join_link app_public.join_links;
begin
  if create_join_link.role is null or create_join_link.role not in ('member', 'viewer') then
    perform app_hidden.refuse_value('join_links_role_known');
  end if;
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, create_join_link.role, null));
  insert into app_public.join_links
    (organization_id, role, max_uses, allowed_domains, needs_approval, created_by, expires_at)
  values (tenant, create_join_link.role, create_join_link.max_uses,
    (select array_agg(lower(trim(domain)) order by place)
      from unnest(create_join_link.allowed_domains) with ordinality as given (domain, place)),
    coalesce(create_join_link.needs_approval, false), app_hidden.current_user_id(),
    coalesce(create_join_link.expires_at, now() + interval '7 days'))
  returning * into join_link;
  insert into app_private.join_link_secrets (organization_id, join_link_id, code_hash)
  values (tenant, join_link.id, sha256(convert_to(code, 'UTF8')));
  return row(code, join_link);
end;
$$;
alter function app_public.create_join_link(text, int, timestamptz, text[], boolean) owner to rowgate_writer;
revoke all on function app_public.create_join_link(text, int, timestamptz, text[], boolean) from public;
grant execute on function app_public.create_join_link(text, int, timestamptz, text[], boolean) to rowgate_user;
comment on function app_public.create_join_link(text, int, timestamptz, text[], boolean) is
  'Makes a join code for the chosen organization and answers it: it is shown only here. role: member (the default) or viewer. maxUses: 1 to 10,000, 25 unless told. expiresAt: in 7 days unless told. allowedDomains: only people with a confirmed e-mail address there. needsApproval: whoever uses it waits for an admin. You must hold all that the role holds, now and when it is used. Needs member:create. Raises FORBIDDEN, RIGHTS_EXCEEDED, INVALID_INPUT.';
comment on type app_public.created_join_link is 'A new join code: the code itself, and its row.';
comment on column app_public.created_join_link.code is 'The code to send to POST /auth/invitations/accept. It can''t be shown again.';
comment on column app_public.created_join_link.join_link is 'The row of the code.';
--! EndIncluded invitations/create_join_link.sql
--! Included invitations/revoke_join_link.sql
create or replace function app_public.revoke_join_link(join_link_id uuid) returns app_public.join_links
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
  join_link app_public.join_links;
begin
  update app_public.join_links set status = 'revoked'
  where join_links.organization_id = tenant and join_links.id = revoke_join_link.join_link_id
  returning * into join_link;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  return join_link;
end;
$$;
alter function app_public.revoke_join_link(uuid) owner to rowgate_writer;
revoke all on function app_public.revoke_join_link(uuid) from public;
grant execute on function app_public.revoke_join_link(uuid) to rowgate_user;
comment on function app_public.revoke_join_link(uuid) is
  'Ends a join code; whoever joined with it stays. Needs member:create. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded invitations/revoke_join_link.sql
--! Included invitations/enter.sql
-- What an invitation or a join code comes to, once for both: a membership, or a request that waits for an admin. Whoever gave it
-- away must still be able to give it. Runs behind the lock on the organization's row.
create or replace function app_hidden.enter(
  organization_id uuid, user_id uuid, role text, custom_role_id uuid, given_by uuid, needs_approval boolean
) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  held constant text[] := app_hidden.member_holds(enter.organization_id, enter.given_by);
  request app_public.join_requests;
begin
  if not app_hidden.role_holds(enter.organization_id, enter.role, enter.custom_role_id) || 'member:create'::text <@ held then
    perform app_hidden.refuse('INVITATION_LAPSED');
  end if;
  if exists (
    select from app_public.members
    where members.organization_id = enter.organization_id and members.user_id = enter.user_id
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'You are a member already.'));
  end if;
  if not enter.needs_approval then
    perform app_hidden.admit_member(
      enter.organization_id, enter.user_id, enter.role, enter.custom_role_id, enter.given_by);
    return 'joined';
  end if;
  if exists (
    select from app_public.join_requests as open
    where open.organization_id = enter.organization_id and open.user_id = enter.user_id and open.status = 'pending'
  ) then
    perform app_hidden.refuse('ALREADY_EXISTS', jsonb_build_object('rule', 'You wait for an admin''s approval already.'));
  end if;
  insert into app_public.join_requests (organization_id, user_id, email, name, role, custom_role_id, invited_by)
  select enter.organization_id, users.id, users.email, users.name, enter.role, enter.custom_role_id, enter.given_by
  from app_public.users where users.id = enter.user_id
  returning * into request;
  perform app_hidden.enqueue(
    enter.organization_id, 'invitations/requested',
    jsonb_build_object('join_request_id', request.id, 'user_id', holder), request.id || ':' || holder)
  from app_hidden.holders(enter.organization_id, 'member:create') as holder;
  return 'pending';
end;
$$;
revoke all on function app_hidden.enter(uuid, uuid, text, uuid, uuid, boolean) from public;
grant execute on function app_hidden.enter(uuid, uuid, text, uuid, uuid, boolean) to rowgate_writer;
comment on function app_hidden.enter(uuid, uuid, text, uuid, uuid, boolean) is
  'Lets somebody in, or makes their request: joined or pending. Raises INVITATION_LAPSED, ALREADY_EXISTS.';
--! EndIncluded invitations/enter.sql
--! Included invitations/use_invitation.sql
-- Also what a stranger may learn: the words for an invitation's state are for whoever has its secret.
create or replace function app_hidden.use_invitation(invitation_id uuid, person app_public.users) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  invitation app_public.invitations;
begin
  select * into invitation from app_public.invitations where invitations.id = use_invitation.invitation_id for update;
  if invitation.email <> person.email then
    perform app_hidden.refuse('INVITATION_WRONG_ADDRESS');
  elsif invitation.status = 'accepted' then
    perform app_hidden.refuse('INVITATION_ACCEPTED');
  elsif invitation.status = 'revoked' then
    perform app_hidden.refuse('INVITATION_REVOKED');
  elsif invitation.status = 'expired' or invitation.expires_at <= now() then
    perform app_hidden.refuse('INVITATION_EXPIRED');
  end if;
  update app_public.invitations set status = 'accepted', accepted_by = person.id, decided_at = now()
  where invitations.id = invitation.id;
  -- The secret was sent to this address.
  update app_public.users set email_verified_at = now() where users.id = person.id and users.email_verified_at is null;
  return app_hidden.enter(invitation.organization_id, person.id, invitation.role, invitation.custom_role_id,
    invitation.invited_by, invitation.needs_approval);
end;
$$;
revoke all on function app_hidden.use_invitation(uuid, app_public.users) from public;
grant execute on function app_hidden.use_invitation(uuid, app_public.users) to rowgate_writer;
comment on function app_hidden.use_invitation(uuid, app_public.users) is
  'Accepts an invitation for somebody. Raises INVITATION_WRONG_ADDRESS, INVITATION_ACCEPTED, INVITATION_REVOKED, INVITATION_EXPIRED, INVITATION_LAPSED, ALREADY_EXISTS.';
--! EndIncluded invitations/use_invitation.sql
--! Included invitations/use_join_link.sql
create or replace function app_hidden.use_join_link(join_link_id uuid, person app_public.users) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  link app_public.join_links;
begin
  select * into link from app_public.join_links where join_links.id = use_join_link.join_link_id for update;
  if link.status = 'revoked' then
    perform app_hidden.refuse('INVITATION_REVOKED');
  elsif link.expires_at <= now() then
    perform app_hidden.refuse('INVITATION_EXPIRED');
  elsif link.uses >= link.max_uses then
    perform app_hidden.refuse('INVITATION_USED_UP');
  elsif link.allowed_domains is not null and not split_part(person.email, '@', 2) = any (link.allowed_domains) then
    perform app_hidden.refuse('INVITATION_WRONG_ADDRESS');
  elsif link.allowed_domains is not null and person.email_verified_at is null then
    perform app_hidden.refuse('EMAIL_UNVERIFIED');
  end if;
  update app_public.join_links set uses = link.uses + 1 where join_links.id = link.id;
  return app_hidden.enter(link.organization_id, person.id, link.role, null, link.created_by, link.needs_approval);
end;
$$;
revoke all on function app_hidden.use_join_link(uuid, app_public.users) from public;
grant execute on function app_hidden.use_join_link(uuid, app_public.users) to rowgate_writer;
comment on function app_hidden.use_join_link(uuid, app_public.users) is
  'Uses a join code for somebody. Raises INVITATION_WRONG_ADDRESS, EMAIL_UNVERIFIED, INVITATION_REVOKED, INVITATION_EXPIRED, INVITATION_USED_UP, INVITATION_LAPSED, ALREADY_EXISTS.';
--! EndIncluded invitations/use_join_link.sql
--! Included invitations/accept_as.sql
-- The organization is read from the secret, because whoever accepts is in none yet; its row is locked before anything of it is
-- looked at, as everybody does who changes its people.
create or replace function app_hidden.accept_as(secret_hash bytea, person_id uuid) returns table (organization_id uuid, status text)
language plpgsql volatile
set search_path = ''
as $$
declare
  secret record;
  organization app_public.organizations;
  person app_public.users;
begin
  select tokens.organization_id, tokens.invitation_id, null::uuid as join_link_id into secret
  from app_private.invitation_tokens as tokens where tokens.token_hash = secret_hash
  union all
  select secrets.organization_id, null, secrets.join_link_id
  from app_private.join_link_secrets as secrets where secrets.code_hash = secret_hash;
  if not found then
    perform app_hidden.refuse('INVITATION_UNKNOWN');
  end if;
  select * into organization from app_public.organizations
  where organizations.id = secret.organization_id
  for no key update;
  if organization.status = 'deleted' then
    perform app_hidden.refuse('INVITATION_UNKNOWN');
  end if;
  perform app_hidden.refuse_closed(app_hidden.organization_state(organization.status, organization.trial_ends_at));
  select * into person from app_public.users where users.id = person_id;
  accept_as.organization_id := organization.id;
  if secret.join_link_id is null then
    accept_as.status := app_hidden.use_invitation(secret.invitation_id, person);
  else
    accept_as.status := app_hidden.use_join_link(secret.join_link_id, person);
  end if;
  return next;
end;
$$;
revoke all on function app_hidden.accept_as(bytea, uuid) from public;
grant execute on function app_hidden.accept_as(bytea, uuid) to rowgate_writer;
comment on function app_hidden.accept_as(bytea, uuid) is
  'Accepts what a secret stands for. Raises INVITATION_UNKNOWN, ORGANIZATION_SUSPENDED, TRIAL_EXPIRED and what using it raises.';
--! EndIncluded invitations/accept_as.sql
--! Included invitations/accept_invitation.sql
-- The server hashes the secret, so that it is in no statement's parameters.
create or replace function app_hidden.accept_invitation(secret_hash bytea) returns table (organization_id uuid, status text)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if app_hidden.current_user_id() is null then
    perform app_hidden.refuse('UNAUTHENTICATED');
  end if;
  return query select * from app_hidden.accept_as(secret_hash, app_hidden.current_user_id());
end;
$$;
alter function app_hidden.accept_invitation(bytea) owner to rowgate_writer;
revoke all on function app_hidden.accept_invitation(bytea) from public;
grant execute on function app_hidden.accept_invitation(bytea) to rowgate_user;
comment on function app_hidden.accept_invitation(bytea) is
  'Accepts an invitation or uses a join code as the signed-in person: joined, or pending until an admin approves. Raises UNAUTHENTICATED and what accept_as raises.';
--! EndIncluded invitations/accept_invitation.sql
--! Included invitations/accept_as_new.sql
-- Whoever has no account makes one with the secret, for the address that it was sent to: that confirms the address as well. Where
-- there is an account its owner signs in first; whoever has the secret has the address, so they are told nothing new.
create or replace function app_hidden.accept_as_new(secret_hash bytea, name text, password_salt bytea, password_key bytea)
returns table (organization_id uuid, status text)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  invited text;
  new_id uuid;
begin
  select invitations.email into invited
  from app_private.invitation_tokens as tokens
    join app_public.invitations on invitations.id = tokens.invitation_id
  where tokens.token_hash = secret_hash;
  if not found then
    if exists (select from app_private.join_link_secrets as secrets where secrets.code_hash = secret_hash) then
      perform app_hidden.refuse('UNAUTHENTICATED');
    end if;
    perform app_hidden.refuse('INVITATION_UNKNOWN');
  end if;
  insert into app_public.users (email, name, email_verified_at)
  values (invited, trim(accept_as_new.name), now())
  on conflict on constraint users_email_key do nothing
  returning id into new_id;
  if new_id is null then
    perform app_hidden.refuse('INVITATION_NEEDS_SIGN_IN');
  end if;
  insert into app_private.user_passwords (user_id, salt, verifier)
  values (new_id, accept_as_new.password_salt, sha256(accept_as_new.password_key));
  return query select * from app_hidden.accept_as(secret_hash, new_id);
end;
$$;
alter function app_hidden.accept_as_new(bytea, text, bytea, bytea) owner to rowgate_writer;
revoke all on function app_hidden.accept_as_new(bytea, text, bytea, bytea) from public;
grant execute on function app_hidden.accept_as_new(bytea, text, bytea, bytea) to rowgate_anonymous;
comment on function app_hidden.accept_as_new(bytea, text, bytea, bytea) is
  'Makes an account for the invited address, with this name and password, and accepts. Raises INVITATION_UNKNOWN, INVITATION_NEEDS_SIGN_IN, UNAUTHENTICATED for a join code, and what accept_as raises.';
--! EndIncluded invitations/accept_as_new.sql
--! Included invitations/open_join_request.sql
create or replace function app_hidden.open_join_request(organization_id uuid, join_request_id uuid) returns app_public.join_requests
language plpgsql volatile
set search_path = ''
as $$
declare
  request app_public.join_requests;
begin
  select * into request from app_public.join_requests
  where join_requests.organization_id = open_join_request.organization_id
    and join_requests.id = open_join_request.join_request_id
  for update;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  elsif request.status <> 'pending' then
    perform app_hidden.refuse('REQUEST_CLOSED', jsonb_build_object('status', request.status));
  end if;
  return request;
end;
$$;
revoke all on function app_hidden.open_join_request(uuid, uuid) from public;
grant execute on function app_hidden.open_join_request(uuid, uuid) to rowgate_writer;
comment on function app_hidden.open_join_request(uuid, uuid) is 'A request that waits for a decision. Raises NOT_FOUND, REQUEST_CLOSED.';

create or replace function app_hidden.close_join_request(request app_public.join_requests, decision text)
returns app_public.join_requests
language plpgsql volatile
set search_path = ''
as $$
begin
  update app_public.join_requests
  set status = close_join_request.decision, decided_by = app_hidden.current_user_id(), decided_at = now()
  where join_requests.organization_id = request.organization_id and join_requests.id = request.id
  returning * into request;
  perform app_hidden.enqueue(request.organization_id, 'invitations/decided',
    jsonb_build_object('join_request_id', request.id), request.id::text);
  return request;
end;
$$;
revoke all on function app_hidden.close_join_request(app_public.join_requests, text) from public;
grant execute on function app_hidden.close_join_request(app_public.join_requests, text) to rowgate_writer;
comment on function app_hidden.close_join_request(app_public.join_requests, text) is
  'Notes what was decided about a request, and has the person told.';
--! EndIncluded invitations/open_join_request.sql
--! Included invitations/approve_join_request.sql
create or replace function app_public.approve_join_request(join_request_id uuid) returns app_public.join_requests
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
  request constant app_public.join_requests :=
    app_hidden.open_join_request(tenant, approve_join_request.join_request_id);
begin
  perform app_hidden.require_held(tenant, app_hidden.role_holds(tenant, request.role, request.custom_role_id));
  -- Somebody may have added them meanwhile: then they stay what they are.
  perform app_hidden.admit_member(tenant, request.user_id, request.role, request.custom_role_id, app_hidden.current_user_id());
  return app_hidden.close_join_request(request, 'approved');
end;
$$;
alter function app_public.approve_join_request(uuid) owner to rowgate_writer;
revoke all on function app_public.approve_join_request(uuid) from public;
grant execute on function app_public.approve_join_request(uuid) to rowgate_user;
comment on function app_public.approve_join_request(uuid) is
  'Lets somebody in who waits for it, with the role of the request; they are told by e-mail. You must hold all that the role holds. Needs member:create. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, REQUEST_CLOSED.';
--! EndIncluded invitations/approve_join_request.sql
--! Included invitations/reject_join_request.sql
create or replace function app_public.reject_join_request(join_request_id uuid) returns app_public.join_requests
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.lock_members('member:create');
begin
  return app_hidden.close_join_request(app_hidden.open_join_request(tenant, reject_join_request.join_request_id), 'rejected');
end;
$$;
alter function app_public.reject_join_request(uuid) owner to rowgate_writer;
revoke all on function app_public.reject_join_request(uuid) from public;
grant execute on function app_public.reject_join_request(uuid) to rowgate_user;
comment on function app_public.reject_join_request(uuid) is
  'Turns somebody away who waits to be let in; they are told by e-mail. Needs member:create. Raises FORBIDDEN, NOT_FOUND, REQUEST_CLOSED.';
--! EndIncluded invitations/reject_join_request.sql
--! Included invitations/request_mails.sql
-- Read again when the mail is sent: who may no longer decide gets none, and what is decided needs nobody any more.
create or replace function app_hidden.join_requested_mail(join_request_id uuid, user_id uuid)
returns table (email text, name text, locale text, time_zone text, organization text, who text, address text, role text)
language sql stable
set search_path = ''
as $$
  select users.email, users.name, coalesce(users.locale, organizations.locale), coalesce(users.time_zone, organizations.time_zone),
    organizations.name, requests.name, requests.email, requests.role
  from app_public.join_requests as requests
    join app_public.organizations on organizations.id = requests.organization_id
    join app_public.users on users.id = join_requested_mail.user_id
  where requests.id = join_requested_mail.join_request_id and requests.status = 'pending'
    and join_requested_mail.user_id in (select app_hidden.holders(requests.organization_id, 'member:create'));
$$;
revoke all on function app_hidden.join_requested_mail(uuid, uuid) from public;
grant execute on function app_hidden.join_requested_mail(uuid, uuid) to rowgate_job;
comment on function app_hidden.join_requested_mail(uuid, uuid) is
  'What the e-mail about a request to join says, and to whom; no row when it is decided, or the recipient no longer holds member:create.';

create or replace function app_hidden.join_decided_mail(join_request_id uuid)
returns table (email text, name text, locale text, time_zone text, organization text, approved boolean)
language sql stable
set search_path = ''
as $$
  select requests.email, requests.name, coalesce(users.locale, organizations.locale), coalesce(users.time_zone, organizations.time_zone),
    organizations.name, requests.status = 'approved'
  from app_public.join_requests as requests
    join app_public.organizations on organizations.id = requests.organization_id
    -- Who was not let in is no colleague, and so not seen here.
    left join app_public.users on users.id = requests.user_id
  where requests.id = join_decided_mail.join_request_id and requests.status <> 'pending';
$$;
revoke all on function app_hidden.join_decided_mail(uuid) from public;
grant execute on function app_hidden.join_decided_mail(uuid) to rowgate_job;
comment on function app_hidden.join_decided_mail(uuid) is 'What the e-mail about a decision says, and to whom.';
--! EndIncluded invitations/request_mails.sql

--! Included budgets/usage_barrier.sql
-- A new budget has to count what its period has used so far, and nobody may use something between its counting and its commit
-- without meeting it. Whoever books holds this lock shared, from before they look which budgets there are; whoever makes a budget
-- holds it alone. An advisory lock, because a row that all of an organization's writers lock costs a third of their throughput.
-- The number is ours alone: nobody else may take advisory locks where a superuser installed.
create or replace function app_hidden.join_usage(organization_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform pg_catalog.pg_advisory_xact_lock_shared(1919907, pg_catalog.hashtext(organization_id::text));
end;
$$;
revoke all on function app_hidden.join_usage(uuid) from public;
grant execute on function app_hidden.join_usage(uuid) to rowgate_writer;
comment on function app_hidden.join_usage(uuid) is 'Holds off new budgets of an organization until commit; waits for one that is being made.';

create or replace function app_hidden.stop_usage(organization_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(1919907, pg_catalog.hashtext(organization_id::text));
end;
$$;
revoke all on function app_hidden.stop_usage(uuid) from public;
grant execute on function app_hidden.stop_usage(uuid) to rowgate_writer;
comment on function app_hidden.stop_usage(uuid) is 'Waits for everybody who is booking in an organization, and holds off others until commit.';
--! EndIncluded budgets/usage_barrier.sql
--! Included budgets/period_cap.sql
-- What a period admits at an instant, and until when that answer holds: a temporary raise ends by itself.
create or replace function app_hidden.period_cap(
  period app_public.budget_periods, at timestamptz, out cap numeric, out valid_until timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  if period.paused or period.policy = 'allow' then
    cap := 'Infinity';
    valid_until := 'infinity';
    return;
  end if;
  select coalesce(sum(raises.amount), 0), coalesce(min(raises.expires_at), 'infinity') into cap, valid_until
  from app_public.budget_raises as raises
  where raises.organization_id = period.organization_id and raises.budget_id = period.budget_id
    and raises.status = 'approved' and raises.expires_at > period_cap.at;
  cap := cap + period.limit_amount;
  if period.policy = 'grace' then
    cap := cap + period.limit_amount * period.grace_percent / 100;
  end if;
end;
$$;
revoke all on function app_hidden.period_cap(app_public.budget_periods, timestamptz) from public;
grant execute on function app_hidden.period_cap(app_public.budget_periods, timestamptz)
  to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.period_cap(app_public.budget_periods, timestamptz) is
  'How much a period admits: limit, raises in force and grace; Infinity where nothing is refused. And until when.';
--! EndIncluded budgets/period_cap.sql
--! Included budgets/period_figures.sql
-- In one statement, so that limit, use and holds are of one moment. Expired holds no longer count, also before anybody ended them.
-- Runs as the caller: whoever sees the budget sees its figures.
create or replace function app_hidden.period_figures(
  organization_id uuid, budget_id uuid, starts_at timestamptz, out settled numeric, out held numeric, out cap numeric
)
language plpgsql stable
set search_path = ''
as $$
begin
  select
    coalesce(sum(parts.settled), 0),
    coalesce(sum(parts.held), 0)
      - app_hidden.expired_holds(period_figures.organization_id, period_figures.budget_id, period_figures.starts_at),
    (
      select (app_hidden.period_cap(periods, clock_timestamp())).cap
      from app_public.budget_periods as periods
      where periods.organization_id = period_figures.organization_id and periods.budget_id = period_figures.budget_id
        and periods.starts_at = period_figures.starts_at
    )
  into period_figures.settled, period_figures.held, period_figures.cap
  from app_public.budget_shards as parts
  where parts.organization_id = period_figures.organization_id and parts.budget_id = period_figures.budget_id
    and parts.starts_at = period_figures.starts_at;
end;
$$;
revoke all on function app_hidden.period_figures(uuid, uuid, timestamptz) from public;
grant execute on function app_hidden.period_figures(uuid, uuid, timestamptz)
  to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.period_figures(uuid, uuid, timestamptz) is
  'What is settled and held in a period at this moment, and how much it admits.';

-- SECURITY DEFINER, because visitors have no way into app_private. It tells an amount of a budget whose id the caller has to know.
create or replace function app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamptz) returns numeric
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(lines.amount), 0) from app_private.hold_lines as lines
    where lines.organization_id = expired_holds.organization_id and lines.budget_id = expired_holds.budget_id
      and lines.starts_at = expired_holds.starts_at and lines.open and lines.expires_at <= clock_timestamp()
  );
end;
$$;
alter function app_hidden.expired_holds(uuid, uuid, timestamptz) owner to rowgate_reader;
revoke all on function app_hidden.expired_holds(uuid, uuid, timestamptz) from public;
grant execute on function app_hidden.expired_holds(uuid, uuid, timestamptz) to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.expired_holds(uuid, uuid, timestamptz) is
  'How much of what the counter of a period says to be held has expired.';
--! EndIncluded budgets/period_figures.sql
--! Included budgets/refuse_charge.sql
create or replace function app_hidden.refuse_charge(
  organization_id uuid, budget_id uuid, starts_at timestamptz, requested numeric, settled numeric, held numeric
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  budget app_public.budgets;
  period app_public.budget_periods;
begin
  select * into strict budget from app_public.budgets
  where budgets.organization_id = refuse_charge.organization_id and budgets.id = refuse_charge.budget_id;
  select * into strict period from app_public.budget_periods as periods
  where periods.organization_id = refuse_charge.organization_id and periods.budget_id = refuse_charge.budget_id
    and periods.starts_at = refuse_charge.starts_at;
  perform app_hidden.refuse('BUDGET_EXCEEDED', app_hidden.refusal_detail(budget, period, requested, settled, held));
end;
$$;
revoke all on function app_hidden.refuse_charge(uuid, uuid, timestamptz, numeric, numeric, numeric) from public;
grant execute on function app_hidden.refuse_charge(uuid, uuid, timestamptz, numeric, numeric, numeric) to rowgate_writer;
comment on function app_hidden.refuse_charge(uuid, uuid, timestamptz, numeric, numeric, numeric) is
  'Raises BUDGET_EXCEEDED: which rule, on which level, what it stands at, when it resets, and who can raise it.';

create or replace function app_hidden.refusal_detail(
  budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'rule', case budget.source
      when 'own' then case budget.period
        when 'day' then 'daily_limit' when 'total' then 'total_limit' else budget.period || 'ly_limit'
      end
      else budget.source
    end,
    'plan', case when budget.source = 'plan' then (
      select organizations.plan from app_public.organizations where organizations.id = budget.organization_id
    ) end,
    'remedy', case when budget.source = 'plan'
      then 'Wait until the month is over, or have an owner change to a larger plan with "changePlan".' end,
    'level', budget.level,
    'budget', budget.id,
    'limit', trim_scale(case when (app_hidden.period_cap(period, clock_timestamp())).cap < 'Infinity'
      then (app_hidden.period_cap(period, clock_timestamp())).cap else period.limit_amount end)::text,
    'used', trim_scale(settled)::text,
    'held', trim_scale(held)::text,
    'requested', trim_scale(requested)::text,
    'unit', budget.unit,
    'currency', period.currency,
    'resets_at', case when isfinite(period.ends_at)
      then to_char(period.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end,
    'raised_by', case
      when budget.source = 'plan' then 'whoever holds billing:update'
      when budget.level = 'team' then 'whoever holds budget:update, or leads the team or one above it' else 'whoever holds budget:update' end));
end;
$$;
revoke all on function app_hidden.refusal_detail(app_public.budgets, app_public.budget_periods, numeric, numeric, numeric) from public;
grant execute on function app_hidden.refusal_detail(app_public.budgets, app_public.budget_periods, numeric, numeric, numeric)
  to rowgate_writer;
comment on function app_hidden.refusal_detail(app_public.budgets, app_public.budget_periods, numeric, numeric, numeric) is
  'What a refusal tells about the budget that refuses.';
--! EndIncluded budgets/refuse_charge.sql
--! Included prices/price_usage.sql
-- What the units of a model cost, of the tier that so many input tokens reach: two index probes, three for an organization with own prices.
create or replace function app_hidden.unit_prices(organization_id uuid, service text, model text, at timestamptz, tokens_in bigint)
returns app_private.unit_prices
language plpgsql stable strict
set search_path = ''
as $$
declare
  listed constant text := coalesce(
    (select aliases.model from app_public.model_aliases as aliases
      where aliases.service = unit_prices.service and aliases.alias = unit_prices.model),
    unit_prices.model);
  per app_private.unit_prices;
begin
  select
    min(prices.currency),
    max(prices.price) filter (where prices.unit = 'input_token'),
    max(prices.price) filter (where prices.unit = 'cached_input_token'),
    max(prices.price) filter (where prices.unit = 'output_token'),
    max(prices.price) filter (where prices.unit = 'request')
  into per
  from app_public.organization_model_prices as prices
  where prices.organization_id = unit_prices.organization_id
    and prices.service = unit_prices.service and prices.model in (unit_prices.model, listed)
    and prices.effective_from <= at and (prices.effective_to is null or prices.effective_to > at);

  if per.currency is null then
    select
      min(prices.currency),
      max(prices.price) filter (where prices.unit = 'input_token'),
      max(prices.price) filter (where prices.unit = 'cached_input_token'),
      max(prices.price) filter (where prices.unit = 'output_token'),
      max(prices.price) filter (where prices.unit = 'request')
    into per
    from (
      -- Of the tiers of a unit the highest that is reached.
      select distinct on (model_prices.unit) model_prices.unit, model_prices.price, model_prices.currency
      from app_public.model_prices
      where model_prices.service = unit_prices.service and model_prices.model = listed
        and model_prices.effective_from <= at and (model_prices.effective_to is null or model_prices.effective_to > at)
        and model_prices.from_tokens_in <= tokens_in
      order by model_prices.unit, model_prices.from_tokens_in desc
    ) as prices;
  end if;
  return per;
end;
$$;
revoke all on function app_hidden.unit_prices(uuid, text, text, timestamptz, bigint) from public;
grant execute on function app_hidden.unit_prices(uuid, text, text, timestamptz, bigint) to rowgate_reader, rowgate_writer;
comment on function app_hidden.unit_prices(uuid, text, text, timestamptz, bigint) is
  'The prices in force at that moment of what a request with so many input tokens is charged by. The organization''s own prices stand in the place of all list prices of that model.';

-- Null is unpriced, and that is never zero: what was counted has to have a price. One expression, so that PostgreSQL inlines it.
create or replace function app_hidden.price_units(
  per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint
) returns numeric
language sql immutable
as $$
  select case
    when per.currency is null
      or (per.token_in is null and tokens_in <> 0)
      or (per.token_out is null and tokens_out <> 0)
      or (per.request is null and tokens_in = 0 and tokens_out = 0) then null
    else trim_scale(round(
      coalesce(per.token_in * (tokens_in - case when per.cached_token_in is null then 0 else least(cached_tokens_in, tokens_in) end), 0)
      + coalesce(per.cached_token_in * least(cached_tokens_in, tokens_in), 0)
      + coalesce(per.token_out * tokens_out, 0) + coalesce(per.request * requests, 0), 12))
  end;
$$;
revoke all on function app_hidden.price_units(app_private.unit_prices, bigint, bigint, bigint, bigint) from public;
grant execute on function app_hidden.price_units(app_private.unit_prices, bigint, bigint, bigint, bigint)
  to rowgate_reader, rowgate_writer;
comment on function app_hidden.price_units(app_private.unit_prices, bigint, bigint, bigint, bigint) is
  'What a use costs at such prices, rounded to 12 decimals; null when any part of it has no price. tokens_in includes the cached ones, which are charged as others where they have no price of their own.';

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
  per constant app_private.unit_prices := app_hidden.unit_prices(organization_id, service, model, at, tokens_in);
begin
  amount := app_hidden.price_units(per, tokens_in, tokens_out, requests, cached_tokens_in);
  if amount is not null then
    currency := per.currency;
    return next;
  end if;
end;
$$;
revoke all on function app_hidden.price_usage(uuid, text, text, timestamptz, bigint, bigint, bigint, bigint) from public;
grant execute on function app_hidden.price_usage(uuid, text, text, timestamptz, bigint, bigint, bigint, bigint)
  to rowgate_reader, rowgate_writer;
comment on function app_hidden.price_usage(uuid, text, text, timestamptz, bigint, bigint, bigint, bigint) is
  'What a use costs by the prices in force at that moment; no row when any part of it has no price.';
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

--! Included budgets/alert_recipients.sql
-- Who is told that a budget's threshold was crossed: whoever sees all budgets, and whoever it is about.
create or replace function app_hidden.alert_recipients(organization_id uuid, budget_id uuid) returns table (user_id uuid)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select members.user_id
  from app_public.members
    join app_public.budgets on budgets.organization_id = members.organization_id and budgets.id = alert_recipients.budget_id
  where members.organization_id = alert_recipients.organization_id
    and (
      members.user_id in (select app_hidden.holders(alert_recipients.organization_id, 'budget:read_all'))
      or budgets.user_id = members.user_id
      or exists (
        select from app_public.team_members
        where team_members.organization_id = budgets.organization_id and team_members.team_id = budgets.team_id
          and team_members.user_id = members.user_id and team_members.role = 'lead'
      )
    );
end;
$$;
revoke all on function app_hidden.alert_recipients(uuid, uuid) from public;
grant execute on function app_hidden.alert_recipients(uuid, uuid) to rowgate_job, rowgate_writer;
comment on function app_hidden.alert_recipients(uuid, uuid) is
  'Who gets the alerts of a budget: whoever holds budget:read_all, the leads of its team, its member.';
--! EndIncluded budgets/alert_recipients.sql
--! Included alerts/alert_audience.sql
-- Whom an alert concerns: whoever may see what it is about. Asked when it happens, and again when it is sent.
create or replace function app_hidden.alert_audience(organization_id uuid, kind text, facts jsonb) returns table (user_id uuid)
language plpgsql stable
set search_path = ''
as $$
begin
  if facts ? 'budget_id' then
    return query select recipients.user_id
    from app_hidden.alert_recipients(alert_audience.organization_id, (facts ->> 'budget_id')::uuid) as recipients;
    return;
  end if;
  return query
  select app_hidden.holders(alert_audience.organization_id, case alert_audience.kind
    when 'errors' then 'health:read'
    when 'key_expiry' then 'owner:manage'
    when 'quota' then 'quota:read'
    else 'usage:read_all'
  end)
  union
  select keys.responsible_id
  from app_public.org_api_keys as keys
  where alert_audience.kind = 'key_expiry' and keys.organization_id = alert_audience.organization_id
    and keys.id = (facts ->> 'api_key_id')::uuid and keys.responsible_id is not null;
end;
$$;
revoke all on function app_hidden.alert_audience(uuid, text, jsonb) from public;
grant execute on function app_hidden.alert_audience(uuid, text, jsonb) to rowgate_writer;
comment on function app_hidden.alert_audience(uuid, text, jsonb) is 'The members of an organization whom an alert of a kind concerns.';

-- An alert that is no longer true is not sent any more.
create or replace function app_hidden.alert_stands(event app_public.alert_events) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return case event.kind
    when 'key_expiry' then exists (
      select from app_public.org_api_keys as keys
      where keys.organization_id = event.organization_id and keys.id = (event.facts ->> 'api_key_id')::uuid
        and keys.expires_at = (event.facts ->> 'expires_at')::timestamptz
        and keys.expires_at > now() and keys.status <> 'revoked'
    )
    when 'unpriced' then exists (
      select from app_public.unpriced_models as models
      where models.organization_id = event.organization_id and models.service = event.facts ->> 'service'
        and models.model = event.facts ->> 'model'
    )
    else true
  end;
end;
$$;
revoke all on function app_hidden.alert_stands(app_public.alert_events) from public;
grant execute on function app_hidden.alert_stands(app_public.alert_events) to rowgate_writer;
comment on function app_hidden.alert_stands(app_public.alert_events) is
  'Whether what an alert says is still so, as far as that can change: the key ends then, the price is missing.';
--! EndIncluded alerts/alert_audience.sql
--! Included alerts/raise_alert.sql
-- The one way into app_public.alert_events. Called in the transaction of the fact: the unique row makes an alert happen exactly once, and
-- what is queued with it goes when the transaction commits, or not at all.
create or replace function app_hidden.raise_alert(rule app_public.alert_rules, occasion text, facts jsonb) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  muted constant boolean := coalesce(rule.muted_until > now(), false);
  event uuid;
  delivery app_public.alert_deliveries;
begin
  insert into app_public.alert_events (organization_id, rule_id, kind, occasion, facts, muted)
  values (rule.organization_id, rule.id, rule.kind, raise_alert.occasion, jsonb_strip_nulls(raise_alert.facts), muted)
  on conflict on constraint alert_events_once do nothing
  returning id into event;
  if event is null then
    return false;
  end if;
  if muted then
    return true;
  end if;
  for delivery in
    insert into app_public.alert_deliveries (organization_id, event_id, channel_id, user_id, status)
    select rule.organization_id, event, channels.id, people.user_id,
      case when channels.status = 'disabled' then 'skipped' when channels.digest then 'waiting' else 'pending' end
    from app_public.alert_rule_channels as chosen
      join app_public.alert_channels as channels
        on channels.organization_id = chosen.organization_id and channels.id = chosen.channel_id
      cross join lateral (
        select channels.user_id where channels.kind <> 'email' or channels.user_id is not null
        union
        select audience.user_id from app_hidden.alert_audience(rule.organization_id, rule.kind, raise_alert.facts) as audience
        where channels.kind = 'email' and channels.user_id is null
      ) as people
    where chosen.organization_id = rule.organization_id and chosen.rule_id = rule.id
    returning *
  loop
    if delivery.status = 'pending' then
      perform app_hidden.queue_delivery(delivery);
    end if;
  end loop;
  return true;
end;
$$;
revoke all on function app_hidden.raise_alert(app_public.alert_rules, text, jsonb) from public;
grant execute on function app_hidden.raise_alert(app_public.alert_rules, text, jsonb) to rowgate_writer;
comment on function app_hidden.raise_alert(app_public.alert_rules, text, jsonb) is
  'Writes an alert of a rule for an occasion unless there is one, and queues what its channels send. Answers whether it is new.';

-- One job a delivery, so that a retry repeats nothing to the others. Webhooks have a queue of their own: a receiver that keeps us waiting
-- holds up no mail, and takes one of the worker's places at most.
create or replace function app_hidden.queue_delivery(delivery app_public.alert_deliveries) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app_hidden.enqueue(
    delivery.organization_id,
    case when delivery.user_id is null then 'alerts/webhook' else 'alerts/mail' end,
    jsonb_build_object('delivery_id', delivery.id),
    concat_ws(':', delivery.id, delivery.resends),
    case when delivery.user_id is null then 'webhooks' end);
end;
$$;
revoke all on function app_hidden.queue_delivery(app_public.alert_deliveries) from public;
grant execute on function app_hidden.queue_delivery(app_public.alert_deliveries) to rowgate_writer;
comment on function app_hidden.queue_delivery(app_public.alert_deliveries) is 'Queues the job that makes a delivery.';
--! EndIncluded alerts/raise_alert.sql
--! Included budgets/budget_facts.sql
-- What alerts tell of a budget. Names are as of now; who may know them is decided by who gets the alert.
create or replace function app_hidden.budget_facts(budget app_public.budgets, period app_public.budget_periods) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'budget_id', budget.id, 'level', budget.level, 'budget', budget.name, 'of', case budget.level
      when 'team' then (
        select teams.name from app_public.teams
        where teams.organization_id = budget.organization_id and teams.id = budget.team_id
      )
      when 'api_key' then (
        select keys.name from app_public.org_api_keys as keys
        where keys.organization_id = budget.organization_id and keys.id = budget.api_key_id
      )
      when 'member' then (select users.name from app_public.users where users.id = budget.user_id)
    end,
    'unit', coalesce(period.currency, budget.unit), 'policy', period.policy, 'starts_at', app_hidden.as_instant(period.starts_at),
    'resets_at', app_hidden.as_instant(nullif(period.ends_at, 'infinity')));
end;
$$;
revoke all on function app_hidden.budget_facts(app_public.budgets, app_public.budget_periods) from public;
grant execute on function app_hidden.budget_facts(app_public.budgets, app_public.budget_periods) to rowgate_writer;
comment on function app_hidden.budget_facts(app_public.budgets, app_public.budget_periods) is
  'What an alert tells of a budget and its period: whose it is, unit, policy, beginning and end.';

create or replace function app_hidden.as_instant(at timestamptz) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
$$;
revoke all on function app_hidden.as_instant(timestamptz) from public;
grant execute on function app_hidden.as_instant(timestamptz) to rowgate_user, rowgate_key, rowgate_writer;
comment on function app_hidden.as_instant(timestamptz) is 'A moment as text in UTC, to the microsecond, whatever the time zone of the connection.';
--! EndIncluded budgets/budget_facts.sql
--! Included budgets/announce_crossing.sql
-- Which thresholds a budget fires at: its own, and those of the rules that watch it. Each is a barrier for what is lent out.
create or replace function app_hidden.watched_thresholds(budget app_public.budgets) returns int[]
language plpgsql stable
set search_path = ''
as $$
begin
  return app_hidden.sorted(budget.thresholds || coalesce((
    select array_agg(step)
    from app_hidden.budget_rules(budget) as rules cross join unnest(rules.thresholds) as step
  ), '{}'));
end;
$$;
revoke all on function app_hidden.watched_thresholds(app_public.budgets) from public;
grant execute on function app_hidden.watched_thresholds(app_public.budgets) to rowgate_writer;
comment on function app_hidden.watched_thresholds(app_public.budgets) is
  'The thresholds of a budget and of the alert rules that watch it, in percent, ascending.';

-- The plan's API calls are a budget too, and their rule is the one about the plan.
create or replace function app_hidden.budget_rules(budget app_public.budgets) returns setof app_public.alert_rules
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select rules.*
  from app_public.alert_rules as rules
  where rules.organization_id = budget.organization_id
    and case when budget.source = 'plan'
      then rules.kind = 'quota' and coalesce(rules.resource, 'api_calls') = 'api_calls'
      else rules.kind = 'threshold' and coalesce(rules.budget_id, budget.id) = budget.id
    end
  order by rules.id;
end;
$$;
revoke all on function app_hidden.budget_rules(app_public.budgets) from public;
grant execute on function app_hidden.budget_rules(app_public.budgets) to rowgate_writer;
comment on function app_hidden.budget_rules(app_public.budgets) is 'The alert rules that watch the use of a budget.';

create or replace function app_hidden.announce_crossing(
  alert app_public.budget_alerts, period app_public.budget_periods, rule_id uuid default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  budget app_public.budgets;
begin
  select * into strict budget from app_public.budgets
  where budgets.organization_id = alert.organization_id and budgets.id = alert.budget_id;
  perform app_hidden.raise_alert(rules,
    concat_ws('/', alert.budget_id, app_hidden.as_instant(alert.starts_at), alert.limit_version, alert.threshold),
    app_hidden.budget_facts(budget, period) || jsonb_build_object(
      'threshold', alert.threshold, 'limit', trim_scale(alert.limit_amount)::text, 'used', trim_scale(alert.settled)::text))
  from app_hidden.budget_rules(budget) as rules
  where alert.threshold = any (coalesce(rules.thresholds, budget.thresholds)) and coalesce(rule_id, rules.id) = rules.id;
end;
$$;
revoke all on function app_hidden.announce_crossing(app_public.budget_alerts, app_public.budget_periods, uuid) from public;
grant execute on function app_hidden.announce_crossing(app_public.budget_alerts, app_public.budget_periods, uuid) to rowgate_writer;
comment on function app_hidden.announce_crossing(app_public.budget_alerts, app_public.budget_periods, uuid) is
  'Raises the alerts of the rules, or of one, that watch a threshold which was crossed.';
--! EndIncluded budgets/announce_crossing.sql
--! Included budgets/announce_crossings.sql
-- Called with the period's row and all its parts locked, by whatever moved use, limit or thresholds: the unique row makes an alert
-- fire exactly once, and its jobs are queued in the same transaction, so that a rolled back crossing announces nothing.
create or replace function app_hidden.announce_crossings(
  period app_public.budget_periods, settled numeric, announce boolean default true
) returns numeric
language plpgsql volatile
set search_path = ''
as $$
declare
  step int;
  at_amount numeric;
  alert app_public.budget_alerts;
  news boolean;
begin
  if period.paused then
    return 'Infinity';
  end if;
  foreach step in array period.thresholds loop
    at_amount := period.limit_amount * step / 100;
    continue when exists (
      select from app_public.budget_alerts as alerts
      where alerts.organization_id = period.organization_id and alerts.budget_id = period.budget_id
        and alerts.starts_at = period.starts_at and alerts.limit_version = period.limit_version and alerts.threshold = step
    );
    -- A limit of zero is crossed by the first use above zero, not by nothing.
    if announce_crossings.settled < at_amount or announce_crossings.settled <= 0 then
      return at_amount;
    end if;
    -- A threshold that was announced and is still crossed under a changed limit is no news.
    news := announce_crossings.announce or not exists (
      select from app_public.budget_alerts as alerts
      where alerts.organization_id = period.organization_id and alerts.budget_id = period.budget_id
        and alerts.starts_at = period.starts_at and alerts.limit_version = period.limit_version - 1 and alerts.threshold = step
    );
    insert into app_public.budget_alerts
      (organization_id, budget_id, starts_at, limit_version, threshold, limit_amount, settled, announced)
    values (period.organization_id, period.budget_id, period.starts_at, period.limit_version, step, period.limit_amount,
      announce_crossings.settled, news)
    on conflict on constraint budget_alerts_once do nothing
    returning * into alert;
    continue when alert.id is null or not news;
    perform app_hidden.announce_crossing(alert, period);
  end loop;
  return 'Infinity';
end;
$$;
revoke all on function app_hidden.announce_crossings(app_public.budget_periods, numeric, boolean) from public;
grant execute on function app_hidden.announce_crossings(app_public.budget_periods, numeric, boolean) to rowgate_writer;
comment on function app_hidden.announce_crossings(app_public.budget_periods, numeric, boolean) is
  'Writes an alert for each threshold that the settled use has reached and that has none yet, raises the alerts of the rules, and answers the amount of the next threshold; Infinity if there is none. announce: false after a change of the limit, when only what was not announced under the version before is news.';
--! EndIncluded budgets/announce_crossings.sql
--! Included budgets/share_out.sql
-- The caller holds the period's row and all its parts, or made them in this transaction. Everything that moves limit, thresholds
-- or sums outside of the parts' own room ends here, so this is the only place that lends room out.
create or replace function app_hidden.share_out(
  period app_public.budget_periods, usual numeric, settled_more numeric default 0, held_more numeric default 0,
  announce boolean default true
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  total record;
  allowed record;
  total_room numeric;
  total_ahead numeric;
  funded int;
begin
  select sum(parts.settled) + settled_more as settled, sum(parts.held) + held_more as held into total
  from app_public.budget_shards as parts
  where parts.organization_id = period.organization_id and parts.budget_id = period.budget_id
    and parts.starts_at = period.starts_at;

  allowed := app_hidden.period_cap(period, clock_timestamp());
  total_room := allowed.cap - total.settled - total.held;
  total_ahead := app_hidden.announce_crossings(period, total.settled, announce) - total.settled;
  -- Close to a limit or threshold few parts get something: split among all, it would be too little for anybody. The others are closed, and
  -- cost nobody a lock or an update: with 256 of them open the last charges before a limit took 80 ms each.
  funded := case
    when usual <= 0 or least(total_room, total_ahead) = 'Infinity' then period.shards
    else greatest(1, least(period.shards, trunc(least(total_room, total_ahead) / (8 * usual))))
  end;

  update app_public.budget_shards as parts
  set
    settled = case parts.shard when 0 then total.settled else 0 end,
    held = case parts.shard when 0 then total.held else 0 end,
    room = case
      when parts.shard >= funded then 0
      when parts.shard = 0 and share.room < 'Infinity' then total_room - share.room * (funded - 1)
      else share.room
    end,
    ahead = case
      when parts.shard >= funded then 0
      when parts.shard = 0 and share.ahead < 'Infinity' then total_ahead - share.ahead * (funded - 1)
      else share.ahead
    end,
    -- Above the limit nothing may be lent, not even what a release gives back.
    valid_until = case when total_room < 0 or parts.shard >= funded then '-infinity' else allowed.valid_until end
  from (select trunc(total_room / funded, 12) as room, trunc(total_ahead / funded, 12) as ahead) as share
  where parts.organization_id = period.organization_id and parts.budget_id = period.budget_id
    and parts.starts_at = period.starts_at
    and (parts.shard < funded or parts.valid_until > '-infinity');
end;
$$;
revoke all on function app_hidden.share_out(app_public.budget_periods, numeric, numeric, numeric, boolean) from public;
grant execute on function app_hidden.share_out(app_public.budget_periods, numeric, numeric, numeric, boolean) to rowgate_writer;
comment on function app_hidden.share_out(app_public.budget_periods, numeric, numeric, numeric, boolean) is
  'Adds to the sums of a period, announces the thresholds that they reach, and lends what is left up to the limit and the next threshold out to its parts. usual: what one charge takes.';
--! EndIncluded budgets/share_out.sql
--! Included budgets/open_period.sql
-- No job opens a period: whoever first meets it does. Periods of a budget never overlap: after a change of the time zone the new
-- clocks count from where the old ones ended.
create or replace function app_hidden.open_period(organization_id uuid, budget_id uuid, at timestamptz)
returns app_public.budget_periods
language plpgsql volatile
set search_path = ''
as $$
declare
  organization record;
  budget app_public.budgets;
  period app_public.budget_periods;
  before record;
  after timestamptz;
begin
  -- Both stay as they are until we have committed; the organization first, as everywhere.
  select organizations.time_zone, organizations.currency into strict organization
  from app_public.organizations where organizations.id = open_period.organization_id
  for share;
  select * into strict budget from app_public.budgets
  where budgets.organization_id = open_period.organization_id and budgets.id = open_period.budget_id
  for share;

  select periods.ends_at, periods.shards into before
  from app_public.budget_periods as periods
  where periods.organization_id = open_period.organization_id and periods.budget_id = open_period.budget_id
    and periods.starts_at <= open_period.at
  order by periods.starts_at desc limit 1;
  select min(periods.starts_at) into after
  from app_public.budget_periods as periods
  where periods.organization_id = open_period.organization_id and periods.budget_id = open_period.budget_id
    and periods.starts_at > open_period.at;

  if before.ends_at is null or before.ends_at <= open_period.at then
    insert into app_public.budget_periods
      (organization_id, budget_id, starts_at, ends_at, limit_amount, currency, policy, grace_percent, thresholds, paused,
        limit_version, shards)
    values (open_period.organization_id, open_period.budget_id,
      greatest(app_hidden.period_start(budget.period, open_period.at, organization.time_zone), before.ends_at),
      least(app_hidden.period_end(budget.period, open_period.at, organization.time_zone), after),
      budget.limit_amount,
      case when budget.unit = 'money' then coalesce(budget.currency, organization.currency) end,
      budget.policy, budget.grace_percent, app_hidden.watched_thresholds(budget), budget.status = 'paused', budget.limit_version,
      -- A budget that was busy begins with some of the parts that it needed; it gets more when it needs them again.
      greatest(1, coalesce(before.shards, 1) / 4))
    on conflict do nothing
    returning * into period;
    if found then
      insert into app_public.budget_shards (organization_id, budget_id, starts_at, shard)
      select period.organization_id, period.budget_id, period.starts_at, shard
      from generate_series(0, period.shards - 1) as shard;
      perform app_hidden.share_out(period, 0);
      return period;
    end if;
  end if;
  -- Somebody was faster, and has committed by now.
  select * into strict period
  from app_public.budget_periods as periods
  where periods.organization_id = open_period.organization_id and periods.budget_id = open_period.budget_id
    and periods.starts_at <= open_period.at
  order by periods.starts_at desc limit 1;
  return period;
end;
$$;
revoke all on function app_hidden.open_period(uuid, uuid, timestamptz) from public;
grant execute on function app_hidden.open_period(uuid, uuid, timestamptz) to rowgate_writer;
comment on function app_hidden.open_period(uuid, uuid, timestamptz) is
  'The period of a budget that contains an instant, with its counter; made if nobody has met it yet.';
--! EndIncluded budgets/open_period.sql
--! Included budgets/charge_slowly.sql
create or replace function app_hidden.charge_slowly(
  organization_id uuid, budget_id uuid, starts_at timestamptz, settled_more numeric, held_more numeric,
  forced text, usage_record_id uuid, shards int
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  more constant numeric := charge_slowly.settled_more + charge_slowly.held_more;
  period app_public.budget_periods;
  total record;
  cap numeric;
  ended numeric := 0;
begin
  period := app_hidden.lock_period(charge_slowly.organization_id, charge_slowly.budget_id, charge_slowly.starts_at);
  select sum(parts.settled) as settled, sum(parts.held) as held into total
  from app_public.budget_shards as parts
  where parts.organization_id = charge_slowly.organization_id and parts.budget_id = charge_slowly.budget_id
    and parts.starts_at = charge_slowly.starts_at;
  cap := (app_hidden.period_cap(period, clock_timestamp())).cap;

  if more > 0 and total.settled + total.held + more > cap then
    ended := app_hidden.end_holds(charge_slowly.organization_id, charge_slowly.budget_id, charge_slowly.starts_at);
    if total.settled + total.held - ended + more > cap then
      if charge_slowly.forced is null then
        perform app_hidden.refuse_charge(charge_slowly.organization_id, charge_slowly.budget_id, charge_slowly.starts_at, more,
          total.settled, total.held - ended);
      end if;
      insert into app_public.budget_overruns (organization_id, budget_id, starts_at, usage_record_id, reason, amount)
      values (charge_slowly.organization_id, charge_slowly.budget_id, charge_slowly.starts_at, charge_slowly.usage_record_id,
        charge_slowly.forced, least(more, total.settled + total.held - ended + more - cap));
    end if;
  end if;

  if charge_slowly.shards > period.shards then
    insert into app_public.budget_shards (organization_id, budget_id, starts_at, shard)
    select period.organization_id, period.budget_id, period.starts_at, shard
    from generate_series(period.shards, charge_slowly.shards - 1) as shard;
    update app_public.budget_periods as periods
    set shards = charge_slowly.shards
    where periods.organization_id = charge_slowly.organization_id and periods.budget_id = charge_slowly.budget_id
      and periods.starts_at = charge_slowly.starts_at
    returning * into period;
  end if;
  perform app_hidden.share_out(period, abs(more), charge_slowly.settled_more, charge_slowly.held_more - ended);
end;
$$;
revoke all on function app_hidden.charge_slowly(uuid, uuid, timestamptz, numeric, numeric, text, uuid, int) from public;
grant execute on function app_hidden.charge_slowly(uuid, uuid, timestamptz, numeric, numeric, text, uuid, int) to rowgate_writer;
comment on function app_hidden.charge_slowly(uuid, uuid, timestamptz, numeric, numeric, text, uuid, int) is
  'Charges with the whole period locked: exact, and one at a time. shards: how many parts there shall be then. Raises BUDGET_EXCEEDED.';

create or replace function app_hidden.lock_period(organization_id uuid, budget_id uuid, starts_at timestamptz)
returns app_public.budget_periods
language plpgsql volatile
set search_path = ''
as $$
declare
  period app_public.budget_periods;
begin
  select * into strict period from app_public.budget_periods as periods
  where periods.organization_id = lock_period.organization_id and periods.budget_id = lock_period.budget_id
    and periods.starts_at = lock_period.starts_at
  for no key update;
  -- Only whoever holds the period's row makes more of them, and writes the closed ones: those stand still already.
  perform from app_public.budget_shards as parts
  where parts.organization_id = lock_period.organization_id and parts.budget_id = lock_period.budget_id
    and parts.starts_at = lock_period.starts_at and parts.valid_until > '-infinity'
  order by parts.shard
  for no key update;
  return period;
end;
$$;
revoke all on function app_hidden.lock_period(uuid, uuid, timestamptz) from public;
grant execute on function app_hidden.lock_period(uuid, uuid, timestamptz) to rowgate_writer;
comment on function app_hidden.lock_period(uuid, uuid, timestamptz) is
  'The period as it is now, with its counter standing still until commit.';

-- Expired holds end here, by whoever needs the room: no worker has to run. A line that somebody is settling this moment is
-- passed over; whoever settles an expired one takes the period''s row first.
create or replace function app_hidden.end_holds(organization_id uuid, budget_id uuid, starts_at timestamptz) returns numeric
language plpgsql volatile
set search_path = ''
as $$
declare
  ended numeric;
begin
  with expired as (
    select lines.hold_id from app_private.hold_lines as lines
    where lines.organization_id = end_holds.organization_id and lines.budget_id = end_holds.budget_id
      and lines.starts_at = end_holds.starts_at and lines.open and lines.expires_at <= clock_timestamp()
    for no key update skip locked
  ),
  closed as (
    update app_private.hold_lines as lines set open = false
    from expired
    where lines.organization_id = end_holds.organization_id and lines.hold_id = expired.hold_id
      and lines.budget_id = end_holds.budget_id
    returning lines.amount
  )
  select coalesce(sum(closed.amount), 0) into ended from closed;
  return ended;
end;
$$;
revoke all on function app_hidden.end_holds(uuid, uuid, timestamptz) from public;
grant execute on function app_hidden.end_holds(uuid, uuid, timestamptz) to rowgate_writer;
comment on function app_hidden.end_holds(uuid, uuid, timestamptz) is
  'Ends what expired holds keep in a period, and answers how much that was; the caller holds the period and takes it out of held.';
--! EndIncluded budgets/charge_slowly.sql
--! Included budgets/charge.sql
-- How a charge meets a period. Three ways, each only when the one before did not do:
--
-- 1. Fast: any one part that nobody is writing and that has room, its own first. Never waits (SKIP LOCKED). In a sub-transaction
--    (2.5 µs): SKIP LOCKED keeps the lock of a part whose room went while it was being locked, and whoever holds that and then
--    waits for the period's row would wait for somebody who waits for them.
-- 2. A look without locks: what does not fit is refused there and then. One statement sees one moment, and at that moment it
--    did not fit. If some part could take it and all of those are busy, it waits for one of them, inside a sub-transaction, so that
--    a wait for nothing leaves no lock behind; or, if all parts are busy and the period's row is free, it makes more parts.
-- 3. Slow: the period's row, then all parts in order. The sums are exact there: thresholds fire, expired holds end, what is left is
--    lent out anew, or the charge is refused.
--
-- Nothing can deadlock: budgets come in ascending order, in one budget the period's row comes before the parts, and whoever holds a
-- part from way 1 or the wait of way 2 asks for nothing more in that budget. That holds for one verb a transaction, as the API
-- sends them; a transaction of several can meet another such one, and PostgreSQL then ends one of the two (RETRY).
create or replace function app_hidden.charge(
  organization_id uuid, budget_id uuid, starts_at timestamptz, settled_more numeric, held_more numeric,
  shards int, forced text default null, usage_record_id uuid default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  more constant numeric := charge.settled_more + charge.held_more;
  clock timestamptz := clock_timestamp();
  own constant int := pg_backend_pid() % charge.shards;
  figures record;
begin
  begin
    update app_public.budget_shards as part
    set settled = part.settled + charge.settled_more, held = part.held + charge.held_more,
      room = part.room - more, ahead = part.ahead - charge.settled_more
    where part.organization_id = charge.organization_id and part.budget_id = charge.budget_id
      and part.starts_at = charge.starts_at
      and part.shard = coalesce(
        (
          select free.shard from app_public.budget_shards as free
          where free.organization_id = charge.organization_id and free.budget_id = charge.budget_id
            and free.starts_at = charge.starts_at and free.shard = own
            and (more <= 0 or free.room >= more) and (charge.settled_more <= 0 or free.ahead > charge.settled_more)
            and free.valid_until > clock
          for no key update skip locked
        ),
        (
          select free.shard from app_public.budget_shards as free
          where free.organization_id = charge.organization_id and free.budget_id = charge.budget_id
            and free.starts_at = charge.starts_at
            and (more <= 0 or free.room >= more) and (charge.settled_more <= 0 or free.ahead > charge.settled_more)
            and free.valid_until > clock
          limit 1
          for no key update skip locked
        )
      );
    if found then
      return;
    end if;
    raise exception using errcode = 'RG000';
  exception when sqlstate 'RG000' then
    null;
  end;

  figures := app_hidden.period_figures(charge.organization_id, charge.budget_id, charge.starts_at);
  if charge.forced is null and more > 0 and figures.settled + figures.held + more > figures.cap then
    perform app_hidden.refuse_charge(charge.organization_id, charge.budget_id, charge.starts_at, more, figures.settled, figures.held);
  end if;

  select coalesce(array_agg(part.shard), '{}') as able into figures
  from app_public.budget_shards as part
  where part.organization_id = charge.organization_id and part.budget_id = charge.budget_id
    and part.starts_at = charge.starts_at
    and (more <= 0 or part.room >= more) and (charge.settled_more <= 0 or part.ahead > charge.settled_more)
    and part.valid_until > clock;
  if cardinality(figures.able) > 0 then
    if cardinality(figures.able) >= charge.shards and charge.shards < 256 then
      perform from app_public.budget_periods as period
      where period.organization_id = charge.organization_id and period.budget_id = charge.budget_id
        and period.starts_at = charge.starts_at
      for no key update skip locked;
      if found then
        perform app_hidden.charge_slowly(charge.organization_id, charge.budget_id, charge.starts_at,
          charge.settled_more, charge.held_more, charge.forced, charge.usage_record_id, charge.shards * 4);
        return;
      end if;
    end if;
    begin
      update app_public.budget_shards as part
      set settled = part.settled + charge.settled_more, held = part.held + charge.held_more,
        room = part.room - more, ahead = part.ahead - charge.settled_more
      where part.organization_id = charge.organization_id and part.budget_id = charge.budget_id
        and part.starts_at = charge.starts_at
        and part.shard = figures.able[1 + pg_backend_pid() % cardinality(figures.able)]
        and (more <= 0 or part.room >= more) and (charge.settled_more <= 0 or part.ahead > charge.settled_more)
        -- By the clock of after the wait: a raise may have ended meanwhile.
        and part.valid_until > clock_timestamp();
      if found then
        return;
      end if;
      raise exception using errcode = 'RG000';
    exception when sqlstate 'RG000' then
      null;
    end;
  end if;

  perform app_hidden.charge_slowly(charge.organization_id, charge.budget_id, charge.starts_at,
    charge.settled_more, charge.held_more, charge.forced, charge.usage_record_id, null);
end;
$$;
revoke all on function app_hidden.charge(uuid, uuid, timestamptz, numeric, numeric, int, text, uuid) from public;
grant execute on function app_hidden.charge(uuid, uuid, timestamptz, numeric, numeric, int, text, uuid) to rowgate_writer;
comment on function app_hidden.charge(uuid, uuid, timestamptz, numeric, numeric, int, text, uuid) is
  'Adds to what is settled and held in a period if it fits. With forced, a reason of budget_overruns, it is booked in any case, and what is above the limit is recorded. Raises BUDGET_EXCEEDED.';
--! EndIncluded budgets/charge.sql
--! Included budgets/applicable_budgets.sql
-- Which budgets a use meets. Whoever charges them orders by their id: so that nobody waits in a circle. Credits come before
-- that, for who has to know whether there is one. scopes: the organization, the team with all above it, the member, the key.
-- SQL without a SET clause, so that PostgreSQL inlines it into the statements that ask.
create or replace function app_hidden.budgets_for(organization_id uuid, scopes uuid[], service text, model text)
returns table (budget_id uuid, unit text, counts_from timestamptz, credit boolean)
language sql stable
as $$
  select budgets.id, budgets.unit, budgets.counts_from, budgets.kind = 'credit'
  from app_public.budgets
  where budgets.organization_id = budgets_for.organization_id
    and budgets.scope_id = any (budgets_for.scopes)
    and (budgets.service is null or budgets.service = budgets_for.service)
    and (budgets.model is null or budgets.model = budgets_for.model)
$$;
revoke all on function app_hidden.budgets_for(uuid, uuid[], text, text) from public;
grant execute on function app_hidden.budgets_for(uuid, uuid[], text, text) to rowgate_reader, rowgate_writer;
comment on function app_hidden.budgets_for(uuid, uuid[], text, text) is
  'The budgets that a use of a service and model counts on, from a moment on.';

create or replace function app_hidden.applicable_budgets(
  organization_id uuid, scopes uuid[], service text, model text, at timestamptz
) returns table (budget_id uuid, unit text, starts_at timestamptz, ends_at timestamptz, budget_currency text, shards int,
  credit boolean)
language sql stable
as $$
  select budgets.budget_id, budgets.unit, periods.starts_at, periods.ends_at, periods.currency, periods.shards,
    budgets.credit
  from app_hidden.budgets_for(applicable_budgets.organization_id, applicable_budgets.scopes, applicable_budgets.service,
      applicable_budgets.model) as budgets
    left join lateral (
      select newest.starts_at, newest.ends_at, newest.currency, newest.shards
      from app_public.budget_periods as newest
      where newest.organization_id = applicable_budgets.organization_id and newest.budget_id = budgets.budget_id
        and newest.starts_at <= applicable_budgets.at
      order by newest.starts_at desc limit 1
    ) as periods on periods.ends_at > applicable_budgets.at
  where budgets.counts_from <= applicable_budgets.at
$$;
revoke all on function app_hidden.applicable_budgets(uuid, uuid[], text, text, timestamptz) from public;
grant execute on function app_hidden.applicable_budgets(uuid, uuid[], text, text, timestamptz) to rowgate_reader, rowgate_writer;
comment on function app_hidden.applicable_budgets(uuid, uuid[], text, text, timestamptz) is
  'The budgets that a use of a service and model counts on at an instant, with the period, which is null where nobody has met it yet. credit: it is a source and no limit; see book_by_source.';
--! EndIncluded budgets/applicable_budgets.sql
--! Included budgets/amount_for.sql
-- One use in the unit of one budget. Null: it can't be said, because the price or the exchange rate is not known.
create or replace function app_hidden.amount_for(
  unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint,
  tokens bigint, at timestamptz
) returns numeric
language plpgsql stable
set search_path = ''
as $$
begin
  return case
    when unit = 'requests' then requests
    when unit = 'tokens' then tokens
    when budget_currency = charged_currency then charged
    when budget_currency = currency then cost
    else round(cost * app_hidden.exchange_rate(currency, budget_currency, at), 12)
  end;
end;
$$;
revoke all on function app_hidden.amount_for(text, text, numeric, text, numeric, text, bigint, bigint, timestamptz) from public;
grant execute on function app_hidden.amount_for(text, text, numeric, text, numeric, text, bigint, bigint, timestamptz)
  to rowgate_reader, rowgate_writer;
comment on function app_hidden.amount_for(text, text, numeric, text, numeric, text, bigint, bigint, timestamptz) is
  'How much a use takes of a budget: its requests, its tokens, or its cost in the budget''s currency; null if that is not known.';
--! EndIncluded budgets/amount_for.sql
--! Included budgets/book.sql
-- One use on one of the budgets that apply; the caller goes through them in ascending order.
-- With a hold its estimate is held. forced null: it must fit. Otherwise it is booked in any case, and the reason says why where it does not fit.
create or replace function app_hidden.book(
  usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamptz, ends_at timestamptz, currency text, shards int,
  forced text default null, hold app_public.usage_holds default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  period app_public.budget_periods;
  amount numeric;
begin
  if starts_at is null then
    period := app_hidden.open_period(usage.organization_id, budget_id, usage.occurred_at);
    starts_at := period.starts_at;
    ends_at := period.ends_at;
    currency := period.currency;
    shards := period.shards;
  end if;
  amount := case unit
    when 'requests' then usage.requests
    when 'tokens' then usage.tokens_in + usage.tokens_out
    else case
      when currency = usage.charged_currency then usage.charged
      else app_hidden.amount_of(usage, unit, currency)
    end
  end;
  if amount is null and usage.cost is not null and usage.charged is not null and forced is null and hold.id is null then
    perform app_hidden.refuse('CURRENCY_MISMATCH', jsonb_build_object('currency', usage.currency, 'budget_currency', currency));
  end if;
  if hold.id is not null then
    if amount is null then
      perform app_hidden.refuse('CURRENCY_MISMATCH', jsonb_build_object('currency', usage.currency, 'budget_currency', currency));
    end if;
    perform app_hidden.charge(usage.organization_id, budget_id, starts_at, 0, amount, shards);
    insert into app_private.hold_lines (organization_id, hold_id, budget_id, starts_at, amount, expires_at)
    values (usage.organization_id, hold.id, book.budget_id, book.starts_at, amount, hold.expires_at);
  elsif amount <> 0 then
    -- A period that is over is never closed to what occurred in it.
    perform app_hidden.charge(usage.organization_id, budget_id, starts_at, amount, 0, shards,
      coalesce(forced, case when ends_at <= now() then 'late' end), usage.id);
  end if;
end;
$$;
revoke all on function app_hidden.book(app_public.usage_records, uuid, text, timestamptz, timestamptz, text, int, text, app_public.usage_holds) from public;
grant execute on function app_hidden.book(app_public.usage_records, uuid, text, timestamptz, timestamptz, text, int, text, app_public.usage_holds) to rowgate_writer;
comment on function app_hidden.book(app_public.usage_records, uuid, text, timestamptz, timestamptz, text, int, text, app_public.usage_holds) is
  'Charges a use to one budget, in the period in which it occurred, or holds what it may come to. Raises BUDGET_EXCEEDED and CURRENCY_MISMATCH unless forced.';
--! EndIncluded budgets/book.sql
--! Included budgets/book_by_source.sql
-- Where a member has a credit, one of two sources pays for a use: the credit, or the organization's pool, which is all its budgets in
-- money that apply. The first in the organization's order that has room for all of it pays all of it; a use is never split, so that each has
-- one payer, and what follows it (a settlement, a correction) has the same. Budgets in requests or tokens count every use, whoever pays.
create or replace function app_hidden.pays(credit boolean, unit text, by_credit boolean) returns boolean
language sql immutable parallel safe
as $$
  select case when credit then by_credit when unit = 'money' then not by_credit else true end
$$;
revoke all on function app_hidden.pays(boolean, text, boolean) from public;
grant execute on function app_hidden.pays(boolean, text, boolean) to rowgate_writer;
comment on function app_hidden.pays(boolean, text, boolean) is
  'Whether a use counts on a budget, when the credit pays for it or when the organization does.';

-- Each try is a sub-transaction: one that does not fit leaves nothing behind, no lock either, so the second one goes through the budgets
-- in ascending order as if it were the first.
create or replace function app_hidden.book_by_source(
  usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  credit_first constant boolean := (
    select organizations.credit_order = 'personal_first' from app_public.organizations where organizations.id = usage.organization_id
  );
  by_credit boolean;
  budget record;
begin
  foreach by_credit in array array[credit_first, not credit_first] loop
    -- What has no price yet costs nothing now, so any source would do: the organization pays once it has one.
    continue when by_credit and usage.charged is null;
    begin
      for budget in
        select * from app_hidden.applicable_budgets(usage.organization_id, scopes, usage.service, usage.model, usage.occurred_at) as known
        where app_hidden.pays(known.credit, known.unit, by_credit)
        order by known.budget_id
      loop
        if budget.credit then
          insert into app_private.credit_uses (organization_id, subject_id, budget_id)
          values (usage.organization_id, usage.id, budget.budget_id);
        end if;
        perform app_hidden.book(usage, budget.budget_id, budget.unit, budget.starts_at, budget.ends_at, budget.budget_currency,
          budget.shards, null, hold);
      end loop;
      return;
    exception when sqlstate 'RG402' then
      if by_credit <> credit_first or usage.charged is null then
        raise;
      end if;
    end;
  end loop;
end;
$$;
revoke all on function app_hidden.book_by_source(app_public.usage_records, uuid[], app_public.usage_holds) from public;
grant execute on function app_hidden.book_by_source(app_public.usage_records, uuid[], app_public.usage_holds) to rowgate_writer;
comment on function app_hidden.book_by_source(app_public.usage_records, uuid[], app_public.usage_holds) is
  'Books a use, or with a hold holds it, on the first source in the organization''s order that has room for it: its member''s credit or the organization. Raises BUDGET_EXCEEDED, of the second source, if neither has; CURRENCY_MISMATCH.';
--! EndIncluded budgets/book_by_source.sql
--! Included budgets/used_in_period.sql
-- What a new budget has to start with.
create or replace function app_hidden.used_in_period(budget app_public.budgets, period app_public.budget_periods) returns numeric
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(app_hidden.amount_of(usage, budget.unit, period.currency)), 0)
    from app_public.usage_records as usage
    where usage.organization_id = budget.organization_id
      and usage.occurred_at >= greatest(period.starts_at, (
        select marks.kept_since from app_private.rollup_marks as marks where marks.organization_id = budget.organization_id
      )) and usage.occurred_at < period.ends_at
      and (budget.unit <> 'money' or not exists (
        select from app_private.credit_uses as paid
        where paid.organization_id = usage.organization_id
          and paid.subject_id = coalesce(usage.hold_id, usage.corrects_id, usage.id)
      ))
      and (budget.service is null or usage.service = budget.service)
      and (budget.model is null or usage.model = budget.model)
      and case budget.level
        when 'team' then usage.team_id in (
          select teams.id from app_public.teams
          where teams.organization_id = budget.organization_id and budget.team_id = any (teams.path)
        )
        when 'member' then usage.user_id = budget.user_id
        when 'api_key' then usage.api_key_id = budget.api_key_id
        else true
      end
  ) + coalesce((
    -- What there are no records of any more, from its sums: at today's rates, and whoever paid it.
    select sum(case budget.unit
      when 'requests' then sums.requests
      when 'tokens' then sums.tokens_in + sums.tokens_out
      when 'money' then sums.cost * case when sums.currency = period.currency then 1
        else coalesce(app_hidden.exchange_rate(sums.currency, period.currency, now()), 0) end
    end)
    from app_private.rollup_marks as marks
      join app_public.usage_rollups as sums on sums.organization_id = marks.organization_id
    where marks.organization_id = budget.organization_id and sums.grain = 'hour' and not sums.whole
      and sums.starts_at >= period.starts_at and sums.starts_at < period.ends_at
      and sums.starts_at <= marks.kept_since - interval '1 hour'
      and (budget.service is null or sums.service = budget.service)
      and (budget.model is null or sums.model = budget.model)
      and case budget.level
        when 'team' then sums.team_id in (
          select teams.id from app_public.teams
          where teams.organization_id = budget.organization_id and budget.team_id = any (teams.path)
        )
        when 'member' then sums.user_id = budget.user_id
        when 'api_key' then sums.api_key_id = budget.api_key_id
        else true
      end
  ), 0);
end;
$$;
revoke all on function app_hidden.used_in_period(app_public.budgets, app_public.budget_periods) from public;
grant execute on function app_hidden.used_in_period(app_public.budgets, app_public.budget_periods) to rowgate_writer;
comment on function app_hidden.used_in_period(app_public.budgets, app_public.budget_periods) is
  'What the records of a period, and sums where they are no longer kept, come to in a budget''s unit.';

-- Null for no team.
create or replace function app_hidden.team_path(organization_id uuid, team_id uuid) returns uuid[]
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select teams.path from app_public.teams
    where teams.organization_id = team_path.organization_id and teams.id = team_path.team_id
  );
end;
$$;
revoke all on function app_hidden.team_path(uuid, uuid) from public;
grant execute on function app_hidden.team_path(uuid, uuid) to rowgate_reader, rowgate_writer;
comment on function app_hidden.team_path(uuid, uuid) is 'A team and all teams above it; null for no team.';
--! EndIncluded budgets/used_in_period.sql
--! Included budgets/start_budget.sql
-- From here on everybody who books meets the budget, and what they booked before is in its counter.
create or replace function app_hidden.start_budget(budget app_public.budgets) returns app_public.budgets
language plpgsql volatile
set search_path = ''
as $$
declare
  period app_public.budget_periods;
  started app_public.budgets;
begin
  perform app_hidden.stop_usage(budget.organization_id);
  period := app_hidden.open_period(budget.organization_id, budget.id, now());
  -- A credit pays for what comes; nothing has been paid by it before.
  update app_public.budgets set counts_from = case budget.kind when 'credit' then now() else period.starts_at end
  where budgets.organization_id = budget.organization_id and budgets.id = budget.id
  returning * into started;
  insert into app_public.budget_changes (organization_id, budget_id, action, limit_version, limit_after, changed_by)
  values (started.organization_id, started.id, 'created', started.limit_version, started.limit_amount, app_hidden.current_user_id());
  perform app_hidden.share_out(period, 0,
    case started.kind when 'credit' then 0 else app_hidden.used_in_period(started, period) end);
  return started;
end;
$$;
revoke all on function app_hidden.start_budget(app_public.budgets) from public;
grant execute on function app_hidden.start_budget(app_public.budgets) to rowgate_writer;
comment on function app_hidden.start_budget(app_public.budgets) is
  'Opens the current period of a new budget with what it has used so far.';

create or replace function app_hidden.sorted(numbers int[]) returns int[]
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case when numbers is not null then array(select distinct number from unnest(numbers) as number order by number) end;
end;
$$;
revoke all on function app_hidden.sorted(int[]) from public;
grant execute on function app_hidden.sorted(int[]) to rowgate_writer;
comment on function app_hidden.sorted(int[]) is 'The numbers in ascending order, each once.';
--! EndIncluded budgets/start_budget.sql
--! Included budgets/require_budget_manager.sql
create or replace function app_hidden.require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
  team constant uuid := coalesce(require_budget_manager.team_id, (
    select org_api_keys.team_id from app_public.org_api_keys
    where org_api_keys.organization_id = tenant and org_api_keys.id = require_budget_manager.api_key_id
  ));
begin
  if team is null or not team = any (app_hidden.teams_permitting('budget:update')) then
    perform app_hidden.require_permission('budget:update');
  end if;
  -- After the permission: who may not manage budgets learns nothing about ids.
  if require_budget_manager.team_id is not null and not exists (
    select from app_public.teams
    where teams.organization_id = tenant and teams.id = require_budget_manager.team_id and teams.deleted_at is null
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'team_id: a team of the organization.'));
  end if;
  if require_budget_manager.user_id is not null and not exists (
    select from app_public.members
    where members.organization_id = tenant and members.user_id = require_budget_manager.user_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  end if;
  if require_budget_manager.api_key_id is not null and not exists (
    select from app_public.org_api_keys
    where org_api_keys.organization_id = tenant and org_api_keys.id = require_budget_manager.api_key_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'api_key_id: an API key of the organization.'));
  end if;
  return tenant;
end;
$$;
revoke all on function app_hidden.require_budget_manager(uuid, uuid, uuid) from public;
grant execute on function app_hidden.require_budget_manager(uuid, uuid, uuid) to rowgate_writer;
comment on function app_hidden.require_budget_manager(uuid, uuid, uuid) is
  'The chosen organization if the caller may set budgets on this level of it: through budget:update, or as lead of the team, or of the key''s team, or of one above. Raises FORBIDDEN, NOT_FOUND and what require_organization raises.';
--! EndIncluded budgets/require_budget_manager.sql
--! Included budgets/create_budget.sql
create or replace function app_public.create_budget(
  limit_amount numeric,
  unit text default 'money',
  currency text default null,
  period text default 'month',
  team_id uuid default null,
  user_id uuid default null,
  api_key_id uuid default null,
  service text default null,
  model text default null,
  policy text default 'block',
  grace_percent int default null,
  thresholds int[] default '{50,80,100}',
  name text default null
) returns app_public.budgets
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant uuid;
  budget app_public.budgets;
begin
  tenant := app_hidden.require_budget_manager(create_budget.team_id, create_budget.user_id, create_budget.api_key_id);
  insert into app_public.budgets
    (organization_id, team_id, user_id, api_key_id, name, unit, currency, service, model, period, limit_amount, policy,
      grace_percent, thresholds, counts_from, created_by)
  values (tenant, create_budget.team_id, create_budget.user_id, create_budget.api_key_id, create_budget.name, create_budget.unit,
    create_budget.currency, create_budget.service, create_budget.model, create_budget.period,
    trim_scale(create_budget.limit_amount), create_budget.policy, create_budget.grace_percent,
    app_hidden.sorted(create_budget.thresholds), 'infinity', app_hidden.current_user_id())
  returning * into budget;
  return app_hidden.start_budget(budget);
end;
$$;
alter function app_public.create_budget(numeric, text, text, text, uuid, uuid, uuid, text, text, text, int, int[], text) owner to rowgate_writer;
revoke all on function app_public.create_budget(numeric, text, text, text, uuid, uuid, uuid, text, text, text, int, int[], text) from public;
grant execute on function app_public.create_budget(numeric, text, text, text, uuid, uuid, uuid, text, text, text, int, int[], text)
  to rowgate_user;
comment on function app_public.create_budget(numeric, text, text, text, uuid, uuid, uuid, text, text, text, int, int[], text) is
  'Creates a budget: of the organization, or of one team (with all below it), member or API key. What its current period has used so far counts. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded budgets/create_budget.sql
--! Included budgets/lock_budget.sql
-- The first of a change's locks: one change at a time, and no period opens beside it.
create or replace function app_hidden.lock_budget(budget_id uuid) returns app_public.budgets
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
  budget app_public.budgets;
begin
  select * into budget from app_public.budgets
  where budgets.organization_id = tenant and budgets.id = lock_budget.budget_id;
  if not found then
    -- Whoever may not manage budgets at all learns that, and nothing about ids.
    if app_hidden.teams_permitting('budget:update') = '{}' then
      perform app_hidden.require_permission('budget:update');
    end if;
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'budget_id: a budget of the organization.'));
  end if;
  perform app_hidden.require_budget_manager(
    case when budget.level = 'team' then budget.team_id end, null, case when budget.level = 'api_key' then budget.api_key_id end);
  if budget.source = 'plan' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'budget_id: it follows the plan; changePlan changes it.'));
  end if;
  perform from app_public.organizations where organizations.id = tenant for share;
  select * into strict budget from app_public.budgets
  where budgets.organization_id = tenant and budgets.id = lock_budget.budget_id
  for no key update;
  return budget;
end;
$$;
revoke all on function app_hidden.lock_budget(uuid) from public;
grant execute on function app_hidden.lock_budget(uuid) to rowgate_writer;
comment on function app_hidden.lock_budget(uuid) is
  'A budget that the caller may manage, locked until commit. The plan''s is nobody''s to manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT and what require_organization raises.';

-- A change counts from its commit on: what was lent out under the old limit is taken back here, and everything is lent anew.
create or replace function app_hidden.apply_budget(
  before app_public.budgets, budget app_public.budgets, action text, details jsonb default '{}'
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  period app_public.budget_periods;
begin
  insert into app_public.budget_changes
    (organization_id, budget_id, action, limit_version, limit_before, limit_after, details, changed_by)
  values (budget.organization_id, budget.id, apply_budget.action, budget.limit_version, before.limit_amount, budget.limit_amount,
    apply_budget.details || coalesce((
      select jsonb_object_agg(changed.key, changed.value)
      from jsonb_each(to_jsonb(budget)) as changed
      where changed.value is distinct from to_jsonb(before) -> changed.key
        and changed.key not in ('updated_at', 'limit_version', 'limit_amount')
    ), '{}'),
    app_hidden.current_user_id());

  period := app_hidden.open_period(budget.organization_id, budget.id, now());
  period := app_hidden.lock_period(budget.organization_id, budget.id, period.starts_at);
  update app_public.budget_periods as periods
  set limit_amount = budget.limit_amount, policy = budget.policy, grace_percent = budget.grace_percent,
    thresholds = app_hidden.watched_thresholds(budget), paused = budget.status = 'paused', limit_version = budget.limit_version
  where periods.organization_id = period.organization_id and periods.budget_id = period.budget_id
    and periods.starts_at = period.starts_at
  returning * into period;
  perform app_hidden.share_out(period, 0, announce => false);
end;
$$;
revoke all on function app_hidden.apply_budget(app_public.budgets, app_public.budgets, text, jsonb) from public;
grant execute on function app_hidden.apply_budget(app_public.budgets, app_public.budgets, text, jsonb) to rowgate_writer;
comment on function app_hidden.apply_budget(app_public.budgets, app_public.budgets, text, jsonb) is
  'Writes a change of a budget into its history and brings it into force in the current period.';
--! EndIncluded budgets/lock_budget.sql
--! Included budgets/grant_credit.sql
create or replace function app_public.grant_credit(user_id uuid, amount numeric, currency text default null) returns app_public.budgets
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_budget_manager(null, grant_credit.user_id, null);
  before app_public.budgets;
  budget app_public.budgets;
begin
  if grant_credit.user_id is null then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  elsif (grant_credit.amount > 0 and grant_credit.amount < 1000000000000 and scale(trim_scale(grant_credit.amount)) <= 12) is not true then
    perform app_hidden.refuse_value('budget_raises_amount_range');
  end if;
  -- Whoever books holds this before any row, so it comes first here as well. Two who grant at once pass one after the other.
  perform app_hidden.stop_usage(tenant);
  perform from app_public.organizations where organizations.id = tenant for share;
  select * into before from app_public.budgets
  where budgets.organization_id = tenant and budgets.user_id = grant_credit.user_id and budgets.kind = 'credit'
  for no key update;
  if not found then
    insert into app_public.budgets
      (organization_id, user_id, kind, currency, period, limit_amount, thresholds, counts_from, created_by)
    values (tenant, grant_credit.user_id, 'credit', coalesce(grant_credit.currency, (
        select organizations.currency from app_public.organizations where organizations.id = tenant
      )), 'total', trim_scale(grant_credit.amount), '{80,100}', 'infinity', app_hidden.current_user_id())
    returning * into budget;
    return app_hidden.start_budget(budget);
  end if;
  if grant_credit.currency <> before.currency then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'currency: that of the credit, ' || before.currency || '.'));
  end if;
  update app_public.budgets
  set limit_amount = trim_scale(before.limit_amount + grant_credit.amount), limit_version = before.limit_version + 1
  where budgets.organization_id = tenant and budgets.id = before.id
  returning * into budget;
  perform app_hidden.apply_budget(before, budget, 'updated', jsonb_build_object('granted', trim_scale(grant_credit.amount)));
  return budget;
end;
$$;
alter function app_public.grant_credit(uuid, numeric, text) owner to rowgate_writer;
revoke all on function app_public.grant_credit(uuid, numeric, text) from public;
grant execute on function app_public.grant_credit(uuid, numeric, text) to rowgate_user;
comment on function app_public.grant_credit(uuid, numeric, text) is
  'Gives a member a credit of their own, or adds to it: a budget of the kind credit, in money and in total, whose limit is all that was ever given. It pays for uses in the place of the organization''s budgets in money, first or second as the organization''s creditOrder says. currency: the organization''s unless told; the first one stays. Needs budget:update. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded budgets/grant_credit.sql
--! Included budgets/allocations.sql
-- Runs as the caller, who has to see all budgets: a sum of some of them would be a wrong answer.
create or replace function app_public.allocations() returns setof app_public.allocation
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('budget:read_all');
begin
  return query
  with caps as (
    select budgets.id, budgets.level, budgets.limit_amount, budgets.team_id, teams.path,
      (budgets.unit, budgets.period, budgets.service, budgets.model, case when budgets.unit = 'money'
        then coalesce(budgets.currency, organizations.currency) end) as of_what,
      case when budgets.unit = 'money' then coalesce(budgets.currency, organizations.currency) end as currency
    from app_public.budgets
      join app_public.organizations on organizations.id = budgets.organization_id
      left join app_public.teams on teams.organization_id = budgets.organization_id and teams.id = budgets.team_id
    where budgets.organization_id = tenant and budgets.kind = 'limit' and budgets.source = 'own' and budgets.status = 'active'
      and (budgets.team_id is null or teams.id is not null)
  ),
  parts as (
    select whole.id, whole.limit_amount, whole.level, whole.currency,
      coalesce(sum(part.limit_amount) filter (where part.level = 'team'), 0) as to_teams,
      coalesce(sum(part.limit_amount) filter (where part.level = 'member'), 0) as to_members
    from caps as whole
      left join caps as part
        on part.of_what is not distinct from whole.of_what and part.id <> whole.id
          and (
            part.level = 'member' and whole.level = 'organization'
            or part.level = 'team' and (whole.level = 'organization' or whole.team_id = any (part.path) and part.team_id <> whole.team_id)
              -- Of teams one below the other the highest: what is below it is its own affair.
              and not exists (
                select from caps as between_them
                where between_them.of_what is not distinct from whole.of_what and between_them.level = 'team'
                  and between_them.team_id = any (part.path) and between_them.team_id <> part.team_id
                  and (whole.level = 'organization' or between_them.team_id <> whole.team_id and whole.team_id = any (between_them.path))
              )
          )
    where whole.level in ('organization', 'team')
    group by whole.id, whole.limit_amount, whole.level, whole.currency
  )
  select parts.id, parts.level, parts.currency, parts.limit_amount, trim_scale(parts.to_teams), trim_scale(parts.to_members),
    trim_scale(greatest(0, parts.limit_amount - parts.to_teams - parts.to_members)),
    trim_scale(greatest(0, parts.to_teams + parts.to_members - parts.limit_amount))
  from parts
  order by parts.id;
end;
$$;
revoke all on function app_public.allocations() from public;
grant execute on function app_public.allocations() to rowgate_user;
comment on function app_public.allocations() is
  'How much of each budget of the organization or of a team is allocated as caps: budgets of the same unit, currency, period, service and model of the teams directly below it that have one and, of the organization, of members. More than there is may be allocated: each use has to fit every level. Needs budget:read_all. Raises FORBIDDEN.';
comment on type app_public.allocation is 'A budget of the organization or of a team, and the caps that are allocated from it.';
comment on column app_public.allocation.budget_id is 'The budget.';
comment on column app_public.allocation.level is 'organization or team.';
comment on column app_public.allocation.currency is 'ISO 4217 code of the currency of a money budget.';
comment on column app_public.allocation.limit_amount is 'Its limit.';
comment on column app_public.allocation.to_teams is 'The sum of the caps of the teams below it, of each branch the highest.';
comment on column app_public.allocation.to_members is 'The sum of the caps of members; 0 for a team''s.';
comment on column app_public.allocation.unallocated is 'What is left to allocate.';
comment on column app_public.allocation.oversubscribed is 'How much more is allocated than there is.';
--! EndIncluded budgets/allocations.sql
--! Included budgets/update_budget.sql
create or replace function app_public.update_budget(
  budget_id uuid,
  limit_amount numeric default null,
  thresholds int[] default null,
  policy text default null,
  grace_percent int default null,
  name text default null
) returns app_public.budgets
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before app_public.budgets := app_hidden.lock_budget(budget_id);
  budget app_public.budgets;
begin
  if before.source <> 'own' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'budget_id: it follows the ' || before.source || '.'));
  end if;
  update app_public.budgets
  set
    limit_amount = coalesce(trim_scale(update_budget.limit_amount), before.limit_amount),
    thresholds = coalesce(app_hidden.sorted(update_budget.thresholds), before.thresholds),
    policy = coalesce(update_budget.policy, before.policy),
    grace_percent = case when coalesce(update_budget.policy, before.policy) = 'grace'
      then coalesce(update_budget.grace_percent, before.grace_percent) else update_budget.grace_percent end,
    name = nullif(coalesce(update_budget.name, before.name), ''),
    limit_version = before.limit_version + case
      when coalesce(update_budget.limit_amount, before.limit_amount) <> before.limit_amount
        or coalesce(app_hidden.sorted(update_budget.thresholds), before.thresholds) <> before.thresholds
      then 1 else 0 end
  where budgets.organization_id = before.organization_id and budgets.id = before.id
  returning * into budget;
  perform app_hidden.apply_budget(before, budget, 'updated');
  return budget;
end;
$$;
alter function app_public.update_budget(uuid, numeric, int[], text, int, text) owner to rowgate_writer;
revoke all on function app_public.update_budget(uuid, numeric, int[], text, int, text) from public;
grant execute on function app_public.update_budget(uuid, numeric, int[], text, int, text) to rowgate_user;
comment on function app_public.update_budget(uuid, numeric, int[], text, int, text) is
  'Changes a budget; what is left out stays, and an empty name clears it. It counts at once: lowering the limit announces a threshold that is already crossed. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

create or replace function app_public.pause_budget(budget_id uuid) returns app_public.budgets
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before app_public.budgets := app_hidden.lock_budget(budget_id);
  budget app_public.budgets;
begin
  update app_public.budgets set status = 'paused'
  where budgets.organization_id = before.organization_id and budgets.id = before.id
  returning * into budget;
  perform app_hidden.apply_budget(before, budget, 'paused');
  return budget;
end;
$$;
alter function app_public.pause_budget(uuid) owner to rowgate_writer;
revoke all on function app_public.pause_budget(uuid) from public;
grant execute on function app_public.pause_budget(uuid) to rowgate_user;
comment on function app_public.pause_budget(uuid) is
  'Pauses a budget: it goes on counting, and neither refuses nor alerts. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND.';

create or replace function app_public.resume_budget(budget_id uuid) returns app_public.budgets
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before app_public.budgets := app_hidden.lock_budget(budget_id);
  budget app_public.budgets;
begin
  update app_public.budgets set status = 'active'
  where budgets.organization_id = before.organization_id and budgets.id = before.id
  returning * into budget;
  perform app_hidden.apply_budget(before, budget, 'resumed');
  return budget;
end;
$$;
alter function app_public.resume_budget(uuid) owner to rowgate_writer;
revoke all on function app_public.resume_budget(uuid) from public;
grant execute on function app_public.resume_budget(uuid) to rowgate_user;
comment on function app_public.resume_budget(uuid) is
  'Resumes a paused budget, and announces at once the thresholds that are crossed by now. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded budgets/update_budget.sql
--! Included budgets/raise_budget.sql
create or replace function app_public.raise_budget(
  budget_id uuid, amount numeric, expires_at timestamptz default null, reason text default null
) returns app_public.budget_raises
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  budget constant app_public.budgets := app_hidden.lock_budget(budget_id);
  given app_public.budget_raises;
begin
  insert into app_public.budget_raises
    (organization_id, budget_id, amount, expires_at, reason, status, requested_by, decided_by, decided_at)
  values (budget.organization_id, budget.id, trim_scale(raise_budget.amount),
    coalesce(raise_budget.expires_at, app_hidden.usual_expiry(budget)), raise_budget.reason, 'approved',
    app_hidden.current_user_id(), app_hidden.current_user_id(), now())
  returning * into given;
  perform app_hidden.require_amount(budget.unit, given.amount);
  perform app_hidden.apply_budget(budget, budget, 'raised', jsonb_build_object('raise', given.id, 'amount', given.amount,
    'expires_at', given.expires_at));
  return given;
end;
$$;
alter function app_public.raise_budget(uuid, numeric, timestamptz, text) owner to rowgate_writer;
revoke all on function app_public.raise_budget(uuid, numeric, timestamptz, text) from public;
grant execute on function app_public.raise_budget(uuid, numeric, timestamptz, text) to rowgate_user;
comment on function app_public.raise_budget(uuid, numeric, timestamptz, text) is
  'Adds to a budget''s limit for a while: until expiresAt, or the end of the current period (of a total: 30 days). Thresholds stay those of the limit. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

create or replace function app_hidden.usual_expiry(budget app_public.budgets) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  period constant app_public.budget_periods := app_hidden.open_period(budget.organization_id, budget.id, now());
begin
  return case when isfinite(period.ends_at) then period.ends_at else now() + interval '30 days' end;
end;
$$;
revoke all on function app_hidden.usual_expiry(app_public.budgets) from public;
grant execute on function app_hidden.usual_expiry(app_public.budgets) to rowgate_writer;
comment on function app_hidden.usual_expiry(app_public.budgets) is
  'When a temporary raise ends unless told: with the current period, for a total after 30 days.';

create or replace function app_hidden.require_amount(unit text, amount numeric) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if unit <> 'money' and amount <> trunc(amount) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'amount: a whole number of requests or tokens.'));
  end if;
end;
$$;
revoke all on function app_hidden.require_amount(text, numeric) from public;
grant execute on function app_hidden.require_amount(text, numeric) to rowgate_writer;
comment on function app_hidden.require_amount(text, numeric) is 'Refuses parts of requests and tokens. Raises INVALID_INPUT.';
--! EndIncluded budgets/raise_budget.sql
--! Included budgets/request_budget_raise.sql
-- Runs as the caller up to the insert: whoever sees a budget may ask for more of it.
create or replace function app_public.request_budget_raise(
  budget_id uuid, amount numeric, expires_at timestamptz default null, reason text default null
) returns app_public.budget_raises
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('budget:read');
begin
  if not exists (
    select from app_public.budgets
    where budgets.organization_id = tenant and budgets.id = request_budget_raise.budget_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'budget_id: a budget of the organization.'));
  end if;
  return app_hidden.write_raise_request(budget_id, amount, expires_at, reason);
end;
$$;
revoke all on function app_public.request_budget_raise(uuid, numeric, timestamptz, text) from public;
grant execute on function app_public.request_budget_raise(uuid, numeric, timestamptz, text) to rowgate_user, rowgate_key;
comment on function app_public.request_budget_raise(uuid, numeric, timestamptz, text) is
  'Asks for a temporary raise of a budget that the caller sees; whoever may raise it approves or rejects. Needs budget:read. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

-- SECURITY DEFINER, because no visitor writes money. The organization is the claim's, so a caller reaches their own budgets only.
create or replace function app_hidden.write_raise_request(
  budget_id uuid, amount numeric, expires_at timestamptz, reason text
) returns app_public.budget_raises
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  budget app_public.budgets;
  asked app_public.budget_raises;
begin
  select * into budget from app_public.budgets
  where budgets.organization_id = app_hidden.require_permission('budget:read') and budgets.id = write_raise_request.budget_id;
  if budget.source = 'plan' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'budget_id: it follows the plan; changePlan changes it.'));
  end if;
  insert into app_public.budget_raises
    (organization_id, budget_id, amount, expires_at, reason, status, requested_by, requested_by_key)
  values (budget.organization_id, budget.id, trim_scale(write_raise_request.amount),
    coalesce(write_raise_request.expires_at, app_hidden.usual_expiry(budget)), write_raise_request.reason, 'requested',
    app_hidden.current_user_id(), app_hidden.current_key_id())
  returning * into asked;
  perform app_hidden.require_amount(budget.unit, asked.amount);
  return asked;
end;
$$;
alter function app_hidden.write_raise_request(uuid, numeric, timestamptz, text) owner to rowgate_writer;
revoke all on function app_hidden.write_raise_request(uuid, numeric, timestamptz, text) from public;
grant execute on function app_hidden.write_raise_request(uuid, numeric, timestamptz, text) to rowgate_user, rowgate_key;
comment on function app_hidden.write_raise_request(uuid, numeric, timestamptz, text) is
  'Writes down that somebody asks for a raise. Needs budget:read. Raises FORBIDDEN, INVALID_INPUT.';

create or replace function app_public.decide_budget_raise(raise_id uuid, approve boolean) returns app_public.budget_raises
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_organization();
  asked app_public.budget_raises;
  budget app_public.budgets;
begin
  if approve is null then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'approve: true or false.'));
  end if;
  select * into asked from app_public.budget_raises as raises
  where raises.organization_id = tenant and raises.id = decide_budget_raise.raise_id;
  if not found then
    if app_hidden.teams_permitting('budget:update') = '{}' then
      perform app_hidden.require_permission('budget:update');
    end if;
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'raise_id: a raise that was requested.'));
  end if;
  budget := app_hidden.lock_budget(asked.budget_id);
  update app_public.budget_raises as raises
  set status = case when approve then 'approved' else 'rejected' end, decided_by = app_hidden.current_user_id(), decided_at = now()
  where raises.organization_id = tenant and raises.id = asked.id and raises.status = 'requested'
  returning * into asked;
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'raise_id: a raise that was requested.'));
  end if;
  perform app_hidden.apply_budget(budget, budget, case when approve then 'raised' else 'raise_rejected' end,
    jsonb_build_object('raise', asked.id, 'amount', asked.amount, 'expires_at', asked.expires_at));
  return asked;
end;
$$;
alter function app_public.decide_budget_raise(uuid, boolean) owner to rowgate_writer;
revoke all on function app_public.decide_budget_raise(uuid, boolean) from public;
grant execute on function app_public.decide_budget_raise(uuid, boolean) to rowgate_user;
comment on function app_public.decide_budget_raise(uuid, boolean) is
  'Approves or rejects a requested raise; an approved one counts at once, until it expires. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded budgets/request_budget_raise.sql
--! Included budgets/budget_status.sql
-- Runs as the caller: whoever sees a budget sees what it stands at.
create or replace function app_public.budget_status(budget_id uuid default null) returns setof app_public.budget_state
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('budget:read');
begin
  return query
  select state.*
  from app_public.budgets
    cross join lateral app_hidden.budget_state(budgets) as state
  where budgets.organization_id = tenant and (budget_status.budget_id is null or budgets.id = budget_status.budget_id)
  order by budgets.id;
  if not found and budget_status.budget_id is not null then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'budget_id: a budget of the organization.'));
  end if;
end;
$$;
revoke all on function app_public.budget_status(uuid) from public;
grant execute on function app_public.budget_status(uuid) to rowgate_user, rowgate_key;
comment on function app_public.budget_status(uuid) is
  'What a budget stands at now, or every budget that the caller sees. Needs budget:read. Raises FORBIDDEN, NOT_FOUND and what choosing an organization raises.';

create or replace function app_hidden.budget_state(budget app_public.budgets) returns app_public.budget_state
language plpgsql stable
set search_path = ''
as $$
declare
  state app_public.budget_state;
  period app_public.budget_periods;
  figures record;
begin
  select * into period from app_public.budget_periods as periods
  where periods.organization_id = budget.organization_id and periods.budget_id = budget.id and periods.starts_at <= now()
  order by periods.starts_at desc limit 1;
  state.budget_id := budget.id;
  if period.ends_at > now() then
    figures := app_hidden.period_figures(budget.organization_id, budget.id, period.starts_at);
    state.settled := trim_scale(figures.settled);
    state.held := trim_scale(figures.held);
    state.limit_amount := period.limit_amount;
    state.currency := period.currency;
    state.starts_at := nullif(period.starts_at, '-infinity');
    state.resets_at := nullif(period.ends_at, 'infinity');
  else
    -- Nobody has met this period yet.
    select
      coalesce(budget.currency, organizations.currency),
      nullif(greatest(app_hidden.period_start(budget.period, now(), organizations.time_zone), period.ends_at), '-infinity'),
      nullif(app_hidden.period_end(budget.period, now(), organizations.time_zone), 'infinity')
    into state.currency, state.starts_at, state.resets_at
    from app_public.organizations where organizations.id = budget.organization_id;
    if budget.unit <> 'money' then
      state.currency := null;
    end if;
    state.settled := 0;
    state.held := 0;
    state.limit_amount := budget.limit_amount;
  end if;
  state.raised := (
    select coalesce(sum(raises.amount), 0) from app_public.budget_raises as raises
    where raises.organization_id = budget.organization_id and raises.budget_id = budget.id
      and raises.status = 'approved' and raises.expires_at > now()
  );
  state.remaining := trim_scale(greatest(0, state.limit_amount + state.raised - state.settled - state.held));
  state.used_percent := case when state.limit_amount + state.raised > 0
    then trim_scale(round(state.settled * 100 / (state.limit_amount + state.raised), 2)) end;
  return state;
end;
$$;
revoke all on function app_hidden.budget_state(app_public.budgets) from public;
grant execute on function app_hidden.budget_state(app_public.budgets) to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.budget_state(app_public.budgets) is 'What a budget stands at now, as far as the caller sees it.';

create or replace function app_public.budgets_state(budget app_public.budgets) returns app_public.budget_state
language plpgsql stable
set search_path = ''
as $$
begin
  return app_hidden.budget_state(budget);
end;
$$;
revoke all on function app_public.budgets_state(app_public.budgets) from public;
grant execute on function app_public.budgets_state(app_public.budgets) to rowgate_user, rowgate_key;
comment on function app_public.budgets_state(app_public.budgets) is 'What the budget stands at now.';

comment on type app_public.budget_state is 'What a budget stands at in its current period.';
comment on column app_public.budget_state.budget_id is 'The budget.';
comment on column app_public.budget_state.limit_amount is 'The limit of the period, without raises, in the budget''s unit.';
comment on column app_public.budget_state.raised is 'What temporary raises add to it at this moment.';
comment on column app_public.budget_state.settled is 'What is used; exact decimal.';
comment on column app_public.budget_state.held is 'What authorized uses keep that are neither settled, released nor expired.';
comment on column app_public.budget_state.remaining is 'What is left of limit and raises; 0 when they are exceeded.';
comment on column app_public.budget_state.used_percent is 'Settled in percent of limit and raises; null where they are 0.';
comment on column app_public.budget_state.currency is 'ISO 4217 code of the currency of a money budget.';
comment on column app_public.budget_state.starts_at is 'The first instant of the period; null for total.';
comment on column app_public.budget_state.resets_at is 'When the next period begins; null for total.';
--! EndIncluded budgets/budget_status.sql

--! Included api_keys/key_limits.sql
-- What an API key is bound to beyond its rights, for the verbs that book. A person is bound to none of it.
create or replace function app_hidden.require_model(model text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  -- A claim, because every use asks; app_hidden.resolve_request read it with the key.
  if app_hidden.claim('models') is not null and not require_model.model = any (app_hidden.claim('models')::text[]) then
    perform app_hidden.refuse('MODEL_FORBIDDEN',
      jsonb_build_object('model', require_model.model, 'allowed', app_hidden.claim('models')::text[]));
  end if;
end;
$$;
revoke all on function app_hidden.require_model(text) from public;
grant execute on function app_hidden.require_model(text) to rowgate_writer;
comment on function app_hidden.require_model(text) is
  'Refuses a model that is not among those that the calling API key may use. Raises MODEL_FORBIDDEN.';
--! EndIncluded api_keys/key_limits.sql
--! Included usage/require_bookable_team.sql
-- SECURITY DEFINER, because an API key sees fewer teams than it may book on.
create or replace function app_hidden.require_bookable_team(organization_id uuid, team_id uuid) returns void
language plpgsql stable security definer
set search_path = ''
as $$
declare
  bound uuid;
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
  -- A key that is bound to a team books there and below, and needs no more right for it.
  select org_api_keys.team_id into bound from app_public.org_api_keys where org_api_keys.id = app_hidden.current_key_id();
  if bound is not null then
    if not exists (
      select from app_public.teams
      where teams.organization_id = require_bookable_team.organization_id and teams.id = require_bookable_team.team_id
        and bound = any (teams.path)
    ) then
      perform app_hidden.refuse('KEY_TEAM_FORBIDDEN', jsonb_build_object('team_id', bound));
    end if;
    return;
  end if;
  if not require_bookable_team.team_id = any (app_hidden.teams_permitting(null)) then
    perform app_hidden.require_permission('usage:record_all');
  end if;
end;
$$;
alter function app_hidden.require_bookable_team(uuid, uuid) owner to rowgate_reader;
revoke all on function app_hidden.require_bookable_team(uuid, uuid) from public;
grant execute on function app_hidden.require_bookable_team(uuid, uuid) to rowgate_writer;
comment on function app_hidden.require_bookable_team(uuid, uuid) is
  'Refuses a team on which the caller may not book: it must exist, and be one of theirs unless they hold usage:record_all; for a key that is bound to a team, that one or one below. Raises NOT_FOUND, KEY_TEAM_FORBIDDEN, FORBIDDEN.';
--! EndIncluded usage/require_bookable_team.sql
--! Included usage/note_usage.sql
-- What is rare about a use, out of the way of the usual.
create or replace function app_hidden.report_unpriced(usage app_public.usage_records, priced_only boolean) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if priced_only then
    if usage.cost is not null then
      perform app_hidden.refuse('CURRENCY_MISMATCH',
        jsonb_build_object('currency', usage.currency, 'organization_currency', usage.charged_currency));
    end if;
    perform app_hidden.refuse('PRICE_UNKNOWN', jsonb_build_object('service', usage.service, 'model', usage.model));
  end if;
  if exists (
    select from app_public.unpriced_models as known
    where known.organization_id = usage.organization_id and known.service = usage.service and known.model = usage.model
  ) then
    return;
  end if;
  insert into app_public.unpriced_models (organization_id, service, model)
  values (usage.organization_id, usage.service, usage.model)
  on conflict do nothing;
  if found then
    perform app_hidden.raise_alert(rules, usage.id::text, jsonb_build_object('service', usage.service, 'model', usage.model))
    from app_public.alert_rules as rules
    where rules.organization_id = usage.organization_id and rules.kind = 'unpriced';
  end if;
end;
$$;
revoke all on function app_hidden.report_unpriced(app_public.usage_records, boolean) from public;
grant execute on function app_hidden.report_unpriced(app_public.usage_records, boolean) to rowgate_writer;
comment on function app_hidden.report_unpriced(app_public.usage_records, boolean) is
  'Announces once that something is used whose price or exchange rate is not known. Raises PRICE_UNKNOWN, CURRENCY_MISMATCH if the organization is strict about prices.';

create or replace function app_hidden.require_bookable_time(occurred_at timestamptz, retention_months int) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  -- The clock of whoever reports may run ahead a little: that is taken as now.
  if require_bookable_time.occurred_at > now() + interval '5 minutes' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'occurred_at: not in the future.'));
  elsif require_bookable_time.occurred_at < now() - retention_months * interval '1 month' then
    perform app_hidden.refuse('USAGE_TOO_OLD', jsonb_build_object('retention_months', retention_months));
  -- An organization that keeps usage for longer than it did has none of what went before.
  elsif require_bookable_time.occurred_at < now() - interval '1 month' and require_bookable_time.occurred_at < (
    select marks.kept_since from app_private.rollup_marks as marks where marks.organization_id = app_hidden.current_organization_id()
  ) then
    perform app_hidden.refuse('USAGE_TOO_OLD', jsonb_build_object('retention_months', retention_months));
  end if;
end;
$$;
revoke all on function app_hidden.require_bookable_time(timestamptz, int) from public;
grant execute on function app_hidden.require_bookable_time(timestamptz, int) to rowgate_writer;
comment on function app_hidden.require_bookable_time(timestamptz, int) is
  'Refuses what occurred in the future, or longer ago than the organization keeps usage. Raises INVALID_INPUT, USAGE_TOO_OLD.';
--! EndIncluded usage/note_usage.sql
--! Included usage/usage_place.sql
-- All that a verb that books has to know about its caller and place. In few statements, because it runs for every use; what
-- require_permission asks is asked here in the same breath, and only a refusal pays for the words.
create or replace function app_hidden.usage_place(
  team_id uuid, user_id uuid, out tenant uuid, out team uuid, out person uuid, out key uuid, out scopes uuid[], out currency text,
  out retention_months int, out priced_only boolean
)
language plpgsql volatile
set search_path = ''
as $$
declare
  caller constant uuid := app_hidden.current_user_id();
  path uuid[];
begin
  if (app_hidden.tenant_permitting('usage:record') = app_hidden.open_tenant()) is not true then
    perform app_hidden.require_permission('usage:record');
  end if;
  tenant := app_hidden.open_tenant();
  key := app_hidden.current_key_id();
  team := usage_place.team_id;
  -- One table each: a join of the three cost 31 µs more for a person without a team.
  select organizations.currency, organizations.retention_months, organizations.strict_pricing
  into usage_place.currency, usage_place.retention_months, priced_only
  from app_public.organizations where organizations.id = tenant;
  if key is not null and team is null then
    select org_api_keys.team_id into team
    from app_public.org_api_keys where org_api_keys.organization_id = tenant and org_api_keys.id = key;
  end if;
  if usage_place.team_id is not null or usage_place.user_id is not null then
    perform app_hidden.require_place(usage_place.team_id, usage_place.user_id);
  end if;
  if team is not null then
    select teams.path into path
    from app_public.teams where teams.organization_id = tenant and teams.id = team and teams.deleted_at is null;
    if not found then
      -- The key's.
      perform app_hidden.refuse('KEY_TEAM_FORBIDDEN', jsonb_build_object('team_id', team));
    end if;
  end if;
  person := coalesce(usage_place.user_id, caller);
  scopes := path || array[tenant, person, key];
end;
$$;
revoke all on function app_hidden.usage_place(uuid, uuid) from public;
grant execute on function app_hidden.usage_place(uuid, uuid) to rowgate_writer;
comment on function app_hidden.usage_place(uuid, uuid) is
  'Where a use is booked (team, person, key), what its budgets are looked up by, and the organization''s settings. Needs usage:record. Raises KEY_TEAM_FORBIDDEN and what require_permission and require_place raise.';

create or replace function app_hidden.require_place(team_id uuid, user_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
begin
  perform app_hidden.require_bookable_team(tenant, require_place.team_id);
  if user_id is not null and user_id is distinct from app_hidden.current_user_id() then
    perform app_hidden.require_permission('usage:record_all');
    if not exists (
      select from app_public.members where members.organization_id = tenant and members.user_id = require_place.user_id
    ) then
      perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
    end if;
  end if;
end;
$$;
revoke all on function app_hidden.require_place(uuid, uuid) from public;
grant execute on function app_hidden.require_place(uuid, uuid) to rowgate_writer;
comment on function app_hidden.require_place(uuid, uuid) is
  'Refuses a team or member for whom the caller may not record. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded usage/usage_place.sql
--! Included usage/claim_idempotency_key.sql
-- Of two requests with the same key the second waits here until the first has committed or rolled back.
create or replace function app_hidden.claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamptz) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  usage_id constant uuid := app_hidden.uuid_v7();
begin
  if length(key) between 1 and 200 then
    insert into app_private.idempotency_keys (organization_id, key_hash, body_hash, usage_record_id, occurred_at, hold_id)
    values (claim_usage_key.organization_id, sha256(convert_to(key, 'UTF8')), sha256(convert_to(body, 'UTF8')),
      case when claim_usage_key.occurred_at is not null then usage_id end, claim_usage_key.occurred_at,
      case when claim_usage_key.occurred_at is null then usage_id end)
    on conflict on constraint idempotency_keys_pkey do nothing;
    if found then
      return usage_id;
    end if;
    if exists (
      select from app_private.idempotency_keys as keys
      where keys.organization_id = claim_usage_key.organization_id and keys.key_hash = sha256(convert_to(key, 'UTF8'))
        and keys.body_hash <> sha256(convert_to(body, 'UTF8'))
    ) then
      perform app_hidden.refuse('IDEMPOTENCY_CONFLICT');
    end if;
    return null;
  end if;
  perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'idempotency_key: 1 to 200 characters.'));
end;
$$;
revoke all on function app_hidden.claim_usage_key(uuid, text, text, timestamptz) from public;
grant execute on function app_hidden.claim_usage_key(uuid, text, text, timestamptz) to rowgate_writer;
comment on function app_hidden.claim_usage_key(uuid, text, text, timestamptz) is
  'Takes the key for this request and answers the id that its record, or without a time its hold, is to have; null if the same request was recorded before. Raises IDEMPOTENCY_CONFLICT for another request under the same key, INVALID_INPUT.';

create or replace function app_hidden.repeated_usage(organization_id uuid, key text) returns app_public.usage_records
language plpgsql stable
set search_path = ''
as $$
declare
  usage app_public.usage_records;
begin
  select records.* into usage
  from app_private.idempotency_keys as keys
    join app_public.usage_records as records on records.id = keys.usage_record_id and records.occurred_at = keys.occurred_at
  where keys.organization_id = repeated_usage.organization_id and keys.key_hash = sha256(convert_to(key, 'UTF8'));
  if not found then
    -- A key is charged once, also when its record is no longer kept.
    perform app_hidden.refuse('USAGE_TOO_OLD');
  end if;
  -- Not known when it was answered the first time.
  usage.written_in := null;
  return usage;
end;
$$;
revoke all on function app_hidden.repeated_usage(uuid, text) from public;
grant execute on function app_hidden.repeated_usage(uuid, text) to rowgate_writer;
comment on function app_hidden.repeated_usage(uuid, text) is 'The record that was made under a key. Raises USAGE_TOO_OLD where it is no longer kept.';
--! EndIncluded usage/claim_idempotency_key.sql
--! Included usage/price.sql
-- The money of one use, and whether it is known.
create or replace function app_hidden.price(usage app_public.usage_records, priced_only boolean) returns app_public.usage_records
language plpgsql volatile
set search_path = ''
as $$
declare
  priced record;
begin
  if usage.cost is null then
    select price.amount, price.currency into priced
    from app_hidden.price_usage(usage.organization_id, usage.service, usage.model, usage.occurred_at, usage.tokens_in,
      usage.tokens_out, usage.requests) as price;
    if found then
      usage.cost := priced.amount;
      usage.currency := priced.currency;
      usage.pricing := 'computed';
    else
      usage.currency := null;
      usage.pricing := 'unpriced';
    end if;
  end if;
  usage.exchange_rate := null;
  usage.charged := null;
  if usage.currency = usage.charged_currency then
    usage.charged := usage.cost;
  elsif usage.cost is not null then
    -- What was authorized is settled by the rate of then.
    if usage.hold_id is not null then
      select holds.exchange_rate into usage.exchange_rate from app_public.usage_holds as holds
      where holds.organization_id = usage.organization_id and holds.id = usage.hold_id and holds.currency = usage.currency
        and holds.charged_currency = usage.charged_currency;
    end if;
    usage.exchange_rate := coalesce(usage.exchange_rate,
      app_hidden.exchange_rate(usage.currency, usage.charged_currency, usage.occurred_at));
    usage.charged := round(usage.cost * usage.exchange_rate, 12);
    if usage.charged is null then
      usage.pricing := 'unpriced';
    end if;
  end if;
  if usage.pricing = 'unpriced' then
    perform app_hidden.report_unpriced(usage, priced_only);
  end if;
  return usage;
end;
$$;
revoke all on function app_hidden.price(app_public.usage_records, boolean) from public;
grant execute on function app_hidden.price(app_public.usage_records, boolean) to rowgate_writer;
comment on function app_hidden.price(app_public.usage_records, boolean) is
  'Fills in cost, currency, rate and what is charged: as given, or from the price list; pricing is unpriced where price or exchange rate are not known, which is announced. Raises PRICE_UNKNOWN, CURRENCY_MISMATCH if priced_only.';
--! EndIncluded usage/price.sql
--! Included usage/record_usage.sql
-- SECURITY DEFINER, because no visitor may write the books or the counters. Everything happens in the caller's
-- transaction: the record, the counters, the alerts and the idempotency key stand or fall together.
create or replace function app_public.record_usage(
  idempotency_key text,
  service text,
  model text,
  cost numeric default null,
  currency text default null,
  tokens_in bigint default 0,
  tokens_out bigint default 0,
  requests bigint default 1,
  team_id uuid default null,
  user_id uuid default null,
  occurred_at timestamptz default null,
  errors bigint default 0
) returns app_public.usage_records
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  at constant timestamptz := coalesce(least(record_usage.occurred_at, now()), now());
  place record;
  usage app_public.usage_records;
  budget record;
begin
  place := app_hidden.usage_place(team_id, user_id);
  perform app_hidden.require_model(model);
  -- From here on no budget comes into being that this use would miss. Before the key, as everywhere: whoever waits for a key then
  -- waits for somebody who needs this lock no more.
  perform app_hidden.join_usage(place.tenant);
  usage.id := app_hidden.claim_usage_key(place.tenant, idempotency_key,
    -- Whose request it is belongs to it: nobody is answered with a record that they may not see. A number written in another
    -- way (1.0, 1.00) is the same request.
    row(app_hidden.current_user_id(), place.key, service, model, trim_scale(cost), currency, tokens_in, tokens_out, requests,
      team_id, user_id, record_usage.occurred_at, errors)::text, at);
  if usage.id is null then
    return app_hidden.repeated_usage(place.tenant, idempotency_key);
  end if;
  if record_usage.occurred_at is not null then
    perform app_hidden.require_bookable_time(record_usage.occurred_at, place.retention_months);
  end if;
  usage := row(usage.id, place.tenant, place.team, place.person, place.key, 'usage', null, service, model, requests, tokens_in,
    tokens_out, trim_scale(cost), coalesce(currency, place.currency), 'given', null, trim_scale(cost), place.currency, null, null,
    at, now(), null, errors);
  if cost is null or usage.currency <> place.currency then
    usage := app_hidden.price(usage, place.priced_only);
  end if;
  insert into app_public.usage_records
    (id, organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency, pricing,
      exchange_rate, charged, charged_currency, occurred_at, errors)
  values (usage.id, place.tenant, place.team, place.person, place.key, record_usage.service, record_usage.model,
    record_usage.requests, record_usage.tokens_in, record_usage.tokens_out, usage.cost, usage.currency, usage.pricing,
    usage.exchange_rate, usage.charged, place.currency, at, record_usage.errors);
  for budget in
    select * from app_hidden.applicable_budgets(place.tenant, place.scopes, record_usage.service, record_usage.model, at)
    order by credit desc, budget_id
  loop
    if budget.credit then
      perform app_hidden.book_by_source(usage, place.scopes);
      exit;
    end if;
    perform app_hidden.book(usage, budget.budget_id, budget.unit, budget.starts_at, budget.ends_at, budget.budget_currency,
      budget.shards);
  end loop;
  return usage;
end;
$$;
alter function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, timestamptz, bigint) owner to rowgate_writer;
revoke all on function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, timestamptz, bigint) from public;
grant execute on function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, timestamptz, bigint)
  to rowgate_user, rowgate_key;
comment on function app_public.record_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, timestamptz, bigint) is
  'Records usage and charges all budgets that apply, or refuses and writes nothing. The same idempotencyKey with the same values is charged once and answers the same record again. cost: computed from the price list when it is left out. currency: the organization''s unless told. occurredAt: now unless told; what occurred in a period that is over is booked there and never refused, up to the organization''s retention. errors: how many of the requests failed; they count and cost like the others. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises BUDGET_EXCEEDED, PRICE_UNKNOWN, CURRENCY_MISMATCH, USAGE_TOO_OLD, IDEMPOTENCY_CONFLICT, FORBIDDEN, MODEL_FORBIDDEN, KEY_TEAM_FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded usage/record_usage.sql
--! Included usage/read_events.sql
-- The events of a batch as drafts of usage records, in the order of their keys: everybody claims keys in that order. All at once;
-- if a value has not its type, one by one, and the wrong ones carry the refusal.
create or replace function app_hidden.read_events(events jsonb) returns app_private.usage_draft[]
language plpgsql volatile
set search_path = ''
as $$
declare
  drafts app_private.usage_draft[] := '{}';
  event record;
  draft app_private.usage_draft;
begin
  begin
    return app_hidden.read_events_strictly(events, 0);
  exception when data_exception then
    null;
  end;
  for event in select value, ordinality from jsonb_array_elements(events) with ordinality loop
    begin
      drafts := drafts || app_hidden.read_events_strictly(jsonb_build_array(event.value), (event.ordinality - 1)::int);
    exception when data_exception then
      draft := null;
      draft.place := event.ordinality;
      draft.key := case jsonb_typeof(event.value) when 'object' then event.value ->> 'idempotency_key' end;
      draft.code := 'INVALID_INPUT';
      draft.detail := jsonb_build_object('rule', 'An event is an object; a value has not its form: ' || sqlerrm);
      drafts := drafts || draft;
    end;
  end loop;
  return array(select sorted from unnest(drafts) as sorted order by sorted.key_hash, sorted.place);
end;
$$;
revoke all on function app_hidden.read_events(jsonb) from public;
grant execute on function app_hidden.read_events(jsonb) to rowgate_writer;
comment on function app_hidden.read_events(jsonb) is 'The events of a batch, each with its id, the hashes of its key and body, or why it can''t be read.';

create or replace function app_hidden.read_events_strictly(events jsonb, skipped int) returns app_private.usage_draft[]
language plpgsql volatile
set search_path = ''
as $$
begin
  return array(
    select row(
      event.place + skipped, event.idempotency_key, sha256(convert_to(event.idempotency_key, 'UTF8')),
      -- As record_usage does it: the same event may come alone or in a batch.
      sha256(convert_to(row(app_hidden.current_user_id(), app_hidden.current_key_id(), event.service, event.model,
        trim_scale(event.cost), event.currency, coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0),
        coalesce(event.requests, 1), event.team_id, event.user_id, event.occurred_at,
        coalesce(event.errors, 0))::text, 'UTF8')),
      app_hidden.uuid_v7(), event.team_id, event.user_id, event.service, event.model, trim_scale(event.cost), event.currency,
      coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0), coalesce(event.requests, 1), coalesce(event.errors, 0), event.occurred_at,
      case when length(event.idempotency_key) between 1 and 200 then null else 'INVALID_INPUT' end,
      case when length(event.idempotency_key) between 1 and 200 then null
        else jsonb_build_object('rule', 'idempotency_key: 1 to 200 characters.') end
    )::app_private.usage_draft
    from rows from (
      jsonb_to_recordset(events) as (
        idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint,
        requests bigint, team_id uuid, user_id uuid, occurred_at timestamptz, errors bigint
      )
    ) with ordinality as event (idempotency_key, service, model, cost, currency, tokens_in, tokens_out, requests, team_id, user_id,
      occurred_at, errors, place)
    order by sha256(convert_to(event.idempotency_key, 'UTF8')), event.place
  );
end;
$$;
revoke all on function app_hidden.read_events_strictly(jsonb, int) from public;
grant execute on function app_hidden.read_events_strictly(jsonb, int) to rowgate_writer;
comment on function app_hidden.read_events_strictly(jsonb, int) is
  'The events of a batch, if every value has the form of its type; skipped: how many came before.';
--! EndIncluded usage/read_events.sql
--! Included usage/book_batch.sql
-- The usual batch: all records in one statement, one charge for each budget. Raises for the first thing that is unusual; its caller
-- then goes event by event.
create or replace function app_hidden.book_batch(drafts app_private.usage_draft[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  place record;
  settings record;
  kinds app_public.usage_records[];
  budget record;
  single app_public.usage_records;
begin
  for place in select distinct team_id, user_id from unnest(drafts) where team_id is not null or user_id is not null loop
    perform app_hidden.require_place(place.team_id, place.user_id);
  end loop;
  settings := app_hidden.usage_place(null, null);
  if app_hidden.claim('models') is not null then
    perform app_hidden.require_model(draft.model) from unnest(drafts) as draft;
  end if;
  perform app_hidden.require_bookable_time(min(occurred_at), settings.retention_months),
    app_hidden.require_bookable_time(max(occurred_at), settings.retention_months)
  from unnest(drafts);

  with events as materialized (
    select draft.id, draft.team_id, draft.user_id, draft.service, draft.model, draft.cost, draft.tokens_in, draft.tokens_out,
      draft.requests, draft.errors, coalesce(least(draft.occurred_at, now()), now()) as at, coalesce(draft.currency, settings.currency) as currency
    from unnest(drafts) as draft
  ),
  -- Prices are looked up once for each model and moment: 34 µs an event where each looks for itself. Only where a model has tiers is
  -- it asked for each number of tokens.
  models as (
    select events.service, events.model, exists (
        select from app_public.model_prices as tiers
        where tiers.service = events.service and tiers.from_tokens_in > 0 and tiers.model in (events.model, (
          select aliases.model from app_public.model_aliases as aliases
          where aliases.service = events.service and aliases.alias = events.model
        ))
      ) as tiered
    from (select distinct service, model from events where cost is null) as events
  ),
  asked as (
    select distinct events.service, events.model, events.at, case when models.tiered then events.tokens_in else 0 end as tier
    from events join models using (service, model)
    where events.cost is null
  ),
  prices as materialized (
    select asked.*, app_hidden.unit_prices(settings.tenant, asked.service, asked.model, asked.at, asked.tier) as per from asked
  ),
  priced as (
    select events.*, (prices.per).currency as price_currency,
      app_hidden.price_units(prices.per, events.tokens_in, events.tokens_out, events.requests, 0) as amount
    from events
      left join prices on events.cost is null and prices.service = events.service and prices.model = events.model
        and prices.at = events.at and prices.tier in (0, events.tokens_in)
  ),
  written as (
    insert into app_public.usage_records
      (id, organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency, pricing,
        exchange_rate, charged, charged_currency, occurred_at, errors)
    select priced.id, settings.tenant, coalesce(priced.team_id, settings.team), coalesce(priced.user_id, settings.person),
      settings.key, priced.service, priced.model, priced.requests, priced.tokens_in, priced.tokens_out, known.cost, known.currency,
      known.pricing, known.exchange_rate, known.charged, settings.currency, priced.at, priced.errors
    from priced
      cross join lateral (
        select priced.cost, priced.currency, 'given' as pricing, null::numeric as exchange_rate, priced.cost as charged
        where priced.cost is not null and priced.currency = settings.currency
        union all
        select priced.amount, priced.price_currency, 'computed', null, priced.amount
        where priced.amount is not null and priced.price_currency = settings.currency
        union all
        -- Another currency, or no price.
        select (usage).cost, (usage).currency, (usage).pricing, (usage).exchange_rate, (usage).charged
        from (
          select app_hidden.price(row(priced.id, settings.tenant, null, null, null, 'usage', null, priced.service, priced.model,
            priced.requests, priced.tokens_in, priced.tokens_out, priced.cost, priced.currency, 'given', null, null,
            settings.currency, null, null, priced.at, now(), null, null)::app_public.usage_records, settings.priced_only) as usage
          where (priced.cost is null or priced.currency <> settings.currency)
            and (priced.amount is null or priced.price_currency <> settings.currency)
          offset 0
        ) as rare
      ) as known
    returning team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency, charged, occurred_at
  )
  select array_agg(kind) into kinds
  from (
    select row(null, settings.tenant, written.team_id, written.user_id, written.api_key_id, 'usage', null, written.service,
      written.model, sum(written.requests), sum(written.tokens_in), sum(written.tokens_out), min(written.cost),
      min(written.currency), null, null, coalesce(sum(written.charged), 0), settings.currency, null, null, written.occurred_at,
      now(), null, null)::app_public.usage_records as kind
    from written
    group by written.team_id, written.user_id, written.api_key_id, written.service, written.model, written.occurred_at
  ) as summed;

  loop
    select used.budget_id, min(used.unopened) as at into budget
    from app_hidden.batch_budgets(kinds) as used where used.unopened is not null group by used.budget_id order by used.budget_id limit 1;
    exit when not found;
    perform app_hidden.open_period(settings.tenant, budget.budget_id, budget.at);
  end loop;
  for budget in
    select * from app_hidden.batch_budgets(kinds) as used order by used.credit desc, used.budget_id, used.starts_at
  loop
    if budget.credit then
      if cardinality(drafts) > 1 then
        -- What pays is decided for each use by itself.
        raise exception using errcode = 'RG000';
      end if;
      select * into strict single from app_public.usage_records as records
      where records.organization_id = settings.tenant and records.id = drafts[1].id;
      perform app_hidden.book_by_source(single, app_hidden.team_path(single.organization_id, single.team_id)
        || array[single.organization_id, single.user_id, single.api_key_id]);
      return;
    end if;
    if budget.inexact then
      if cardinality(drafts) > 1 then
        -- Rounded one by one, not in the sum.
        raise exception using errcode = 'RG000';
      end if;
      select * into strict single from app_public.usage_records as records
      where records.organization_id = settings.tenant and records.id = drafts[1].id;
      budget.amount := case when single.charged is null then 0 else app_hidden.amount_of(single, 'money', budget.budget_currency) end;
    end if;
    if budget.amount is null then
      perform app_hidden.refuse('CURRENCY_MISMATCH', jsonb_build_object('organization_currency', settings.currency));
    elsif budget.amount <> 0 then
      perform app_hidden.charge(settings.tenant, budget.budget_id, budget.starts_at, budget.amount, 0, budget.shards,
        case when budget.ends_at <= now() then 'late' end);
    end if;
  end loop;
end;
$$;
revoke all on function app_hidden.book_batch(app_private.usage_draft[]) from public;
grant execute on function app_hidden.book_batch(app_private.usage_draft[]) to rowgate_writer;
comment on function app_hidden.book_batch(app_private.usage_draft[]) is
  'Writes all events of a batch and charges each budget once, or raises.';

-- Budgets are looked for once for each place and model, however many moments there are.
create or replace function app_hidden.batch_budgets(kinds app_public.usage_records[])
returns table (
  budget_id uuid, starts_at timestamptz, ends_at timestamptz, shards int, unopened timestamptz, amount numeric, inexact boolean,
  budget_currency text, credit boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  with places as (
    select distinct kind.organization_id, kind.team_id, kind.user_id, kind.api_key_id, kind.service, kind.model
    from unnest(kinds) as kind
  ),
  met as materialized (
    select places.*, budgets.*
    from places
      cross join lateral app_hidden.budgets_for(places.organization_id,
        app_hidden.team_path(places.organization_id, places.team_id)
          || array[places.organization_id, places.user_id, places.api_key_id], places.service, places.model) as budgets
  )
  select met.budget_id, periods.starts_at, periods.ends_at, periods.shards,
    min(kind.occurred_at) filter (where periods.starts_at is null),
    sum(case
      when met.unit = 'requests' then kind.requests
      when met.unit = 'tokens' then kind.tokens_in + kind.tokens_out
      when periods.currency = kind.charged_currency then kind.charged
    end),
    bool_or(met.unit = 'money' and periods.currency <> kind.charged_currency), periods.currency, met.credit
  from unnest(kinds) as kind
    join met
      on met.service = kind.service and met.model = kind.model and met.team_id is not distinct from kind.team_id
        and met.user_id is not distinct from kind.user_id and met.counts_from <= kind.occurred_at
    left join app_public.budget_periods as periods
      on periods.organization_id = met.organization_id and periods.budget_id = met.budget_id
        and periods.starts_at <= kind.occurred_at and periods.ends_at > kind.occurred_at
  group by met.budget_id, periods.starts_at, periods.ends_at, periods.shards, periods.currency, met.credit;
end;
$$;
revoke all on function app_hidden.batch_budgets(app_public.usage_records[]) from public;
grant execute on function app_hidden.batch_budgets(app_public.usage_records[]) to rowgate_writer;
comment on function app_hidden.batch_budgets(app_public.usage_records[]) is
  'The budgets on which a batch counts, and how much in each period; kinds: its records, those that differ only in numbers as one. unopened: the first moment in a period that nobody has met yet. inexact: in another currency than the sum.';
--! EndIncluded usage/book_batch.sql
--! Included usage/record_usage_batch.sql
-- Keys first, in their order; then the budgets. If not everything fits, or something can't be taken, all budgets that the events meet
-- are locked in their order, so that going through the events one by one waits for nobody.
create or replace function app_public.record_usage_batch(events jsonb) returns setof app_public.usage_answer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:record');
  drafts app_private.usage_draft[];
  fresh app_private.usage_draft[];
  refused app_private.usage_draft[] := '{}';
begin
  if jsonb_typeof(events) is distinct from 'array' or jsonb_array_length(events) not between 1 and 10000 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'events: an array of 1 to 10,000 events.'));
  end if;
  perform app_hidden.join_usage(tenant);
  drafts := app_hidden.read_events(events);
  with claimed as (
    insert into app_private.idempotency_keys (organization_id, key_hash, body_hash, usage_record_id, occurred_at)
    select tenant, draft.key_hash, draft.body_hash, draft.id, coalesce(least(draft.occurred_at, now()), now())
    from unnest(drafts) as draft
    where draft.code is null
    on conflict on constraint idempotency_keys_pkey do nothing
    returning usage_record_id
  )
  select coalesce(array_agg(draft order by draft.key_hash), '{}') into fresh
  from claimed join unnest(drafts) as draft on draft.id = claimed.usage_record_id;

  if fresh <> '{}' then
    begin
      perform app_hidden.book_batch(fresh);
    exception when others then
      if sqlstate !~ '^(RG|22|23)' then
        raise;
      end if;
      refused := app_hidden.book_one_by_one(tenant, fresh);
    end;
  end if;

  return query
  select draft.place, draft.key,
    case
      when coalesce(refusal.code, draft.code) is not null then 'refused'
      when mine.id is not null then 'recorded'
      when earlier.body_hash = draft.body_hash then 'repeated'
      else 'refused'
    end,
    coalesce(case when refusal.id is null then mine.id end, case when earlier.body_hash = draft.body_hash then earlier.usage_record_id end),
    coalesce(refusal.code, draft.code, case when earlier.body_hash <> draft.body_hash then 'IDEMPOTENCY_CONFLICT' end),
    coalesce(refusal.detail, draft.detail)
  from unnest(drafts) as draft
    left join unnest(fresh) as mine on mine.id = draft.id
    left join unnest(refused) as refusal on refusal.key_hash = draft.key_hash
    -- Only what was not written just now.
    left join lateral (
      select keys.body_hash, keys.usage_record_id from app_private.idempotency_keys as keys
      where mine.id is null and keys.organization_id = tenant and keys.key_hash = draft.key_hash
    ) as earlier on true
  order by draft.place;
end;
$$;
alter function app_public.record_usage_batch(jsonb) owner to rowgate_writer;
revoke all on function app_public.record_usage_batch(jsonb) from public;
grant execute on function app_public.record_usage_batch(jsonb) to rowgate_user, rowgate_key;
comment on function app_public.record_usage_batch(jsonb) is
  'Records up to 10,000 events in one go and answers each: recorded, repeated (its key was charged before), or refused with a code. events: an array of objects with idempotency_key, service, model, and what else recordUsage takes, by the same names in snake_case. Events that are refused leave the others alone. Needs usage:record. Raises FORBIDDEN, INVALID_INPUT for what is no such array.';
comment on type app_public.usage_answer is 'What became of one event of a batch.';
comment on column app_public.usage_answer.place is 'Its place in the batch, from 1.';
comment on column app_public.usage_answer.idempotency_key is 'Its key.';
comment on column app_public.usage_answer.status is 'recorded, repeated or refused.';
comment on column app_public.usage_answer.usage_record_id is 'The record.';
comment on column app_public.usage_answer.code is 'Why it was refused, as an error code.';
comment on column app_public.usage_answer.detail is 'What the refusal is about, as with the error of recordUsage.';

create or replace function app_hidden.book_one_by_one(tenant uuid, drafts app_private.usage_draft[])
returns app_private.usage_draft[]
language plpgsql volatile
set search_path = ''
as $$
declare
  draft app_private.usage_draft;
  refused app_private.usage_draft[] := '{}';
  budget record;
  why text;
  about text;
  broken text;
begin
  for budget in
    select distinct applicable.budget_id, applicable.starts_at, case when applicable.starts_at is null then kinds.at end as at
    from (
        select distinct coalesce(kind.team_id, org_api_keys.team_id) as team_id,
          coalesce(kind.user_id, app_hidden.current_user_id()) as user_id, kind.service, kind.model,
          coalesce(least(kind.occurred_at, now()), now()) as at
        from unnest(drafts) as kind
          left join app_public.org_api_keys
            on org_api_keys.organization_id = book_one_by_one.tenant and org_api_keys.id = app_hidden.current_key_id()
      ) as kinds
      cross join lateral app_hidden.applicable_budgets(book_one_by_one.tenant,
        app_hidden.team_path(book_one_by_one.tenant, kinds.team_id)
          || array[book_one_by_one.tenant, kinds.user_id, app_hidden.current_key_id()],
        kinds.service, kinds.model, kinds.at) as applicable
    order by 1, 2, 3
  loop
    if budget.starts_at is null then
      budget.starts_at := (app_hidden.open_period(tenant, budget.budget_id, budget.at)).starts_at;
    end if;
    perform app_hidden.lock_period(tenant, budget.budget_id, budget.starts_at);
  end loop;

  -- As they were sent: the first that fits is the first that counts.
  for draft in select sent.* from unnest(drafts) as sent order by sent.place loop
    begin
      perform app_hidden.book_batch(array[draft]);
    exception when others then
      get stacked diagnostics why = message_text, about = pg_exception_detail, broken = constraint_name;
      if sqlstate ~ '^RG[1-9]' then
        draft.code := why;
        draft.detail := about::jsonb;
      elsif sqlstate ~ '^2[23]' then
        draft.code := 'INVALID_INPUT';
        draft.detail := jsonb_build_object('rule', coalesce(
          (select rules.rule from app_hidden.constraint_rules() as rules where rules.name = broken), why));
      else
        raise;
      end if;
      -- Judged anew when it comes again.
      delete from app_private.idempotency_keys as keys
      where keys.organization_id = tenant and keys.key_hash = draft.key_hash;
      refused := refused || draft;
    end;
  end loop;
  return refused;
end;
$$;
revoke all on function app_hidden.book_one_by_one(uuid, app_private.usage_draft[]) from public;
grant execute on function app_hidden.book_one_by_one(uuid, app_private.usage_draft[]) to rowgate_writer;
comment on function app_hidden.book_one_by_one(uuid, app_private.usage_draft[]) is
  'Writes what fits of a batch, and answers the rest with its refusals.';
--! EndIncluded usage/record_usage_batch.sql
--! Included usage/authorize_usage.sql
-- SECURITY DEFINER, because no visitor may write holds or counters.
create or replace function app_public.authorize_usage(
  idempotency_key text,
  service text,
  model text,
  cost numeric default null,
  currency text default null,
  tokens_in bigint default 0,
  tokens_out bigint default 0,
  requests bigint default 1,
  team_id uuid default null,
  user_id uuid default null,
  hold_seconds int default 600
) returns app_public.usage_holds
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  place record;
  budget record;
  usage app_public.usage_records;
  hold app_public.usage_holds;
begin
  if hold_seconds is null or hold_seconds not between 1 and 86400 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'hold_seconds: 1 to 86,400, which is a day.'));
  end if;
  place := app_hidden.usage_place(team_id, user_id);
  perform app_hidden.require_model(model);
  perform app_hidden.join_usage(place.tenant);
  hold.id := app_hidden.claim_usage_key(place.tenant, idempotency_key,
    row('hold', app_hidden.current_user_id(), place.key, service, model, trim_scale(cost), currency, tokens_in, tokens_out, requests,
      team_id, user_id, hold_seconds)::text, null);
  if hold.id is null then
    select holds.* into hold
    from app_private.idempotency_keys as keys
      join app_public.usage_holds as holds on holds.id = keys.hold_id
    where keys.organization_id = place.tenant and keys.key_hash = sha256(convert_to(idempotency_key, 'UTF8'));
    if not found then
      perform app_hidden.refuse('USAGE_TOO_OLD');
    end if;
    return hold;
  end if;
  usage := row(hold.id, place.tenant, place.team, place.person, place.key, 'usage', null, service, model, requests, tokens_in,
    tokens_out, trim_scale(cost), coalesce(currency, place.currency), 'given', null, trim_scale(cost), place.currency, null, null,
    now(), now());
  if cost is null or usage.currency <> place.currency then
    -- An unknown price is never zero, and nothing can be held for it.
    usage := app_hidden.price(usage, true);
  end if;
  insert into app_public.usage_holds
    (id, organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency, exchange_rate,
      charged_currency, expires_at)
  values (hold.id, place.tenant, place.team, place.person, place.key, authorize_usage.service, authorize_usage.model,
    authorize_usage.requests, authorize_usage.tokens_in, authorize_usage.tokens_out, usage.cost, usage.currency,
    usage.exchange_rate, usage.charged_currency, clock_timestamp() + hold_seconds * interval '1 second')
  returning * into hold;
  for budget in
    select * from app_hidden.applicable_budgets(place.tenant, place.scopes, authorize_usage.service, authorize_usage.model, now())
    order by credit desc, budget_id
  loop
    if budget.credit then
      perform app_hidden.book_by_source(usage, place.scopes, hold);
      exit;
    end if;
    perform app_hidden.book(usage, budget.budget_id, budget.unit, budget.starts_at, budget.ends_at, budget.budget_currency,
      budget.shards, null, hold);
  end loop;
  return hold;
end;
$$;
alter function app_public.authorize_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, int) owner to rowgate_writer;
revoke all on function app_public.authorize_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, int) from public;
grant execute on function app_public.authorize_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, int)
  to rowgate_user, rowgate_key;
comment on function app_public.authorize_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, int) is
  'Asks before the call upstream: keeps the estimate free on every budget that applies, for holdSeconds (10 minutes unless told, a day at most), or refuses. settleUsage books what it really cost, releaseUsage gives the hold back; otherwise it expires by itself. The same idempotencyKey with the same values answers the same hold. cost: computed from the price list when it is left out. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises BUDGET_EXCEEDED, PRICE_UNKNOWN, CURRENCY_MISMATCH, USAGE_TOO_OLD (that hold is no longer kept), IDEMPOTENCY_CONFLICT, FORBIDDEN, MODEL_FORBIDDEN, KEY_TEAM_FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded usage/authorize_usage.sql
--! Included usage/lock_hold.sql
-- A hold is its maker's; whoever may record for everybody may end everybody's.
create or replace function app_hidden.lock_hold(hold_id uuid) returns app_public.usage_holds
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:record');
  hold app_public.usage_holds;
begin
  select * into hold from app_public.usage_holds as holds
  where holds.organization_id = tenant and holds.id = lock_hold.hold_id
  for no key update;
  if not found or not (
    hold.api_key_id is not distinct from app_hidden.current_key_id() and hold.user_id is not distinct from app_hidden.current_user_id()
    or app_hidden.permits('usage:record_all')
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'hold_id: a hold that you made.'));
  end if;
  return hold;
end;
$$;
revoke all on function app_hidden.lock_hold(uuid) from public;
grant execute on function app_hidden.lock_hold(uuid) to rowgate_writer;
comment on function app_hidden.lock_hold(uuid) is
  'A hold that the caller may end, locked until commit. Raises NOT_FOUND and what require_permission raises.';

-- Ends what a hold keeps on one budget, and answers how much of it the counter still has. Expired lines are also ended by whoever
-- needs the room, with the period locked: so this locks it first as well where the hold has expired.
create or replace function app_hidden.end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamptz) returns numeric
language plpgsql volatile
set search_path = ''
as $$
declare
  kept numeric;
begin
  if hold.expires_at <= clock_timestamp() then
    perform app_hidden.lock_period(hold.organization_id, end_line.budget_id, end_line.starts_at);
  end if;
  update app_private.hold_lines as lines set open = false
  where lines.organization_id = hold.organization_id and lines.hold_id = hold.id and lines.budget_id = end_line.budget_id
    and lines.open
  returning lines.amount into kept;
  return coalesce(kept, 0);
end;
$$;
revoke all on function app_hidden.end_line(app_public.usage_holds, uuid, timestamptz) from public;
grant execute on function app_hidden.end_line(app_public.usage_holds, uuid, timestamptz) to rowgate_writer;
comment on function app_hidden.end_line(app_public.usage_holds, uuid, timestamptz) is
  'Ends what a hold keeps on one budget, and answers how much that was; 0 if it has ended before.';
--! EndIncluded usage/lock_hold.sql
--! Included usage/settle_usage.sql
create or replace function app_public.settle_usage(
  hold_id uuid,
  cost numeric default null,
  currency text default null,
  tokens_in bigint default null,
  tokens_out bigint default null,
  requests bigint default null
) returns app_public.usage_records
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  hold constant app_public.usage_holds := app_hidden.lock_hold(hold_id);
  usage app_public.usage_records;
  organization record;
  budget record;
  kept numeric;
  amount numeric;
  late boolean;
  by_credit boolean;
begin
  select organizations.currency into strict organization
  from app_public.organizations where organizations.id = hold.organization_id;
  usage := row(app_hidden.uuid_v7(), hold.organization_id, hold.team_id, hold.user_id, hold.api_key_id, 'usage', null, hold.service,
    hold.model, coalesce(requests, hold.requests), coalesce(tokens_in, hold.tokens_in), coalesce(tokens_out, hold.tokens_out),
    trim_scale(cost), coalesce(currency, hold.currency), 'given', null, trim_scale(cost), organization.currency, hold.id, null,
    hold.created_at, now(), null, 0);
  if hold.status = 'settled' then
    return app_hidden.settled_before(hold, usage);
  elsif hold.status = 'released' then
    perform app_hidden.refuse('HOLD_CLOSED', jsonb_build_object('hold_status', hold.status));
  end if;

  if cost is null or usage.currency <> organization.currency then
    usage := app_hidden.price(usage, false);
  end if;
  if usage.currency = hold.currency and usage.cost > hold.cost then
    usage.overrun := usage.cost - hold.cost;
  end if;
  insert into app_public.usage_records
    (id, organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency, pricing,
      exchange_rate, charged, charged_currency, hold_id, overrun, occurred_at)
  values (usage.id, hold.organization_id, hold.team_id, hold.user_id, hold.api_key_id, hold.service, hold.model, usage.requests,
    usage.tokens_in, usage.tokens_out, usage.cost, usage.currency, usage.pricing, usage.exchange_rate, usage.charged,
    usage.charged_currency, hold.id, usage.overrun, usage.occurred_at);
  update app_public.usage_holds as holds
  set status = 'settled', closed_at = now(), usage_record_id = usage.id
  where holds.organization_id = hold.organization_id and holds.id = hold.id;

  perform app_hidden.join_usage(hold.organization_id);
  late := hold.expires_at <= clock_timestamp();
  for budget in
    select coalesce(applicable.budget_id, lines.budget_id) as id, applicable.unit, applicable.ends_at, applicable.budget_currency,
      coalesce(applicable.starts_at, lines.starts_at) as starts_at, coalesce(applicable.shards, 1) as shards,
      lines.hold_id is not null as was_held, applicable.credit,
      bool_or(applicable.credit) over () as has_credit
    from (
        select * from app_hidden.applicable_budgets(hold.organization_id,
          app_hidden.team_path(hold.organization_id, hold.team_id) || array[hold.organization_id, hold.user_id, hold.api_key_id],
          hold.service, hold.model, hold.created_at)
      ) as applicable
      full join (
        select * from app_private.hold_lines where hold_lines.organization_id = hold.organization_id and hold_lines.hold_id = hold.id
      ) as lines on lines.budget_id = applicable.budget_id
    order by 1
  loop
    if not budget.was_held then
      -- What pays was decided when it was authorized.
      if budget.has_credit and by_credit is null then
        by_credit := app_hidden.is_paid_by_credit(usage);
      end if;
      continue when not app_hidden.pays(budget.credit, budget.unit, coalesce(by_credit, false));
      perform app_hidden.book(usage, budget.id, budget.unit, budget.starts_at, budget.ends_at, budget.budget_currency,
        budget.shards, 'without_hold');
      continue;
    end if;
    kept := app_hidden.end_line(hold, budget.id, budget.starts_at);
    amount := case when budget.unit is null then 0 else coalesce(app_hidden.amount_of(usage, budget.unit,
      budget.budget_currency), 0) end;
    if amount <> 0 or kept <> 0 then
      perform app_hidden.charge(hold.organization_id, budget.id, budget.starts_at, amount, -kept, budget.shards,
        case when late then 'expired_hold' else 'above_hold' end, usage.id);
    end if;
  end loop;
  return usage;
end;
$$;
alter function app_public.settle_usage(uuid, numeric, text, bigint, bigint, bigint) owner to rowgate_writer;
revoke all on function app_public.settle_usage(uuid, numeric, text, bigint, bigint, bigint) from public;
grant execute on function app_public.settle_usage(uuid, numeric, text, bigint, bigint, bigint) to rowgate_user, rowgate_key;
comment on function app_public.settle_usage(uuid, numeric, text, bigint, bigint, bigint) is
  'Books what an authorized use really cost, and ends its hold; it occurred when it was authorized. It is never refused for a budget: what is above the hold, or comes after the hold expired, is booked as an overrun. Tokens and requests that are left out are those of the hold; a cost that is left out is computed from the price list. Settling again with the same values answers the same record. Needs usage:record, and usage:record_all for a hold that somebody else made. Raises HOLD_CLOSED, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

create or replace function app_hidden.settled_before(hold app_public.usage_holds, usage app_public.usage_records)
returns app_public.usage_records
language plpgsql stable
set search_path = ''
as $$
declare
  earlier app_public.usage_records;
begin
  select * into earlier from app_public.usage_records as records
  where records.id = hold.usage_record_id and records.occurred_at = hold.created_at;
  if (usage.requests, usage.tokens_in, usage.tokens_out) = (earlier.requests, earlier.tokens_in, earlier.tokens_out)
    and (usage.cost is null or (usage.cost, usage.currency) = (earlier.cost, earlier.currency)) then
    earlier.written_in := null;
  return earlier;
  end if;
  perform app_hidden.refuse('HOLD_CLOSED', jsonb_build_object('hold_status', hold.status));
end;
$$;
revoke all on function app_hidden.settled_before(app_public.usage_holds, app_public.usage_records) from public;
grant execute on function app_hidden.settled_before(app_public.usage_holds, app_public.usage_records) to rowgate_writer;
comment on function app_hidden.settled_before(app_public.usage_holds, app_public.usage_records) is
  'The record that settled a hold before, if it was with the same values. Raises HOLD_CLOSED.';
--! EndIncluded usage/settle_usage.sql
--! Included usage/release_usage.sql
create or replace function app_public.release_usage(hold_id uuid) returns app_public.usage_holds
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  hold app_public.usage_holds := app_hidden.lock_hold(hold_id);
  line record;
  kept numeric;
begin
  if hold.status = 'settled' then
    perform app_hidden.refuse('HOLD_CLOSED', jsonb_build_object('hold_status', hold.status));
  elsif hold.status = 'released' then
    return hold;
  end if;
  for line in
    select lines.budget_id, lines.starts_at, periods.shards
    from app_private.hold_lines as lines
      join app_public.budget_periods as periods
        on periods.organization_id = lines.organization_id and periods.budget_id = lines.budget_id
          and periods.starts_at = lines.starts_at
    where lines.organization_id = hold.organization_id and lines.hold_id = hold.id
    order by lines.budget_id
  loop
    kept := app_hidden.end_line(hold, line.budget_id, line.starts_at);
    if kept > 0 then
      perform app_hidden.charge(hold.organization_id, line.budget_id, line.starts_at, 0, -kept, line.shards);
    end if;
  end loop;
  update app_public.usage_holds as holds
  set status = 'released', closed_at = now()
  where holds.organization_id = hold.organization_id and holds.id = hold.id
  returning * into hold;
  return hold;
end;
$$;
alter function app_public.release_usage(uuid) owner to rowgate_writer;
revoke all on function app_public.release_usage(uuid) from public;
grant execute on function app_public.release_usage(uuid) to rowgate_user, rowgate_key;
comment on function app_public.release_usage(uuid) is
  'Gives back what was authorized and not used. Releasing again answers the same hold. Needs usage:record, and usage:record_all for a hold that somebody else made. Raises HOLD_CLOSED, FORBIDDEN, NOT_FOUND.';
--! EndIncluded usage/release_usage.sql
--! Included usage/explain_charge.sql
-- The same places, budgets, amounts and figures as authorize_usage, without a lock and without a trace. SECURITY DEFINER for the
-- same reason as that: a key's use counts on budgets that the key may not see. Of those it tells no figures.
create or replace function app_public.explain_charge(
  service text,
  model text,
  cost numeric default null,
  currency text default null,
  tokens_in bigint default 0,
  tokens_out bigint default 0,
  requests bigint default 1,
  team_id uuid default null,
  user_id uuid default null
) returns setof app_public.charge_verdict
language plpgsql stable security definer
set search_path = ''
as $$
declare
  place record;
  usage app_public.usage_records;
  applicable record;
  budget app_public.budgets;
  verdict app_public.charge_verdict;
  figures record;
  verdicts app_public.charge_verdict[] := '{}';
  credit_first boolean;
  by_credit boolean;
  sources boolean[] := array[false];
  problem app_public.charge_verdict;
begin
  place := app_hidden.usage_place(team_id, user_id);
  perform app_hidden.require_model(model);
  perform app_hidden.require_estimate(service, model, cost, currency, tokens_in, tokens_out, requests);
  usage := row(null, place.tenant, place.team, place.person, place.key, 'usage', null, service, model, requests, tokens_in,
    tokens_out, trim_scale(cost), coalesce(currency, place.currency), 'given', null, trim_scale(cost), place.currency, null, null,
    now(), now());
  if cost is null or usage.currency <> place.currency then
    usage := app_hidden.price(usage, true);
  end if;
  for applicable in
    select * from app_hidden.applicable_budgets(place.tenant, place.scopes, explain_charge.service, explain_charge.model, now())
    order by budget_id
  loop
    select * into strict budget from app_public.budgets
    where budgets.organization_id = place.tenant and budgets.id = applicable.budget_id;
    if applicable.starts_at is null then
      select 0::numeric as settled, 0::numeric as held,
        case
          when budget.status = 'paused' or budget.policy = 'allow' then 'Infinity'::numeric
          else budget.limit_amount * (1 + coalesce(budget.grace_percent, 0) / 100.0) + coalesce((
            select sum(raises.amount) from app_public.budget_raises as raises
            where raises.organization_id = place.tenant and raises.budget_id = applicable.budget_id
              and raises.status = 'approved' and raises.expires_at > clock_timestamp()
          ), 0)
        end as cap
      into figures;
      if budget.unit = 'money' then
        applicable.budget_currency := coalesce(budget.currency, place.currency);
      end if;
    else
      figures := app_hidden.period_figures(place.tenant, applicable.budget_id, applicable.starts_at);
    end if;
    verdict.budget_id := budget.id;
    verdict.kind := budget.kind;
    verdict.level := budget.level;
    verdict.unit := budget.unit;
    verdict.period := budget.period;
    verdict.policy := budget.policy;
    verdict.currency := applicable.budget_currency;
    verdict.requested := app_hidden.amount_for(budget.unit, applicable.budget_currency, usage.cost, usage.currency, usage.charged,
      usage.charged_currency, requests, tokens_in + tokens_out, now());
    -- Null: no rate to its currency is known.
    verdict.fits := coalesce(verdict.requested = 0 or figures.settled + figures.held + verdict.requested <= figures.cap, false);
    verdict.remaining := case when app_hidden.shows_budget(budget) and figures.cap < 'Infinity'
      then trim_scale(greatest(0, figures.cap - figures.settled - figures.held)) end;
    verdicts := verdicts || verdict;
  end loop;

  -- As book_by_source goes: the first source if everything that it counts on has room, else the second one; what comes first in
  -- the order of the budgets is what is said.
  if exists (select from unnest(verdicts) as known where known.kind = 'credit') then
    credit_first := (
      select organizations.credit_order = 'personal_first' from app_public.organizations where organizations.id = place.tenant
    );
    sources := array[credit_first, not credit_first];
  end if;
  foreach by_credit in array sources loop
    select * into problem from unnest(verdicts) as known
    where not known.fits and app_hidden.pays(known.kind = 'credit', known.unit, by_credit)
    order by known.budget_id limit 1;
    exit when not found;
    if problem.requested is null then
      perform app_hidden.refuse('CURRENCY_MISMATCH',
        jsonb_build_object('currency', usage.currency, 'budget_currency', problem.currency));
    end if;
  end loop;
  foreach verdict in array verdicts loop
    verdict.charged := app_hidden.pays(verdict.kind = 'credit', verdict.unit, by_credit);
    return next verdict;
  end loop;
end;
$$;
alter function app_public.explain_charge(text, text, numeric, text, bigint, bigint, bigint, uuid, uuid) owner to rowgate_writer;
revoke all on function app_public.explain_charge(text, text, numeric, text, bigint, bigint, bigint, uuid, uuid) from public;
grant execute on function app_public.explain_charge(text, text, numeric, text, bigint, bigint, bigint, uuid, uuid)
  to rowgate_user, rowgate_key;
comment on function app_public.explain_charge(text, text, numeric, text, bigint, bigint, bigint, uuid, uuid) is
  'Which budgets a use would count on, and which of them would refuse it at this moment; authorizeUsage judges alike: it lets the use through if all that are charged fit. Books nothing. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises PRICE_UNKNOWN, CURRENCY_MISMATCH, FORBIDDEN, MODEL_FORBIDDEN, KEY_TEAM_FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
comment on type app_public.charge_verdict is 'What one budget says to a use.';
comment on column app_public.charge_verdict.budget_id is 'The budget.';
comment on column app_public.charge_verdict.level is 'organization, team, member or api_key.';
comment on column app_public.charge_verdict.unit is 'money, requests or tokens.';
comment on column app_public.charge_verdict.period is 'day, week, month, quarter, year or total.';
comment on column app_public.charge_verdict.policy is 'block, allow or grace.';
comment on column app_public.charge_verdict.currency is 'ISO 4217 code of the currency of a money budget.';
comment on column app_public.charge_verdict.requested is 'What the use takes of it, in its unit; null if no exchange rate to its currency is known.';
comment on column app_public.charge_verdict.remaining is 'What it still admits; null where it refuses nothing, or where the caller may not see its figures.';
comment on column app_public.charge_verdict.fits is 'Whether it lets the use through.';
comment on column app_public.charge_verdict.kind is 'limit or credit.';
comment on column app_public.charge_verdict.charged is
  'Whether the use would be charged to it; false for what the other source, the member''s credit or the organization, pays instead.';

create or replace function app_hidden.shows_budget(budget app_public.budgets) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return budget.organization_id = any (app_hidden.organizations_permitting('budget:read_all'))
    or budget.organization_id = any (app_hidden.organizations_permitting('budget:read')) and (
      budget.user_id = app_hidden.current_user_id()
      or budget.api_key_id = app_hidden.current_key_id()
      or budget.team_id = any (app_hidden.teams_permitting(null))
    );
end;
$$;
revoke all on function app_hidden.shows_budget(app_public.budgets) from public;
grant execute on function app_hidden.shows_budget(app_public.budgets) to rowgate_writer;
comment on function app_hidden.shows_budget(app_public.budgets) is 'Whether a refusal or verdict may tell the caller the figures of a budget.';

-- What the columns of a hold would refuse, for a verb that writes none.
create or replace function app_hidden.require_estimate(
  service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint
) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if app_hidden.is_label(service) is not true then
    perform app_hidden.refuse_value('usage_holds_service_length');
  elsif app_hidden.is_label(model) is not true then
    perform app_hidden.refuse_value('usage_holds_model_length');
  elsif not (cost >= 0 and cost < 1000000000000 and scale(trim_scale(cost)) <= 12) then
    perform app_hidden.refuse_value('usage_holds_cost_range');
  elsif not currency ~ '^[A-Z]{3}$' then
    perform app_hidden.refuse_value('usage_holds_currency_form');
  elsif (tokens_in >= 0) is not true then
    perform app_hidden.refuse_value('usage_holds_tokens_in_range');
  elsif (tokens_out >= 0) is not true then
    perform app_hidden.refuse_value('usage_holds_tokens_out_range');
  elsif (requests >= 0) is not true then
    perform app_hidden.refuse_value('usage_holds_requests_range');
  end if;
end;
$$;
revoke all on function app_hidden.require_estimate(text, text, numeric, text, bigint, bigint, bigint) from public;
grant execute on function app_hidden.require_estimate(text, text, numeric, text, bigint, bigint, bigint) to rowgate_writer;
comment on function app_hidden.require_estimate(text, text, numeric, text, bigint, bigint, bigint) is
  'Refuses values that no use can have. Raises INVALID_INPUT.';
--! EndIncluded usage/explain_charge.sql
--! Included usage/correct_usage.sql
-- The true figures of a record that was wrong. What was written stays; the difference is a record of its own, in the period of the
-- first.
create or replace function app_public.correct_usage(
  usage_record_id uuid,
  idempotency_key text,
  cost numeric default null,
  tokens_in bigint default null,
  tokens_out bigint default null,
  requests bigint default null
) returns app_public.usage_records
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:record_all');
  original app_public.usage_records;
  so_far record;
  usage app_public.usage_records;
  retention int;
begin
  perform app_hidden.require_estimate('-', '-', cost, null, coalesce(tokens_in, 0), coalesce(tokens_out, 0), coalesce(requests, 0));
  select * into original from app_public.usage_records as records
  where records.organization_id = tenant and records.id = correct_usage.usage_record_id and records.kind = 'usage';
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'usage_record_id: a usage record of the organization.'));
  end if;
  select organizations.retention_months into strict retention from app_public.organizations where organizations.id = tenant;
  perform app_hidden.require_bookable_time(original.occurred_at, retention);
  usage.id := app_hidden.claim_usage_key(tenant, idempotency_key, row('correction', app_hidden.current_user_id(),
    app_hidden.current_key_id(), usage_record_id, trim_scale(cost), tokens_in, tokens_out, requests)::text, original.occurred_at);
  if usage.id is null then
    return app_hidden.repeated_usage(tenant, idempotency_key);
  end if;
  perform app_hidden.join_usage(tenant);
  -- One correction of an organization's records at a time, so that each starts from what the last one left.
  perform pg_catalog.pg_advisory_xact_lock(1919908, pg_catalog.hashtext(original.id::text));
  select coalesce(sum(records.cost), 0) as cost, sum(records.tokens_in) as tokens_in, sum(records.tokens_out) as tokens_out,
    sum(records.requests) as requests
  into strict so_far
  from app_public.usage_records as records
  where records.organization_id = tenant and records.occurred_at = original.occurred_at
    and (records.id = original.id or records.corrects_id = original.id);
  usage := original;
  usage.id := (
    select keys.usage_record_id from app_private.idempotency_keys as keys
    where keys.organization_id = tenant and keys.key_hash = sha256(convert_to(idempotency_key, 'UTF8'))
  );
  usage.kind := 'correction';
  usage.corrects_id := original.id;
  usage.requests := coalesce(requests, so_far.requests) - so_far.requests;
  usage.tokens_in := coalesce(tokens_in, so_far.tokens_in) - so_far.tokens_in;
  usage.tokens_out := coalesce(tokens_out, so_far.tokens_out) - so_far.tokens_out;
  usage.currency := coalesce(original.currency, original.charged_currency);
  usage.cost := trim_scale(coalesce(cost, so_far.cost) - so_far.cost);
  usage.charged := case when usage.currency = original.charged_currency then usage.cost
    else round(usage.cost * coalesce(original.exchange_rate,
      app_hidden.exchange_rate(usage.currency, original.charged_currency, original.occurred_at)), 12) end;
  usage.pricing := 'given';
  usage.overrun := null;
  usage.created_at := now();
  usage.errors := 0;
  perform app_hidden.book_adjustment(usage, 'correction');
  return usage;
end;
$$;
alter function app_public.correct_usage(uuid, text, numeric, bigint, bigint, bigint) owner to rowgate_writer;
revoke all on function app_public.correct_usage(uuid, text, numeric, bigint, bigint, bigint) from public;
grant execute on function app_public.correct_usage(uuid, text, numeric, bigint, bigint, bigint) to rowgate_user, rowgate_key;
comment on function app_public.correct_usage(uuid, text, numeric, bigint, bigint, bigint) is
  'Says what a recorded use really was: cost (in its currency), tokens, requests; what is left out stays. The difference is booked as a record of its own, in the period in which the use occurred, and never refused for a budget. Needs usage:record_all. Raises USAGE_TOO_OLD, IDEMPOTENCY_CONFLICT, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

create or replace function app_hidden.book_adjustment(usage app_public.usage_records, reason text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  budget record;
  by_credit boolean;
begin
  insert into app_public.usage_records
    (id, organization_id, team_id, user_id, api_key_id, kind, corrects_id, service, model, requests, tokens_in, tokens_out, cost,
      currency, pricing, exchange_rate, charged, charged_currency, hold_id, occurred_at)
  values (usage.id, usage.organization_id, usage.team_id, usage.user_id, usage.api_key_id, usage.kind, usage.corrects_id,
    usage.service, usage.model, usage.requests, usage.tokens_in, usage.tokens_out, usage.cost, usage.currency, usage.pricing,
    usage.exchange_rate, usage.charged, usage.charged_currency, usage.hold_id, usage.occurred_at);
  for budget in
    select * from app_hidden.applicable_budgets(usage.organization_id,
      app_hidden.team_path(usage.organization_id, usage.team_id) || array[usage.organization_id, usage.user_id, usage.api_key_id],
      usage.service, usage.model, usage.occurred_at)
    order by credit desc, budget_id
  loop
    -- Whatever follows a use is paid by what paid for that.
    if budget.credit then
      by_credit := app_hidden.is_paid_by_credit(usage);
    end if;
    continue when not app_hidden.pays(budget.credit, budget.unit, coalesce(by_credit, false));
    perform app_hidden.book(usage, budget.budget_id, budget.unit, budget.starts_at, budget.ends_at, budget.budget_currency,
      budget.shards, reason);
  end loop;
end;
$$;
revoke all on function app_hidden.book_adjustment(app_public.usage_records, text) from public;
grant execute on function app_hidden.book_adjustment(app_public.usage_records, text) to rowgate_writer;
comment on function app_hidden.book_adjustment(app_public.usage_records, text) is
  'Writes a correction or repricing and books it on all budgets that apply, in the period of what it adjusts.';

create or replace function app_public.reprice_usage(service text, model text) returns int
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:record_all');
  original app_public.usage_records;
  usage app_public.usage_records;
  priced int := 0;
  left_over int := 0;
begin
  if service is null or model is null then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'service, model: needed.'));
  end if;
  -- One at a time: a record is priced once.
  perform pg_catalog.pg_advisory_xact_lock(1919909, pg_catalog.hashtext(tenant::text));
  perform app_hidden.join_usage(tenant);
  for original in
    select * from app_public.usage_records as records
    where records.organization_id = tenant and records.service = reprice_usage.service and records.model = reprice_usage.model
      and records.pricing = 'unpriced' and records.kind = 'usage'
      and not exists (
        select from app_public.usage_records as adjustments
        where adjustments.organization_id = tenant and adjustments.corrects_id = records.id
          and adjustments.charged is not null
      )
    order by records.id
  loop
    usage := original;
    select price.amount, price.currency into usage.cost, usage.currency
    from app_hidden.price_usage(tenant, original.service, original.model, original.occurred_at, original.tokens_in,
      original.tokens_out, original.requests) as price
    where original.cost is null
    union all
    select original.cost, original.currency where original.cost is not null;
    usage.exchange_rate := case when usage.currency <> usage.charged_currency
      then app_hidden.exchange_rate(usage.currency, usage.charged_currency, usage.occurred_at) end;
    usage.charged := case when usage.currency = usage.charged_currency then usage.cost
      else round(usage.cost * usage.exchange_rate, 12) end;
    if usage.charged is null then
      left_over := left_over + 1;
      continue;
    end if;
    usage.id := app_hidden.uuid_v7();
    usage.kind := 'repricing';
    usage.corrects_id := original.id;
    usage.requests := 0;
    usage.tokens_in := 0;
    usage.tokens_out := 0;
    usage.pricing := 'computed';
    perform app_hidden.book_adjustment(usage, 'priced_later');
    priced := priced + 1;
  end loop;
  if left_over = 0 then
    delete from app_public.unpriced_models as known
    where known.organization_id = tenant and known.service = reprice_usage.service and known.model = reprice_usage.model;
  end if;
  return priced;
end;
$$;
alter function app_public.reprice_usage(text, text) owner to rowgate_writer;
revoke all on function app_public.reprice_usage(text, text) from public;
grant execute on function app_public.reprice_usage(text, text) to rowgate_user;
comment on function app_public.reprice_usage(text, text) is
  'Prices what was recorded of a service and model while no price or exchange rate was known, by the prices of when it occurred; answers how many records. Each is booked as an adjustment in its period. Needs usage:record_all. Raises FORBIDDEN, INVALID_INPUT.';
--! EndIncluded usage/correct_usage.sql
--! Included usage/update_metering.sql
-- Periods that are open keep their clocks and currency: each budget's current one is opened under the old ones first.
create or replace function app_public.update_metering(
  time_zone text default null, currency text default null, retention_months int default null, strict_pricing boolean default null,
  credit_order text default null
) returns app_public.organizations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('organization:update');
  organization app_public.organizations;
  most int;
begin
  if update_metering.time_zone is not null and not app_hidden.is_time_zone(update_metering.time_zone) then
    perform app_hidden.refuse_value('organizations_time_zone_form');
  end if;
  select plans.retention_months into most
  from app_public.organizations join app_public.plans on plans.name = organizations.plan
  where organizations.id = tenant
  for no key update of organizations;
  if update_metering.retention_months > most then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', format('retention_months: the plan keeps records for %s months.', most)));
  end if;
  perform app_hidden.open_period(tenant, open.id, now())
  from (select budgets.id from app_public.budgets where budgets.organization_id = tenant order by budgets.id) as open;
  update app_public.organizations
  set
    time_zone = coalesce(update_metering.time_zone, organizations.time_zone),
    currency = coalesce(update_metering.currency, organizations.currency),
    retention_months = coalesce(update_metering.retention_months, organizations.retention_months),
    strict_pricing = coalesce(update_metering.strict_pricing, organizations.strict_pricing),
    credit_order = coalesce(update_metering.credit_order, organizations.credit_order)
  where organizations.id = tenant
  returning * into organization;
  return organization;
end;
$$;
alter function app_public.update_metering(text, text, int, boolean, text) owner to rowgate_writer;
revoke all on function app_public.update_metering(text, text, int, boolean, text) from public;
grant execute on function app_public.update_metering(text, text, int, boolean, text) to rowgate_user;
comment on function app_public.update_metering(text, text, int, boolean, text) is
  'Changes how the chosen organization is metered; what is left out stays. Time zone and currency count from each budget''s next period; creditOrder, personal_first or organization_first, and retentionMonths, at most what the plan keeps, at once. Needs organization:update. Raises FORBIDDEN, INVALID_INPUT.';
--! EndIncluded usage/update_metering.sql
--! Included usage/purge_usage.sql
-- The books have no reference that would take them along. Runs as whoever may delete an organization: the purge, which has deleted
-- most of it in batches, or the platform.
create or replace function app_private.purge_usage() returns trigger
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from app_public.usage_records where usage_records.organization_id = old.id;
  delete from app_public.usage_holds where usage_holds.organization_id = old.id;
  delete from app_private.hold_lines where hold_lines.organization_id = old.id;
  delete from app_private.frozen_rates where frozen_rates.organization_id = old.id;
  delete from app_private.credit_uses where credit_uses.organization_id = old.id;
  delete from app_private.idempotency_keys where idempotency_keys.organization_id = old.id;
  return null;
end;
$$;
revoke all on function app_private.purge_usage() from public;
comment on function app_private.purge_usage() is 'Takes the usage of a deleted organization along.';

drop trigger if exists purge_usage on app_public.organizations;
create trigger purge_usage after delete on app_public.organizations for each row execute function app_private.purge_usage();
--! EndIncluded usage/purge_usage.sql
--! Included usage/prepare_usage_partitions.sql
-- A partition a month (UTC): this month and the next two, by every run of the migrations and every hour by the worker. Few, because what is not
-- pruned is looked at by every plan. Nothing depends on it: what has no partition lands in usage_records_rest, and a month that
-- began there stays there. What was before the first one lies in usage_records_past, so that the rest is empty and soon looked through
-- when a partition comes. SECURITY DEFINER as the owner, because only a table's owner may give it a partition; it takes no argument.
-- Attaching locks out nobody who writes into a month, and whoever reads across months for moments: where it would have to wait, it is
-- left to the next run.
create or replace function app_hidden.prepare_usage_partitions() returns int
language plpgsql volatile security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  this_month constant timestamp := date_trunc('month', now() at time zone 'UTC');
  wanted record;
  made int := 0;
begin
  for wanted in
    select 'usage_records_past' as name, '-infinity'::timestamptz as since, this_month at time zone 'UTC' as until
    where not exists (
      select from pg_catalog.pg_inherits as parts
        join pg_catalog.pg_class as class on class.oid = parts.inhrelid
      where parts.inhparent = 'app_public.usage_records'::regclass and class.relname <> 'usage_records_rest'
    )
    union all
    select 'usage_records_' || to_char(month, 'YYYY_MM'), month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC'
    from generate_series(this_month, this_month + interval '2 months', interval '1 month') as month
  loop
    continue when to_regclass('app_private.' || wanted.name) is not null;
    begin
      -- One at a time, beside whoever reads and writes.
      lock table only app_public.usage_records in share update exclusive mode;
      continue when to_regclass('app_private.' || wanted.name) is not null or app_hidden.is_usage_between(wanted.since, wanted.until);
      execute format('create table app_private.%I (like app_public.usage_records including defaults including constraints)', wanted.name);
      execute format('alter table app_private.%I enable row level security, force row level security', wanted.name);
      execute format('alter table app_public.usage_records attach partition app_private.%I for values from (%s) to (%L)', wanted.name,
        case when isfinite(wanted.since) then quote_literal(wanted.since) else 'minvalue' end, wanted.until);
      made := made + 1;
    exception
      -- Others have it open, or have booked there meanwhile.
      when lock_not_available or deadlock_detected or check_violation then null;
    end;
  end loop;
  return made;
end;
$$;
revoke all on function app_hidden.prepare_usage_partitions() from public;
grant execute on function app_hidden.prepare_usage_partitions() to rowgate_job;
comment on function app_hidden.prepare_usage_partitions() is
  'Makes the partitions of usage_records for this month and the next two where they are missing; answers how many.';

-- SECURITY DEFINER, because the owner is bound by the policies and has none.
create or replace function app_hidden.is_usage_between(since timestamptz, until timestamptz) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return exists (
    select from app_public.usage_records as records
    where records.occurred_at >= is_usage_between.since and records.occurred_at < is_usage_between.until
  );
end;
$$;
alter function app_hidden.is_usage_between(timestamptz, timestamptz) owner to rowgate_reader;
revoke all on function app_hidden.is_usage_between(timestamptz, timestamptz) from public;
grant execute on function app_hidden.is_usage_between(timestamptz, timestamptz) to rowgate_owner;
comment on function app_hidden.is_usage_between(timestamptz, timestamptz) is 'Whether anybody used anything between two instants.';
--! EndIncluded usage/prepare_usage_partitions.sql
--! Included usage/drop_usage_partitions.sql
-- A partition goes as a whole when no organization needs any of it. SECURITY DEFINER as the owner, as prepare_usage_partitions; which of
-- them go is not the caller's to say. It shuts out everybody for moments: where it would have to wait for somebody who reads, it
-- is left to the next run.
create or replace function app_hidden.drop_usage_partitions() returns boolean
language plpgsql volatile security definer
set search_path = ''
set lock_timeout = '250ms'
set datestyle = 'ISO'
as $$
declare
  part record;
  complete boolean := true;
begin
  for part in
    select known.name, coalesce((regexp_match(known.bounds, 'FROM \(''([^'']+)''\)'))[1]::timestamptz, '-infinity') as since,
      (regexp_match(known.bounds, 'TO \(''([^'']+)''\)'))[1]::timestamptz as until
    from (
      select class.oid::regclass::text as name, pg_catalog.pg_get_expr(class.relpartbound, class.oid) as bounds
      from pg_catalog.pg_inherits as parts
        join pg_catalog.pg_class as class on class.oid = parts.inhrelid
      where parts.inhparent = 'app_public.usage_records'::regclass
    ) as known
    where known.bounds <> 'DEFAULT'
    order by until
  loop
    -- The shortest time that is kept.
    exit when part.until > now() - interval '1 month';
    continue when app_hidden.is_usage_needed(part.since, part.until);
    begin
      lock table only app_public.usage_records in access exclusive mode;
      -- Whoever booked there meanwhile, or dropped it, is to be seen now.
      if to_regclass(part.name) is not null and not app_hidden.is_usage_needed(part.since, part.until) then
        execute format('drop table %s', part.name);
      end if;
    exception when lock_not_available or deadlock_detected then
      complete := false;
    end;
  end loop;
  return complete;
end;
$$;
revoke all on function app_hidden.drop_usage_partitions() from public;
grant execute on function app_hidden.drop_usage_partitions() to rowgate_job;
comment on function app_hidden.drop_usage_partitions() is
  'Drops the partitions of usage_records that no organization needs any more; false where somebody was in the way, and it is to be tried again.';

-- SECURITY DEFINER, because it looks across tenants. What is not in the sums is needed, however old it is.
create or replace function app_hidden.is_usage_needed(since timestamptz, until timestamptz) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return exists (
    select from app_public.organizations
      left join app_private.rollup_marks as marks on marks.organization_id = organizations.id
    where exists (
        select from app_public.usage_records as records
        where records.organization_id = organizations.id
          and records.occurred_at >= greatest(is_usage_needed.since, marks.kept_since) and records.occurred_at < is_usage_needed.until
      )
      or exists (
        select from app_public.usage_records as records
        where records.organization_id = organizations.id and records.written_in >= greatest(marks.written_in, marks.kept_in)
          and records.occurred_at >= is_usage_needed.since and records.occurred_at < is_usage_needed.until
      )
  );
end;
$$;
alter function app_hidden.is_usage_needed(timestamptz, timestamptz) owner to rowgate_reader;
revoke all on function app_hidden.is_usage_needed(timestamptz, timestamptz) from public;
grant execute on function app_hidden.is_usage_needed(timestamptz, timestamptz) to rowgate_owner;
comment on function app_hidden.is_usage_needed(timestamptz, timestamptz) is
  'Whether an organization keeps a record between two instants, or has not rolled it up.';
--! EndIncluded usage/drop_usage_partitions.sql
--! Included usage/retire_usage.sql
-- Records are kept for as long as the plan says, in whole months of the organization. This moves the mark before which the sums are all
-- there is; the records themselves go later. It waits until they are rolled up and stated, and until whoever booked by what the
-- organization said before has ended.
create or replace function app_hidden.retire_usage() returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  mark app_private.rollup_marks;
  until timestamptz;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) or tenant is null then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  until := app_hidden.retirable_until(tenant);
  select * into mark from app_private.rollup_marks as marks where marks.organization_id = tenant for no key update skip locked;
  if not found or until is null or mark.kept_since >= until
    or mark.written_in > pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    or exists (
      select from app_public.usage_records as records
      where records.organization_id = tenant and records.written_in >= mark.written_in and records.occurred_at < until
        and (mark.kept_since is null or records.occurred_at >= mark.kept_since or records.written_in >= mark.kept_in)
    )
    or exists (
      select from app_public.usage_records as records
      where records.organization_id = tenant and records.occurred_at < until
        and records.occurred_at >= coalesce((
          select max(known.ends_at) from app_public.statements as known where known.organization_id = tenant
        ), '-infinity')
    ) then
    return false;
  end if;
  update app_private.rollup_marks as marks
  set kept_since = until, kept_in = greatest(marks.kept_in, marks.written_in)
  where marks.organization_id = tenant;
  return true;
end;
$$;
alter function app_hidden.retire_usage() owner to rowgate_writer;
revoke all on function app_hidden.retire_usage() from public;
grant execute on function app_hidden.retire_usage() to rowgate_job;
comment on function app_hidden.retire_usage() is
  'Lets go of the chosen organization''s records that are older than its plan keeps them, if their sums and statements are made; answers whether there were such. Only jobs may. Raises FORBIDDEN.';

-- What is late may be booked for as long as it is kept, whatever the plan says. A day more, for clocks that differ.
create or replace function app_hidden.retirable_until(organization_id uuid) returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select app_hidden.period_start('month',
      now() - interval '1 day' - greatest(plans.retention_months, organizations.retention_months) * interval '1 month', organizations.time_zone)
    from app_public.organizations join app_public.plans on plans.name = organizations.plan
    where organizations.id = retirable_until.organization_id and plans.retention_months is not null
      and organizations.updated_at < now() - interval '10 minutes'
  );
end;
$$;
revoke all on function app_hidden.retirable_until(uuid) from public;
grant execute on function app_hidden.retirable_until(uuid) to rowgate_writer;
comment on function app_hidden.retirable_until(uuid) is
  'The beginning of the oldest month whose records an organization keeps; null: it keeps all, or was changed just now.';

-- SECURITY DEFINER, because it looks across tenants; it answers ids to a job that acts for none.
create or replace function app_hidden.organizations_to_retire() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select organizations.id
  from app_public.organizations
    join app_public.plans on plans.name = organizations.plan
    left join app_private.rollup_marks as marks on marks.organization_id = organizations.id
    cross join lateral (
      select greatest(
        now() - greatest(plans.retention_months, organizations.retention_months) * interval '1 month' - interval '1 day', marks.kept_since
      ) as until
      where plans.retention_months is not null or marks.kept_since is not null
    ) as known
  where app_hidden.claim('job') = 'true' and app_hidden.claim('organization_id') is null
    and (
      exists (
        select from app_public.usage_records as records
        where records.organization_id = organizations.id and records.occurred_at < known.until
      )
      or exists (
        select from app_public.usage_holds as holds where holds.organization_id = organizations.id and holds.created_at < known.until
      )
    );
$$;
alter function app_hidden.organizations_to_retire() owner to rowgate_writer;
revoke all on function app_hidden.organizations_to_retire() from public;
grant execute on function app_hidden.organizations_to_retire() to rowgate_job;
comment on function app_hidden.organizations_to_retire() is 'Who has records or holds that are older than they are kept: two probes of an index each.';
--! EndIncluded usage/retire_usage.sql
--! Included usage/purge_retired_usage.sql
-- What lies beside the records of others, whose partition stays. Holds go with the time of their records; one that still keeps something
-- free is left. What a rate or a credit belongs to is known by its id alone, which tells when it was made: that is after it occurred.
create or replace function app_hidden.purge_retired_usage(most int) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  until constant timestamptz := app_hidden.retired_until();
  oldest uuid;
  batch int;
begin
  if until is null then
    return false;
  end if;
  delete from app_public.usage_records as rows
  where rows.organization_id = tenant and (rows.id, rows.occurred_at) in (
    select chosen.id, chosen.occurred_at
    from app_public.usage_records as chosen
      join app_private.rollup_marks as marks on marks.organization_id = tenant
    where chosen.organization_id = tenant and chosen.occurred_at < until
      and chosen.written_in < greatest(marks.written_in, marks.kept_in)
    limit most
  );
  get diagnostics batch = row_count;
  if batch = most then
    return true;
  end if;
  with gone as (
    delete from app_public.usage_holds as rows
    where rows.organization_id = tenant and rows.id in (
      select chosen.id from app_public.usage_holds as chosen
      where chosen.organization_id = tenant and chosen.created_at < until
        and not exists (
          select from app_private.hold_lines as lines
          where lines.organization_id = tenant and lines.hold_id = chosen.id and lines.open
        )
      limit most
    )
    returning rows.id
  )
  delete from app_private.hold_lines as rows where rows.organization_id = tenant and rows.hold_id in (select gone.id from gone);
  if exists (
    select from app_public.usage_holds as holds
    where holds.organization_id = tenant and holds.created_at < until
      and not exists (
        select from app_private.hold_lines as lines where lines.organization_id = tenant and lines.hold_id = holds.id and lines.open
      )
  ) then
    return true;
  end if;
  oldest := rpad(lpad(to_hex((extract(epoch from until) * 1000)::bigint), 12, '0'), 32, '0')::uuid;
  delete from app_private.frozen_rates as rows where rows.organization_id = tenant and rows.subject_id < oldest;
  delete from app_private.credit_uses as rows where rows.organization_id = tenant and rows.subject_id < oldest;
  return false;
end;
$$;
alter function app_hidden.purge_retired_usage(int) owner to rowgate_writer;
revoke all on function app_hidden.purge_retired_usage(int) from public;
grant execute on function app_hidden.purge_retired_usage(int) to rowgate_job;
comment on function app_hidden.purge_retired_usage(int) is
  'Deletes so many records and holds of the job''s organization that it no longer keeps; answers whether there are more.';
--! EndIncluded usage/purge_retired_usage.sql

--! Included analytics/forget_sums.sql
-- So that they are made anew from the records. What there are no records of any more stays as hours, of which days and months are made by
-- today's clocks; the others are added to them. Where a zone is half an hour off, an hour is counted to the one in which it began.
create or replace function app_hidden.forget_sums(organization_id uuid, zone text) returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  mark app_private.rollup_marks;
  forgotten bigint;
begin
  select * into mark from app_private.rollup_marks as marks where marks.organization_id = forget_sums.organization_id for no key update;
  with gone as (
    delete from app_public.usage_rollups as sums where sums.organization_id = forget_sums.organization_id returning sums.*
  ),
  kept as (
    insert into app_public.usage_rollups
      (organization_id, whole, grain, starts_at, service, model, currency, team_id, user_id, api_key_id, records, requests, tokens_in,
        tokens_out, errors, cost)
    select forget_sums.organization_id, gone.whole, grains.grain,
      case grains.grain when 'hour' then date_trunc('hour', gone.starts_at, zone)
        else app_hidden.period_start(grains.grain, gone.starts_at, zone) end
        as starts_at,
      gone.service, gone.model, gone.currency, gone.team_id, gone.user_id, gone.api_key_id, sum(gone.records), sum(gone.requests),
      sum(gone.tokens_in), sum(gone.tokens_out), sum(gone.errors), sum(gone.cost)
    from gone cross join unnest(array['hour', 'day', 'month']) as grains (grain)
    where gone.grain = 'hour' and gone.starts_at <= mark.kept_since - interval '1 hour'
    group by gone.whole, grains.grain, 4, gone.service, gone.model, gone.currency, gone.team_id, gone.user_id, gone.api_key_id
  )
  select count(*) into forgotten from gone;
  update app_private.rollup_marks as marks set written_in = 0, kept_in = greatest(marks.kept_in, marks.written_in)
  where marks.organization_id = forget_sums.organization_id;
  return forgotten;
end;
$$;
revoke all on function app_hidden.forget_sums(uuid, text) from public;
grant execute on function app_hidden.forget_sums(uuid, text) to rowgate_writer;
comment on function app_hidden.forget_sums(uuid, text) is
  'Forgets the sums of an organization as far as its records are there to make them anew; answers how many there were.';
--! EndIncluded analytics/forget_sums.sql
--! Included analytics/roll_up.sql
-- Adds to the sums what was recorded since the mark, oldest first. Only what transactions wrote that are older than every one under way:
-- nothing can still come before the mark. The mark moves in the transaction of the sums, so it can be stopped and started anywhere.
create or replace function app_hidden.roll_up() returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  -- So many records at a time: half a second.
  most constant int := 20000;
  complete bigint;
  mark bigint;
  kept app_private.rollup_marks;
  upto bigint;
  zone text;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) or tenant is null then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  insert into app_private.rollup_marks (organization_id) values (tenant) on conflict do nothing;
  select * into kept from app_private.rollup_marks as marks
  where marks.organization_id = tenant
  for no key update skip locked;
  if not found then
    return false;
  end if;
  mark := kept.written_in;
  select organizations.time_zone into zone from app_public.organizations where organizations.id = tenant;
  -- Read behind the lock, and before the statement that adds: what is complete here is visible there.
  complete := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  if mark > complete then
    -- A restored database counts its transactions from the beginning.
    perform app_hidden.forget_sums(tenant, zone);
    kept.kept_in := greatest(kept.kept_in, mark);
    mark := 0;
  end if;
  select records.written_in into upto from app_public.usage_records as records
  where records.organization_id = tenant and records.written_in >= mark
  order by records.written_in offset most limit 1;
  -- All that one transaction wrote goes together.
  upto := least(complete, case upto when mark then upto + 1 else upto end);

  with hours as materialized (
    select date_trunc('hour', records.occurred_at, zone) as starts_at, records.service, records.model, records.charged_currency,
      records.team_id, records.user_id, records.api_key_id, count(*) as records, sum(records.requests) as requests,
      sum(records.tokens_in) as tokens_in, sum(records.tokens_out) as tokens_out,
      sum(records.errors) as errors, coalesce(sum(records.charged), 0) as cost
    from app_public.usage_records as records
    where records.organization_id = tenant and records.written_in >= mark and records.written_in < upto
      -- The rest is in the sums, and on its way out.
      and (kept.kept_since is null or records.occurred_at >= kept.kept_since or records.written_in >= kept.kept_in)
    group by 1, 2, 3, 4, 5, 6, 7
  ),
  starts as materialized (
    select known.starts_at as hour, grain, case grain when 'hour' then known.starts_at else app_hidden.period_start(grain, known.starts_at, zone) end as starts_at
    from (select distinct hours.starts_at from hours) as known cross join unnest(array['hour', 'day', 'month']) as grain
  )
  insert into app_public.usage_rollups as sums
    (organization_id, whole, grain, starts_at, service, model, currency, team_id, user_id, api_key_id, records, requests, tokens_in,
      tokens_out, errors, cost)
  select tenant, whole, starts.grain, starts.starts_at, hours.service, hours.model, hours.charged_currency,
    case when not whole then hours.team_id end as team, case when not whole then hours.user_id end as person,
    case when not whole then hours.api_key_id end as key,
    sum(hours.records), sum(hours.requests), sum(hours.tokens_in), sum(hours.tokens_out), sum(hours.errors),
    sum(hours.cost)
  from hours
    join starts on starts.hour = hours.starts_at
    cross join unnest(array[true, false]) as whole
  group by whole, starts.grain, starts.starts_at, hours.service, hours.model, hours.charged_currency, team, person, key
  on conflict on constraint usage_rollups_once do update
  set records = sums.records + excluded.records, requests = sums.requests + excluded.requests,
    tokens_in = sums.tokens_in + excluded.tokens_in, tokens_out = sums.tokens_out + excluded.tokens_out,
    errors = sums.errors + excluded.errors, cost = sums.cost + excluded.cost;

  update app_private.rollup_marks as marks set written_in = upto where marks.organization_id = tenant;
  return upto < complete;
end;
$$;
alter function app_hidden.roll_up() owner to rowgate_writer;
revoke all on function app_hidden.roll_up() from public;
grant execute on function app_hidden.roll_up() to rowgate_job;
comment on function app_hidden.roll_up() is
  'Rolls up some of the usage that the chosen organization recorded since the last time; answers whether there is more. Only jobs may. Raises FORBIDDEN.';

-- SECURITY DEFINER, because it looks across tenants; it answers ids to a job that acts for none.
create or replace function app_hidden.organizations_to_roll_up() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select organizations.id
  from app_public.organizations
    left join app_private.rollup_marks as marks on marks.organization_id = organizations.id
  where app_hidden.claim('job') = 'true' and app_hidden.claim('organization_id') is null
    and exists (
      select from app_public.usage_records as records
      where records.organization_id = organizations.id and records.written_in >= coalesce(marks.written_in, 0)
    );
$$;
alter function app_hidden.organizations_to_roll_up() owner to rowgate_reader;
revoke all on function app_hidden.organizations_to_roll_up() from public;
grant execute on function app_hidden.organizations_to_roll_up() to rowgate_job;
comment on function app_hidden.organizations_to_roll_up() is 'Who recorded usage since it was last rolled up: one probe of an index each.';

-- For the platform: after records were brought in or changed past the verbs. The worker makes the sums again, and until it has, figures are
-- added up from the records. SECURITY DEFINER, because the owner has no policy of its own.
create or replace function app_hidden.rebuild_usage(organization_id uuid default null) returns bigint
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(app_hidden.forget_sums(organizations.id, organizations.time_zone)), 0)
    from app_public.organizations
    where coalesce(rebuild_usage.organization_id, organizations.id) = organizations.id
  );
end;
$$;
alter function app_hidden.rebuild_usage(uuid) owner to rowgate_writer;
revoke all on function app_hidden.rebuild_usage(uuid) from public;
grant execute on function app_hidden.rebuild_usage(uuid) to rowgate_owner;
comment on function app_hidden.rebuild_usage(uuid) is
  'Forgets the sums of an organization, or of all, so that they are made anew from the records; answers how many. What there are no records of any more stays.';

-- By the clocks of another zone every hour may begin elsewhere.
create or replace function app_private.rebuild_rollups() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app_hidden.forget_sums(new.id, new.time_zone);
  return null;
end;
$$;
alter function app_private.rebuild_rollups() owner to rowgate_writer;
revoke all on function app_private.rebuild_rollups() from public;
comment on function app_private.rebuild_rollups() is
  'Forgets the sums of an organization whose time zone changed; until they are made again, figures are added up from the records.';

drop trigger if exists rebuild_rollups on app_public.organizations;
create trigger rebuild_rollups after update of time_zone on app_public.organizations for each row
  when (old.time_zone is distinct from new.time_zone) execute function app_private.rebuild_rollups();
--! EndIncluded analytics/roll_up.sql
--! Included analytics/usage_sums.sql
-- The mark that belongs to the sums which the same statement reads.
create or replace function app_hidden.rolled_up(out written_in bigint, out kept_since timestamptz, out kept_in bigint)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  select marks.written_in, marks.kept_since, marks.kept_in into rolled_up.written_in, rolled_up.kept_since, rolled_up.kept_in
  from app_private.rollup_marks as marks
  where marks.organization_id = app_hidden.current_organization_id();
  -- A restored database counts its transactions from the beginning: then nothing is rolled up until the worker did it again.
  if rolled_up.written_in > pg_snapshot_xmax(pg_current_snapshot())::text::bigint then
    kept_in := greatest(kept_in, rolled_up.written_in);
    written_in := 0;
  end if;
end;
$$;
alter function app_hidden.rolled_up() owner to rowgate_reader;
revoke all on function app_hidden.rolled_up() from public;
grant execute on function app_hidden.rolled_up() to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.rolled_up() is
  'Up to which transaction the chosen organization''s usage is rolled up (exclusive), and before when its sums are all there is.';

-- What a model or service used is in the sums of the whole organization, for whom may see them; what a person, team or key did is not.
create or replace function app_hidden.of_whole(group_by text, team_id uuid, user_id uuid, api_key_id uuid) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app_hidden.permits('usage:read_all') and app_hidden.current_user_id() is not null
    and coalesce(group_by, 'model') in ('service', 'model') and num_nonnulls(team_id, user_id, api_key_id) = 0;
end;
$$;
revoke all on function app_hidden.of_whole(text, uuid, uuid, uuid) from public;
grant execute on function app_hidden.of_whole(text, uuid, uuid, uuid) to rowgate_user, rowgate_key;
comment on function app_hidden.of_whole(text, uuid, uuid, uuid) is
  'Whether the sums of the whole organization answer a question of the caller: fewer rows, the same figures.';

-- All figures of usage come from here: the sums up to the mark and the records after it, so they are current to the last commit, and of
-- what was before kept_since the sums alone. Runs as
-- its caller, so both show what the caller may see. whole: from the sums of the whole organization.
create or replace function app_hidden.usage_sums(
  whole boolean, grain text, since timestamptz, until timestamptz, zone text, group_by text, service text, model text, team_id uuid, user_id uuid,
  api_key_id uuid
) returns setof app_public.usage_point
language plpgsql stable
set search_path = ''
-- The tail is short, which only who knows the mark can tell: a plan for any mark reads the whole time from the records.
set plan_cache_mode = 'force_custom_plan'
-- Nor does PostgreSQL know that it is short: what the others wrote after the mark of this organization looks like its own. So the times are
-- written in a form that no index has, and whole tables are not read: 20,000 records of a month took 11 ms where there were none to find.
set enable_seqscan = 'off'
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  state record;
  mark bigint;
  kept_since timestamptz;
  kept_in bigint;
begin
  select * into state from app_hidden.rolled_up();
  mark := case grain when 'minute' then 0 else coalesce(state.written_in, 0) end;
  kept_since := state.kept_since;
  kept_in := state.kept_in;
  return query
  with known as (
    select sums.starts_at, sums.service, sums.model, sums.team_id, sums.user_id, sums.api_key_id, sums.currency, sums.records,
      sums.requests::numeric, sums.tokens_in::numeric, sums.tokens_out::numeric, sums.errors::numeric, sums.cost
    from app_public.usage_rollups as sums
    where sums.organization_id = tenant and (mark > 0 or sums.starts_at < kept_since) and sums.whole = usage_sums.whole and sums.grain = usage_sums.grain
      and sums.starts_at >= since and sums.starts_at < until
      and (usage_sums.service is null or sums.service = usage_sums.service)
      and (usage_sums.model is null or sums.model = usage_sums.model)
      and (usage_sums.team_id is null or sums.team_id = usage_sums.team_id)
      and (usage_sums.user_id is null or sums.user_id = usage_sums.user_id)
      and (usage_sums.api_key_id is null or sums.api_key_id = usage_sums.api_key_id)
    union all
    select case when usage_sums.grain in ('minute', 'hour') then later.starts_at
        else app_hidden.period_start(usage_sums.grain, later.starts_at, zone) end,
      later.service, later.model, later.team_id, later.user_id, later.api_key_id, later.charged_currency, later.records,
      later.requests, later.tokens_in, later.tokens_out, later.errors, later.cost
    from (
      select date_trunc(case usage_sums.grain when 'minute' then 'minute' else 'hour' end, records.occurred_at, zone) as starts_at,
        records.service, records.model, records.team_id, records.user_id, records.api_key_id, records.charged_currency,
        count(*) as records, sum(records.requests) as requests, sum(records.tokens_in) as tokens_in,
        sum(records.tokens_out) as tokens_out, sum(records.errors) as errors, coalesce(sum(records.charged), 0) as cost
      from app_public.usage_records as records
      where records.organization_id = tenant and records.written_in >= mark
        and (kept_since is null or records.occurred_at >= kept_since or records.written_in >= kept_in)
        and records.occurred_at + interval '0' >= since and records.occurred_at + interval '0' < until
        and (mark > 0 or records.occurred_at >= since and records.occurred_at < until)
        and (usage_sums.service is null or records.service = usage_sums.service)
        and (usage_sums.model is null or records.model = usage_sums.model)
        and (usage_sums.team_id is null or records.team_id = usage_sums.team_id)
        and (usage_sums.user_id is null or records.user_id = usage_sums.user_id)
        and (usage_sums.api_key_id is null or records.api_key_id = usage_sums.api_key_id)
      group by 1, 2, 3, 4, 5, 6, 7
    ) as later
  )
  select known.starts_at,
    case when group_by in ('service', 'model', 'model and team') then known.service end as by_service,
    case when group_by in ('model', 'model and team') then known.model end as by_model,
    case when group_by in ('team', 'model and team') then known.team_id end as by_team,
    case when group_by = 'user' then known.user_id end as by_user,
    case when group_by = 'key' then known.api_key_id end as by_key,
    null::text, known.currency, sum(known.records)::bigint, sum(known.requests)::bigint, sum(known.tokens_in)::bigint,
    sum(known.tokens_out)::bigint, sum(known.errors)::bigint, sum(known.cost)
  from known
  group by known.starts_at, by_service, by_model, by_team, by_user, by_key, known.currency;
end;
$$;
revoke all on function app_hidden.usage_sums(boolean, text, timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid) from public;
grant execute on function app_hidden.usage_sums(boolean, text, timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid)
  to rowgate_user, rowgate_key, rowgate_job, rowgate_reader, rowgate_writer;
comment on function app_hidden.usage_sums(boolean, text, timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid) is
  'What the caller may see of the usage between two instants, by minute, hour, day or month (on whose bounds they lie) and by what it is to be grouped by.';

-- What a group is called, as far as the caller may know.
create or replace function app_hidden.usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid) returns text
language sql stable
set search_path = ''
as $$
  select coalesce(
    model, service,
    (select teams.name from app_public.teams
      where teams.organization_id = app_hidden.current_organization_id() and teams.id = usage_label.team_id),
    (select users.name from app_public.users where users.id = usage_label.user_id),
    (select keys.name from app_public.org_api_keys as keys
      where keys.organization_id = app_hidden.current_organization_id() and keys.id = usage_label.api_key_id)
  );
$$;
revoke all on function app_hidden.usage_label(text, text, uuid, uuid, uuid) from public;
grant execute on function app_hidden.usage_label(text, text, uuid, uuid, uuid) to rowgate_user, rowgate_key;
comment on function app_hidden.usage_label(text, text, uuid, uuid, uuid) is 'The name of a model, service, team, person or key, whichever is given.';

create or replace function app_hidden.require_usage_question(
  since timestamptz, until timestamptz, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid
) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  step constant interval := case bucket
    when 'minute' then interval '1 minute' when 'hour' then interval '1 hour' when 'day' then interval '1 day'
    when 'week' then interval '7 days' when 'month' then interval '28 days'
  end;
begin
  perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', rules.rule))
  from (values
    (step is null, 'bucket: minute, hour, day, week or month.'),
    (group_by not in ('service', 'model', 'team', 'user', 'key'), 'group_by: service, model, team, user or key, or left out.'),
    (since is null or until is null or not isfinite(since) or not isfinite(until) or since >= until, 'since and until: since is earlier.'),
    (until - since > step * 2000, 'since and until: at most 2,000 buckets apart.'),
    (not app_hidden.is_label(service), 'service: 1 to 200 visible characters.'),
    (not app_hidden.is_label(model), 'model: 1 to 200 visible characters.')
  ) as rules (broken, rule)
  where rules.broken limit 1;
  -- Somebody who left, and a team or key that is no more, are known by what they used.
  perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', ids.name || ': one of the organization that you may see.'))
  from (values
    ('team_id', team_id is null
      or exists (select from app_public.teams where teams.organization_id = tenant and teams.id = require_usage_question.team_id)
      or exists (select from app_public.usage_records as records
        where records.organization_id = tenant and records.team_id = require_usage_question.team_id)
      or exists (select from app_public.usage_rollups as sums where sums.organization_id = tenant and not sums.whole
        and sums.grain = 'month' and sums.team_id = require_usage_question.team_id)),
    ('user_id', user_id is null
      or exists (select from app_public.members where members.organization_id = tenant and members.user_id = require_usage_question.user_id)
      or exists (select from app_public.usage_records as records
        where records.organization_id = tenant and records.user_id = require_usage_question.user_id)
      or exists (select from app_public.usage_rollups as sums where sums.organization_id = tenant and not sums.whole
        and sums.grain = 'month' and sums.user_id = require_usage_question.user_id)),
    ('api_key_id', api_key_id is null
      or exists (select from app_public.org_api_keys as keys where keys.organization_id = tenant and keys.id = require_usage_question.api_key_id)
      or exists (select from app_public.usage_records as records
        where records.organization_id = tenant and records.api_key_id = require_usage_question.api_key_id)
      or exists (select from app_public.usage_rollups as sums where sums.organization_id = tenant and not sums.whole
        and sums.grain = 'month' and sums.api_key_id = require_usage_question.api_key_id))
  ) as ids (name, known)
  where not ids.known limit 1;
end;
$$;
revoke all on function app_hidden.require_usage_question(timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid) from public;
grant execute on function app_hidden.require_usage_question(timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid)
  to rowgate_user, rowgate_key;
comment on function app_hidden.require_usage_question(timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid) is
  'Refuses a question about usage that has no answer. Raises INVALID_INPUT, NOT_FOUND.';
--! EndIncluded analytics/usage_sums.sql
--! Included analytics/usage_timeseries.sql
create or replace function app_public.usage_timeseries(
  since timestamptz,
  until timestamptz default null,
  bucket text default 'day',
  group_by text default null,
  service text default null,
  model text default null,
  team_id uuid default null,
  user_id uuid default null,
  api_key_id uuid default null
) returns setof app_public.usage_point
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:read');
  ending constant timestamptz := coalesce(usage_timeseries.until, now());
  zone constant text := (select organizations.time_zone from app_public.organizations where organizations.id = tenant);
  first timestamptz;
  last timestamptz;
begin
  perform app_hidden.require_usage_question(since, ending, bucket, group_by, service, model, team_id, user_id, api_key_id);
  if bucket in ('minute', 'hour') then
    first := date_trunc(bucket, since, zone);
    last := date_trunc(bucket, ending - interval '1 microsecond', zone) + ('1 ' || bucket)::interval;
  else
    first := app_hidden.period_start(bucket, since, zone);
    last := app_hidden.period_end(bucket, ending - interval '1 microsecond', zone);
  end if;
  return query
  with recursive buckets as (
    select first as starts_at
    union all
    select case when usage_timeseries.bucket in ('minute', 'hour') then buckets.starts_at + ('1 ' || usage_timeseries.bucket)::interval
        else app_hidden.period_end(usage_timeseries.bucket, buckets.starts_at, zone) end
    from buckets
    where buckets.starts_at < last
  ),
  totals as (
    select case usage_timeseries.bucket when 'week' then app_hidden.period_start('week', known.starts_at, zone) else known.starts_at end
        as starts_at,
      known.service, known.model, known.team_id, known.user_id, known.api_key_id, known.currency,
      sum(known.records)::bigint as records, sum(known.requests)::bigint as requests, sum(known.tokens_in)::bigint as tokens_in,
      sum(known.tokens_out)::bigint as tokens_out, sum(known.errors)::bigint as errors, sum(known.cost) as cost
    from app_hidden.usage_sums(app_hidden.of_whole(group_by, usage_timeseries.team_id, usage_timeseries.user_id, usage_timeseries.api_key_id),
      case usage_timeseries.bucket when 'week' then 'day' else usage_timeseries.bucket end, first, last, zone,
      group_by, usage_timeseries.service, usage_timeseries.model, usage_timeseries.team_id, usage_timeseries.user_id,
      usage_timeseries.api_key_id) as known
    group by 1, 2, 3, 4, 5, 6, 7
  ),
  -- Each group has each bucket; without any usage there is one group, of nothing.
  groups as (
    select distinct totals.service, totals.model, totals.team_id, totals.user_id, totals.api_key_id, totals.currency from totals
    union
    select null, null, null, null, null, organizations.currency
    from app_public.organizations
    where organizations.id = tenant and not exists (select from totals)
  )
  select buckets.starts_at, groups.service, groups.model, groups.team_id, groups.user_id, groups.api_key_id,
    app_hidden.usage_label(groups.service, groups.model, groups.team_id, groups.user_id, groups.api_key_id), groups.currency,
    coalesce(totals.records, 0), coalesce(totals.requests, 0), coalesce(totals.tokens_in, 0), coalesce(totals.tokens_out, 0), coalesce(totals.errors, 0),
    trim_scale(coalesce(totals.cost, 0))
  from groups
    cross join buckets
    left join totals on totals.starts_at = buckets.starts_at and totals.currency = groups.currency
      and (totals.service, totals.model, totals.team_id, totals.user_id, totals.api_key_id)
        is not distinct from (groups.service, groups.model, groups.team_id, groups.user_id, groups.api_key_id)
  where buckets.starts_at < last
  order by buckets.starts_at, groups.service, groups.model, groups.team_id, groups.user_id, groups.api_key_id, groups.currency;
end;
$$;
revoke all on function app_public.usage_timeseries(timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid) from public;
grant execute on function app_public.usage_timeseries(timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid)
  to rowgate_user, rowgate_key;
comment on function app_public.usage_timeseries(timestamptz, timestamptz, text, text, text, text, uuid, uuid, uuid) is
  E'@simpleCollections only\nThe usage between two instants in buckets of the organization''s time zone (minute, hour, day, week, month; both ends are widened to whole ones), current to the last commit; a bucket without usage is there with zeros. until: now unless told. group_by: service, model, team, user or key. What the caller may not see is not in it. Needs usage:read. Raises FORBIDDEN, INVALID_INPUT, NOT_FOUND.';

comment on type app_public.usage_point is 'What was used in some time by one group, or by all.';
comment on column app_public.usage_point.starts_at is 'The beginning of that time.';
comment on column app_public.usage_point.service is 'The service, where it is grouped by.';
comment on column app_public.usage_point.model is 'The model, where it is grouped by.';
comment on column app_public.usage_point.team_id is 'The team, where it is grouped by; null: on no team.';
comment on column app_public.usage_point.user_id is 'The person, where it is grouped by; null: nobody known.';
comment on column app_public.usage_point.api_key_id is 'The API key, where it is grouped by; null: without a key.';
comment on column app_public.usage_point.label is 'What the group is called.';
comment on column app_public.usage_point.currency is 'ISO 4217 code of the currency of the cost.';
comment on column app_public.usage_point.records is 'How many records, corrections among them.';
comment on column app_public.usage_point.requests is 'How many requests.';
comment on column app_public.usage_point.tokens_in is 'Tokens sent.';
comment on column app_public.usage_point.tokens_out is 'Tokens received.';
comment on column app_public.usage_point.errors is 'How many of the requests failed, as whoever recorded them says.';
comment on column app_public.usage_point.cost is 'What was charged, in currency; exact decimal.';
--! EndIncluded analytics/usage_timeseries.sql
--! Included analytics/usage_breakdown.sql
-- Who or what had which part of it. most: how many are listed by themselves; null: all. The question is one that has an answer.
create or replace function app_hidden.usage_shares(
  since timestamptz, until timestamptz, group_by text, most int, service text, model text, team_id uuid, user_id uuid, api_key_id uuid
) returns setof app_public.usage_share
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  zone constant text := (select organizations.time_zone from app_public.organizations where organizations.id = tenant);
  ending timestamptz := coalesce(usage_shares.until, now());
  first timestamptz;
  grain text := 'hour';
begin
  first := date_trunc('hour', since, zone);
  ending := date_trunc('hour', ending - interval '1 microsecond', zone) + interval '1 hour';
  if first = app_hidden.period_start('day', first, zone)
    and (ending = app_hidden.period_start('day', ending, zone) or usage_shares.until is null) then
    grain := 'day';
    ending := app_hidden.period_end('day', ending - interval '1 microsecond', zone);
  end if;
  return query
  with totals as (
    select sums.service, sums.model, sums.team_id, sums.user_id, sums.api_key_id, sums.currency,
      coalesce(sum(sums.records) filter (where sums.starts_at >= first), 0) as records,
      coalesce(sum(sums.requests) filter (where sums.starts_at >= first), 0) as requests,
      coalesce(sum(sums.tokens_in) filter (where sums.starts_at >= first), 0) as tokens_in,
      coalesce(sum(sums.tokens_out) filter (where sums.starts_at >= first), 0) as tokens_out,
      coalesce(sum(sums.errors) filter (where sums.starts_at >= first), 0) as errors,
      coalesce(sum(sums.cost) filter (where sums.starts_at >= first), 0) as cost,
      coalesce(sum(sums.cost) filter (where sums.starts_at < first), 0) as cost_before
    -- As long before as after.
    from app_hidden.usage_sums(
      app_hidden.of_whole(group_by, usage_shares.team_id, usage_shares.user_id, usage_shares.api_key_id), grain,
      case grain when 'day' then app_hidden.period_start('day', first - (ending - first), zone) else first - (ending - first) end,
      ending, zone, group_by, usage_shares.service, usage_shares.model, usage_shares.team_id, usage_shares.user_id,
      usage_shares.api_key_id) as sums
    group by 1, 2, 3, 4, 5, 6
  ),
  ranked as (
    select totals.*, row_number() over (
      partition by totals.currency
      order by totals.cost desc, totals.requests desc, totals.service, totals.model, totals.team_id, totals.user_id, totals.api_key_id
    ) > coalesce(most, 1000000000) as other
    from totals
  ),
  merged as (
    select case when not ranked.other then ranked.service end as service, case when not ranked.other then ranked.model end as model,
      case when not ranked.other then ranked.team_id end as team_id, case when not ranked.other then ranked.user_id end as user_id,
      case when not ranked.other then ranked.api_key_id end as api_key_id, ranked.other, ranked.currency,
      sum(ranked.records)::bigint as records, sum(ranked.requests)::bigint as requests, sum(ranked.tokens_in)::bigint as tokens_in,
      sum(ranked.tokens_out)::bigint as tokens_out,
      sum(ranked.errors)::bigint as errors, sum(ranked.cost) as cost, sum(ranked.cost_before) as cost_before
    from ranked group by 1, 2, 3, 4, 5, 6, 7
  )
  select merged.service, merged.model, merged.team_id, merged.user_id, merged.api_key_id,
    app_hidden.usage_label(merged.service, merged.model, merged.team_id, merged.user_id, merged.api_key_id), merged.other,
    merged.currency, merged.records, merged.requests, merged.tokens_in, merged.tokens_out, merged.errors, trim_scale(merged.cost),
    round(merged.cost / nullif(sum(merged.cost) over (partition by merged.currency), 0), 6), trim_scale(merged.cost_before),
    round((merged.cost - merged.cost_before) / nullif(merged.cost_before, 0), 6)
  from merged
  order by merged.currency, merged.other, merged.cost desc, merged.requests desc, merged.service, merged.model, merged.team_id,
    merged.user_id, merged.api_key_id;
end;
$$;
revoke all on function app_hidden.usage_shares(timestamptz, timestamptz, text, int, text, text, uuid, uuid, uuid) from public;
grant execute on function app_hidden.usage_shares(timestamptz, timestamptz, text, int, text, text, uuid, uuid, uuid)
  to rowgate_user, rowgate_key;
comment on function app_hidden.usage_shares(timestamptz, timestamptz, text, int, text, text, uuid, uuid, uuid) is
  'The parts of usage between two instants, the most expensive first and the rest as one, as far as the caller may see them.';

create or replace function app_public.usage_breakdown(
  since timestamptz,
  until timestamptz default null,
  group_by text default 'model',
  most int default 10,
  service text default null,
  model text default null,
  team_id uuid default null,
  user_id uuid default null,
  api_key_id uuid default null
) returns setof app_public.usage_share
language plpgsql stable
set search_path = ''
as $$
begin
  perform app_hidden.require_permission('usage:read');
  perform app_hidden.require_usage_question(since, coalesce(usage_breakdown.until, now()), 'month', coalesce(group_by, ''), service,
    model, team_id, user_id, api_key_id);
  if most is null or most not between 1 and 1000 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'most: 1 to 1,000.'));
  end if;
  return query select shares.* from app_hidden.usage_shares(since, usage_breakdown.until, group_by, most, usage_breakdown.service,
    usage_breakdown.model, usage_breakdown.team_id, usage_breakdown.user_id, usage_breakdown.api_key_id) as shares;
end;
$$;
revoke all on function app_public.usage_breakdown(timestamptz, timestamptz, text, int, text, text, uuid, uuid, uuid) from public;
grant execute on function app_public.usage_breakdown(timestamptz, timestamptz, text, int, text, text, uuid, uuid, uuid)
  to rowgate_user, rowgate_key;
comment on function app_public.usage_breakdown(timestamptz, timestamptz, text, int, text, text, uuid, uuid, uuid) is
  E'@simpleCollections only\nWho or what cost how much between two instants (widened to whole hours): the most expensive ones and the rest as other, with their share and what they cost in the time before that was as long. until: now unless told. group_by: service, model, team, user or key. What the caller may not see is not in it. Needs usage:read. Raises FORBIDDEN, INVALID_INPUT, NOT_FOUND.';

comment on type app_public.usage_share is 'What one group used of all that was used.';
comment on column app_public.usage_share.service is 'The service, where it is grouped by.';
comment on column app_public.usage_share.model is 'The model, where it is grouped by.';
comment on column app_public.usage_share.team_id is 'The team, where it is grouped by; null: on no team.';
comment on column app_public.usage_share.user_id is 'The person, where it is grouped by; null: nobody known.';
comment on column app_public.usage_share.api_key_id is 'The API key, where it is grouped by; null: without a key.';
comment on column app_public.usage_share.label is 'What the group is called; null for others.';
comment on column app_public.usage_share.other is 'Whether it is all that is not listed by itself.';
comment on column app_public.usage_share.currency is 'ISO 4217 code of the currency of the cost.';
comment on column app_public.usage_share.records is 'How many records, corrections among them.';
comment on column app_public.usage_share.requests is 'How many requests.';
comment on column app_public.usage_share.tokens_in is 'Tokens sent.';
comment on column app_public.usage_share.tokens_out is 'Tokens received.';
comment on column app_public.usage_share.errors is 'How many of the requests failed, as whoever recorded them says.';
comment on column app_public.usage_share.cost is 'What was charged, in currency; exact decimal.';
comment on column app_public.usage_share.share is 'Its part of the cost, 0 to 1; null where nothing cost anything.';
comment on column app_public.usage_share.cost_before is 'What was charged in the time before that was as long.';
comment on column app_public.usage_share.change is 'How much more than then, 1 for twice as much; null where it was nothing.';
--! EndIncluded analytics/usage_breakdown.sql
--! Included analytics/usage_by_member.sql
-- The breakdown by people, with nobody left out: whoever may see all usage also sees who used nothing.
create or replace function app_public.usage_by_member(
  since timestamptz,
  until timestamptz default null,
  service text default null,
  model text default null,
  team_id uuid default null
) returns setof app_public.usage_share
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:read');
begin
  perform app_hidden.require_usage_question(since, coalesce(usage_by_member.until, now()), 'month', 'user', service, model, team_id, null, null);
  return query
  with used as materialized (
    select shares.* from app_hidden.usage_shares(since, usage_by_member.until, 'user', null, usage_by_member.service,
      usage_by_member.model, usage_by_member.team_id, null, null) as shares
  )
  select * from used
  union all
  select null, null, null, members.user_id, null, app_hidden.usage_label(null, null, null, members.user_id, null), false,
    organizations.currency, 0, 0, 0, 0, 0, 0, 0, 0, null
  from app_public.members
    join app_public.organizations on organizations.id = members.organization_id
  where members.organization_id = tenant and app_hidden.permits('usage:read_all') and usage_by_member.team_id is null
    and not exists (select from used where used.user_id = members.user_id);
end;
$$;
revoke all on function app_public.usage_by_member(timestamptz, timestamptz, text, text, uuid) from public;
grant execute on function app_public.usage_by_member(timestamptz, timestamptz, text, text, uuid) to rowgate_user, rowgate_key;
comment on function app_public.usage_by_member(timestamptz, timestamptz, text, text, uuid) is
  E'@simpleCollections only\nWhat each person used between two instants (widened to whole hours), the most expensive first, with their share and what it was in the time before that was as long; what nobody known used has no userId. Members who used nothing are there for whoever may see all usage. until: now unless told. Whoever sees only some usage gets what there is of that: a lead their teams'', a member their own. Needs usage:read. Raises FORBIDDEN, INVALID_INPUT, NOT_FOUND.';
--! EndIncluded analytics/usage_by_member.sql
--! Included analytics/cost_trend.sql
-- Beside each bucket what it was one season ago: the hour before, the same hour of the day before, the same weekday of the week before,
-- the same month of the year before; a Monday is not compared with a Sunday.
create or replace function app_public.cost_trend(
  since timestamptz,
  until timestamptz default null,
  bucket text default 'day',
  service text default null,
  model text default null,
  team_id uuid default null,
  user_id uuid default null,
  api_key_id uuid default null
) returns setof app_public.cost_point
language plpgsql stable
set search_path = ''
as $$
declare
  season constant interval := case bucket
    when 'minute' then interval '1 hour' when 'hour' then interval '1 day' when 'day' then interval '7 days'
    when 'week' then interval '7 days' when 'month' then interval '12 months'
  end;
  -- So many buckets before each one are averaged with it.
  newest constant int := case bucket when 'minute' then 59 when 'hour' then 23 when 'day' then 6 when 'week' then 3 else 11 end;
begin
  perform app_hidden.require_permission('usage:read');
  -- The question itself first, so that a refusal is about what was asked.
  perform app_hidden.require_usage_question(since, coalesce(cost_trend.until, now()), bucket, null, service, model, team_id, user_id,
    api_key_id);
  return query
  with points as (
    select known.starts_at, known.currency, known.cost,
      lag(known.cost, case cost_trend.bucket when 'minute' then 60 when 'hour' then 24 when 'day' then 7 when 'week' then 1 else 12 end)
        over series as before,
      sum(known.cost) over (partition by known.currency order by known.starts_at
        rows between newest preceding and current row) as lately,
      count(*) over (partition by known.currency order by known.starts_at
        rows between newest preceding and current row) as points
    from app_public.usage_timeseries(since - season, cost_trend.until, bucket, null, cost_trend.service, cost_trend.model,
      cost_trend.team_id, cost_trend.user_id, cost_trend.api_key_id) as known
    window series as (partition by known.currency order by known.starts_at)
  ),
  -- The bucket that the first instant lies in.
  asked as (
    select max(points.starts_at) as first from points where points.starts_at <= since
  )
  select points.starts_at, points.currency, points.cost, coalesce(points.before, 0),
    round((points.cost - points.before) / nullif(points.before, 0), 6), trim_scale(round(points.lately / points.points, 12)),
    sum(points.cost) over (partition by points.currency order by points.starts_at)
  from points, asked
  where points.starts_at >= asked.first
  order by points.currency, points.starts_at;
end;
$$;
revoke all on function app_public.cost_trend(timestamptz, timestamptz, text, text, text, uuid, uuid, uuid) from public;
grant execute on function app_public.cost_trend(timestamptz, timestamptz, text, text, text, uuid, uuid, uuid) to rowgate_user, rowgate_key;
comment on function app_public.cost_trend(timestamptz, timestamptz, text, text, text, uuid, uuid, uuid) is
  E'@simpleCollections only\nThe cost between two instants in buckets as those of usageTimeseries, each beside what it was one season earlier (minute: an hour; hour: a day; day and week: a week; month: a year), with the average of the newest season (week: of four weeks) and the sum so far. Needs usage:read. Raises FORBIDDEN, INVALID_INPUT, NOT_FOUND.';

comment on type app_public.cost_point is 'What some time cost, and how that compares.';
comment on column app_public.cost_point.starts_at is 'The beginning of that time.';
comment on column app_public.cost_point.currency is 'ISO 4217 code of the currency of the costs.';
comment on column app_public.cost_point.cost is 'What was charged; exact decimal.';
comment on column app_public.cost_point.cost_before is 'What was charged one season earlier.';
comment on column app_public.cost_point.change is 'How much more than then, 1 for twice as much; null where it was nothing.';
comment on column app_public.cost_point.average is 'The average of this one and those before it in a season.';
comment on column app_public.cost_point.running is 'What was charged since the first.';
--! EndIncluded analytics/cost_trend.sql
--! Included analytics/project_use.sql
-- What a series is likely to come to, from itself alone: how much of an average step each weekday (or hour) takes, the level that the newest
-- steps are on (a tenth of each step enters it), how the level grows from week to week, and how far such guesses were off in this very
-- series, one step ahead and a whole season ahead, which says how errors add up over more steps. The five constants were chosen on drawn
-- traces other than those that `npm run prove -- forecast` judges it by. Statistics and no money: double precision is exact enough.
create or replace function app_hidden.project_use(steps numeric[], current numeric, done numeric, season int, ahead int)
returns table (step int, expected numeric, low numeric, high numeric)
language plpgsql immutable
set search_path = ''
as $$
declare
  -- How much of a step enters the level; how growth fades; what a first guess at the spread is worth, and how much wider than measured it is.
  newest constant float8 := 0.1;
  fading constant float8 := 0.95;
  usual_spread constant float8 := 0.5;
  wider constant float8 := 1.3;
  -- Where 80 % of a normal distribution lies.
  tenth constant float8 := 1.2816;
  past constant float8[] := steps;
  length constant int := cardinality(past);
  first int := 1;
  count int;
  mean float8;
  factors float8[];
  levels float8[] := '{}';
  summed float8 := 0;
  weight float8 := 0;
  level float8;
  near float8;
  near_count int;
  far float8;
  far_count int;
  weeks int;
  growth float8 := 0;
  trend record;
  exponent float8 := 1.8;
  factor float8;
  spread float8;
begin
  while first <= length and past[first] <= 0 loop
    first := first + 1;
  end loop;
  count := length - first + 1;
  expected := 0;
  if count = 0 then
    -- Only what is under way is known.
    for n in 0 .. ahead loop
      step := n;
      expected := current / greatest(done, 0.6) * (n + 1 - done);
      low := expected * 0.3;
      high := expected * 3;
      return next;
    end loop;
    return;
  end if;
  select avg(value) into mean from unnest(past[first:length]) as value;
  -- One average step is added to each, so that a few steps don't say too much; one that stands out counts as four.
  select array_agg(share order by phase) into factors
  from (
    select phase, (coalesce(sum(least(past[n], 4 * mean)), 0) + mean) / (count(n) + 1) / mean as share
    from generate_series(0, season - 1) as phase left join generate_series(first, length) as n on (n - 1) % season = phase
    group by phase
  ) as shares;
  select array_agg(share / (select avg(every) from unnest(factors) as every) order by place) into factors
  from unnest(factors) with ordinality as known (share, place);
  for n in first .. length loop
    summed := summed * (1 - newest) + past[n];
    weight := weight * (1 - newest) + factors[1 + (n - 1) % season];
    levels[n] := summed / greatest(weight, 1e-9);
  end loop;
  level := levels[length];
  -- What would have been said then, and what came.
  select sum(power(past[n + 1] - levels[n] * factors[1 + n % season], 2)), count(*) into near, near_count
  from generate_series(least(first + 2, length - 1), length - 1) as n where n >= first;
  near := (coalesce(near, 0) + 2 * power(usual_spread * level, 2)) / (near_count + 2);
  select avg(power((select sum(value) from unnest(past[n + 1:n + season]) as value) - levels[n] * season, 2)), count(*)
  into far, far_count
  from generate_series(first + season - 1, length - season) as n;
  if far_count > 2 and near > 0 then
    exponent := (1.6 * 20 + far_count * greatest(1, least(2.2, ln(greatest(far, 1e-12) / near) / ln(season)))) / (20 + far_count);
  end if;
  weeks := least(8, count / season);
  if weeks >= 3 then
    select regr_slope(size, n) as slope, regr_sxx(size, n) as sxx,
      (regr_syy(size, n) - power(regr_sxy(size, n), 2) / regr_sxx(size, n)) / greatest(1, weeks - 2) as residual
    into trend
    from (
      select n, ln(greatest((
        select sum(value) from unnest(past[length - (weeks - n) * season + 1:length - (weeks - n - 1) * season]) as value
      ), mean * season * 0.02)) as size
      from generate_series(0, weeks - 1) as n
    ) as known;
    -- As far as it stands out of the noise.
    growth := trend.slope * power(trend.slope, 2) * trend.sxx
      / (power(trend.slope, 2) * trend.sxx + 6 * greatest(trend.residual, 1e-6));
    growth := greatest(-0.2, least(0.2, growth));
  end if;
  for n in 0 .. ahead loop
    step := n;
    factor := level * factors[1 + (length + n) % season]
      * exp(growth * (1 - power(fading, n / season::float8)) / (1 - fading));
    summed := case n when 0 then factor * (1 - done)::float8 else summed + factor end;
    spread := sqrt(ln(1 + near * power((n + 1 - done)::float8, case when n + 1 - done > 1 then exponent else 1 end) * power(wider, 2)
      / (power(summed, 2) + 1e-12)));
    -- Use is never below nothing, and more often far above than far below: as of a logarithmic normal distribution.
    expected := summed * exp(-power(spread, 2) / 4);
    low := summed * exp(-power(spread, 2) / 2 - tenth * spread);
    high := summed * exp(-power(spread, 2) / 2 + tenth * spread);
    return next;
  end loop;
end;
$$;
revoke all on function app_hidden.project_use(numeric[], numeric, numeric, int, int) from public;
grant execute on function app_hidden.project_use(numeric[], numeric, numeric, int, int) to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.project_use(numeric[], numeric, numeric, int, int) is
  'What will be used from now to the end of this step and of each of those ahead, with the band in which it lies four times out of five. steps: the whole ones until now; current: this one so far, of which a part is done; season: after how many steps it looks the same.';
--! EndIncluded analytics/project_use.sql
--! Included analytics/budget_forecast.sql
-- What a budget's scope used, in its unit: from the same sums as all figures. SECURITY DEFINER, because whoever sees a budget may not see
-- each use that counts on it. It tells amounts of a budget whose id the caller has to know.
create or replace function app_hidden.budget_history(budget_id uuid, grain text, since timestamptz, until timestamptz, zone text)
returns table (starts_at timestamptz, amount numeric)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  budget app_public.budgets;
begin
  select * into budget from app_public.budgets
  where budgets.organization_id = tenant and budgets.id = budget_history.budget_id;
  return query
  select sums.starts_at, sum(case budget.unit
      when 'requests' then sums.requests
      when 'tokens' then sums.tokens_in + sums.tokens_out
      -- Of today: it is a guess anyway. What has no rate is not guessed at.
      when 'money' then sums.cost * case when coalesce(budget.currency, sums.currency) = sums.currency then 1
        else coalesce(app_hidden.exchange_rate(sums.currency, budget.currency, now()), 0) end
    end)
  from app_hidden.usage_sums(budget.level = 'organization', grain, since, until, zone,
      case budget.level when 'team' then 'team' when 'member' then 'user' when 'api_key' then 'key' end,
      budget.service, budget.model, null, budget.user_id, budget.api_key_id) as sums
  where budget.level <> 'team' or sums.team_id in (
    select teams.id from app_public.teams where teams.organization_id = tenant and budget.team_id = any (teams.path)
  )
  group by sums.starts_at;
end;
$$;
alter function app_hidden.budget_history(uuid, text, timestamptz, timestamptz, text) owner to rowgate_reader;
revoke all on function app_hidden.budget_history(uuid, text, timestamptz, timestamptz, text) from public;
grant execute on function app_hidden.budget_history(uuid, text, timestamptz, timestamptz, text) to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.budget_history(uuid, text, timestamptz, timestamptz, text) is
  'What was used by hour or day of what a budget of the chosen organization limits, in the budget''s unit.';

-- By days of the week, or for a budget of a day by hours of the day. state: what the budget stands at, at that moment.
create or replace function app_hidden.forecast_from(budget app_public.budgets, state app_public.budget_state, at timestamptz)
returns app_public.budget_forecast
language plpgsql stable
set search_path = ''
as $$
declare
  grain constant text := case budget.period when 'day' then 'hour' else 'day' end;
  season constant int := case grain when 'day' then 7 else 24 end;
  steps constant int := 8 * 7;
  zone constant text := (select organizations.time_zone from app_public.organizations where organizations.id = budget.organization_id);
  room constant numeric := state.limit_amount + coalesce(state.raised, 0) - state.settled;
  begins timestamptz;
  ends timestamptz;
  until constant timestamptz := date_trunc('hour', at - interval '1 microsecond') + interval '1 hour';
  past numeric[];
  used numeric;
  paid numeric := 1;
  current numeric;
  done numeric;
  ahead int;
  reached record;
  forecast app_public.budget_forecast;
begin
  if grain = 'day' then
    begins := app_hidden.period_start('day', at, zone);
    ends := app_hidden.period_end('day', at, zone);
    past := array(
      select coalesce(known.amount, 0)
      from generate_series((begins at time zone zone)::date - steps, (begins at time zone zone)::date - 1, interval '1 day') as days (day)
        left join app_hidden.budget_history(budget.id, 'day', app_hidden.period_start('day', begins - steps * interval '24 hours', zone),
          begins, zone) as known on (known.starts_at at time zone zone)::date = days.day::date
      order by days.day
    );
  else
    begins := date_trunc('hour', at, zone);
    ends := begins + interval '1 hour';
    past := array(
      select coalesce(known.amount, 0)
      from generate_series(begins - steps * interval '6 hours', begins - interval '1 hour', interval '1 hour') as hours (hour)
        left join app_hidden.budget_history(budget.id, 'hour', begins - steps * interval '6 hours', begins, zone) as known
          on known.starts_at = hours.hour
      order by hours.hour
    );
  end if;
  select coalesce(sum(known.amount), 0) into current
  from app_hidden.budget_history(budget.id, 'hour', begins, until, zone) as known where known.starts_at < at;
  done := extract(epoch from at - begins) / extract(epoch from ends - begins);
  -- A credit pays a part of what is used, so the organization's budgets pay the rest: in the future as until now.
  if budget.unit = 'money' and state.starts_at is not null and state.starts_at < begins then
    select sum(amount) into used from (
      select amount from unnest(past) with ordinality as known (amount, place)
      where place > cardinality(past) - round(extract(epoch from begins - state.starts_at) / extract(epoch from ends - begins))
      union all
      select current
    ) as known;
    paid := case when state.settled < used then state.settled / used else 1 end;
  end if;
  ahead := case when state.resets_at is null then 366
    else greatest(0, round(extract(epoch from state.resets_at - ends) / extract(epoch from ends - begins))) end;
  for reached in
    select projected.step, projected.expected * paid as expected, projected.low * paid as low, projected.high * paid as high,
      lag(projected.expected, 1, 0.0) over (order by projected.step) * paid as before
    from app_hidden.project_use(past, current, done, season, ahead) as projected
    order by projected.step
  loop
    if forecast.runs_out_on is null and reached.expected >= room then
      forecast.runs_out_on := case when room <= 0 then at
        else greatest(at, begins + (ends - begins) * reached.step)
          + (ends - begins) * ((case reached.step when 0 then 1 - done else 1 end)
            * (room - reached.before) / nullif(reached.expected - reached.before, 0))::float8 end;
    end if;
    if state.resets_at is not null and reached.step = ahead then
      forecast.expected := trim_scale(state.settled + round(reached.expected, 6));
      forecast.low := trim_scale(state.settled + round(reached.low, 6));
      forecast.high := trim_scale(state.settled + round(reached.high, 6));
    end if;
  end loop;
  return forecast;
end;
$$;
revoke all on function app_hidden.forecast_from(app_public.budgets, app_public.budget_state, timestamptz) from public;
grant execute on function app_hidden.forecast_from(app_public.budgets, app_public.budget_state, timestamptz)
  to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.forecast_from(app_public.budgets, app_public.budget_state, timestamptz) is
  'What a budget that stands at something at a moment will stand at when its period ends.';

create or replace function app_hidden.budget_forecast(budget_id uuid) returns app_public.budget_forecast
language plpgsql stable
set search_path = ''
as $$
declare
  budget app_public.budgets;
begin
  select * into budget from app_public.budgets where budgets.id = budget_forecast.budget_id;
  if not found then
    return null;
  end if;
  return app_hidden.forecast_from(budget, app_hidden.budget_state(budget), now());
end;
$$;
revoke all on function app_hidden.budget_forecast(uuid) from public;
grant execute on function app_hidden.budget_forecast(uuid) to rowgate_user, rowgate_key, rowgate_job, rowgate_writer;
comment on function app_hidden.budget_forecast(uuid) is
  'What a budget will stand at when its period ends, as far as the caller sees the budget; else null.';

create or replace function app_public.budgets_forecast(budget app_public.budgets) returns app_public.budget_forecast
language plpgsql stable
set search_path = ''
as $$
begin
  return app_hidden.budget_forecast(budget.id);
end;
$$;
revoke all on function app_public.budgets_forecast(app_public.budgets) from public;
grant execute on function app_public.budgets_forecast(app_public.budgets) to rowgate_user, rowgate_key;
comment on function app_public.budgets_forecast(app_public.budgets) is
  'What the budget will stand at when its period ends, from the last eight weeks of use (for a budget of a day: from the last two).';

comment on type app_public.budget_forecast is 'What a budget will stand at when its period ends, in its unit.';
comment on column app_public.budget_forecast.expected is 'What will probably be used in the period; null for total, which never ends.';
comment on column app_public.budget_forecast.low is 'Nine times out of ten it is more than this.';
comment on column app_public.budget_forecast.high is 'Nine times out of ten it is less than this.';
comment on column app_public.budget_forecast.runs_out_on is
  'When limit and raises are expected to be used up: before the period ends, or for total within a year; else null.';
--! EndIncluded analytics/budget_forecast.sql
--! Included analytics/budget_overview.sql
-- Each budget that the caller sees: what it is of, what it stands at and what will come of it. Runs as its caller.
create or replace function app_public.budget_overview(most int default 100) returns setof app_public.budget_outlook
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('budget:read');
begin
  if most is null or most not between 1 and 1000 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'most: 1 to 1,000.'));
  end if;
  return query
  with newest as materialized (
    select budgets as budget, state
    from app_public.budgets cross join lateral app_hidden.budget_state(budgets) as state
    where budgets.organization_id = tenant and budgets.status = 'active'
    order by state.used_percent desc nulls last, budgets.id
    limit most
  )
  select (newest.budget).id, (newest.budget).level,
    coalesce((newest.budget).name, app_hidden.usage_label(null, null, (newest.budget).team_id, (newest.budget).user_id, (newest.budget).api_key_id)),
    (newest.budget).unit, (newest.state).currency, (newest.budget).period, (newest.state).limit_amount, (newest.state).raised,
    (newest.state).settled, (newest.state).held, (newest.state).remaining, (newest.state).used_percent, (newest.state).resets_at,
    forecast.expected, forecast.low, forecast.high, forecast.runs_out_on,
    case
      when (newest.state).settled >= (newest.state).limit_amount + (newest.state).raised then 'used_up'
      when forecast.runs_out_on is not null then 'runs_out'
      when forecast.high > (newest.state).limit_amount + (newest.state).raised then 'may_run_out'
      else 'lasts'
    end
  from newest cross join lateral app_hidden.forecast_from(newest.budget, newest.state, now()) as forecast
  order by (newest.state).used_percent desc nulls last, (newest.budget).id;
end;
$$;
revoke all on function app_public.budget_overview(int) from public;
grant execute on function app_public.budget_overview(int) to rowgate_user, rowgate_key;
comment on function app_public.budget_overview(int) is
  E'@simpleCollections only\nThe active budgets that the caller sees, the most used first: what each stands at, what it will stand at when its period ends, and whether it lasts. Needs budget:read. Raises FORBIDDEN, INVALID_INPUT.';

comment on type app_public.budget_outlook is 'What a budget stands at and what will come of it.';
comment on column app_public.budget_outlook.budget_id is 'The budget.';
comment on column app_public.budget_outlook.level is 'organization, team, member or api_key.';
comment on column app_public.budget_outlook.label is 'Its name, or that of the team, member or key that it limits.';
comment on column app_public.budget_outlook.unit is 'What it counts: money, requests or tokens.';
comment on column app_public.budget_outlook.currency is 'ISO 4217 code of the currency of a money budget.';
comment on column app_public.budget_outlook.period is 'day, week, month, quarter, year or total.';
comment on column app_public.budget_outlook.limit_amount is 'The limit of the period, without raises.';
comment on column app_public.budget_outlook.raised is 'What temporary raises add to it at this moment.';
comment on column app_public.budget_outlook.settled is 'What is used; exact decimal.';
comment on column app_public.budget_outlook.held is 'What authorized uses keep.';
comment on column app_public.budget_outlook.remaining is 'What is left of limit and raises.';
comment on column app_public.budget_outlook.used_percent is 'Settled in percent of limit and raises; null where they are 0.';
comment on column app_public.budget_outlook.resets_at is 'When the next period begins; null for total.';
comment on column app_public.budget_outlook.expected is 'What will probably be used in the period; null for total.';
comment on column app_public.budget_outlook.low is 'Nine times out of ten it is more than this.';
comment on column app_public.budget_outlook.high is 'Nine times out of ten it is less than this.';
comment on column app_public.budget_outlook.runs_out_on is 'When it is expected to be used up, if it is.';
comment on column app_public.budget_outlook.outlook is 'used_up; runs_out: it is expected to be used up before the period ends; may_run_out: it is not, but may be; lasts.';
--! EndIncluded analytics/budget_overview.sql
--! Included analytics/statement_mail.sql
-- In the transaction that closes a month: one job a person and statement, so that a retry repeats nothing to the others.
create or replace function app_hidden.queue_statement_mails(organization_id uuid, starts_at timestamptz) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  mail app_private.statement_mails;
begin
  for mail in
    insert into app_private.statement_mails (organization_id, statement_id, user_id)
    select statements.organization_id, statements.id, readers.user_id
    from app_public.statements
      cross join lateral app_hidden.statement_readers(statements.organization_id) as readers
    where statements.organization_id = queue_statement_mails.organization_id and statements.starts_at = queue_statement_mails.starts_at
      -- A month without anything is no news.
      and exists (
        select from app_public.statement_lines as lines
        where lines.organization_id = statements.organization_id and lines.statement_id = statements.id
      )
    returning *
  loop
    perform app_hidden.enqueue(mail.organization_id, 'analytics/statement_mail',
      jsonb_build_object('statement_id', mail.statement_id, 'user_id', mail.user_id), concat_ws(':', mail.statement_id, mail.user_id));
  end loop;
end;
$$;
revoke all on function app_hidden.queue_statement_mails(uuid, timestamptz) from public;
grant execute on function app_hidden.queue_statement_mails(uuid, timestamptz) to rowgate_writer;
comment on function app_hidden.queue_statement_mails(uuid, timestamptz) is 'Queues the mails about the statements of a month that was closed.';

create or replace function app_hidden.statement_readers(organization_id uuid) returns table (user_id uuid)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select app_hidden.holders(statement_readers.organization_id, 'billing:update')
  intersect
  -- Who may not see a statement is not told of it either.
  select app_hidden.holders(statement_readers.organization_id, 'usage:read_all');
end;
$$;
revoke all on function app_hidden.statement_readers(uuid) from public;
grant execute on function app_hidden.statement_readers(uuid) to rowgate_writer;
comment on function app_hidden.statement_readers(uuid) is 'To whom an organization''s statements are sent.';

-- Read again when it is sent: somebody may have left, and a job may run twice. SECURITY DEFINER, because of who was sent what; the
-- organization is the job's.
create or replace function app_hidden.statement_mail(statement_id uuid, user_id uuid) returns table (
  email text, name text, locale text, time_zone text, organization text, slug text, month text, currency text, lines jsonb, others text, adjustments text,
  total text
)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  -- The rest is one line.
  most constant int := 10;
begin
  return query
  with models as (
    select concat_ws(' ', lines.service, lines.model) as label, sum(lines.amount) as amount,
      row_number() over (order by sum(lines.amount) desc, lines.service, lines.model) as place
    from app_public.statement_lines as lines
    where lines.organization_id = tenant and lines.statement_id = statement_mail.statement_id and lines.kind = 'usage'
    group by lines.service, lines.model
  )
  select users.email, users.name, coalesce(users.locale, organizations.locale), coalesce(users.time_zone, organizations.time_zone),
    organizations.name, organizations.slug, to_char(statements.starts_at at time zone organizations.time_zone, 'YYYY-MM-DD'), statements.currency,
    coalesce((
      select jsonb_agg(jsonb_build_object('label', models.label, 'amount', trim_scale(models.amount)::text) order by models.place)
      from models where models.place <= most
    ), '[]'),
    (select trim_scale(sum(models.amount))::text from models where models.place > most), nullif(statements.adjustments, 0)::text,
    statements.total::text
  from app_private.statement_mails as mails
    join app_public.statements on statements.organization_id = mails.organization_id and statements.id = mails.statement_id
    join app_public.organizations on organizations.id = mails.organization_id and organizations.status = 'active'
    join app_public.users on users.id = mails.user_id
  where mails.organization_id = tenant and mails.statement_id = statement_mail.statement_id and mails.user_id = statement_mail.user_id
    and mails.sent_at is null and mails.user_id in (select readers.user_id from app_hidden.statement_readers(tenant) as readers);
end;
$$;
alter function app_hidden.statement_mail(uuid, uuid) owner to rowgate_writer;
revoke all on function app_hidden.statement_mail(uuid, uuid) from public;
grant execute on function app_hidden.statement_mail(uuid, uuid) to rowgate_job;
comment on function app_hidden.statement_mail(uuid, uuid) is
  'What the e-mail about a closed statement says, and to whom; no row when it was sent, or is no longer that person''s to see.';

create or replace function app_hidden.note_statement_mail(statement_id uuid, user_id uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_private.statement_mails as mails set sent_at = now()
  where mails.organization_id = app_hidden.current_organization_id() and mails.statement_id = note_statement_mail.statement_id
    and mails.user_id = note_statement_mail.user_id;
end;
$$;
alter function app_hidden.note_statement_mail(uuid, uuid) owner to rowgate_writer;
revoke all on function app_hidden.note_statement_mail(uuid, uuid) from public;
grant execute on function app_hidden.note_statement_mail(uuid, uuid) to rowgate_job;
comment on function app_hidden.note_statement_mail(uuid, uuid) is 'Notes that a person has been sent a statement.';
--! EndIncluded analytics/statement_mail.sql
--! Included analytics/close_statement.sql
-- A statement is what is booked for its month, and an adjustment what is booked for a month before beyond what statements said of it
-- already. So what all statements say is what is booked, whatever was late, and nothing has to be remembered beside them. Months that
-- are no longer kept are left as they were stated: nothing can be booked there any more.
create or replace function app_hidden.close_statement() returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  -- What is reported late is mostly reported within this.
  grace constant interval := '3 days';
  organization record;
  first timestamptz;
  month_ends timestamptz;
  next_number int;
  kept_since timestamptz;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) or tenant is null then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  select organizations.time_zone, organizations.currency, organizations.retention_months, organizations.created_at into strict organization
  from app_public.organizations where organizations.id = tenant;
  -- One at a time, and never beside one who rolls up: so both read the same mark.
  insert into app_private.rollup_marks (organization_id) values (tenant) on conflict do nothing;
  select marks.kept_since into kept_since from app_private.rollup_marks as marks where marks.organization_id = tenant for no key update skip locked;
  if not found then
    return false;
  end if;
  select max(known.ends_at), coalesce(max(known.number), 0) + 1 into first, next_number
  from app_public.statements as known where known.organization_id = tenant;
  first := coalesce(first, (
    select app_hidden.period_start('month', min(records.occurred_at), organization.time_zone)
    from app_public.usage_records as records where records.organization_id = tenant
  ));
  -- A day on, because the zone may have changed.
  month_ends := app_hidden.period_end('month', first + interval '1 day', organization.time_zone);
  if first is null or month_ends + grace > now() then
    return false;
  end if;

  with months as (
    select first as starts_at, month_ends as ends_at, 'usage' as kind
    union
    select known.starts_at, known.ends_at, 'adjustment' from app_public.statements as known
    where known.organization_id = tenant
      and known.starts_at >= now() - (organization.retention_months - 1) * interval '1 month'
      and known.starts_at >= coalesce(kept_since, '-infinity')
  ),
  booked as (
    select months.*, sums.service, sums.model, sums.team_id, sums.currency, sums.records, sums.requests, sums.tokens_in,
      sums.tokens_out, sums.errors, sums.cost
    from months
      cross join lateral app_hidden.statement_sums(months.starts_at, months.ends_at, organization.time_zone) as sums
    union all
    select lines.starts_at, lines.ends_at, 'adjustment', lines.service, lines.model, lines.team_id, statements.currency, -lines.records,
      -lines.requests, -lines.tokens_in, -lines.tokens_out, -lines.errors, -lines.amount
    from app_public.statement_lines as lines
      join app_public.statements on statements.organization_id = tenant and statements.id = lines.statement_id
      join months on months.starts_at = lines.starts_at
    where lines.organization_id = tenant
  ),
  summed as materialized (
    select booked.kind, booked.starts_at, booked.ends_at, booked.service, booked.model, booked.team_id, booked.currency,
      sum(booked.records) as records, sum(booked.requests) as requests, sum(booked.tokens_in) as tokens_in,
      sum(booked.tokens_out) as tokens_out, sum(booked.errors) as errors, sum(booked.cost) as amount
    from booked
    group by 1, 2, 3, 4, 5, 6, 7
    having (sum(booked.records), sum(booked.requests), sum(booked.tokens_in), sum(booked.tokens_out), sum(booked.errors), sum(booked.cost))
      <> (0, 0, 0, 0, 0, 0)
  ),
  made as (
    insert into app_public.statements as made (organization_id, number, starts_at, ends_at, currency, amount, adjustments, total)
    select tenant, next_number + row_number() over (order by currencies.currency) - 1, first, month_ends, currencies.currency,
      trim_scale(coalesce(sum(summed.amount) filter (where summed.kind = 'usage'), 0)),
      trim_scale(coalesce(sum(summed.amount) filter (where summed.kind = 'adjustment'), 0)), trim_scale(coalesce(sum(summed.amount), 0))
    from (select summed.currency from summed union select organization.currency) as currencies
      left join summed on summed.currency = currencies.currency
    group by currencies.currency
    returning made.id, made.currency
  )
  insert into app_public.statement_lines (organization_id, statement_id, kind, starts_at, ends_at, service, model, team_id, records,
    requests, tokens_in, tokens_out, errors, amount)
  select tenant, made.id, summed.kind, summed.starts_at, summed.ends_at, summed.service, summed.model, summed.team_id, summed.records,
    summed.requests, summed.tokens_in, summed.tokens_out, summed.errors, trim_scale(summed.amount)
  from summed join made on made.currency = summed.currency;
  -- What was before the organization was here is no news.
  if month_ends > organization.created_at then
    perform app_hidden.queue_statement_mails(tenant, first);
  end if;
  return true;
end;
$$;
alter function app_hidden.close_statement() owner to rowgate_writer;
revoke all on function app_hidden.close_statement() from public;
grant execute on function app_hidden.close_statement() to rowgate_job;
comment on function app_hidden.close_statement() is
  'Closes the statement of the chosen organization''s oldest month that ended three days ago and has none; answers whether it did. Only jobs may. Raises FORBIDDEN.';

-- From the daily sums, or from the records where the time zone changed since.
create or replace function app_hidden.statement_sums(since timestamptz, until timestamptz, zone text)
returns table (service text, model text, team_id uuid, currency text, records bigint, requests bigint, tokens_in bigint, tokens_out bigint,
  errors bigint, cost numeric)
language plpgsql stable
set search_path = ''
as $$
declare
  grain constant text := case
    when (app_hidden.period_start('day', since, zone), app_hidden.period_start('day', until, zone)) = (since, until) then 'day'
    else 'minute'
  end;
begin
  return query
  select known.service, known.model, known.team_id, known.currency, sum(known.records)::bigint, sum(known.requests)::bigint,
    sum(known.tokens_in)::bigint, sum(known.tokens_out)::bigint, sum(known.errors)::bigint, sum(known.cost)
  from app_hidden.usage_sums(false, grain, since, until, zone, 'model and team', null, null, null, null, null) as known
  group by 1, 2, 3, 4;
end;
$$;
revoke all on function app_hidden.statement_sums(timestamptz, timestamptz, text) from public;
grant execute on function app_hidden.statement_sums(timestamptz, timestamptz, text) to rowgate_writer;
comment on function app_hidden.statement_sums(timestamptz, timestamptz, text) is 'What is booked between two instants, by what a line of a statement names.';

-- SECURITY DEFINER, because it looks across tenants; it answers ids to a job that acts for none.
create or replace function app_hidden.organizations_to_close() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select organizations.id
  from app_public.organizations
    left join lateral (
      select max(statements.ends_at) as at from app_public.statements where statements.organization_id = organizations.id
    ) as closed on true
  where app_hidden.claim('job') = 'true' and app_hidden.claim('organization_id') is null
    -- The shortest month; whether it is really over, close_statement says.
    and coalesce(closed.at + interval '28 days' < now(), exists (
      select from app_public.usage_records as records
      where records.organization_id = organizations.id and records.occurred_at < now() - interval '3 days'
    ));
$$;
alter function app_hidden.organizations_to_close() owner to rowgate_writer;
revoke all on function app_hidden.organizations_to_close() from public;
grant execute on function app_hidden.organizations_to_close() to rowgate_job;
comment on function app_hidden.organizations_to_close() is 'Whose oldest month without a statement may be over.';
--! EndIncluded analytics/close_statement.sql

--! Included exports/marks.sql
-- What an export is of decides what it needs: asked when it begins, with each page, and when its link is used.
create or replace function app_hidden.export_permission(kind text) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select case kind when 'statement' then 'usage:read_all' else 'usage:read' end;
$$;
revoke all on function app_hidden.export_permission(text) from public;
grant execute on function app_hidden.export_permission(text) to rowgate_user, rowgate_key, rowgate_reader, rowgate_writer;
comment on function app_hidden.export_permission(text) is 'The permission that an export of a kind needs.';

-- An export is read in pages, each a transaction of its own: one long transaction would hold back the sums of everybody's usage, which go
-- only as far as the oldest transaction under way, and the vacuum. What makes the pages one answer is a mark, taken when it begins: the
-- snapshot, because records are append-only and say which transaction wrote them, and what the caller may do, because who may see less
-- meanwhile would get a file that looks whole.
create or replace function app_hidden.export_rights() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return encode(sha256(convert_to(concat_ws('/',
    coalesce(app_hidden.current_user_id(), app_hidden.current_key_id()), app_hidden.current_organization_id(),
    array(select distinct held from unnest(string_to_array(app_hidden.claim('permissions'), ' ')) as held order by held),
    array(select team_id from app_hidden.reachable_teams() as team_id order by team_id),
    -- What is older goes, in no order.
    (select kept_since from app_hidden.rolled_up())
  ), 'UTF8')), 'hex');
end;
$$;
revoke all on function app_hidden.export_rights() from public;
grant execute on function app_hidden.export_rights() to rowgate_user, rowgate_key;
comment on function app_hidden.export_rights() is 'What the caller may see and since when records are kept, as a fingerprint: it changes when that does.';

create or replace function app_hidden.begin_export(kind text) returns text
language plpgsql stable
set search_path = ''
as $$
begin
  perform app_hidden.require_permission(app_hidden.export_permission(begin_export.kind));
  return concat_ws(' ', pg_current_snapshot(), app_hidden.export_rights());
end;
$$;
revoke all on function app_hidden.begin_export(text) from public;
grant execute on function app_hidden.begin_export(text) to rowgate_user, rowgate_key;
comment on function app_hidden.begin_export(text) is
  'The mark that all pages of an export are read by. Raises what require_permission raises.';

-- A statement of its own in front of the page: within one PostgreSQL asks for it only when a row comes that far, and who may see nothing
-- any more would get an end instead of a refusal.
create or replace function app_hidden.continue_export(kind text, mark text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app_hidden.require_permission(app_hidden.export_permission(continue_export.kind));
  if split_part(mark, ' ', 2) <> app_hidden.export_rights() then
    perform app_hidden.refuse('EXPORT_INTERRUPTED');
  end if;
end;
$$;
revoke all on function app_hidden.continue_export(text, text) from public;
grant execute on function app_hidden.continue_export(text, text) to rowgate_user, rowgate_key;
comment on function app_hidden.continue_export(text, text) is
  'Lets the next page of an export be read. Raises EXPORT_INTERRUPTED when the caller may do something else than when it began or records are kept for less long, and what require_permission raises.';
--! EndIncluded exports/marks.sql
--! Included exports/request_export.sql
-- SECURITY DEFINER, because nobody who makes requests may say how far an export is. What may be asked for is asked again when it is made.
create or replace function app_public.request_export(
  kind text,
  format text default 'csv',
  since timestamptz default null,
  until timestamptz default null,
  number int default null
) returns app_public.exports
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission(app_hidden.export_permission(request_export.kind));
  -- Each may have some gigabytes.
  most constant int := 20;
  export app_public.exports;
begin
  perform from app_public.organizations where organizations.id = tenant for no key update;
  if (select count(*) from app_public.exports where exports.organization_id = tenant and exports.status in ('queued', 'running', 'ready')) >= most then
    perform app_hidden.refuse('EXPORTS_FULL', jsonb_build_object('limit', most));
  end if;
  insert into app_public.exports (organization_id, requested_by, kind, format, since, until, number)
  values (tenant, app_hidden.current_user_id(), request_export.kind, request_export.format, request_export.since,
    case request_export.kind when 'usage' then coalesce(request_export.until, now()) else request_export.until end, request_export.number)
  returning * into export;
  return export;
end;
$$;
alter function app_public.request_export(text, text, timestamptz, timestamptz, int) owner to rowgate_writer;
revoke all on function app_public.request_export(text, text, timestamptz, timestamptz, int) from public;
grant execute on function app_public.request_export(text, text, timestamptz, timestamptz, int) to rowgate_user;
comment on function app_public.request_export(text, text, timestamptz, timestamptz, int) is
  'Has the worker make a file of what you may see: usage between since and until (now unless told), or the statement with a number, as csv or xlsx. It is there for 3 days; GET /v1/exports/{id} has the link. An organization has at most 20. Needs usage:read, for a statement usage:read_all. Raises FORBIDDEN, INVALID_INPUT, EXPORTS_FULL.';
--! EndIncluded exports/request_export.sql
--! Included exports/revoke_export.sql
-- SECURITY DEFINER, because nobody who makes requests may write how an export stands. All links to it end with it.
create or replace function app_public.revoke_export(export_id uuid) returns app_public.exports
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:read');
  export app_public.exports;
begin
  update app_public.exports set status = 'revoked', link = exports.link + 1, bytes = 0, chunks = 0
  where exports.organization_id = tenant and exports.id = revoke_export.export_id
    and exports.requested_by = app_hidden.current_user_id()
  returning * into export;
  if not found then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  delete from app_private.export_chunks as pieces where pieces.organization_id = tenant and pieces.export_id = export.id;
  return export;
end;
$$;
alter function app_public.revoke_export(uuid) owner to rowgate_writer;
revoke all on function app_public.revoke_export(uuid) from public;
grant execute on function app_public.revoke_export(uuid) to rowgate_user;
comment on function app_public.revoke_export(uuid) is
  'Deletes the file of an export that you asked for, or stops making it; every link to it is refused from then on. Needs usage:read. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded exports/revoke_export.sql
--! Included exports/make_export.sql
-- The steps of a worker that makes an export. SECURITY DEFINER, because of the pieces, which nobody reads. Not a job of the queue: a long
-- one would keep alerts and mails waiting. Whoever takes one says so with each piece; one that has been silent for a minute was killed,
-- and the next worker begins again. Two that make the same one can't mix: only the last to begin may add.
create or replace function app_hidden.claim_export() returns setof app_public.exports
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  export app_public.exports;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  -- One organization after the other, the oldest first.
  select exports.* into export from app_public.exports
  where exports.status = 'queued' or exports.status = 'running' and exports.attempted_at < now() - interval '1 minute'
  order by (
    select count(*) from app_public.exports as others where others.organization_id = exports.organization_id and others.status = 'running'
      and others.attempted_at >= now() - interval '1 minute'
  ), exports.created_at
  limit 1
  for no key update skip locked;
  if not found then
    return;
  end if;
  delete from app_private.export_chunks as pieces
  where pieces.organization_id = export.organization_id and pieces.export_id = export.id;
  return query
  update app_public.exports set attempt = exports.attempt + 1, attempted_at = now(), bytes = 0, chunks = 0,
    -- It ends those who make it, one after the other.
    status = case when exports.attempt < 5 then 'running' else 'failed' end,
    code = case when exports.attempt < 5 then null else 'INTERNAL' end
  where exports.organization_id = export.organization_id and exports.id = export.id
  returning exports.*;
end;
$$;
alter function app_hidden.claim_export() owner to rowgate_writer;
revoke all on function app_hidden.claim_export() from public;
grant execute on function app_hidden.claim_export() to rowgate_job;
comment on function app_hidden.claim_export() is 'Takes the next export that is to be made, or to be made again; no row when there is none.';

create or replace function app_hidden.add_export_chunk(export_id uuid, attempt int, content bytea) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  place int;
begin
  update app_public.exports set attempted_at = now(), chunks = exports.chunks + 1, bytes = exports.bytes + length(add_export_chunk.content)
  where exports.organization_id = tenant and exports.id = add_export_chunk.export_id and exports.status = 'running'
    and exports.attempt = add_export_chunk.attempt
  returning exports.chunks into place;
  if not found then
    return false;
  end if;
  insert into app_private.export_chunks (organization_id, export_id, number, content)
  values (tenant, add_export_chunk.export_id, place, add_export_chunk.content);
  return true;
end;
$$;
alter function app_hidden.add_export_chunk(uuid, int, bytea) owner to rowgate_writer;
revoke all on function app_hidden.add_export_chunk(uuid, int, bytea) from public;
grant execute on function app_hidden.add_export_chunk(uuid, int, bytea) to rowgate_job;
comment on function app_hidden.add_export_chunk(uuid, int, bytea) is
  'Adds a piece to an export; false when it was revoked, or somebody else makes it meanwhile.';

create or replace function app_hidden.end_export(export_id uuid, attempt int, code text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_public.exports set status = case when end_export.code is null then 'ready' else 'failed' end, code = end_export.code,
    expires_at = now() + interval '3 days'
  where exports.organization_id = app_hidden.current_organization_id() and exports.id = end_export.export_id
    and exports.status = 'running' and exports.attempt = end_export.attempt;
end;
$$;
alter function app_hidden.end_export(uuid, int, text) owner to rowgate_writer;
revoke all on function app_hidden.end_export(uuid, int, text) from public;
grant execute on function app_hidden.end_export(uuid, int, text) to rowgate_job;
comment on function app_hidden.end_export(uuid, int, text) is 'Says that an export is whole, or with which code it failed.';

create or replace function app_hidden.expire_exports() returns int
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  gone int;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  delete from app_public.exports where exports.expires_at <= now();
  get diagnostics gone = row_count;
  return gone;
end;
$$;
alter function app_hidden.expire_exports() owner to rowgate_writer;
revoke all on function app_hidden.expire_exports() from public;
grant execute on function app_hidden.expire_exports() to rowgate_job;
comment on function app_hidden.expire_exports() is 'Deletes the exports, files and all, whose time is over; answers how many.';
--! EndIncluded exports/make_export.sql
--! Included exports/export_chunk.sql
-- For whoever has a link, without signing in; the server has checked its signature and its end. What holds is asked with each piece: the
-- organization is open, and who asked for the export may still see what is in it.
create or replace function app_hidden.export_chunk(export_id uuid, organization_id uuid, link int, place int) returns table (
  kind text, format text, bytes bigint, chunks int, content bytea
)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  export app_public.exports;
  state text;
begin
  select exports.* into export from app_public.exports
  where exports.organization_id = export_chunk.organization_id and exports.id = export_chunk.export_id
    and exports.status = 'ready' and exports.expires_at > now() and exports.link = export_chunk.link;
  if not found then
    perform app_hidden.refuse('LINK_INVALID');
  end if;
  state := (
    select app_hidden.organization_state(organizations.status, organizations.trial_ends_at) from app_public.organizations
    where organizations.id = export.organization_id
  );
  perform app_hidden.refuse_closed(state);
  if state <> 'active' or not exists (
    select from app_hidden.held_permissions as held
    where held.organization_id = export.organization_id and held.user_id = export.requested_by
      and held.permission = app_hidden.export_permission(export.kind)
  ) then
    perform app_hidden.refuse('LINK_INVALID');
  end if;
  return query
  select export.kind, export.format, export.bytes, export.chunks, pieces.content
  from (values (export_chunk.place)) as asked (number)
    left join app_private.export_chunks as pieces on pieces.organization_id = export.organization_id
      and pieces.export_id = export.id and pieces.number = asked.number;
end;
$$;
alter function app_hidden.export_chunk(uuid, uuid, int, int) owner to rowgate_reader;
revoke all on function app_hidden.export_chunk(uuid, uuid, int, int) from public;
grant execute on function app_hidden.export_chunk(uuid, uuid, int, int) to rowgate_anonymous;
comment on function app_hidden.export_chunk(uuid, uuid, int, int) is
  'A piece of an export''s file, from 1, for a link of that number. Raises LINK_INVALID, ORGANIZATION_SUSPENDED, TRIAL_EXPIRED.';
--! EndIncluded exports/export_chunk.sql

--! Included api_keys/key_text.sql
-- What a key looks like: rg_live_<id>_<secret><checksum>. The words in front let a scanner find it in code and logs, the id says which
-- key it is, and the checksum lets the API refuse a mistyped one without asking the database (server/credentials.ts reads it back).
-- Letters and digits only: a double click selects all of it, and no underscore is inside of a part.
create or replace function app_hidden.base62(bytes bytea, size int) returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  digits constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  number numeric := 0;
  written text := '';
begin
  for place in 0 .. length(bytes) - 1 loop
    number := number * 256 + get_byte(bytes, place);
  end loop;
  for place in 1 .. size loop
    written := substr(digits, mod(number, 62)::int + 1, 1) || written;
    number := div(number, 62);
  end loop;
  return written;
end;
$$;
revoke all on function app_hidden.base62(bytea, int) from public;
grant execute on function app_hidden.base62(bytea, int) to rowgate_writer;
comment on function app_hidden.base62(bytea, int) is 'Bytes as a number in base 62 with so many digits; what does not fit is cut off in front.';

-- Built in from PostgreSQL 18 on; written out, because a key is made seldom and 15 to 18 are to do the same.
create or replace function app_hidden.crc32(bytes bytea) returns bigint
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  crc bigint := 4294967295;
begin
  for place in 0 .. length(bytes) - 1 loop
    crc := crc # get_byte(bytes, place)::bigint;
    for bit in 1 .. 8 loop
      crc := (crc >> 1) # case crc & 1 when 1 then 3988292384 else 0 end;
    end loop;
  end loop;
  return crc # 4294967295;
end;
$$;
revoke all on function app_hidden.crc32(bytea) from public;
grant execute on function app_hidden.crc32(bytea) to rowgate_writer;
comment on function app_hidden.crc32(bytea) is 'The CRC-32 of zlib and PNG.';

create or replace function app_hidden.new_key_prefix(mode text) returns text
language plpgsql volatile
set search_path = ''
as $$
begin
  return format('rg_%s_%s', mode, app_hidden.base62(uuid_send(gen_random_uuid()), 12));
end;
$$;
revoke all on function app_hidden.new_key_prefix(text) from public;
grant execute on function app_hidden.new_key_prefix(text) to rowgate_writer;
comment on function app_hidden.new_key_prefix(text) is 'The part of a new key that may be shown.';

create or replace function app_hidden.new_key(key_prefix text) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  -- 256 bits out of four times 122 random ones: gen_random_uuid() draws from the system's generator. 43 digits hold all of them.
  body constant text := key_prefix || '_' || app_hidden.base62(sha256(
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
  ), 43);
begin
  return body || app_hidden.base62(int8send(app_hidden.crc32(convert_to(body, 'UTF8'))), 6);
end;
$$;
revoke all on function app_hidden.new_key(text) from public;
grant execute on function app_hidden.new_key(text) to rowgate_writer;
comment on function app_hidden.new_key(text) is 'A new key with this prefix: a secret of 256 random bits, and the checksum of it all.';
--! EndIncluded api_keys/key_text.sql
--! Included api_keys/lock_key.sql
-- What select_permitted of app_public.org_api_keys says, for verbs that run as writer or reader and so see every key.
-- A test compares the two for everybody.
create or replace function app_hidden.sees_key(api_key app_public.org_api_keys) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return api_key.id = app_hidden.current_key_id()
    or api_key.organization_id = any (app_hidden.organizations_permitting('key:read'))
      and (
        api_key.organization_id = any (app_hidden.organizations_permitting('key:read_all'))
        or api_key.responsible_id = app_hidden.current_user_id()
        or api_key.team_id = any (app_hidden.teams_permitting(null))
      );
end;
$$;
revoke all on function app_hidden.sees_key(app_public.org_api_keys) from public;
grant execute on function app_hidden.sees_key(app_public.org_api_keys) to rowgate_reader, rowgate_writer;
comment on function app_hidden.sees_key(app_public.org_api_keys) is 'Whether the caller sees an API key.';

create or replace function app_hidden.lock_key(key_id uuid, own text, others text, open boolean default true)
returns app_public.org_api_keys
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('key:read');
  api_key app_public.org_api_keys;
begin
  select * into api_key from app_public.org_api_keys
  where org_api_keys.organization_id = tenant and org_api_keys.id = lock_key.key_id
  for no key update;
  if not found or app_hidden.sees_key(api_key) is not true then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
  if api_key.responsible_id is distinct from app_hidden.current_user_id()
    or own is not null and not app_hidden.permits(own) then
    perform app_hidden.require_permission(others);
  end if;
  if lock_key.open and api_key.status = 'revoked' then
    perform app_hidden.refuse('API_KEY_CLOSED');
  end if;
  return api_key;
end;
$$;
revoke all on function app_hidden.lock_key(uuid, text, text, boolean) from public;
grant execute on function app_hidden.lock_key(uuid, text, text, boolean) to rowgate_writer;
comment on function app_hidden.lock_key(uuid, text, text, boolean) is
  'An API key of the chosen organization, locked: if the caller answers for it and holds the permission own, if any is named, or holds the permission others. open: not if it is revoked. Raises NOT_FOUND, FORBIDDEN, API_KEY_CLOSED.';
--! EndIncluded api_keys/lock_key.sql
--! Included api_keys/create_api_key.sql
create or replace function app_public.create_api_key(
  name text,
  team_id uuid default null,
  rate_limit int default 100,
  monthly_quota bigint default 1000000,
  expires_at timestamptz default null,
  bound_to_creator boolean default false,
  mode text default 'live',
  scopes text[] default null,
  monthly_budget numeric default null,
  allowed_ips cidr[] default null,
  allowed_models text[] default null
) returns app_public.created_api_key
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('key:create');
  prefix constant text := app_hidden.new_key_prefix(create_api_key.mode);
  key constant text := app_hidden.new_key(prefix);
  api_key app_public.org_api_keys;
begin
  perform app_hidden.require_bookable_team(tenant, create_api_key.team_id);
  perform app_hidden.require_key_scopes(tenant, create_api_key.scopes);
  insert into app_public.org_api_keys
    (organization_id, team_id, name, mode, key_prefix, last_four, rate_limit, monthly_quota, monthly_budget, scopes, allowed_ips,
    allowed_models, created_by, responsible_id, bound_to_creator, expires_at)
  values (tenant, create_api_key.team_id, trim(create_api_key.name), create_api_key.mode, prefix, right(key, 4),
    create_api_key.rate_limit, create_api_key.monthly_quota, trim_scale(create_api_key.monthly_budget),
    -- Never more than the creator holds: a key is no way around one's own role.
    coalesce(create_api_key.scopes, array(
      select role_permissions.permission from app_public.role_permissions
      where role_permissions.role = 'api_key'
        and app_hidden.permits(role_permissions.permission)
    )),
    create_api_key.allowed_ips, create_api_key.allowed_models,
    app_hidden.current_user_id(), app_hidden.current_user_id(), create_api_key.bound_to_creator, create_api_key.expires_at)
  returning * into api_key;
  insert into app_private.org_api_key_secrets (organization_id, key_id, key_hash)
  values (tenant, api_key.id, sha256(convert_to(key, 'UTF8')));
  return row(key, api_key);
end;
$$;
alter function app_public.create_api_key(text, uuid, int, bigint, timestamptz, boolean, text, text[], numeric, cidr[], text[])
  owner to rowgate_writer;
revoke all on function app_public.create_api_key(text, uuid, int, bigint, timestamptz, boolean, text, text[], numeric, cidr[], text[])
  from public;
grant execute on function app_public.create_api_key(text, uuid, int, bigint, timestamptz, boolean, text, text[], numeric, cidr[], text[])
  to rowgate_user;
comment on function app_public.create_api_key(text, uuid, int, bigint, timestamptz, boolean, text, text[], numeric, cidr[], text[]) is
  'Creates an API key of the chosen organization and answers the key: it is shown only here. teamId: it books on that team and those below, and nowhere else. mode: live or test, which is part of the key and shown; usage of a test key counts and costs like any other. scopes: what it may do, of what a key can have and you hold; all of that unless told. boundToCreator: it never holds more than you hold now. monthlyQuota: requests; monthlyBudget: money, in the organization''s currency. allowedIps: the networks that it may be used from; allowedModels: the models that it may use, by their whole names. Needs key:create. Raises QUOTA_EXCEEDED, FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, INVALID_INPUT.';
comment on type app_public.created_api_key is 'A new API key: the secret itself, and its row.';
comment on column app_public.created_api_key.key is 'The key to send as "Authorization: Bearer …". It can''t be shown again.';
comment on column app_public.created_api_key.api_key is 'The row of the key.';

create or replace function app_hidden.require_key_scopes(organization_id uuid, scopes text[]) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (
    select from unnest(scopes) as scope
    where not exists (
      select from app_public.role_permissions
      where role_permissions.role = 'api_key' and role_permissions.permission = scope
    )
  ) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'scopes: permissions that a key can have.', 'permissions', (
      select jsonb_agg(role_permissions.permission order by 1) from app_public.role_permissions where role_permissions.role = 'api_key'
    )));
  end if;
  perform app_hidden.require_held(organization_id, scopes);
end;
$$;
revoke all on function app_hidden.require_key_scopes(uuid, text[]) from public;
grant execute on function app_hidden.require_key_scopes(uuid, text[]) to rowgate_writer;
comment on function app_hidden.require_key_scopes(uuid, text[]) is
  'Refuses to give a key what no key can have, or what the caller does not hold. Raises INVALID_INPUT, RIGHTS_EXCEEDED.';
--! EndIncluded api_keys/create_api_key.sql
--! Included api_keys/update_api_key.sql
create or replace function app_public.update_api_key(
  key_id uuid,
  name text default null,
  rate_limit int default null,
  monthly_quota bigint default null,
  monthly_budget numeric default null,
  scopes text[] default null,
  allowed_ips cidr[] default null,
  allowed_models text[] default null,
  expires_at timestamptz default null,
  bound_to_creator boolean default null,
  clear text[] default '{}'
) returns app_public.org_api_keys
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.org_api_keys := app_hidden.lock_key(key_id, 'key:create', 'key:update_all');
  clearable constant text[] := '{monthly_quota,monthly_budget,allowed_ips,allowed_models,expires_at}';
  after app_public.org_api_keys;
begin
  if (clear <@ clearable) is not true then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'clear: of ' || array_to_string(clearable, ', ') || '.'));
  elsif update_api_key.expires_at <= now() then
    perform app_hidden.refuse_value('org_api_keys_expiry_later');
  end if;
  -- What it did not have before, whoever gives it holds. Of a bound key that is everything, once it is bound no more.
  perform app_hidden.require_key_scopes(before.organization_id, array(
    select unnest(coalesce(update_api_key.scopes, before.scopes))
    except
    select unnest(before.scopes) where not before.bound_to_creator or coalesce(update_api_key.bound_to_creator, true)
  ));
  update app_public.org_api_keys
  set
    name = coalesce(trim(update_api_key.name), before.name),
    rate_limit = coalesce(update_api_key.rate_limit, before.rate_limit),
    monthly_quota = coalesce(update_api_key.monthly_quota, case when not 'monthly_quota' = any (clear) then before.monthly_quota end),
    monthly_budget = coalesce(trim_scale(update_api_key.monthly_budget),
      case when not 'monthly_budget' = any (clear) then before.monthly_budget end),
    scopes = coalesce(update_api_key.scopes, before.scopes),
    allowed_ips = coalesce(update_api_key.allowed_ips, case when not 'allowed_ips' = any (clear) then before.allowed_ips end),
    allowed_models = coalesce(update_api_key.allowed_models,
      case when not 'allowed_models' = any (clear) then before.allowed_models end),
    expires_at = coalesce(update_api_key.expires_at, case when not 'expires_at' = any (clear) then before.expires_at end),
    bound_to_creator = coalesce(update_api_key.bound_to_creator, before.bound_to_creator)
  where org_api_keys.organization_id = before.organization_id and org_api_keys.id = before.id
  returning * into after;
  return after;
end;
$$;
alter function app_public.update_api_key(uuid, text, int, bigint, numeric, text[], cidr[], text[], timestamptz, boolean, text[])
  owner to rowgate_writer;
revoke all on function app_public.update_api_key(uuid, text, int, bigint, numeric, text[], cidr[], text[], timestamptz, boolean, text[])
  from public;
grant execute on function app_public.update_api_key(uuid, text, int, bigint, numeric, text[], cidr[], text[], timestamptz, boolean, text[])
  to rowgate_user;
comment on function app_public.update_api_key(uuid, text, int, bigint, numeric, text[], cidr[], text[], timestamptz, boolean, text[]) is
  'Changes an API key; it counts from its next request on. What is left out stays; clear takes limits away, by name: monthly_quota, monthly_budget, allowed_ips, allowed_models, expires_at. Team and mode stay as they are: create another key. You must hold what you add to its scopes. Needs key:create if you answer for it, else key:update_all. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, API_KEY_CLOSED, INVALID_INPUT.';
--! EndIncluded api_keys/update_api_key.sql
--! Included api_keys/pause_api_key.sql
create or replace function app_public.pause_api_key(key_id uuid) returns app_public.org_api_keys
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.org_api_keys := app_hidden.lock_key(key_id, null, 'key:update_all');
  api_key app_public.org_api_keys;
begin
  update app_public.org_api_keys set status = 'paused'
  where org_api_keys.organization_id = before.organization_id and org_api_keys.id = before.id
  returning * into api_key;
  return api_key;
end;
$$;
alter function app_public.pause_api_key(uuid) owner to rowgate_writer;
revoke all on function app_public.pause_api_key(uuid) from public;
grant execute on function app_public.pause_api_key(uuid) to rowgate_user;
comment on function app_public.pause_api_key(uuid) is
  'Pauses an API key: it is refused from its next request on, everywhere, until it is resumed. Needs key:update_all, or to answer for it. Raises FORBIDDEN, NOT_FOUND, API_KEY_CLOSED.';

create or replace function app_public.resume_api_key(key_id uuid) returns app_public.org_api_keys
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.org_api_keys := app_hidden.lock_key(key_id, 'key:create', 'key:update_all');
  api_key app_public.org_api_keys;
begin
  update app_public.org_api_keys set status = 'active'
  where org_api_keys.organization_id = before.organization_id and org_api_keys.id = before.id
  returning * into api_key;
  return api_key;
end;
$$;
alter function app_public.resume_api_key(uuid) owner to rowgate_writer;
revoke all on function app_public.resume_api_key(uuid) from public;
grant execute on function app_public.resume_api_key(uuid) to rowgate_user;
comment on function app_public.resume_api_key(uuid) is
  'Resumes a paused API key. Needs key:create if you answer for it, else key:update_all. Raises FORBIDDEN, NOT_FOUND, API_KEY_CLOSED.';
--! EndIncluded api_keys/pause_api_key.sql
--! Included api_keys/rotate_api_key.sql
-- A new secret for the same row, so that everything that belongs to the key goes on: scopes, limits, counters, usage, budgets.
create or replace function app_public.rotate_api_key(key_id uuid, overlap_seconds int default 86400)
returns app_public.created_api_key
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.org_api_keys := app_hidden.lock_key(key_id, 'key:create', 'key:update_all');
  ends constant timestamptz := now() + overlap_seconds * interval '1 second';
  key constant text := app_hidden.new_key(before.key_prefix);
  api_key app_public.org_api_keys;
begin
  if overlap_seconds is null or overlap_seconds not between 0 and 2592000 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'overlap_seconds: 0 to 2,592,000, which are 30 days.'));
  elsif before.expires_at <= now() then
    perform app_hidden.refuse('API_KEY_CLOSED');
  end if;
  -- Whoever is shown the secret can do what it can.
  perform app_hidden.require_held(before.organization_id, before.scopes);
  -- An old secret that ends sooner still does; one that has ended stays so that what it was used for is known.
  update app_private.org_api_key_secrets as secrets set expires_at = ends
  where secrets.organization_id = before.organization_id and secrets.key_id = before.id
    and (secrets.expires_at is null or secrets.expires_at > ends);
  insert into app_private.org_api_key_secrets (organization_id, key_id, key_hash)
  values (before.organization_id, before.id, sha256(convert_to(key, 'UTF8')));
  update app_public.org_api_keys
  set rotated_at = now(), overlap_until = least(ends, before.expires_at), last_four = right(key, 4)
  where org_api_keys.organization_id = before.organization_id and org_api_keys.id = before.id
  returning * into api_key;
  return row(key, api_key);
end;
$$;
alter function app_public.rotate_api_key(uuid, int) owner to rowgate_writer;
revoke all on function app_public.rotate_api_key(uuid, int) from public;
grant execute on function app_public.rotate_api_key(uuid, int) to rowgate_user;
comment on function app_public.rotate_api_key(uuid, int) is
  'Gives an API key a new secret, shown only here. The old one works for another overlapSeconds (a day unless told, 30 days at most, 0: ends at once), and never longer than the key. All else stays. You must hold what the key holds. Needs key:create if you answer for it, else key:update_all. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, API_KEY_CLOSED, INVALID_INPUT.';
--! EndIncluded api_keys/rotate_api_key.sql
--! Included api_keys/revoke_api_key.sql
create or replace function app_public.revoke_api_key(key_id uuid) returns app_public.org_api_keys
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.org_api_keys := app_hidden.lock_key(key_id, null, 'key:revoke_all', open => false);
  api_key app_public.org_api_keys;
begin
  update app_public.org_api_keys set status = 'revoked'
  where org_api_keys.organization_id = before.organization_id and org_api_keys.id = before.id
  returning * into api_key;
  return api_key;
end;
$$;
alter function app_public.revoke_api_key(uuid) owner to rowgate_writer;
revoke all on function app_public.revoke_api_key(uuid) from public;
grant execute on function app_public.revoke_api_key(uuid) to rowgate_user;
comment on function app_public.revoke_api_key(uuid) is
  'Revokes an API key for good: it is refused from its next request on, everywhere. Needs key:revoke_all, or to answer for it. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded api_keys/revoke_api_key.sql
--! Included api_keys/record_key_use.sql
-- A key's row must not become what its requests queue for: each process counts what came in and tells it every ten seconds, in one
-- statement for all keys. SECURITY DEFINER, because nobody who makes requests may write this; only rowgate_monitor may call it.
create or replace function app_hidden.record_key_use(uses jsonb) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  keys constant jsonb := (
    select jsonb_object_agg(used.id, jsonb_build_object('requests', used.requests, 'at', used.at))
    from (
      select coalesce(report.key_id, secrets.key_id) as id, sum(report.requests) as requests, max(report.last_used_at) as at
      from jsonb_to_recordset(uses) as report (key_hash text, key_id uuid, requests bigint, last_used_at timestamptz)
        left join app_private.org_api_key_secrets as secrets on secrets.key_hash = decode(report.key_hash, 'hex')
      where coalesce(report.key_id, secrets.key_id) is not null
      group by 1
    ) as used
  );
begin
  -- In order, so that processes that report at the same time wait for each other and never in a circle.
  perform from app_public.org_api_keys
  where org_api_keys.id in (select id::uuid from jsonb_object_keys(keys) as id)
  order by org_api_keys.id
  for no key update;
  update app_public.org_api_keys
  set request_count = org_api_keys.request_count + (used.counts ->> 'requests')::bigint,
    -- The clock of a process may run ahead of ours.
    last_used_at = greatest(org_api_keys.last_used_at, least((used.counts ->> 'at')::timestamptz, now()))
  from jsonb_each(keys) as used (id, counts)
  where org_api_keys.id = used.id::uuid;
end;
$$;
alter function app_hidden.record_key_use(jsonb) owner to rowgate_writer;
revoke all on function app_hidden.record_key_use(jsonb) from public;
grant execute on function app_hidden.record_key_use(jsonb) to rowgate_monitor;
comment on function app_hidden.record_key_use(jsonb) is
  'Adds to the keys what a process counted: an array of objects with key_hash (hexadecimal) or key_id, requests, last_used_at.';
--! EndIncluded api_keys/record_key_use.sql
--! Included api_keys/key_usage.sql
-- SECURITY DEFINER, because whoever answers for a key does not see all records that it made, and may know their sum.
create or replace function app_public.org_api_keys_usage(api_key app_public.org_api_keys) returns app_public.api_key_usage
language plpgsql stable security definer
set search_path = ''
as $$
declare
  usage app_public.api_key_usage;
  ends timestamptz;
  shown app_public.org_api_keys;
begin
  -- The row is an argument, and anybody can make one up.
  select * into shown from app_public.org_api_keys
  where org_api_keys.organization_id = api_key.organization_id and org_api_keys.id = api_key.id;
  if app_hidden.sees_key(shown) is not true then
    return null;
  end if;
  select period.starts, period.ends, organizations.currency into usage.starts_at, ends, usage.currency
  from app_public.organizations
    cross join lateral app_hidden.period_bounds('month', now(), organizations.time_zone) as period
  where organizations.id = shown.organization_id;
  select coalesce(sum(records.requests), 0),
    trim_scale(coalesce(sum(records.charged) filter (where records.charged_currency = usage.currency), 0))
  into usage.requests, usage.cost
  from app_public.usage_records as records
  where records.organization_id = shown.organization_id and records.api_key_id = shown.id
    and records.occurred_at >= usage.starts_at and records.occurred_at < ends;
  return usage;
end;
$$;
alter function app_public.org_api_keys_usage(app_public.org_api_keys) owner to rowgate_reader;
revoke all on function app_public.org_api_keys_usage(app_public.org_api_keys) from public;
grant execute on function app_public.org_api_keys_usage(app_public.org_api_keys) to rowgate_user, rowgate_key;
comment on function app_public.org_api_keys_usage(app_public.org_api_keys) is
  'What it used in the current month of the organization''s time zone, summed up from the records.';
comment on type app_public.api_key_usage is 'What an API key used in the current month.';
comment on column app_public.api_key_usage.starts_at is 'The first instant of the month.';
comment on column app_public.api_key_usage.requests is 'Metered requests.';
comment on column app_public.api_key_usage.cost is 'What they cost, in the organization''s currency; exact decimal. What is unpriced, or was charged in another currency, is not in it.';
comment on column app_public.api_key_usage.currency is 'ISO 4217 code of the organization''s currency.';
--! EndIncluded api_keys/key_usage.sql
--! Included api_keys/unused_api_keys.sql
-- Runs as the caller: of the keys that they see.
create or replace function app_public.unused_api_keys(days int default 90) returns setof app_public.org_api_keys
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('key:read');
begin
  if days is null or days not between 1 and 3650 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'days: 1 to 3,650.'));
  end if;
  return query
  select * from app_public.org_api_keys
  where org_api_keys.organization_id = tenant and org_api_keys.status <> 'revoked'
    and (org_api_keys.expires_at is null or org_api_keys.expires_at > now())
    and coalesce(org_api_keys.last_used_at, org_api_keys.created_at) < now() - days * interval '1 day'
  order by coalesce(org_api_keys.last_used_at, org_api_keys.created_at), org_api_keys.id;
end;
$$;
revoke all on function app_public.unused_api_keys(int) from public;
grant execute on function app_public.unused_api_keys(int) to rowgate_user;
comment on function app_public.unused_api_keys(int) is
  'The API keys that could still be used and were not for so many days (90 unless told), or never since they were created that long ago; the longest unused first. Needs key:read. Raises FORBIDDEN, INVALID_INPUT and what choosing an organization raises.';
--! EndIncluded api_keys/unused_api_keys.sql
--! Included api_keys/announce_expiring_keys.sql
-- Run by the worker's clock, as often as it likes: which end was announced how many days before is an alert's occasion. Where some were missed, the one that is due now is sent and the earlier ones are not made up for. A key
-- that was made later than so many days before its end has no such e-mail. SECURITY DEFINER, because it is for all tenants.
create or replace function app_hidden.announce_expiring_keys() returns int
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  due record;
  announced int := 0;
begin
  for due in
    select rules as rule, keys.id, keys.name, keys.key_prefix, keys.expires_at, min(steps.days) as days
    from app_public.org_api_keys as keys
      join app_public.organizations on organizations.id = keys.organization_id and organizations.status = 'active'
      join app_public.alert_rules as rules on rules.organization_id = keys.organization_id and rules.kind = 'key_expiry'
      cross join unnest(rules.thresholds) as steps (days)
    where keys.status <> 'revoked' and keys.expires_at > now() and keys.expires_at <= now() + interval '365 days'
      and keys.expires_at <= now() + steps.days * interval '1 day'
      and keys.created_at <= keys.expires_at - steps.days * interval '1 day'
    group by rules.id, keys.id
    order by keys.organization_id, keys.id, rules.id
  loop
    if app_hidden.raise_alert(due.rule, concat_ws('/', due.id, app_hidden.as_instant(due.expires_at), due.days), jsonb_build_object(
        'api_key_id', due.id, 'key_name', due.name, 'key_prefix', due.key_prefix,
        'expires_at', app_hidden.as_instant(due.expires_at), 'days', due.days)) then
      announced := announced + 1;
    end if;
  end loop;
  return announced;
end;
$$;
alter function app_hidden.announce_expiring_keys() owner to rowgate_writer;
revoke all on function app_hidden.announce_expiring_keys() from public;
grant execute on function app_hidden.announce_expiring_keys() to rowgate_job;
comment on function app_hidden.announce_expiring_keys() is
  'Raises the alerts about API keys that end so many days from now as their rules say, each once; answers how many.';
--! EndIncluded api_keys/announce_expiring_keys.sql

--! Included plans/change_plan.sql
-- SECURITY DEFINER, because no visitor may write the plan.
create or replace function app_public.change_plan(plan text) returns app_public.organizations
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('billing:update');
begin
  -- Nobody books, joins or is added meanwhile. The lock of those who book comes before the organization's row, as everywhere.
  perform app_hidden.stop_usage(tenant);
  perform app_hidden.lock_members('billing:update');
  return app_hidden.put_on_plan(tenant, change_plan.plan);
end;
$$;
alter function app_public.change_plan(text) owner to rowgate_writer;
revoke all on function app_public.change_plan(text) from public;
grant execute on function app_public.change_plan(text) to rowgate_user;
comment on function app_public.change_plan(text) is
  'Puts the chosen organization on another plan, at once: a larger one always, a smaller one if what the organization has and has used this month fits. Needs billing:update. Raises PLAN_TOO_SMALL (its "exceeded" lists resource, limit and used), FORBIDDEN, INVALID_INPUT.';

create or replace function app_hidden.put_on_plan(organization_id uuid, plan text) returns app_public.organizations
language plpgsql volatile
set search_path = ''
as $$
declare
  organization app_public.organizations;
  exceeded jsonb;
begin
  if not exists (select from app_public.plans where plans.name = put_on_plan.plan) or put_on_plan.plan is null then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'plan: the name of one of "plans".'));
  end if;
  -- What the change does not lower needs no room: somebody who has too much already may go up.
  select jsonb_agg(jsonb_build_object('resource', lowered.resource, 'limit', lowered.most, 'used', lowered.used)) into exceeded
  from (
    select resources.resource, after.most, app_hidden.plan_used(put_on_plan.organization_id, resources.resource) as used
    from app_hidden.plan_resources() as resources
      cross join lateral (
        select app_hidden.plan_limit(put_on_plan.organization_id, resources.resource) as most
      ) as before
      cross join lateral (
        select app_hidden.plan_limit(put_on_plan.organization_id, resources.resource, put_on_plan.plan) as most
      ) as after
    where after.most is not null and (before.most is null or before.most > after.most)
  ) as lowered
  where lowered.used > lowered.most;
  if exceeded is not null then
    perform app_hidden.refuse('PLAN_TOO_SMALL', jsonb_build_object('plan', put_on_plan.plan, 'exceeded', exceeded));
  end if;
  update app_public.organizations set plan = put_on_plan.plan
  where organizations.id = put_on_plan.organization_id
  returning * into organization;
  return organization;
end;
$$;
revoke all on function app_hidden.put_on_plan(uuid, text) from public;
grant execute on function app_hidden.put_on_plan(uuid, text) to rowgate_writer;
comment on function app_hidden.put_on_plan(uuid, text) is
  'Changes an organization''s plan if what it has fits. Its caller holds off whoever books, and the organization''s row. Raises PLAN_TOO_SMALL, INVALID_INPUT.';

create or replace function app_hidden.plan_resources() returns table (resource text)
language sql immutable parallel safe
set search_path = ''
as $$
  values ('seats'), ('storage'), ('api_calls'), ('teams'), ('api_keys')
$$;
revoke all on function app_hidden.plan_resources() from public;
grant execute on function app_hidden.plan_resources() to rowgate_reader, rowgate_writer;
comment on function app_hidden.plan_resources() is 'What a plan limits.';
--! EndIncluded plans/change_plan.sql
--! Included plans/set_plan.sql
-- For the platform's administrator, as rowgate_owner; no visitor may execute it.
create or replace function app_hidden.set_plan(organization_id uuid, plan text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app_hidden.stop_usage(set_plan.organization_id);
  perform from app_public.organizations where organizations.id = set_plan.organization_id for no key update;
  perform app_hidden.put_on_plan(set_plan.organization_id, set_plan.plan);
end;
$$;
alter function app_hidden.set_plan(uuid, text) owner to rowgate_writer;
revoke all on function app_hidden.set_plan(uuid, text) from public;
grant execute on function app_hidden.set_plan(uuid, text) to rowgate_owner;
comment on function app_hidden.set_plan(uuid, text) is
  'Puts an organization on another plan, by the same rules as change_plan. Raises PLAN_TOO_SMALL, INVALID_INPUT.';
--! EndIncluded plans/set_plan.sql
--! Included plans/set_plan_override.sql
-- For the platform's administrator, as rowgate_owner; no visitor may execute it.
create or replace function app_hidden.set_plan_override(
  organization_id uuid, resource text, amount bigint, plan text default null
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app_hidden.stop_usage(set_plan_override.organization_id);
  perform from app_public.organizations where organizations.id = set_plan_override.organization_id for no key update;
  insert into app_private.plan_overrides (organization_id, plan, resource, amount)
  select organizations.id, coalesce(set_plan_override.plan, organizations.plan), set_plan_override.resource, set_plan_override.amount
  from app_public.organizations where organizations.id = set_plan_override.organization_id
  on conflict on constraint plan_overrides_pkey do update set amount = excluded.amount;
  perform app_hidden.keep_source_budget(set_plan_override.organization_id, null, 'plan',
    app_hidden.plan_limit(set_plan_override.organization_id, 'api_calls'));
end;
$$;
alter function app_hidden.set_plan_override(uuid, text, bigint, text) owner to rowgate_writer;
revoke all on function app_hidden.set_plan_override(uuid, text, bigint, text) from public;
grant execute on function app_hidden.set_plan_override(uuid, text, bigint, text) to rowgate_owner;
comment on function app_hidden.set_plan_override(uuid, text, bigint, text) is
  'Agrees a limit with one organization in the place of its plan''s: seats, storage (bytes), api_calls (a month), teams or api_keys; null: none. It counts as long as the organization is on that plan, the present one unless told.';

create or replace function app_hidden.reset_plan_override(organization_id uuid, resource text, plan text default null) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app_hidden.stop_usage(reset_plan_override.organization_id);
  perform from app_public.organizations where organizations.id = reset_plan_override.organization_id for no key update;
  delete from app_private.plan_overrides as overrides
  using app_public.organizations
  where organizations.id = reset_plan_override.organization_id and overrides.organization_id = organizations.id
    and overrides.plan = coalesce(reset_plan_override.plan, organizations.plan) and overrides.resource = reset_plan_override.resource;
  perform app_hidden.keep_source_budget(reset_plan_override.organization_id, null, 'plan',
    app_hidden.plan_limit(reset_plan_override.organization_id, 'api_calls'));
end;
$$;
alter function app_hidden.reset_plan_override(uuid, text, text) owner to rowgate_writer;
revoke all on function app_hidden.reset_plan_override(uuid, text, text) from public;
grant execute on function app_hidden.reset_plan_override(uuid, text, text) to rowgate_owner;
comment on function app_hidden.reset_plan_override(uuid, text, text) is 'Takes back what was agreed: the plan''s own limit counts again.';
--! EndIncluded plans/set_plan_override.sql
--! Included plans/quota.sql
-- SECURITY DEFINER, because it counts what its caller may not see one by one.
create or replace function app_public.quota(organization_id uuid default null) returns setof app_public.quota_line
language plpgsql stable security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_own_organization(quota.organization_id);
begin
  if not app_hidden.permits('quota:read') then
    perform app_hidden.refuse('FORBIDDEN', jsonb_build_object('permission', 'quota:read', 'organization_id', tenant));
  end if;
  return query
  select line.* from app_hidden.plan_resources() as known cross join lateral app_hidden.quota_line(tenant, known.resource) as line;
end;
$$;
alter function app_public.quota(uuid) owner to rowgate_reader;
revoke all on function app_public.quota(uuid) from public;
grant execute on function app_public.quota(uuid) to rowgate_user, rowgate_key;
comment on function app_public.quota(uuid) is
  'What the plan of an organization of yours, or of the chosen one, allows of each resource, and how much is used. Needs quota:read. Raises FORBIDDEN, TENANT_FORBIDDEN and what choosing an organization raises.';

create or replace function app_hidden.quota_line(organization_id uuid, resource text) returns app_public.quota_line
language plpgsql stable
set search_path = ''
as $$
declare
  line app_public.quota_line;
  calls record;
begin
  line.resource := quota_line.resource;
  line.limit_amount := app_hidden.plan_limit(quota_line.organization_id, quota_line.resource);
  if quota_line.resource = 'api_calls' then
    calls := app_hidden.plan_calls(quota_line.organization_id);
    line.used := calls.used;
    line.resets_at := calls.resets_at;
  else
    line.used := app_hidden.plan_used(quota_line.organization_id, quota_line.resource);
  end if;
  line.remaining := greatest(0, line.limit_amount - line.used);
  line.over := coalesce(greatest(0, line.used - line.limit_amount), 0);
  if line.limit_amount is null then
    line.remaining := null;
  end if;
  return line;
end;
$$;
revoke all on function app_hidden.quota_line(uuid, text) from public;
grant execute on function app_hidden.quota_line(uuid, text) to rowgate_reader, rowgate_writer;
comment on function app_hidden.quota_line(uuid, text) is 'One resource of an organization''s quota.';

comment on type app_public.quota_line is 'One resource that an organization''s plan limits.';
comment on column app_public.quota_line.resource is
  'seats (members), storage (bytes), api_calls (metered requests of this month, held ones too), teams, or api_keys (those not revoked).';
comment on column app_public.quota_line.limit_amount is 'How much there may be; null: any amount.';
comment on column app_public.quota_line.used is 'How much there is.';
comment on column app_public.quota_line.remaining is 'How much is left; 0 when there is too much, null without a limit.';
comment on column app_public.quota_line.over is 'How much there is above the limit.';
comment on column app_public.quota_line.resets_at is 'When it begins anew; null for what does not.';
--! EndIncluded plans/quota.sql
--! Included plans/report_storage.sql
-- A fact is never refused: what is stored is stored. The answer tells whether there is room, so that whoever reports can refuse the
-- next upload. SECURITY DEFINER, because no visitor may write the figures.
create or replace function app_public.report_storage(
  bytes bigint, source text default 'default', measured_at timestamptz default null
) returns app_public.quota_line
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('storage:report');
begin
  -- The clock of whoever reports may run ahead a little: that is taken as now.
  if report_storage.measured_at > now() + interval '5 minutes' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'measured_at: not in the future.'));
  end if;
  if not exists (
    select from app_public.storage_use as known where known.organization_id = tenant and known.source = report_storage.source
  ) then
    perform app_hidden.require_fewer('sources of storage',
      (select count(*) from app_public.storage_use as known where known.organization_id = tenant), 1000);
  end if;
  -- The latest measurement counts, in whatever order they come in and however often; of two at the same instant the larger one.
  insert into app_public.storage_use as known (organization_id, source, bytes, measured_at)
  values (tenant, report_storage.source, report_storage.bytes, coalesce(least(report_storage.measured_at, now()), now()))
  on conflict on constraint storage_use_pkey do update
  set bytes = excluded.bytes, measured_at = excluded.measured_at
  where (known.measured_at, known.bytes) < (excluded.measured_at, excluded.bytes);
  perform app_hidden.announce_quota(tenant, 'storage');
  return app_hidden.quota_line(tenant, 'storage');
end;
$$;
alter function app_public.report_storage(bigint, text, timestamptz) owner to rowgate_writer;
revoke all on function app_public.report_storage(bigint, text, timestamptz) from public;
grant execute on function app_public.report_storage(bigint, text, timestamptz) to rowgate_user, rowgate_key;
comment on function app_public.report_storage(bigint, text, timestamptz) is
  'Says how many bytes a source of the chosen organization holds, all in all. The latest measurement of a source counts, so a report can be repeated and come late. It is never refused for the plan: the answer is the storage''s line of quota, whose "over" says what is too much. An organization has at most 1,000 sources. Needs storage:report. Raises FORBIDDEN, INVALID_INPUT.';
--! EndIncluded plans/report_storage.sql

--! Included health/announce_incident.sql
-- Called in the transaction that opens or closes. A rule that wants more than an incident needs is asked again while it lasts; the end is
-- told to whom the beginning was told.
create or replace function app_hidden.announce_incident(incident app_public.health_incidents) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  rule app_public.alert_rules;
  step int;
begin
  for rule in
    select * from app_public.alert_rules as rules
    where rules.organization_id = incident.organization_id and rules.kind = 'errors'
    order by rules.id
  loop
    foreach step in array rule.thresholds loop
      continue when case when incident.ended_at is null
        then incident.errors * 100::bigint < incident.requests * step::bigint
        else not exists (
          select from app_public.alert_events as events
          where events.organization_id = rule.organization_id and events.rule_id = rule.id
            and events.occasion = concat_ws('/', incident.id, 'began', step)
        ) end;
      perform app_hidden.raise_alert(rule,
        concat_ws('/', incident.id, case when incident.ended_at is null then 'began' else 'ended' end, step),
        jsonb_build_object(
          'incident_id', incident.id, 'threshold', step, 'state', case when incident.ended_at is null then 'began' else 'ended' end,
          'started_at', app_hidden.as_instant(incident.started_at), 'ended_at', app_hidden.as_instant(incident.ended_at),
          'requests', incident.requests, 'errors', incident.errors));
    end loop;
  end loop;
end;
$$;
revoke all on function app_hidden.announce_incident(app_public.health_incidents) from public;
grant execute on function app_hidden.announce_incident(app_public.health_incidents) to rowgate_writer;
comment on function app_hidden.announce_incident(app_public.health_incidents) is
  'Raises the alerts about an incident that began or ended, for the rules whose share of failing requests it reaches or had reached.';
--! EndIncluded health/announce_incident.sql
--! Included health/judge_health.sql
-- Needs no clock of its own: whoever reports calls it. The open incident's unique row and its ended_at make both
-- messages go out exactly once, whoever else judges at the same time.
create or replace function app_hidden.judge_health(settled timestamptz) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  incident app_public.health_incidents;
begin
  for incident in
    insert into app_public.health_incidents (organization_id, started_at, requests, errors)
    select run.organization_id, run.started_at, total.requests, total.errors
    from (
        -- Failing minutes with none between them that went well. What is more than 15 minutes back is an old story.
        select bad.organization_id, min(bad.minute) as started_at
        from app_public.health_minutes as bad
        where bad.failing
          and bad.minute >= settled - interval '15 minutes' and bad.minute < settled
          and not exists (
            select from app_public.health_minutes as good
            where good.organization_id = bad.organization_id
              and good.minute > bad.minute and good.minute < settled
              and good.requests > 0 and not good.failing
          )
          and not exists (
            select from app_public.health_incidents as earlier
            where earlier.organization_id = bad.organization_id
              and (earlier.ended_at is null or earlier.ended_at > bad.minute)
          )
        group by bad.organization_id
        having max(bad.minute) - min(bad.minute) >= interval '4 minutes' and max(bad.minute) >= settled - interval '5 minutes'
      ) as run
      cross join lateral (
        select sum(minutes.requests) as requests, sum(minutes.errors) as errors
        from app_public.health_minutes as minutes
        where minutes.organization_id = run.organization_id and minutes.minute >= run.started_at
      ) as total
    order by run.organization_id
    on conflict (organization_id) where ended_at is null do nothing
    returning *
  loop
    perform app_hidden.announce_incident(incident);
  end loop;

  -- What still lasts may have become worse: the last 5 minutes tell.
  for incident in
    select * from app_public.health_incidents as lasting where lasting.ended_at is null order by lasting.organization_id
  loop
    select coalesce(sum(minutes.requests), 0), coalesce(sum(minutes.errors), 0) into incident.requests, incident.errors
    from app_public.health_minutes as minutes
    where minutes.organization_id = incident.organization_id
      and minutes.minute >= settled - interval '5 minutes' and minutes.minute < settled;
    if incident.errors > 0 then
      perform app_hidden.announce_incident(incident);
    end if;
  end loop;

  for incident in
    update app_public.health_incidents as incidents
    set ended_at = total.ended_at, requests = total.requests, errors = total.errors
    from app_public.health_incidents as lasting
      cross join lateral (
        select coalesce(sum(minutes.requests), 0) as requests, coalesce(sum(minutes.errors), 0) as errors,
          coalesce(max(minutes.minute) filter (where minutes.failing) + interval '1 minute', lasting.opened_at) as ended_at
        from app_public.health_minutes as minutes
        where minutes.organization_id = lasting.organization_id
          and minutes.minute >= lasting.started_at and minutes.minute < settled
      ) as total
    where incidents.ended_at is null and lasting.ended_at is null and lasting.id = incidents.id
      and not exists (
        select from app_public.health_minutes as bad
        where bad.organization_id = incidents.organization_id
          and bad.failing and bad.minute >= settled - interval '5 minutes' and bad.minute < settled
      )
    returning incidents.*
  loop
    perform app_hidden.announce_incident(incident);
  end loop;
end;
$$;
revoke all on function app_hidden.judge_health(timestamptz) from public;
grant execute on function app_hidden.judge_health(timestamptz) to rowgate_writer;
comment on function app_hidden.judge_health(timestamptz) is
  'Opens an incident for every organization of which more than 5 % of the requests have failed for 5 minutes, closes it when that is over for 5 minutes, and raises their alerts. Looks at the minutes before the given one, of which all is known.';
--! EndIncluded health/judge_health.sql
--! Included health/record_health.sql
-- SECURITY DEFINER, because nobody who makes requests may write how they were answered. Only rowgate_monitor may call it:
-- a role that the processes take for this and that no request runs as.
create or replace function app_hidden.record_health(minutes jsonb) returns table (organization_id uuid, slug text)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  -- In order, so that processes that report at the same time wait for each other and never in a circle.
  insert into app_public.health_minutes as known
    (organization_id, minute, requests, errors, refused, duration_ms, slowest_ms, jobs_done, jobs_failed)
  select report.organization_id, date_trunc('minute', report.minute), sum(report.requests), sum(report.errors),
    sum(report.refused), sum(report.duration_ms), max(report.slowest_ms), sum(report.jobs_done), sum(report.jobs_failed)
  from jsonb_to_recordset(record_health.minutes) as report (
      organization_id uuid, minute timestamptz, requests int, errors int, refused int, duration_ms bigint, slowest_ms int,
      jobs_done int, jobs_failed int
    )
    join app_public.organizations on organizations.id = report.organization_id and organizations.status <> 'deleted'
  where report.minute between now() - interval '1 hour' and now() + interval '1 minute'
  group by 1, 2
  order by 1, 2
  on conflict on constraint health_minutes_pkey do update set
    requests = known.requests + excluded.requests,
    errors = known.errors + excluded.errors,
    refused = known.refused + excluded.refused,
    duration_ms = known.duration_ms + excluded.duration_ms,
    slowest_ms = greatest(known.slowest_ms, excluded.slowest_ms),
    jobs_done = known.jobs_done + excluded.jobs_done,
    jobs_failed = known.jobs_failed + excluded.jobs_failed;

  -- Of the minutes that ended 20 seconds ago all processes have told, which do so every 10.
  perform app_hidden.judge_health(date_trunc('minute', now() - interval '20 seconds'));

  -- A little each time, and never waiting for another process that does the same.
  delete from app_public.health_minutes as old
  using (
    select aged.organization_id, aged.minute
    from app_public.health_minutes as aged
    where aged.minute < now() - interval '7 days'
    order by aged.minute
    limit 10000
    for update skip locked
  ) as forgotten
  where old.organization_id = forgotten.organization_id and old.minute = forgotten.minute;

  return query
    select organizations.id, organizations.slug
    from app_public.organizations
    where organizations.id in (
      select (report ->> 'organization_id')::uuid from jsonb_array_elements(record_health.minutes) as report
    );
end;
$$;
alter function app_hidden.record_health(jsonb) owner to rowgate_writer;
revoke all on function app_hidden.record_health(jsonb) from public;
grant execute on function app_hidden.record_health(jsonb) to rowgate_monitor;
comment on function app_hidden.record_health(jsonb) is
  'Adds what a process counted to the minutes of all its tenants, opens and closes incidents, forgets minutes after 7 days; answers the slugs of the tenants. An array of objects with organization_id, minute, requests, errors, refused, duration_ms, slowest_ms, jobs_done, jobs_failed.';
--! EndIncluded health/record_health.sql
--! Included health/figures.sql
-- SECURITY DEFINER, because it reads across tenants, for whoever runs the platform. Only rowgate_monitor may call it.
create or replace function app_hidden.figures(organization_ids uuid[])
returns table (name text, organization_id uuid, currency text, value numeric)
language sql stable security definer
set search_path = ''
as $$
  select 'active_keys', null::uuid, '', count(*)::numeric
  from app_public.org_api_keys
  where org_api_keys.status = 'active' and (org_api_keys.expires_at is null or org_api_keys.expires_at > now())
  union all
  select 'organizations', null, '', count(*) from app_public.organizations where organizations.status <> 'deleted'
  union all
  select 'open_incidents', null, '', count(*) from app_public.health_incidents where health_incidents.ended_at is null
  union all
  select 'tenant_active_keys', org_api_keys.organization_id, '', count(*)
  from app_public.org_api_keys
  where org_api_keys.organization_id = any (figures.organization_ids)
    and org_api_keys.status = 'active' and (org_api_keys.expires_at is null or org_api_keys.expires_at > now())
  group by org_api_keys.organization_id
  union all
  select 'tenant_usage_cost', usage_records.organization_id, usage_records.currency, sum(usage_records.cost)
  from app_public.usage_records
  where usage_records.organization_id = any (figures.organization_ids)
    and usage_records.occurred_at > now() - interval '5 minutes'
  group by usage_records.organization_id, usage_records.currency
  union all
  -- Of several budgets of the whole organization, the one that is fullest.
  select budget.* from (
    select distinct on (period.organization_id, period.currency)
      period.organization_id, period.currency, period.limit_amount, shards.settled
    from app_public.budget_periods as period
      join app_public.budgets on budgets.organization_id = period.organization_id and budgets.id = period.budget_id
      cross join lateral (
        select sum(parts.settled) as settled from app_public.budget_shards as parts
        where parts.organization_id = period.organization_id and parts.budget_id = period.budget_id
          and parts.starts_at = period.starts_at
      ) as shards
    where period.organization_id = any (figures.organization_ids) and budgets.level = 'organization' and budgets.unit = 'money'
      and not period.paused and period.starts_at <= now() and period.ends_at > now()
    order by period.organization_id, period.currency, shards.settled / nullif(period.limit_amount, 0) desc nulls last
  ) as fullest
    cross join lateral (
      values ('tenant_budget_limit', fullest.organization_id, fullest.currency, fullest.limit_amount),
        ('tenant_budget_spent', fullest.organization_id, fullest.currency, fullest.settled)
    ) as budget;
$$;
alter function app_hidden.figures(uuid[]) owner to rowgate_reader;
revoke all on function app_hidden.figures(uuid[]) from public;
grant execute on function app_hidden.figures(uuid[]) to rowgate_monitor;
comment on function app_hidden.figures(uuid[]) is
  'What /metrics tells from the database: figures of the whole platform, and those of the named organizations: active keys, cost recorded in the last 5 minutes, the fullest of the organization''s own budgets in its current period.';
--! EndIncluded health/figures.sql
--! Included health/health.sql
-- Runs as the caller: whoever may see the minutes may see their sum.
create or replace function app_public.health(minutes int default 60) returns app_public.health_summary
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('health:read');
  summary app_public.health_summary;
begin
  if health.minutes is null or health.minutes not between 1 and 10080 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'minutes: 1 to 10,080, which are 7 days.'));
  end if;
  summary.since := date_trunc('minute', now()) - make_interval(mins => health.minutes);
  select coalesce(sum(known.requests), 0), coalesce(sum(known.errors), 0), coalesce(sum(known.refused), 0),
    round(coalesce(sum(known.requests), 0) / extract(epoch from now() - summary.since), 4),
    round(sum(known.errors)::numeric / nullif(sum(known.requests), 0), 4),
    round(sum(known.duration_ms) / nullif(sum(known.requests), 0), 1),
    max(known.slowest_ms), coalesce(sum(known.jobs_done), 0), coalesce(sum(known.jobs_failed), 0),
    round(sum(known.jobs_done)::numeric / nullif(sum(known.jobs_done) + sum(known.jobs_failed), 0), 4)
  into summary.requests, summary.errors, summary.refused, summary.requests_per_second, summary.error_rate,
    summary.mean_ms, summary.slowest_ms, summary.jobs_done, summary.jobs_failed, summary.job_success_rate
  from app_public.health_minutes as known
  where known.organization_id = tenant and known.minute >= summary.since;
  summary.failing := exists (
    select from app_public.health_incidents
    where health_incidents.organization_id = tenant and health_incidents.ended_at is null
  );
  return summary;
end;
$$;
revoke all on function app_public.health(int) from public;
grant execute on function app_public.health(int) to rowgate_user;
comment on function app_public.health(int) is
  'How the chosen organization was served in the last minutes (1 to 10,080) and the one that runs. Needs health:read. Raises FORBIDDEN, INVALID_INPUT.';

comment on type app_public.health_summary is 'How an organization was served for some time.';
comment on column app_public.health_summary.since is 'The beginning of that time.';
comment on column app_public.health_summary.requests is 'Requests that were answered.';
comment on column app_public.health_summary.errors is 'Those of them that failed on our side.';
comment on column app_public.health_summary.refused is 'Those of them that were refused, by a budget for example.';
comment on column app_public.health_summary.requests_per_second is 'Requests in a second, on average.';
comment on column app_public.health_summary.error_rate is 'The share of requests that failed, 0 to 1; null without requests.';
comment on column app_public.health_summary.mean_ms is 'How long an answer took on average, in milliseconds; null without requests.';
comment on column app_public.health_summary.slowest_ms is 'How long the slowest answer took, in milliseconds; null without requests.';
comment on column app_public.health_summary.jobs_done is 'Jobs that were done, e-mails for example.';
comment on column app_public.health_summary.jobs_failed is 'Attempts at a job that failed.';
comment on column app_public.health_summary.job_success_rate is 'The share of attempts at a job that succeeded, 0 to 1; null without any.';
comment on column app_public.health_summary.failing is 'Whether an incident lasts: see healthIncidents.';
--! EndIncluded health/health.sql
--! Included rates/rate_limits.sql
select app_hidden.protect('app_private.rate_limits');

grant select on app_private.rate_limits to rowgate_reader, rowgate_writer;
grant insert (scope, plan, organization_id, rate, burst), update (rate, burst), delete on app_private.rate_limits to rowgate_writer;

create policy select_reader on app_private.rate_limits for select to rowgate_reader using (true);
create policy select_writer on app_private.rate_limits for select to rowgate_writer using (true);
create policy insert_writer on app_private.rate_limits for insert to rowgate_writer with check (true);
create policy update_writer on app_private.rate_limits for update to rowgate_writer using (true) with check (true);
create policy delete_writer on app_private.rate_limits for delete to rowgate_writer using (true);

comment on table app_private.rate_limits is
  'Rate limits that differ from app_hidden.usual_rate_limits(): of one organization, of a plan, or of everybody. '
  'Requests per second, and how many at once. app_hidden.set_rate_limit writes them.';
--! EndIncluded rates/rate_limits.sql
--! Included rates/usual_rate_limits.sql
-- What is allowed where app_private.rate_limits says nothing else. An API key has its own limit in its row.
create or replace function app_hidden.usual_rate_limits() returns table (scope text, rate int, burst int)
language sql immutable parallel safe
set search_path = ''
as $$
  values ('person', 10, 100), ('tenant', 100, 1000), ('global', 1000, 10000)
$$;
revoke all on function app_hidden.usual_rate_limits() from public;
grant execute on function app_hidden.usual_rate_limits() to rowgate_reader, rowgate_writer;
comment on function app_hidden.usual_rate_limits() is
  'The rate limits of everybody: requests per second of a person, an organization and the whole deployment, and how many at once.';
--! EndIncluded rates/usual_rate_limits.sql
--! Included rates/set_rate_limit.sql
-- For the platform's administrator, as rowgate_owner; no visitor may execute it.
create or replace function app_hidden.set_rate_limit(
  scope text,
  rate int,
  burst int,
  plan text default null,
  organization_id uuid default null
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if set_rate_limit.rate is null then
    delete from app_private.rate_limits as limits
    where limits.scope = set_rate_limit.scope
      and limits.plan is not distinct from set_rate_limit.plan
      and limits.organization_id is not distinct from set_rate_limit.organization_id;
    return;
  end if;
  insert into app_private.rate_limits (scope, plan, organization_id, rate, burst)
  values (set_rate_limit.scope, set_rate_limit.plan, set_rate_limit.organization_id, set_rate_limit.rate, set_rate_limit.burst)
  on conflict on constraint rate_limits_once do update set rate = excluded.rate, burst = excluded.burst;
end;
$$;
alter function app_hidden.set_rate_limit(text, int, int, text, uuid) owner to rowgate_writer;
revoke all on function app_hidden.set_rate_limit(text, int, int, text, uuid) from public;
grant execute on function app_hidden.set_rate_limit(text, int, int, text, uuid) to rowgate_owner;
comment on function app_hidden.set_rate_limit(text, int, int, text, uuid) is
  'Sets a rate limit: requests per second, and how many at once (burst). scope: global, tenant or person; for a plan, an '
  'organization, or everybody. A rate of null takes it back. The API follows within 5 seconds.';
--! EndIncluded rates/set_rate_limit.sql
--! Included rates/request_limits.sql
-- The buckets that a request of this caller takes from, the narrowest first. The server counts and SQL says how much: it asks
-- in the transaction of a request, at most every few seconds for one credential.
create or replace function app_hidden.request_limits()
returns table (scope text, principal uuid, quota int, seconds int, burst int)
language sql stable security definer
set search_path = ''
as $$
  select 'key', org_api_keys.id, org_api_keys.rate_limit, 60, org_api_keys.rate_limit
  from app_public.org_api_keys
  where org_api_keys.id = app_hidden.current_key_id()
  union all
  (
    select usual.scope, scopes.principal, narrowest.rate, 1, narrowest.burst
    from (values
        (1, 'person', app_hidden.current_user_id()),
        (2, 'tenant', app_hidden.current_organization_id()),
        (3, 'global', null)
      ) as scopes (place, scope, principal)
      join app_hidden.usual_rate_limits() as usual on usual.scope = scopes.scope
      left join app_public.organizations on organizations.id = app_hidden.current_organization_id()
      cross join lateral (
        select candidates.rate, candidates.burst
        from (
          select limits.rate, limits.burst, case when limits.organization_id is not null then 1 when limits.plan is not null then 2 else 3 end
          from app_private.rate_limits as limits
          where limits.scope = scopes.scope
            and (limits.plan is null or limits.plan = organizations.plan)
            and (limits.organization_id is null or limits.organization_id = organizations.id)
          union all
          select usual.rate, usual.burst, 4
        ) as candidates (rate, burst, width)
        order by candidates.width
        limit 1
      ) as narrowest
    where scopes.principal is not null or scopes.scope = 'global'
    order by scopes.place
  );
$$;
alter function app_hidden.request_limits() owner to rowgate_reader;
revoke all on function app_hidden.request_limits() from public;
grant execute on function app_hidden.request_limits() to rowgate_anonymous, rowgate_user, rowgate_key;
comment on function app_hidden.request_limits() is
  'The rate limits of this request: scope (key, person, tenant, global), whose (null for global), how many in how many '
  'seconds, and how many at once. The last row is global.';
--! EndIncluded rates/request_limits.sql

--! Included rest/plain_event.sql
-- What a REST body says of one event, as the verbs name it. A CloudEvent wraps the same: its id is the idempotency key, its time when
-- the use occurred, its data the rest; extensions of the envelope are not for us. A name that no event has is refused, because a
-- misspelt "cost" would otherwise be priced, and not charged as sent.
create or replace function app_hidden.plain_event(event jsonb, known text[], place int default null) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  plain jsonb := event;
  stranger text;
begin
  if jsonb_typeof(event) is distinct from 'object' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_strip_nulls(jsonb_build_object('place', place, 'rule', 'An event is an object.')));
  end if;
  if event ? 'specversion' then
    if event ->> 'specversion' is distinct from '1.0' or jsonb_typeof(event -> 'data') is distinct from 'object' then
      perform app_hidden.refuse('INVALID_INPUT', jsonb_strip_nulls(jsonb_build_object('place', place,
        'rule', 'A CloudEvent has the specversion 1.0, and an object as its data.')));
    end if;
    plain := event -> 'data' || jsonb_build_object('idempotency_key', event -> 'id')
      || case when event ? 'time' then jsonb_build_object('occurred_at', event -> 'time') else '{}' end;
  end if;
  select name into stranger from jsonb_object_keys(plain) as name where name <> all (known) limit 1;
  if found then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_strip_nulls(jsonb_build_object('place', place,
      'rule', 'An event has these: ' || array_to_string(known, ', ') || '.')));
  end if;
  return plain;
end;
$$;
revoke all on function app_hidden.plain_event(jsonb, text[], int) from public;
grant execute on function app_hidden.plain_event(jsonb, text[], int) to rowgate_user, rowgate_key;
comment on function app_hidden.plain_event(jsonb, text[], int) is
  'An event of a REST body, plain or as a CloudEvent, as an object with the names of the verbs. known: the names that it may have. Raises INVALID_INPUT, with its place in a batch.';

create or replace function app_hidden.event_names() returns text[]
language sql immutable parallel safe
set search_path = ''
as $$
  select array['idempotency_key', 'service', 'model', 'cost', 'currency', 'tokens_in', 'tokens_out', 'requests', 'team_id', 'user_id',
    'occurred_at', 'errors']
$$;
revoke all on function app_hidden.event_names() from public;
grant execute on function app_hidden.event_names() to rowgate_user, rowgate_key;
comment on function app_hidden.event_names() is 'What a recorded event may have: the arguments of record_usage.';
--! EndIncluded rest/plain_event.sql
--! Included rest/record_events.sql
-- The bodies of POST /v1/usage and /v1/usage/batch. They are read here, so that no number passes through a double on its way.
create or replace function app_hidden.record_event(body jsonb) returns app_public.usage_records
language plpgsql volatile
set search_path = ''
as $$
declare
  event record;
begin
  select * into event
  from jsonb_to_record(app_hidden.plain_event(body, app_hidden.event_names())) as sent (
    idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint,
    requests bigint, team_id uuid, user_id uuid, occurred_at timestamptz, errors bigint
  );
  return app_public.record_usage(event.idempotency_key, event.service, event.model, event.cost, event.currency,
    coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0), coalesce(event.requests, 1), event.team_id, event.user_id,
    event.occurred_at, coalesce(event.errors, 0));
end;
$$;
revoke all on function app_hidden.record_event(jsonb) from public;
grant execute on function app_hidden.record_event(jsonb) to rowgate_user, rowgate_key;
comment on function app_hidden.record_event(jsonb) is
  'record_usage for one event of a REST body. Raises what plain_event and record_usage raise.';

create or replace function app_hidden.record_events(body jsonb) returns setof app_public.usage_answer
language plpgsql volatile
set search_path = ''
as $$
declare
  events constant jsonb := case jsonb_typeof(body) when 'object' then body -> 'events' else body end;
begin
  -- Whether it is a list of events at all, record_usage_batch says.
  if jsonb_typeof(events) = 'array' and jsonb_array_length(events) between 1 and 10000 then
    return query select * from app_public.record_usage_batch((
      select jsonb_agg(app_hidden.plain_event(sent.event, app_hidden.event_names(), sent.place::int) order by sent.place)
      from jsonb_array_elements(events) with ordinality as sent (event, place)
    ));
  else
    return query select * from app_public.record_usage_batch(events);
  end if;
end;
$$;
revoke all on function app_hidden.record_events(jsonb) from public;
grant execute on function app_hidden.record_events(jsonb) to rowgate_user, rowgate_key;
comment on function app_hidden.record_events(jsonb) is
  'record_usage_batch for a REST body: an array of events, or an object with it as events. An event with a name that none has refuses the whole body before anything is recorded. Raises what plain_event and record_usage_batch raise.';
--! EndIncluded rest/record_events.sql
--! Included rest/holds.sql
-- The bodies of POST /v1/usage/authorize, /v1/usage/settle and /v1/usage/release.
create or replace function app_hidden.authorize_event(body jsonb) returns app_public.usage_holds
language plpgsql volatile
set search_path = ''
as $$
declare
  event record;
begin
  select * into event
  from jsonb_to_record(app_hidden.plain_event(body, array_replace(array_remove(app_hidden.event_names(), 'errors'), 'occurred_at', 'hold_seconds'))) as sent (
    idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint,
    requests bigint, team_id uuid, user_id uuid, hold_seconds int
  );
  return app_public.authorize_usage(event.idempotency_key, event.service, event.model, event.cost, event.currency,
    coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0), coalesce(event.requests, 1), event.team_id, event.user_id,
    coalesce(event.hold_seconds, 600));
end;
$$;
revoke all on function app_hidden.authorize_event(jsonb) from public;
grant execute on function app_hidden.authorize_event(jsonb) to rowgate_user, rowgate_key;
comment on function app_hidden.authorize_event(jsonb) is
  'authorize_usage for a REST body. Raises what plain_event and authorize_usage raise.';

create or replace function app_hidden.settle_event(body jsonb) returns app_public.usage_records
language plpgsql volatile
set search_path = ''
as $$
declare
  event record;
begin
  select * into event
  from jsonb_to_record(app_hidden.plain_event(body, array['hold_id', 'cost', 'currency', 'tokens_in', 'tokens_out', 'requests'])) as sent (
    hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint
  );
  return app_public.settle_usage(event.hold_id, event.cost, event.currency, event.tokens_in, event.tokens_out, event.requests);
end;
$$;
revoke all on function app_hidden.settle_event(jsonb) from public;
grant execute on function app_hidden.settle_event(jsonb) to rowgate_user, rowgate_key;
comment on function app_hidden.settle_event(jsonb) is 'settle_usage for a REST body. Raises what plain_event and settle_usage raise.';

create or replace function app_hidden.release_event(body jsonb) returns app_public.usage_holds
language plpgsql volatile
set search_path = ''
as $$
begin
  return app_public.release_usage((app_hidden.plain_event(body, array['hold_id']) ->> 'hold_id')::uuid);
end;
$$;
revoke all on function app_hidden.release_event(jsonb) from public;
grant execute on function app_hidden.release_event(jsonb) to rowgate_user, rowgate_key;
comment on function app_hidden.release_event(jsonb) is 'release_usage for a REST body. Raises what plain_event and release_usage raise.';
--! EndIncluded rest/holds.sql

--! Included alerts/require_alert_channels.sql
-- The organization is locked first, as everywhere: what changes rules and channels comes one after the other, and no period opens beside it.
create or replace function app_hidden.manage_alerts() returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('alert:manage');
begin
  perform from app_public.organizations where organizations.id = tenant for no key update;
  return tenant;
end;
$$;
revoke all on function app_hidden.manage_alerts() from public;
grant execute on function app_hidden.manage_alerts() to rowgate_writer;
comment on function app_hidden.manage_alerts() is
  'The chosen organization, locked until commit, if the caller may change its alerts. Raises FORBIDDEN and what require_organization raises.';

create or replace function app_hidden.lock_alert_channel(channel_id uuid) returns app_public.alert_channels
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.manage_alerts();
  channel app_public.alert_channels;
begin
  select * into channel from app_public.alert_channels as channels
  where channels.organization_id = tenant and channels.id = lock_alert_channel.channel_id
  for no key update;
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'channel_id: a channel of the organization.'));
  end if;
  return channel;
end;
$$;
revoke all on function app_hidden.lock_alert_channel(uuid) from public;
grant execute on function app_hidden.lock_alert_channel(uuid) to rowgate_writer;
comment on function app_hidden.lock_alert_channel(uuid) is 'A channel of the chosen organization, locked until commit. Raises FORBIDDEN, NOT_FOUND.';

create or replace function app_hidden.lock_alert_rule(rule_id uuid) returns app_public.alert_rules
language plpgsql volatile
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.manage_alerts();
  rule app_public.alert_rules;
begin
  select * into rule from app_public.alert_rules as rules
  where rules.organization_id = tenant and rules.id = lock_alert_rule.rule_id
  for no key update;
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'rule_id: an alert rule of the organization.'));
  end if;
  return rule;
end;
$$;
revoke all on function app_hidden.lock_alert_rule(uuid) from public;
grant execute on function app_hidden.lock_alert_rule(uuid) to rowgate_writer;
comment on function app_hidden.lock_alert_rule(uuid) is 'An alert rule of the chosen organization, locked until commit. Raises FORBIDDEN, NOT_FOUND.';

create or replace function app_hidden.set_rule_channels(rule app_public.alert_rules, channel_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if exists (
    select from unnest(channel_ids) as chosen
    where not exists (
      select from app_public.alert_channels as channels
      where channels.organization_id = rule.organization_id and channels.id = chosen
    )
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'channel_ids: channels of the organization.'));
  end if;
  delete from app_public.alert_rule_channels as old
  where old.organization_id = rule.organization_id and old.rule_id = rule.id and old.channel_id <> all (channel_ids);
  insert into app_public.alert_rule_channels (organization_id, rule_id, channel_id)
  select distinct rule.organization_id, rule.id, chosen from unnest(channel_ids) as chosen
  on conflict do nothing;
end;
$$;
revoke all on function app_hidden.set_rule_channels(app_public.alert_rules, uuid[]) from public;
grant execute on function app_hidden.set_rule_channels(app_public.alert_rules, uuid[]) to rowgate_writer;
comment on function app_hidden.set_rule_channels(app_public.alert_rules, uuid[]) is
  'Makes these the channels of a rule; none is allowed. Raises NOT_FOUND.';
--! EndIncluded alerts/require_alert_channels.sql
--! Included alerts/apply_alert_thresholds.sql
-- A rule's thresholds are barriers for what a budget lends out, so a change of rules changes the current periods, as a change of a budget
-- does; a period that nobody has met takes them when it opens. What a new threshold finds crossed is told at once.
create or replace function app_hidden.apply_alert_thresholds(rule app_public.alert_rules) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  budget app_public.budgets;
  period app_public.budget_periods;
begin
  if rule.kind not in ('threshold', 'quota') then
    return;
  end if;
  for budget in
    select * from app_public.budgets
    where budgets.organization_id = rule.organization_id and coalesce(rule.budget_id, budgets.id) = budgets.id
      and (budgets.source = 'plan') = (rule.kind = 'quota')
    order by budgets.id
    for no key update
  loop
    select * into period from app_public.budget_periods as periods
    where periods.organization_id = budget.organization_id and periods.budget_id = budget.id
      and periods.starts_at <= now() and periods.ends_at > now();
    continue when not found;
    period := app_hidden.lock_period(period.organization_id, period.budget_id, period.starts_at);
    update app_public.budget_periods as periods set thresholds = app_hidden.watched_thresholds(budget)
    where periods.organization_id = period.organization_id and periods.budget_id = period.budget_id
      and periods.starts_at = period.starts_at and periods.thresholds <> app_hidden.watched_thresholds(budget)
    returning * into period;
    if found then
      perform app_hidden.share_out(period, 0, announce => false);
    else
      select * into period from app_public.budget_periods as periods
      where periods.organization_id = budget.organization_id and periods.budget_id = budget.id
        and periods.starts_at <= now() and periods.ends_at > now();
    end if;
    perform app_hidden.announce_crossing(alerts, period, rule.id)
    from app_public.budget_alerts as alerts
    where alerts.organization_id = period.organization_id and alerts.budget_id = period.budget_id
      and alerts.starts_at = period.starts_at and alerts.limit_version = period.limit_version
      and alerts.threshold = any (rule.thresholds)
    order by alerts.threshold;
  end loop;
end;
$$;
revoke all on function app_hidden.apply_alert_thresholds(app_public.alert_rules) from public;
grant execute on function app_hidden.apply_alert_thresholds(app_public.alert_rules) to rowgate_writer;
comment on function app_hidden.apply_alert_thresholds(app_public.alert_rules) is
  'Brings a new, changed or deleted rule about budgets into force in their current periods, and raises its alerts for what is crossed already.';
--! EndIncluded alerts/apply_alert_thresholds.sql
--! Included alerts/create_alert_channel.sql
create or replace function app_public.create_alert_channel(
  kind text, name text, url text default null, user_id uuid default null, digest boolean default false
) returns app_public.created_alert_channel
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.manage_alerts();
  channel app_public.alert_channels;
  secret constant text := case when kind = 'webhook' then app_hidden.new_signing_secret() end;
begin
  perform app_hidden.require_fewer('channels',
    (select count(*) from app_public.alert_channels as channels where channels.organization_id = tenant), 20);
  if create_alert_channel.user_id is not null and not exists (
    select from app_public.members
    where members.organization_id = tenant and members.user_id = create_alert_channel.user_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'user_id: a member of the organization.'));
  end if;
  insert into app_public.alert_channels (organization_id, kind, name, host, user_id, digest, created_by)
  values (tenant, create_alert_channel.kind, trim(create_alert_channel.name), app_hidden.host_of(create_alert_channel.url),
    create_alert_channel.user_id, create_alert_channel.digest, app_hidden.current_user_id())
  returning * into channel;
  if channel.kind <> 'email' then
    insert into app_private.alert_channel_secrets (organization_id, channel_id, url, secret)
    values (tenant, channel.id, create_alert_channel.url, secret);
  end if;
  perform app_hidden.audit(tenant, 'alert_channel:created', 'alert_channel', channel.id,
    jsonb_build_object('kind', channel.kind, 'name', channel.name, 'host', channel.host, 'user_id', channel.user_id));
  return row(secret, channel);
end;
$$;
alter function app_public.create_alert_channel(text, text, text, uuid, boolean) owner to rowgate_writer;
revoke all on function app_public.create_alert_channel(text, text, text, uuid, boolean) from public;
grant execute on function app_public.create_alert_channel(text, text, text, uuid, boolean) to rowgate_user;
comment on function app_public.create_alert_channel(text, text, text, uuid, boolean) is
  'Makes a channel for alerts. kind: email (to userId, or to whom an alert concerns; digest: once a day), webhook or slack (to url, an https address; both are sent JSON). A webhook is signed with the secret of the answer, which is shown only here. At most 20. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
comment on type app_public.created_alert_channel is 'A channel for alerts, and the secret that its webhooks are signed with.';
comment on column app_public.created_alert_channel.secret is
  'What a webhook is signed with, as in Standard Webhooks: whsec_ and Base64. It can''t be shown again. Null for other kinds.';
comment on column app_public.created_alert_channel.alert_channel is 'The channel.';

create or replace function app_hidden.new_signing_secret() returns text
language sql volatile
set search_path = ''
as $$
  select 'whsec_' || encode(sha256(convert_to(app_hidden.new_secret(''), 'UTF8')), 'base64');
$$;
revoke all on function app_hidden.new_signing_secret() from public;
grant execute on function app_hidden.new_signing_secret() to rowgate_writer;
comment on function app_hidden.new_signing_secret() is 'A secret of 256 bits in the form of Standard Webhooks.';

create or replace function app_hidden.host_of(url text) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select case when url is not null then coalesce(lower(substring(url from '^https?://([^/?#]*)')), '') end;
$$;
revoke all on function app_hidden.host_of(text) from public;
grant execute on function app_hidden.host_of(text) to rowgate_writer;
comment on function app_hidden.host_of(text) is 'The host and port of an address; empty if it is none.';
--! EndIncluded alerts/create_alert_channel.sql
--! Included alerts/update_alert_channel.sql
create or replace function app_public.update_alert_channel(
  channel_id uuid, name text default null, url text default null, digest boolean default null
) returns app_public.alert_channels
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.alert_channels := app_hidden.lock_alert_channel(channel_id);
  channel app_public.alert_channels;
begin
  update app_public.alert_channels as channels
  set name = coalesce(trim(update_alert_channel.name), before.name), digest = coalesce(update_alert_channel.digest, before.digest),
    host = coalesce(app_hidden.host_of(update_alert_channel.url), before.host)
  where channels.organization_id = before.organization_id and channels.id = before.id
  returning * into channel;
  update app_private.alert_channel_secrets as secrets set url = update_alert_channel.url
  where secrets.organization_id = before.organization_id and secrets.channel_id = before.id and update_alert_channel.url is not null;
  perform app_hidden.audit(channel.organization_id, 'alert_channel:updated', 'alert_channel', channel.id,
    app_hidden.changes(to_jsonb(before), to_jsonb(channel), '{name,host,digest}'));
  return channel;
end;
$$;
alter function app_public.update_alert_channel(uuid, text, text, boolean) owner to rowgate_writer;
revoke all on function app_public.update_alert_channel(uuid, text, text, boolean) from public;
grant execute on function app_public.update_alert_channel(uuid, text, text, boolean) to rowgate_user;
comment on function app_public.update_alert_channel(uuid, text, text, boolean) is
  'Changes a channel; what is left out stays. The secret of a webhook stays the same. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded alerts/update_alert_channel.sql
--! Included alerts/enable_alert_channel.sql
create or replace function app_public.enable_alert_channel(channel_id uuid) returns app_public.alert_channels
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.alert_channels := app_hidden.lock_alert_channel(channel_id);
  channel app_public.alert_channels;
begin
  update app_public.alert_channels as channels set status = 'active', failing_since = null
  where channels.organization_id = before.organization_id and channels.id = before.id
  returning * into channel;
  perform app_hidden.audit(channel.organization_id, 'alert_channel:enabled', 'alert_channel', channel.id);
  return channel;
end;
$$;
alter function app_public.enable_alert_channel(uuid) owner to rowgate_writer;
revoke all on function app_public.enable_alert_channel(uuid) from public;
grant execute on function app_public.enable_alert_channel(uuid) to rowgate_user;
comment on function app_public.enable_alert_channel(uuid) is
  'Takes a disabled channel into use again, for what comes; resendAlert sends what was missed. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded alerts/enable_alert_channel.sql
--! Included alerts/rotate_alert_channel_secret.sql
create or replace function app_public.rotate_alert_channel_secret(channel_id uuid) returns app_public.created_alert_channel
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  channel constant app_public.alert_channels := app_hidden.lock_alert_channel(channel_id);
  new_secret constant text := app_hidden.new_signing_secret();
begin
  if channel.kind <> 'webhook' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'channel_id: a webhook; nothing else is signed.'));
  end if;
  update app_private.alert_channel_secrets as secrets
  set old_secret = secrets.secret, old_until = now() + interval '24 hours', secret = new_secret
  where secrets.organization_id = channel.organization_id and secrets.channel_id = channel.id;
  perform app_hidden.audit(channel.organization_id, 'alert_channel:rotated', 'alert_channel', channel.id);
  return row(new_secret, channel);
end;
$$;
alter function app_public.rotate_alert_channel_secret(uuid) owner to rowgate_writer;
revoke all on function app_public.rotate_alert_channel_secret(uuid) from public;
grant execute on function app_public.rotate_alert_channel_secret(uuid) to rowgate_user;
comment on function app_public.rotate_alert_channel_secret(uuid) is
  'Gives a webhook a new secret, which is shown only here. For 24 hours what is sent is signed with the old one as well. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded alerts/rotate_alert_channel_secret.sql
--! Included alerts/delete_alert_channel.sql
create or replace function app_public.delete_alert_channel(channel_id uuid) returns app_public.alert_channels
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  channel constant app_public.alert_channels := app_hidden.lock_alert_channel(channel_id);
begin
  delete from app_public.alert_channels as channels
  where channels.organization_id = channel.organization_id and channels.id = channel.id;
  perform app_hidden.audit(channel.organization_id, 'alert_channel:deleted', 'alert_channel', channel.id,
    jsonb_build_object('kind', channel.kind, 'name', channel.name, 'host', channel.host));
  return channel;
end;
$$;
alter function app_public.delete_alert_channel(uuid) owner to rowgate_writer;
revoke all on function app_public.delete_alert_channel(uuid) from public;
grant execute on function app_public.delete_alert_channel(uuid) to rowgate_user;
comment on function app_public.delete_alert_channel(uuid) is
  'Deletes a channel with the log of its deliveries; rules go on without it. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded alerts/delete_alert_channel.sql
--! Included alerts/create_alert_rule.sql
create or replace function app_public.create_alert_rule(
  kind text,
  name text,
  thresholds int[] default null,
  budget_id uuid default null,
  resource text default null,
  minimum numeric default 0,
  channel_ids uuid[] default null
) returns app_public.alert_rules
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.manage_alerts();
  rule app_public.alert_rules;
begin
  perform app_hidden.require_fewer('alert rules',
    (select count(*) from app_public.alert_rules as rules where rules.organization_id = tenant), 100);
  if create_alert_rule.budget_id is not null and not exists (
    select from app_public.budgets where budgets.organization_id = tenant and budgets.id = create_alert_rule.budget_id
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'budget_id: a budget of the organization.'));
  end if;
  insert into app_public.alert_rules (organization_id, kind, name, budget_id, resource, thresholds, minimum, created_by)
  values (tenant, create_alert_rule.kind, trim(create_alert_rule.name), create_alert_rule.budget_id, create_alert_rule.resource,
    app_hidden.sorted(create_alert_rule.thresholds), trim_scale(create_alert_rule.minimum), app_hidden.current_user_id())
  returning * into rule;
  perform app_hidden.set_rule_channels(rule, coalesce(create_alert_rule.channel_ids, array(
    select channels.id from app_public.alert_channels as channels where channels.organization_id = tenant
  )));
  perform app_hidden.apply_alert_thresholds(rule);
  perform app_hidden.audit(tenant, 'alert_rule:created', 'alert_rule', rule.id, jsonb_strip_nulls(jsonb_build_object(
    'kind', rule.kind, 'name', rule.name, 'thresholds', rule.thresholds, 'budget_id', rule.budget_id, 'resource', rule.resource)));
  return rule;
end;
$$;
alter function app_public.create_alert_rule(text, text, int[], uuid, text, numeric, uuid[]) owner to rowgate_writer;
revoke all on function app_public.create_alert_rule(text, text, int[], uuid, text, numeric, uuid[]) from public;
grant execute on function app_public.create_alert_rule(text, text, int[], uuid, text, numeric, uuid[]) to rowgate_user;
comment on function app_public.create_alert_rule(text, text, int[], uuid, text, numeric, uuid[]) is
  'Makes an alert rule. kind: threshold, forecast, spike, errors, key_expiry, quota or unpriced; thresholds as alertRules says for each. channelIds: where its alerts go, every channel of the organization unless told. A threshold of a budget that is crossed already is told at once. At most 100. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded alerts/create_alert_rule.sql
--! Included alerts/update_alert_rule.sql
create or replace function app_public.update_alert_rule(
  rule_id uuid, name text default null, thresholds int[] default null, minimum numeric default null, channel_ids uuid[] default null
) returns app_public.alert_rules
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  before constant app_public.alert_rules := app_hidden.lock_alert_rule(rule_id);
  rule app_public.alert_rules;
begin
  update app_public.alert_rules as rules
  set name = coalesce(trim(update_alert_rule.name), before.name),
    thresholds = coalesce(app_hidden.sorted(update_alert_rule.thresholds), before.thresholds),
    minimum = coalesce(trim_scale(update_alert_rule.minimum), before.minimum)
  where rules.organization_id = before.organization_id and rules.id = before.id
  returning * into rule;
  if update_alert_rule.channel_ids is not null then
    perform app_hidden.set_rule_channels(rule, update_alert_rule.channel_ids);
  end if;
  if rule.thresholds is distinct from before.thresholds then
    perform app_hidden.apply_alert_thresholds(rule);
  end if;
  perform app_hidden.audit(rule.organization_id, 'alert_rule:updated', 'alert_rule', rule.id,
    app_hidden.changes(to_jsonb(before), to_jsonb(rule), '{name,thresholds,minimum}'));
  return rule;
end;
$$;
alter function app_public.update_alert_rule(uuid, text, int[], numeric, uuid[]) owner to rowgate_writer;
revoke all on function app_public.update_alert_rule(uuid, text, int[], numeric, uuid[]) from public;
grant execute on function app_public.update_alert_rule(uuid, text, int[], numeric, uuid[]) to rowgate_user;
comment on function app_public.update_alert_rule(uuid, text, int[], numeric, uuid[]) is
  'Changes an alert rule; what is left out stays, and channelIds are all that it has then. It counts at once: a new threshold of a budget that is crossed already is told. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded alerts/update_alert_rule.sql
--! Included alerts/mute_alert_rule.sql
create or replace function app_public.mute_alert_rule(rule_id uuid, until timestamptz default '9999-12-31T00:00:00Z') returns app_public.alert_rules
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  rule app_public.alert_rules := app_hidden.lock_alert_rule(rule_id);
begin
  if until is null then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'until: a moment; one that is over ends the silence.'));
  end if;
  update app_public.alert_rules as rules set muted_until = least(until, '9999-12-31T00:00:00Z')
  where rules.organization_id = rule.organization_id and rules.id = rule.id
  returning * into rule;
  perform app_hidden.audit(rule.organization_id, 'alert_rule:muted', 'alert_rule', rule.id, jsonb_build_object('until', until));
  return rule;
end;
$$;
alter function app_public.mute_alert_rule(uuid, timestamptz) owner to rowgate_writer;
revoke all on function app_public.mute_alert_rule(uuid, timestamptz) from public;
grant execute on function app_public.mute_alert_rule(uuid, timestamptz) to rowgate_user;
comment on function app_public.mute_alert_rule(uuid, timestamptz) is
  'Silences a rule until a moment, for good unless told: its alerts are listed and sent nowhere, also not later. A moment that is over ends it. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';
--! EndIncluded alerts/mute_alert_rule.sql
--! Included alerts/delete_alert_rule.sql
create or replace function app_public.delete_alert_rule(rule_id uuid) returns app_public.alert_rules
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  rule constant app_public.alert_rules := app_hidden.lock_alert_rule(rule_id);
begin
  delete from app_public.alert_rules as rules where rules.organization_id = rule.organization_id and rules.id = rule.id;
  perform app_hidden.apply_alert_thresholds(rule);
  perform app_hidden.audit(rule.organization_id, 'alert_rule:deleted', 'alert_rule', rule.id,
    jsonb_build_object('kind', rule.kind, 'name', rule.name));
  return rule;
end;
$$;
alter function app_public.delete_alert_rule(uuid) owner to rowgate_writer;
revoke all on function app_public.delete_alert_rule(uuid) from public;
grant execute on function app_public.delete_alert_rule(uuid) to rowgate_user;
comment on function app_public.delete_alert_rule(uuid) is
  'Deletes an alert rule with its alerts and their deliveries; muteAlertRule keeps them. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded alerts/delete_alert_rule.sql
--! Included alerts/acknowledge_alert.sql
create or replace function app_public.acknowledge_alert(alert_id uuid) returns app_public.alert_events
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('alert:manage');
  event app_public.alert_events;
begin
  -- The first one stays.
  update app_public.alert_events as events
  set acknowledged_at = coalesce(events.acknowledged_at, now()),
    acknowledged_by = coalesce(events.acknowledged_by, app_hidden.current_user_id())
  where events.organization_id = tenant and events.id = acknowledge_alert.alert_id
  returning * into event;
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'alert_id: an alert of the organization.'));
  end if;
  return event;
end;
$$;
alter function app_public.acknowledge_alert(uuid) owner to rowgate_writer;
revoke all on function app_public.acknowledge_alert(uuid) from public;
grant execute on function app_public.acknowledge_alert(uuid) to rowgate_user;
comment on function app_public.acknowledge_alert(uuid) is
  'Says that you take an alert on; whoever was first stays. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND.';
--! EndIncluded alerts/acknowledge_alert.sql
--! Included alerts/resend_alert.sql
-- The same delivery again, and so the same webhook-id: a receiver that has it already knows it.
create or replace function app_public.resend_alert(delivery_id uuid) returns app_public.alert_deliveries
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_permission('alert:manage');
  delivery app_public.alert_deliveries;
begin
  update app_public.alert_deliveries as deliveries
  set status = 'pending', attempts = 0, resends = deliveries.resends + 1, problem = null, response_status = null, digest_id = null
  where deliveries.organization_id = tenant and deliveries.id = resend_alert.delivery_id
  returning * into delivery;
  if not found then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'delivery_id: a delivery of the organization.'));
  end if;
  if exists (
    select from app_public.alert_channels as channels
    where channels.organization_id = tenant and channels.id = delivery.channel_id and channels.status = 'disabled'
  ) then
    perform app_hidden.refuse('CHANNEL_DISABLED');
  end if;
  perform app_hidden.queue_delivery(delivery);
  return delivery;
end;
$$;
alter function app_public.resend_alert(uuid) owner to rowgate_writer;
revoke all on function app_public.resend_alert(uuid) from public;
grant execute on function app_public.resend_alert(uuid) to rowgate_user;
comment on function app_public.resend_alert(uuid) is
  'Makes a delivery again, whatever became of it, at once and with the same webhook-id. Needs alert:manage. Raises FORBIDDEN, NOT_FOUND, CHANNEL_DISABLED.';
--! EndIncluded alerts/resend_alert.sql
--! Included alerts/begin_delivery.sql
-- A job's two steps around the sending itself. Everything is read again: what is no longer to be sent is skipped. SECURITY DEFINER, because
-- of the secrets; the organization is the job's.
create or replace function app_hidden.begin_delivery(delivery_id uuid) returns table (
  channel text, url text, secrets text[], email text, name text, locale text, time_zone text, organization text, kind text, facts jsonb,
  body text, occurred_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  delivery app_public.alert_deliveries;
  event app_public.alert_events;
  via app_public.alert_channels;
begin
  select * into delivery from app_public.alert_deliveries as deliveries
  where deliveries.organization_id = tenant and deliveries.id = begin_delivery.delivery_id and deliveries.status = 'pending'
  for no key update;
  if not found then
    return;
  end if;
  select * into strict event from app_public.alert_events as events where events.organization_id = tenant and events.id = delivery.event_id;
  select * into strict via from app_public.alert_channels as channels where channels.organization_id = tenant and channels.id = delivery.channel_id;
  if via.status = 'disabled' or not app_hidden.alert_stands(event) or not app_hidden.is_alert_recipient(delivery, via, event) then
    update app_public.alert_deliveries as deliveries set status = 'skipped'
    where deliveries.organization_id = tenant and deliveries.id = delivery.id;
    return;
  end if;
  update app_public.alert_deliveries as deliveries set attempts = deliveries.attempts + 1, attempted_at = now()
  where deliveries.organization_id = tenant and deliveries.id = delivery.id;
  return query
  select via.kind, secrets.url, array_remove(array[secrets.secret, case when secrets.old_until > now() then secrets.old_secret end], null), users.email, users.name, coalesce(users.locale, organizations.locale),
    coalesce(users.time_zone, organizations.time_zone), organizations.name, event.kind, event.facts,
    jsonb_build_object('type', 'alert.' || event.kind, 'timestamp', app_hidden.as_instant(event.created_at), 'data',
      event.facts || jsonb_build_object('alert_id', event.id, 'rule_id', rules.id, 'rule', rules.name,
        'organization_id', tenant, 'organization', organizations.name))::text,
    event.created_at
  from app_public.organizations
    join app_public.alert_rules as rules on rules.organization_id = organizations.id and rules.id = event.rule_id
    left join app_private.alert_channel_secrets as secrets on secrets.organization_id = organizations.id and secrets.channel_id = via.id
    left join app_public.users on users.id = delivery.user_id
  where organizations.id = tenant;
end;
$$;
alter function app_hidden.begin_delivery(uuid) owner to rowgate_writer;
revoke all on function app_hidden.begin_delivery(uuid) from public;
grant execute on function app_hidden.begin_delivery(uuid) to rowgate_job;
comment on function app_hidden.begin_delivery(uuid) is
  'Counts an attempt at a delivery and answers what it takes; no row when there is nothing to send.';

create or replace function app_hidden.is_alert_recipient(
  delivery app_public.alert_deliveries, via app_public.alert_channels, event app_public.alert_events
) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return delivery.user_id is null or delivery.user_id is not distinct from via.user_id
    or delivery.user_id in (
      select audience.user_id from app_hidden.alert_audience(event.organization_id, event.kind, event.facts) as audience
    );
end;
$$;
revoke all on function app_hidden.is_alert_recipient(app_public.alert_deliveries, app_public.alert_channels, app_public.alert_events)
  from public;
grant execute on function app_hidden.is_alert_recipient(app_public.alert_deliveries, app_public.alert_channels, app_public.alert_events)
  to rowgate_writer;
comment on function app_hidden.is_alert_recipient(app_public.alert_deliveries, app_public.alert_channels, app_public.alert_events) is
  'Whether a delivery still has somebody whom its alert concerns; a webhook always has.';
--! EndIncluded alerts/begin_delivery.sql
--! Included alerts/end_delivery.sql
-- A channel is disabled when a delivery was tried long enough and nothing else was taken meanwhile, or when the receiver says that it is
-- gone (410). Whoever manages alerts is told, by e-mail that is no alert.
create or replace function app_hidden.end_delivery(
  delivery_id uuid, delivered boolean, response_status int default null, problem text default null
) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  most constant int := 13;
  delivery app_public.alert_deliveries;
begin
  update app_public.alert_deliveries as deliveries
  set response_status = end_delivery.response_status, problem = left(end_delivery.problem, 500),
    delivered_at = case when end_delivery.delivered then now() end,
    status = case when end_delivery.delivered then 'delivered'
      when deliveries.attempts >= most or end_delivery.response_status = 410 then 'failed' else 'pending' end
  where deliveries.organization_id = tenant and deliveries.id = end_delivery.delivery_id and deliveries.status = 'pending'
  returning * into delivery;
  if not found then
    return false;
  end if;
  if delivery.status = 'delivered' then
    update app_public.alert_channels as channels set failing_since = null
    where channels.organization_id = tenant and channels.id = delivery.channel_id and channels.failing_since is not null;
    return false;
  end if;
  -- A mail goes by our own server: that it fails is no fault of the channel.
  if delivery.user_id is null then
    update app_public.alert_channels as channels set failing_since = now()
    where channels.organization_id = tenant and channels.id = delivery.channel_id and channels.failing_since is null;
  end if;
  if delivery.status = 'failed' and delivery.user_id is null then
    perform app_hidden.disable_channel(delivery);
  end if;
  return delivery.status = 'pending';
end;
$$;
alter function app_hidden.end_delivery(uuid, boolean, int, text) owner to rowgate_writer;
revoke all on function app_hidden.end_delivery(uuid, boolean, int, text) from public;
grant execute on function app_hidden.end_delivery(uuid, boolean, int, text) to rowgate_job;
comment on function app_hidden.end_delivery(uuid, boolean, int, text) is
  'Writes down how an attempt at a delivery went; answers whether it is to be tried again.';

create or replace function app_hidden.disable_channel(delivery app_public.alert_deliveries) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  channel app_public.alert_channels;
begin
  update app_public.alert_channels as channels set status = 'disabled'
  where channels.organization_id = delivery.organization_id and channels.id = delivery.channel_id and channels.status = 'active'
    and (delivery.response_status = 410 or not exists (
      select from app_public.alert_deliveries as others
      where others.organization_id = delivery.organization_id and others.channel_id = delivery.channel_id
        and others.delivered_at > now() - interval '12 hours'
    ))
  returning * into channel;
  if found then
    perform app_hidden.enqueue(channel.organization_id, 'alerts/channel_disabled',
      jsonb_build_object('channel_id', channel.id, 'user_id', holder), concat_ws(':', delivery.id, holder))
    from app_hidden.holders(channel.organization_id, 'alert:manage') as holder;
  end if;
end;
$$;
revoke all on function app_hidden.disable_channel(app_public.alert_deliveries) from public;
grant execute on function app_hidden.disable_channel(app_public.alert_deliveries) to rowgate_writer;
comment on function app_hidden.disable_channel(app_public.alert_deliveries) is
  'Disables the channel of a delivery that was given up, unless it took others, and queues e-mails to whoever holds alert:manage.';

create or replace function app_hidden.channel_disabled_mail(channel_id uuid, user_id uuid)
returns table (email text, name text, locale text, time_zone text, organization text, channel text, host text, failing_since timestamptz)
language sql stable
set search_path = ''
as $$
  select users.email, users.name, coalesce(users.locale, organizations.locale), coalesce(users.time_zone, organizations.time_zone),
    organizations.name, channels.name, channels.host, channels.failing_since
  from app_public.alert_channels as channels
    join app_public.organizations on organizations.id = channels.organization_id
    join app_public.users on users.id = channel_disabled_mail.user_id
  where channels.id = channel_disabled_mail.channel_id and channels.status = 'disabled'
    and channel_disabled_mail.user_id in (select app_hidden.holders(channels.organization_id, 'alert:manage'));
$$;
revoke all on function app_hidden.channel_disabled_mail(uuid, uuid) from public;
grant execute on function app_hidden.channel_disabled_mail(uuid, uuid) to rowgate_job;
comment on function app_hidden.channel_disabled_mail(uuid, uuid) is
  'What the e-mail about a disabled channel says, and to whom; no row when it is in use again or the recipient no longer holds alert:manage.';
--! EndIncluded alerts/end_delivery.sql
--! Included alerts/digests.sql
-- Run by the worker's clock, as often as it likes: a digest is made of what waited when it was 8 o'clock last, and of what came since.
create or replace function app_hidden.queue_digests() returns int
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  due record;
  digest uuid;
  queued int := 0;
begin
  for due in
    select waiting.organization_id, waiting.channel_id, waiting.user_id
    from app_public.alert_deliveries as waiting
      join app_public.organizations on organizations.id = waiting.organization_id and organizations.status = 'active'
    where waiting.status = 'waiting' and waiting.digest_id is null
      and waiting.created_at < app_hidden.period_start('day', now() - interval '8 hours', organizations.time_zone) + interval '8 hours'
    group by 1, 2, 3
    order by 1, 2, 3
  loop
    digest := app_hidden.uuid_v7();
    update app_public.alert_deliveries as deliveries set digest_id = digest
    where deliveries.organization_id = due.organization_id and deliveries.channel_id = due.channel_id
      and deliveries.user_id = due.user_id and deliveries.status = 'waiting' and deliveries.digest_id is null;
    continue when not found;
    perform app_hidden.enqueue(due.organization_id, 'alerts/digest', jsonb_build_object('digest_id', digest), digest::text);
    queued := queued + 1;
  end loop;
  return queued;
end;
$$;
alter function app_hidden.queue_digests() owner to rowgate_writer;
revoke all on function app_hidden.queue_digests() from public;
grant execute on function app_hidden.queue_digests() to rowgate_job;
comment on function app_hidden.queue_digests() is
  'Queues an e-mail for each person and channel whose alerts have waited past 8 o''clock in the organization''s time zone; answers how many.';

create or replace function app_hidden.begin_digest(digest_id uuid) returns table (
  email text, name text, locale text, time_zone text, organization text, kind text, facts jsonb, occurred_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
begin
  update app_public.alert_deliveries as deliveries set status = 'skipped'
  from app_public.alert_events as events, app_public.alert_channels as channels
  where deliveries.organization_id = tenant and deliveries.digest_id = begin_digest.digest_id and deliveries.status = 'waiting'
    and events.organization_id = tenant and events.id = deliveries.event_id
    and channels.organization_id = tenant and channels.id = deliveries.channel_id
    and not (app_hidden.alert_stands(events) and app_hidden.is_alert_recipient(deliveries, channels, events));
  update app_public.alert_deliveries as deliveries set attempts = deliveries.attempts + 1, attempted_at = now()
  where deliveries.organization_id = tenant and deliveries.digest_id = begin_digest.digest_id and deliveries.status = 'waiting';
  return query
  select users.email, users.name, coalesce(users.locale, organizations.locale), coalesce(users.time_zone, organizations.time_zone),
    organizations.name, events.kind, events.facts, events.created_at
  from app_public.alert_deliveries as deliveries
    join app_public.alert_events as events on events.organization_id = tenant and events.id = deliveries.event_id
    join app_public.organizations on organizations.id = tenant
    join app_public.users on users.id = deliveries.user_id
  where deliveries.organization_id = tenant and deliveries.digest_id = begin_digest.digest_id and deliveries.status = 'waiting'
  order by events.created_at, deliveries.id;
end;
$$;
alter function app_hidden.begin_digest(uuid) owner to rowgate_writer;
revoke all on function app_hidden.begin_digest(uuid) from public;
grant execute on function app_hidden.begin_digest(uuid) to rowgate_job;
comment on function app_hidden.begin_digest(uuid) is
  'What a digest says, alert by alert, and to whom; without those that are no longer true or concern its recipient no more.';

create or replace function app_hidden.end_digest(digest_id uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app_public.alert_deliveries as deliveries set status = 'delivered', delivered_at = now()
  where deliveries.organization_id = app_hidden.current_organization_id() and deliveries.digest_id = end_digest.digest_id
    and deliveries.status = 'waiting';
end;
$$;
alter function app_hidden.end_digest(uuid) owner to rowgate_writer;
revoke all on function app_hidden.end_digest(uuid) from public;
grant execute on function app_hidden.end_digest(uuid) to rowgate_job;
comment on function app_hidden.end_digest(uuid) is 'Writes down that a digest went out.';
--! EndIncluded alerts/digests.sql
--! Included alerts/look_for_alerts.sql
-- What nobody's transaction makes true, but time: the worker looks. Which organizations have such rules says the first function, and the
-- second looks in one of them; run twice, too late or not for a while, each occasion is one alert.
create or replace function app_hidden.organizations_to_look_at() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select distinct rules.organization_id
  from app_public.alert_rules as rules
    join app_public.organizations on organizations.id = rules.organization_id and organizations.status = 'active'
  where rules.kind in ('forecast', 'spike');
end;
$$;
alter function app_hidden.organizations_to_look_at() owner to rowgate_writer;
revoke all on function app_hidden.organizations_to_look_at() from public;
grant execute on function app_hidden.organizations_to_look_at() to rowgate_job;
comment on function app_hidden.organizations_to_look_at() is 'The organizations that have alert rules of the kinds forecast and spike.';

create or replace function app_hidden.look_for_alerts() returns int
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  rule app_public.alert_rules;
  raised int := 0;
begin
  for rule in
    select * from app_public.alert_rules as rules
    where rules.organization_id = app_hidden.current_organization_id() and rules.kind in ('forecast', 'spike')
    order by rules.id
  loop
    raised := raised + case rule.kind when 'forecast' then app_hidden.look_at_forecasts(rule) else app_hidden.look_at_day(rule) end;
  end loop;
  return raised;
end;
$$;
alter function app_hidden.look_for_alerts() owner to rowgate_writer;
revoke all on function app_hidden.look_for_alerts() from public;
grant execute on function app_hidden.look_for_alerts() to rowgate_job;
comment on function app_hidden.look_for_alerts() is
  'Raises the alerts of the job''s organization about budgets that will not last and days that cost more than usual; answers how many.';

create or replace function app_hidden.look_at_forecasts(rule app_public.alert_rules) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  due record;
  raised int := 0;
begin
  for due in
    select budgets, periods, forecast.*
    from app_public.budgets
      join app_public.budget_periods as periods
        on periods.organization_id = budgets.organization_id and periods.budget_id = budgets.id
      cross join lateral app_hidden.budget_forecast(budgets.id) as forecast
    where budgets.organization_id = rule.organization_id and coalesce(rule.budget_id, budgets.id) = budgets.id
      and budgets.kind = 'limit' and not periods.paused and periods.starts_at <= now() and periods.ends_at > now()
      and forecast.runs_out_on < periods.ends_at
    order by budgets.id
  loop
    if app_hidden.raise_alert(rule,
        concat_ws('/', (due.periods).budget_id, app_hidden.as_instant((due.periods).starts_at), (due.periods).limit_version),
        app_hidden.budget_facts(due.budgets, due.periods) || jsonb_build_object(
          'limit', trim_scale((due.periods).limit_amount)::text, 'expected', trim_scale(round(due.expected, 2))::text,
          'low', trim_scale(round(due.low, 2))::text, 'high', trim_scale(round(due.high, 2))::text,
          'runs_out_on', app_hidden.as_instant(due.runs_out_on))) then
      raised := raised + 1;
    end if;
  end loop;
  return raised;
end;
$$;
revoke all on function app_hidden.look_at_forecasts(app_public.alert_rules) from public;
grant execute on function app_hidden.look_at_forecasts(app_public.alert_rules) to rowgate_writer;
comment on function app_hidden.look_at_forecasts(app_public.alert_rules) is
  'Raises an alert for each budget that a rule watches and that will have run out before its period ends: once for a period and version of the limit.';

-- Today so far against whole days: what is above then is above for certain, and is told as soon as it is.
create or replace function app_hidden.look_at_day(rule app_public.alert_rules) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  organization app_public.organizations;
  today timestamptz;
  cost numeric;
  usual numeric;
  crossed int;
begin
  select * into strict organization from app_public.organizations where organizations.id = rule.organization_id;
  today := app_hidden.period_start('day', now(), organization.time_zone);
  cost := app_hidden.day_cost(organization, today);
  if cost < rule.minimum or cost <= 0 then
    return 0;
  end if;
  select avg(known.cost) into usual
  from generate_series(1, 4) as weeks
    cross join lateral (
      select app_hidden.day_cost(organization, app_hidden.period_start('day',
        (today at time zone organization.time_zone - weeks * interval '7 days') at time zone organization.time_zone,
        organization.time_zone)) as cost
    ) as known
  -- What was not there yet is no day without cost.
  where today - weeks * interval '7 days' >= organization.created_at;
  select max(step) into crossed from unnest(rule.thresholds) as step where usual > 0 and cost * 100 >= usual * step;
  if crossed is null then
    return 0;
  end if;
  return app_hidden.raise_alert(rule, concat_ws('/', to_char(today at time zone organization.time_zone, 'YYYY-MM-DD'), crossed),
    jsonb_build_object('day', to_char(today at time zone organization.time_zone, 'YYYY-MM-DD'), 'threshold', crossed,
      'cost', trim_scale(cost)::text, 'usual', trim_scale(round(usual, 2))::text, 'unit', organization.currency))::int;
end;
$$;
revoke all on function app_hidden.look_at_day(app_public.alert_rules) from public;
grant execute on function app_hidden.look_at_day(app_public.alert_rules) to rowgate_writer;
comment on function app_hidden.look_at_day(app_public.alert_rules) is
  'Raises an alert when today costs more than a rule''s percentage of the mean of the same weekday of the last 4 weeks: once for a day and threshold.';

create or replace function app_hidden.day_cost(organization app_public.organizations, starts_at timestamptz) returns numeric
language sql stable
set search_path = ''
as $$
  select coalesce(sum(sums.cost), 0)
  from app_hidden.usage_sums(true, 'day', day_cost.starts_at, app_hidden.period_end('day', day_cost.starts_at, organization.time_zone),
    organization.time_zone, null, null, null, null, null, null) as sums
  where sums.currency = organization.currency;
$$;
revoke all on function app_hidden.day_cost(app_public.organizations, timestamptz) from public;
grant execute on function app_hidden.day_cost(app_public.organizations, timestamptz) to rowgate_writer;
comment on function app_hidden.day_cost(app_public.organizations, timestamptz) is
  'What the job''s organization was charged on the day that begins then, in its currency.';
--! EndIncluded alerts/look_for_alerts.sql

--! Included live/announce_budgets.sql
-- Tells whoever watches an organization's budgets that one has moved: the channel has the organization's id, the notification the
-- budget's, and nothing else is told; whoever hears it reads the budget as its own caller.
--
-- NOTIFY takes one lock for all of PostgreSQL until the commit, so a notification a charge would let the charges commit one by one
-- (bench live, 64 connections: a fifth of the rate, against 0.96 as it is here).
-- Therefore each part of a counter announces at most once in a quarter of a second, and the n-th part n times as rarely: 256 parts
-- together come to 24 a second. The time stands in the part's own row, which the charge writes anyway, and the WHEN of the trigger
-- is all that the others pay. What falls between two notifications is found by whoever listens, who looks a little later.
--
-- SECURITY DEFINER as rowgate_worker, the only role that may notify; nobody else can name a channel.
create or replace function app_private.announce_charge() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  new.announced_at := clock_timestamp();
  perform pg_catalog.pg_notify('budgets:' || new.organization_id, new.budget_id::text);
  return new;
end;
$$;
alter function app_private.announce_charge() owner to rowgate_worker;
revoke all on function app_private.announce_charge() from public;
comment on function app_private.announce_charge() is 'Announces that a budget''s figures have moved.';

drop trigger if exists announce on app_public.budget_shards;
create trigger announce before update on app_public.budget_shards for each row
  when (
    (new.settled <> old.settled or new.held <> old.held)
    and old.announced_at < clock_timestamp() - (old.shard + 1) * interval '250 ms'
  )
  execute function app_private.announce_charge();

create or replace function app_private.announce_budget() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform pg_catalog.pg_notify('budgets:' || new.organization_id, to_jsonb(new) ->> tg_argv[0]);
  return null;
end;
$$;
alter function app_private.announce_budget() owner to rowgate_worker;
revoke all on function app_private.announce_budget() from public;
comment on function app_private.announce_budget() is 'Announces that a budget, or what is added to it, was made or changed, which is rare; the argument is the column with its id.';

drop trigger if exists announce on app_public.budgets;
create trigger announce after insert or update on app_public.budgets for each row
  execute function app_private.announce_budget('id');
drop trigger if exists announce on app_public.budget_raises;
create trigger announce after insert or update on app_public.budget_raises for each row
  execute function app_private.announce_budget('budget_id');
--! EndIncluded live/announce_budgets.sql
--! Included live/watch_budgets.sql
-- Runs as the caller, before a subscription begins and at every event of it.
create or replace function app_hidden.watch_budgets(organization_id uuid, budget_ids uuid[] default null)
returns table (channel text, budget_id uuid, state text)
language plpgsql stable
set search_path = ''
as $$
declare
  tenant constant uuid := app_hidden.require_own_organization(organization_id);
begin
  if not app_hidden.permits('budget:read') then
    perform app_hidden.refuse('FORBIDDEN', jsonb_build_object('permission', 'budget:read', 'organization_id', tenant));
  end if;
  -- The channel comes also where there is no budget yet.
  return query
  select 'budgets:' || tenant, seen.id, md5(seen.limit_version || seen.status || seen.updated_at || app_hidden.budget_state(seen)::text)
  from (select) as always
    left join app_public.budgets as seen
      on seen.organization_id = tenant
        and (watch_budgets.budget_ids is null or seen.id = any (watch_budgets.budget_ids));
end;
$$;
revoke all on function app_hidden.watch_budgets(uuid, uuid[]) from public;
grant execute on function app_hidden.watch_budgets(uuid, uuid[]) to rowgate_user, rowgate_key;
comment on function app_hidden.watch_budgets(uuid, uuid[]) is
  'What the caller sees of an organization''s budgets, all or these: each with a text that changes when it does. channel: where changes are announced. A row without a budget says that there is none. Raises FORBIDDEN and what require_own_organization raises.';
--! EndIncluded live/watch_budgets.sql

--! Included base/forget_expired.sql
-- What has ended, is nobody's business any more, and would pile up. Not the keys of idempotency: they count for good. Holds and records of
-- usage go by retire_usage; what is history stays: the audit, incidents, join codes, the secrets of keys. SECURITY DEFINER, because it
-- looks across tenants; run twice it is the same.
create or replace function app_hidden.forget_expired(most int) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  largest bigint;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  with sessions as (
    delete from app_private.sessions as rows
    where rows.id in (select old.id from app_private.sessions as old where old.expires_at < now() - interval '1 day' limit most)
    returning rows.id
  ),
  account_links as (
    delete from app_private.account_links as rows
    where rows.id in (select old.id from app_private.account_links as old where old.expires_at < now() - interval '1 day' limit most)
    returning rows.id
  ),
  attempts as (
    delete from app_private.sign_in_attempts as rows
    where rows.subject in (select old.subject from app_private.sign_in_attempts as old where old.ends_at < now() limit most)
    returning rows.subject
  ),
  invitations as (
    delete from app_public.invitations as rows
    where rows.id in (
      select old.id from app_public.invitations as old where coalesce(old.decided_at, old.expires_at) < now() - interval '90 days' limit most
    )
    returning rows.id
  ),
  join_requests as (
    delete from app_public.join_requests as rows
    where rows.id in (select old.id from app_public.join_requests as old where old.decided_at < now() - interval '90 days' limit most)
    returning rows.id
  ),
  deliveries as (
    delete from app_public.alert_deliveries as rows
    where rows.id in (
      select old.id from app_public.alert_deliveries as old
      where old.created_at < now() - interval '90 days' and old.status not in ('pending', 'waiting') limit most
    )
    returning rows.id
  ),
  alerts as (
    delete from app_public.alert_events as rows
    where rows.id in (
      select old.id from app_public.alert_events as old
      where old.created_at < now() - interval '400 days'
        -- Of a period without end an alert is told once, however long ago.
        and not exists (
          select from app_public.budgets
          where budgets.organization_id = old.organization_id and budgets.id::text = old.facts ->> 'budget_id' and budgets.period = 'total'
        )
      limit most
    )
    returning rows.id
  )
  select greatest((select count(*) from sessions), (select count(*) from account_links), (select count(*) from attempts),
    (select count(*) from invitations), (select count(*) from join_requests), (select count(*) from deliveries),
    (select count(*) from alerts))
  into largest;
  perform app_hidden.forget_dead_jobs();
  return largest = most;
end;
$$;
alter function app_hidden.forget_expired(int) owner to rowgate_writer;
revoke all on function app_hidden.forget_expired(int) from public;
grant execute on function app_hidden.forget_expired(int) to rowgate_job;
comment on function app_hidden.forget_expired(int) is
  'Deletes so many of each that ended a while ago: sessions, links and attempts to sign in (a day); invitations, requests to join, deliveries of alerts (90 days); alerts (400 days). Answers whether there are more. Only jobs may. Raises FORBIDDEN.';

-- Owned as app_hidden.enqueue is.
create or replace function app_hidden.forget_dead_jobs() returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  delete from graphile_worker._private_jobs as jobs
  where jobs.attempts >= jobs.max_attempts and jobs.locked_at is null and jobs.updated_at < now() - interval '90 days';
end;
$$;
alter function app_hidden.forget_dead_jobs() owner to rowgate_worker;
revoke all on function app_hidden.forget_dead_jobs() from public;
grant execute on function app_hidden.forget_dead_jobs() to rowgate_writer;
comment on function app_hidden.forget_dead_jobs() is 'Takes jobs out of the queue that failed too often, 90 days ago.';
--! EndIncluded base/forget_expired.sql
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
  where not rolsuper and rolname not in (session_user, 'rowgate_anonymous', 'rowgate_user', 'rowgate_key', 'rowgate_monitor')
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
  -- What a verb keeps in app_private came from its caller as well; only what has a comment is told.
  where pg_constraint.connamespace in ('app_public'::regnamespace, 'app_private'::regnamespace)
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
