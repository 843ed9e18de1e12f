--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: app_hidden; Type: SCHEMA; Schema: -; Owner: rowgate_owner
--

CREATE SCHEMA app_hidden;

ALTER SCHEMA app_hidden OWNER TO rowgate_owner;

--
-- Name: app_private; Type: SCHEMA; Schema: -; Owner: rowgate_owner
--

CREATE SCHEMA app_private;

ALTER SCHEMA app_private OWNER TO rowgate_owner;

--
-- Name: app_public; Type: SCHEMA; Schema: -; Owner: rowgate_owner
--

CREATE SCHEMA app_public;

ALTER SCHEMA app_public OWNER TO rowgate_owner;

--
-- Name: is_label(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.is_label(label text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select length(label) between 1 and 200
    and label !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';
$$;

ALTER FUNCTION app_hidden.is_label(label text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION is_label(label text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.is_label(label text) IS 'Whether a text can be a name: 1 to 200 characters, all of them visible.';

--
-- Name: uuid_v7(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.uuid_v7() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select pg_catalog.encode(
    pg_catalog.set_bit(pg_catalog.set_bit(
      overlay(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
        placing substring(pg_catalog.int8send((extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ), 52, 1), 53, 1),
    'hex')::uuid;
$$;

ALTER FUNCTION app_hidden.uuid_v7() OWNER TO rowgate_owner;

--
-- Name: FUNCTION uuid_v7(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.uuid_v7() IS 'A time-ordered UUID (RFC 9562, version 7): new rows land at the end of an index, and an id tells no count.';

SET default_table_access_method = heap;

--
-- Name: org_api_keys; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.org_api_keys (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    team_id uuid,
    name text NOT NULL,
    key_prefix text NOT NULL,
    rate_limit integer DEFAULT 100 NOT NULL,
    monthly_quota bigint DEFAULT 1000000 NOT NULL,
    scopes text[] NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    last_used_at timestamp with time zone,
    created_by uuid,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT org_api_keys_expiry_later CHECK (((expires_at > created_at) AND isfinite(expires_at))),
    CONSTRAINT org_api_keys_monthly_quota_range CHECK ((monthly_quota >= 0)),
    CONSTRAINT org_api_keys_name_length CHECK (app_hidden.is_label(name)),
    CONSTRAINT org_api_keys_prefix_form CHECK ((key_prefix ~ '^rg_[0-9a-f]{8}$'::text)),
    CONSTRAINT org_api_keys_rate_limit_range CHECK (((rate_limit >= 1) AND (rate_limit <= 1000000))),
    CONSTRAINT org_api_keys_status_known CHECK ((status = ANY (ARRAY['active'::text, 'revoked'::text])))
);

ALTER TABLE ONLY app_public.org_api_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.org_api_keys OWNER TO rowgate_owner;

--
-- Name: TABLE org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.org_api_keys IS 'API keys of an organization. The key itself is shown once, when it is created.';

--
-- Name: COLUMN org_api_keys.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.id IS 'The key''s id.';

--
-- Name: COLUMN org_api_keys.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.organization_id IS 'The organization that it acts for.';

--
-- Name: COLUMN org_api_keys.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.team_id IS 'The team that its usage is booked on unless the call names another; may be null.';

--
-- Name: COLUMN org_api_keys.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.name IS '@behavior orderBy
The name to show, 1 to 200 characters.';

--
-- Name: COLUMN org_api_keys.key_prefix; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.key_prefix IS 'The first characters of the key, to recognise it.';

--
-- Name: COLUMN org_api_keys.rate_limit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.rate_limit IS 'Requests per minute.';

--
-- Name: COLUMN org_api_keys.monthly_quota; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.monthly_quota IS 'Metered events per month.';

--
-- Name: COLUMN org_api_keys.scopes; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.scopes IS 'The permissions that it has: of those that a key can have, what its creator held when creating it.';

--
-- Name: COLUMN org_api_keys.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.status IS '@behavior filterBy
active or revoked; a revoked key is refused from the next request on.';

--
-- Name: COLUMN org_api_keys.last_used_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.last_used_at IS '@behavior orderBy
When it last recorded usage, to the minute.';

--
-- Name: COLUMN org_api_keys.created_by; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.created_by IS 'The member who created it.';

--
-- Name: COLUMN org_api_keys.expires_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.expires_at IS 'When it stops working; null: never.';

--
-- Name: COLUMN org_api_keys.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.created_at IS '@behavior orderBy
When it was created.';

--
-- Name: COLUMN org_api_keys.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.updated_at IS 'When its status was last changed.';

--
-- Name: CONSTRAINT org_api_keys_expiry_later ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_expiry_later ON app_public.org_api_keys IS 'expires_at: later than now, and not infinity.';

--
-- Name: CONSTRAINT org_api_keys_monthly_quota_range ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_monthly_quota_range ON app_public.org_api_keys IS 'monthly_quota: at least 0.';

--
-- Name: CONSTRAINT org_api_keys_name_length ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_name_length ON app_public.org_api_keys IS 'name: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT org_api_keys_prefix_form ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_prefix_form ON app_public.org_api_keys IS 'key_prefix: the first 11 characters of a key.';

--
-- Name: CONSTRAINT org_api_keys_rate_limit_range ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_rate_limit_range ON app_public.org_api_keys IS 'rate_limit: 1 to 1,000,000 requests per minute.';

--
-- Name: CONSTRAINT org_api_keys_status_known ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_status_known ON app_public.org_api_keys IS 'status: active or revoked.';

--
-- Name: created_api_key; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.created_api_key AS (
	key text,
	api_key app_public.org_api_keys
);

ALTER TYPE app_public.created_api_key OWNER TO rowgate_owner;

--
-- Name: TYPE created_api_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.created_api_key IS 'A new API key: the secret itself, and its row.';

--
-- Name: COLUMN created_api_key.key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.created_api_key.key IS 'The key to send as "Authorization: Bearer …". It can''t be shown again.';

--
-- Name: COLUMN created_api_key.api_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.created_api_key.api_key IS 'The row of the key.';

--
-- Name: alert_mail(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) RETURNS TABLE(email text, name text, organization text, monthly_limit numeric, spent numeric, currency text, threshold integer, period_start date, resets_at timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION alert_mail(alert_id uuid, user_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) IS 'What the e-mail about a crossed threshold says, and to whom; no row when the recipient is no longer owner or admin.';

--
-- Name: budget_periods; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budget_periods (
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    period_start date NOT NULL,
    spent numeric DEFAULT 0 NOT NULL,
    monthly_limit numeric NOT NULL,
    alert_threshold integer NOT NULL,
    currency text NOT NULL,
    blocking boolean NOT NULL,
    limit_version integer NOT NULL,
    CONSTRAINT budget_periods_first_of_month CHECK ((EXTRACT(day FROM period_start) = (1)::numeric)),
    CONSTRAINT budget_periods_spent_range CHECK ((spent >= (0)::numeric))
);

ALTER TABLE ONLY app_public.budget_periods FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_periods OWNER TO rowgate_owner;

--
-- Name: TABLE budget_periods; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_periods IS 'The counter of a budget for one month. Limit and threshold are kept here as well, so that one conditional update of this one row decides under any concurrency.';

--
-- Name: COLUMN budget_periods.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.organization_id IS 'The organization.';

--
-- Name: COLUMN budget_periods.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_periods.period_start; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.period_start IS '@behavior orderBy filterBy
The first day of the month (UTC).';

--
-- Name: COLUMN budget_periods.spent; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.spent IS 'What was spent in the month so far, in the budget''s currency; exact decimal.';

--
-- Name: COLUMN budget_periods.monthly_limit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.monthly_limit IS 'The limit in force.';

--
-- Name: COLUMN budget_periods.alert_threshold; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.alert_threshold IS 'The alert threshold in force, in percent.';

--
-- Name: COLUMN budget_periods.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.currency IS 'ISO 4217 code of the currency.';

--
-- Name: COLUMN budget_periods.blocking; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.blocking IS 'Whether usage above the limit is refused.';

--
-- Name: COLUMN budget_periods.limit_version; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.limit_version IS 'The version of the limit in force.';

--
-- Name: CONSTRAINT budget_periods_first_of_month ON budget_periods; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_periods_first_of_month ON app_public.budget_periods IS 'period_start: the first day of a month.';

--
-- Name: CONSTRAINT budget_periods_spent_range ON budget_periods; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_periods_spent_range ON app_public.budget_periods IS 'spent: at least 0.';

--
-- Name: announce_crossing(app_public.budget_periods, boolean); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.announce_crossing(period app_public.budget_periods, announce boolean DEFAULT true) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.announce_crossing(period app_public.budget_periods, announce boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION announce_crossing(period app_public.budget_periods, announce boolean); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.announce_crossing(period app_public.budget_periods, announce boolean) IS 'If the month stands at or above its alert threshold: writes the alert once and queues its e-mails to owners and admins.';

--
-- Name: charge_budget(uuid, numeric, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.charge_budget(organization_id uuid, cost numeric, currency text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.charge_budget(organization_id uuid, cost numeric, currency text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION charge_budget(organization_id uuid, cost numeric, currency text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.charge_budget(organization_id uuid, cost numeric, currency text) IS 'Adds a cost to the organization''s month if it fits. Raises BUDGET_EXCEEDED, CURRENCY_MISMATCH.';

--
-- Name: choose_tenant(uuid[], text[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.choose_tenant(memberships uuid[], hints text[]) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
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
$_$;

ALTER FUNCTION app_hidden.choose_tenant(memberships uuid[], hints text[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION choose_tenant(memberships uuid[], hints text[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.choose_tenant(memberships uuid[], hints text[]) IS 'The organization among memberships that all hints (id or slug) name, or the only one, or null.';

--
-- Name: claim(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.claim(name text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select nullif(pg_catalog.current_setting('rowgate.' || name, true), '');
$$;

ALTER FUNCTION app_hidden.claim(name text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION claim(name text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.claim(name text) IS 'One claim of this transaction, or null.';

--
-- Name: claim_idempotency_key(uuid, text, jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.claim_idempotency_key(organization_id uuid, key text, body jsonb) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.claim_idempotency_key(organization_id uuid, key text, body jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION claim_idempotency_key(organization_id uuid, key text, body jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.claim_idempotency_key(organization_id uuid, key text, body jsonb) IS 'Takes the key for this request and answers null, or answers the id of the record that the same request made before. Raises IDEMPOTENCY_CONFLICT for another request under the same key, INVALID_INPUT.';

--
-- Name: constraint_rules(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.constraint_rules() RETURNS TABLE(name text, rule text)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.constraint_rules() OWNER TO rowgate_owner;

--
-- Name: FUNCTION constraint_rules(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.constraint_rules() IS 'For each constraint of the API that a caller may break its rule in words.';

--
-- Name: current_key_id(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.current_key_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select app_hidden.claim('key_id')::uuid $$;

ALTER FUNCTION app_hidden.current_key_id() OWNER TO rowgate_owner;

--
-- Name: FUNCTION current_key_id(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.current_key_id() IS 'The API key that acts, or null.';

--
-- Name: current_month(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.current_month() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select pg_catalog.date_trunc('month', now() at time zone 'UTC')::date;
$$;

ALTER FUNCTION app_hidden.current_month() OWNER TO rowgate_owner;

--
-- Name: FUNCTION current_month(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.current_month() IS 'The first day of the current month, UTC.';

--
-- Name: current_organization_id(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.current_organization_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select app_hidden.claim('organization_id')::uuid $$;

ALTER FUNCTION app_hidden.current_organization_id() OWNER TO rowgate_owner;

--
-- Name: FUNCTION current_organization_id(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.current_organization_id() IS 'The tenant chosen for this request, or null when the person has several and chose none.';

--
-- Name: current_session_id(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.current_session_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select app_hidden.claim('session_id')::uuid $$;

ALTER FUNCTION app_hidden.current_session_id() OWNER TO rowgate_owner;

--
-- Name: FUNCTION current_session_id(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.current_session_id() IS 'The session of the access token, or null.';

--
-- Name: current_user_id(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.current_user_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select app_hidden.claim('user_id')::uuid $$;

ALTER FUNCTION app_hidden.current_user_id() OWNER TO rowgate_owner;

--
-- Name: FUNCTION current_user_id(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.current_user_id() IS 'The signed-in person, or null.';

--
-- Name: day_start(date, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.day_start(day date, zone text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.day_start(day date, zone text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION day_start(day date, zone text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.day_start(day date, zone text) IS 'The first instant at which the clocks of a time zone show this day, or a later one where it does not exist there.';

--
-- Name: end_model_prices(uuid, text, text, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.end_model_prices(organization_id uuid, service text, model text, effective_from timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.end_model_prices(organization_id uuid, service text, model text, effective_from timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION end_model_prices(organization_id uuid, service text, model text, effective_from timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.end_model_prices(organization_id uuid, service text, model text, effective_from timestamp with time zone) IS 'Ends an organization''s own prices of a model at a moment, and removes those that were to begin then or later. Answers how many. Raises INVALID_INPUT.';

--
-- Name: enqueue(uuid, text, jsonb, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_worker
--

CREATE FUNCTION app_hidden.enqueue(organization_id uuid, task text, payload jsonb, dedupe text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.enqueue(organization_id uuid, task text, payload jsonb, dedupe text) OWNER TO rowgate_worker;

--
-- Name: FUNCTION enqueue(organization_id uuid, task text, payload jsonb, dedupe text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_worker
--

COMMENT ON FUNCTION app_hidden.enqueue(organization_id uuid, task text, payload jsonb, dedupe text) IS 'Queues a job in the transaction of the fact that needs it. The payload holds ids only.';

--
-- Name: error_codes(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.error_codes() RETURNS TABLE(code text, status integer, message text, remedy text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.error_codes() OWNER TO rowgate_owner;

--
-- Name: FUNCTION error_codes(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.error_codes() IS 'All error codes that the database raises, with HTTP status, message and remedy.';

--
-- Name: exchange_rate(text, text, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql STABLE STRICT
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION exchange_rate(from_currency text, to_currency text, at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) IS 'What one unit of a currency was in another at a moment: as listed, as the inverse of what is listed, or by way of USD, then EUR; at most 18 decimals. Null when no rate is known.';

--
-- Name: import_list_prices(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.import_list_prices(list jsonb) RETURNS TABLE(models bigint, changed bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.import_list_prices(list jsonb) OWNER TO rowgate_writer;

--
-- Name: FUNCTION import_list_prices(list jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.import_list_prices(list jsonb) IS 'For the platform: brings list prices to what a published list says, [{"service", "model", "currency", "effective_from", "prices"}, …] with prices as in set_list_prices. A model that the list does not have keeps its prices. Answers how many price lists were looked at, and how many were new.';

--
-- Name: import_model_aliases(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.import_model_aliases(list jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.import_model_aliases(list jsonb) OWNER TO rowgate_writer;

--
-- Name: FUNCTION import_model_aliases(list jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.import_model_aliases(list jsonb) IS 'For the platform: adds other names of models, [{"service", "alias", "model"}, …], and changes what known ones stand for. Answers how many that were.';

--
-- Name: is_email(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.is_email(email text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $_$
  select length(email) <= 254
    and email = lower(email)
    and email ~ '^[!-~]+$'
    and email ~ '^[^@<>",;:\\]+@[^@<>",;:\\]+\.[^@<>",;:\\.]+$';
$_$;

ALTER FUNCTION app_hidden.is_email(email text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION is_email(email text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.is_email(email text) IS 'Whether a text is one e-mail address in lower case.';

--
-- Name: is_priced_unit(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.is_priced_unit(unit text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select unit in ('input_token', 'cached_input_token', 'output_token', 'request');
$$;

ALTER FUNCTION app_hidden.is_priced_unit(unit text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION is_priced_unit(unit text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.is_priced_unit(unit text) IS 'Whether a text is a unit that a price can be for.';

--
-- Name: is_role(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.is_role(role text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select role in ('owner', 'admin', 'member', 'viewer');
$$;

ALTER FUNCTION app_hidden.is_role(role text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION is_role(role text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.is_role(role text) IS 'Whether a text is a role that a member can have.';

--
-- Name: is_time_zone(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.is_time_zone(name text) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select (name = 'UTC' or name ~ '^[A-Z][A-Za-z_]+/[A-Z]')
    and exists (select from pg_catalog.pg_timezone_names as zones where zones.name = is_time_zone.name);
$$;

ALTER FUNCTION app_hidden.is_time_zone(name text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION is_time_zone(name text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.is_time_zone(name text) IS 'Whether a text names a time zone of the IANA list as Area/Location, such as Europe/Berlin, or UTC.';

--
-- Name: last_migration(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.last_migration() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  return (select filename from graphile_migrate.migrations order by filename desc limit 1);
end;
$$;

ALTER FUNCTION app_hidden.last_migration() OWNER TO rowgate_reader;

--
-- Name: FUNCTION last_migration(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.last_migration() IS 'The file name of the newest migration that this database has.';

--
-- Name: listed_rate(text, text, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql STABLE STRICT
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION listed_rate(from_currency text, to_currency text, at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) IS 'The rate that is listed for two currencies at a moment, or the inverse of the one that is listed the other way round; null if neither is.';

--
-- Name: login_problems(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.login_problems() RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.login_problems() OWNER TO rowgate_owner;

--
-- Name: FUNCTION login_problems(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.login_problems() IS 'Why the connection''s login is not fit for serving requests; no row when it is.';

--
-- Name: month_cost(uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.month_cost(organization_id uuid, currency text) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(sum(usage_records.cost), 0)
  from app_public.usage_records
  where usage_records.organization_id = month_cost.organization_id
    and usage_records.currency = month_cost.currency
    and usage_records.occurred_at >= app_hidden.current_month() at time zone 'UTC'
    and usage_records.occurred_at < (app_hidden.current_month() + interval '1 month') at time zone 'UTC';
$$;

ALTER FUNCTION app_hidden.month_cost(organization_id uuid, currency text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION month_cost(organization_id uuid, currency text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.month_cost(organization_id uuid, currency text) IS 'What the organization''s records of the current month (UTC) cost in a currency.';

--
-- Name: budgets; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budgets (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    monthly_limit numeric NOT NULL,
    alert_threshold integer DEFAULT 80 NOT NULL,
    currency text DEFAULT 'USD'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    limit_version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT budgets_alert_threshold_range CHECK (((alert_threshold >= 1) AND (alert_threshold <= 100))),
    CONSTRAINT budgets_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT budgets_limit_version_range CHECK ((limit_version >= 1)),
    CONSTRAINT budgets_monthly_limit_range CHECK (((monthly_limit >= (0)::numeric) AND (monthly_limit < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(monthly_limit)) <= 12))),
    CONSTRAINT budgets_status_known CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text])))
);

ALTER TABLE ONLY app_public.budgets FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budgets OWNER TO rowgate_owner;

--
-- Name: TABLE budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budgets IS 'What an organization may spend in a calendar month (UTC). Usage that does not fit is refused.';

--
-- Name: COLUMN budgets.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.id IS 'The budget''s id.';

--
-- Name: COLUMN budgets.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.organization_id IS 'The organization.';

--
-- Name: COLUMN budgets.monthly_limit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.monthly_limit IS 'The most that may be spent in a month, in the budget''s currency; exact decimal.';

--
-- Name: COLUMN budgets.alert_threshold; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.alert_threshold IS 'At how many percent of the limit owners and admins get an e-mail, 1 to 100.';

--
-- Name: COLUMN budgets.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.currency IS 'ISO 4217 code of the currency, such as USD.';

--
-- Name: COLUMN budgets.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.status IS 'active: usage above the limit is refused. paused: usage is only counted.';

--
-- Name: COLUMN budgets.limit_version; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.limit_version IS 'Counts the changes of limit and threshold; each version alerts for itself.';

--
-- Name: COLUMN budgets.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.created_at IS 'When it was set first.';

--
-- Name: COLUMN budgets.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.updated_at IS 'When the row was last changed.';

--
-- Name: CONSTRAINT budgets_alert_threshold_range ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_alert_threshold_range ON app_public.budgets IS 'alert_threshold: 1 to 100 percent.';

--
-- Name: CONSTRAINT budgets_currency_form ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_currency_form ON app_public.budgets IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT budgets_limit_version_range ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_limit_version_range ON app_public.budgets IS 'limit_version: counts from 1.';

--
-- Name: CONSTRAINT budgets_monthly_limit_range ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_monthly_limit_range ON app_public.budgets IS 'monthly_limit: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';

--
-- Name: CONSTRAINT budgets_status_known ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_status_known ON app_public.budgets IS 'status: active or paused.';

--
-- Name: open_period(app_public.budgets, numeric); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.open_period(budget app_public.budgets, spent numeric DEFAULT 0) RETURNS app_public.budget_periods
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into app_public.budget_periods
    (organization_id, budget_id, period_start, spent, monthly_limit, alert_threshold, currency, blocking, limit_version)
  values (budget.organization_id, budget.id, app_hidden.current_month(), spent, budget.monthly_limit,
    budget.alert_threshold, budget.currency, budget.status = 'active', budget.limit_version)
  -- Without a target: either of the table's keys may be the one that somebody else's row meets.
  on conflict do nothing
  returning *;
$$;

ALTER FUNCTION app_hidden.open_period(budget app_public.budgets, spent numeric) OWNER TO rowgate_owner;

--
-- Name: FUNCTION open_period(budget app_public.budgets, spent numeric); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.open_period(budget app_public.budgets, spent numeric) IS 'Makes sure that the current month has its counter, and answers it if it is new.';

--
-- Name: organizations_permitting(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.organizations_permitting(permission text) RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.organizations_permitting(permission text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION organizations_permitting(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.organizations_permitting(permission text) IS 'The organizations in which the caller holds the permission now, narrowed to the chosen one.';

--
-- Name: password_salt(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.password_salt(email text) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.password_salt(email text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION password_salt(email text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.password_salt(email text) IS 'The salt to stretch a password with; a random one for an unknown address.';

--
-- Name: period_bounds(text, timestamp with time zone, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) IS 'When the period that contains an instant starts (inclusive) and ends (exclusive), by the clocks of a time zone. Periods: day, week (from Monday), month, quarter, year, total. They follow one another without gap or overlap.';

--
-- Name: period_end(text, timestamp with time zone, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return (app_hidden.period_bounds(period, at, zone)).ends;
end;
$$;

ALTER FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION period_end(period text, at timestamp with time zone, zone text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) IS 'The first instant after the period that contains an instant; see period_bounds.';

--
-- Name: period_start(text, timestamp with time zone, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return (app_hidden.period_bounds(period, at, zone)).starts;
end;
$$;

ALTER FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION period_start(period text, at timestamp with time zone, zone text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) IS 'The first instant of the period that contains an instant; see period_bounds.';

--
-- Name: price_usage(uuid, text, text, timestamp with time zone, bigint, bigint, bigint, bigint); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint DEFAULT 0) RETURNS TABLE(amount numeric, currency text)
    LANGUAGE plpgsql STABLE STRICT ROWS 1
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) OWNER TO rowgate_owner;

--
-- Name: FUNCTION price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) IS 'What a use costs by the prices in force at that moment, rounded to 12 decimals; no row when any part of it has no price. tokens_in includes the cached ones, which are charged as others where they have no price of their own. The organization''s own prices stand in the place of all list prices of that model.';

--
-- Name: protect(regclass, name); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.protect(target regclass, tenant_column name DEFAULT NULL::name) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.protect(target regclass, tenant_column name) OWNER TO rowgate_owner;

--
-- Name: FUNCTION protect(target regclass, tenant_column name); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.protect(target regclass, tenant_column name) IS 'Resets policies and grants of a table, forces row level security, and lays the tenant floor on the named column.';

--
-- Name: reachable_teams(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.reachable_teams() RETURNS uuid[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select app_hidden.teams_permitting(null);
$$;

ALTER FUNCTION app_hidden.reachable_teams() OWNER TO rowgate_owner;

--
-- Name: FUNCTION reachable_teams(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.reachable_teams() IS 'The teams of the caller, with all teams below them.';

--
-- Name: refresh_session(bytea, bytea); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) RETURNS TABLE(user_id uuid, session_id uuid, organization_id uuid)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  -- One conditional update: of two requests with the same refresh token exactly one gets the next.
  update app_private.sessions
  set refresh_hash = next_refresh_hash, refreshed_at = now()
  where sessions.refresh_hash = refresh_session.refresh_hash
    and sessions.ended_at is null
    and sessions.expires_at > now()
  returning sessions.user_id, sessions.id, sessions.organization_id;
$$;

ALTER FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) OWNER TO rowgate_writer;

--
-- Name: FUNCTION refresh_session(refresh_hash bytea, next_refresh_hash bytea); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) IS 'Exchanges a refresh token for the next one (rotation); answers no row for a used, unknown, expired or ended one.';

--
-- Name: refuse(text, jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.refuse(code text, detail jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.refuse(code text, detail jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION refuse(code text, detail jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.refuse(code text, detail jsonb) IS 'Raises one of the codes of app_hidden.error_codes(): SQLSTATE RG + status, message = code, detail = JSON.';

--
-- Name: refuse_value(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.refuse_value(constraint_name text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', (
    select rules.rule from app_hidden.constraint_rules() as rules where rules.name = refuse_value.constraint_name
  )));
end;
$$;

ALTER FUNCTION app_hidden.refuse_value(constraint_name text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION refuse_value(constraint_name text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.refuse_value(constraint_name text) IS 'Raises INVALID_INPUT with the words of a constraint, as if it had been broken.';

--
-- Name: register(text, text, bytea, bytea); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.register(email text, name text, password_salt bytea, password_key bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.register(email text, name text, password_salt bytea, password_key bytea) OWNER TO rowgate_writer;

--
-- Name: FUNCTION register(email text, name text, password_salt bytea, password_key bytea); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.register(email text, name text, password_salt bytea, password_key bytea) IS 'Creates an account; answers alike for a taken address. Raises INVALID_INPUT for a malformed address or name.';

--
-- Name: registration_notice(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.registration_notice(user_id uuid) RETURNS TABLE(email text, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select users.email, users.name from app_public.users where users.id = registration_notice.user_id;
$$;

ALTER FUNCTION app_hidden.registration_notice(user_id uuid) OWNER TO rowgate_reader;

--
-- Name: FUNCTION registration_notice(user_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.registration_notice(user_id uuid) IS 'Whom to tell that somebody tried to register with their address.';

--
-- Name: require_bookable_team(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.require_bookable_team(organization_id uuid, team_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_bookable_team(organization_id uuid, team_id uuid) OWNER TO rowgate_reader;

--
-- Name: FUNCTION require_bookable_team(organization_id uuid, team_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.require_bookable_team(organization_id uuid, team_id uuid) IS 'Refuses a team on which the caller may not book: it must exist, and be one of theirs unless they hold usage:record_all. Raises NOT_FOUND, FORBIDDEN.';

--
-- Name: require_organization(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.require_organization() RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_organization() OWNER TO rowgate_reader;

--
-- Name: FUNCTION require_organization(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.require_organization() IS 'The chosen organization, active. Raises UNAUTHENTICATED, NO_ORGANIZATION, TENANT_REQUIRED, ORGANIZATION_SUSPENDED, TENANT_FORBIDDEN.';

--
-- Name: require_permission(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_permission(permission text) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_permission(permission text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_permission(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_permission(permission text) IS 'The chosen organization if the caller holds the permission there. Raises FORBIDDEN and what require_organization raises.';

--
-- Name: require_team_permission(text, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if require_team_permission.team_id = any (app_hidden.teams_permitting(require_team_permission.permission)) then
    return app_hidden.require_organization();
  end if;
  return app_hidden.require_permission(require_team_permission.permission);
end;
$$;

ALTER FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_team_permission(permission text, team_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) IS 'The chosen organization if the caller holds the permission there, or through a team role in this team. Raises what require_permission raises.';

--
-- Name: resolve_job(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.resolve_job(organization_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform app_hidden.set_claims(organization_id => resolve_job.organization_id, job => true);
end;
$$;

ALTER FUNCTION app_hidden.resolve_job(organization_id uuid) OWNER TO rowgate_reader;

--
-- Name: FUNCTION resolve_job(organization_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.resolve_job(organization_id uuid) IS 'Opens a job''s transaction for one organization; set role rowgate_job follows it.';

--
-- Name: resolve_request(text, uuid, uuid, bytea, text[], text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text) IS 'Opens a request: checks that session or key is alive, chooses the tenant, sets the claims; answers the tenant. kind: anonymous, person or key. Raises SESSION_ENDED, API_KEY_INVALID, TENANT_FORBIDDEN, TENANT_HINTS_DISAGREE.';

--
-- Name: server_warnings(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.server_warnings() RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.server_warnings() OWNER TO rowgate_owner;

--
-- Name: FUNCTION server_warnings(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.server_warnings() IS 'What weakens isolation on this server; logged at start and shown by /readyz.';

--
-- Name: set_claims(uuid, uuid, uuid, uuid, boolean, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.set_claims(user_id uuid DEFAULT NULL::uuid, session_id uuid DEFAULT NULL::uuid, key_id uuid DEFAULT NULL::uuid, organization_id uuid DEFAULT NULL::uuid, job boolean DEFAULT false, request_id text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.set_claims(user_id uuid, session_id uuid, key_id uuid, organization_id uuid, job boolean, request_id text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION set_claims(user_id uuid, session_id uuid, key_id uuid, organization_id uuid, job boolean, request_id text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.set_claims(user_id uuid, session_id uuid, key_id uuid, organization_id uuid, job boolean, request_id text) IS 'Sets all claims of this transaction.';

--
-- Name: set_exchange_rate(text, text, numeric, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.set_exchange_rate(from_currency text, to_currency text, rate numeric, valid_from timestamp with time zone DEFAULT now()) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.set_exchange_rate(from_currency text, to_currency text, rate numeric, valid_from timestamp with time zone) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_exchange_rate(from_currency text, to_currency text, rate numeric, valid_from timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.set_exchange_rate(from_currency text, to_currency text, rate numeric, valid_from timestamp with time zone) IS 'For the platform: sets the rate of two currencies from a moment on, and ends the one before. Later ones that were to follow are removed.';

--
-- Name: set_list_prices(text, text, text, jsonb, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.set_list_prices(service text, model text, currency text, prices jsonb, effective_from timestamp with time zone DEFAULT now()) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.set_list_prices(service text, model text, currency text, prices jsonb, effective_from timestamp with time zone) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_list_prices(service text, model text, currency text, prices jsonb, effective_from timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.set_list_prices(service text, model text, currency text, prices jsonb, effective_from timestamp with time zone) IS 'For the platform: sets all list prices of a model from a moment on, and ends those before. Prices: [{"unit": "input_token", "price": "0.00000125"}, …], with "from_tokens_in" for a tier; strings, so that nothing rounds them. Answers false when they hold already.';

--
-- Name: sign_in(text, bytea, bytea, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text) RETURNS TABLE(user_id uuid, session_id uuid, organization_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION sign_in(email text, password_key bytea, refresh_hash bytea, tenant text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text) IS 'Opens a session if the stretched password is right; answers no row otherwise. Raises TENANT_FORBIDDEN.';

--
-- Name: teams_permitting(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.teams_permitting(permission text) RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.teams_permitting(permission text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION teams_permitting(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.teams_permitting(permission text) IS 'The teams in which the caller''s team roles hold the permission, with all teams below them; with null those of any team role.';

--
-- Name: tenant_organizations(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.tenant_organizations() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.tenant_organizations() OWNER TO rowgate_reader;

--
-- Name: FUNCTION tenant_organizations(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.tenant_organizations() IS 'The active organizations in which this transaction may act: the chosen one, or all of the caller''s while none is chosen.';

--
-- Name: keep_an_owner(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_an_owner() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.keep_an_owner() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_an_owner(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_an_owner() IS 'Refuses to remove or demote the last owner.';

--
-- Name: keep_tree(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_tree() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.keep_tree() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_tree(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_tree() IS 'Refuses a circle, a tree that is too deep, and a place below a deleted team.';

--
-- Name: recheck_member_change(); Type: FUNCTION; Schema: app_private; Owner: rowgate_owner
--

CREATE FUNCTION app_private.recheck_member_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.recheck_member_change() OWNER TO rowgate_owner;

--
-- Name: FUNCTION recheck_member_change(); Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_private.recheck_member_change() IS 'Asks for the caller''s permission to change a membership again, behind the locks.';

--
-- Name: require_live_team(); Type: FUNCTION; Schema: app_private; Owner: rowgate_reader
--

CREATE FUNCTION app_private.require_live_team() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.require_live_team() OWNER TO rowgate_reader;

--
-- Name: FUNCTION require_live_team(); Type: COMMENT; Schema: app_private; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_private.require_live_team() IS 'Refuses to put something into a deleted team.';

--
-- Name: touch(); Type: FUNCTION; Schema: app_private; Owner: rowgate_owner
--

CREATE FUNCTION app_private.touch() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  new.updated_at := now();
  return new;
end;
$$;

ALTER FUNCTION app_private.touch() OWNER TO rowgate_owner;

--
-- Name: FUNCTION touch(); Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_private.touch() IS 'Keeps updated_at, whoever writes.';

--
-- Name: add_member(text, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.add_member(email text, role text DEFAULT 'member'::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.add_member(email text, role text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION add_member(email text, role text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.add_member(email text, role text) IS 'Adds the person with this e-mail address to the chosen organization; answers alike when nobody has it. role: owner (needs owner:manage), admin, member or viewer. Needs member:create. Raises FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: team_members; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.team_members (
    organization_id uuid NOT NULL,
    team_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text DEFAULT 'member'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT team_members_role_known CHECK ((role = ANY (ARRAY['lead'::text, 'member'::text])))
);

ALTER TABLE ONLY app_public.team_members FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.team_members OWNER TO rowgate_owner;

--
-- Name: TABLE team_members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.team_members IS 'Who is in a team, as lead or member.';

--
-- Name: COLUMN team_members.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_members.organization_id IS 'The organization.';

--
-- Name: COLUMN team_members.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_members.team_id IS 'The team.';

--
-- Name: COLUMN team_members.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_members.user_id IS 'The person, a member of the organization.';

--
-- Name: COLUMN team_members.role; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_members.role IS 'lead or member.';

--
-- Name: COLUMN team_members.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_members.created_at IS 'When the person joined the team.';

--
-- Name: CONSTRAINT team_members_role_known ON team_members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_members_role_known ON app_public.team_members IS 'role: lead or member.';

--
-- Name: add_team_member(uuid, uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text DEFAULT 'member'::text) RETURNS app_public.team_members
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION add_team_member(team_id uuid, user_id uuid, role text); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) IS 'Puts a member of the organization into a team as lead or member, or changes that role. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: budgets_current_spend(app_public.budgets); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.budgets_current_spend(budget app_public.budgets) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select trim_scale(coalesce(sum(budget_periods.spent), 0))
  from app_public.budget_periods
  where budget_periods.organization_id = budget.organization_id
    and budget_periods.budget_id = budget.id
    and budget_periods.period_start = app_hidden.current_month();
$$;

ALTER FUNCTION app_public.budgets_current_spend(budget app_public.budgets) OWNER TO rowgate_owner;

--
-- Name: FUNCTION budgets_current_spend(budget app_public.budgets); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.budgets_current_spend(budget app_public.budgets) IS 'What was spent in the current month (UTC), in the budget''s currency; exact decimal.';

--
-- Name: budgets_resets_at(app_public.budgets); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.budgets_resets_at(budget app_public.budgets) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select (app_hidden.current_month() + interval '1 month') at time zone 'UTC';
$$;

ALTER FUNCTION app_public.budgets_resets_at(budget app_public.budgets) OWNER TO rowgate_owner;

--
-- Name: FUNCTION budgets_resets_at(budget app_public.budgets); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.budgets_resets_at(budget app_public.budgets) IS 'When the current month ends and the budget is full again.';

--
-- Name: members; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.members (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text DEFAULT 'member'::text NOT NULL,
    invited_by uuid,
    joined_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT members_role_known CHECK (app_hidden.is_role(role))
);

ALTER TABLE ONLY app_public.members FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.members OWNER TO rowgate_owner;

--
-- Name: TABLE members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.members IS 'Who is in an organization, and with which role. The role is read here at every request, never from a token.';

--
-- Name: COLUMN members.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.id IS 'The membership''s id.';

--
-- Name: COLUMN members.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.organization_id IS 'The organization.';

--
-- Name: COLUMN members.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.user_id IS 'The person.';

--
-- Name: COLUMN members.role; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.role IS '@behavior orderBy filterBy
owner, admin, member or viewer; each holds what the one below it holds.';

--
-- Name: COLUMN members.invited_by; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.invited_by IS 'Who added the person; null for whoever created the organization.';

--
-- Name: COLUMN members.joined_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.joined_at IS '@behavior orderBy
When the person became a member.';

--
-- Name: COLUMN members.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.updated_at IS 'When the row was last changed.';

--
-- Name: CONSTRAINT members_role_known ON members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT members_role_known ON app_public.members IS 'role: owner, admin, member or viewer.';

--
-- Name: change_member_role(uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.change_member_role(user_id uuid, role text) RETURNS app_public.members
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.change_member_role(user_id uuid, role text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION change_member_role(user_id uuid, role text); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.change_member_role(user_id uuid, role text) IS 'Changes a member''s role; it counts from their next request on. Needs member:update, and owner:manage to make or change an owner. Raises FORBIDDEN, NOT_FOUND, LAST_OWNER, INVALID_INPUT.';

--
-- Name: create_api_key(text, uuid, integer, bigint, timestamp with time zone); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.create_api_key(name text, team_id uuid DEFAULT NULL::uuid, rate_limit integer DEFAULT 100, monthly_quota bigint DEFAULT 1000000, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS app_public.created_api_key
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone) OWNER TO rowgate_writer;

--
-- Name: FUNCTION create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone) IS 'Creates an API key of the chosen organization and answers the key: it is shown only here. Needs key:create. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: organizations; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.organizations (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    description text,
    logo_url text,
    plan text DEFAULT 'free'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    max_team_depth integer DEFAULT 8 NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT organizations_description_length CHECK ((length(description) <= 2000)),
    CONSTRAINT organizations_logo_url_form CHECK (((length(logo_url) <= 2000) AND (logo_url ~ '^https://[^[:space:]"<>]+$'::text))),
    CONSTRAINT organizations_max_team_depth_range CHECK (((max_team_depth >= 1) AND (max_team_depth <= 32))),
    CONSTRAINT organizations_name_length CHECK (app_hidden.is_label(name)),
    CONSTRAINT organizations_plan_known CHECK ((plan = ANY (ARRAY['free'::text, 'basic'::text, 'pro'::text, 'enterprise'::text]))),
    CONSTRAINT organizations_settings_form CHECK (((jsonb_typeof(settings) = 'object'::text) AND (octet_length((settings)::text) <= 16384))),
    CONSTRAINT organizations_slug_form CHECK ((((length(slug) >= 2) AND (length(slug) <= 63)) AND (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'::text) AND (slug !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text))),
    CONSTRAINT organizations_status_known CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'deleted'::text])))
);

ALTER TABLE ONLY app_public.organizations FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.organizations OWNER TO rowgate_owner;

--
-- Name: TABLE organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.organizations IS 'A tenant: everything else belongs to exactly one organization.';

--
-- Name: COLUMN organizations.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.id IS 'The organization''s id; valid as X-Tenant-ID.';

--
-- Name: COLUMN organizations.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.name IS '@behavior orderBy
The name to show, 1 to 200 characters.';

--
-- Name: COLUMN organizations.slug; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.slug IS 'Its short name in URLs and in X-Tenant-ID, unique everywhere.';

--
-- Name: COLUMN organizations.description; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.description IS 'What the organization is, up to 2,000 characters.';

--
-- Name: COLUMN organizations.logo_url; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.logo_url IS 'An https address of its logo.';

--
-- Name: COLUMN organizations.plan; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.plan IS 'free, basic, pro or enterprise.';

--
-- Name: COLUMN organizations.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.status IS '@behavior filterBy
active, suspended (nothing but this row is visible) or deleted.';

--
-- Name: COLUMN organizations.max_team_depth; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.max_team_depth IS 'How many levels of teams there may be.';

--
-- Name: COLUMN organizations.settings; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.settings IS 'Free settings of the organization, a JSON object of at most 16 kB.';

--
-- Name: COLUMN organizations.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.created_at IS '@behavior orderBy
When it was created.';

--
-- Name: COLUMN organizations.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.updated_at IS 'When the row was last changed.';

--
-- Name: CONSTRAINT organizations_description_length ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_description_length ON app_public.organizations IS 'description: at most 2,000 characters.';

--
-- Name: CONSTRAINT organizations_logo_url_form ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_logo_url_form ON app_public.organizations IS 'logo_url: an https address of at most 2,000 characters.';

--
-- Name: CONSTRAINT organizations_max_team_depth_range ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_max_team_depth_range ON app_public.organizations IS 'max_team_depth: 1 to 32 levels.';

--
-- Name: CONSTRAINT organizations_name_length ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_name_length ON app_public.organizations IS 'name: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT organizations_plan_known ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_plan_known ON app_public.organizations IS 'plan: free, basic, pro or enterprise.';

--
-- Name: CONSTRAINT organizations_settings_form ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_settings_form ON app_public.organizations IS 'settings: a JSON object of at most 16 kB.';

--
-- Name: CONSTRAINT organizations_slug_form ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_slug_form ON app_public.organizations IS 'slug: 2 to 63 lower-case letters, digits and single hyphens, beginning with a letter; not the form of a UUID.';

--
-- Name: CONSTRAINT organizations_status_known ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_status_known ON app_public.organizations IS 'status: active, suspended or deleted.';

--
-- Name: create_organization(text, text, text, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.create_organization(name text, slug text, description text DEFAULT NULL::text, logo_url text DEFAULT NULL::text) RETURNS app_public.organizations
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.create_organization(name text, slug text, description text, logo_url text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION create_organization(name text, slug text, description text, logo_url text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.create_organization(name text, slug text, description text, logo_url text) IS 'Creates an organization whose owner is the caller. Raises ALREADY_EXISTS for a taken slug, INVALID_INPUT.';

--
-- Name: teams; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.teams (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    parent_team_id uuid,
    name text NOT NULL,
    description text,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT teams_description_length CHECK ((length(description) <= 2000)),
    CONSTRAINT teams_name_length CHECK (app_hidden.is_label(name)),
    CONSTRAINT teams_not_own_parent CHECK ((parent_team_id <> id))
);

ALTER TABLE ONLY app_public.teams FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.teams OWNER TO rowgate_owner;

--
-- Name: TABLE teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.teams IS 'Teams of an organization, a tree. A team role reaches the whole subtree.';

--
-- Name: COLUMN teams.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.id IS 'The team''s id.';

--
-- Name: COLUMN teams.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.organization_id IS 'The organization.';

--
-- Name: COLUMN teams.parent_team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.parent_team_id IS 'The team above; null at the top.';

--
-- Name: COLUMN teams.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.name IS '@behavior orderBy filterBy
The name, 1 to 200 characters, unique among the teams below the same one.';

--
-- Name: COLUMN teams.description; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.description IS 'What the team does, up to 2,000 characters.';

--
-- Name: COLUMN teams.deleted_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.deleted_at IS '@behavior -*
When the team was deleted; usage keeps its name.';

--
-- Name: COLUMN teams.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.created_at IS '@behavior orderBy
When it was created.';

--
-- Name: COLUMN teams.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.updated_at IS 'When the row was last changed.';

--
-- Name: CONSTRAINT teams_description_length ON teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT teams_description_length ON app_public.teams IS 'description: at most 2,000 characters.';

--
-- Name: CONSTRAINT teams_name_length ON teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT teams_name_length ON app_public.teams IS 'name: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT teams_not_own_parent ON teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT teams_not_own_parent ON app_public.teams IS 'parent_team_id: another team than the team itself.';

--
-- Name: create_team(text, uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.create_team(name text, parent_team_id uuid DEFAULT NULL::uuid, description text DEFAULT NULL::text) RETURNS app_public.teams
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.create_team(name text, parent_team_id uuid, description text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION create_team(name text, parent_team_id uuid, description text); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.create_team(name text, parent_team_id uuid, description text) IS 'Creates a team in the chosen organization, below another one if parentTeamId is given. Needs team:create. Raises FORBIDDEN, NOT_FOUND, TEAM_TOO_DEEP, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: delete_organization(); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.delete_organization() RETURNS app_public.organizations
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.delete_organization() OWNER TO rowgate_writer;

--
-- Name: FUNCTION delete_organization(); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.delete_organization() IS 'Marks the chosen organization as deleted: from the next request on nobody sees it and its keys are refused. Needs organization:delete. Raises FORBIDDEN.';

--
-- Name: delete_team(uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.delete_team(team_id uuid, children text DEFAULT 'refuse'::text) RETURNS app_public.teams
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.delete_team(team_id uuid, children text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION delete_team(team_id uuid, children text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.delete_team(team_id uuid, children text) IS 'Deletes a team; usage recorded for it stays. children: what becomes of the teams below it, refuse (the default) or move_up. Needs team:delete. Raises FORBIDDEN, NOT_FOUND, TEAM_HAS_CHILDREN, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: users; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.users (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_email_form CHECK (app_hidden.is_email(email)),
    CONSTRAINT users_name_length CHECK (app_hidden.is_label(name))
);

ALTER TABLE ONLY app_public.users FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.users OWNER TO rowgate_owner;

--
-- Name: TABLE users; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.users IS '@behavior -query:resource:list -query:resource:connection
A person with an account. You see yourself and the people of your organizations.';

--
-- Name: COLUMN users.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.users.id IS 'The person''s id, a UUID version 7.';

--
-- Name: COLUMN users.email; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.users.email IS 'The address that the person signs in with, in lower case.';

--
-- Name: COLUMN users.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.users.name IS 'The name to show, 1 to 200 characters.';

--
-- Name: COLUMN users.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.users.created_at IS 'When the account was registered.';

--
-- Name: COLUMN users.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.users.updated_at IS 'When the row was last changed.';

--
-- Name: CONSTRAINT users_email_form ON users; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT users_email_form ON app_public.users IS 'email: one address of at most 254 characters, as in ada@example.com, in lower case.';

--
-- Name: CONSTRAINT users_name_length ON users; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT users_name_length ON app_public.users IS 'name: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: me(); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.me() RETURNS app_public.users
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select * from app_public.users where users.id = app_hidden.current_user_id();
$$;

ALTER FUNCTION app_public.me() OWNER TO rowgate_owner;

--
-- Name: FUNCTION me(); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.me() IS 'The signed-in person.';

--
-- Name: move_team(uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.move_team(team_id uuid, parent_team_id uuid DEFAULT NULL::uuid) RETURNS app_public.teams
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.move_team(team_id uuid, parent_team_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION move_team(team_id uuid, parent_team_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.move_team(team_id uuid, parent_team_id uuid) IS 'Puts a team, with everything below it, below another one, or at the top. Needs team:update. Raises FORBIDDEN, NOT_FOUND, TEAM_CYCLE, TEAM_TOO_DEEP, ALREADY_EXISTS.';

--
-- Name: my_permissions(); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.my_permissions() RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select array(
    select permissions.name
    from app_public.permissions
    where app_hidden.require_organization() = any (app_hidden.organizations_permitting(permissions.name))
    order by permissions.name
  );
$$;

ALTER FUNCTION app_public.my_permissions() OWNER TO rowgate_owner;

--
-- Name: FUNCTION my_permissions(); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.my_permissions() IS 'What the caller may do in the chosen organization, as permissions: what a client shows and hides by. Rights of a team role are not among them. Raises what choosing an organization raises: TENANT_REQUIRED, NO_ORGANIZATION, ORGANIZATION_SUSPENDED.';

--
-- Name: usage_records; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.usage_records (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    team_id uuid,
    user_id uuid,
    api_key_id uuid,
    service text NOT NULL,
    model text NOT NULL,
    tokens_in bigint DEFAULT 0 NOT NULL,
    tokens_out bigint DEFAULT 0 NOT NULL,
    cost numeric NOT NULL,
    currency text NOT NULL,
    occurred_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT usage_records_cost_range CHECK (((cost >= (0)::numeric) AND (cost < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(cost)) <= 12))),
    CONSTRAINT usage_records_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT usage_records_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT usage_records_service_length CHECK (app_hidden.is_label(service)),
    CONSTRAINT usage_records_tokens_in_range CHECK ((tokens_in >= 0)),
    CONSTRAINT usage_records_tokens_out_range CHECK ((tokens_out >= 0))
);

ALTER TABLE ONLY app_public.usage_records FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.usage_records OWNER TO rowgate_owner;

--
-- Name: TABLE usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.usage_records IS 'Every recorded use: who, through which key, what, and what it cost. Append-only.';

--
-- Name: COLUMN usage_records.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.id IS 'The record''s id; ordered by time.';

--
-- Name: COLUMN usage_records.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.organization_id IS 'The organization that pays.';

--
-- Name: COLUMN usage_records.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.team_id IS 'The team that it is booked on, if any.';

--
-- Name: COLUMN usage_records.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.user_id IS 'The person who used it, if known.';

--
-- Name: COLUMN usage_records.api_key_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.api_key_id IS 'The API key that recorded it, if any.';

--
-- Name: COLUMN usage_records.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.service IS '@behavior filterBy
The service, such as openai.';

--
-- Name: COLUMN usage_records.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.model IS '@behavior filterBy
The model or the kind of use, such as gpt-5.';

--
-- Name: COLUMN usage_records.tokens_in; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.tokens_in IS 'Tokens sent.';

--
-- Name: COLUMN usage_records.tokens_out; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.tokens_out IS 'Tokens received.';

--
-- Name: COLUMN usage_records.cost; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.cost IS 'The cost in the given currency; exact decimal.';

--
-- Name: COLUMN usage_records.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.currency IS 'ISO 4217 code of the currency.';

--
-- Name: COLUMN usage_records.occurred_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.occurred_at IS '@behavior orderBy
When it happened.';

--
-- Name: COLUMN usage_records.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.created_at IS 'When it was recorded.';

--
-- Name: CONSTRAINT usage_records_cost_range ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_cost_range ON app_public.usage_records IS 'cost: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';

--
-- Name: CONSTRAINT usage_records_currency_form ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_currency_form ON app_public.usage_records IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT usage_records_model_length ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_model_length ON app_public.usage_records IS 'model: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT usage_records_service_length ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_service_length ON app_public.usage_records IS 'service: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT usage_records_tokens_in_range ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_tokens_in_range ON app_public.usage_records IS 'tokens_in: at least 0.';

--
-- Name: CONSTRAINT usage_records_tokens_out_range ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_tokens_out_range ON app_public.usage_records IS 'tokens_out: at least 0.';

--
-- Name: record_usage(text, text, text, numeric, text, bigint, bigint, uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text DEFAULT 'USD'::text, tokens_in bigint DEFAULT 0, tokens_out bigint DEFAULT 0, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid) RETURNS app_public.usage_records
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, team_id uuid, user_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, team_id uuid, user_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, team_id uuid, user_id uuid) IS 'Records usage and charges the budget, or refuses and writes nothing. The same idempotencyKey with the same values is charged once and answers the same record again. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises BUDGET_EXCEEDED, CURRENCY_MISMATCH, IDEMPOTENCY_CONFLICT, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: remove_member(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.remove_member(user_id uuid) RETURNS app_public.members
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.remove_member(user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION remove_member(user_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.remove_member(user_id uuid) IS 'Removes a member, or yourself: they are refused from their next request on. Needs member:delete for others, and owner:manage to remove an owner. Raises FORBIDDEN, NOT_FOUND, LAST_OWNER.';

--
-- Name: remove_team_member(uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) RETURNS app_public.team_members
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION remove_team_member(team_id uuid, user_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) IS 'Takes a person out of a team. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, NOT_FOUND.';

--
-- Name: reset_model_price(text, text, timestamp with time zone); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.reset_model_price(service text, model text, effective_from timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_permission('price:update');
begin
  if app_hidden.end_model_prices(tenant, service, model, coalesce(reset_model_price.effective_from, now())) = 0 then
    perform app_hidden.refuse('NOT_FOUND');
  end if;
end;
$$;

ALTER FUNCTION app_public.reset_model_price(service text, model text, effective_from timestamp with time zone) OWNER TO rowgate_writer;

--
-- Name: FUNCTION reset_model_price(service text, model text, effective_from timestamp with time zone); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.reset_model_price(service text, model text, effective_from timestamp with time zone) IS 'Ends the organization''s own prices of a model, from a moment on (default: now): list prices hold again. Needs price:update. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: revoke_api_key(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.revoke_api_key(key_id uuid) RETURNS app_public.org_api_keys
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.revoke_api_key(key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION revoke_api_key(key_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.revoke_api_key(key_id uuid) IS 'Revokes an API key: it is refused from its next request on, everywhere. Needs key:revoke_all, or to have created it. Raises FORBIDDEN, NOT_FOUND.';

--
-- Name: set_budget(numeric, integer, text, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.set_budget(monthly_limit numeric DEFAULT NULL::numeric, alert_threshold integer DEFAULT NULL::integer, currency text DEFAULT NULL::text, status text DEFAULT NULL::text) RETURNS app_public.budgets
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text) IS 'Sets or changes the monthly budget of the chosen organization; what is left out stays. It counts at once: lowering it or resuming it announces a threshold that is already crossed. Needs budget:update. Raises FORBIDDEN, INVALID_INPUT.';

--
-- Name: organization_model_prices; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.organization_model_prices (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    service text NOT NULL,
    model text NOT NULL,
    unit text NOT NULL,
    price numeric NOT NULL,
    currency text NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    effective_to timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT organization_model_prices_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT organization_model_prices_effective_from_finite CHECK (isfinite(effective_from)),
    CONSTRAINT organization_model_prices_effective_to_later CHECK (((effective_to > effective_from) AND isfinite(effective_to))),
    CONSTRAINT organization_model_prices_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT organization_model_prices_price_range CHECK (((price >= (0)::numeric) AND (price < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(price)) <= 18))),
    CONSTRAINT organization_model_prices_service_length CHECK (app_hidden.is_label(service)),
    CONSTRAINT organization_model_prices_unit_known CHECK (app_hidden.is_priced_unit(unit))
);

ALTER TABLE ONLY app_public.organization_model_prices FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.organization_model_prices OWNER TO rowgate_owner;

--
-- Name: TABLE organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.organization_model_prices IS 'An organization''s own prices of a model. While it has any, they stand in the place of all list prices of that model.';

--
-- Name: COLUMN organization_model_prices.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.id IS 'The price''s id.';

--
-- Name: COLUMN organization_model_prices.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.organization_id IS 'The organization.';

--
-- Name: COLUMN organization_model_prices.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.service IS '@behavior orderBy filterBy
The service, such as openai; as in a usage record.';

--
-- Name: COLUMN organization_model_prices.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.model IS '@behavior orderBy filterBy
The model, such as gpt-5.';

--
-- Name: COLUMN organization_model_prices.unit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.unit IS 'What it is the price of: input_token, cached_input_token, output_token or request.';

--
-- Name: COLUMN organization_model_prices.price; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.price IS 'The price of one unit; exact decimal, at most 18 decimals.';

--
-- Name: COLUMN organization_model_prices.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.currency IS 'ISO 4217 code of the currency.';

--
-- Name: COLUMN organization_model_prices.effective_from; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.effective_from IS 'From when on (inclusive).';

--
-- Name: COLUMN organization_model_prices.effective_to; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.effective_to IS 'Until when (exclusive); null: until further notice.';

--
-- Name: COLUMN organization_model_prices.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organization_model_prices.created_at IS 'When it was entered.';

--
-- Name: CONSTRAINT organization_model_prices_currency_form ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_currency_form ON app_public.organization_model_prices IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT organization_model_prices_effective_from_finite ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_effective_from_finite ON app_public.organization_model_prices IS 'effective_from: a moment.';

--
-- Name: CONSTRAINT organization_model_prices_effective_to_later ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_effective_to_later ON app_public.organization_model_prices IS 'effective_to: a moment after effective_from.';

--
-- Name: CONSTRAINT organization_model_prices_model_length ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_model_length ON app_public.organization_model_prices IS 'model: 1 to 200 visible characters.';

--
-- Name: CONSTRAINT organization_model_prices_price_range ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_price_range ON app_public.organization_model_prices IS 'price: at least 0 and below 1,000,000,000,000, with at most 18 decimals.';

--
-- Name: CONSTRAINT organization_model_prices_service_length ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_service_length ON app_public.organization_model_prices IS 'service: 1 to 200 visible characters.';

--
-- Name: CONSTRAINT organization_model_prices_unit_known ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_unit_known ON app_public.organization_model_prices IS 'unit: input_token, cached_input_token, output_token or request.';

--
-- Name: set_model_price(text, text, text, numeric, numeric, numeric, numeric, timestamp with time zone); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.set_model_price(service text, model text, currency text, input_token numeric DEFAULT NULL::numeric, output_token numeric DEFAULT NULL::numeric, cached_input_token numeric DEFAULT NULL::numeric, request numeric DEFAULT NULL::numeric, effective_from timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS SETOF app_public.organization_model_prices
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.set_model_price(service text, model text, currency text, input_token numeric, output_token numeric, cached_input_token numeric, request numeric, effective_from timestamp with time zone) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_model_price(service text, model text, currency text, input_token numeric, output_token numeric, cached_input_token numeric, request numeric, effective_from timestamp with time zone); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.set_model_price(service text, model text, currency text, input_token numeric, output_token numeric, cached_input_token numeric, request numeric, effective_from timestamp with time zone) IS 'Sets the organization''s own prices of a model, from a moment on (default: now), in the place of all that were to hold from then on and of all list prices. A unit that is left out has no price: using it is unpriced. What was charged before stays. Needs price:update. Raises FORBIDDEN, INVALID_INPUT.';

--
-- Name: sign_out(); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.sign_out() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  update app_private.sessions
  set ended_at = now()
  where sessions.id = app_hidden.current_session_id() and sessions.ended_at is null;
  if not found then
    perform app_hidden.refuse('SESSION_ENDED');
  end if;
end;
$$;

ALTER FUNCTION app_public.sign_out() OWNER TO rowgate_writer;

--
-- Name: FUNCTION sign_out(); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.sign_out() IS 'Ends the session of the access token that calls it: the token and its refresh token are refused from the next request on. Raises SESSION_ENDED.';

--
-- Name: update_organization(text, text, text, text, jsonb); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.update_organization(name text DEFAULT NULL::text, slug text DEFAULT NULL::text, description text DEFAULT NULL::text, logo_url text DEFAULT NULL::text, settings jsonb DEFAULT NULL::jsonb) RETURNS app_public.organizations
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.update_organization(name text, slug text, description text, logo_url text, settings jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION update_organization(name text, slug text, description text, logo_url text, settings jsonb); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.update_organization(name text, slug text, description text, logo_url text, settings jsonb) IS 'Changes the chosen organization. What is left out stays; an empty description or logoUrl clears it. Needs organization:update. Raises FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: update_team(uuid, text, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.update_team(team_id uuid, name text DEFAULT NULL::text, description text DEFAULT NULL::text) RETURNS app_public.teams
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.update_team(team_id uuid, name text, description text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION update_team(team_id uuid, name text, description text); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.update_team(team_id uuid, name text, description text) IS 'Renames or describes a team; what is left out stays. Needs team:update. Raises FORBIDDEN, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: idempotency_keys; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.idempotency_keys (
    organization_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    usage_record_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app_private.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.idempotency_keys OWNER TO rowgate_owner;

--
-- Name: TABLE idempotency_keys; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.idempotency_keys IS 'Which request was charged under which idempotency key of an organization; body_hash tells a repeated request from another one.';

--
-- Name: org_api_key_secrets; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.org_api_key_secrets (
    organization_id uuid NOT NULL,
    key_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    CONSTRAINT org_api_key_secrets_key_hash_check CHECK ((length(key_hash) = 32))
);

ALTER TABLE ONLY app_private.org_api_key_secrets FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.org_api_key_secrets OWNER TO rowgate_owner;

--
-- Name: TABLE org_api_key_secrets; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.org_api_key_secrets IS 'SHA-256 of each API key. No visitor has a grant.';

--
-- Name: sessions; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.sessions (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    organization_id uuid,
    refresh_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    refreshed_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '30 days'::interval) NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT sessions_refresh_hash_check CHECK ((length(refresh_hash) = 32))
);

ALTER TABLE ONLY app_private.sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.sessions OWNER TO rowgate_owner;

--
-- Name: TABLE sessions; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.sessions IS 'A sign-in and the hash of its current refresh token. Access tokens name the session; ended or expired means refused.';

--
-- Name: user_passwords; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.user_passwords (
    user_id uuid NOT NULL,
    salt bytea NOT NULL,
    verifier bytea NOT NULL,
    registration_notice_at timestamp with time zone,
    CONSTRAINT user_passwords_salt_check CHECK ((length(salt) >= 16)),
    CONSTRAINT user_passwords_verifier_check CHECK ((length(verifier) = 32))
);

ALTER TABLE ONLY app_private.user_passwords FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.user_passwords OWNER TO rowgate_owner;

--
-- Name: TABLE user_passwords; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.user_passwords IS 'Password verifiers, one per person: a salt, and the SHA-256 of scrypt(password, salt). No visitor has a grant.';

--
-- Name: budget_alerts; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budget_alerts (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    period_start date NOT NULL,
    limit_version integer NOT NULL,
    threshold integer NOT NULL,
    monthly_limit numeric NOT NULL,
    spent numeric NOT NULL,
    announced boolean NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app_public.budget_alerts FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_alerts OWNER TO rowgate_owner;

--
-- Name: TABLE budget_alerts; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_alerts IS 'A threshold that was crossed: exactly one row per budget, month, version of the limit and threshold, written in the transaction that crossed it.';

--
-- Name: COLUMN budget_alerts.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.id IS 'The alert''s id.';

--
-- Name: COLUMN budget_alerts.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.organization_id IS 'The organization.';

--
-- Name: COLUMN budget_alerts.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_alerts.period_start; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.period_start IS 'The first day of the month (UTC).';

--
-- Name: COLUMN budget_alerts.limit_version; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.limit_version IS 'The version of the limit that was in force.';

--
-- Name: COLUMN budget_alerts.threshold; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.threshold IS 'The threshold, in percent of the limit.';

--
-- Name: COLUMN budget_alerts.monthly_limit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.monthly_limit IS 'The limit that was in force.';

--
-- Name: COLUMN budget_alerts.spent; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.spent IS 'What was spent right after crossing.';

--
-- Name: COLUMN budget_alerts.announced; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.announced IS 'Whether e-mails were queued; false where a raised limit left a threshold crossed that had been announced before.';

--
-- Name: COLUMN budget_alerts.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.created_at IS '@behavior orderBy
When it was crossed.';

--
-- Name: exchange_rates; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.exchange_rates (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    from_currency text NOT NULL,
    to_currency text NOT NULL,
    rate numeric NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT exchange_rates_from_currency_form CHECK ((from_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT exchange_rates_rate_range CHECK (((rate > (0)::numeric) AND (rate < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(rate)) <= 18))),
    CONSTRAINT exchange_rates_to_currency_form CHECK ((to_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT exchange_rates_two_currencies CHECK ((to_currency <> from_currency)),
    CONSTRAINT exchange_rates_valid_from_finite CHECK (isfinite(valid_from)),
    CONSTRAINT exchange_rates_valid_to_later CHECK (((valid_to > valid_from) AND isfinite(valid_to)))
);

ALTER TABLE ONLY app_public.exchange_rates FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.exchange_rates OWNER TO rowgate_owner;

--
-- Name: TABLE exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.exchange_rates IS 'What an amount in one currency is in another. The rate that was used is kept with what it was used for, so that a later one changes nothing.';

--
-- Name: COLUMN exchange_rates.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.exchange_rates.id IS 'The rate''s id.';

--
-- Name: COLUMN exchange_rates.from_currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.exchange_rates.from_currency IS '@behavior orderBy filterBy
ISO 4217 code of the currency that is changed.';

--
-- Name: COLUMN exchange_rates.to_currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.exchange_rates.to_currency IS '@behavior orderBy filterBy
ISO 4217 code of the currency that it becomes.';

--
-- Name: COLUMN exchange_rates.rate; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.exchange_rates.rate IS 'What one unit of the first is in the second; exact decimal, at most 18 decimals.';

--
-- Name: COLUMN exchange_rates.valid_from; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.exchange_rates.valid_from IS 'From when on (inclusive).';

--
-- Name: COLUMN exchange_rates.valid_to; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.exchange_rates.valid_to IS 'Until when (exclusive); null: until further notice.';

--
-- Name: COLUMN exchange_rates.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.exchange_rates.created_at IS 'When it was entered.';

--
-- Name: CONSTRAINT exchange_rates_from_currency_form ON exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT exchange_rates_from_currency_form ON app_public.exchange_rates IS 'from_currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT exchange_rates_rate_range ON exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT exchange_rates_rate_range ON app_public.exchange_rates IS 'rate: above 0 and below 1,000,000,000,000, with at most 18 decimals.';

--
-- Name: CONSTRAINT exchange_rates_to_currency_form ON exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT exchange_rates_to_currency_form ON app_public.exchange_rates IS 'to_currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT exchange_rates_two_currencies ON exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT exchange_rates_two_currencies ON app_public.exchange_rates IS 'to_currency: another currency than from_currency.';

--
-- Name: CONSTRAINT exchange_rates_valid_from_finite ON exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT exchange_rates_valid_from_finite ON app_public.exchange_rates IS 'valid_from: a moment.';

--
-- Name: CONSTRAINT exchange_rates_valid_to_later ON exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT exchange_rates_valid_to_later ON app_public.exchange_rates IS 'valid_to: a moment after valid_from.';

--
-- Name: model_aliases; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.model_aliases (
    service text NOT NULL,
    alias text NOT NULL,
    model text NOT NULL,
    CONSTRAINT model_aliases_alias_length CHECK (app_hidden.is_label(alias)),
    CONSTRAINT model_aliases_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT model_aliases_not_itself CHECK ((model <> alias)),
    CONSTRAINT model_aliases_service_length CHECK (app_hidden.is_label(service))
);

ALTER TABLE ONLY app_public.model_aliases FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.model_aliases OWNER TO rowgate_owner;

--
-- Name: TABLE model_aliases; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.model_aliases IS 'Other names of a model, as services give them (gpt-5-2025-08-07 is gpt-5). Names are compared whole: one that stands nowhere has no price.';

--
-- Name: COLUMN model_aliases.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_aliases.service IS '@behavior orderBy filterBy
The service.';

--
-- Name: COLUMN model_aliases.alias; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_aliases.alias IS '@behavior orderBy filterBy
The other name.';

--
-- Name: COLUMN model_aliases.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_aliases.model IS 'The name under which modelPrices has it.';

--
-- Name: CONSTRAINT model_aliases_alias_length ON model_aliases; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_aliases_alias_length ON app_public.model_aliases IS 'alias: 1 to 200 visible characters.';

--
-- Name: CONSTRAINT model_aliases_model_length ON model_aliases; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_aliases_model_length ON app_public.model_aliases IS 'model: 1 to 200 visible characters.';

--
-- Name: CONSTRAINT model_aliases_not_itself ON model_aliases; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_aliases_not_itself ON app_public.model_aliases IS 'model: another name than the alias.';

--
-- Name: CONSTRAINT model_aliases_service_length ON model_aliases; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_aliases_service_length ON app_public.model_aliases IS 'service: 1 to 200 visible characters.';

--
-- Name: model_prices; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.model_prices (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    service text NOT NULL,
    model text NOT NULL,
    unit text NOT NULL,
    from_tokens_in bigint DEFAULT 0 NOT NULL,
    price numeric NOT NULL,
    currency text NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    effective_to timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT model_prices_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT model_prices_effective_from_finite CHECK (isfinite(effective_from)),
    CONSTRAINT model_prices_effective_to_later CHECK (((effective_to > effective_from) AND isfinite(effective_to))),
    CONSTRAINT model_prices_from_tokens_in_range CHECK ((from_tokens_in >= 0)),
    CONSTRAINT model_prices_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT model_prices_price_range CHECK (((price >= (0)::numeric) AND (price < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(price)) <= 18))),
    CONSTRAINT model_prices_service_length CHECK (app_hidden.is_label(service)),
    CONSTRAINT model_prices_unit_known CHECK (app_hidden.is_priced_unit(unit))
);

ALTER TABLE ONLY app_public.model_prices FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.model_prices OWNER TO rowgate_owner;

--
-- Name: TABLE model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.model_prices IS 'What a unit of a model costs, for every organization that has no own price. One row per unit, tier and period; periods of the same one never overlap.';

--
-- Name: COLUMN model_prices.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.id IS 'The price''s id.';

--
-- Name: COLUMN model_prices.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.service IS '@behavior orderBy filterBy
The service, such as openai; as in a usage record.';

--
-- Name: COLUMN model_prices.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.model IS '@behavior orderBy filterBy
The model, such as gpt-5; other names of it stand in modelAliases.';

--
-- Name: COLUMN model_prices.unit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.unit IS 'What it is the price of: input_token, cached_input_token, output_token or request.';

--
-- Name: COLUMN model_prices.from_tokens_in; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.from_tokens_in IS 'The price holds for requests with at least so many input tokens; 0: for all that no higher tier is for.';

--
-- Name: COLUMN model_prices.price; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.price IS 'The price of one unit; exact decimal, at most 18 decimals.';

--
-- Name: COLUMN model_prices.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.currency IS 'ISO 4217 code of the currency.';

--
-- Name: COLUMN model_prices.effective_from; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.effective_from IS 'From when on (inclusive).';

--
-- Name: COLUMN model_prices.effective_to; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.effective_to IS 'Until when (exclusive); null: until further notice.';

--
-- Name: COLUMN model_prices.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.model_prices.created_at IS 'When it was entered.';

--
-- Name: CONSTRAINT model_prices_currency_form ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_currency_form ON app_public.model_prices IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT model_prices_effective_from_finite ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_effective_from_finite ON app_public.model_prices IS 'effective_from: a moment.';

--
-- Name: CONSTRAINT model_prices_effective_to_later ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_effective_to_later ON app_public.model_prices IS 'effective_to: a moment after effective_from.';

--
-- Name: CONSTRAINT model_prices_from_tokens_in_range ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_from_tokens_in_range ON app_public.model_prices IS 'from_tokens_in: at least 0.';

--
-- Name: CONSTRAINT model_prices_model_length ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_model_length ON app_public.model_prices IS 'model: 1 to 200 visible characters.';

--
-- Name: CONSTRAINT model_prices_price_range ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_price_range ON app_public.model_prices IS 'price: at least 0 and below 1,000,000,000,000, with at most 18 decimals.';

--
-- Name: CONSTRAINT model_prices_service_length ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_service_length ON app_public.model_prices IS 'service: 1 to 200 visible characters.';

--
-- Name: CONSTRAINT model_prices_unit_known ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_unit_known ON app_public.model_prices IS 'unit: input_token, cached_input_token, output_token or request.';

--
-- Name: permissions; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.permissions (
    name text NOT NULL,
    description text NOT NULL
);

ALTER TABLE ONLY app_public.permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.permissions OWNER TO rowgate_owner;

--
-- Name: TABLE permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.permissions IS 'What can be permitted, as resource:action.';

--
-- Name: COLUMN permissions.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.permissions.name IS 'The permission, as resource:action.';

--
-- Name: COLUMN permissions.description; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.permissions.description IS 'What it lets its holder do.';

--
-- Name: role_permissions; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.role_permissions (
    role text NOT NULL,
    permission text NOT NULL,
    CONSTRAINT role_permissions_role_known CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text, 'viewer'::text, 'api_key'::text])))
);

ALTER TABLE ONLY app_public.role_permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.role_permissions OWNER TO rowgate_owner;

--
-- Name: TABLE role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.role_permissions IS 'Which role holds which permission.';

--
-- Name: COLUMN role_permissions.role; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.role_permissions.role IS 'owner, admin, member or viewer; api_key for API keys.';

--
-- Name: COLUMN role_permissions.permission; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.role_permissions.permission IS 'The permission that the role holds.';

--
-- Name: CONSTRAINT role_permissions_role_known ON role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT role_permissions_role_known ON app_public.role_permissions IS 'role: owner, admin, member, viewer or api_key.';

--
-- Name: team_role_permissions; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.team_role_permissions (
    role text NOT NULL,
    permission text NOT NULL,
    CONSTRAINT team_role_permissions_role_known CHECK ((role = ANY (ARRAY['lead'::text, 'member'::text])))
);

ALTER TABLE ONLY app_public.team_role_permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.team_role_permissions OWNER TO rowgate_owner;

--
-- Name: TABLE team_role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.team_role_permissions IS 'What a role in a team lets its holder do, in that team and all teams below it.';

--
-- Name: COLUMN team_role_permissions.role; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_role_permissions.role IS 'lead or member.';

--
-- Name: COLUMN team_role_permissions.permission; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_role_permissions.permission IS 'The permission that the role holds.';

--
-- Name: CONSTRAINT team_role_permissions_role_known ON team_role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_role_permissions_role_known ON app_public.team_role_permissions IS 'role: lead or member.';

--
-- Name: idempotency_keys idempotency_keys_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organization_id, key_hash);

--
-- Name: org_api_key_secrets org_api_key_secrets_key_hash_key; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.org_api_key_secrets
    ADD CONSTRAINT org_api_key_secrets_key_hash_key UNIQUE (key_hash);

--
-- Name: org_api_key_secrets org_api_key_secrets_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.org_api_key_secrets
    ADD CONSTRAINT org_api_key_secrets_pkey PRIMARY KEY (organization_id, key_id);

--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

--
-- Name: sessions sessions_refresh_hash_key; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.sessions
    ADD CONSTRAINT sessions_refresh_hash_key UNIQUE (refresh_hash);

--
-- Name: user_passwords user_passwords_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.user_passwords
    ADD CONSTRAINT user_passwords_pkey PRIMARY KEY (user_id);

--
-- Name: budget_alerts budget_alerts_once; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_alerts
    ADD CONSTRAINT budget_alerts_once UNIQUE (budget_id, period_start, limit_version, threshold);

--
-- Name: CONSTRAINT budget_alerts_once ON budget_alerts; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_alerts_once ON app_public.budget_alerts IS '@behavior -*
One alert for each crossing.';

--
-- Name: budget_alerts budget_alerts_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_alerts
    ADD CONSTRAINT budget_alerts_pkey PRIMARY KEY (id);

--
-- Name: budget_periods budget_periods_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_periods
    ADD CONSTRAINT budget_periods_pkey PRIMARY KEY (budget_id, period_start);

--
-- Name: budget_periods budget_periods_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_periods
    ADD CONSTRAINT budget_periods_tenant_key UNIQUE (organization_id, budget_id, period_start);

--
-- Name: CONSTRAINT budget_periods_tenant_key ON budget_periods; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_periods_tenant_key ON app_public.budget_periods IS '@behavior -*
What references point to, so that none crosses organizations.';

--
-- Name: budgets budgets_organization_id_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_organization_id_key UNIQUE (organization_id);

--
-- Name: budgets budgets_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_pkey PRIMARY KEY (id);

--
-- Name: budgets budgets_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_tenant_key UNIQUE (organization_id, id);

--
-- Name: CONSTRAINT budgets_tenant_key ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_tenant_key ON app_public.budgets IS '@behavior -*
What references point to, so that none crosses organizations.';

--
-- Name: exchange_rates exchange_rates_one_at_a_time; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.exchange_rates
    ADD CONSTRAINT exchange_rates_one_at_a_time EXCLUDE USING gist (int8range(hashtextextended((from_currency || to_currency), (0)::bigint), hashtextextended((from_currency || to_currency), (0)::bigint), '[]'::text) WITH &&, tstzrange(valid_from, valid_to) WITH &&);

--
-- Name: CONSTRAINT exchange_rates_one_at_a_time ON exchange_rates; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT exchange_rates_one_at_a_time ON app_public.exchange_rates IS 'valid_from: a time without another rate of the same two currencies.';

--
-- Name: exchange_rates exchange_rates_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.exchange_rates
    ADD CONSTRAINT exchange_rates_pkey PRIMARY KEY (id);

--
-- Name: members members_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (id);

--
-- Name: members members_user_once; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.members
    ADD CONSTRAINT members_user_once UNIQUE (organization_id, user_id);

--
-- Name: model_aliases model_aliases_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.model_aliases
    ADD CONSTRAINT model_aliases_pkey PRIMARY KEY (service, alias);

--
-- Name: model_prices model_prices_one_at_a_time; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.model_prices
    ADD CONSTRAINT model_prices_one_at_a_time EXCLUDE USING gist (int8range(hashtextextended(((((((service || ''::text) || model) || ''::text) || unit) || ''::text) || from_tokens_in), (0)::bigint), hashtextextended(((((((service || ''::text) || model) || ''::text) || unit) || ''::text) || from_tokens_in), (0)::bigint), '[]'::text) WITH &&, tstzrange(effective_from, effective_to) WITH &&);

--
-- Name: CONSTRAINT model_prices_one_at_a_time ON model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT model_prices_one_at_a_time ON app_public.model_prices IS 'effective_from: a time without another price of the same model and unit.';

--
-- Name: model_prices model_prices_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.model_prices
    ADD CONSTRAINT model_prices_pkey PRIMARY KEY (id);

--
-- Name: org_api_keys org_api_keys_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.org_api_keys
    ADD CONSTRAINT org_api_keys_pkey PRIMARY KEY (id);

--
-- Name: org_api_keys org_api_keys_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.org_api_keys
    ADD CONSTRAINT org_api_keys_tenant_key UNIQUE (organization_id, id);

--
-- Name: CONSTRAINT org_api_keys_tenant_key ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_tenant_key ON app_public.org_api_keys IS '@behavior -*
What references point to, so that none crosses organizations.';

--
-- Name: organization_model_prices organization_model_prices_one_at_a_time; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.organization_model_prices
    ADD CONSTRAINT organization_model_prices_one_at_a_time EXCLUDE USING gist (int8range(hashtextextended(((((((organization_id || ''::text) || service) || ''::text) || model) || ''::text) || unit), (0)::bigint), hashtextextended(((((((organization_id || ''::text) || service) || ''::text) || model) || ''::text) || unit), (0)::bigint), '[]'::text) WITH &&, tstzrange(effective_from, effective_to) WITH &&);

--
-- Name: CONSTRAINT organization_model_prices_one_at_a_time ON organization_model_prices; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organization_model_prices_one_at_a_time ON app_public.organization_model_prices IS 'effective_from: a time without another price of the same model and unit.';

--
-- Name: organization_model_prices organization_model_prices_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.organization_model_prices
    ADD CONSTRAINT organization_model_prices_pkey PRIMARY KEY (id);

--
-- Name: organizations organizations_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

--
-- Name: organizations organizations_slug_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.organizations
    ADD CONSTRAINT organizations_slug_key UNIQUE (slug);

--
-- Name: CONSTRAINT organizations_slug_key ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_slug_key ON app_public.organizations IS 'slug: another organization has it.';

--
-- Name: permissions permissions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.permissions
    ADD CONSTRAINT permissions_pkey PRIMARY KEY (name);

--
-- Name: role_permissions role_permissions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.role_permissions
    ADD CONSTRAINT role_permissions_pkey PRIMARY KEY (role, permission);

--
-- Name: team_members team_members_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (organization_id, team_id, user_id);

--
-- Name: team_role_permissions team_role_permissions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_role_permissions
    ADD CONSTRAINT team_role_permissions_pkey PRIMARY KEY (role, permission);

--
-- Name: teams teams_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (id);

--
-- Name: teams teams_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.teams
    ADD CONSTRAINT teams_tenant_key UNIQUE (organization_id, id);

--
-- Name: CONSTRAINT teams_tenant_key ON teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT teams_tenant_key ON app_public.teams IS '@behavior -*
What references point to, so that none crosses organizations.';

--
-- Name: usage_records usage_records_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records
    ADD CONSTRAINT usage_records_pkey PRIMARY KEY (id);

--
-- Name: usage_records usage_records_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records
    ADD CONSTRAINT usage_records_tenant_key UNIQUE (organization_id, id);

--
-- Name: CONSTRAINT usage_records_tenant_key ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_tenant_key ON app_public.usage_records IS '@behavior -*
What references point to, so that none crosses organizations.';

--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);

--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

--
-- Name: idempotency_keys_usage_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX idempotency_keys_usage_idx ON app_private.idempotency_keys USING btree (organization_id, usage_record_id);

--
-- Name: sessions_organization_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX sessions_organization_idx ON app_private.sessions USING btree (organization_id);

--
-- Name: sessions_user_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX sessions_user_idx ON app_private.sessions USING btree (user_id);

--
-- Name: budget_alerts_period_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_alerts_period_idx ON app_public.budget_alerts USING btree (organization_id, budget_id, period_start);

--
-- Name: exchange_rates_lookup_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX exchange_rates_lookup_idx ON app_public.exchange_rates USING btree (from_currency, to_currency, valid_from);

--
-- Name: members_invited_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX members_invited_by_idx ON app_public.members USING btree (invited_by);

--
-- Name: members_user_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX members_user_idx ON app_public.members USING btree (user_id) INCLUDE (organization_id, role);

--
-- Name: model_prices_lookup_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX model_prices_lookup_idx ON app_public.model_prices USING btree (service, model, effective_from);

--
-- Name: org_api_keys_created_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX org_api_keys_created_by_idx ON app_public.org_api_keys USING btree (created_by);

--
-- Name: org_api_keys_team_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX org_api_keys_team_idx ON app_public.org_api_keys USING btree (organization_id, team_id);

--
-- Name: organization_model_prices_lookup_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX organization_model_prices_lookup_idx ON app_public.organization_model_prices USING btree (organization_id, service, model, effective_from);

--
-- Name: role_permissions_permission_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX role_permissions_permission_idx ON app_public.role_permissions USING btree (permission);

--
-- Name: team_members_member_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX team_members_member_idx ON app_public.team_members USING btree (organization_id, user_id);

--
-- Name: team_members_user_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX team_members_user_idx ON app_public.team_members USING btree (user_id);

--
-- Name: team_role_permissions_permission_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX team_role_permissions_permission_idx ON app_public.team_role_permissions USING btree (permission);

--
-- Name: teams_name_key; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE UNIQUE INDEX teams_name_key ON app_public.teams USING btree (organization_id, parent_team_id, name) NULLS NOT DISTINCT WHERE (deleted_at IS NULL);

--
-- Name: INDEX teams_name_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON INDEX app_public.teams_name_key IS 'name: another team at this place has it.';

--
-- Name: teams_parent_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX teams_parent_idx ON app_public.teams USING btree (organization_id, parent_team_id);

--
-- Name: usage_records_api_key_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_api_key_idx ON app_public.usage_records USING btree (organization_id, api_key_id, occurred_at);

--
-- Name: usage_records_person_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_person_idx ON app_public.usage_records USING btree (user_id);

--
-- Name: usage_records_team_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_team_idx ON app_public.usage_records USING btree (organization_id, team_id, occurred_at);

--
-- Name: usage_records_time_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_time_idx ON app_public.usage_records USING btree (organization_id, occurred_at);

--
-- Name: usage_records_user_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_user_idx ON app_public.usage_records USING btree (organization_id, user_id, occurred_at);

--
-- Name: members keep_an_owner; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_an_owner AFTER DELETE OR UPDATE OF role ON app_public.members FOR EACH ROW WHEN ((old.role = 'owner'::text)) EXECUTE FUNCTION app_private.keep_an_owner();

--
-- Name: teams keep_tree; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_tree BEFORE INSERT OR UPDATE OF parent_team_id ON app_public.teams FOR EACH ROW EXECUTE FUNCTION app_private.keep_tree();

--
-- Name: members recheck_change; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER recheck_change BEFORE DELETE OR UPDATE OF role ON app_public.members FOR EACH ROW EXECUTE FUNCTION app_private.recheck_member_change();

--
-- Name: members recheck_insert; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER recheck_insert AFTER INSERT ON app_public.members FOR EACH ROW EXECUTE FUNCTION app_private.recheck_member_change();

--
-- Name: org_api_keys require_live_team; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER require_live_team AFTER INSERT ON app_public.org_api_keys FOR EACH ROW EXECUTE FUNCTION app_private.require_live_team('team_id');

--
-- Name: team_members require_live_team; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER require_live_team AFTER INSERT ON app_public.team_members FOR EACH ROW EXECUTE FUNCTION app_private.require_live_team('team_id');

--
-- Name: budgets touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.budgets FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: members touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.members FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: org_api_keys touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE OF status ON app_public.org_api_keys FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: organizations touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.organizations FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: teams touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.teams FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: users touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.users FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: idempotency_keys idempotency_keys_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.idempotency_keys
    ADD CONSTRAINT idempotency_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: idempotency_keys idempotency_keys_organization_id_usage_record_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.idempotency_keys
    ADD CONSTRAINT idempotency_keys_organization_id_usage_record_id_fkey FOREIGN KEY (organization_id, usage_record_id) REFERENCES app_public.usage_records(organization_id, id) ON DELETE CASCADE;

--
-- Name: org_api_key_secrets org_api_key_secrets_organization_id_key_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.org_api_key_secrets
    ADD CONSTRAINT org_api_key_secrets_organization_id_key_id_fkey FOREIGN KEY (organization_id, key_id) REFERENCES app_public.org_api_keys(organization_id, id) ON DELETE CASCADE;

--
-- Name: sessions sessions_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.sessions
    ADD CONSTRAINT sessions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: sessions sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_public.users(id) ON DELETE CASCADE;

--
-- Name: user_passwords user_passwords_user_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.user_passwords
    ADD CONSTRAINT user_passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_public.users(id) ON DELETE CASCADE;

--
-- Name: budget_alerts budget_alerts_period_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_alerts
    ADD CONSTRAINT budget_alerts_period_fkey FOREIGN KEY (organization_id, budget_id, period_start) REFERENCES app_public.budget_periods(organization_id, budget_id, period_start) ON DELETE CASCADE;

--
-- Name: CONSTRAINT budget_alerts_period_fkey ON budget_alerts; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_alerts_period_fkey ON app_public.budget_alerts IS '@fieldName period
@foreignFieldName alerts';

--
-- Name: budget_periods budget_periods_budget_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_periods
    ADD CONSTRAINT budget_periods_budget_fkey FOREIGN KEY (organization_id, budget_id) REFERENCES app_public.budgets(organization_id, id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT budget_periods_budget_fkey ON budget_periods; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_periods_budget_fkey ON app_public.budget_periods IS '@fieldName budget
@foreignFieldName periods';

--
-- Name: budgets budgets_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: members members_invited_by_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.members
    ADD CONSTRAINT members_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES app_public.users(id);

--
-- Name: members members_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.members
    ADD CONSTRAINT members_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: members members_user_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.members
    ADD CONSTRAINT members_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_public.users(id);

--
-- Name: org_api_keys org_api_keys_created_by_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.org_api_keys
    ADD CONSTRAINT org_api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_public.users(id);

--
-- Name: org_api_keys org_api_keys_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.org_api_keys
    ADD CONSTRAINT org_api_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: org_api_keys org_api_keys_team_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.org_api_keys
    ADD CONSTRAINT org_api_keys_team_fkey FOREIGN KEY (organization_id, team_id) REFERENCES app_public.teams(organization_id, id);

--
-- Name: CONSTRAINT org_api_keys_team_fkey ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_team_fkey ON app_public.org_api_keys IS '@fieldName team
@foreignFieldName apiKeys';

--
-- Name: organization_model_prices organization_model_prices_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.organization_model_prices
    ADD CONSTRAINT organization_model_prices_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: role_permissions role_permissions_permission_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.role_permissions
    ADD CONSTRAINT role_permissions_permission_fkey FOREIGN KEY (permission) REFERENCES app_public.permissions(name) ON DELETE CASCADE;

--
-- Name: team_members team_members_member_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_members
    ADD CONSTRAINT team_members_member_fkey FOREIGN KEY (organization_id, user_id) REFERENCES app_public.members(organization_id, user_id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT team_members_member_fkey ON team_members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_members_member_fkey ON app_public.team_members IS '@fieldName member
@foreignFieldName teamMembers';

--
-- Name: team_members team_members_team_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_members
    ADD CONSTRAINT team_members_team_fkey FOREIGN KEY (organization_id, team_id) REFERENCES app_public.teams(organization_id, id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT team_members_team_fkey ON team_members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_members_team_fkey ON app_public.team_members IS '@fieldName team
@foreignFieldName teamMembers';

--
-- Name: team_role_permissions team_role_permissions_permission_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_role_permissions
    ADD CONSTRAINT team_role_permissions_permission_fkey FOREIGN KEY (permission) REFERENCES app_public.permissions(name) ON DELETE CASCADE;

--
-- Name: teams teams_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.teams
    ADD CONSTRAINT teams_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: teams teams_parent_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.teams
    ADD CONSTRAINT teams_parent_fkey FOREIGN KEY (organization_id, parent_team_id) REFERENCES app_public.teams(organization_id, id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT teams_parent_fkey ON teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT teams_parent_fkey ON app_public.teams IS '@fieldName parentTeam
@foreignFieldName childTeams';

--
-- Name: usage_records usage_records_api_key_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records
    ADD CONSTRAINT usage_records_api_key_fkey FOREIGN KEY (organization_id, api_key_id) REFERENCES app_public.org_api_keys(organization_id, id);

--
-- Name: CONSTRAINT usage_records_api_key_fkey ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_api_key_fkey ON app_public.usage_records IS '@fieldName apiKey
@foreignFieldName usageRecords';

--
-- Name: usage_records usage_records_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records
    ADD CONSTRAINT usage_records_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: usage_records usage_records_team_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records
    ADD CONSTRAINT usage_records_team_fkey FOREIGN KEY (organization_id, team_id) REFERENCES app_public.teams(organization_id, id);

--
-- Name: CONSTRAINT usage_records_team_fkey ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_team_fkey ON app_public.usage_records IS '@fieldName team
@foreignFieldName usageRecords';

--
-- Name: usage_records usage_records_user_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records
    ADD CONSTRAINT usage_records_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_public.users(id);

--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.idempotency_keys FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: org_api_key_secrets insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.org_api_key_secrets FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: sessions insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.sessions FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: user_passwords insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.user_passwords FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: org_api_key_secrets; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.org_api_key_secrets ENABLE ROW LEVEL SECURITY;

--
-- Name: org_api_key_secrets select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.org_api_key_secrets FOR SELECT TO rowgate_reader USING (true);

--
-- Name: sessions select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.sessions FOR SELECT TO rowgate_reader USING (true);

--
-- Name: user_passwords select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.user_passwords FOR SELECT TO rowgate_reader USING (true);

--
-- Name: idempotency_keys select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.idempotency_keys FOR SELECT TO rowgate_writer USING (true);

--
-- Name: sessions select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.sessions FOR SELECT TO rowgate_writer USING (true);

--
-- Name: user_passwords select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.user_passwords FOR SELECT TO rowgate_writer USING (true);

--
-- Name: sessions; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.idempotency_keys FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: sessions update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.sessions FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: user_passwords update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.user_passwords FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: user_passwords; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.user_passwords ENABLE ROW LEVEL SECURITY;

--
-- Name: permissions all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.permissions TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: role_permissions all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.role_permissions TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: team_role_permissions all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.team_role_permissions TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: budget_alerts; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_alerts ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_periods; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_periods ENABLE ROW LEVEL SECURITY;

--
-- Name: budgets; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budgets ENABLE ROW LEVEL SECURITY;

--
-- Name: team_members delete_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_permitted ON app_public.team_members FOR DELETE TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team_member:update'::text) AS organizations_permitting)::uuid[])) OR (team_id = ANY (( SELECT app_hidden.teams_permitting('team_member:update'::text) AS teams_permitting)::uuid[]))));

--
-- Name: members delete_permitted_or_self; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_permitted_or_self ON app_public.members FOR DELETE TO rowgate_user USING (((user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:delete'::text) AS organizations_permitting)::uuid[])) AND ((role <> 'owner'::text) OR (organization_id = ANY (( SELECT app_hidden.organizations_permitting('owner:manage'::text) AS organizations_permitting)::uuid[]))))));

--
-- Name: exchange_rates delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.exchange_rates FOR DELETE TO rowgate_writer USING (true);

--
-- Name: model_aliases delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.model_aliases FOR DELETE TO rowgate_writer USING (true);

--
-- Name: model_prices delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.model_prices FOR DELETE TO rowgate_writer USING (true);

--
-- Name: organization_model_prices delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.organization_model_prices FOR DELETE TO rowgate_writer USING (true);

--
-- Name: team_members delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.team_members FOR DELETE TO rowgate_writer USING (true);

--
-- Name: exchange_rates; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.exchange_rates ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_alerts floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.budget_alerts AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: budget_periods floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.budget_periods AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: budgets floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.budgets AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: members floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.members AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: org_api_keys floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.org_api_keys AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: organization_model_prices floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.organization_model_prices AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: team_members floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.team_members AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: teams floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.teams AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: usage_records floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.usage_records AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: budget_alerts floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_alerts AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: budget_periods floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_periods AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: budgets floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budgets AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: members floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.members AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: org_api_keys floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.org_api_keys AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: organization_model_prices floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.organization_model_prices AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: organizations floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.organizations AS RESTRICTIVE FOR UPDATE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: team_members floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.team_members AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: teams floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.teams AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: usage_records floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.usage_records AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: team_members insert_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_permitted ON app_public.team_members FOR INSERT TO rowgate_user WITH CHECK (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team_member:update'::text) AS organizations_permitting)::uuid[])) OR (team_id = ANY (( SELECT app_hidden.teams_permitting('team_member:update'::text) AS teams_permitting)::uuid[]))));

--
-- Name: teams insert_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_permitted ON app_public.teams FOR INSERT TO rowgate_user WITH CHECK ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team:create'::text) AS organizations_permitting)::uuid[])));

--
-- Name: budget_alerts insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_alerts FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budget_periods insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_periods FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budgets insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budgets FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: exchange_rates insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.exchange_rates FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: members insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.members FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: model_aliases insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.model_aliases FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: model_prices insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.model_prices FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: org_api_keys insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.org_api_keys FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: organization_model_prices insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.organization_model_prices FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: organizations insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.organizations FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: usage_records insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.usage_records FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: users insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.users FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: members; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.members ENABLE ROW LEVEL SECURITY;

--
-- Name: model_aliases; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.model_aliases ENABLE ROW LEVEL SECURITY;

--
-- Name: model_prices; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.model_prices ENABLE ROW LEVEL SECURITY;

--
-- Name: org_api_keys; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.org_api_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: organization_model_prices; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.organization_model_prices ENABLE ROW LEVEL SECURITY;

--
-- Name: organizations; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.organizations ENABLE ROW LEVEL SECURITY;

--
-- Name: permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: role_permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.role_permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: users select_colleague; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_colleague ON app_public.users FOR SELECT TO rowgate_key USING ((EXISTS ( SELECT
   FROM app_public.members
  WHERE ((members.user_id = users.id) AND (members.organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[]))))));

--
-- Name: permissions select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.permissions FOR SELECT TO rowgate_reader, rowgate_user, rowgate_key USING (true);

--
-- Name: role_permissions select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.role_permissions FOR SELECT TO rowgate_reader, rowgate_writer, rowgate_user, rowgate_key USING (true);

--
-- Name: team_role_permissions select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.team_role_permissions FOR SELECT TO rowgate_reader, rowgate_user, rowgate_key USING (true);

--
-- Name: users select_member; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_member ON app_public.users FOR SELECT TO rowgate_job USING ((EXISTS ( SELECT
   FROM app_public.members
  WHERE (members.user_id = users.id))));

--
-- Name: usage_records select_own; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own ON app_public.usage_records FOR SELECT TO rowgate_key USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('usage:read'::text) AS organizations_permitting)::uuid[])) AND (api_key_id = ( SELECT app_hidden.current_key_id() AS current_key_id))));

--
-- Name: budget_alerts select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.budget_alerts FOR SELECT TO rowgate_user USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('budget:read_all'::text) AS organizations_permitting)::uuid[])));

--
-- Name: budget_periods select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.budget_periods FOR SELECT TO rowgate_user USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('budget:read_all'::text) AS organizations_permitting)::uuid[])));

--
-- Name: budgets select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.budgets FOR SELECT TO rowgate_user USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('budget:read_all'::text) AS organizations_permitting)::uuid[])));

--
-- Name: exchange_rates select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.exchange_rates FOR SELECT TO rowgate_user, rowgate_key USING ((( SELECT app_hidden.organizations_permitting('price:read'::text) AS organizations_permitting) && ( SELECT app_hidden.tenant_organizations() AS tenant_organizations)));

--
-- Name: members select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.members FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: model_aliases select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.model_aliases FOR SELECT TO rowgate_user, rowgate_key USING ((( SELECT app_hidden.organizations_permitting('price:read'::text) AS organizations_permitting) && ( SELECT app_hidden.tenant_organizations() AS tenant_organizations)));

--
-- Name: model_prices select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.model_prices FOR SELECT TO rowgate_user, rowgate_key USING ((( SELECT app_hidden.organizations_permitting('price:read'::text) AS organizations_permitting) && ( SELECT app_hidden.tenant_organizations() AS tenant_organizations)));

--
-- Name: org_api_keys select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.org_api_keys FOR SELECT TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('key:read'::text) AS organizations_permitting)::uuid[])) AND ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('key:read_all'::text) AS organizations_permitting)::uuid[])) OR (created_by = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id = ANY (( SELECT app_hidden.reachable_teams() AS reachable_teams)::uuid[])))));

--
-- Name: organization_model_prices select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.organization_model_prices FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('price:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: organizations select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.organizations FOR SELECT TO rowgate_user, rowgate_key USING ((id = ANY (( SELECT app_hidden.organizations_permitting('organization:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: team_members select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.team_members FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: teams select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.teams FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team:read'::text) AS organizations_permitting)::uuid[])) AND (deleted_at IS NULL)));

--
-- Name: usage_records select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.usage_records FOR SELECT TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('usage:read'::text) AS organizations_permitting)::uuid[])) AND ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('usage:read_all'::text) AS organizations_permitting)::uuid[])) OR (user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id = ANY (( SELECT app_hidden.reachable_teams() AS reachable_teams)::uuid[])))));

--
-- Name: budget_alerts select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_alerts FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budget_periods select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_periods FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budgets select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budgets FOR SELECT TO rowgate_reader USING (true);

--
-- Name: exchange_rates select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.exchange_rates FOR SELECT TO rowgate_reader USING (true);

--
-- Name: members select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.members FOR SELECT TO rowgate_reader USING (true);

--
-- Name: model_aliases select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.model_aliases FOR SELECT TO rowgate_reader USING (true);

--
-- Name: model_prices select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.model_prices FOR SELECT TO rowgate_reader USING (true);

--
-- Name: org_api_keys select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.org_api_keys FOR SELECT TO rowgate_reader USING (true);

--
-- Name: organization_model_prices select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.organization_model_prices FOR SELECT TO rowgate_reader USING (true);

--
-- Name: organizations select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.organizations FOR SELECT TO rowgate_reader USING (true);

--
-- Name: team_members select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.team_members FOR SELECT TO rowgate_reader USING (true);

--
-- Name: teams select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.teams FOR SELECT TO rowgate_reader USING (true);

--
-- Name: usage_records select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.usage_records FOR SELECT TO rowgate_reader USING (true);

--
-- Name: users select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.users FOR SELECT TO rowgate_reader USING (true);

--
-- Name: org_api_keys select_self; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_self ON app_public.org_api_keys FOR SELECT TO rowgate_key USING ((id = ( SELECT app_hidden.current_key_id() AS current_key_id)));

--
-- Name: users select_self_or_colleague; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_self_or_colleague ON app_public.users FOR SELECT TO rowgate_user USING (((id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (EXISTS ( SELECT
   FROM app_public.members
  WHERE ((members.user_id = users.id) AND (members.organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[])))))));

--
-- Name: budget_alerts select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_alerts FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_periods select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_periods FOR SELECT TO rowgate_job USING (true);

--
-- Name: budgets select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budgets FOR SELECT TO rowgate_job USING (true);

--
-- Name: members select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.members FOR SELECT TO rowgate_job USING (true);

--
-- Name: org_api_keys select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.org_api_keys FOR SELECT TO rowgate_job USING (true);

--
-- Name: organizations select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.organizations FOR SELECT TO rowgate_job USING ((id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[])));

--
-- Name: team_members select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.team_members FOR SELECT TO rowgate_job USING (true);

--
-- Name: teams select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.teams FOR SELECT TO rowgate_job USING (true);

--
-- Name: usage_records select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.usage_records FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_alerts select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_alerts FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budget_periods select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_periods FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budgets select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budgets FOR SELECT TO rowgate_writer USING (true);

--
-- Name: exchange_rates select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.exchange_rates FOR SELECT TO rowgate_writer USING (true);

--
-- Name: members select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.members FOR SELECT TO rowgate_writer USING (true);

--
-- Name: model_aliases select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.model_aliases FOR SELECT TO rowgate_writer USING (true);

--
-- Name: model_prices select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.model_prices FOR SELECT TO rowgate_writer USING (true);

--
-- Name: org_api_keys select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.org_api_keys FOR SELECT TO rowgate_writer USING (true);

--
-- Name: organization_model_prices select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.organization_model_prices FOR SELECT TO rowgate_writer USING (true);

--
-- Name: organizations select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.organizations FOR SELECT TO rowgate_writer USING (true);

--
-- Name: team_members select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.team_members FOR SELECT TO rowgate_writer USING (true);

--
-- Name: teams select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.teams FOR SELECT TO rowgate_writer USING (true);

--
-- Name: usage_records select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.usage_records FOR SELECT TO rowgate_writer USING (true);

--
-- Name: users select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.users FOR SELECT TO rowgate_writer USING (true);

--
-- Name: team_members; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.team_members ENABLE ROW LEVEL SECURITY;

--
-- Name: team_role_permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.team_role_permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: teams; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.teams ENABLE ROW LEVEL SECURITY;

--
-- Name: org_api_keys update_own_or_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_own_or_permitted ON app_public.org_api_keys FOR UPDATE TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('key:revoke_all'::text) AS organizations_permitting)::uuid[])) OR (created_by = ( SELECT app_hidden.current_user_id() AS current_user_id)))) WITH CHECK ((status = 'revoked'::text));

--
-- Name: members update_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_permitted ON app_public.members FOR UPDATE TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:update'::text) AS organizations_permitting)::uuid[])) AND ((role <> 'owner'::text) OR (organization_id = ANY (( SELECT app_hidden.organizations_permitting('owner:manage'::text) AS organizations_permitting)::uuid[]))))) WITH CHECK (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:update'::text) AS organizations_permitting)::uuid[])) AND ((role <> 'owner'::text) OR (organization_id = ANY (( SELECT app_hidden.organizations_permitting('owner:manage'::text) AS organizations_permitting)::uuid[])))));

--
-- Name: organizations update_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_permitted ON app_public.organizations FOR UPDATE TO rowgate_user USING ((id = ANY (( SELECT app_hidden.organizations_permitting('organization:update'::text) AS organizations_permitting)::uuid[]))) WITH CHECK ((id = ANY (( SELECT app_hidden.organizations_permitting('organization:update'::text) AS organizations_permitting)::uuid[])));

--
-- Name: team_members update_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_permitted ON app_public.team_members FOR UPDATE TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team_member:update'::text) AS organizations_permitting)::uuid[])) OR (team_id = ANY (( SELECT app_hidden.teams_permitting('team_member:update'::text) AS teams_permitting)::uuid[])))) WITH CHECK (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team_member:update'::text) AS organizations_permitting)::uuid[])) OR (team_id = ANY (( SELECT app_hidden.teams_permitting('team_member:update'::text) AS teams_permitting)::uuid[]))));

--
-- Name: teams update_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_permitted ON app_public.teams FOR UPDATE TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team:update'::text) AS organizations_permitting)::uuid[])) AND (deleted_at IS NULL))) WITH CHECK ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team:update'::text) AS organizations_permitting)::uuid[])));

--
-- Name: budget_periods update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.budget_periods FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: budgets update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.budgets FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: exchange_rates update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.exchange_rates FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: model_aliases update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.model_aliases FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: model_prices update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.model_prices FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: org_api_keys update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.org_api_keys FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: organization_model_prices update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.organization_model_prices FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: organizations update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.organizations FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: teams update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.teams FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: usage_records; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.usage_records ENABLE ROW LEVEL SECURITY;

--
-- Name: users; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.users ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA app_hidden; Type: ACL; Schema: -; Owner: rowgate_owner
--

GRANT USAGE ON SCHEMA app_hidden TO rowgate_anonymous;
GRANT USAGE ON SCHEMA app_hidden TO rowgate_user;
GRANT USAGE ON SCHEMA app_hidden TO rowgate_key;
GRANT USAGE ON SCHEMA app_hidden TO rowgate_job;
GRANT USAGE ON SCHEMA app_hidden TO rowgate_reader;
GRANT USAGE ON SCHEMA app_hidden TO rowgate_writer;
GRANT USAGE ON SCHEMA app_hidden TO rowgate_worker;
GRANT USAGE ON SCHEMA app_hidden TO rowgate_authenticator;

--
-- Name: SCHEMA app_private; Type: ACL; Schema: -; Owner: rowgate_owner
--

GRANT USAGE ON SCHEMA app_private TO rowgate_reader;
GRANT USAGE ON SCHEMA app_private TO rowgate_writer;

--
-- Name: SCHEMA app_public; Type: ACL; Schema: -; Owner: rowgate_owner
--

GRANT USAGE ON SCHEMA app_public TO rowgate_anonymous;
GRANT USAGE ON SCHEMA app_public TO rowgate_user;
GRANT USAGE ON SCHEMA app_public TO rowgate_key;
GRANT USAGE ON SCHEMA app_public TO rowgate_job;
GRANT USAGE ON SCHEMA app_public TO rowgate_reader;
GRANT USAGE ON SCHEMA app_public TO rowgate_writer;
GRANT USAGE ON SCHEMA app_public TO rowgate_worker;

--
-- Name: FUNCTION is_label(label text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_label(label text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_label(label text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_label(label text) TO rowgate_writer;

--
-- Name: FUNCTION uuid_v7(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.uuid_v7() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.uuid_v7() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.uuid_v7() TO rowgate_writer;
GRANT ALL ON FUNCTION app_hidden.uuid_v7() TO rowgate_job;

--
-- Name: TABLE org_api_keys; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.org_api_keys TO rowgate_user;
GRANT SELECT ON TABLE app_public.org_api_keys TO rowgate_key;
GRANT SELECT ON TABLE app_public.org_api_keys TO rowgate_job;
GRANT SELECT ON TABLE app_public.org_api_keys TO rowgate_reader;
GRANT SELECT ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(team_id) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.name; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(name) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.key_prefix; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(key_prefix) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.rate_limit; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(rate_limit) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.monthly_quota; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(monthly_quota) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.scopes; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(scopes) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(status) ON TABLE app_public.org_api_keys TO rowgate_user;

--
-- Name: COLUMN org_api_keys.last_used_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(last_used_at) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.created_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(created_by) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.expires_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(expires_at) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: TYPE created_api_key; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.created_api_key FROM PUBLIC;

--
-- Name: FUNCTION alert_mail(alert_id uuid, user_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) TO rowgate_job;

--
-- Name: TABLE budget_periods; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budget_periods TO rowgate_user;
GRANT SELECT ON TABLE app_public.budget_periods TO rowgate_job;
GRANT SELECT ON TABLE app_public.budget_periods TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.budget_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.period_start; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(period_start) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.spent; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(spent),UPDATE(spent) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.monthly_limit; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(monthly_limit),UPDATE(monthly_limit) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.alert_threshold; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(alert_threshold),UPDATE(alert_threshold) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency),UPDATE(currency) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.blocking; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(blocking),UPDATE(blocking) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.limit_version; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_version),UPDATE(limit_version) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: FUNCTION announce_crossing(period app_public.budget_periods, announce boolean); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.announce_crossing(period app_public.budget_periods, announce boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.announce_crossing(period app_public.budget_periods, announce boolean) TO rowgate_writer;

--
-- Name: FUNCTION charge_budget(organization_id uuid, cost numeric, currency text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.charge_budget(organization_id uuid, cost numeric, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.charge_budget(organization_id uuid, cost numeric, currency text) TO rowgate_writer;

--
-- Name: FUNCTION choose_tenant(memberships uuid[], hints text[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.choose_tenant(memberships uuid[], hints text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.choose_tenant(memberships uuid[], hints text[]) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.choose_tenant(memberships uuid[], hints text[]) TO rowgate_writer;

--
-- Name: FUNCTION claim(name text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.claim(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.claim(name text) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.claim(name text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.claim(name text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.claim(name text) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.claim(name text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.claim(name text) TO rowgate_writer;

--
-- Name: FUNCTION claim_idempotency_key(organization_id uuid, key text, body jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.claim_idempotency_key(organization_id uuid, key text, body jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.claim_idempotency_key(organization_id uuid, key text, body jsonb) TO rowgate_writer;

--
-- Name: FUNCTION constraint_rules(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.constraint_rules() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.constraint_rules() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.constraint_rules() TO rowgate_writer;

--
-- Name: FUNCTION current_key_id(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.current_key_id() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.current_key_id() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.current_key_id() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.current_key_id() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.current_key_id() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.current_key_id() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.current_key_id() TO rowgate_writer;

--
-- Name: FUNCTION current_month(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.current_month() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.current_month() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.current_month() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.current_month() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.current_month() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.current_month() TO rowgate_writer;

--
-- Name: FUNCTION current_organization_id(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.current_organization_id() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.current_organization_id() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.current_organization_id() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.current_organization_id() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.current_organization_id() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.current_organization_id() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.current_organization_id() TO rowgate_writer;

--
-- Name: FUNCTION current_session_id(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.current_session_id() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.current_session_id() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.current_session_id() TO rowgate_writer;

--
-- Name: FUNCTION current_user_id(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.current_user_id() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.current_user_id() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.current_user_id() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.current_user_id() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.current_user_id() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.current_user_id() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.current_user_id() TO rowgate_writer;

--
-- Name: FUNCTION day_start(day date, zone text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.day_start(day date, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.day_start(day date, zone text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.day_start(day date, zone text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.day_start(day date, zone text) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.day_start(day date, zone text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.day_start(day date, zone text) TO rowgate_writer;

--
-- Name: FUNCTION end_model_prices(organization_id uuid, service text, model text, effective_from timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.end_model_prices(organization_id uuid, service text, model text, effective_from timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.end_model_prices(organization_id uuid, service text, model text, effective_from timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION enqueue(organization_id uuid, task text, payload jsonb, dedupe text); Type: ACL; Schema: app_hidden; Owner: rowgate_worker
--

REVOKE ALL ON FUNCTION app_hidden.enqueue(organization_id uuid, task text, payload jsonb, dedupe text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.enqueue(organization_id uuid, task text, payload jsonb, dedupe text) TO rowgate_writer;

--
-- Name: FUNCTION error_codes(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.error_codes() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.error_codes() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.error_codes() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.error_codes() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.error_codes() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.error_codes() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.error_codes() TO rowgate_writer;

--
-- Name: FUNCTION exchange_rate(from_currency text, to_currency text, at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION import_list_prices(list jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.import_list_prices(list jsonb) FROM PUBLIC;

--
-- Name: FUNCTION import_model_aliases(list jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.import_model_aliases(list jsonb) FROM PUBLIC;

--
-- Name: FUNCTION is_email(email text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_email(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_email(email text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_email(email text) TO rowgate_writer;

--
-- Name: FUNCTION is_priced_unit(unit text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_priced_unit(unit text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_priced_unit(unit text) TO rowgate_writer;

--
-- Name: FUNCTION is_role(role text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_role(role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_role(role text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_role(role text) TO rowgate_writer;

--
-- Name: FUNCTION is_time_zone(name text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_time_zone(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_writer;

--
-- Name: FUNCTION last_migration(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.last_migration() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.last_migration() TO rowgate_anonymous;

--
-- Name: FUNCTION listed_rate(from_currency text, to_currency text, at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION login_problems(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.login_problems() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.login_problems() TO rowgate_anonymous;

--
-- Name: FUNCTION month_cost(organization_id uuid, currency text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.month_cost(organization_id uuid, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.month_cost(organization_id uuid, currency text) TO rowgate_writer;

--
-- Name: TABLE budgets; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budgets TO rowgate_user;
GRANT SELECT ON TABLE app_public.budgets TO rowgate_job;
GRANT SELECT ON TABLE app_public.budgets TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.monthly_limit; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(monthly_limit),UPDATE(monthly_limit) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.alert_threshold; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(alert_threshold),UPDATE(alert_threshold) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency),UPDATE(currency) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(status),UPDATE(status) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.limit_version; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(limit_version) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: FUNCTION open_period(budget app_public.budgets, spent numeric); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.open_period(budget app_public.budgets, spent numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.open_period(budget app_public.budgets, spent numeric) TO rowgate_writer;

--
-- Name: FUNCTION organizations_permitting(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.organizations_permitting(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_writer;

--
-- Name: FUNCTION password_salt(email text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.password_salt(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.password_salt(email text) TO rowgate_anonymous;

--
-- Name: FUNCTION period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.period_bounds(period text, at timestamp with time zone, zone text, OUT starts timestamp with time zone, OUT ends timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION period_end(period text, at timestamp with time zone, zone text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.period_end(period text, at timestamp with time zone, zone text) TO rowgate_writer;

--
-- Name: FUNCTION period_start(period text, at timestamp with time zone, zone text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.period_start(period text, at timestamp with time zone, zone text) TO rowgate_writer;

--
-- Name: FUNCTION price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) TO rowgate_writer;

--
-- Name: FUNCTION protect(target regclass, tenant_column name); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.protect(target regclass, tenant_column name) FROM PUBLIC;

--
-- Name: FUNCTION reachable_teams(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.reachable_teams() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.reachable_teams() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.reachable_teams() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.reachable_teams() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.reachable_teams() TO rowgate_writer;

--
-- Name: FUNCTION refresh_session(refresh_hash bytea, next_refresh_hash bytea); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) TO rowgate_anonymous;

--
-- Name: FUNCTION refuse(code text, detail jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.refuse(code text, detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.refuse(code text, detail jsonb) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.refuse(code text, detail jsonb) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.refuse(code text, detail jsonb) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.refuse(code text, detail jsonb) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.refuse(code text, detail jsonb) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.refuse(code text, detail jsonb) TO rowgate_writer;

--
-- Name: FUNCTION refuse_value(constraint_name text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.refuse_value(constraint_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.refuse_value(constraint_name text) TO rowgate_writer;

--
-- Name: FUNCTION register(email text, name text, password_salt bytea, password_key bytea); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.register(email text, name text, password_salt bytea, password_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.register(email text, name text, password_salt bytea, password_key bytea) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.register(email text, name text, password_salt bytea, password_key bytea) TO rowgate_user;

--
-- Name: FUNCTION registration_notice(user_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.registration_notice(user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.registration_notice(user_id uuid) TO rowgate_job;

--
-- Name: FUNCTION require_bookable_team(organization_id uuid, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.require_bookable_team(organization_id uuid, team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_bookable_team(organization_id uuid, team_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION require_organization(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.require_organization() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_organization() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_organization() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.require_organization() TO rowgate_writer;

--
-- Name: FUNCTION require_permission(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_permission(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_writer;

--
-- Name: FUNCTION require_team_permission(permission text, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) TO rowgate_user;

--
-- Name: FUNCTION resolve_job(organization_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.resolve_job(organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.resolve_job(organization_id uuid) TO rowgate_worker;

--
-- Name: FUNCTION resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text) TO rowgate_authenticator;

--
-- Name: FUNCTION server_warnings(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.server_warnings() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.server_warnings() TO rowgate_anonymous;

--
-- Name: FUNCTION set_claims(user_id uuid, session_id uuid, key_id uuid, organization_id uuid, job boolean, request_id text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.set_claims(user_id uuid, session_id uuid, key_id uuid, organization_id uuid, job boolean, request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.set_claims(user_id uuid, session_id uuid, key_id uuid, organization_id uuid, job boolean, request_id text) TO rowgate_reader;

--
-- Name: FUNCTION set_exchange_rate(from_currency text, to_currency text, rate numeric, valid_from timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.set_exchange_rate(from_currency text, to_currency text, rate numeric, valid_from timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION set_list_prices(service text, model text, currency text, prices jsonb, effective_from timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.set_list_prices(service text, model text, currency text, prices jsonb, effective_from timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION sign_in(email text, password_key bytea, refresh_hash bytea, tenant text); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text) TO rowgate_anonymous;

--
-- Name: FUNCTION teams_permitting(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.teams_permitting(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.teams_permitting(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.teams_permitting(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.teams_permitting(permission text) TO rowgate_writer;

--
-- Name: FUNCTION tenant_organizations(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.tenant_organizations() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_writer;

--
-- Name: FUNCTION keep_an_owner(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_an_owner() FROM PUBLIC;

--
-- Name: FUNCTION keep_tree(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_tree() FROM PUBLIC;

--
-- Name: FUNCTION recheck_member_change(); Type: ACL; Schema: app_private; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_private.recheck_member_change() FROM PUBLIC;

--
-- Name: FUNCTION require_live_team(); Type: ACL; Schema: app_private; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_private.require_live_team() FROM PUBLIC;

--
-- Name: FUNCTION touch(); Type: ACL; Schema: app_private; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_private.touch() FROM PUBLIC;

--
-- Name: FUNCTION add_member(email text, role text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.add_member(email text, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.add_member(email text, role text) TO rowgate_user;

--
-- Name: TABLE team_members; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT,DELETE ON TABLE app_public.team_members TO rowgate_user;
GRANT SELECT ON TABLE app_public.team_members TO rowgate_key;
GRANT SELECT ON TABLE app_public.team_members TO rowgate_job;
GRANT SELECT ON TABLE app_public.team_members TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.team_members TO rowgate_writer;

--
-- Name: COLUMN team_members.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.team_members TO rowgate_user;

--
-- Name: COLUMN team_members.team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(team_id) ON TABLE app_public.team_members TO rowgate_user;

--
-- Name: COLUMN team_members.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.team_members TO rowgate_user;

--
-- Name: COLUMN team_members.role; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(role),UPDATE(role) ON TABLE app_public.team_members TO rowgate_user;

--
-- Name: FUNCTION add_team_member(team_id uuid, user_id uuid, role text); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) TO rowgate_user;

--
-- Name: FUNCTION budgets_current_spend(budget app_public.budgets); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.budgets_current_spend(budget app_public.budgets) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.budgets_current_spend(budget app_public.budgets) TO rowgate_user;

--
-- Name: FUNCTION budgets_resets_at(budget app_public.budgets); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.budgets_resets_at(budget app_public.budgets) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.budgets_resets_at(budget app_public.budgets) TO rowgate_user;

--
-- Name: TABLE members; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT,DELETE ON TABLE app_public.members TO rowgate_user;
GRANT SELECT ON TABLE app_public.members TO rowgate_key;
GRANT SELECT ON TABLE app_public.members TO rowgate_job;
GRANT SELECT ON TABLE app_public.members TO rowgate_reader;
GRANT SELECT ON TABLE app_public.members TO rowgate_writer;

--
-- Name: COLUMN members.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.members TO rowgate_writer;

--
-- Name: COLUMN members.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.members TO rowgate_writer;

--
-- Name: COLUMN members.role; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(role) ON TABLE app_public.members TO rowgate_user;
GRANT INSERT(role) ON TABLE app_public.members TO rowgate_writer;

--
-- Name: COLUMN members.invited_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(invited_by) ON TABLE app_public.members TO rowgate_writer;

--
-- Name: FUNCTION change_member_role(user_id uuid, role text); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.change_member_role(user_id uuid, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.change_member_role(user_id uuid, role text) TO rowgate_user;

--
-- Name: FUNCTION create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone) TO rowgate_user;

--
-- Name: TABLE organizations; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.organizations TO rowgate_user;
GRANT SELECT ON TABLE app_public.organizations TO rowgate_key;
GRANT SELECT ON TABLE app_public.organizations TO rowgate_job;
GRANT SELECT ON TABLE app_public.organizations TO rowgate_reader;
GRANT SELECT ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.name; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(name) ON TABLE app_public.organizations TO rowgate_user;
GRANT INSERT(name) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.slug; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(slug) ON TABLE app_public.organizations TO rowgate_user;
GRANT INSERT(slug) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.description; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(description) ON TABLE app_public.organizations TO rowgate_user;
GRANT INSERT(description) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.logo_url; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(logo_url) ON TABLE app_public.organizations TO rowgate_user;
GRANT INSERT(logo_url) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(status) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.settings; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(settings) ON TABLE app_public.organizations TO rowgate_user;

--
-- Name: FUNCTION create_organization(name text, slug text, description text, logo_url text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.create_organization(name text, slug text, description text, logo_url text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.create_organization(name text, slug text, description text, logo_url text) TO rowgate_user;

--
-- Name: TABLE teams; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.teams TO rowgate_user;
GRANT SELECT ON TABLE app_public.teams TO rowgate_key;
GRANT SELECT ON TABLE app_public.teams TO rowgate_job;
GRANT SELECT ON TABLE app_public.teams TO rowgate_reader;
GRANT SELECT ON TABLE app_public.teams TO rowgate_writer;

--
-- Name: COLUMN teams.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.teams TO rowgate_user;

--
-- Name: COLUMN teams.parent_team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(parent_team_id),UPDATE(parent_team_id) ON TABLE app_public.teams TO rowgate_user;
GRANT UPDATE(parent_team_id) ON TABLE app_public.teams TO rowgate_writer;

--
-- Name: COLUMN teams.name; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(name),UPDATE(name) ON TABLE app_public.teams TO rowgate_user;

--
-- Name: COLUMN teams.description; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(description),UPDATE(description) ON TABLE app_public.teams TO rowgate_user;

--
-- Name: COLUMN teams.deleted_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(deleted_at) ON TABLE app_public.teams TO rowgate_writer;

--
-- Name: FUNCTION create_team(name text, parent_team_id uuid, description text); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.create_team(name text, parent_team_id uuid, description text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.create_team(name text, parent_team_id uuid, description text) TO rowgate_user;

--
-- Name: FUNCTION delete_organization(); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.delete_organization() FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.delete_organization() TO rowgate_user;

--
-- Name: FUNCTION delete_team(team_id uuid, children text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.delete_team(team_id uuid, children text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.delete_team(team_id uuid, children text) TO rowgate_user;

--
-- Name: TABLE users; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.users TO rowgate_user;
GRANT SELECT ON TABLE app_public.users TO rowgate_key;
GRANT SELECT ON TABLE app_public.users TO rowgate_reader;
GRANT SELECT ON TABLE app_public.users TO rowgate_writer;
GRANT SELECT ON TABLE app_public.users TO rowgate_job;

--
-- Name: COLUMN users.email; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(email) ON TABLE app_public.users TO rowgate_writer;

--
-- Name: COLUMN users.name; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(name) ON TABLE app_public.users TO rowgate_writer;

--
-- Name: FUNCTION me(); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.me() FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.me() TO rowgate_user;

--
-- Name: FUNCTION move_team(team_id uuid, parent_team_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.move_team(team_id uuid, parent_team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.move_team(team_id uuid, parent_team_id uuid) TO rowgate_user;

--
-- Name: FUNCTION my_permissions(); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.my_permissions() FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.my_permissions() TO rowgate_user;
GRANT ALL ON FUNCTION app_public.my_permissions() TO rowgate_key;

--
-- Name: TABLE usage_records; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.usage_records TO rowgate_user;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_key;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_job;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_reader;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(team_id) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.api_key_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(api_key_id) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.tokens_in; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(tokens_in) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.tokens_out; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(tokens_out) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.cost; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(cost) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: FUNCTION record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, team_id uuid, user_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, team_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, team_id uuid, user_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, team_id uuid, user_id uuid) TO rowgate_key;

--
-- Name: FUNCTION remove_member(user_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.remove_member(user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.remove_member(user_id uuid) TO rowgate_user;

--
-- Name: FUNCTION remove_team_member(team_id uuid, user_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) TO rowgate_user;

--
-- Name: FUNCTION reset_model_price(service text, model text, effective_from timestamp with time zone); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.reset_model_price(service text, model text, effective_from timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.reset_model_price(service text, model text, effective_from timestamp with time zone) TO rowgate_user;

--
-- Name: FUNCTION revoke_api_key(key_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.revoke_api_key(key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.revoke_api_key(key_id uuid) TO rowgate_user;

--
-- Name: FUNCTION set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text) TO rowgate_user;

--
-- Name: TABLE organization_model_prices; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.organization_model_prices TO rowgate_user;
GRANT SELECT ON TABLE app_public.organization_model_prices TO rowgate_key;
GRANT SELECT ON TABLE app_public.organization_model_prices TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.unit; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(unit) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.price; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(price) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.effective_from; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(effective_from) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: COLUMN organization_model_prices.effective_to; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(effective_to) ON TABLE app_public.organization_model_prices TO rowgate_writer;

--
-- Name: FUNCTION set_model_price(service text, model text, currency text, input_token numeric, output_token numeric, cached_input_token numeric, request numeric, effective_from timestamp with time zone); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.set_model_price(service text, model text, currency text, input_token numeric, output_token numeric, cached_input_token numeric, request numeric, effective_from timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.set_model_price(service text, model text, currency text, input_token numeric, output_token numeric, cached_input_token numeric, request numeric, effective_from timestamp with time zone) TO rowgate_user;

--
-- Name: FUNCTION sign_out(); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.sign_out() FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.sign_out() TO rowgate_user;

--
-- Name: FUNCTION update_organization(name text, slug text, description text, logo_url text, settings jsonb); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.update_organization(name text, slug text, description text, logo_url text, settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.update_organization(name text, slug text, description text, logo_url text, settings jsonb) TO rowgate_user;

--
-- Name: FUNCTION update_team(team_id uuid, name text, description text); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.update_team(team_id uuid, name text, description text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.update_team(team_id uuid, name text, description text) TO rowgate_user;

--
-- Name: TABLE idempotency_keys; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.idempotency_keys TO rowgate_writer;

--
-- Name: COLUMN idempotency_keys.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.idempotency_keys TO rowgate_writer;

--
-- Name: COLUMN idempotency_keys.key_hash; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(key_hash) ON TABLE app_private.idempotency_keys TO rowgate_writer;

--
-- Name: COLUMN idempotency_keys.body_hash; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(body_hash) ON TABLE app_private.idempotency_keys TO rowgate_writer;

--
-- Name: COLUMN idempotency_keys.usage_record_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT UPDATE(usage_record_id) ON TABLE app_private.idempotency_keys TO rowgate_writer;

--
-- Name: TABLE org_api_key_secrets; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.org_api_key_secrets TO rowgate_reader;

--
-- Name: COLUMN org_api_key_secrets.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.org_api_key_secrets TO rowgate_writer;

--
-- Name: COLUMN org_api_key_secrets.key_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(key_id) ON TABLE app_private.org_api_key_secrets TO rowgate_writer;

--
-- Name: COLUMN org_api_key_secrets.key_hash; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(key_hash) ON TABLE app_private.org_api_key_secrets TO rowgate_writer;

--
-- Name: TABLE sessions; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.sessions TO rowgate_writer;

--
-- Name: COLUMN sessions.id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT(id) ON TABLE app_private.sessions TO rowgate_reader;

--
-- Name: COLUMN sessions.user_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT(user_id) ON TABLE app_private.sessions TO rowgate_reader;
GRANT INSERT(user_id) ON TABLE app_private.sessions TO rowgate_writer;

--
-- Name: COLUMN sessions.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.sessions TO rowgate_writer;

--
-- Name: COLUMN sessions.refresh_hash; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(refresh_hash),UPDATE(refresh_hash) ON TABLE app_private.sessions TO rowgate_writer;

--
-- Name: COLUMN sessions.refreshed_at; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT UPDATE(refreshed_at) ON TABLE app_private.sessions TO rowgate_writer;

--
-- Name: COLUMN sessions.expires_at; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT(expires_at) ON TABLE app_private.sessions TO rowgate_reader;

--
-- Name: COLUMN sessions.ended_at; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT(ended_at) ON TABLE app_private.sessions TO rowgate_reader;
GRANT UPDATE(ended_at) ON TABLE app_private.sessions TO rowgate_writer;

--
-- Name: TABLE user_passwords; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.user_passwords TO rowgate_writer;

--
-- Name: COLUMN user_passwords.user_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT(user_id) ON TABLE app_private.user_passwords TO rowgate_reader;
GRANT INSERT(user_id) ON TABLE app_private.user_passwords TO rowgate_writer;

--
-- Name: COLUMN user_passwords.salt; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT(salt) ON TABLE app_private.user_passwords TO rowgate_reader;
GRANT INSERT(salt) ON TABLE app_private.user_passwords TO rowgate_writer;

--
-- Name: COLUMN user_passwords.verifier; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(verifier) ON TABLE app_private.user_passwords TO rowgate_writer;

--
-- Name: COLUMN user_passwords.registration_notice_at; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT UPDATE(registration_notice_at) ON TABLE app_private.user_passwords TO rowgate_writer;

--
-- Name: TABLE budget_alerts; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budget_alerts TO rowgate_user;
GRANT SELECT ON TABLE app_public.budget_alerts TO rowgate_job;
GRANT SELECT ON TABLE app_public.budget_alerts TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.budget_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.period_start; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(period_start) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.limit_version; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_version) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.threshold; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(threshold) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.monthly_limit; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(monthly_limit) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.spent; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(spent) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.announced; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(announced) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: TABLE exchange_rates; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.exchange_rates TO rowgate_user;
GRANT SELECT ON TABLE app_public.exchange_rates TO rowgate_key;
GRANT SELECT ON TABLE app_public.exchange_rates TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.exchange_rates TO rowgate_writer;

--
-- Name: COLUMN exchange_rates.from_currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(from_currency) ON TABLE app_public.exchange_rates TO rowgate_writer;

--
-- Name: COLUMN exchange_rates.to_currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(to_currency) ON TABLE app_public.exchange_rates TO rowgate_writer;

--
-- Name: COLUMN exchange_rates.rate; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(rate) ON TABLE app_public.exchange_rates TO rowgate_writer;

--
-- Name: COLUMN exchange_rates.valid_from; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(valid_from) ON TABLE app_public.exchange_rates TO rowgate_writer;

--
-- Name: COLUMN exchange_rates.valid_to; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(valid_to) ON TABLE app_public.exchange_rates TO rowgate_writer;

--
-- Name: TABLE model_aliases; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.model_aliases TO rowgate_user;
GRANT SELECT ON TABLE app_public.model_aliases TO rowgate_key;
GRANT SELECT ON TABLE app_public.model_aliases TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.model_aliases TO rowgate_writer;

--
-- Name: COLUMN model_aliases.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.model_aliases TO rowgate_writer;

--
-- Name: COLUMN model_aliases.alias; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(alias) ON TABLE app_public.model_aliases TO rowgate_writer;

--
-- Name: COLUMN model_aliases.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model),UPDATE(model) ON TABLE app_public.model_aliases TO rowgate_writer;

--
-- Name: TABLE model_prices; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.model_prices TO rowgate_user;
GRANT SELECT ON TABLE app_public.model_prices TO rowgate_key;
GRANT SELECT ON TABLE app_public.model_prices TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.unit; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(unit) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.from_tokens_in; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(from_tokens_in) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.price; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(price) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.effective_from; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(effective_from) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: COLUMN model_prices.effective_to; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(effective_to) ON TABLE app_public.model_prices TO rowgate_writer;

--
-- Name: TABLE permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.permissions TO rowgate_key;
GRANT SELECT ON TABLE app_public.permissions TO rowgate_reader;

--
-- Name: TABLE role_permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_key;
GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_reader;
GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_writer;

--
-- Name: TABLE team_role_permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.team_role_permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.team_role_permissions TO rowgate_key;
GRANT SELECT ON TABLE app_public.team_role_permissions TO rowgate_reader;

--
-- PostgreSQL database dump complete
--

