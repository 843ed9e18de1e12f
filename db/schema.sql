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
-- Name: unit_prices; Type: TYPE; Schema: app_private; Owner: rowgate_owner
--

CREATE TYPE app_private.unit_prices AS (
	currency text,
	token_in numeric,
	cached_token_in numeric,
	token_out numeric,
	request numeric
);

ALTER TYPE app_private.unit_prices OWNER TO rowgate_owner;

--
-- Name: usage_draft; Type: TYPE; Schema: app_private; Owner: rowgate_owner
--

CREATE TYPE app_private.usage_draft AS (
	place integer,
	key text,
	key_hash bytea,
	body_hash bytea,
	id uuid,
	team_id uuid,
	user_id uuid,
	service text,
	model text,
	cost numeric,
	currency text,
	tokens_in bigint,
	tokens_out bigint,
	requests bigint,
	occurred_at timestamp with time zone,
	code text,
	detail jsonb
);

ALTER TYPE app_private.usage_draft OWNER TO rowgate_owner;

--
-- Name: access_explanation; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.access_explanation AS (
	allowed boolean,
	permission text,
	reach text,
	through text,
	name text,
	team_id uuid,
	reason text
);

ALTER TYPE app_public.access_explanation OWNER TO rowgate_owner;

--
-- Name: TYPE access_explanation; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.access_explanation IS 'Whether somebody may, and why.';

--
-- Name: COLUMN access_explanation.allowed; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.access_explanation.allowed IS 'Whether they may.';

--
-- Name: COLUMN access_explanation.permission; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.access_explanation.permission IS 'The permission that was asked about.';

--
-- Name: COLUMN access_explanation.reach; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.access_explanation.reach IS 'organization: everywhere in it. team: in the team and all teams below it. own: own rows, and those of own teams. Null when not allowed.';

--
-- Name: COLUMN access_explanation.through; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.access_explanation.through IS 'What decides: role, custom_role, grant or team_role; when not allowed: denial, status, membership or none.';

--
-- Name: COLUMN access_explanation.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.access_explanation.name IS 'Its name: of the role, the team role, or the organization''s status.';

--
-- Name: COLUMN access_explanation.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.access_explanation.team_id IS 'The team in which the team role is held; at or above the one that was asked about.';

--
-- Name: COLUMN access_explanation.reason; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.access_explanation.reason IS 'The same in words.';

--
-- Name: allocation; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.allocation AS (
	budget_id uuid,
	level text,
	currency text,
	limit_amount numeric,
	to_teams numeric,
	to_members numeric,
	unallocated numeric,
	oversubscribed numeric
);

ALTER TYPE app_public.allocation OWNER TO rowgate_owner;

--
-- Name: TYPE allocation; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.allocation IS 'A budget of the organization or of a team, and the caps that are allocated from it.';

--
-- Name: COLUMN allocation.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.budget_id IS 'The budget.';

--
-- Name: COLUMN allocation.level; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.level IS 'organization or team.';

--
-- Name: COLUMN allocation.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.currency IS 'ISO 4217 code of the currency of a money budget.';

--
-- Name: COLUMN allocation.limit_amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.limit_amount IS 'Its limit.';

--
-- Name: COLUMN allocation.to_teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.to_teams IS 'The sum of the caps of the teams below it, of each branch the highest.';

--
-- Name: COLUMN allocation.to_members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.to_members IS 'The sum of the caps of members; 0 for a team''s.';

--
-- Name: COLUMN allocation.unallocated; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.unallocated IS 'What is left to allocate.';

--
-- Name: COLUMN allocation.oversubscribed; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.allocation.oversubscribed IS 'How much more is allocated than there is.';

--
-- Name: budget_state; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.budget_state AS (
	budget_id uuid,
	limit_amount numeric,
	raised numeric,
	settled numeric,
	held numeric,
	remaining numeric,
	used_percent numeric,
	currency text,
	starts_at timestamp with time zone,
	resets_at timestamp with time zone
);

ALTER TYPE app_public.budget_state OWNER TO rowgate_owner;

--
-- Name: TYPE budget_state; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.budget_state IS 'What a budget stands at in its current period.';

--
-- Name: COLUMN budget_state.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_state.limit_amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.limit_amount IS 'The limit of the period, without raises, in the budget''s unit.';

--
-- Name: COLUMN budget_state.raised; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.raised IS 'What temporary raises add to it at this moment.';

--
-- Name: COLUMN budget_state.settled; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.settled IS 'What is used; exact decimal.';

--
-- Name: COLUMN budget_state.held; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.held IS 'What authorized uses keep that are neither settled, released nor expired.';

--
-- Name: COLUMN budget_state.remaining; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.remaining IS 'What is left of limit and raises; 0 when they are exceeded.';

--
-- Name: COLUMN budget_state.used_percent; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.used_percent IS 'Settled in percent of limit and raises; null where they are 0.';

--
-- Name: COLUMN budget_state.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.currency IS 'ISO 4217 code of the currency of a money budget.';

--
-- Name: COLUMN budget_state.starts_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.starts_at IS 'The first instant of the period; null for total.';

--
-- Name: COLUMN budget_state.resets_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_state.resets_at IS 'When the next period begins; null for total.';

--
-- Name: bulk_result; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.bulk_result AS (
	user_id uuid,
	status text,
	code text,
	reason text
);

ALTER TYPE app_public.bulk_result OWNER TO rowgate_owner;

--
-- Name: TYPE bulk_result; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.bulk_result IS 'What became of one person in a call for many.';

--
-- Name: COLUMN bulk_result.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.bulk_result.user_id IS 'The person.';

--
-- Name: COLUMN bulk_result.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.bulk_result.status IS 'done; refused; or undone, because somebody else was refused and it was all or nothing.';

--
-- Name: COLUMN bulk_result.code; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.bulk_result.code IS 'The error code of the refusal.';

--
-- Name: COLUMN bulk_result.reason; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.bulk_result.reason IS 'The refusal in words.';

--
-- Name: charge_verdict; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.charge_verdict AS (
	budget_id uuid,
	level text,
	unit text,
	period text,
	policy text,
	currency text,
	requested numeric,
	remaining numeric,
	fits boolean,
	kind text,
	charged boolean
);

ALTER TYPE app_public.charge_verdict OWNER TO rowgate_owner;

--
-- Name: TYPE charge_verdict; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.charge_verdict IS 'What one budget says to a use.';

--
-- Name: COLUMN charge_verdict.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.budget_id IS 'The budget.';

--
-- Name: COLUMN charge_verdict.level; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.level IS 'organization, team, member or api_key.';

--
-- Name: COLUMN charge_verdict.unit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.unit IS 'money, requests or tokens.';

--
-- Name: COLUMN charge_verdict.period; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.period IS 'day, week, month, quarter, year or total.';

--
-- Name: COLUMN charge_verdict.policy; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.policy IS 'block, allow or grace.';

--
-- Name: COLUMN charge_verdict.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.currency IS 'ISO 4217 code of the currency of a money budget.';

--
-- Name: COLUMN charge_verdict.requested; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.requested IS 'What the use takes of it, in its unit; null if no exchange rate to its currency is known.';

--
-- Name: COLUMN charge_verdict.remaining; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.remaining IS 'What it still admits; null where it refuses nothing, or where the caller may not see its figures.';

--
-- Name: COLUMN charge_verdict.fits; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.fits IS 'Whether it lets the use through.';

--
-- Name: COLUMN charge_verdict.kind; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.kind IS 'limit or credit.';

--
-- Name: COLUMN charge_verdict.charged; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.charge_verdict.charged IS 'Whether the use would be charged to it; false for what the other source, the member''s credit or the organization, pays instead.';

--
-- Name: is_label(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.is_label(label text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return length(label) between 1 and 200
    and label !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';
end;
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
    LANGUAGE plpgsql PARALLEL SAFE
    SET search_path TO ''
    AS $$
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
    monthly_quota bigint DEFAULT 1000000,
    scopes text[] NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    last_used_at timestamp with time zone,
    created_by uuid,
    responsible_id uuid,
    bound_to_creator boolean DEFAULT false NOT NULL,
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

COMMENT ON COLUMN app_public.org_api_keys.monthly_quota IS 'Metered requests per month, a budget of the key; null: no limit of its own.';

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

COMMENT ON COLUMN app_public.org_api_keys.created_by IS 'Who created it.';

--
-- Name: COLUMN org_api_keys.responsible_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.responsible_id IS 'The member who answers for it: its creator, or whoever it was transferred to when they left.';

--
-- Name: COLUMN org_api_keys.bound_to_creator; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.org_api_keys.bound_to_creator IS 'Whether the key also holds no more than whoever answers for it holds now. Without it, what they lose later leaves the key as it is.';

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
-- Name: health_summary; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.health_summary AS (
	since timestamp with time zone,
	requests integer,
	errors integer,
	refused integer,
	requests_per_second numeric,
	error_rate numeric,
	mean_ms numeric,
	slowest_ms integer,
	jobs_done integer,
	jobs_failed integer,
	job_success_rate numeric,
	failing boolean
);

ALTER TYPE app_public.health_summary OWNER TO rowgate_owner;

--
-- Name: TYPE health_summary; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.health_summary IS 'How an organization was served for some time.';

--
-- Name: COLUMN health_summary.since; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.since IS 'The beginning of that time.';

--
-- Name: COLUMN health_summary.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.requests IS 'Requests that were answered.';

--
-- Name: COLUMN health_summary.errors; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.errors IS 'Those of them that failed on our side.';

--
-- Name: COLUMN health_summary.refused; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.refused IS 'Those of them that were refused, by a budget for example.';

--
-- Name: COLUMN health_summary.requests_per_second; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.requests_per_second IS 'Requests in a second, on average.';

--
-- Name: COLUMN health_summary.error_rate; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.error_rate IS 'The share of requests that failed, 0 to 1; null without requests.';

--
-- Name: COLUMN health_summary.mean_ms; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.mean_ms IS 'How long an answer took on average, in milliseconds; null without requests.';

--
-- Name: COLUMN health_summary.slowest_ms; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.slowest_ms IS 'How long the slowest answer took, in milliseconds; null without requests.';

--
-- Name: COLUMN health_summary.jobs_done; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.jobs_done IS 'Jobs that were done, e-mails for example.';

--
-- Name: COLUMN health_summary.jobs_failed; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.jobs_failed IS 'Attempts at a job that failed.';

--
-- Name: COLUMN health_summary.job_success_rate; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.job_success_rate IS 'The share of attempts at a job that succeeded, 0 to 1; null without any.';

--
-- Name: COLUMN health_summary.failing; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_summary.failing IS 'Whether an incident lasts: see healthIncidents.';

--
-- Name: quota_line; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.quota_line AS (
	resource text,
	limit_amount bigint,
	used bigint,
	remaining bigint,
	over bigint,
	resets_at timestamp with time zone
);

ALTER TYPE app_public.quota_line OWNER TO rowgate_owner;

--
-- Name: TYPE quota_line; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.quota_line IS 'One resource that an organization''s plan limits.';

--
-- Name: COLUMN quota_line.resource; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.quota_line.resource IS 'seats (members), storage (bytes), api_calls (metered requests of this month, held ones too), teams, or api_keys (those not revoked).';

--
-- Name: COLUMN quota_line.limit_amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.quota_line.limit_amount IS 'How much there may be; null: any amount.';

--
-- Name: COLUMN quota_line.used; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.quota_line.used IS 'How much there is.';

--
-- Name: COLUMN quota_line.remaining; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.quota_line.remaining IS 'How much is left; 0 when there is too much, null without a limit.';

--
-- Name: COLUMN quota_line.over; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.quota_line.over IS 'How much there is above the limit.';

--
-- Name: COLUMN quota_line.resets_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.quota_line.resets_at IS 'When it begins anew; null for what does not.';

--
-- Name: usage_answer; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.usage_answer AS (
	place integer,
	idempotency_key text,
	status text,
	usage_record_id uuid,
	code text,
	detail jsonb
);

ALTER TYPE app_public.usage_answer OWNER TO rowgate_owner;

--
-- Name: TYPE usage_answer; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.usage_answer IS 'What became of one event of a batch.';

--
-- Name: COLUMN usage_answer.place; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_answer.place IS 'Its place in the batch, from 1.';

--
-- Name: COLUMN usage_answer.idempotency_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_answer.idempotency_key IS 'Its key.';

--
-- Name: COLUMN usage_answer.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_answer.status IS 'recorded, repeated or refused.';

--
-- Name: COLUMN usage_answer.usage_record_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_answer.usage_record_id IS 'The record.';

--
-- Name: COLUMN usage_answer.code; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_answer.code IS 'Why it was refused, as an error code.';

--
-- Name: COLUMN usage_answer.detail; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_answer.detail IS 'What the refusal is about, as with the error of recordUsage.';

--
-- Name: usage_point; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.usage_point AS (
	starts_at timestamp with time zone,
	service text,
	model text,
	team_id uuid,
	user_id uuid,
	api_key_id uuid,
	label text,
	currency text,
	records bigint,
	requests bigint,
	tokens_in bigint,
	tokens_out bigint,
	cost numeric
);

ALTER TYPE app_public.usage_point OWNER TO rowgate_owner;

--
-- Name: TYPE usage_point; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.usage_point IS 'What was used in some time by one group, or by all.';

--
-- Name: COLUMN usage_point.starts_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.starts_at IS 'The beginning of that time.';

--
-- Name: COLUMN usage_point.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.service IS 'The service, where it is grouped by.';

--
-- Name: COLUMN usage_point.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.model IS 'The model, where it is grouped by.';

--
-- Name: COLUMN usage_point.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.team_id IS 'The team, where it is grouped by; null: on no team.';

--
-- Name: COLUMN usage_point.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.user_id IS 'The person, where it is grouped by; null: nobody known.';

--
-- Name: COLUMN usage_point.api_key_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.api_key_id IS 'The API key, where it is grouped by; null: without a key.';

--
-- Name: COLUMN usage_point.label; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.label IS 'What the group is called.';

--
-- Name: COLUMN usage_point.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.currency IS 'ISO 4217 code of the currency of the cost.';

--
-- Name: COLUMN usage_point.records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.records IS 'How many records, corrections among them.';

--
-- Name: COLUMN usage_point.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.requests IS 'How many requests.';

--
-- Name: COLUMN usage_point.tokens_in; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.tokens_in IS 'Tokens sent.';

--
-- Name: COLUMN usage_point.tokens_out; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.tokens_out IS 'Tokens received.';

--
-- Name: COLUMN usage_point.cost; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_point.cost IS 'What was charged, in currency; exact decimal.';

--
-- Name: usage_share; Type: TYPE; Schema: app_public; Owner: rowgate_owner
--

CREATE TYPE app_public.usage_share AS (
	service text,
	model text,
	team_id uuid,
	user_id uuid,
	api_key_id uuid,
	label text,
	other boolean,
	currency text,
	records bigint,
	requests bigint,
	tokens_in bigint,
	tokens_out bigint,
	cost numeric,
	share numeric,
	cost_before numeric,
	change numeric
);

ALTER TYPE app_public.usage_share OWNER TO rowgate_owner;

--
-- Name: TYPE usage_share; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TYPE app_public.usage_share IS 'What one group used of all that was used.';

--
-- Name: COLUMN usage_share.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.service IS 'The service, where it is grouped by.';

--
-- Name: COLUMN usage_share.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.model IS 'The model, where it is grouped by.';

--
-- Name: COLUMN usage_share.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.team_id IS 'The team, where it is grouped by; null: on no team.';

--
-- Name: COLUMN usage_share.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.user_id IS 'The person, where it is grouped by; null: nobody known.';

--
-- Name: COLUMN usage_share.api_key_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.api_key_id IS 'The API key, where it is grouped by; null: without a key.';

--
-- Name: COLUMN usage_share.label; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.label IS 'What the group is called; null for others.';

--
-- Name: COLUMN usage_share.other; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.other IS 'Whether it is all that is not listed by itself.';

--
-- Name: COLUMN usage_share.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.currency IS 'ISO 4217 code of the currency of the cost.';

--
-- Name: COLUMN usage_share.records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.records IS 'How many records, corrections among them.';

--
-- Name: COLUMN usage_share.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.requests IS 'How many requests.';

--
-- Name: COLUMN usage_share.tokens_in; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.tokens_in IS 'Tokens sent.';

--
-- Name: COLUMN usage_share.tokens_out; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.tokens_out IS 'Tokens received.';

--
-- Name: COLUMN usage_share.cost; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.cost IS 'What was charged, in currency; exact decimal.';

--
-- Name: COLUMN usage_share.share; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.share IS 'Its part of the cost, 0 to 1; null where nothing cost anything.';

--
-- Name: COLUMN usage_share.cost_before; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.cost_before IS 'What was charged in the time before that was as long.';

--
-- Name: COLUMN usage_share.change; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_share.change IS 'How much more than then, 1 for twice as much; null where it was nothing.';

--
-- Name: alert_mail(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) RETURNS TABLE(email text, name text, organization text, of_what text, limit_amount numeric, used numeric, unit text, threshold integer, policy text, resets_at timestamp with time zone)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return query
  select users.email, users.name, organizations.name,
    case budgets.level
      when 'team' then 'the team ' || teams.name
      when 'api_key' then 'the API key ' || keys.name
      when 'member' then limited.name
      else organizations.name
    end,
    trim_scale(alerts.limit_amount), trim_scale(alerts.settled), coalesce(periods.currency, budgets.unit), alerts.threshold,
    periods.policy, nullif(periods.ends_at, 'infinity')
  from app_public.budget_alerts as alerts
    join app_public.budgets on budgets.organization_id = alerts.organization_id and budgets.id = alerts.budget_id
    join app_public.budget_periods as periods
      on periods.organization_id = alerts.organization_id and periods.budget_id = alerts.budget_id
        and periods.starts_at = alerts.starts_at
    join app_public.organizations on organizations.id = alerts.organization_id
    join app_public.users on users.id = alert_mail.user_id
    left join app_public.teams on teams.organization_id = alerts.organization_id and teams.id = budgets.team_id
    left join app_public.org_api_keys as keys on keys.organization_id = alerts.organization_id and keys.id = budgets.api_key_id
    left join app_public.users as limited on limited.id = budgets.user_id
  where alerts.id = alert_mail.alert_id
    and alert_mail.user_id in (
      select recipients.user_id from app_hidden.alert_recipients(alerts.organization_id, alerts.budget_id) as recipients
    );
end;
$$;

ALTER FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION alert_mail(alert_id uuid, user_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) IS 'What the e-mail about a crossed threshold says, and to whom; no row when the recipient is no longer one.';

--
-- Name: alert_recipients(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.alert_recipients(organization_id uuid, budget_id uuid) RETURNS TABLE(user_id uuid)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.alert_recipients(organization_id uuid, budget_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION alert_recipients(organization_id uuid, budget_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.alert_recipients(organization_id uuid, budget_id uuid) IS 'Who gets the alerts of a budget: whoever holds budget:read_all, the leads of its team, its member.';

--
-- Name: amount_for(text, text, numeric, text, numeric, text, bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone) IS 'How much a use takes of a budget: its requests, its tokens, or its cost in the budget''s currency; null if that is not known.';

--
-- Name: usage_records; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.usage_records (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    team_id uuid,
    user_id uuid,
    api_key_id uuid,
    kind text DEFAULT 'usage'::text NOT NULL,
    corrects_id uuid,
    service text NOT NULL,
    model text NOT NULL,
    requests bigint DEFAULT 1 NOT NULL,
    tokens_in bigint DEFAULT 0 NOT NULL,
    tokens_out bigint DEFAULT 0 NOT NULL,
    cost numeric,
    currency text,
    pricing text DEFAULT 'given'::text NOT NULL,
    exchange_rate numeric,
    charged numeric,
    charged_currency text NOT NULL,
    hold_id uuid,
    overrun numeric,
    occurred_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    written_in bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    CONSTRAINT usage_records_cost_range CHECK ((((cost >= (0)::numeric) OR (kind <> 'usage'::text)) AND (abs(cost) < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(cost)) <= 12))),
    CONSTRAINT usage_records_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT usage_records_kind_known CHECK ((kind = ANY (ARRAY['usage'::text, 'correction'::text, 'repricing'::text]))),
    CONSTRAINT usage_records_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT usage_records_pricing_known CHECK ((pricing = ANY (ARRAY['given'::text, 'computed'::text, 'unpriced'::text]))),
    CONSTRAINT usage_records_requests_range CHECK (((requests >= 0) OR (kind <> 'usage'::text))),
    CONSTRAINT usage_records_service_length CHECK (app_hidden.is_label(service)),
    CONSTRAINT usage_records_tokens_in_range CHECK (((tokens_in >= 0) OR (kind <> 'usage'::text))),
    CONSTRAINT usage_records_tokens_out_range CHECK (((tokens_out >= 0) OR (kind <> 'usage'::text)))
)
PARTITION BY RANGE (occurred_at);

ALTER TABLE ONLY app_public.usage_records FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.usage_records OWNER TO rowgate_owner;

--
-- Name: TABLE usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.usage_records IS '@foreignKey (organization_id) references app_public.organizations (id)|@fieldName organization|@foreignFieldName usageRecords
@foreignKey (organization_id, team_id) references app_public.teams (organization_id, id)|@fieldName team|@foreignFieldName usageRecords
@foreignKey (organization_id, api_key_id) references app_public.org_api_keys (organization_id, id)|@fieldName apiKey|@foreignFieldName usageRecords
@foreignKey (user_id) references app_public.users (id)|@fieldName user|@foreignFieldName usageRecords
Every recorded use: who, through which key, what, and what it cost. Append-only: a correction is a record of its own.';

--
-- Name: COLUMN usage_records.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.id IS 'The record''s id; ordered by time of recording.';

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
-- Name: COLUMN usage_records.kind; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.kind IS '@behavior filterBy
usage; or correction or repricing, whose figures are added to those of the record that it corrects.';

--
-- Name: COLUMN usage_records.corrects_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.corrects_id IS 'The record that this one corrects.';

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
-- Name: COLUMN usage_records.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.requests IS 'How many requests it stands for.';

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

COMMENT ON COLUMN app_public.usage_records.cost IS 'The cost in currency; exact decimal. Null while no price is known.';

--
-- Name: COLUMN usage_records.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.currency IS 'ISO 4217 code of the currency of the cost.';

--
-- Name: COLUMN usage_records.pricing; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.pricing IS '@behavior filterBy
given: the cost came with the call. computed: from the price list. unpriced: no price or exchange rate is known; a repricing follows.';

--
-- Name: COLUMN usage_records.exchange_rate; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.exchange_rate IS 'What one unit of currency was worth in charged_currency when it occurred; null where they are the same.';

--
-- Name: COLUMN usage_records.charged; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.charged IS 'The cost in the organization''s currency, at that rate; exact decimal.';

--
-- Name: COLUMN usage_records.charged_currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.charged_currency IS 'ISO 4217 code of the organization''s currency when it was recorded.';

--
-- Name: COLUMN usage_records.hold_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.hold_id IS 'The hold that it settles.';

--
-- Name: COLUMN usage_records.overrun; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.overrun IS 'How much more it cost than was held, in currency.';

--
-- Name: COLUMN usage_records.occurred_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.occurred_at IS '@behavior orderBy
When it happened: decides the period that it counts in.';

--
-- Name: COLUMN usage_records.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.created_at IS 'When it was recorded.';

--
-- Name: COLUMN usage_records.written_in; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_records.written_in IS '@behavior -*
The transaction that wrote it: what rolling up goes by.';

--
-- Name: CONSTRAINT usage_records_cost_range ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_cost_range ON app_public.usage_records IS 'cost: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';

--
-- Name: CONSTRAINT usage_records_currency_form ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_currency_form ON app_public.usage_records IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT usage_records_kind_known ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_kind_known ON app_public.usage_records IS 'kind: usage, correction or repricing.';

--
-- Name: CONSTRAINT usage_records_model_length ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_model_length ON app_public.usage_records IS 'model: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT usage_records_pricing_known ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_pricing_known ON app_public.usage_records IS 'pricing: given, computed or unpriced.';

--
-- Name: CONSTRAINT usage_records_requests_range ON usage_records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_records_requests_range ON app_public.usage_records IS 'requests: at least 0.';

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
-- Name: amount_of(app_public.usage_records, text, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.amount_of(usage app_public.usage_records, unit text, budget_currency text) RETURNS numeric
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.amount_of(usage app_public.usage_records, unit text, budget_currency text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION amount_of(usage app_public.usage_records, unit text, budget_currency text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.amount_of(usage app_public.usage_records, unit text, budget_currency text) IS 'How much a use that is booked takes of a budget, as amount_for says it, with rates that stay; null if it has no price or no rate is known.';

--
-- Name: budget_periods; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budget_periods (
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    limit_amount numeric NOT NULL,
    currency text,
    policy text NOT NULL,
    grace_percent integer,
    thresholds integer[] NOT NULL,
    paused boolean NOT NULL,
    limit_version integer NOT NULL,
    shards integer DEFAULT 1 NOT NULL,
    CONSTRAINT budget_periods_not_empty CHECK ((ends_at > starts_at))
);

ALTER TABLE ONLY app_public.budget_periods FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_periods OWNER TO rowgate_owner;

--
-- Name: TABLE budget_periods; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_periods IS 'A period of a budget, with what is in force in it. A change of limit, time zone or currency never touches a period that is over.';

--
-- Name: COLUMN budget_periods.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.organization_id IS 'The organization.';

--
-- Name: COLUMN budget_periods.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_periods.starts_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.starts_at IS '@behavior orderBy filterBy
Its first instant; -infinity for total.';

--
-- Name: COLUMN budget_periods.ends_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.ends_at IS 'The first instant after it; infinity for total.';

--
-- Name: COLUMN budget_periods.limit_amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.limit_amount IS 'The limit in force, without temporary raises.';

--
-- Name: COLUMN budget_periods.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.currency IS 'ISO 4217 code of the currency of a money budget.';

--
-- Name: COLUMN budget_periods.policy; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.policy IS 'What happens above the limit: block, allow or grace.';

--
-- Name: COLUMN budget_periods.grace_percent; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.grace_percent IS 'How many percent above the limit are still let through.';

--
-- Name: COLUMN budget_periods.thresholds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.thresholds IS 'The alert thresholds in force, in percent of the limit.';

--
-- Name: COLUMN budget_periods.paused; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.paused IS 'Whether it only counts.';

--
-- Name: COLUMN budget_periods.limit_version; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.limit_version IS 'The version of the limit in force.';

--
-- Name: COLUMN budget_periods.shards; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_periods.shards IS '@behavior -*
In how many rows it is counted; grows with the number of concurrent writers.';

--
-- Name: CONSTRAINT budget_periods_not_empty ON budget_periods; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_periods_not_empty ON app_public.budget_periods IS 'ends_at: later than starts_at.';

--
-- Name: announce_crossings(app_public.budget_periods, numeric, boolean); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.announce_crossings(period app_public.budget_periods, settled numeric, announce boolean DEFAULT true) RETURNS numeric
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  step int;
  at_amount numeric;
  alert_id uuid;
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
    returning id into alert_id;
    continue when alert_id is null or not news;
    -- One job a recipient, so that a retry repeats nothing to the others.
    perform app_hidden.enqueue(
      period.organization_id, 'budgets/alert',
      jsonb_build_object('alert_id', alert_id, 'user_id', recipients.user_id),
      alert_id || ':' || recipients.user_id)
    from app_hidden.alert_recipients(period.organization_id, period.budget_id) as recipients;
  end loop;
  return 'Infinity';
end;
$$;

ALTER FUNCTION app_hidden.announce_crossings(period app_public.budget_periods, settled numeric, announce boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION announce_crossings(period app_public.budget_periods, settled numeric, announce boolean); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.announce_crossings(period app_public.budget_periods, settled numeric, announce boolean) IS 'Writes an alert for each threshold that the settled use has reached and that has none yet, queues its e-mails, and answers the amount of the next threshold; Infinity if there is none. announce: false after a change of the limit, when only what was not announced under the version before is news.';

--
-- Name: health_incidents; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.health_incidents (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    requests integer NOT NULL,
    errors integer NOT NULL
);

ALTER TABLE ONLY app_public.health_incidents FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.health_incidents OWNER TO rowgate_owner;

--
-- Name: TABLE health_incidents; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.health_incidents IS 'A time in which more than 5 % of an organization''s requests failed for at least 5 minutes. Its owners and admins are told by e-mail when it begins and when it is over.';

--
-- Name: COLUMN health_incidents.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_incidents.id IS 'The incident''s id.';

--
-- Name: COLUMN health_incidents.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_incidents.organization_id IS 'The organization.';

--
-- Name: COLUMN health_incidents.started_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_incidents.started_at IS '@behavior orderBy
The first minute in which too many requests failed.';

--
-- Name: COLUMN health_incidents.opened_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_incidents.opened_at IS 'When it was noticed: 5 minutes later.';

--
-- Name: COLUMN health_incidents.ended_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_incidents.ended_at IS 'When requests went well again, noticed after 5 minutes without too many failures; null while it lasts.';

--
-- Name: COLUMN health_incidents.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_incidents.requests IS 'Requests since it started: up to when it was noticed while it lasts, then up to its end.';

--
-- Name: COLUMN health_incidents.errors; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_incidents.errors IS 'Those of them that failed.';

--
-- Name: announce_incident(app_public.health_incidents, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.announce_incident(incident app_public.health_incidents, task text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform app_hidden.enqueue(
    incident.organization_id, announce_incident.task,
    jsonb_build_object('incident_id', incident.id, 'user_id', holder),
    incident.id || ':' || holder)
  from app_hidden.holders(incident.organization_id, 'health:read') as holder;
end;
$$;

ALTER FUNCTION app_hidden.announce_incident(incident app_public.health_incidents, task text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION announce_incident(incident app_public.health_incidents, task text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.announce_incident(incident app_public.health_incidents, task text) IS 'Queues an e-mail about an incident to whoever holds health:read: health/began or health/ended.';

--
-- Name: applicable_budgets(uuid, uuid[], text, text, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone) RETURNS TABLE(budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, budget_currency text, shards integer, credit boolean)
    LANGUAGE sql STABLE
    AS $$
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

ALTER FUNCTION app_hidden.applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone) IS 'The budgets that a use of a service and model counts on at an instant, with the period, which is null where nobody has met it yet. credit: it is a source and no limit; see book_by_source.';

--
-- Name: budgets; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budgets (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    team_id uuid,
    user_id uuid,
    api_key_id uuid,
    level text GENERATED ALWAYS AS (
CASE
    WHEN (team_id IS NOT NULL) THEN 'team'::text
    WHEN (user_id IS NOT NULL) THEN 'member'::text
    WHEN (api_key_id IS NOT NULL) THEN 'api_key'::text
    ELSE 'organization'::text
END) STORED NOT NULL,
    scope_id uuid GENERATED ALWAYS AS (COALESCE(team_id, user_id, api_key_id, organization_id)) STORED NOT NULL,
    kind text DEFAULT 'limit'::text NOT NULL,
    name text,
    unit text DEFAULT 'money'::text NOT NULL,
    currency text,
    service text,
    model text,
    period text DEFAULT 'month'::text NOT NULL,
    limit_amount numeric NOT NULL,
    policy text DEFAULT 'block'::text NOT NULL,
    grace_percent integer,
    thresholds integer[] DEFAULT '{50,80,100}'::integer[] NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    limit_version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'own'::text NOT NULL,
    counts_from timestamp with time zone NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT budgets_credit_form CHECK (((kind = 'limit'::text) OR ((user_id IS NOT NULL) AND (unit = 'money'::text) AND (currency IS NOT NULL) AND (period = 'total'::text) AND (policy = 'block'::text) AND (status = 'active'::text) AND (service IS NULL) AND (model IS NULL) AND (source = 'own'::text)))),
    CONSTRAINT budgets_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT budgets_currency_of_money CHECK (((unit = 'money'::text) OR (currency IS NULL))),
    CONSTRAINT budgets_grace_percent_range CHECK (((grace_percent >= 1) AND (grace_percent <= 1000))),
    CONSTRAINT budgets_kind_known CHECK ((kind = ANY (ARRAY['limit'::text, 'credit'::text]))),
    CONSTRAINT budgets_limit_amount_range CHECK (((limit_amount >= (0)::numeric) AND (limit_amount < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(limit_amount)) <= 12))),
    CONSTRAINT budgets_limit_version_range CHECK ((limit_version >= 1)),
    CONSTRAINT budgets_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT budgets_name_length CHECK (app_hidden.is_label(name)),
    CONSTRAINT budgets_one_level CHECK ((num_nonnulls(team_id, user_id, api_key_id) <= 1)),
    CONSTRAINT budgets_period_known CHECK ((period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'quarter'::text, 'year'::text, 'total'::text]))),
    CONSTRAINT budgets_policy_known CHECK ((policy = ANY (ARRAY['block'::text, 'allow'::text, 'grace'::text]))),
    CONSTRAINT budgets_policy_with_percent CHECK (((policy = 'grace'::text) = (grace_percent IS NOT NULL))),
    CONSTRAINT budgets_service_length CHECK (app_hidden.is_label(service)),
    CONSTRAINT budgets_source_known CHECK ((source = ANY (ARRAY['own'::text, 'monthly_quota'::text, 'plan'::text]))),
    CONSTRAINT budgets_status_known CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text]))),
    CONSTRAINT budgets_thresholds_form CHECK (((cardinality(thresholds) <= 10) AND (array_position(thresholds, NULL::integer) IS NULL) AND (1 <= ALL (thresholds)) AND (1000 >= ALL (thresholds)))),
    CONSTRAINT budgets_unit_known CHECK ((unit = ANY (ARRAY['money'::text, 'requests'::text, 'tokens'::text]))),
    CONSTRAINT budgets_whole_units CHECK (((unit = 'money'::text) OR (limit_amount = trunc(limit_amount))))
);

ALTER TABLE ONLY app_public.budgets FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budgets OWNER TO rowgate_owner;

--
-- Name: TABLE budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budgets IS 'What an organization, a team with everything below it, a member or an API key may use in a period. All that apply to a use are asked, and the tightest decides.';

--
-- Name: COLUMN budgets.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.id IS 'The budget''s id.';

--
-- Name: COLUMN budgets.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.organization_id IS 'The organization.';

--
-- Name: COLUMN budgets.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.team_id IS 'The team whose subtree it limits, if it is a team''s.';

--
-- Name: COLUMN budgets.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.user_id IS 'The member whom it limits, if it is a member''s.';

--
-- Name: COLUMN budgets.api_key_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.api_key_id IS 'The API key that it limits, if it is a key''s.';

--
-- Name: COLUMN budgets.level; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.level IS '@behavior filterBy
organization, team, member or api_key.';

--
-- Name: COLUMN budgets.scope_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.scope_id IS '@behavior -*
The id of what it limits, whatever its level.';

--
-- Name: COLUMN budgets.kind; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.kind IS '@behavior filterBy
limit, or credit: a member''s own money, which pays in the place of the organization''s as its creditOrder says.';

--
-- Name: COLUMN budgets.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.name IS 'A name to show, 1 to 200 characters; may be missing.';

--
-- Name: COLUMN budgets.unit; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.unit IS '@behavior filterBy
What it counts: money, requests or tokens (in and out together).';

--
-- Name: COLUMN budgets.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.currency IS 'ISO 4217 code of a money budget; null: the organization''s currency, as it is when a period begins.';

--
-- Name: COLUMN budgets.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.service IS 'Counts this service only; null: all.';

--
-- Name: COLUMN budgets.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.model IS 'Counts this model only; null: all.';

--
-- Name: COLUMN budgets.period; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.period IS 'day, week (from Monday), month, quarter, year or total, in the organization''s time zone.';

--
-- Name: COLUMN budgets.limit_amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.limit_amount IS 'The most that may be used in a period, in its unit; exact decimal.';

--
-- Name: COLUMN budgets.policy; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.policy IS 'What happens above the limit. block: refused. allow: recorded. grace: refused from grace_percent above it on.';

--
-- Name: COLUMN budgets.grace_percent; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.grace_percent IS 'How many percent above the limit are still let through; only with the policy grace.';

--
-- Name: COLUMN budgets.thresholds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.thresholds IS 'At how many percent of the limit an alert is sent.';

--
-- Name: COLUMN budgets.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.status IS '@behavior filterBy
active, or paused: it goes on counting, and neither refuses nor alerts.';

--
-- Name: COLUMN budgets.limit_version; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.limit_version IS 'Counts the changes of limit and thresholds; each version alerts for itself.';

--
-- Name: COLUMN budgets.source; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.source IS 'own; or monthly_quota or plan: it follows the API key''s quota or the organization''s plan.';

--
-- Name: COLUMN budgets.counts_from; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.counts_from IS 'The beginning of its first period: what occurred earlier is not counted.';

--
-- Name: COLUMN budgets.created_by; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.created_by IS 'The member who created it.';

--
-- Name: COLUMN budgets.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.created_at IS '@behavior orderBy
When it was created.';

--
-- Name: COLUMN budgets.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budgets.updated_at IS 'When the row was last changed.';

--
-- Name: CONSTRAINT budgets_credit_form ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_credit_form ON app_public.budgets IS 'policy, status: a credit is a member''s, in money, in total, for everything; it always blocks and is not paused.';

--
-- Name: CONSTRAINT budgets_currency_form ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_currency_form ON app_public.budgets IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT budgets_currency_of_money ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_currency_of_money ON app_public.budgets IS 'currency: only with the unit money.';

--
-- Name: CONSTRAINT budgets_grace_percent_range ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_grace_percent_range ON app_public.budgets IS 'grace_percent: 1 to 1,000 percent.';

--
-- Name: CONSTRAINT budgets_kind_known ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_kind_known ON app_public.budgets IS 'kind: limit or credit.';

--
-- Name: CONSTRAINT budgets_limit_amount_range ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_limit_amount_range ON app_public.budgets IS 'limit_amount: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';

--
-- Name: CONSTRAINT budgets_limit_version_range ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_limit_version_range ON app_public.budgets IS 'limit_version: counts from 1.';

--
-- Name: CONSTRAINT budgets_model_length ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_model_length ON app_public.budgets IS 'model: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT budgets_name_length ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_name_length ON app_public.budgets IS 'name: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT budgets_one_level ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_one_level ON app_public.budgets IS 'team_id, user_id, api_key_id: at most one of them.';

--
-- Name: CONSTRAINT budgets_period_known ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_period_known ON app_public.budgets IS 'period: day, week, month, quarter, year or total.';

--
-- Name: CONSTRAINT budgets_policy_known ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_policy_known ON app_public.budgets IS 'policy: block, allow or grace.';

--
-- Name: CONSTRAINT budgets_policy_with_percent ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_policy_with_percent ON app_public.budgets IS 'grace_percent: needed with the policy grace, and only there.';

--
-- Name: CONSTRAINT budgets_service_length ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_service_length ON app_public.budgets IS 'service: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT budgets_source_known ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_source_known ON app_public.budgets IS 'source: own, monthly_quota or plan.';

--
-- Name: CONSTRAINT budgets_status_known ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_status_known ON app_public.budgets IS 'status: active or paused.';

--
-- Name: CONSTRAINT budgets_thresholds_form ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_thresholds_form ON app_public.budgets IS 'thresholds: at most 10 whole percentages from 1 to 1,000.';

--
-- Name: CONSTRAINT budgets_unit_known ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_unit_known ON app_public.budgets IS 'unit: money, requests or tokens.';

--
-- Name: CONSTRAINT budgets_whole_units ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_whole_units ON app_public.budgets IS 'limit_amount: a whole number of requests or tokens.';

--
-- Name: apply_budget(app_public.budgets, app_public.budgets, text, jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.apply_budget(before app_public.budgets, budget app_public.budgets, action text, details jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
    thresholds = budget.thresholds, paused = budget.status = 'paused', limit_version = budget.limit_version
  where periods.organization_id = period.organization_id and periods.budget_id = period.budget_id
    and periods.starts_at = period.starts_at
  returning * into period;
  perform app_hidden.share_out(period, 0, announce => false);
end;
$$;

ALTER FUNCTION app_hidden.apply_budget(before app_public.budgets, budget app_public.budgets, action text, details jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION apply_budget(before app_public.budgets, budget app_public.budgets, action text, details jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.apply_budget(before app_public.budgets, budget app_public.budgets, action text, details jsonb) IS 'Writes a change of a budget into its history and brings it into force in the current period.';

--
-- Name: usage_holds; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.usage_holds (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    team_id uuid,
    user_id uuid,
    api_key_id uuid,
    requests bigint DEFAULT 1 NOT NULL,
    service text NOT NULL,
    model text NOT NULL,
    tokens_in bigint NOT NULL,
    tokens_out bigint NOT NULL,
    cost numeric NOT NULL,
    currency text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    usage_record_id uuid,
    exchange_rate numeric,
    charged_currency text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT usage_holds_cost_range CHECK (((cost >= (0)::numeric) AND (cost < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(cost)) <= 12))),
    CONSTRAINT usage_holds_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT usage_holds_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT usage_holds_requests_range CHECK ((requests >= 0)),
    CONSTRAINT usage_holds_service_length CHECK (app_hidden.is_label(service)),
    CONSTRAINT usage_holds_status_known CHECK ((status = ANY (ARRAY['open'::text, 'settled'::text, 'released'::text]))),
    CONSTRAINT usage_holds_tokens_in_range CHECK ((tokens_in >= 0)),
    CONSTRAINT usage_holds_tokens_out_range CHECK ((tokens_out >= 0))
);

ALTER TABLE ONLY app_public.usage_holds FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.usage_holds OWNER TO rowgate_owner;

--
-- Name: TABLE usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.usage_holds IS '@foreignKey (organization_id, team_id) references app_public.teams (organization_id, id)|@fieldName team|@foreignFieldName holds
@foreignKey (organization_id, api_key_id) references app_public.org_api_keys (organization_id, id)|@fieldName apiKey|@foreignFieldName holds
What was authorized and is not settled or released yet: its estimate is kept free on every budget that applies, until it expires.';

--
-- Name: COLUMN usage_holds.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.id IS 'The hold''s id.';

--
-- Name: COLUMN usage_holds.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.organization_id IS 'The organization.';

--
-- Name: COLUMN usage_holds.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.team_id IS 'The team that it will be booked on.';

--
-- Name: COLUMN usage_holds.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.user_id IS 'The person who uses it.';

--
-- Name: COLUMN usage_holds.api_key_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.api_key_id IS 'The API key that authorized it.';

--
-- Name: COLUMN usage_holds.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.requests IS 'The requests that it stands for.';

--
-- Name: COLUMN usage_holds.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.service IS 'The service.';

--
-- Name: COLUMN usage_holds.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.model IS 'The model.';

--
-- Name: COLUMN usage_holds.tokens_in; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.tokens_in IS 'Estimated tokens sent.';

--
-- Name: COLUMN usage_holds.tokens_out; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.tokens_out IS 'Estimated tokens received.';

--
-- Name: COLUMN usage_holds.cost; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.cost IS 'The estimated cost; exact decimal.';

--
-- Name: COLUMN usage_holds.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.currency IS 'ISO 4217 code of the currency.';

--
-- Name: COLUMN usage_holds.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.status IS '@behavior filterBy
open, settled or released. An open one no longer holds anything after expires_at.';

--
-- Name: COLUMN usage_holds.expires_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.expires_at IS 'Until when it holds.';

--
-- Name: COLUMN usage_holds.closed_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.closed_at IS 'When it was settled or released.';

--
-- Name: COLUMN usage_holds.usage_record_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.usage_record_id IS 'The record that settled it.';

--
-- Name: COLUMN usage_holds.exchange_rate; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.exchange_rate IS 'By which the estimate was changed into the organization''s currency, and what it really cost will be; null where it is the same currency.';

--
-- Name: COLUMN usage_holds.charged_currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.charged_currency IS 'ISO 4217 code of the organization''s currency when it was authorized.';

--
-- Name: COLUMN usage_holds.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_holds.created_at IS '@behavior orderBy
When it was authorized: what settles it occurred then.';

--
-- Name: CONSTRAINT usage_holds_cost_range ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_cost_range ON app_public.usage_holds IS 'cost: at least 0 and below 1,000,000,000,000, with at most 12 decimals.';

--
-- Name: CONSTRAINT usage_holds_currency_form ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_currency_form ON app_public.usage_holds IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT usage_holds_model_length ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_model_length ON app_public.usage_holds IS 'model: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT usage_holds_requests_range ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_requests_range ON app_public.usage_holds IS 'requests: at least 0.';

--
-- Name: CONSTRAINT usage_holds_service_length ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_service_length ON app_public.usage_holds IS 'service: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: CONSTRAINT usage_holds_status_known ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_status_known ON app_public.usage_holds IS 'status: open, settled or released.';

--
-- Name: CONSTRAINT usage_holds_tokens_in_range ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_tokens_in_range ON app_public.usage_holds IS 'tokens_in: at least 0.';

--
-- Name: CONSTRAINT usage_holds_tokens_out_range ON usage_holds; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_holds_tokens_out_range ON app_public.usage_holds IS 'tokens_out: at least 0.';

--
-- Name: authorize_event(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.authorize_event(body jsonb) RETURNS app_public.usage_holds
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  event record;
begin
  select * into event
  from jsonb_to_record(app_hidden.plain_event(body, array_replace(app_hidden.event_names(), 'occurred_at', 'hold_seconds'))) as sent (
    idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint,
    requests bigint, team_id uuid, user_id uuid, hold_seconds int
  );
  return app_public.authorize_usage(event.idempotency_key, event.service, event.model, event.cost, event.currency,
    coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0), coalesce(event.requests, 1), event.team_id, event.user_id,
    coalesce(event.hold_seconds, 600));
end;
$$;

ALTER FUNCTION app_hidden.authorize_event(body jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION authorize_event(body jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.authorize_event(body jsonb) IS 'authorize_usage for a REST body. Raises what plain_event and authorize_usage raise.';

--
-- Name: batch_budgets(app_public.usage_records[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.batch_budgets(kinds app_public.usage_records[]) RETURNS TABLE(budget_id uuid, starts_at timestamp with time zone, ends_at timestamp with time zone, shards integer, unopened timestamp with time zone, amount numeric, inexact boolean, budget_currency text, credit boolean)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.batch_budgets(kinds app_public.usage_records[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION batch_budgets(kinds app_public.usage_records[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.batch_budgets(kinds app_public.usage_records[]) IS 'The budgets on which a batch counts, and how much in each period; kinds: its records, those that differ only in numbers as one. unopened: the first moment in a period that nobody has met yet. inexact: in another currency than the sum.';

--
-- Name: book(app_public.usage_records, uuid, text, timestamp with time zone, timestamp with time zone, text, integer, text, app_public.usage_holds); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.book(usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, currency text, shards integer, forced text DEFAULT NULL::text, hold app_public.usage_holds DEFAULT NULL::app_public.usage_holds) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.book(usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, currency text, shards integer, forced text, hold app_public.usage_holds) OWNER TO rowgate_owner;

--
-- Name: FUNCTION book(usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, currency text, shards integer, forced text, hold app_public.usage_holds); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.book(usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, currency text, shards integer, forced text, hold app_public.usage_holds) IS 'Charges a use to one budget, in the period in which it occurred, or holds what it may come to. Raises BUDGET_EXCEEDED and CURRENCY_MISMATCH unless forced.';

--
-- Name: book_adjustment(app_public.usage_records, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.book_adjustment(usage app_public.usage_records, reason text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.book_adjustment(usage app_public.usage_records, reason text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION book_adjustment(usage app_public.usage_records, reason text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.book_adjustment(usage app_public.usage_records, reason text) IS 'Writes a correction or repricing and books it on all budgets that apply, in the period of what it adjusts.';

--
-- Name: book_batch(app_private.usage_draft[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.book_batch(drafts app_private.usage_draft[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
  perform app_hidden.require_bookable_time(min(occurred_at), settings.retention_months),
    app_hidden.require_bookable_time(max(occurred_at), settings.retention_months)
  from unnest(drafts);

  with events as materialized (
    select draft.id, draft.team_id, draft.user_id, draft.service, draft.model, draft.cost, draft.tokens_in, draft.tokens_out,
      draft.requests, coalesce(least(draft.occurred_at, now()), now()) as at, coalesce(draft.currency, settings.currency) as currency
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
        exchange_rate, charged, charged_currency, occurred_at)
    select priced.id, settings.tenant, coalesce(priced.team_id, settings.team), coalesce(priced.user_id, settings.person),
      settings.key, priced.service, priced.model, priced.requests, priced.tokens_in, priced.tokens_out, known.cost, known.currency,
      known.pricing, known.exchange_rate, known.charged, settings.currency, priced.at
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
            settings.currency, null, null, priced.at, now(), null)::app_public.usage_records, settings.priced_only) as usage
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
      now(), null)::app_public.usage_records as kind
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

ALTER FUNCTION app_hidden.book_batch(drafts app_private.usage_draft[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION book_batch(drafts app_private.usage_draft[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.book_batch(drafts app_private.usage_draft[]) IS 'Writes all events of a batch and charges each budget once, or raises.';

--
-- Name: book_by_source(app_public.usage_records, uuid[], app_public.usage_holds); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.book_by_source(usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds DEFAULT NULL::app_public.usage_holds) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.book_by_source(usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds) OWNER TO rowgate_owner;

--
-- Name: FUNCTION book_by_source(usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.book_by_source(usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds) IS 'Books a use, or with a hold holds it, on the first source in the organization''s order that has room for it: its member''s credit or the organization. Raises BUDGET_EXCEEDED, of the second source, if neither has; CURRENCY_MISMATCH.';

--
-- Name: book_one_by_one(uuid, app_private.usage_draft[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.book_one_by_one(tenant uuid, drafts app_private.usage_draft[]) RETURNS app_private.usage_draft[]
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.book_one_by_one(tenant uuid, drafts app_private.usage_draft[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION book_one_by_one(tenant uuid, drafts app_private.usage_draft[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.book_one_by_one(tenant uuid, drafts app_private.usage_draft[]) IS 'Writes what fits of a batch, and answers the rest with its refusals.';

--
-- Name: budget_state(app_public.budgets); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.budget_state(budget app_public.budgets) RETURNS app_public.budget_state
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.budget_state(budget app_public.budgets) OWNER TO rowgate_owner;

--
-- Name: FUNCTION budget_state(budget app_public.budgets); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.budget_state(budget app_public.budgets) IS 'What a budget stands at now, as far as the caller sees it.';

--
-- Name: budgets_for(uuid, uuid[], text, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.budgets_for(organization_id uuid, scopes uuid[], service text, model text) RETURNS TABLE(budget_id uuid, unit text, counts_from timestamp with time zone, credit boolean)
    LANGUAGE sql STABLE
    AS $$
  select budgets.id, budgets.unit, budgets.counts_from, budgets.kind = 'credit'
  from app_public.budgets
  where budgets.organization_id = budgets_for.organization_id
    and budgets.scope_id = any (budgets_for.scopes)
    and (budgets.service is null or budgets.service = budgets_for.service)
    and (budgets.model is null or budgets.model = budgets_for.model)
$$;

ALTER FUNCTION app_hidden.budgets_for(organization_id uuid, scopes uuid[], service text, model text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION budgets_for(organization_id uuid, scopes uuid[], service text, model text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.budgets_for(organization_id uuid, scopes uuid[], service text, model text) IS 'The budgets that a use of a service and model counts on, from a moment on.';

--
-- Name: change_members(uuid[], boolean, text, jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb) RETURNS SETOF app_public.bulk_result
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb) IS 'Does one thing to up to 500 people, with an answer for each. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: charge(uuid, uuid, timestamp with time zone, numeric, numeric, integer, text, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, shards integer, forced text DEFAULT NULL::text, usage_record_id uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, shards integer, forced text, usage_record_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, shards integer, forced text, usage_record_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, shards integer, forced text, usage_record_id uuid) IS 'Adds to what is settled and held in a period if it fits. With forced, a reason of budget_overruns, it is booked in any case, and what is above the limit is recorded. Raises BUDGET_EXCEEDED.';

--
-- Name: charge_slowly(uuid, uuid, timestamp with time zone, numeric, numeric, text, uuid, integer); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.charge_slowly(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, forced text, usage_record_id uuid, shards integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.charge_slowly(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, forced text, usage_record_id uuid, shards integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION charge_slowly(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, forced text, usage_record_id uuid, shards integer); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.charge_slowly(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, forced text, usage_record_id uuid, shards integer) IS 'Charges with the whole period locked: exact, and one at a time. shards: how many parts there shall be then. Raises BUDGET_EXCEEDED.';

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
    AS $$
  select nullif(pg_catalog.current_setting('rowgate.' || name, true), '');
$$;

ALTER FUNCTION app_hidden.claim(name text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION claim(name text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.claim(name text) IS 'One claim of this transaction, or null.';

--
-- Name: claim_usage_key(uuid, text, text, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamp with time zone) IS 'Takes the key for this request and answers the id that its record, or without a time its hold, is to have; null if the same request was recorded before. Raises IDEMPOTENCY_CONFLICT for another request under the same key, INVALID_INPUT.';

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
-- Name: end_holds(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.end_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.end_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION end_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.end_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) IS 'Ends what expired holds keep in a period, and answers how much that was; the caller holds the period and takes it out of held.';

--
-- Name: end_line(app_public.usage_holds, uuid, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamp with time zone) IS 'Ends what a hold keeps on one budget, and answers how much that was; 0 if it has ended before.';

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
-- Name: members; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.members (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text DEFAULT 'member'::text NOT NULL,
    custom_role_id uuid,
    invited_by uuid,
    joined_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT members_custom_role_given CHECK (((role = 'custom'::text) = (custom_role_id IS NOT NULL))),
    CONSTRAINT members_role_known CHECK ((app_hidden.is_role(role) OR (role = 'custom'::text)))
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
owner, admin, member or viewer, each holding what the one below it holds; or custom.';

--
-- Name: COLUMN members.custom_role_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.members.custom_role_id IS 'The organization''s own role that the member has, when role is custom.';

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
-- Name: CONSTRAINT members_custom_role_given ON members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT members_custom_role_given ON app_public.members IS 'custom_role_id: a role of the organization''s own exactly when role is custom.';

--
-- Name: CONSTRAINT members_role_known ON members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT members_role_known ON app_public.members IS 'role: owner, admin, member or viewer.';

--
-- Name: end_membership(uuid, uuid, text, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.end_membership(organization_id uuid, user_id uuid, keys text, heir uuid) RETURNS app_public.members
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.end_membership(organization_id uuid, user_id uuid, keys text, heir uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION end_membership(organization_id uuid, user_id uuid, keys text, heir uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.end_membership(organization_id uuid, user_id uuid, keys text, heir uuid) IS 'Deletes a membership with its places in teams, extra permissions, sessions and open offers; keys go to the heir or are revoked. Raises LAST_OWNER, INVALID_INPUT.';

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
    ('IDENTITY_UNKNOWN', 401, 'Nobody here is known under this name at that issuer.',
      'Sign in with your account here, and link it at /auth/identities.'),
    ('API_KEY_INVALID', 401, 'The API key is unknown, revoked or expired.',
      'Use a key that the organization lists as active, or create one.'),
    ('BUDGET_EXCEEDED', 402, 'The usage does not fit the budget.',
      'Wait until the budget resets, or ask somebody who may raise it.'),
    ('QUOTA_EXCEEDED', 402, 'The organization''s plan allows no more of this.',
      'Remove some of what "resource" names, or have an owner change to a larger plan with "changePlan".'),
    ('FORBIDDEN', 403, 'Your role does not include this permission.',
      'Ask an owner or admin of the organization.'),
    ('RIGHTS_EXCEEDED', 403, 'This takes permissions that you do not hold yourself.',
      'Ask somebody who holds what "missing" lists.'),
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
    ('OFFER_CLOSED', 409, 'The offer of ownership is no longer open.',
      'Ask an owner for a new one.'),
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
    ('TENANT_HINTS_DISAGREE', 422, 'The token and the header name different organizations.',
      'Send one of them, or the same organization in both.'),
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
    ('HOLD_CLOSED', 409, 'The hold was settled or released already.',
      'Record further usage with "recordUsage".')
$$;

ALTER FUNCTION app_hidden.error_codes() OWNER TO rowgate_owner;

--
-- Name: FUNCTION error_codes(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.error_codes() IS 'All error codes that the database raises, with HTTP status, message and remedy.';

--
-- Name: event_names(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.event_names() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select array['idempotency_key', 'service', 'model', 'cost', 'currency', 'tokens_in', 'tokens_out', 'requests', 'team_id', 'user_id',
    'occurred_at']
$$;

ALTER FUNCTION app_hidden.event_names() OWNER TO rowgate_owner;

--
-- Name: FUNCTION event_names(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.event_names() IS 'What a recorded event may have: the arguments of record_usage.';

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
-- Name: expired_holds(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  return (
    select coalesce(sum(lines.amount), 0) from app_private.hold_lines as lines
    where lines.organization_id = expired_holds.organization_id and lines.budget_id = expired_holds.budget_id
      and lines.starts_at = expired_holds.starts_at and lines.open and lines.expires_at <= clock_timestamp()
  );
end;
$$;

ALTER FUNCTION app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) OWNER TO rowgate_reader;

--
-- Name: FUNCTION expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) IS 'How much of what the counter of a period says to be held has expired.';

--
-- Name: explain_permission(uuid, uuid, text, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid) RETURNS app_public.access_explanation
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

  select organizations.status into status from app_public.organizations
  where organizations.id = explain_permission.organization_id;
  if not exists (
    select from app_public.members
    where members.organization_id = explain_permission.organization_id and members.user_id = explain_permission.user_id
  ) then
    answer.through := 'membership';
    answer.reason := 'The person is not in the organization.';
    return answer;
  end if;
  -- A suspended organization still shows itself, and nothing else.
  if status = 'deleted' or status = 'suspended' and known.name <> 'organization:read' then
    answer.through := 'status';
    answer.name := status;
    answer.reason := format('The organization is %s.', status);
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

ALTER FUNCTION app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid) IS 'Whether a person holds a permission in an organization, or in one of its teams, and why. Raises INVALID_INPUT, NOT_FOUND.';

--
-- Name: figures(uuid[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.figures(organization_ids uuid[]) RETURNS TABLE(name text, organization_id uuid, currency text, value numeric)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.figures(organization_ids uuid[]) OWNER TO rowgate_reader;

--
-- Name: FUNCTION figures(organization_ids uuid[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.figures(organization_ids uuid[]) IS 'What /metrics tells from the database: figures of the whole platform, and those of the named organizations: active keys, cost recorded in the last 5 minutes, the fullest of the organization''s own budgets in its current period.';

--
-- Name: frozen_rate(app_public.usage_records, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.frozen_rate(usage app_public.usage_records, to_currency text) RETURNS numeric
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.frozen_rate(usage app_public.usage_records, to_currency text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION frozen_rate(usage app_public.usage_records, to_currency text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.frozen_rate(usage app_public.usage_records, to_currency text) IS 'The rate by which a use and all that follows it is changed into a third currency: the one of the first time, which is kept; null if none is known.';

--
-- Name: holders(uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.holders(organization_id uuid, permission text) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  return query
  select distinct held.user_id from app_hidden.held_permissions as held
  where held.organization_id = holders.organization_id and held.permission = holders.permission;
end;
$$;

ALTER FUNCTION app_hidden.holders(organization_id uuid, permission text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION holders(organization_id uuid, permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.holders(organization_id uuid, permission text) IS 'The members of an organization who hold the permission in it.';

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
-- Name: incident_mail(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.incident_mail(incident_id uuid, user_id uuid) RETURNS TABLE(email text, name text, organization text, started_at timestamp with time zone, ended_at timestamp with time zone, requests integer, errors integer)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select users.email, users.name, organizations.name, incidents.started_at, incidents.ended_at, incidents.requests,
    incidents.errors
  from app_public.health_incidents as incidents
    join app_public.organizations on organizations.id = incidents.organization_id
    join app_public.users on users.id = incident_mail.user_id
  where incidents.id = incident_mail.incident_id
    and incident_mail.user_id in (select app_hidden.holders(incidents.organization_id, 'health:read'));
$$;

ALTER FUNCTION app_hidden.incident_mail(incident_id uuid, user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION incident_mail(incident_id uuid, user_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.incident_mail(incident_id uuid, user_id uuid) IS 'What the e-mails about an incident say, and to whom; no row when the recipient no longer holds health:read.';

--
-- Name: introspect(uuid, uuid, bytea, uuid, text, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text) RETURNS TABLE(person_id uuid, api_key_id uuid, organization_id uuid, scopes text[], expires_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_organization();
begin
  return query
    select null::uuid, org_api_keys.id, org_api_keys.organization_id,
      app_hidden.key_holds(tenant, org_api_keys.id), org_api_keys.expires_at
    from app_public.org_api_keys
    where org_api_keys.organization_id = tenant
      and org_api_keys.id = coalesce(
        introspect.key_id,
        (select secrets.key_id from app_private.org_api_key_secrets as secrets where secrets.key_hash = introspect.key_hash)
      )
      and org_api_keys.status = 'active'
      and (org_api_keys.expires_at is null or org_api_keys.expires_at > now())
    union all
    select members.user_id, null, members.organization_id, null, null
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

ALTER FUNCTION app_hidden.introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text) IS 'Who a credential acts as in the chosen organization, if it is alive; no row otherwise. Raises what require_organization raises.';

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
-- Name: is_paid_by_credit(app_public.usage_records); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.is_paid_by_credit(usage app_public.usage_records) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return exists (
    select from app_private.credit_uses as paid
    where paid.organization_id = usage.organization_id
      and paid.subject_id = coalesce(usage.hold_id, usage.corrects_id, usage.id)
  );
end;
$$;

ALTER FUNCTION app_hidden.is_paid_by_credit(usage app_public.usage_records) OWNER TO rowgate_owner;

--
-- Name: FUNCTION is_paid_by_credit(usage app_public.usage_records); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.is_paid_by_credit(usage app_public.usage_records) IS 'Whether a use, or what it follows, was paid by its member''s credit.';

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
-- Name: join_usage(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.join_usage(organization_id uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform pg_catalog.pg_advisory_xact_lock_shared(1919907, pg_catalog.hashtext(organization_id::text));
end;
$$;

ALTER FUNCTION app_hidden.join_usage(organization_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION join_usage(organization_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.join_usage(organization_id uuid) IS 'Holds off new budgets of an organization until commit; waits for one that is being made.';

--
-- Name: judge_health(timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.judge_health(settled timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
    perform app_hidden.announce_incident(incident, 'health/began');
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
    perform app_hidden.announce_incident(incident, 'health/ended');
  end loop;
end;
$$;

ALTER FUNCTION app_hidden.judge_health(settled timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION judge_health(settled timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.judge_health(settled timestamp with time zone) IS 'Opens an incident for every organization of which more than 5 % of the requests have failed for 5 minutes, closes it when that is over for 5 minutes, and queues the e-mails. Looks at the minutes before the given one, of which all is known.';

--
-- Name: keep_source_budget(uuid, uuid, text, bigint); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.keep_source_budget(organization_id uuid, api_key_id uuid, source text, requests bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
    if keep_source_budget.requests is not null then
      insert into app_public.budgets (organization_id, api_key_id, unit, limit_amount, thresholds, source, counts_from, created_by)
      values (keep_source_budget.organization_id, keep_source_budget.api_key_id, 'requests', keep_source_budget.requests, '{80,100}',
        keep_source_budget.source, 'infinity', app_hidden.current_user_id())
      returning * into budget;
      perform app_hidden.start_budget(budget);
    end if;
    return;
  end if;
  update app_public.budgets
  set limit_amount = coalesce(keep_source_budget.requests, before.limit_amount),
    limit_version = before.limit_version + case when keep_source_budget.requests <> before.limit_amount then 1 else 0 end,
    status = case when keep_source_budget.requests is null then 'paused' else 'active' end
  where budgets.organization_id = before.organization_id and budgets.id = before.id
  returning * into budget;
  perform app_hidden.apply_budget(before, budget, 'updated');
end;
$$;

ALTER FUNCTION app_hidden.keep_source_budget(organization_id uuid, api_key_id uuid, source text, requests bigint) OWNER TO rowgate_owner;

--
-- Name: FUNCTION keep_source_budget(organization_id uuid, api_key_id uuid, source text, requests bigint); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.keep_source_budget(organization_id uuid, api_key_id uuid, source text, requests bigint) IS 'Keeps a monthly budget in requests that follows something else: a key''s quota, or without a key the organization''s plan. Null requests: no limit.';

--
-- Name: key_holds(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.key_holds(organization_id uuid, key_id uuid) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return array(
    select role_permissions.permission
    from app_public.org_api_keys
      join app_public.role_permissions
        on role_permissions.role = 'api_key' and role_permissions.permission = any (org_api_keys.scopes)
    where org_api_keys.organization_id = key_holds.organization_id and org_api_keys.id = key_holds.key_id
      and org_api_keys.status = 'active'
      and (not org_api_keys.bound_to_creator or exists (
        select from app_hidden.held_permissions as source
        where source.organization_id = org_api_keys.organization_id and source.user_id = org_api_keys.responsible_id
          and source.permission = role_permissions.permission
      ))
    order by role_permissions.permission
  );
end;
$$;

ALTER FUNCTION app_hidden.key_holds(organization_id uuid, key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION key_holds(organization_id uuid, key_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.key_holds(organization_id uuid, key_id uuid) IS 'What an API key may do in its organization now; nothing if it is not active.';

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
-- Name: link_identity(text, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.link_identity(issuer text, subject text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.link_identity(issuer text, subject text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION link_identity(issuer text, subject text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.link_identity(issuer text, subject text) IS 'From now on tokens of this issuer for this subject act as the signed-in person. Needs a session of our own. Raises UNAUTHENTICATED, ALREADY_EXISTS.';

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
-- Name: lock_budget(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.lock_budget(budget_id uuid) RETURNS app_public.budgets
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.lock_budget(budget_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION lock_budget(budget_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.lock_budget(budget_id uuid) IS 'A budget that the caller may manage, locked until commit. The plan''s is nobody''s to manage. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT and what require_organization raises.';

--
-- Name: lock_hold(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.lock_hold(hold_id uuid) RETURNS app_public.usage_holds
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:record');
  hold app_public.usage_holds;
begin
  select * into hold from app_public.usage_holds as holds
  where holds.organization_id = tenant and holds.id = lock_hold.hold_id
  for no key update;
  if not found or not (
    hold.api_key_id is not distinct from app_hidden.current_key_id() and hold.user_id is not distinct from app_hidden.current_user_id()
    or tenant = any (app_hidden.organizations_permitting('usage:record_all'))
  ) then
    perform app_hidden.refuse('NOT_FOUND', jsonb_build_object('rule', 'hold_id: a hold that you made.'));
  end if;
  return hold;
end;
$$;

ALTER FUNCTION app_hidden.lock_hold(hold_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION lock_hold(hold_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.lock_hold(hold_id uuid) IS 'A hold that the caller may end, locked until commit. Raises NOT_FOUND and what require_permission raises.';

--
-- Name: lock_members(text, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.lock_members(permission text, team_id uuid DEFAULT NULL::uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.lock_members(permission text, team_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION lock_members(permission text, team_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.lock_members(permission text, team_id uuid) IS 'The chosen organization, locked against other changes of its people and their rights, if the caller then holds the permission there (or, with a team, in that team). Raises what require_permission raises.';

--
-- Name: lock_period(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.lock_period(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) RETURNS app_public.budget_periods
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  period app_public.budget_periods;
begin
  select * into strict period from app_public.budget_periods as periods
  where periods.organization_id = lock_period.organization_id and periods.budget_id = lock_period.budget_id
    and periods.starts_at = lock_period.starts_at
  for no key update;
  -- Only whoever holds the period's row makes more of them.
  perform from app_public.budget_shards as parts
  where parts.organization_id = lock_period.organization_id and parts.budget_id = lock_period.budget_id
    and parts.starts_at = lock_period.starts_at
  order by parts.shard
  for no key update;
  return period;
end;
$$;

ALTER FUNCTION app_hidden.lock_period(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION lock_period(organization_id uuid, budget_id uuid, starts_at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.lock_period(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) IS 'The period as it is now, with its counter standing still until commit.';

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
  where not rolsuper and rolname not in (session_user, 'rowgate_anonymous', 'rowgate_user', 'rowgate_key', 'rowgate_monitor')
    and pg_has_role(session_user, oid, 'member');
$$;

ALTER FUNCTION app_hidden.login_problems() OWNER TO rowgate_owner;

--
-- Name: FUNCTION login_problems(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.login_problems() IS 'Why the connection''s login is not fit for serving requests; no row when it is.';

--
-- Name: member_holds(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.member_holds(organization_id uuid, user_id uuid) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select array(
    select distinct held.permission from app_hidden.held_permissions as held
    where held.organization_id = member_holds.organization_id and held.user_id = member_holds.user_id
  );
$$;

ALTER FUNCTION app_hidden.member_holds(organization_id uuid, user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION member_holds(organization_id uuid, user_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.member_holds(organization_id uuid, user_id uuid) IS 'What a member holds in the organization.';

--
-- Name: move_member(uuid, uuid, uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) IS 'Puts a member from one team, if it is given, into another. Raises what adding and removing raise.';

--
-- Name: note_key_use(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.note_key_use(key_id uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update app_public.org_api_keys set last_used_at = now()
  where org_api_keys.id = (
    select stale.id from app_public.org_api_keys as stale
    where stale.id = note_key_use.key_id and (stale.last_used_at is null or stale.last_used_at < now() - interval '1 minute')
    for no key update skip locked
  );
end;
$$;

ALTER FUNCTION app_hidden.note_key_use(key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION note_key_use(key_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.note_key_use(key_id uuid) IS 'Says that a key is used, unless it was said within the last minute.';

--
-- Name: open_period(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.open_period(organization_id uuid, budget_id uuid, at timestamp with time zone) RETURNS app_public.budget_periods
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
      budget.policy, budget.grace_percent, budget.thresholds, budget.status = 'paused', budget.limit_version,
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

ALTER FUNCTION app_hidden.open_period(organization_id uuid, budget_id uuid, at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION open_period(organization_id uuid, budget_id uuid, at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.open_period(organization_id uuid, budget_id uuid, at timestamp with time zone) IS 'The period of a budget that contains an instant, with its counter; made if nobody has met it yet.';

--
-- Name: open_tenant(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.open_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select case
    when app_hidden.claim('open') = 'true' then app_hidden.current_organization_id()
    when app_hidden.claim('organization_id') is null then app_hidden.require_choice()
  end;
$$;

ALTER FUNCTION app_hidden.open_tenant() OWNER TO rowgate_owner;

--
-- Name: FUNCTION open_tenant(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.open_tenant() IS 'The chosen organization if it is active and the caller is in it, else null. Raises TENANT_REQUIRED.';

--
-- Name: organizations_permitting(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.organizations_permitting(permission text) RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select case
    when app_hidden.claim('organization_id') is null then app_hidden.own_organizations_permitting(permission)
    when pg_catalog.strpos(app_hidden.claim('permissions'), ' ' || permission || ' ') > 0 then array[app_hidden.current_organization_id()]
    else '{}'
  end;
$$;

ALTER FUNCTION app_hidden.organizations_permitting(permission text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION organizations_permitting(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.organizations_permitting(permission text) IS 'The organizations in which the caller holds the permission, narrowed to the chosen one.';

--
-- Name: organizations_to_roll_up(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.organizations_to_roll_up() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select organizations.id
  from app_public.organizations
    left join app_private.rollup_marks as marks on marks.organization_id = organizations.id
  where app_hidden.claim('job') = 'true' and app_hidden.claim('organization_id') is null
    and exists (
      select from app_public.usage_records as records
      where records.organization_id = organizations.id and records.written_in >= coalesce(marks.written_in, 0)
    );
$$;

ALTER FUNCTION app_hidden.organizations_to_roll_up() OWNER TO rowgate_reader;

--
-- Name: FUNCTION organizations_to_roll_up(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.organizations_to_roll_up() IS 'Who recorded usage since it was last rolled up: one probe of an index each.';

--
-- Name: own_organizations(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.own_organizations() RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO ''
    AS $$
declare
  person constant uuid := app_hidden.current_user_id();
begin
  return array(
    select members.organization_id
    from app_public.members
      join app_public.organizations on organizations.id = members.organization_id and organizations.status = 'active'
    where members.user_id = person
  );
end;
$$;

ALTER FUNCTION app_hidden.own_organizations() OWNER TO rowgate_reader;

--
-- Name: FUNCTION own_organizations(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.own_organizations() IS 'The active organizations that the caller is in.';

--
-- Name: own_organizations_permitting(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.own_organizations_permitting(permission text) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.own_organizations_permitting(permission text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION own_organizations_permitting(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.own_organizations_permitting(permission text) IS 'The organizations in which the caller holds the permission.';

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
-- Name: pays(boolean, text, boolean); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.pays(credit boolean, unit text, by_credit boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when credit then by_credit when unit = 'money' then not by_credit else true end
$$;

ALTER FUNCTION app_hidden.pays(credit boolean, unit text, by_credit boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION pays(credit boolean, unit text, by_credit boolean); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.pays(credit boolean, unit text, by_credit boolean) IS 'Whether a use counts on a budget, when the credit pays for it or when the organization does.';

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
-- Name: period_cap(app_public.budget_periods, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) IS 'How much a period admits: limit, raises in force and grace; Infinity where nothing is refused. And until when.';

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
-- Name: period_figures(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) OWNER TO rowgate_owner;

--
-- Name: FUNCTION period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) IS 'What is settled and held in a period at this moment, and how much it admits.';

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
-- Name: permits(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.permits(permission text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select pg_catalog.strpos(app_hidden.claim('permissions'), ' ' || permission || ' ') > 0;
$$;

ALTER FUNCTION app_hidden.permits(permission text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION permits(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.permits(permission text) IS 'Whether the caller holds the permission in the chosen organization: for what narrows within it.';

--
-- Name: plain_event(jsonb, text[], integer); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.plain_event(event jsonb, known text[], place integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.plain_event(event jsonb, known text[], place integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION plain_event(event jsonb, known text[], place integer); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.plain_event(event jsonb, known text[], place integer) IS 'An event of a REST body, plain or as a CloudEvent, as an object with the names of the verbs. known: the names that it may have. Raises INVALID_INPUT, with its place in a batch.';

--
-- Name: plan_calls(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone) OWNER TO rowgate_owner;

--
-- Name: FUNCTION plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone) IS 'How many metered requests an organization has made or holds in this month, and when the next one begins.';

--
-- Name: plan_limit(uuid, text, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.plan_limit(organization_id uuid, resource text, plan text DEFAULT NULL::text) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.plan_limit(organization_id uuid, resource text, plan text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION plan_limit(organization_id uuid, resource text, plan text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.plan_limit(organization_id uuid, resource text, plan text) IS 'How much of a resource (seats, storage, api_calls, teams, api_keys) an organization may have on its plan, or on another one; null: any amount.';

--
-- Name: plan_resources(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.plan_resources() RETURNS TABLE(resource text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  values ('seats'), ('storage'), ('api_calls'), ('teams'), ('api_keys')
$$;

ALTER FUNCTION app_hidden.plan_resources() OWNER TO rowgate_owner;

--
-- Name: FUNCTION plan_resources(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.plan_resources() IS 'What a plan limits.';

--
-- Name: plan_used(uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.plan_used(organization_id uuid, resource text) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.plan_used(organization_id uuid, resource text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION plan_used(organization_id uuid, resource text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.plan_used(organization_id uuid, resource text) IS 'How much of a resource an organization has: members, bytes, metered requests of this month with those that are held, teams, keys that are not revoked.';

--
-- Name: price(app_public.usage_records, boolean); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.price(usage app_public.usage_records, priced_only boolean) RETURNS app_public.usage_records
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.price(usage app_public.usage_records, priced_only boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION price(usage app_public.usage_records, priced_only boolean); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.price(usage app_public.usage_records, priced_only boolean) IS 'Fills in cost, currency, rate and what is charged: as given, or from the price list; pricing is unpriced where price or exchange rate are not known, which is announced. Raises PRICE_UNKNOWN, CURRENCY_MISMATCH if priced_only.';

--
-- Name: price_units(app_private.unit_prices, bigint, bigint, bigint, bigint); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
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

ALTER FUNCTION app_hidden.price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) OWNER TO rowgate_owner;

--
-- Name: FUNCTION price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) IS 'What a use costs at such prices, rounded to 12 decimals; null when any part of it has no price. tokens_in includes the cached ones, which are charged as others where they have no price of their own.';

--
-- Name: price_usage(uuid, text, text, timestamp with time zone, bigint, bigint, bigint, bigint); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint DEFAULT 0) RETURNS TABLE(amount numeric, currency text)
    LANGUAGE plpgsql STABLE STRICT ROWS 1
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) OWNER TO rowgate_owner;

--
-- Name: FUNCTION price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.price_usage(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) IS 'What a use costs by the prices in force at that moment; no row when any part of it has no price.';

--
-- Name: protect(regclass, name); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.protect(target regclass, tenant_column name DEFAULT NULL::name) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.protect(target regclass, tenant_column name) OWNER TO rowgate_owner;

--
-- Name: FUNCTION protect(target regclass, tenant_column name); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.protect(target regclass, tenant_column name) IS 'Resets policies and grants of a table, forces row level security, and lays the tenant floor on the named column.';

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
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    currency text DEFAULT 'USD'::text NOT NULL,
    retention_months integer DEFAULT 24 NOT NULL,
    strict_pricing boolean DEFAULT false NOT NULL,
    credit_order text DEFAULT 'personal_first'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT organizations_credit_order_known CHECK ((credit_order = ANY (ARRAY['personal_first'::text, 'organization_first'::text]))),
    CONSTRAINT organizations_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT organizations_description_length CHECK ((length(description) <= 2000)),
    CONSTRAINT organizations_logo_url_form CHECK (((length(logo_url) <= 2000) AND (logo_url ~ '^https://[^[:space:]"<>]+$'::text))),
    CONSTRAINT organizations_max_team_depth_range CHECK (((max_team_depth >= 1) AND (max_team_depth <= 32))),
    CONSTRAINT organizations_name_length CHECK (app_hidden.is_label(name)),
    CONSTRAINT organizations_retention_months_range CHECK (((retention_months >= 1) AND (retention_months <= 120))),
    CONSTRAINT organizations_settings_form CHECK (((jsonb_typeof(settings) = 'object'::text) AND (octet_length((settings)::text) <= 16384))),
    CONSTRAINT organizations_slug_form CHECK ((((length(slug) >= 2) AND (length(slug) <= 63)) AND (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'::text) AND (slug !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text))),
    CONSTRAINT organizations_status_known CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'deleted'::text]))),
    CONSTRAINT organizations_time_zone_form CHECK (((time_zone = 'UTC'::text) OR (time_zone ~ '^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+$'::text)))
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

COMMENT ON COLUMN app_public.organizations.plan IS 'The name of its plan; changePlan changes it.';

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
-- Name: COLUMN organizations.time_zone; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.time_zone IS 'The time zone of its budgets'' periods, by its IANA name; a change counts from each next period.';

--
-- Name: COLUMN organizations.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.currency IS 'ISO 4217 code of its currency; budgets that name none change to another with their next period.';

--
-- Name: COLUMN organizations.retention_months; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.retention_months IS 'For how many months late usage is taken.';

--
-- Name: COLUMN organizations.strict_pricing; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.strict_pricing IS 'Whether usage without a known price is refused instead of priced later.';

--
-- Name: COLUMN organizations.credit_order; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.organizations.credit_order IS 'Which pays first where a member has a credit: personal_first or organization_first. The other pays where the first has no room.';

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
-- Name: CONSTRAINT organizations_credit_order_known ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_credit_order_known ON app_public.organizations IS 'credit_order: personal_first or organization_first.';

--
-- Name: CONSTRAINT organizations_currency_form ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_currency_form ON app_public.organizations IS 'currency: three capital letters, as in USD.';

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
-- Name: CONSTRAINT organizations_retention_months_range ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_retention_months_range ON app_public.organizations IS 'retention_months: 1 to 120.';

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
-- Name: CONSTRAINT organizations_time_zone_form ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_time_zone_form ON app_public.organizations IS 'time_zone: an IANA name, such as Europe/Berlin, or UTC.';

--
-- Name: put_on_plan(uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.put_on_plan(organization_id uuid, plan text) RETURNS app_public.organizations
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.put_on_plan(organization_id uuid, plan text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION put_on_plan(organization_id uuid, plan text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.put_on_plan(organization_id uuid, plan text) IS 'Changes an organization''s plan if what it has fits. Its caller holds off whoever books, and the organization''s row. Raises PLAN_TOO_SMALL, INVALID_INPUT.';

--
-- Name: quota_line(uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.quota_line(organization_id uuid, resource text) RETURNS app_public.quota_line
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.quota_line(organization_id uuid, resource text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION quota_line(organization_id uuid, resource text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.quota_line(organization_id uuid, resource text) IS 'One resource of an organization''s quota.';

--
-- Name: reachable_teams(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.reachable_teams() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE ROWS 100
    SET search_path TO ''
    AS $$
begin
  return query select unnest(app_hidden.teams_permitting(null));
end;
$$;

ALTER FUNCTION app_hidden.reachable_teams() OWNER TO rowgate_owner;

--
-- Name: FUNCTION reachable_teams(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.reachable_teams() IS 'The teams of the caller, with all teams below them.';

--
-- Name: read_events(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.read_events(events jsonb) RETURNS app_private.usage_draft[]
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.read_events(events jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION read_events(events jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.read_events(events jsonb) IS 'The events of a batch, each with its id, the hashes of its key and body, or why it can''t be read.';

--
-- Name: read_events_strictly(jsonb, integer); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.read_events_strictly(events jsonb, skipped integer) RETURNS app_private.usage_draft[]
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  return array(
    select row(
      event.place + skipped, event.idempotency_key, sha256(convert_to(event.idempotency_key, 'UTF8')),
      -- As record_usage does it: the same event may come alone or in a batch.
      sha256(convert_to(row(app_hidden.current_user_id(), app_hidden.current_key_id(), event.service, event.model,
        trim_scale(event.cost), event.currency, coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0),
        coalesce(event.requests, 1), event.team_id, event.user_id, event.occurred_at)::text, 'UTF8')),
      app_hidden.uuid_v7(), event.team_id, event.user_id, event.service, event.model, trim_scale(event.cost), event.currency,
      coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0), coalesce(event.requests, 1), event.occurred_at,
      case when length(event.idempotency_key) between 1 and 200 then null else 'INVALID_INPUT' end,
      case when length(event.idempotency_key) between 1 and 200 then null
        else jsonb_build_object('rule', 'idempotency_key: 1 to 200 characters.') end
    )::app_private.usage_draft
    from rows from (
      jsonb_to_recordset(events) as (
        idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint,
        requests bigint, team_id uuid, user_id uuid, occurred_at timestamptz
      )
    ) with ordinality as event (idempotency_key, service, model, cost, currency, tokens_in, tokens_out, requests, team_id, user_id,
      occurred_at, place)
    order by sha256(convert_to(event.idempotency_key, 'UTF8')), event.place
  );
end;
$$;

ALTER FUNCTION app_hidden.read_events_strictly(events jsonb, skipped integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION read_events_strictly(events jsonb, skipped integer); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.read_events_strictly(events jsonb, skipped integer) IS 'The events of a batch, if every value has the form of its type; skipped: how many came before.';

--
-- Name: read_rights(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.read_rights() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  person constant uuid := app_hidden.current_user_id();
  own_key constant uuid := app_hidden.current_key_id();
  tenant constant uuid := app_hidden.current_organization_id();
  open boolean;
  held text[];
begin
  -- One statement each: with three it took 108 µs instead of 65. What is held twice counts once; nobody needs it sorted or distinct.
  if tenant is null then
    open := false;
  elsif person is not null then
    select organizations.status = 'active', array(
      select source.permission from app_hidden.held_permissions as source
      where source.organization_id = tenant and source.user_id = person
    )
    into open, held
    from app_public.organizations
      join app_public.members on members.organization_id = organizations.id
    where organizations.id = tenant and members.user_id = person;
  elsif own_key is not null then
    select organizations.status = 'active', app_hidden.key_holds(tenant, own_key)
    into open, held
    from app_public.organizations
      join app_public.org_api_keys on org_api_keys.organization_id = organizations.id
    where organizations.id = tenant and org_api_keys.id = own_key and org_api_keys.status = 'active';
  else
    -- A job.
    select organizations.status = 'active' into open from app_public.organizations where organizations.id = tenant;
  end if;
  perform app_hidden.set_rights(open, held);
end;
$$;

ALTER FUNCTION app_hidden.read_rights() OWNER TO rowgate_reader;

--
-- Name: FUNCTION read_rights(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.read_rights() IS 'Makes claims of what the caller may do in the chosen organization now.';

--
-- Name: record_event(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.record_event(body jsonb) RETURNS app_public.usage_records
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  event record;
begin
  select * into event
  from jsonb_to_record(app_hidden.plain_event(body, app_hidden.event_names())) as sent (
    idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint,
    requests bigint, team_id uuid, user_id uuid, occurred_at timestamptz
  );
  return app_public.record_usage(event.idempotency_key, event.service, event.model, event.cost, event.currency,
    coalesce(event.tokens_in, 0), coalesce(event.tokens_out, 0), coalesce(event.requests, 1), event.team_id, event.user_id,
    event.occurred_at);
end;
$$;

ALTER FUNCTION app_hidden.record_event(body jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION record_event(body jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.record_event(body jsonb) IS 'record_usage for one event of a REST body. Raises what plain_event and record_usage raise.';

--
-- Name: record_events(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.record_events(body jsonb) RETURNS SETOF app_public.usage_answer
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.record_events(body jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION record_events(body jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.record_events(body jsonb) IS 'record_usage_batch for a REST body: an array of events, or an object with it as events. An event with a name that none has refuses the whole body before anything is recorded. Raises what plain_event and record_usage_batch raise.';

--
-- Name: record_health(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.record_health(minutes jsonb) RETURNS TABLE(organization_id uuid, slug text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.record_health(minutes jsonb) OWNER TO rowgate_writer;

--
-- Name: FUNCTION record_health(minutes jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.record_health(minutes jsonb) IS 'Adds what a process counted to the minutes of all its tenants, opens and closes incidents, forgets minutes after 7 days; answers the slugs of the tenants. An array of objects with organization_id, minute, requests, errors, refused, duration_ms, slowest_ms, jobs_done, jobs_failed.';

--
-- Name: refresh_session(bytea, bytea); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) RETURNS TABLE(user_id uuid, session_id uuid, organization_id uuid, reused boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  -- One conditional update: of two requests with the same refresh token exactly one gets the next.
  update app_private.sessions
  set refresh_hash = refresh_session.next_refresh_hash, refreshed_at = now()
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

ALTER FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) OWNER TO rowgate_writer;

--
-- Name: FUNCTION refresh_session(refresh_hash bytea, next_refresh_hash bytea); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) IS 'Exchanges a refresh token for the next one (rotation). One that was exchanged before ends its session, and the row says so (reused); an unknown, ended or expired one answers no row.';

--
-- Name: refusal_detail(app_public.budgets, app_public.budget_periods, numeric, numeric, numeric); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.refusal_detail(budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.refusal_detail(budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric) OWNER TO rowgate_owner;

--
-- Name: FUNCTION refusal_detail(budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.refusal_detail(budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric) IS 'What a refusal tells about the budget that refuses.';

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
-- Name: refuse_charge(uuid, uuid, timestamp with time zone, numeric, numeric, numeric); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.refuse_charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, requested numeric, settled numeric, held numeric) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.refuse_charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, requested numeric, settled numeric, held numeric) OWNER TO rowgate_owner;

--
-- Name: FUNCTION refuse_charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, requested numeric, settled numeric, held numeric); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.refuse_charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, requested numeric, settled numeric, held numeric) IS 'Raises BUDGET_EXCEEDED: which rule, on which level, what it stands at, when it resets, and who can raise it.';

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
-- Name: release_event(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.release_event(body jsonb) RETURNS app_public.usage_holds
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  return app_public.release_usage((app_hidden.plain_event(body, array['hold_id']) ->> 'hold_id')::uuid);
end;
$$;

ALTER FUNCTION app_hidden.release_event(body jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION release_event(body jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.release_event(body jsonb) IS 'release_usage for a REST body. Raises what plain_event and release_usage raise.';

--
-- Name: repeated_usage(uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.repeated_usage(organization_id uuid, key text) RETURNS app_public.usage_records
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  usage app_public.usage_records;
begin
  select records.* into strict usage
  from app_private.idempotency_keys as keys
    join app_public.usage_records as records on records.id = keys.usage_record_id and records.occurred_at = keys.occurred_at
  where keys.organization_id = repeated_usage.organization_id and keys.key_hash = sha256(convert_to(key, 'UTF8'));
  -- Not known when it was answered the first time.
  usage.written_in := null;
  return usage;
end;
$$;

ALTER FUNCTION app_hidden.repeated_usage(organization_id uuid, key text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION repeated_usage(organization_id uuid, key text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.repeated_usage(organization_id uuid, key text) IS 'The record that was made under a key.';

--
-- Name: report_unpriced(app_public.usage_records, boolean); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.report_unpriced(usage app_public.usage_records, priced_only boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
    perform app_hidden.enqueue(usage.organization_id, 'usage/unpriced',
      jsonb_build_object('usage_record_id', usage.id, 'user_id', holder), usage.id || ':' || holder)
    from app_hidden.holders(usage.organization_id, 'usage:read_all') as holder;
  end if;
end;
$$;

ALTER FUNCTION app_hidden.report_unpriced(usage app_public.usage_records, priced_only boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION report_unpriced(usage app_public.usage_records, priced_only boolean); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.report_unpriced(usage app_public.usage_records, priced_only boolean) IS 'Announces once that something is used whose price or exchange rate is not known. Raises PRICE_UNKNOWN, CURRENCY_MISMATCH if the organization is strict about prices.';

--
-- Name: request_limits(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.request_limits() RETURNS TABLE(scope text, principal uuid, quota integer, seconds integer, burst integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.request_limits() OWNER TO rowgate_reader;

--
-- Name: FUNCTION request_limits(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.request_limits() IS 'The rate limits of this request: scope (key, person, tenant, global), whose (null for global), how many in how many seconds, and how many at once. The last row is global.';

--
-- Name: require_amount(text, numeric); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_amount(unit text, amount numeric) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if unit <> 'money' and amount <> trunc(amount) then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'amount: a whole number of requests or tokens.'));
  end if;
end;
$$;

ALTER FUNCTION app_hidden.require_amount(unit text, amount numeric) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_amount(unit text, amount numeric); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_amount(unit text, amount numeric) IS 'Refuses parts of requests and tokens. Raises INVALID_INPUT.';

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
  if not require_bookable_team.team_id = any (app_hidden.teams_permitting(null)) then
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
-- Name: require_bookable_time(timestamp with time zone, integer); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_bookable_time(occurred_at timestamp with time zone, retention_months integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  -- The clock of whoever reports may run ahead a little: that is taken as now.
  if require_bookable_time.occurred_at > now() + interval '5 minutes' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'occurred_at: not in the future.'));
  elsif require_bookable_time.occurred_at < now() - retention_months * interval '1 month' then
    perform app_hidden.refuse('USAGE_TOO_OLD', jsonb_build_object('retention_months', retention_months));
  end if;
end;
$$;

ALTER FUNCTION app_hidden.require_bookable_time(occurred_at timestamp with time zone, retention_months integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_bookable_time(occurred_at timestamp with time zone, retention_months integer); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_bookable_time(occurred_at timestamp with time zone, retention_months integer) IS 'Refuses what occurred in the future, or longer ago than the organization keeps usage. Raises INVALID_INPUT, USAGE_TOO_OLD.';

--
-- Name: require_budget_manager(uuid, uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid) IS 'The chosen organization if the caller may set budgets on this level of it: through budget:update, or as lead of the team, or of the key''s team, or of one above. Raises FORBIDDEN, NOT_FOUND and what require_organization raises.';

--
-- Name: require_choice(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.require_choice() RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  if cardinality(app_hidden.own_organizations()) > 0 then
    perform app_hidden.require_organization();
  end if;
  return null;
end;
$$;

ALTER FUNCTION app_hidden.require_choice() OWNER TO rowgate_reader;

--
-- Name: FUNCTION require_choice(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.require_choice() IS 'Raises TENANT_REQUIRED for somebody who is in an organization; else null.';

--
-- Name: require_estimate(text, text, numeric, text, bigint, bigint, bigint); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_estimate(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
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
$_$;

ALTER FUNCTION app_hidden.require_estimate(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_estimate(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_estimate(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) IS 'Refuses values that no use can have. Raises INVALID_INPUT.';

--
-- Name: require_held(uuid, text[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_held(organization_id uuid, permissions text[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_held(organization_id uuid, permissions text[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_held(organization_id uuid, permissions text[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_held(organization_id uuid, permissions text[]) IS 'Raises RIGHTS_EXCEEDED unless the caller holds all of these in the organization.';

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
-- Name: require_own_organization(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_own_organization(organization_id uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_own_organization(organization_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_own_organization(organization_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_own_organization(organization_id uuid) IS 'The organization if the caller is in it and it is active; with null the chosen one. Raises TENANT_FORBIDDEN and what require_organization raises.';

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
-- Name: require_place(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_place(team_id uuid, user_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_place(team_id uuid, user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_place(team_id uuid, user_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_place(team_id uuid, user_id uuid) IS 'Refuses a team or member for whom the caller may not record. Raises FORBIDDEN, NOT_FOUND.';

--
-- Name: require_room(uuid, text, integer); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_room(organization_id uuid, resource text, written integer DEFAULT 0) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_room(organization_id uuid, resource text, written integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_room(organization_id uuid, resource text, written integer); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_room(organization_id uuid, resource text, written integer) IS 'Locks an organization and refuses unless its plan has room for one more of a resource (seats, teams, api_keys); written: how many are there already that should not be. For a verb that wants to refuse before it does anything; the rows themselves are checked by a trigger. Raises QUOTA_EXCEEDED.';

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
-- Name: require_team_role_held(uuid, uuid, text[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_team_role_held(organization_id uuid, team_id uuid, roles text[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.require_team_role_held(organization_id uuid, team_id uuid, roles text[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_team_role_held(organization_id uuid, team_id uuid, roles text[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_team_role_held(organization_id uuid, team_id uuid, roles text[]) IS 'Raises RIGHTS_EXCEEDED unless the caller holds in this team all that these team roles hold.';

--
-- Name: require_usage_question(timestamp with time zone, timestamp with time zone, text, text, text, text, uuid, uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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
        where records.organization_id = tenant and records.team_id = require_usage_question.team_id)),
    ('user_id', user_id is null
      or exists (select from app_public.members where members.organization_id = tenant and members.user_id = require_usage_question.user_id)
      or exists (select from app_public.usage_records as records
        where records.organization_id = tenant and records.user_id = require_usage_question.user_id)),
    ('api_key_id', api_key_id is null
      or exists (select from app_public.org_api_keys as keys where keys.organization_id = tenant and keys.id = require_usage_question.api_key_id)
      or exists (select from app_public.usage_records as records
        where records.organization_id = tenant and records.api_key_id = require_usage_question.api_key_id))
  ) as ids (name, known)
  where not ids.known limit 1;
end;
$$;

ALTER FUNCTION app_hidden.require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) IS 'Refuses a question about usage that has no answer. Raises INVALID_INPUT, NOT_FOUND.';

--
-- Name: reset_plan_override(uuid, text, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.reset_plan_override(organization_id uuid, resource text, plan text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.reset_plan_override(organization_id uuid, resource text, plan text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION reset_plan_override(organization_id uuid, resource text, plan text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.reset_plan_override(organization_id uuid, resource text, plan text) IS 'Takes back what was agreed: the plan''s own limit counts again.';

--
-- Name: resolve_job(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.resolve_job(organization_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform app_hidden.set_claims(organization_id => resolve_job.organization_id, job => true);
  perform app_hidden.read_rights();
end;
$$;

ALTER FUNCTION app_hidden.resolve_job(organization_id uuid) OWNER TO rowgate_reader;

--
-- Name: FUNCTION resolve_job(organization_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.resolve_job(organization_id uuid) IS 'Opens a job''s transaction for one organization; set role rowgate_job follows it.';

--
-- Name: resolve_request(text, uuid, uuid, bytea, text[], text, uuid, text, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text, key_id uuid DEFAULT NULL::uuid, issuer text DEFAULT NULL::text, subject text DEFAULT NULL::text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
      -- By its secret, or by its id from a token that was given for the secret.
      select org_api_keys.id, org_api_keys.organization_id into key
      from app_public.org_api_keys
        join app_public.organizations on organizations.id = org_api_keys.organization_id
      where org_api_keys.id = coalesce(
          resolve_request.key_id,
          (select secrets.key_id from app_private.org_api_key_secrets as secrets where secrets.key_hash = resolve_request.key_hash)
        )
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
  perform app_hidden.read_rights();
  return tenant;
end;
$$;

ALTER FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text, key_id uuid, issuer text, subject text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text, key_id uuid, issuer text, subject text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text, key_id uuid, issuer text, subject text) IS 'Opens a request: checks that session or key is alive, chooses the tenant, sets the claims; answers the tenant. kind: anonymous, person (by session), identity (by issuer and subject) or key (by hash or id). Raises SESSION_ENDED, IDENTITY_UNKNOWN, API_KEY_INVALID, TENANT_FORBIDDEN, TENANT_HINTS_DISAGREE.';

--
-- Name: role_holds(uuid, text, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION role_holds(organization_id uuid, role text, custom_role_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) IS 'What a role holds that is to be given: a built-in one, or one of the organization''s own. Raises INVALID_INPUT, NOT_FOUND.';

--
-- Name: roll_up(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.roll_up() RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  -- So many records at a time: half a second.
  most constant int := 20000;
  complete bigint;
  mark bigint;
  upto bigint;
  zone text;
begin
  if not coalesce(app_hidden.claim('job')::boolean, false) or tenant is null then
    perform app_hidden.refuse('FORBIDDEN');
  end if;
  insert into app_private.rollup_marks (organization_id) values (tenant) on conflict do nothing;
  select marks.written_in into mark from app_private.rollup_marks as marks
  where marks.organization_id = tenant
  for no key update skip locked;
  if not found then
    return false;
  end if;
  -- Read behind the lock, and before the statement that adds: what is complete here is visible there.
  complete := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  if mark > complete then
    -- A restored database counts its transactions from the beginning.
    delete from app_public.usage_rollups as sums where sums.organization_id = tenant;
    mark := 0;
  end if;
  select records.written_in into upto from app_public.usage_records as records
  where records.organization_id = tenant and records.written_in >= mark
  order by records.written_in offset most limit 1;
  -- All that one transaction wrote goes together.
  upto := least(complete, case upto when mark then upto + 1 else upto end);
  select organizations.time_zone into zone from app_public.organizations where organizations.id = tenant;

  with hours as materialized (
    select date_trunc('hour', records.occurred_at, zone) as starts_at, records.service, records.model, records.charged_currency,
      records.team_id, records.user_id, records.api_key_id, count(*) as records, sum(records.requests) as requests,
      sum(records.tokens_in) as tokens_in, sum(records.tokens_out) as tokens_out, coalesce(sum(records.charged), 0) as cost
    from app_public.usage_records as records
    where records.organization_id = tenant and records.written_in >= mark and records.written_in < upto
    group by 1, 2, 3, 4, 5, 6, 7
  ),
  starts as materialized (
    select known.starts_at as hour, grain, case grain when 'hour' then known.starts_at else app_hidden.period_start(grain, known.starts_at, zone) end as starts_at
    from (select distinct hours.starts_at from hours) as known cross join unnest(array['hour', 'day', 'month']) as grain
  )
  insert into app_public.usage_rollups as sums
    (organization_id, whole, grain, starts_at, service, model, currency, team_id, user_id, api_key_id, records, requests, tokens_in,
      tokens_out, cost)
  select tenant, whole, starts.grain, starts.starts_at, hours.service, hours.model, hours.charged_currency,
    case when not whole then hours.team_id end as team, case when not whole then hours.user_id end as person,
    case when not whole then hours.api_key_id end as key,
    sum(hours.records), sum(hours.requests), sum(hours.tokens_in), sum(hours.tokens_out), sum(hours.cost)
  from hours
    join starts on starts.hour = hours.starts_at
    cross join unnest(array[true, false]) as whole
  group by whole, starts.grain, starts.starts_at, hours.service, hours.model, hours.charged_currency, team, person, key
  on conflict on constraint usage_rollups_once do update
  set records = sums.records + excluded.records, requests = sums.requests + excluded.requests,
    tokens_in = sums.tokens_in + excluded.tokens_in, tokens_out = sums.tokens_out + excluded.tokens_out,
    cost = sums.cost + excluded.cost;

  update app_private.rollup_marks as marks set written_in = upto where marks.organization_id = tenant;
  return upto < complete;
end;
$$;

ALTER FUNCTION app_hidden.roll_up() OWNER TO rowgate_writer;

--
-- Name: FUNCTION roll_up(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.roll_up() IS 'Rolls up some of the usage that the chosen organization recorded since the last time; answers whether there is more. Only jobs may. Raises FORBIDDEN.';

--
-- Name: rolled_up_to(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.rolled_up_to() RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  mark constant bigint := (
    select marks.written_in from app_private.rollup_marks as marks
    where marks.organization_id = app_hidden.current_organization_id()
  );
begin
  -- A restored database counts its transactions from the beginning: then nothing is rolled up until the worker did it again.
  return case when mark <= pg_snapshot_xmax(pg_current_snapshot())::text::bigint then mark else 0 end;
end;
$$;

ALTER FUNCTION app_hidden.rolled_up_to() OWNER TO rowgate_reader;

--
-- Name: FUNCTION rolled_up_to(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.rolled_up_to() IS 'Up to which transaction the chosen organization''s usage is rolled up (exclusive).';

--
-- Name: search_targets(text, text, text, integer); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.search_targets(kind text, permission text, query text, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.search_targets(kind text, permission text, query text, most integer) OWNER TO rowgate_reader;

--
-- Name: FUNCTION search_targets(kind text, permission text, query text, most integer); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.search_targets(kind text, permission text, query text, most integer) IS 'The ids of what the caller may see and that has, for each word of the query, a word that begins so. Raises INVALID_INPUT, UNAUTHENTICATED.';

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
-- Name: set_plan(uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.set_plan(organization_id uuid, plan text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform app_hidden.stop_usage(set_plan.organization_id);
  perform from app_public.organizations where organizations.id = set_plan.organization_id for no key update;
  perform app_hidden.put_on_plan(set_plan.organization_id, set_plan.plan);
end;
$$;

ALTER FUNCTION app_hidden.set_plan(organization_id uuid, plan text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_plan(organization_id uuid, plan text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.set_plan(organization_id uuid, plan text) IS 'Puts an organization on another plan, by the same rules as change_plan. Raises PLAN_TOO_SMALL, INVALID_INPUT.';

--
-- Name: set_plan_override(uuid, text, bigint, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.set_plan_override(organization_id uuid, resource text, amount bigint, plan text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.set_plan_override(organization_id uuid, resource text, amount bigint, plan text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_plan_override(organization_id uuid, resource text, amount bigint, plan text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.set_plan_override(organization_id uuid, resource text, amount bigint, plan text) IS 'Agrees a limit with one organization in the place of its plan''s: seats, storage (bytes), api_calls (a month), teams or api_keys; null: none. It counts as long as the organization is on that plan, the present one unless told.';

--
-- Name: set_rate_limit(text, integer, integer, text, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.set_rate_limit(scope text, rate integer, burst integer, plan text DEFAULT NULL::text, organization_id uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.set_rate_limit(scope text, rate integer, burst integer, plan text, organization_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_rate_limit(scope text, rate integer, burst integer, plan text, organization_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.set_rate_limit(scope text, rate integer, burst integer, plan text, organization_id uuid) IS 'Sets a rate limit: requests per second, and how many at once (burst). scope: global, tenant or person; for a plan, an organization, or everybody. A rate of null takes it back. The API follows within 5 seconds.';

--
-- Name: set_rights(boolean, text[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.set_rights(open boolean, permissions text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform
    pg_catalog.set_config('rowgate.open', case when set_rights.open then 'true' else '' end, true),
    pg_catalog.set_config('rowgate.permissions', format(' %s ', array_to_string(set_rights.permissions, ' ')), true);
end;
$$;

ALTER FUNCTION app_hidden.set_rights(open boolean, permissions text[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION set_rights(open boolean, permissions text[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.set_rights(open boolean, permissions text[]) IS 'Sets the claims that say what this transaction may do in its organization.';

--
-- Name: set_role_permissions(uuid, uuid, text[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.set_role_permissions(organization_id uuid, role_id uuid, permissions text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.set_role_permissions(organization_id uuid, role_id uuid, permissions text[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION set_role_permissions(organization_id uuid, role_id uuid, permissions text[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.set_role_permissions(organization_id uuid, role_id uuid, permissions text[]) IS 'Makes a role of the organization''s own hold exactly these, which the caller must hold. Raises INVALID_INPUT, RIGHTS_EXCEEDED.';

--
-- Name: set_search_words(uuid, text, uuid, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.set_search_words(organization_id uuid, kind text, target_id uuid, content text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.set_search_words(organization_id uuid, kind text, target_id uuid, content text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION set_search_words(organization_id uuid, kind text, target_id uuid, content text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.set_search_words(organization_id uuid, kind text, target_id uuid, content text) IS 'Makes a row findable by the words of its content, and by no others; null: by none.';

--
-- Name: settle_event(jsonb); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.settle_event(body jsonb) RETURNS app_public.usage_records
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.settle_event(body jsonb) OWNER TO rowgate_owner;

--
-- Name: FUNCTION settle_event(body jsonb); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.settle_event(body jsonb) IS 'settle_usage for a REST body. Raises what plain_event and settle_usage raise.';

--
-- Name: settled_before(app_public.usage_holds, app_public.usage_records); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.settled_before(hold app_public.usage_holds, usage app_public.usage_records) RETURNS app_public.usage_records
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  earlier app_public.usage_records;
begin
  select * into strict earlier from app_public.usage_records as records
  where records.id = hold.usage_record_id and records.occurred_at = hold.created_at;
  if (usage.requests, usage.tokens_in, usage.tokens_out) = (earlier.requests, earlier.tokens_in, earlier.tokens_out)
    and (usage.cost is null or (usage.cost, usage.currency) = (earlier.cost, earlier.currency)) then
    earlier.written_in := null;
  return earlier;
  end if;
  perform app_hidden.refuse('HOLD_CLOSED', jsonb_build_object('hold_status', hold.status));
end;
$$;

ALTER FUNCTION app_hidden.settled_before(hold app_public.usage_holds, usage app_public.usage_records) OWNER TO rowgate_owner;

--
-- Name: FUNCTION settled_before(hold app_public.usage_holds, usage app_public.usage_records); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.settled_before(hold app_public.usage_holds, usage app_public.usage_records) IS 'The record that settled a hold before, if it was with the same values. Raises HOLD_CLOSED.';

--
-- Name: share_out(app_public.budget_periods, numeric, numeric, numeric, boolean); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.share_out(period app_public.budget_periods, usual numeric, settled_more numeric DEFAULT 0, held_more numeric DEFAULT 0, announce boolean DEFAULT true) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
  -- Close to a limit or threshold few parts get something: split among all, it would be too little for anybody.
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
    valid_until = case when total_room < 0 then '-infinity' else allowed.valid_until end
  from (select trunc(total_room / funded, 12) as room, trunc(total_ahead / funded, 12) as ahead) as share
  where parts.organization_id = period.organization_id and parts.budget_id = period.budget_id
    and parts.starts_at = period.starts_at;
end;
$$;

ALTER FUNCTION app_hidden.share_out(period app_public.budget_periods, usual numeric, settled_more numeric, held_more numeric, announce boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION share_out(period app_public.budget_periods, usual numeric, settled_more numeric, held_more numeric, announce boolean); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.share_out(period app_public.budget_periods, usual numeric, settled_more numeric, held_more numeric, announce boolean) IS 'Adds to the sums of a period, announces the thresholds that they reach, and lends what is left up to the limit and the next threshold out to its parts. usual: what one charge takes.';

--
-- Name: shows_budget(app_public.budgets); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.shows_budget(budget app_public.budgets) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return budget.organization_id = any (app_hidden.organizations_permitting('budget:read_all'))
    or budget.organization_id = any (app_hidden.organizations_permitting('budget:read')) and (
      budget.user_id = app_hidden.current_user_id()
      or budget.api_key_id = app_hidden.current_key_id()
      or budget.team_id = any (app_hidden.teams_permitting(null))
    );
end;
$$;

ALTER FUNCTION app_hidden.shows_budget(budget app_public.budgets) OWNER TO rowgate_owner;

--
-- Name: FUNCTION shows_budget(budget app_public.budgets); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.shows_budget(budget app_public.budgets) IS 'Whether a refusal or verdict may tell the caller the figures of a budget.';

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
-- Name: sorted(integer[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.sorted(numbers integer[]) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return case when numbers is not null then array(select distinct number from unnest(numbers) as number order by number) end;
end;
$$;

ALTER FUNCTION app_hidden.sorted(numbers integer[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION sorted(numbers integer[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.sorted(numbers integer[]) IS 'The numbers in ascending order, each once.';

--
-- Name: start_budget(app_public.budgets); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.start_budget(budget app_public.budgets) RETURNS app_public.budgets
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.start_budget(budget app_public.budgets) OWNER TO rowgate_owner;

--
-- Name: FUNCTION start_budget(budget app_public.budgets); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.start_budget(budget app_public.budgets) IS 'Opens the current period of a new budget with what it has used so far.';

--
-- Name: stop_usage(uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.stop_usage(organization_id uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform pg_catalog.pg_advisory_xact_lock(1919907, pg_catalog.hashtext(organization_id::text));
end;
$$;

ALTER FUNCTION app_hidden.stop_usage(organization_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION stop_usage(organization_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.stop_usage(organization_id uuid) IS 'Waits for everybody who is booking in an organization, and holds off others until commit.';

--
-- Name: team_path(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.team_path(organization_id uuid, team_id uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return (
    select teams.path from app_public.teams
    where teams.organization_id = team_path.organization_id and teams.id = team_path.team_id
  );
end;
$$;

ALTER FUNCTION app_hidden.team_path(organization_id uuid, team_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION team_path(organization_id uuid, team_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.team_path(organization_id uuid, team_id uuid) IS 'A team and all teams above it; null for no team.';

--
-- Name: teams_permitting(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.teams_permitting(permission text) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.teams_permitting(permission text) OWNER TO rowgate_reader;

--
-- Name: FUNCTION teams_permitting(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.teams_permitting(permission text) IS 'The teams in which the caller''s team roles hold the permission, with all teams below them; with null those of any team role.';

--
-- Name: tenant_organizations(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.tenant_organizations() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select case
    when app_hidden.claim('organization_id') is null then app_hidden.own_organizations()
    when app_hidden.claim('open') = 'true' then array[app_hidden.current_organization_id()]
    else '{}'
  end;
$$;

ALTER FUNCTION app_hidden.tenant_organizations() OWNER TO rowgate_owner;

--
-- Name: FUNCTION tenant_organizations(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.tenant_organizations() IS 'The active organizations in which this transaction may act: the chosen one, or all of the caller''s while none is chosen.';

--
-- Name: tenant_permitting(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.tenant_permitting(permission text) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select case
    when pg_catalog.strpos(app_hidden.claim('permissions'), ' ' || permission || ' ') > 0 then app_hidden.current_organization_id()
    when app_hidden.claim('organization_id') is null then app_hidden.require_choice()
  end;
$$;

ALTER FUNCTION app_hidden.tenant_permitting(permission text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION tenant_permitting(permission text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.tenant_permitting(permission text) IS 'The chosen organization if the caller holds the permission there, else null. Raises TENANT_REQUIRED.';

--
-- Name: unit_prices(uuid, text, text, timestamp with time zone, bigint); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint) RETURNS app_private.unit_prices
    LANGUAGE plpgsql STABLE STRICT
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint) OWNER TO rowgate_owner;

--
-- Name: FUNCTION unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint) IS 'The prices in force at that moment of what a request with so many input tokens is charged by. The organization''s own prices stand in the place of all list prices of that model.';

--
-- Name: unpriced_mail(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.unpriced_mail(usage_record_id uuid, user_id uuid) RETURNS TABLE(email text, name text, organization text, service text, model text)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return query
  select users.email, users.name, organizations.name, usage.service, usage.model
  from app_public.usage_records as usage
    join app_public.unpriced_models as known
      on known.organization_id = usage.organization_id and known.service = usage.service and known.model = usage.model
    join app_public.organizations on organizations.id = usage.organization_id
    join app_public.users on users.id = unpriced_mail.user_id
  where usage.id = unpriced_mail.usage_record_id
    and unpriced_mail.user_id in (select app_hidden.holders(usage.organization_id, 'usage:read_all'));
end;
$$;

ALTER FUNCTION app_hidden.unpriced_mail(usage_record_id uuid, user_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION unpriced_mail(usage_record_id uuid, user_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.unpriced_mail(usage_record_id uuid, user_id uuid) IS 'What the e-mail about a missing price says, and to whom; no row when it is no longer missing, or the recipient no longer holds usage:read_all.';

--
-- Name: usage_label(text, text, uuid, uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(
    model, service,
    (select teams.name from app_public.teams
      where teams.organization_id = app_hidden.current_organization_id() and teams.id = usage_label.team_id),
    (select users.name from app_public.users where users.id = usage_label.user_id),
    (select keys.name from app_public.org_api_keys as keys
      where keys.organization_id = app_hidden.current_organization_id() and keys.id = usage_label.api_key_id)
  );
$$;

ALTER FUNCTION app_hidden.usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid) IS 'The name of a model, service, team, person or key, whichever is given.';

--
-- Name: usage_place(uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.usage_place(team_id uuid, user_id uuid, OUT tenant uuid, OUT team uuid, OUT person uuid, OUT key uuid, OUT scopes uuid[], OUT currency text, OUT retention_months integer, OUT priced_only boolean) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  caller constant uuid := app_hidden.current_user_id();
  path uuid[];
  fresh boolean;
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
  if key is not null then
    select coalesce(team, org_api_keys.team_id), org_api_keys.last_used_at > now() - interval '1 minute' into team, fresh
    from app_public.org_api_keys where org_api_keys.organization_id = tenant and org_api_keys.id = key;
    if fresh is not true then
      perform app_hidden.note_key_use(key);
    end if;
  end if;
  if usage_place.team_id is not null or usage_place.user_id is not null then
    perform app_hidden.require_place(usage_place.team_id, usage_place.user_id);
  end if;
  if team is not null then
    select teams.id, teams.path into team, path
    from app_public.teams where teams.organization_id = tenant and teams.id = team and teams.deleted_at is null;
  end if;
  person := coalesce(usage_place.user_id, caller);
  scopes := path || array[tenant, person, key];
end;
$$;

ALTER FUNCTION app_hidden.usage_place(team_id uuid, user_id uuid, OUT tenant uuid, OUT team uuid, OUT person uuid, OUT key uuid, OUT scopes uuid[], OUT currency text, OUT retention_months integer, OUT priced_only boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION usage_place(team_id uuid, user_id uuid, OUT tenant uuid, OUT team uuid, OUT person uuid, OUT key uuid, OUT scopes uuid[], OUT currency text, OUT retention_months integer, OUT priced_only boolean); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.usage_place(team_id uuid, user_id uuid, OUT tenant uuid, OUT team uuid, OUT person uuid, OUT key uuid, OUT scopes uuid[], OUT currency text, OUT retention_months integer, OUT priced_only boolean) IS 'Where a use is booked (team, person, key), what its budgets are looked up by, and the organization''s settings. Needs usage:record. Raises what require_permission and require_place raise.';

--
-- Name: usage_sums(text, timestamp with time zone, timestamp with time zone, text, boolean, text, text, uuid, uuid, uuid); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) RETURNS SETOF app_public.usage_point
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.current_organization_id();
  mark constant bigint := case grain when 'minute' then 0 else coalesce(app_hidden.rolled_up_to(), 0) end;
begin
  return query
  select sums.starts_at, sums.service, sums.model, sums.team_id, sums.user_id, sums.api_key_id, null::text, sums.currency,
    sums.records, sums.requests, sums.tokens_in, sums.tokens_out, sums.cost
  from app_public.usage_rollups as sums
  where sums.organization_id = tenant and mark > 0 and sums.whole = usage_sums.whole and sums.grain = usage_sums.grain
    and sums.starts_at >= since and sums.starts_at < until
    and (usage_sums.service is null or sums.service = usage_sums.service)
    and (usage_sums.model is null or sums.model = usage_sums.model)
    and (usage_sums.team_id is null or sums.team_id = usage_sums.team_id)
    and (usage_sums.user_id is null or sums.user_id = usage_sums.user_id)
    and (usage_sums.api_key_id is null or sums.api_key_id = usage_sums.api_key_id)
  union all
  select case when usage_sums.grain in ('minute', 'hour') then later.starts_at
      else app_hidden.period_start(usage_sums.grain, later.starts_at, zone) end,
    later.service, later.model, later.team_id, later.user_id, later.api_key_id, null, later.charged_currency,
    later.records, later.requests::bigint, later.tokens_in::bigint, later.tokens_out::bigint, later.cost
  from (
    select date_trunc(case usage_sums.grain when 'minute' then 'minute' else 'hour' end, records.occurred_at, zone) as starts_at,
      records.service, records.model, records.team_id, records.user_id, records.api_key_id, records.charged_currency,
      count(*) as records, sum(records.requests) as requests, sum(records.tokens_in) as tokens_in,
      sum(records.tokens_out) as tokens_out, coalesce(sum(records.charged), 0) as cost
    from app_public.usage_records as records
    where records.organization_id = tenant and records.written_in >= mark
      and records.occurred_at >= since and records.occurred_at < until
      and (usage_sums.service is null or records.service = usage_sums.service)
      and (usage_sums.model is null or records.model = usage_sums.model)
      and (usage_sums.team_id is null or records.team_id = usage_sums.team_id)
      and (usage_sums.user_id is null or records.user_id = usage_sums.user_id)
      and (usage_sums.api_key_id is null or records.api_key_id = usage_sums.api_key_id)
    group by 1, 2, 3, 4, 5, 6, 7
  ) as later;
end;
$$;

ALTER FUNCTION app_hidden.usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) IS 'What the caller may see of the usage between two instants, by minute, hour, day or month (on whose bounds they lie). whole: from the sums by model alone, for whom may see everything.';

--
-- Name: used_in_period(app_public.budgets, app_public.budget_periods); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.used_in_period(budget app_public.budgets, period app_public.budget_periods) RETURNS numeric
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  return (
    select coalesce(sum(app_hidden.amount_of(usage, budget.unit, period.currency)), 0)
    from app_public.usage_records as usage
    where usage.organization_id = budget.organization_id
      and usage.occurred_at >= period.starts_at and usage.occurred_at < period.ends_at
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
  );
end;
$$;

ALTER FUNCTION app_hidden.used_in_period(budget app_public.budgets, period app_public.budget_periods) OWNER TO rowgate_owner;

--
-- Name: FUNCTION used_in_period(budget app_public.budgets, period app_public.budget_periods); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.used_in_period(budget app_public.budgets, period app_public.budget_periods) IS 'What the records of a period come to in a budget''s unit.';

--
-- Name: usual_expiry(app_public.budgets); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.usual_expiry(budget app_public.budgets) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  period constant app_public.budget_periods := app_hidden.open_period(budget.organization_id, budget.id, now());
begin
  return case when isfinite(period.ends_at) then period.ends_at else now() + interval '30 days' end;
end;
$$;

ALTER FUNCTION app_hidden.usual_expiry(budget app_public.budgets) OWNER TO rowgate_owner;

--
-- Name: FUNCTION usual_expiry(budget app_public.budgets); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.usual_expiry(budget app_public.budgets) IS 'When a temporary raise ends unless told: with the current period, for a total after 30 days.';

--
-- Name: usual_rate_limits(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.usual_rate_limits() RETURNS TABLE(scope text, rate integer, burst integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  values ('person', 10, 100), ('tenant', 100, 1000), ('global', 1000, 10000)
$$;

ALTER FUNCTION app_hidden.usual_rate_limits() OWNER TO rowgate_owner;

--
-- Name: FUNCTION usual_rate_limits(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.usual_rate_limits() IS 'The rate limits of everybody: requests per second of a person, an organization and the whole deployment, and how many at once.';

--
-- Name: watch_budgets(uuid, uuid[]); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.watch_budgets(organization_id uuid, budget_ids uuid[] DEFAULT NULL::uuid[]) RETURNS TABLE(channel text, budget_id uuid, state text)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_own_organization(organization_id);
begin
  if not tenant = any (app_hidden.organizations_permitting('budget:read')) then
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

ALTER FUNCTION app_hidden.watch_budgets(organization_id uuid, budget_ids uuid[]) OWNER TO rowgate_owner;

--
-- Name: FUNCTION watch_budgets(organization_id uuid, budget_ids uuid[]); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.watch_budgets(organization_id uuid, budget_ids uuid[]) IS 'What the caller sees of an organization''s budgets, all or these: each with a text that changes when it does. channel: where changes are announced. A row without a budget says that there is none. Raises FORBIDDEN and what require_own_organization raises.';

--
-- Name: words(text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_owner
--

CREATE FUNCTION app_hidden.words(content text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.words(content text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION words(content text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.words(content text) IS 'The words of a text in lower case, each once.';

--
-- Name: budget_raises; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budget_raises (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    amount numeric NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    reason text,
    status text NOT NULL,
    requested_by uuid,
    requested_by_key uuid,
    decided_by uuid,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT budget_raises_amount_range CHECK (((amount > (0)::numeric) AND (amount < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(amount)) <= 12))),
    CONSTRAINT budget_raises_expiry_later CHECK (((expires_at > created_at) AND isfinite(expires_at))),
    CONSTRAINT budget_raises_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT budget_raises_status_known CHECK ((status = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text])))
);

ALTER TABLE ONLY app_public.budget_raises FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_raises OWNER TO rowgate_owner;

--
-- Name: TABLE budget_raises; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_raises IS 'More than the limit, for a while: given at once, or requested and then approved or rejected. An approved one counts until it expires.';

--
-- Name: COLUMN budget_raises.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.id IS 'The raise''s id.';

--
-- Name: COLUMN budget_raises.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.organization_id IS 'The organization.';

--
-- Name: COLUMN budget_raises.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_raises.amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.amount IS 'How much more, in the budget''s unit.';

--
-- Name: COLUMN budget_raises.expires_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.expires_at IS 'Until when.';

--
-- Name: COLUMN budget_raises.reason; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.reason IS 'Why, up to 2,000 characters.';

--
-- Name: COLUMN budget_raises.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.status IS '@behavior filterBy
requested, approved or rejected.';

--
-- Name: COLUMN budget_raises.requested_by; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.requested_by IS 'Who asked for it.';

--
-- Name: COLUMN budget_raises.requested_by_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.requested_by_key IS 'The API key that asked for it.';

--
-- Name: COLUMN budget_raises.decided_by; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.decided_by IS 'Who approved or rejected it.';

--
-- Name: COLUMN budget_raises.decided_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.decided_at IS 'When it was approved or rejected.';

--
-- Name: COLUMN budget_raises.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_raises.created_at IS '@behavior orderBy
When it was requested or given.';

--
-- Name: CONSTRAINT budget_raises_amount_range ON budget_raises; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_raises_amount_range ON app_public.budget_raises IS 'amount: above 0 and below 1,000,000,000,000, with at most 12 decimals.';

--
-- Name: CONSTRAINT budget_raises_expiry_later ON budget_raises; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_raises_expiry_later ON app_public.budget_raises IS 'expires_at: later than now, and not infinity.';

--
-- Name: CONSTRAINT budget_raises_reason_length ON budget_raises; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_raises_reason_length ON app_public.budget_raises IS 'reason: 1 to 2,000 characters.';

--
-- Name: CONSTRAINT budget_raises_status_known ON budget_raises; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_raises_status_known ON app_public.budget_raises IS 'status: requested, approved or rejected.';

--
-- Name: write_raise_request(uuid, numeric, timestamp with time zone, text); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_writer
--

CREATE FUNCTION app_hidden.write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) RETURNS app_public.budget_raises
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_hidden.write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text); Type: COMMENT; Schema: app_hidden; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_hidden.write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) IS 'Writes down that somebody asks for a raise. Needs budget:read. Raises FORBIDDEN, INVALID_INPUT.';

--
-- Name: announce_budget(); Type: FUNCTION; Schema: app_private; Owner: rowgate_worker
--

CREATE FUNCTION app_private.announce_budget() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform pg_catalog.pg_notify('budgets:' || new.organization_id, to_jsonb(new) ->> tg_argv[0]);
  return null;
end;
$$;

ALTER FUNCTION app_private.announce_budget() OWNER TO rowgate_worker;

--
-- Name: FUNCTION announce_budget(); Type: COMMENT; Schema: app_private; Owner: rowgate_worker
--

COMMENT ON FUNCTION app_private.announce_budget() IS 'Announces that a budget, or what is added to it, was made or changed, which is rare; the argument is the column with its id.';

--
-- Name: announce_charge(); Type: FUNCTION; Schema: app_private; Owner: rowgate_worker
--

CREATE FUNCTION app_private.announce_charge() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  new.announced_at := clock_timestamp();
  perform pg_catalog.pg_notify('budgets:' || new.organization_id, new.budget_id::text);
  return new;
end;
$$;

ALTER FUNCTION app_private.announce_charge() OWNER TO rowgate_worker;

--
-- Name: FUNCTION announce_charge(); Type: COMMENT; Schema: app_private; Owner: rowgate_worker
--

COMMENT ON FUNCTION app_private.announce_charge() IS 'Announces that a budget''s figures have moved.';

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
-- Name: keep_plan_budget(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_plan_budget() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform app_hidden.keep_source_budget(new.id, null, 'plan', app_hidden.plan_limit(new.id, 'api_calls'));
  return null;
end;
$$;

ALTER FUNCTION app_private.keep_plan_budget() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_plan_budget(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_plan_budget() IS 'Makes the budget of an organization''s plan, and changes it with the plan.';

--
-- Name: keep_plan_budgets(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_plan_budgets() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.keep_plan_budgets() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_plan_budgets(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_plan_budgets() IS 'Brings a plan''s changed API calls to everybody who is on it.';

--
-- Name: keep_quota(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_quota() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform app_hidden.keep_source_budget(new.organization_id, new.id, 'monthly_quota', new.monthly_quota);
  return null;
end;
$$;

ALTER FUNCTION app_private.keep_quota() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_quota(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_quota() IS 'Makes the budget of an API key''s monthly quota, and changes it with the quota.';

--
-- Name: keep_search_words(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_search_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.keep_search_words() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_search_words(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_search_words() IS 'Keeps the words by which organizations, teams and members are found.';

--
-- Name: keep_tree(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_tree() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.keep_tree() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_tree(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_tree() IS 'Refuses a circle, a tree that is too deep, and a place below a deleted team; writes the path.';

--
-- Name: keep_within_plan(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.keep_within_plan() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  -- A key brings a budget along. Whoever books holds that lock and may then ask for the organization's row, so it comes first.
  if tg_argv[0] = 'api_keys' then
    perform app_hidden.stop_usage(new.organization_id);
  end if;
  perform app_hidden.require_room(new.organization_id, tg_argv[0], 1);
  return null;
end;
$$;

ALTER FUNCTION app_private.keep_within_plan() OWNER TO rowgate_writer;

--
-- Name: FUNCTION keep_within_plan(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.keep_within_plan() IS 'Refuses a row with which an organization has more of a resource than its plan allows; the resource is the trigger''s argument.';

--
-- Name: prepare_usage_partitions(); Type: FUNCTION; Schema: app_private; Owner: rowgate_owner
--

CREATE FUNCTION app_private.prepare_usage_partitions() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  month timestamp;
  name text;
begin
  for month in
    select generate_series(date_trunc('month', now() at time zone 'UTC') - interval '1 month',
      date_trunc('month', now() at time zone 'UTC') + interval '6 months', interval '1 month')
  loop
    name := 'usage_records_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('app_private.' || name) is not null;
    begin
      execute format('create table app_private.%I partition of app_public.usage_records for values from (%L) to (%L)', name,
        month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
      execute format('alter table app_private.%I enable row level security, force row level security', name);
    exception when check_violation then
      null;
    end;
  end loop;
end;
$$;

ALTER FUNCTION app_private.prepare_usage_partitions() OWNER TO rowgate_owner;

--
-- Name: FUNCTION prepare_usage_partitions(); Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_private.prepare_usage_partitions() IS 'Makes the partitions of usage_records for the last month, this one and the next six where they are missing.';

--
-- Name: purge_usage(); Type: FUNCTION; Schema: app_private; Owner: rowgate_owner
--

CREATE FUNCTION app_private.purge_usage() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_private.purge_usage() OWNER TO rowgate_owner;

--
-- Name: FUNCTION purge_usage(); Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_private.purge_usage() IS 'Takes the usage of a deleted organization along.';

--
-- Name: rebuild_rollups(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.rebuild_rollups() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  delete from app_public.usage_rollups as sums where sums.organization_id = new.id;
  delete from app_private.rollup_marks as marks where marks.organization_id = new.id;
  return null;
end;
$$;

ALTER FUNCTION app_private.rebuild_rollups() OWNER TO rowgate_writer;

--
-- Name: FUNCTION rebuild_rollups(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.rebuild_rollups() IS 'Forgets the sums of an organization whose time zone changed; until they are made again, figures are added up from the records.';

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
-- Name: spread_path(); Type: FUNCTION; Schema: app_private; Owner: rowgate_writer
--

CREATE FUNCTION app_private.spread_path() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  update app_public.teams
  set path = new.path || teams.path[cardinality(old.path) + 1:]
  where teams.organization_id = new.organization_id and teams.path @> array[new.id] and teams.id <> new.id;
  return null;
end;
$$;

ALTER FUNCTION app_private.spread_path() OWNER TO rowgate_writer;

--
-- Name: FUNCTION spread_path(); Type: COMMENT; Schema: app_private; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_private.spread_path() IS 'Gives the teams below a moved one their new path.';

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
-- Name: ownership_transfers; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.ownership_transfers (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    from_user_id uuid NOT NULL,
    to_user_id uuid NOT NULL,
    then_role text NOT NULL,
    status text DEFAULT 'offered'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '7 days'::interval) NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT ownership_transfers_status_known CHECK ((status = ANY (ARRAY['offered'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'expired'::text]))),
    CONSTRAINT ownership_transfers_then_role_known CHECK (app_hidden.is_role(then_role)),
    CONSTRAINT ownership_transfers_two_people CHECK ((from_user_id <> to_user_id))
);

ALTER TABLE ONLY app_public.ownership_transfers FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.ownership_transfers OWNER TO rowgate_owner;

--
-- Name: TABLE ownership_transfers; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.ownership_transfers IS 'Offers of an organization''s ownership: made by an owner, and of effect once the other person accepts.';

--
-- Name: COLUMN ownership_transfers.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.id IS 'The offer''s id.';

--
-- Name: COLUMN ownership_transfers.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.organization_id IS 'The organization.';

--
-- Name: COLUMN ownership_transfers.from_user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.from_user_id IS 'The owner who offers.';

--
-- Name: COLUMN ownership_transfers.to_user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.to_user_id IS 'The member who may accept.';

--
-- Name: COLUMN ownership_transfers.then_role; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.then_role IS 'The role that the offering owner has afterwards; owner: they stay one.';

--
-- Name: COLUMN ownership_transfers.status; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.status IS '@behavior filterBy
offered, accepted, declined, withdrawn or expired.';

--
-- Name: COLUMN ownership_transfers.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.created_at IS '@behavior orderBy
When it was offered.';

--
-- Name: COLUMN ownership_transfers.expires_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.expires_at IS 'Until when it can be accepted, 7 days later.';

--
-- Name: COLUMN ownership_transfers.decided_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.ownership_transfers.decided_at IS 'When it was accepted, declined or withdrawn.';

--
-- Name: CONSTRAINT ownership_transfers_status_known ON ownership_transfers; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT ownership_transfers_status_known ON app_public.ownership_transfers IS 'status: offered, accepted, declined, withdrawn or expired.';

--
-- Name: CONSTRAINT ownership_transfers_then_role_known ON ownership_transfers; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT ownership_transfers_then_role_known ON app_public.ownership_transfers IS 'then_role: owner, admin, member or viewer.';

--
-- Name: CONSTRAINT ownership_transfers_two_people ON ownership_transfers; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT ownership_transfers_two_people ON app_public.ownership_transfers IS 'user_id: somebody else.';

--
-- Name: accept_ownership(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.accept_ownership(transfer_id uuid) RETURNS app_public.ownership_transfers
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.accept_ownership(transfer_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION accept_ownership(transfer_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.accept_ownership(transfer_id uuid) IS 'Makes you an owner of the chosen organization, as it was offered to you. Raises NOT_FOUND, OFFER_CLOSED.';

--
-- Name: add_member(text, text, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.add_member(email text, role text DEFAULT NULL::text, custom_role_id uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
  insert into app_public.members (organization_id, user_id, role, custom_role_id, invited_by)
  select tenant, users.id, given_role, add_member.custom_role_id, app_hidden.current_user_id()
  from app_public.users
  where users.email = lower(trim(add_member.email))
  on conflict on constraint members_user_once do nothing;
end;
$$;

ALTER FUNCTION app_public.add_member(email text, role text, custom_role_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION add_member(email text, role text, custom_role_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.add_member(email text, role text, custom_role_id uuid) IS 'Adds the person with this e-mail address to the chosen organization; answers alike when nobody has it. role: owner, admin, member (the default) or viewer; or customRoleId for one of the organization''s own. You must hold all that the role holds. Needs member:create. Raises QUOTA_EXCEEDED, FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';

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
-- Name: add_team_member(uuid, uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text DEFAULT 'member'::text) RETURNS app_public.team_members
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION add_team_member(team_id uuid, user_id uuid, role text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) IS 'Puts a member of the organization into a team as lead or member, or changes that role. You must hold in the team what the role holds there. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, INVALID_INPUT.';

--
-- Name: allocations(); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.allocations() RETURNS SETOF app_public.allocation
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.allocations() OWNER TO rowgate_owner;

--
-- Name: FUNCTION allocations(); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.allocations() IS 'How much of each budget of the organization or of a team is allocated as caps: budgets of the same unit, currency, period, service and model of the teams directly below it that have one and, of the organization, of members. More than there is may be allocated: each use has to fit every level. Needs budget:read_all. Raises FORBIDDEN.';

--
-- Name: authorize_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, integer); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.authorize_usage(idempotency_key text, service text, model text, cost numeric DEFAULT NULL::numeric, currency text DEFAULT NULL::text, tokens_in bigint DEFAULT 0, tokens_out bigint DEFAULT 0, requests bigint DEFAULT 1, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid, hold_seconds integer DEFAULT 600) RETURNS app_public.usage_holds
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
  perform app_hidden.join_usage(place.tenant);
  hold.id := app_hidden.claim_usage_key(place.tenant, idempotency_key,
    row('hold', app_hidden.current_user_id(), place.key, service, model, trim_scale(cost), currency, tokens_in, tokens_out, requests,
      team_id, user_id, hold_seconds)::text, null);
  if hold.id is null then
    select holds.* into strict hold
    from app_private.idempotency_keys as keys
      join app_public.usage_holds as holds on holds.id = keys.hold_id
    where keys.organization_id = place.tenant and keys.key_hash = sha256(convert_to(idempotency_key, 'UTF8'));
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

ALTER FUNCTION app_public.authorize_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, hold_seconds integer) OWNER TO rowgate_writer;

--
-- Name: FUNCTION authorize_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, hold_seconds integer); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.authorize_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, hold_seconds integer) IS 'Asks before the call upstream: keeps the estimate free on every budget that applies, for holdSeconds (10 minutes unless told, a day at most), or refuses. settleUsage books what it really cost, releaseUsage gives the hold back; otherwise it expires by itself. The same idempotencyKey with the same values answers the same hold. cost: computed from the price list when it is left out. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises BUDGET_EXCEEDED, PRICE_UNKNOWN, CURRENCY_MISMATCH, IDEMPOTENCY_CONFLICT, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: budget_status(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.budget_status(budget_id uuid DEFAULT NULL::uuid) RETURNS SETOF app_public.budget_state
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.budget_status(budget_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION budget_status(budget_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.budget_status(budget_id uuid) IS 'What a budget stands at now, or every budget that the caller sees. Needs budget:read. Raises FORBIDDEN, NOT_FOUND and what choosing an organization raises.';

--
-- Name: budgets_state(app_public.budgets); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.budgets_state(budget app_public.budgets) RETURNS app_public.budget_state
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return app_hidden.budget_state(budget);
end;
$$;

ALTER FUNCTION app_public.budgets_state(budget app_public.budgets) OWNER TO rowgate_owner;

--
-- Name: FUNCTION budgets_state(budget app_public.budgets); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.budgets_state(budget app_public.budgets) IS 'What the budget stands at now.';

--
-- Name: cancel_ownership_offer(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.cancel_ownership_offer(transfer_id uuid) RETURNS app_public.ownership_transfers
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.lock_members(null);
  person constant uuid := app_hidden.current_user_id();
  offer app_public.ownership_transfers;
begin
  select * into offer from app_public.ownership_transfers as transfer
  where transfer.organization_id = tenant and transfer.id = cancel_ownership_offer.transfer_id
    and (transfer.to_user_id = person or tenant = any (app_hidden.organizations_permitting('owner:manage')));
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

ALTER FUNCTION app_public.cancel_ownership_offer(transfer_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION cancel_ownership_offer(transfer_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.cancel_ownership_offer(transfer_id uuid) IS 'Declines an offer of ownership that was made to you, or withdraws one of the chosen organization''s (any owner may). Raises NOT_FOUND, OFFER_CLOSED.';

--
-- Name: change_member_role(uuid, text, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.change_member_role(user_id uuid, role text DEFAULT NULL::text, custom_role_id uuid DEFAULT NULL::uuid) RETURNS app_public.members
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.change_member_role(user_id uuid, role text, custom_role_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION change_member_role(user_id uuid, role text, custom_role_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.change_member_role(user_id uuid, role text, custom_role_id uuid) IS 'Gives a member another role: a built-in one, or with customRoleId one of the organization''s own; it counts from their next request on. You must hold all that the member holds, and all that the role holds. Needs member:update. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, LAST_OWNER, INVALID_INPUT.';

--
-- Name: change_member_roles(uuid[], text, uuid, boolean); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.change_member_roles(user_ids uuid[], role text DEFAULT NULL::text, custom_role_id uuid DEFAULT NULL::uuid, all_or_nothing boolean DEFAULT true) RETURNS SETOF app_public.bulk_result
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select * from app_hidden.change_members(user_ids, all_or_nothing, 'role',
    jsonb_build_object('role', role, 'custom_role_id', custom_role_id));
$$;

ALTER FUNCTION app_public.change_member_roles(user_ids uuid[], role text, custom_role_id uuid, all_or_nothing boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION change_member_roles(user_ids uuid[], role text, custom_role_id uuid, all_or_nothing boolean); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.change_member_roles(user_ids uuid[], role text, custom_role_id uuid, all_or_nothing boolean) IS '@simpleCollections only
Gives up to 500 members another role, as changeMemberRole does, with a result for each. allOrNothing: one refusal undoes all (the default), or only what was refused stays as it was. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: change_plan(text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.change_plan(plan text) RETURNS app_public.organizations
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_permission('billing:update');
begin
  -- Nobody books, joins or is added meanwhile. The lock of those who book comes before the organization's row, as everywhere.
  perform app_hidden.stop_usage(tenant);
  perform app_hidden.lock_members('billing:update');
  return app_hidden.put_on_plan(tenant, change_plan.plan);
end;
$$;

ALTER FUNCTION app_public.change_plan(plan text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION change_plan(plan text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.change_plan(plan text) IS 'Puts the chosen organization on another plan, at once: a larger one always, a smaller one if what the organization has and has used this month fits. Needs billing:update. Raises PLAN_TOO_SMALL (its "exceeded" lists resource, limit and used), FORBIDDEN, INVALID_INPUT.';

--
-- Name: correct_usage(uuid, text, numeric, bigint, bigint, bigint); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.correct_usage(usage_record_id uuid, idempotency_key text, cost numeric DEFAULT NULL::numeric, tokens_in bigint DEFAULT NULL::bigint, tokens_out bigint DEFAULT NULL::bigint, requests bigint DEFAULT NULL::bigint) RETURNS app_public.usage_records
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
  perform app_hidden.book_adjustment(usage, 'correction');
  return usage;
end;
$$;

ALTER FUNCTION app_public.correct_usage(usage_record_id uuid, idempotency_key text, cost numeric, tokens_in bigint, tokens_out bigint, requests bigint) OWNER TO rowgate_writer;

--
-- Name: FUNCTION correct_usage(usage_record_id uuid, idempotency_key text, cost numeric, tokens_in bigint, tokens_out bigint, requests bigint); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.correct_usage(usage_record_id uuid, idempotency_key text, cost numeric, tokens_in bigint, tokens_out bigint, requests bigint) IS 'Says what a recorded use really was: cost (in its currency), tokens, requests; what is left out stays. The difference is booked as a record of its own, in the period in which the use occurred, and never refused for a budget. Needs usage:record_all. Raises USAGE_TOO_OLD, IDEMPOTENCY_CONFLICT, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: create_api_key(text, uuid, integer, bigint, timestamp with time zone, boolean); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.create_api_key(name text, team_id uuid DEFAULT NULL::uuid, rate_limit integer DEFAULT 100, monthly_quota bigint DEFAULT 1000000, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, bound_to_creator boolean DEFAULT false) RETURNS app_public.created_api_key
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
    (organization_id, team_id, name, key_prefix, rate_limit, monthly_quota, scopes,
    created_by, responsible_id, bound_to_creator, expires_at)
  values (tenant, create_api_key.team_id, trim(create_api_key.name), left(key, 11), create_api_key.rate_limit,
    create_api_key.monthly_quota,
    -- Never more than the creator holds: a key is no way around one's own role.
    array(
      select role_permissions.permission from app_public.role_permissions
      where role_permissions.role = 'api_key'
        and tenant = any (app_hidden.organizations_permitting(role_permissions.permission))
    ),
    app_hidden.current_user_id(), app_hidden.current_user_id(), create_api_key.bound_to_creator, create_api_key.expires_at)
  returning * into api_key;
  insert into app_private.org_api_key_secrets (organization_id, key_id, key_hash)
  values (tenant, api_key.id, sha256(convert_to(key, 'UTF8')));
  return row(key, api_key);
end;
$$;

ALTER FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean) OWNER TO rowgate_writer;

--
-- Name: FUNCTION create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean) IS 'Creates an API key of the chosen organization and answers the key: it is shown only here. boundToCreator: it never holds more than you hold now. Needs key:create. Raises QUOTA_EXCEEDED, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: create_budget(numeric, text, text, text, uuid, uuid, uuid, text, text, text, integer, integer[], text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.create_budget(limit_amount numeric, unit text DEFAULT 'money'::text, currency text DEFAULT NULL::text, period text DEFAULT 'month'::text, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid, api_key_id uuid DEFAULT NULL::uuid, service text DEFAULT NULL::text, model text DEFAULT NULL::text, policy text DEFAULT 'block'::text, grace_percent integer DEFAULT NULL::integer, thresholds integer[] DEFAULT '{50,80,100}'::integer[], name text DEFAULT NULL::text) RETURNS app_public.budgets
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.create_budget(limit_amount numeric, unit text, currency text, period text, team_id uuid, user_id uuid, api_key_id uuid, service text, model text, policy text, grace_percent integer, thresholds integer[], name text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION create_budget(limit_amount numeric, unit text, currency text, period text, team_id uuid, user_id uuid, api_key_id uuid, service text, model text, policy text, grace_percent integer, thresholds integer[], name text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.create_budget(limit_amount numeric, unit text, currency text, period text, team_id uuid, user_id uuid, api_key_id uuid, service text, model text, policy text, grace_percent integer, thresholds integer[], name text) IS 'Creates a budget: of the organization, or of one team (with all below it), member or API key. What its current period has used so far counts. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: custom_roles; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.custom_roles (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    description text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT custom_roles_description_length CHECK ((length(description) <= 2000)),
    CONSTRAINT custom_roles_name_length CHECK (app_hidden.is_label(name))
);

ALTER TABLE ONLY app_public.custom_roles FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.custom_roles OWNER TO rowgate_owner;

--
-- Name: TABLE custom_roles; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.custom_roles IS 'The organization''s own roles, beside the built-in ones.';

--
-- Name: COLUMN custom_roles.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_roles.id IS 'The role''s id.';

--
-- Name: COLUMN custom_roles.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_roles.organization_id IS 'The organization.';

--
-- Name: COLUMN custom_roles.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_roles.name IS '@behavior orderBy
The name, 1 to 200 characters, unique in the organization.';

--
-- Name: COLUMN custom_roles.description; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_roles.description IS 'What the role is for, up to 2,000 characters.';

--
-- Name: COLUMN custom_roles.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_roles.created_at IS 'When it was created.';

--
-- Name: COLUMN custom_roles.updated_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_roles.updated_at IS 'When name or description were last changed.';

--
-- Name: CONSTRAINT custom_roles_description_length ON custom_roles; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT custom_roles_description_length ON app_public.custom_roles IS 'description: at most 2,000 characters.';

--
-- Name: CONSTRAINT custom_roles_name_length ON custom_roles; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT custom_roles_name_length ON app_public.custom_roles IS 'name: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: create_custom_role(text, text[], text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.create_custom_role(name text, permissions text[], description text DEFAULT NULL::text) RETURNS app_public.custom_roles
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.create_custom_role(name text, permissions text[], description text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION create_custom_role(name text, permissions text[], description text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.create_custom_role(name text, permissions text[], description text) IS 'Creates a role of the organization''s own, for example "Auditor" with usage:read_all. You must hold all that it holds. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, ALREADY_EXISTS, INVALID_INPUT.';

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
    path uuid[] NOT NULL,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT teams_description_length CHECK ((length(description) <= 2000)),
    CONSTRAINT teams_name_length CHECK (app_hidden.is_label(name)),
    CONSTRAINT teams_not_own_parent CHECK ((parent_team_id <> id)),
    CONSTRAINT teams_path_ends_here CHECK ((path[cardinality(path)] = id))
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
-- Name: COLUMN teams.path; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.teams.path IS '@behavior -*
The ids from the top of the tree down to the team itself.';

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
-- Name: CONSTRAINT teams_path_ends_here ON teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT teams_path_ends_here ON app_public.teams IS 'path: ends with the team itself.';

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

COMMENT ON FUNCTION app_public.create_team(name text, parent_team_id uuid, description text) IS 'Creates a team in the chosen organization, below another one if parentTeamId is given. Needs team:create. Raises QUOTA_EXCEEDED, FORBIDDEN, NOT_FOUND, TEAM_TOO_DEEP, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: decide_budget_raise(uuid, boolean); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.decide_budget_raise(raise_id uuid, approve boolean) RETURNS app_public.budget_raises
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.decide_budget_raise(raise_id uuid, approve boolean) OWNER TO rowgate_writer;

--
-- Name: FUNCTION decide_budget_raise(raise_id uuid, approve boolean); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.decide_budget_raise(raise_id uuid, approve boolean) IS 'Approves or rejects a requested raise; an approved one counts at once, until it expires. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: delete_custom_role(uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.delete_custom_role(role_id uuid, replace_with text DEFAULT NULL::text) RETURNS app_public.custom_roles
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.delete_custom_role(role_id uuid, replace_with text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION delete_custom_role(role_id uuid, replace_with text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.delete_custom_role(role_id uuid, replace_with text) IS 'Deletes a role of the organization''s own. Whoever has it gets the built-in role replaceWith (needs member:update); without it a role in use is refused. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ROLE_IN_USE, INVALID_INPUT.';

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
-- Name: explain_access(text, uuid, uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_reader
--

CREATE FUNCTION app_public.explain_access(permission text, organization_id uuid DEFAULT NULL::uuid, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid) RETURNS app_public.access_explanation
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.explain_access(permission text, organization_id uuid, team_id uuid, user_id uuid) OWNER TO rowgate_reader;

--
-- Name: FUNCTION explain_access(permission text, organization_id uuid, team_id uuid, user_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_public.explain_access(permission text, organization_id uuid, team_id uuid, user_id uuid) IS 'Whether you, or another member (needs member:update), hold a permission in an organization of yours, or in the chosen one, or in one of its teams, and through what. Raises TENANT_FORBIDDEN, FORBIDDEN, NOT_FOUND, INVALID_INPUT and what choosing an organization raises.';

--
-- Name: explain_charge(text, text, numeric, text, bigint, bigint, bigint, uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.explain_charge(service text, model text, cost numeric DEFAULT NULL::numeric, currency text DEFAULT NULL::text, tokens_in bigint DEFAULT 0, tokens_out bigint DEFAULT 0, requests bigint DEFAULT 1, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid) RETURNS SETOF app_public.charge_verdict
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.explain_charge(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION explain_charge(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.explain_charge(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid) IS 'Which budgets a use would count on, and which of them would refuse it at this moment; authorizeUsage judges alike: it lets the use through if all that are charged fit. Books nothing. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises PRICE_UNKNOWN, CURRENCY_MISMATCH, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: grant_credit(uuid, numeric, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.grant_credit(user_id uuid, amount numeric, currency text DEFAULT NULL::text) RETURNS app_public.budgets
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.grant_credit(user_id uuid, amount numeric, currency text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION grant_credit(user_id uuid, amount numeric, currency text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.grant_credit(user_id uuid, amount numeric, currency text) IS 'Gives a member a credit of their own, or adds to it: a budget of the kind credit, in money and in total, whose limit is all that was ever given. It pays for uses in the place of the organization''s budgets in money, first or second as the organization''s creditOrder says. currency: the organization''s unless told; the first one stays. Needs budget:update. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: health(integer); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.health(minutes integer DEFAULT 60) RETURNS app_public.health_summary
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.health(minutes integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION health(minutes integer); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.health(minutes integer) IS 'How the chosen organization was served in the last minutes (1 to 10,080) and the one that runs. Needs health:read. Raises FORBIDDEN, INVALID_INPUT.';

--
-- Name: leave_organization(text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.leave_organization(keys text DEFAULT 'transfer'::text) RETURNS app_public.members
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.leave_organization(keys text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION leave_organization(keys text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.leave_organization(keys text) IS 'Takes you out of the chosen organization. keys: what becomes of the API keys that you answer for, transfer (to the owner who is one for longest, the default) or revoke. Raises LAST_OWNER, INVALID_INPUT.';

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
-- Name: move_members(uuid[], uuid, uuid, text, boolean); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.move_members(user_ids uuid[], to_team_id uuid, from_team_id uuid DEFAULT NULL::uuid, role text DEFAULT NULL::text, all_or_nothing boolean DEFAULT true) RETURNS SETOF app_public.bulk_result
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select * from app_hidden.change_members(user_ids, all_or_nothing, 'move',
    jsonb_build_object('to_team_id', to_team_id, 'from_team_id', from_team_id, 'role', role));
$$;

ALTER FUNCTION app_public.move_members(user_ids uuid[], to_team_id uuid, from_team_id uuid, role text, all_or_nothing boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION move_members(user_ids uuid[], to_team_id uuid, from_team_id uuid, role text, all_or_nothing boolean); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.move_members(user_ids uuid[], to_team_id uuid, from_team_id uuid, role text, all_or_nothing boolean) IS '@simpleCollections only
Puts up to 500 members into a team and, with fromTeamId, out of another, with a result for each. role: lead or member; else the role of the team that is left, or member. allOrNothing: one refusal undoes all (the default), or only what was refused stays as it was. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

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
-- Name: my_permissions(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.my_permissions(organization_id uuid DEFAULT NULL::uuid) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.my_permissions(organization_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION my_permissions(organization_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.my_permissions(organization_id uuid) IS 'What the caller may do in an organization of theirs, or in the chosen one, as permissions: what a client shows and hides by. Rights of a team role are not among them: ask explainAccess with a team. Raises TENANT_FORBIDDEN and what choosing an organization raises: TENANT_REQUIRED, NO_ORGANIZATION, ORGANIZATION_SUSPENDED.';

--
-- Name: offer_ownership(uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.offer_ownership(user_id uuid, then_role text DEFAULT 'admin'::text) RETURNS app_public.ownership_transfers
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
  return offer;
end;
$$;

ALTER FUNCTION app_public.offer_ownership(user_id uuid, then_role text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION offer_ownership(user_id uuid, then_role text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.offer_ownership(user_id uuid, then_role text) IS 'Offers the ownership of the chosen organization to a member. Nothing changes until they accept, within 7 days; then you have thenRole: owner (there are several), admin, member or viewer. One open offer at a time. Needs owner:manage. Raises FORBIDDEN, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: pause_budget(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.pause_budget(budget_id uuid) RETURNS app_public.budgets
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.pause_budget(budget_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION pause_budget(budget_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.pause_budget(budget_id uuid) IS 'Pauses a budget: it goes on counting, and neither refuses nor alerts. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND.';

--
-- Name: quota(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_reader
--

CREATE FUNCTION app_public.quota(organization_id uuid DEFAULT NULL::uuid) RETURNS SETOF app_public.quota_line
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_own_organization(quota.organization_id);
begin
  if not tenant = any (app_hidden.organizations_permitting('quota:read')) then
    perform app_hidden.refuse('FORBIDDEN', jsonb_build_object('permission', 'quota:read', 'organization_id', tenant));
  end if;
  return query
  select line.* from app_hidden.plan_resources() as known cross join lateral app_hidden.quota_line(tenant, known.resource) as line;
end;
$$;

ALTER FUNCTION app_public.quota(organization_id uuid) OWNER TO rowgate_reader;

--
-- Name: FUNCTION quota(organization_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_public.quota(organization_id uuid) IS 'What the plan of an organization of yours, or of the chosen one, allows of each resource, and how much is used. Needs quota:read. Raises FORBIDDEN, TENANT_FORBIDDEN and what choosing an organization raises.';

--
-- Name: raise_budget(uuid, numeric, timestamp with time zone, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.raise_budget(budget_id uuid, amount numeric, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, reason text DEFAULT NULL::text) RETURNS app_public.budget_raises
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.raise_budget(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION raise_budget(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.raise_budget(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) IS 'Adds to a budget''s limit for a while: until expiresAt, or the end of the current period (of a total: 30 days). Thresholds stay those of the limit. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: record_usage(text, text, text, numeric, text, bigint, bigint, bigint, uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric DEFAULT NULL::numeric, currency text DEFAULT NULL::text, tokens_in bigint DEFAULT 0, tokens_out bigint DEFAULT 0, requests bigint DEFAULT 1, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid, occurred_at timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS app_public.usage_records
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  at constant timestamptz := coalesce(least(record_usage.occurred_at, now()), now());
  place record;
  usage app_public.usage_records;
  budget record;
begin
  place := app_hidden.usage_place(team_id, user_id);
  -- From here on no budget comes into being that this use would miss. Before the key, as everywhere: whoever waits for a key then
  -- waits for somebody who needs this lock no more.
  perform app_hidden.join_usage(place.tenant);
  usage.id := app_hidden.claim_usage_key(place.tenant, idempotency_key,
    -- Whose request it is belongs to it: nobody is answered with a record that they may not see. A number written in another
    -- way (1.0, 1.00) is the same request.
    row(app_hidden.current_user_id(), place.key, service, model, trim_scale(cost), currency, tokens_in, tokens_out, requests,
      team_id, user_id, record_usage.occurred_at)::text, at);
  if usage.id is null then
    return app_hidden.repeated_usage(place.tenant, idempotency_key);
  end if;
  if record_usage.occurred_at is not null then
    perform app_hidden.require_bookable_time(record_usage.occurred_at, place.retention_months);
  end if;
  usage := row(usage.id, place.tenant, place.team, place.person, place.key, 'usage', null, service, model, requests, tokens_in,
    tokens_out, trim_scale(cost), coalesce(currency, place.currency), 'given', null, trim_scale(cost), place.currency, null, null,
    at, now());
  if cost is null or usage.currency <> place.currency then
    usage := app_hidden.price(usage, place.priced_only);
  end if;
  insert into app_public.usage_records
    (id, organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency, pricing,
      exchange_rate, charged, charged_currency, occurred_at)
  values (usage.id, place.tenant, place.team, place.person, place.key, record_usage.service, record_usage.model,
    record_usage.requests, record_usage.tokens_in, record_usage.tokens_out, usage.cost, usage.currency, usage.pricing,
    usage.exchange_rate, usage.charged, place.currency, at);
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

ALTER FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, occurred_at timestamp with time zone) OWNER TO rowgate_writer;

--
-- Name: FUNCTION record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, occurred_at timestamp with time zone); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, occurred_at timestamp with time zone) IS 'Records usage and charges all budgets that apply, or refuses and writes nothing. The same idempotencyKey with the same values is charged once and answers the same record again. cost: computed from the price list when it is left out. currency: the organization''s unless told. occurredAt: now unless told; what occurred in a period that is over is booked there and never refused, up to the organization''s retention. Needs usage:record, and usage:record_all for other people''s teams or for another member. Raises BUDGET_EXCEEDED, PRICE_UNKNOWN, CURRENCY_MISMATCH, USAGE_TOO_OLD, IDEMPOTENCY_CONFLICT, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: record_usage_batch(jsonb); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.record_usage_batch(events jsonb) RETURNS SETOF app_public.usage_answer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
  if app_hidden.current_key_id() is not null then
    perform app_hidden.note_key_use(app_hidden.current_key_id());
  end if;
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

ALTER FUNCTION app_public.record_usage_batch(events jsonb) OWNER TO rowgate_writer;

--
-- Name: FUNCTION record_usage_batch(events jsonb); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.record_usage_batch(events jsonb) IS 'Records up to 10,000 events in one go and answers each: recorded, repeated (its key was charged before), or refused with a code. events: an array of objects with idempotency_key, service, model, and what else recordUsage takes, by the same names in snake_case. Events that are refused leave the others alone. Needs usage:record. Raises FORBIDDEN, INVALID_INPUT for what is no such array.';

--
-- Name: release_usage(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.release_usage(hold_id uuid) RETURNS app_public.usage_holds
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.release_usage(hold_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION release_usage(hold_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.release_usage(hold_id uuid) IS 'Gives back what was authorized and not used. Releasing again answers the same hold. Needs usage:record, and usage:record_all for a hold that somebody else made. Raises HOLD_CLOSED, FORBIDDEN, NOT_FOUND.';

--
-- Name: remove_member(uuid, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.remove_member(user_id uuid, keys text DEFAULT 'transfer'::text) RETURNS app_public.members
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.remove_member(user_id uuid, keys text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION remove_member(user_id uuid, keys text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.remove_member(user_id uuid, keys text) IS 'Removes a member: they are refused from their next request on. keys: what becomes of the API keys that they answer for, transfer (to you, the default) or revoke. You must hold all that they hold. Needs member:delete. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, LAST_OWNER, INVALID_INPUT.';

--
-- Name: remove_members(uuid[], text, boolean); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.remove_members(user_ids uuid[], keys text DEFAULT 'transfer'::text, all_or_nothing boolean DEFAULT true) RETURNS SETOF app_public.bulk_result
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select * from app_hidden.change_members(user_ids, all_or_nothing, 'remove', jsonb_build_object('keys', keys));
$$;

ALTER FUNCTION app_public.remove_members(user_ids uuid[], keys text, all_or_nothing boolean) OWNER TO rowgate_owner;

--
-- Name: FUNCTION remove_members(user_ids uuid[], keys text, all_or_nothing boolean); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.remove_members(user_ids uuid[], keys text, all_or_nothing boolean) IS '@simpleCollections only
Removes up to 500 members, as removeMember does, with a result for each. allOrNothing: one refusal undoes all (the default), or only what was refused stays as it was. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: remove_team_member(uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) RETURNS app_public.team_members
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION remove_team_member(team_id uuid, user_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) IS 'Takes a person out of a team. You must hold in the team what their role holds there. Needs team_member:update, which a lead holds in their team and below. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND.';

--
-- Name: report_storage(bigint, text, timestamp with time zone); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.report_storage(bytes bigint, source text DEFAULT 'default'::text, measured_at timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS app_public.quota_line
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_permission('storage:report');
begin
  -- The clock of whoever reports may run ahead a little: that is taken as now.
  if report_storage.measured_at > now() + interval '5 minutes' then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'measured_at: not in the future.'));
  end if;
  -- The latest measurement counts, in whatever order they come in and however often; of two at the same instant the larger one.
  insert into app_public.storage_use as known (organization_id, source, bytes, measured_at)
  values (tenant, report_storage.source, report_storage.bytes, coalesce(least(report_storage.measured_at, now()), now()))
  on conflict on constraint storage_use_pkey do update
  set bytes = excluded.bytes, measured_at = excluded.measured_at
  where (known.measured_at, known.bytes) < (excluded.measured_at, excluded.bytes);
  return app_hidden.quota_line(tenant, 'storage');
end;
$$;

ALTER FUNCTION app_public.report_storage(bytes bigint, source text, measured_at timestamp with time zone) OWNER TO rowgate_writer;

--
-- Name: FUNCTION report_storage(bytes bigint, source text, measured_at timestamp with time zone); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.report_storage(bytes bigint, source text, measured_at timestamp with time zone) IS 'Says how many bytes a source of the chosen organization holds, all in all. The latest measurement of a source counts, so a report can be repeated and come late. It is never refused for the plan: the answer is the storage''s line of quota, whose "over" says what is too much. Needs storage:report. Raises FORBIDDEN, INVALID_INPUT.';

--
-- Name: reprice_usage(text, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.reprice_usage(service text, model text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.reprice_usage(service text, model text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION reprice_usage(service text, model text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.reprice_usage(service text, model text) IS 'Prices what was recorded of a service and model while no price or exchange rate was known, by the prices of when it occurred; answers how many records. Each is booked as an adjustment in its period. Needs usage:record_all. Raises FORBIDDEN, INVALID_INPUT.';

--
-- Name: request_budget_raise(uuid, numeric, timestamp with time zone, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, reason text DEFAULT NULL::text) RETURNS app_public.budget_raises
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) OWNER TO rowgate_owner;

--
-- Name: FUNCTION request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) IS 'Asks for a temporary raise of a budget that the caller sees; whoever may raise it approves or rejects. Needs budget:read. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

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
-- Name: resume_budget(uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.resume_budget(budget_id uuid) RETURNS app_public.budgets
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.resume_budget(budget_id uuid) OWNER TO rowgate_writer;

--
-- Name: FUNCTION resume_budget(budget_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.resume_budget(budget_id uuid) IS 'Resumes a paused budget, and announces at once the thresholds that are crossed by now. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND.';

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
  if api_key.responsible_id is distinct from app_hidden.current_user_id() then
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

COMMENT ON FUNCTION app_public.revoke_api_key(key_id uuid) IS 'Revokes an API key: it is refused from its next request on, everywhere. Needs key:revoke_all, or to answer for it. Raises FORBIDDEN, NOT_FOUND.';

--
-- Name: search_members(text, integer); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.search_members(query text, most integer DEFAULT 20) RETURNS SETOF app_public.members
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select members.*
  from unnest(app_hidden.search_targets('member', 'member:read', query, most)) with ordinality as target (id, place)
    join app_public.members on members.id = target.id
  order by target.place;
$$;

ALTER FUNCTION app_public.search_members(query text, most integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION search_members(query text, most integer); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.search_members(query text, most integer) IS '@simpleCollections only
Members by name or e-mail address: every word of the query must be the beginning of one of theirs. In the chosen organization, or in all of yours. most: 1 to 200. Needs member:read. Raises INVALID_INPUT.';

--
-- Name: search_organizations(text, integer); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.search_organizations(query text, most integer DEFAULT 20) RETURNS SETOF app_public.organizations
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select organizations.*
  from unnest(app_hidden.search_targets('organization', 'organization:read', query, most)) with ordinality as target (id, place)
    join app_public.organizations on organizations.id = target.id
  order by target.place;
$$;

ALTER FUNCTION app_public.search_organizations(query text, most integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION search_organizations(query text, most integer); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.search_organizations(query text, most integer) IS '@simpleCollections only
Your organizations by name or slug: every word of the query must be the beginning of one of theirs. most: 1 to 200. Needs organization:read. Raises INVALID_INPUT.';

--
-- Name: search_teams(text, integer); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.search_teams(query text, most integer DEFAULT 20) RETURNS SETOF app_public.teams
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select teams.*
  from unnest(app_hidden.search_targets('team', 'team:read', query, most)) with ordinality as target (id, place)
    join app_public.teams on teams.id = target.id
  order by target.place;
$$;

ALTER FUNCTION app_public.search_teams(query text, most integer) OWNER TO rowgate_owner;

--
-- Name: FUNCTION search_teams(query text, most integer); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.search_teams(query text, most integer) IS '@simpleCollections only
Teams by name: every word of the query must be the beginning of one of theirs. In the chosen organization, or in all of yours. most: 1 to 200. Needs team:read. Raises INVALID_INPUT.';

--
-- Name: set_member_permission(uuid, text, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.set_member_permission(user_id uuid, permission text, effect text) RETURNS app_public.members
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.set_member_permission(user_id uuid, permission text, effect text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_member_permission(user_id uuid, permission text, effect text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.set_member_permission(user_id uuid, permission text, effect text) IS 'Gives one member a permission beside the role (grant), takes one away in spite of it (deny, which always wins), or neither (none). It counts from their next request on. You must hold the permission and all that the member holds. Needs member:update. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, INVALID_INPUT.';

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
-- Name: team_role_exceptions; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.team_role_exceptions (
    organization_id uuid NOT NULL,
    role text NOT NULL,
    permission text NOT NULL,
    effect text NOT NULL,
    team_scoped boolean DEFAULT true NOT NULL,
    CONSTRAINT team_role_exceptions_effect_known CHECK ((effect = ANY (ARRAY['grant'::text, 'deny'::text]))),
    CONSTRAINT team_role_exceptions_role_known CHECK ((role = ANY (ARRAY['lead'::text, 'member'::text]))),
    CONSTRAINT team_role_exceptions_team_scoped CHECK (team_scoped)
);

ALTER TABLE ONLY app_public.team_role_exceptions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.team_role_exceptions OWNER TO rowgate_owner;

--
-- Name: TABLE team_role_exceptions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.team_role_exceptions IS 'Where the organization''s team roles hold something else than teamRolePermissions says.';

--
-- Name: COLUMN team_role_exceptions.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_role_exceptions.organization_id IS 'The organization.';

--
-- Name: COLUMN team_role_exceptions.role; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_role_exceptions.role IS 'lead or member.';

--
-- Name: COLUMN team_role_exceptions.permission; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_role_exceptions.permission IS 'The permission, one that a team role can hold.';

--
-- Name: COLUMN team_role_exceptions.effect; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_role_exceptions.effect IS 'grant or deny.';

--
-- Name: COLUMN team_role_exceptions.team_scoped; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.team_role_exceptions.team_scoped IS '@behavior -*
Always true: the permission is one that a team role can hold.';

--
-- Name: CONSTRAINT team_role_exceptions_effect_known ON team_role_exceptions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_role_exceptions_effect_known ON app_public.team_role_exceptions IS 'effect: grant or deny.';

--
-- Name: CONSTRAINT team_role_exceptions_role_known ON team_role_exceptions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_role_exceptions_role_known ON app_public.team_role_exceptions IS 'role: lead or member.';

--
-- Name: CONSTRAINT team_role_exceptions_team_scoped ON team_role_exceptions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_role_exceptions_team_scoped ON app_public.team_role_exceptions IS 'permission: one that a team role can hold.';

--
-- Name: set_team_role_permission(text, text, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.set_team_role_permission(role text, permission text, effect text) RETURNS SETOF app_public.team_role_exceptions
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.set_team_role_permission(role text, permission text, effect text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION set_team_role_permission(role text, permission text, effect text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.set_team_role_permission(role text, permission text, effect text) IS '@simpleCollections only
Changes what lead or member means in the teams of the chosen organization: grant, deny, or none (as the model says); answers all such changes. It counts from the next request on. You must hold the permission. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, INVALID_INPUT.';

--
-- Name: settle_usage(uuid, numeric, text, bigint, bigint, bigint); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.settle_usage(hold_id uuid, cost numeric DEFAULT NULL::numeric, currency text DEFAULT NULL::text, tokens_in bigint DEFAULT NULL::bigint, tokens_out bigint DEFAULT NULL::bigint, requests bigint DEFAULT NULL::bigint) RETURNS app_public.usage_records
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
    hold.created_at, now());
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

ALTER FUNCTION app_public.settle_usage(hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) OWNER TO rowgate_writer;

--
-- Name: FUNCTION settle_usage(hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.settle_usage(hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) IS 'Books what an authorized use really cost, and ends its hold; it occurred when it was authorized. It is never refused for a budget: what is above the hold, or comes after the hold expired, is booked as an overrun. Tokens and requests that are left out are those of the hold; a cost that is left out is computed from the price list. Settling again with the same values answers the same record. Needs usage:record, and usage:record_all for a hold that somebody else made. Raises HOLD_CLOSED, FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: sign_out(); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.sign_out() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  update app_private.sessions
  set ended_at = now(), ended_because = 'signed_out'
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
-- Name: update_budget(uuid, numeric, integer[], text, integer, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.update_budget(budget_id uuid, limit_amount numeric DEFAULT NULL::numeric, thresholds integer[] DEFAULT NULL::integer[], policy text DEFAULT NULL::text, grace_percent integer DEFAULT NULL::integer, name text DEFAULT NULL::text) RETURNS app_public.budgets
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.update_budget(budget_id uuid, limit_amount numeric, thresholds integer[], policy text, grace_percent integer, name text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION update_budget(budget_id uuid, limit_amount numeric, thresholds integer[], policy text, grace_percent integer, name text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.update_budget(budget_id uuid, limit_amount numeric, thresholds integer[], policy text, grace_percent integer, name text) IS 'Changes a budget; what is left out stays, and an empty name clears it. It counts at once: lowering the limit announces a threshold that is already crossed. Needs budget:update; a lead may for their team and those below. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

--
-- Name: update_custom_role(uuid, text, text[], text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.update_custom_role(role_id uuid, name text DEFAULT NULL::text, permissions text[] DEFAULT NULL::text[], description text DEFAULT NULL::text) RETURNS app_public.custom_roles
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION app_public.update_custom_role(role_id uuid, name text, permissions text[], description text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION update_custom_role(role_id uuid, name text, permissions text[], description text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.update_custom_role(role_id uuid, name text, permissions text[], description text) IS 'Changes a role of the organization''s own; what is left out stays, permissions are the whole new list. It counts for everybody who has the role from their next request on. You must hold all that it holds, before and after. Needs role:manage. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';

--
-- Name: update_metering(text, text, integer, boolean, text); Type: FUNCTION; Schema: app_public; Owner: rowgate_writer
--

CREATE FUNCTION app_public.update_metering(time_zone text DEFAULT NULL::text, currency text DEFAULT NULL::text, retention_months integer DEFAULT NULL::integer, strict_pricing boolean DEFAULT NULL::boolean, credit_order text DEFAULT NULL::text) RETURNS app_public.organizations
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_permission('organization:update');
  organization app_public.organizations;
begin
  if update_metering.time_zone is not null and not app_hidden.is_time_zone(update_metering.time_zone) then
    perform app_hidden.refuse_value('organizations_time_zone_form');
  end if;
  perform from app_public.organizations where organizations.id = tenant for no key update;
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

ALTER FUNCTION app_public.update_metering(time_zone text, currency text, retention_months integer, strict_pricing boolean, credit_order text) OWNER TO rowgate_writer;

--
-- Name: FUNCTION update_metering(time_zone text, currency text, retention_months integer, strict_pricing boolean, credit_order text); Type: COMMENT; Schema: app_public; Owner: rowgate_writer
--

COMMENT ON FUNCTION app_public.update_metering(time_zone text, currency text, retention_months integer, strict_pricing boolean, credit_order text) IS 'Changes how the chosen organization is metered; what is left out stays. Time zone and currency count from each budget''s next period; creditOrder, personal_first or organization_first, at once. Needs organization:update. Raises FORBIDDEN, INVALID_INPUT.';

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
-- Name: usage_breakdown(timestamp with time zone, timestamp with time zone, text, integer, text, text, uuid, uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.usage_breakdown(since timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone, group_by text DEFAULT 'model'::text, most integer DEFAULT 10, service text DEFAULT NULL::text, model text DEFAULT NULL::text, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid, api_key_id uuid DEFAULT NULL::uuid) RETURNS SETOF app_public.usage_share
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:read');
  zone constant text := (select organizations.time_zone from app_public.organizations where organizations.id = tenant);
  whole constant boolean := app_hidden.permits('usage:read_all') and app_hidden.current_key_id() is null
    and group_by in ('service', 'model') and num_nonnulls(team_id, user_id, api_key_id) = 0;
  ending timestamptz := coalesce(usage_breakdown.until, now());
  first timestamptz;
  grain text := 'hour';
begin
  perform app_hidden.require_usage_question(since, ending, 'month', coalesce(group_by, ''), service, model, team_id, user_id, api_key_id);
  if most is null or most not between 1 and 1000 then
    perform app_hidden.refuse('INVALID_INPUT', jsonb_build_object('rule', 'most: 1 to 1,000.'));
  end if;
  first := date_trunc('hour', since, zone);
  ending := date_trunc('hour', ending - interval '1 microsecond', zone) + interval '1 hour';
  if first = app_hidden.period_start('day', first, zone)
    and (ending = app_hidden.period_start('day', ending, zone) or usage_breakdown.until is null) then
    grain := 'day';
    ending := app_hidden.period_end('day', ending - interval '1 microsecond', zone);
  end if;
  return query
  with sums as (
    select known.starts_at >= first as now,
      case when group_by in ('service', 'model') then known.service end as service,
      case when group_by = 'model' then known.model end as model,
      case when group_by = 'team' then known.team_id end as team_id,
      case when group_by = 'user' then known.user_id end as user_id,
      case when group_by = 'key' then known.api_key_id end as api_key_id,
      known.currency, known.records, known.requests, known.tokens_in, known.tokens_out, known.cost
    -- As long before as after.
    from app_hidden.usage_sums(grain,
      case grain when 'day' then app_hidden.period_start('day', first - (ending - first), zone) else first - (ending - first) end,
      ending, zone, whole, usage_breakdown.service, usage_breakdown.model, usage_breakdown.team_id, usage_breakdown.user_id,
      usage_breakdown.api_key_id) as known
  ),
  totals as (
    select sums.service, sums.model, sums.team_id, sums.user_id, sums.api_key_id, sums.currency,
      coalesce(sum(sums.records) filter (where sums.now), 0) as records,
      coalesce(sum(sums.requests) filter (where sums.now), 0) as requests,
      coalesce(sum(sums.tokens_in) filter (where sums.now), 0) as tokens_in,
      coalesce(sum(sums.tokens_out) filter (where sums.now), 0) as tokens_out,
      coalesce(sum(sums.cost) filter (where sums.now), 0) as cost,
      coalesce(sum(sums.cost) filter (where not sums.now), 0) as cost_before
    from sums group by 1, 2, 3, 4, 5, 6
  ),
  ranked as (
    select totals.*, row_number() over (
      partition by totals.currency
      order by totals.cost desc, totals.requests desc, totals.service, totals.model, totals.team_id, totals.user_id, totals.api_key_id
    ) > most as other
    from totals
  ),
  merged as (
    select case when not ranked.other then ranked.service end as service, case when not ranked.other then ranked.model end as model,
      case when not ranked.other then ranked.team_id end as team_id, case when not ranked.other then ranked.user_id end as user_id,
      case when not ranked.other then ranked.api_key_id end as api_key_id, ranked.other, ranked.currency,
      sum(ranked.records)::bigint as records, sum(ranked.requests)::bigint as requests, sum(ranked.tokens_in)::bigint as tokens_in,
      sum(ranked.tokens_out)::bigint as tokens_out, sum(ranked.cost) as cost, sum(ranked.cost_before) as cost_before
    from ranked group by 1, 2, 3, 4, 5, 6, 7
  )
  select merged.service, merged.model, merged.team_id, merged.user_id, merged.api_key_id,
    app_hidden.usage_label(merged.service, merged.model, merged.team_id, merged.user_id, merged.api_key_id), merged.other,
    merged.currency, merged.records, merged.requests, merged.tokens_in, merged.tokens_out, trim_scale(merged.cost),
    round(merged.cost / nullif(sum(merged.cost) over (partition by merged.currency), 0), 6), trim_scale(merged.cost_before),
    round((merged.cost - merged.cost_before) / nullif(merged.cost_before, 0), 6)
  from merged
  order by merged.currency, merged.other, merged.cost desc, merged.requests desc, merged.service, merged.model, merged.team_id,
    merged.user_id, merged.api_key_id;
end;
$$;

ALTER FUNCTION app_public.usage_breakdown(since timestamp with time zone, until timestamp with time zone, group_by text, most integer, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION usage_breakdown(since timestamp with time zone, until timestamp with time zone, group_by text, most integer, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.usage_breakdown(since timestamp with time zone, until timestamp with time zone, group_by text, most integer, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) IS '@simpleCollections only
Who or what cost how much between two instants (widened to whole hours): the most expensive ones and the rest as other, with their share and what they cost in the time before that was as long. until: now unless told. group_by: service, model, team, user or key; by user it is each member''s consumption. What the caller may not see is not in it. Needs usage:read. Raises FORBIDDEN, INVALID_INPUT, NOT_FOUND.';

--
-- Name: usage_records_paid_by(app_public.usage_records); Type: FUNCTION; Schema: app_public; Owner: rowgate_reader
--

CREATE FUNCTION app_public.usage_records_paid_by(usage app_public.usage_records) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  return case
    when usage.organization_id = app_hidden.current_organization_id() and app_hidden.is_paid_by_credit(usage) then 'credit'
    else 'organization'
  end;
end;
$$;

ALTER FUNCTION app_public.usage_records_paid_by(usage app_public.usage_records) OWNER TO rowgate_reader;

--
-- Name: FUNCTION usage_records_paid_by(usage app_public.usage_records); Type: COMMENT; Schema: app_public; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_public.usage_records_paid_by(usage app_public.usage_records) IS 'What paid for it: credit, the member''s own; or organization.';

--
-- Name: usage_timeseries(timestamp with time zone, timestamp with time zone, text, text, text, text, uuid, uuid, uuid); Type: FUNCTION; Schema: app_public; Owner: rowgate_owner
--

CREATE FUNCTION app_public.usage_timeseries(since timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone, bucket text DEFAULT 'day'::text, group_by text DEFAULT NULL::text, service text DEFAULT NULL::text, model text DEFAULT NULL::text, team_id uuid DEFAULT NULL::uuid, user_id uuid DEFAULT NULL::uuid, api_key_id uuid DEFAULT NULL::uuid) RETURNS SETOF app_public.usage_point
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  tenant constant uuid := app_hidden.require_permission('usage:read');
  ending constant timestamptz := coalesce(usage_timeseries.until, now());
  zone constant text := (select organizations.time_zone from app_public.organizations where organizations.id = tenant);
  -- What one model or service used is in the sums of the whole organization; what a person, team or key did is not.
  whole constant boolean := app_hidden.permits('usage:read_all') and app_hidden.current_key_id() is null
    and coalesce(group_by, 'model') in ('service', 'model') and num_nonnulls(team_id, user_id, api_key_id) = 0;
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
  sums as (
    select case usage_timeseries.bucket when 'week' then app_hidden.period_start('week', known.starts_at, zone) else known.starts_at end
        as starts_at,
      case when group_by in ('service', 'model') then known.service end as service,
      case when group_by = 'model' then known.model end as model,
      case when group_by = 'team' then known.team_id end as team_id,
      case when group_by = 'user' then known.user_id end as user_id,
      case when group_by = 'key' then known.api_key_id end as api_key_id,
      known.currency, known.records, known.requests, known.tokens_in, known.tokens_out, known.cost
    from app_hidden.usage_sums(case usage_timeseries.bucket when 'week' then 'day' else usage_timeseries.bucket end, first, last, zone,
      whole, usage_timeseries.service, usage_timeseries.model, usage_timeseries.team_id, usage_timeseries.user_id,
      usage_timeseries.api_key_id) as known
  ),
  totals as (
    select sums.starts_at, sums.service, sums.model, sums.team_id, sums.user_id, sums.api_key_id, sums.currency,
      sum(sums.records)::bigint as records, sum(sums.requests)::bigint as requests, sum(sums.tokens_in)::bigint as tokens_in,
      sum(sums.tokens_out)::bigint as tokens_out, sum(sums.cost) as cost
    from sums group by 1, 2, 3, 4, 5, 6, 7
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
    coalesce(totals.records, 0), coalesce(totals.requests, 0), coalesce(totals.tokens_in, 0), coalesce(totals.tokens_out, 0),
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

ALTER FUNCTION app_public.usage_timeseries(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) OWNER TO rowgate_owner;

--
-- Name: FUNCTION usage_timeseries(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_public.usage_timeseries(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) IS '@simpleCollections only
The usage between two instants in buckets of the organization''s time zone (minute, hour, day, week, month; both ends are widened to whole ones), current to the last commit; a bucket without usage is there with zeros. until: now unless told. group_by: service, model, team, user or key. What the caller may not see is not in it. Needs usage:read. Raises FORBIDDEN, INVALID_INPUT, NOT_FOUND.';

--
-- Name: custom_role_permissions; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.custom_role_permissions (
    organization_id uuid NOT NULL,
    role_id uuid NOT NULL,
    permission text NOT NULL,
    assignable boolean DEFAULT true NOT NULL,
    CONSTRAINT custom_role_permissions_assignable CHECK (assignable)
);

ALTER TABLE ONLY app_public.custom_role_permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.custom_role_permissions OWNER TO rowgate_owner;

--
-- Name: TABLE custom_role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.custom_role_permissions IS 'What a role of the organization''s own holds.';

--
-- Name: COLUMN custom_role_permissions.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_role_permissions.organization_id IS 'The organization.';

--
-- Name: COLUMN custom_role_permissions.role_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_role_permissions.role_id IS 'The role.';

--
-- Name: COLUMN custom_role_permissions.permission; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_role_permissions.permission IS 'The permission that it holds.';

--
-- Name: COLUMN custom_role_permissions.assignable; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.custom_role_permissions.assignable IS '@behavior -*
Always true: the permission is one that can be assigned.';

--
-- Name: CONSTRAINT custom_role_permissions_assignable ON custom_role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT custom_role_permissions_assignable ON app_public.custom_role_permissions IS 'permission: one that can be assigned.';

--
-- Name: member_permissions; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.member_permissions (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    permission text NOT NULL,
    effect text NOT NULL,
    assignable boolean DEFAULT true NOT NULL,
    set_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT member_permissions_assignable CHECK (assignable),
    CONSTRAINT member_permissions_effect_known CHECK ((effect = ANY (ARRAY['grant'::text, 'deny'::text])))
);

ALTER TABLE ONLY app_public.member_permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.member_permissions OWNER TO rowgate_owner;

--
-- Name: TABLE member_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.member_permissions IS 'What one member holds beside the role (grant), or does not hold in spite of it (deny, which always wins). You see your own; who may change members sees all.';

--
-- Name: COLUMN member_permissions.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.member_permissions.organization_id IS 'The organization.';

--
-- Name: COLUMN member_permissions.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.member_permissions.user_id IS 'The member.';

--
-- Name: COLUMN member_permissions.permission; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.member_permissions.permission IS 'The permission.';

--
-- Name: COLUMN member_permissions.effect; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.member_permissions.effect IS 'grant or deny.';

--
-- Name: COLUMN member_permissions.assignable; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.member_permissions.assignable IS '@behavior -*
Always true: the permission is one that can be assigned.';

--
-- Name: COLUMN member_permissions.set_by; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.member_permissions.set_by IS 'Who set it.';

--
-- Name: COLUMN member_permissions.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.member_permissions.created_at IS 'When it was set.';

--
-- Name: CONSTRAINT member_permissions_assignable ON member_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT member_permissions_assignable ON app_public.member_permissions IS 'permission: one that can be assigned.';

--
-- Name: CONSTRAINT member_permissions_effect_known ON member_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT member_permissions_effect_known ON app_public.member_permissions IS 'effect: grant or deny.';

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

COMMENT ON TABLE app_public.role_permissions IS 'Which built-in role holds which permission.';

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
-- Name: held_permissions; Type: VIEW; Schema: app_hidden; Owner: rowgate_owner
--

CREATE VIEW app_hidden.held_permissions WITH (security_invoker='true') AS
 SELECT members.organization_id,
    members.user_id,
    source.permission,
    source.through,
    source.name
   FROM (app_public.members
     CROSS JOIN LATERAL ( SELECT role_permissions.permission,
            'role'::text AS through,
            members.role AS name
           FROM app_public.role_permissions
          WHERE (role_permissions.role = members.role)
        UNION ALL
         SELECT contents.permission,
            'custom_role'::text,
            custom_roles.name
           FROM (app_public.custom_role_permissions contents
             JOIN app_public.custom_roles ON (((custom_roles.organization_id = contents.organization_id) AND (custom_roles.id = contents.role_id))))
          WHERE ((contents.organization_id = members.organization_id) AND (contents.role_id = members.custom_role_id))
        UNION ALL
         SELECT extra.permission,
            'grant'::text,
            NULL::text
           FROM app_public.member_permissions extra
          WHERE ((extra.organization_id = members.organization_id) AND (extra.user_id = members.user_id) AND (extra.effect = 'grant'::text))) source)
  WHERE (NOT (EXISTS ( SELECT
           FROM app_public.member_permissions denial
          WHERE ((denial.organization_id = members.organization_id) AND (denial.user_id = members.user_id) AND (denial.permission = source.permission) AND (denial.effect = 'deny'::text)))));

ALTER TABLE app_hidden.held_permissions OWNER TO rowgate_owner;

--
-- Name: VIEW held_permissions; Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON VIEW app_hidden.held_permissions IS 'What each member holds in the organization: from the role, built-in or the organization''s own, and from extra grants, less denials.';

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
-- Name: team_role_holdings; Type: VIEW; Schema: app_hidden; Owner: rowgate_owner
--

CREATE VIEW app_hidden.team_role_holdings WITH (security_invoker='true') AS
 SELECT organizations.id AS organization_id,
    holdings.role,
    holdings.permission
   FROM (app_public.organizations
     CROSS JOIN LATERAL ( SELECT team_role_permissions.role,
            team_role_permissions.permission
           FROM app_public.team_role_permissions
          WHERE (NOT (EXISTS ( SELECT
                   FROM app_public.team_role_exceptions exception
                  WHERE ((exception.organization_id = organizations.id) AND (exception.role = team_role_permissions.role) AND (exception.permission = team_role_permissions.permission) AND (exception.effect = 'deny'::text)))))
        UNION
         SELECT exception.role,
            exception.permission
           FROM app_public.team_role_exceptions exception
          WHERE ((exception.organization_id = organizations.id) AND (exception.effect = 'grant'::text))) holdings);

ALTER TABLE app_hidden.team_role_holdings OWNER TO rowgate_owner;

--
-- Name: VIEW team_role_holdings; Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON VIEW app_hidden.team_role_holdings IS 'What a role in a team holds in each organization.';

--
-- Name: held_team_permissions; Type: VIEW; Schema: app_hidden; Owner: rowgate_owner
--

CREATE VIEW app_hidden.held_team_permissions WITH (security_invoker='true') AS
 SELECT team_members.organization_id,
    team_members.user_id,
    team_members.team_id,
    team_members.role,
    holdings.permission
   FROM (app_public.team_members
     JOIN app_hidden.team_role_holdings holdings ON (((holdings.organization_id = team_members.organization_id) AND (holdings.role = team_members.role))))
  WHERE (NOT (EXISTS ( SELECT
           FROM app_public.member_permissions denial
          WHERE ((denial.organization_id = team_members.organization_id) AND (denial.user_id = team_members.user_id) AND (denial.permission = holdings.permission) AND (denial.effect = 'deny'::text)))));

ALTER TABLE app_hidden.held_team_permissions OWNER TO rowgate_owner;

--
-- Name: VIEW held_team_permissions; Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON VIEW app_hidden.held_team_permissions IS 'What each member holds through a role in a team; it counts in that team and in all teams below it.';

--
-- Name: credit_uses; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.credit_uses (
    organization_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    budget_id uuid NOT NULL
);

ALTER TABLE ONLY app_private.credit_uses FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.credit_uses OWNER TO rowgate_owner;

--
-- Name: TABLE credit_uses; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.credit_uses IS 'Which uses a member''s credit has paid for, and none of the organization''s budgets in money. subject_id: the record that came first, or the hold.';

--
-- Name: frozen_rates; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.frozen_rates (
    organization_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    from_currency text NOT NULL,
    to_currency text NOT NULL,
    rate numeric NOT NULL
);

ALTER TABLE ONLY app_private.frozen_rates FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.frozen_rates OWNER TO rowgate_owner;

--
-- Name: TABLE frozen_rates; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.frozen_rates IS 'The exchange rate that a use was changed by for a budget in a currency that is neither its own nor the organization''s: whatever follows it, a settlement, a correction, a refund, is changed by the same one.';

--
-- Name: hold_lines; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.hold_lines (
    organization_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    amount numeric NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    open boolean DEFAULT true NOT NULL
);

ALTER TABLE ONLY app_private.hold_lines FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.hold_lines OWNER TO rowgate_owner;

--
-- Name: TABLE hold_lines; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.hold_lines IS 'What a hold keeps free on each budget; open while the counter''s held has it.';

--
-- Name: idempotency_keys; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.idempotency_keys (
    organization_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    usage_record_id uuid,
    occurred_at timestamp with time zone,
    hold_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app_private.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.idempotency_keys OWNER TO rowgate_owner;

--
-- Name: TABLE idempotency_keys; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.idempotency_keys IS 'What was made under which idempotency key of an organization; body_hash tells a repeated request from another one. Not partitioned: a key counts across months.';

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
-- Name: plan_overrides; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.plan_overrides (
    organization_id uuid NOT NULL,
    plan text NOT NULL,
    resource text NOT NULL,
    amount bigint,
    CONSTRAINT plan_overrides_amount_check CHECK (((amount >= 0) AND (amount <= '999999999999999'::bigint))),
    CONSTRAINT plan_overrides_api_calls CHECK (((resource <> 'api_calls'::text) OR (amount <= '999999999999'::bigint))),
    CONSTRAINT plan_overrides_resource_check CHECK ((resource = ANY (ARRAY['seats'::text, 'storage'::text, 'api_calls'::text, 'teams'::text, 'api_keys'::text])))
);

ALTER TABLE ONLY app_private.plan_overrides FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.plan_overrides OWNER TO rowgate_owner;

--
-- Name: TABLE plan_overrides; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.plan_overrides IS 'Limits that were agreed with one organization in the place of its plan''s, as long as it is on that plan; amount null: none. app_hidden.set_plan_override writes them.';

--
-- Name: rate_limits; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.rate_limits (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    scope text NOT NULL,
    plan text,
    organization_id uuid,
    rate integer NOT NULL,
    burst integer NOT NULL,
    CONSTRAINT rate_limits_burst_check CHECK (((burst >= 0) AND (burst <= 10000000))),
    CONSTRAINT rate_limits_global_alone CHECK (((scope <> 'global'::text) OR (num_nonnulls(plan, organization_id) = 0))),
    CONSTRAINT rate_limits_one_level CHECK ((num_nonnulls(plan, organization_id) <= 1)),
    CONSTRAINT rate_limits_person_burst CHECK (((scope <> 'person'::text) OR (burst >= 50))),
    CONSTRAINT rate_limits_rate_check CHECK (((rate >= 1) AND (rate <= 1000000))),
    CONSTRAINT rate_limits_scope_check CHECK ((scope = ANY (ARRAY['global'::text, 'tenant'::text, 'person'::text])))
);

ALTER TABLE ONLY app_private.rate_limits FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.rate_limits OWNER TO rowgate_owner;

--
-- Name: TABLE rate_limits; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.rate_limits IS 'Rate limits that differ from app_hidden.usual_rate_limits(): of one organization, of a plan, or of everybody. Requests per second, and how many at once. app_hidden.set_rate_limit writes them.';

--
-- Name: rollup_marks; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.rollup_marks (
    organization_id uuid NOT NULL,
    written_in bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY app_private.rollup_marks FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.rollup_marks OWNER TO rowgate_owner;

--
-- Name: TABLE rollup_marks; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.rollup_marks IS 'How far each organization''s usage is rolled up.';

--
-- Name: COLUMN rollup_marks.organization_id; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON COLUMN app_private.rollup_marks.organization_id IS 'The organization.';

--
-- Name: COLUMN rollup_marks.written_in; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON COLUMN app_private.rollup_marks.written_in IS 'Records of transactions before this one are in the sums, no others.';

--
-- Name: search_words; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.search_words (
    organization_id uuid NOT NULL,
    kind text NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    target_id uuid NOT NULL,
    CONSTRAINT search_words_kind_check CHECK ((kind = ANY (ARRAY['organization'::text, 'team'::text, 'member'::text])))
);

ALTER TABLE ONLY app_private.search_words FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.search_words OWNER TO rowgate_owner;

--
-- Name: TABLE search_words; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.search_words IS 'By which words organizations, teams and members are found; kept by triggers, read by the search functions.';

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
    ended_because text,
    CONSTRAINT sessions_ended_because_check CHECK ((ended_because = ANY (ARRAY['signed_out'::text, 'refresh_token_reused'::text]))),
    CONSTRAINT sessions_refresh_hash_check CHECK ((length(refresh_hash) = 32))
);

ALTER TABLE ONLY app_private.sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.sessions OWNER TO rowgate_owner;

--
-- Name: TABLE sessions; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.sessions IS 'A sign-in and the hash of its current refresh token. Access tokens name the session; ended or expired means refused.';

--
-- Name: usage_records_rest; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.usage_records_rest (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    team_id uuid,
    user_id uuid,
    api_key_id uuid,
    kind text DEFAULT 'usage'::text NOT NULL,
    corrects_id uuid,
    service text NOT NULL,
    model text NOT NULL,
    requests bigint DEFAULT 1 NOT NULL,
    tokens_in bigint DEFAULT 0 NOT NULL,
    tokens_out bigint DEFAULT 0 NOT NULL,
    cost numeric,
    currency text,
    pricing text DEFAULT 'given'::text NOT NULL,
    exchange_rate numeric,
    charged numeric,
    charged_currency text NOT NULL,
    hold_id uuid,
    overrun numeric,
    occurred_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    written_in bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    CONSTRAINT usage_records_cost_range CHECK ((((cost >= (0)::numeric) OR (kind <> 'usage'::text)) AND (abs(cost) < ('1000000000000'::bigint)::numeric) AND (scale(trim_scale(cost)) <= 12))),
    CONSTRAINT usage_records_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT usage_records_kind_known CHECK ((kind = ANY (ARRAY['usage'::text, 'correction'::text, 'repricing'::text]))),
    CONSTRAINT usage_records_model_length CHECK (app_hidden.is_label(model)),
    CONSTRAINT usage_records_pricing_known CHECK ((pricing = ANY (ARRAY['given'::text, 'computed'::text, 'unpriced'::text]))),
    CONSTRAINT usage_records_requests_range CHECK (((requests >= 0) OR (kind <> 'usage'::text))),
    CONSTRAINT usage_records_service_length CHECK (app_hidden.is_label(service)),
    CONSTRAINT usage_records_tokens_in_range CHECK (((tokens_in >= 0) OR (kind <> 'usage'::text))),
    CONSTRAINT usage_records_tokens_out_range CHECK (((tokens_out >= 0) OR (kind <> 'usage'::text)))
);

ALTER TABLE ONLY app_private.usage_records_rest FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.usage_records_rest OWNER TO rowgate_owner;

--
-- Name: used_refresh_tokens; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.used_refresh_tokens (
    refresh_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT used_refresh_tokens_refresh_hash_check CHECK ((length(refresh_hash) = 32))
);

ALTER TABLE ONLY app_private.used_refresh_tokens FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.used_refresh_tokens OWNER TO rowgate_owner;

--
-- Name: TABLE used_refresh_tokens; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.used_refresh_tokens IS 'SHA-256 of each refresh token that was exchanged, so that one that comes back is known for what it is.';

--
-- Name: user_identities; Type: TABLE; Schema: app_private; Owner: rowgate_owner
--

CREATE TABLE app_private.user_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_identities_issuer_check CHECK (((length(issuer) >= 1) AND (length(issuer) <= 500))),
    CONSTRAINT user_identities_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
);

ALTER TABLE ONLY app_private.user_identities FORCE ROW LEVEL SECURITY;

ALTER TABLE app_private.user_identities OWNER TO rowgate_owner;

--
-- Name: TABLE user_identities; Type: COMMENT; Schema: app_private; Owner: rowgate_owner
--

COMMENT ON TABLE app_private.user_identities IS 'Who a person is at another issuer of tokens: issuer and subject, never the e-mail address, which may change hands.';

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
    starts_at timestamp with time zone NOT NULL,
    limit_version integer NOT NULL,
    threshold integer NOT NULL,
    limit_amount numeric NOT NULL,
    settled numeric NOT NULL,
    announced boolean NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app_public.budget_alerts FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_alerts OWNER TO rowgate_owner;

--
-- Name: TABLE budget_alerts; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_alerts IS 'A threshold that was crossed: exactly one row per budget, period, version of the limit and threshold, written in the transaction that crossed it.';

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
-- Name: COLUMN budget_alerts.starts_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.starts_at IS 'The first instant of the period.';

--
-- Name: COLUMN budget_alerts.limit_version; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.limit_version IS 'The version of the limit that was in force.';

--
-- Name: COLUMN budget_alerts.threshold; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.threshold IS 'The threshold, in percent of the limit.';

--
-- Name: COLUMN budget_alerts.limit_amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.limit_amount IS 'The limit that was in force.';

--
-- Name: COLUMN budget_alerts.settled; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.settled IS 'What was used right after crossing; what is held does not count.';

--
-- Name: COLUMN budget_alerts.announced; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.announced IS 'Whether e-mails were queued; false where a changed limit left a threshold crossed that had been announced before.';

--
-- Name: COLUMN budget_alerts.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_alerts.created_at IS '@behavior orderBy
When it was crossed.';

--
-- Name: budget_changes; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budget_changes (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    action text NOT NULL,
    limit_version integer NOT NULL,
    limit_before numeric,
    limit_after numeric NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    changed_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT budget_changes_action_known CHECK ((action = ANY (ARRAY['created'::text, 'updated'::text, 'paused'::text, 'resumed'::text, 'raised'::text, 'raise_rejected'::text])))
);

ALTER TABLE ONLY app_public.budget_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_changes OWNER TO rowgate_owner;

--
-- Name: TABLE budget_changes; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_changes IS 'The history of a budget: every change, by whom, and the limit before and after. Append-only.';

--
-- Name: COLUMN budget_changes.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.id IS 'The change''s id.';

--
-- Name: COLUMN budget_changes.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.organization_id IS 'The organization.';

--
-- Name: COLUMN budget_changes.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_changes.action; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.action IS 'created, updated, paused, resumed, raised or raise_rejected.';

--
-- Name: COLUMN budget_changes.limit_version; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.limit_version IS 'The version of the limit after the change.';

--
-- Name: COLUMN budget_changes.limit_before; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.limit_before IS 'The limit before; null when it was created.';

--
-- Name: COLUMN budget_changes.limit_after; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.limit_after IS 'The limit after.';

--
-- Name: COLUMN budget_changes.details; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.details IS 'What else changed, by column, or the raise.';

--
-- Name: COLUMN budget_changes.changed_by; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.changed_by IS 'Who changed it; null: the platform.';

--
-- Name: COLUMN budget_changes.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_changes.created_at IS '@behavior orderBy
When it was changed.';

--
-- Name: CONSTRAINT budget_changes_action_known ON budget_changes; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_changes_action_known ON app_public.budget_changes IS 'action: created, updated, paused, resumed, raised or raise_rejected.';

--
-- Name: budget_overruns; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budget_overruns (
    id uuid DEFAULT app_hidden.uuid_v7() NOT NULL,
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    usage_record_id uuid,
    reason text NOT NULL,
    amount numeric NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT budget_overruns_reason_known CHECK ((reason = ANY (ARRAY['above_hold'::text, 'expired_hold'::text, 'without_hold'::text, 'late'::text, 'correction'::text, 'priced_later'::text])))
);

ALTER TABLE ONLY app_public.budget_overruns FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_overruns OWNER TO rowgate_owner;

--
-- Name: TABLE budget_overruns; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_overruns IS 'What was booked above a limit that refuses, and why: admission never is.';

--
-- Name: COLUMN budget_overruns.id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.id IS 'The overrun''s id.';

--
-- Name: COLUMN budget_overruns.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.organization_id IS 'The organization.';

--
-- Name: COLUMN budget_overruns.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_overruns.starts_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.starts_at IS 'The first instant of the period.';

--
-- Name: COLUMN budget_overruns.usage_record_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.usage_record_id IS 'The usage record that was booked.';

--
-- Name: COLUMN budget_overruns.reason; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.reason IS 'above_hold: it cost more than was held. expired_hold: it was settled after its hold had expired. without_hold: the budget is newer than the hold. late: its period was over. correction, priced_later: a change of what was recorded.';

--
-- Name: COLUMN budget_overruns.amount; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.amount IS 'How much of it is above the limit, in the budget''s unit.';

--
-- Name: COLUMN budget_overruns.created_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_overruns.created_at IS '@behavior orderBy
When it was booked.';

--
-- Name: CONSTRAINT budget_overruns_reason_known ON budget_overruns; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_overruns_reason_known ON app_public.budget_overruns IS 'reason: above_hold, expired_hold, without_hold, late, correction or priced_later.';

--
-- Name: budget_shards; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.budget_shards (
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    shard integer NOT NULL,
    settled numeric DEFAULT 0 NOT NULL,
    held numeric DEFAULT 0 NOT NULL,
    room numeric DEFAULT 0 NOT NULL,
    ahead numeric DEFAULT 0 NOT NULL,
    valid_until timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    announced_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL
)
WITH (fillfactor='25');

ALTER TABLE ONLY app_public.budget_shards FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.budget_shards OWNER TO rowgate_owner;

--
-- Name: TABLE budget_shards; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.budget_shards IS '@behavior -*
The counter of a period, lent out in parts: whoever charges takes any part that nobody is writing and that has room. The sums of settled and held are the figures. room is what the part may still admit, ahead what may be settled in it before the next alert threshold; both hold until valid_until, and -infinity closes the part, so that everybody meets at the period''s own row.';

--
-- Name: COLUMN budget_shards.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.organization_id IS 'The organization.';

--
-- Name: COLUMN budget_shards.budget_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.budget_id IS 'The budget.';

--
-- Name: COLUMN budget_shards.starts_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.starts_at IS 'The period.';

--
-- Name: COLUMN budget_shards.shard; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.shard IS 'The number of the part, from 0.';

--
-- Name: COLUMN budget_shards.settled; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.settled IS 'What was settled here. Only the sum over all parts means something.';

--
-- Name: COLUMN budget_shards.held; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.held IS 'What is held here; may be negative where more was released than held. Only the sum means something.';

--
-- Name: COLUMN budget_shards.room; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.room IS 'What may still be admitted here; Infinity where nothing is refused.';

--
-- Name: COLUMN budget_shards.ahead; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.ahead IS 'What has to stay above 0 after settling here; Infinity where no threshold is ahead.';

--
-- Name: COLUMN budget_shards.valid_until; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.valid_until IS 'When room and ahead have to be worked out anew.';

--
-- Name: COLUMN budget_shards.announced_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.budget_shards.announced_at IS 'When this part last told those who watch that it has changed.';

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
-- Name: health_minutes; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.health_minutes (
    organization_id uuid NOT NULL,
    minute timestamp with time zone NOT NULL,
    requests integer NOT NULL,
    errors integer NOT NULL,
    refused integer NOT NULL,
    duration_ms bigint NOT NULL,
    slowest_ms integer NOT NULL,
    jobs_done integer NOT NULL,
    jobs_failed integer NOT NULL,
    failing boolean GENERATED ALWAYS AS (((errors * (20)::bigint) > requests)) STORED NOT NULL
);

ALTER TABLE ONLY app_public.health_minutes FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.health_minutes OWNER TO rowgate_owner;

--
-- Name: TABLE health_minutes; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.health_minutes IS 'How an organization was served, minute by minute, for the last 7 days; written some seconds later. A minute without requests and jobs has no row.';

--
-- Name: COLUMN health_minutes.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.organization_id IS 'The organization.';

--
-- Name: COLUMN health_minutes.minute; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.minute IS '@behavior orderBy filterBy
The beginning of the minute.';

--
-- Name: COLUMN health_minutes.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.requests IS 'Requests that were answered for the organization.';

--
-- Name: COLUMN health_minutes.errors; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.errors IS 'Those of them that failed on our side: their answer has a status of 500 or above, or an error with one.';

--
-- Name: COLUMN health_minutes.refused; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.refused IS 'Those of them that were refused and did not fail: by a budget, a rate limit, a missing permission or for what they asked.';

--
-- Name: COLUMN health_minutes.duration_ms; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.duration_ms IS 'How long answering them took together, in milliseconds.';

--
-- Name: COLUMN health_minutes.slowest_ms; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.slowest_ms IS 'How long the slowest of them took, in milliseconds.';

--
-- Name: COLUMN health_minutes.jobs_done; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.jobs_done IS 'Jobs that were done, e-mails for example.';

--
-- Name: COLUMN health_minutes.jobs_failed; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.jobs_failed IS 'Attempts at a job that failed; it is tried again later.';

--
-- Name: COLUMN health_minutes.failing; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.health_minutes.failing IS 'Whether more than 5 % of the requests failed.';

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
    description text NOT NULL,
    wider text,
    assignable boolean NOT NULL,
    team_scoped boolean NOT NULL
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
-- Name: COLUMN permissions.wider; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.permissions.wider IS 'The permission that opens the whole organization, where this one reaches own rows and own teams; null: it is for the whole organization itself.';

--
-- Name: COLUMN permissions.assignable; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.permissions.assignable IS 'Whether a role of the organization''s own or an extra grant may contain it; false for what makes an owner.';

--
-- Name: COLUMN permissions.team_scoped; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.permissions.team_scoped IS 'Whether a role in a team may hold it, for that team and all teams below it.';

--
-- Name: plans; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.plans (
    name text NOT NULL,
    rank integer NOT NULL,
    price numeric,
    currency text DEFAULT 'USD'::text NOT NULL,
    seats bigint,
    storage_bytes bigint,
    api_calls bigint,
    teams bigint,
    api_keys bigint,
    CONSTRAINT plans_api_calls_range CHECK (((api_calls >= 0) AND (api_calls <= '999999999999'::bigint))),
    CONSTRAINT plans_api_keys_range CHECK ((api_keys >= 0)),
    CONSTRAINT plans_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT plans_name_form CHECK ((name ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
    CONSTRAINT plans_price_range CHECK (((price >= (0)::numeric) AND (price < ('1000000000000'::bigint)::numeric))),
    CONSTRAINT plans_seats_range CHECK ((seats >= 1)),
    CONSTRAINT plans_storage_bytes_range CHECK ((storage_bytes >= 0)),
    CONSTRAINT plans_teams_range CHECK ((teams >= 0))
);

ALTER TABLE ONLY app_public.plans FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.plans OWNER TO rowgate_owner;

--
-- Name: TABLE plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.plans IS 'What an organization can buy: a price a month, and how much of each resource it holds. An organization may have limits of its own beside its plan''s; quota tells those in force.';

--
-- Name: COLUMN plans.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.name IS 'The plan''s name, as changePlan takes it.';

--
-- Name: COLUMN plans.rank; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.rank IS '@behavior orderBy
Their order: 1 is the smallest.';

--
-- Name: COLUMN plans.price; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.price IS 'The price of a month; null: agreed with each customer.';

--
-- Name: COLUMN plans.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.currency IS 'ISO 4217 code of the currency of the price.';

--
-- Name: COLUMN plans.seats; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.seats IS 'How many members there may be; null: any number.';

--
-- Name: COLUMN plans.storage_bytes; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.storage_bytes IS 'How many bytes may be stored; null: any number.';

--
-- Name: COLUMN plans.api_calls; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.api_calls IS 'How many metered requests there may be in a month; null: any number.';

--
-- Name: COLUMN plans.teams; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.teams IS 'How many teams there may be; null: any number.';

--
-- Name: COLUMN plans.api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.plans.api_keys IS 'How many API keys there may be that are not revoked; null: any number.';

--
-- Name: CONSTRAINT plans_api_calls_range ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_api_calls_range ON app_public.plans IS 'api_calls: 0 to 999,999,999,999.';

--
-- Name: CONSTRAINT plans_api_keys_range ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_api_keys_range ON app_public.plans IS 'api_keys: at least 0.';

--
-- Name: CONSTRAINT plans_currency_form ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_currency_form ON app_public.plans IS 'currency: three capital letters, as in USD.';

--
-- Name: CONSTRAINT plans_name_form ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_name_form ON app_public.plans IS 'name: lower-case letters, digits and underscores, beginning with a letter.';

--
-- Name: CONSTRAINT plans_price_range ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_price_range ON app_public.plans IS 'price: at least 0 and below 1,000,000,000,000.';

--
-- Name: CONSTRAINT plans_seats_range ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_seats_range ON app_public.plans IS 'seats: at least 1.';

--
-- Name: CONSTRAINT plans_storage_bytes_range ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_storage_bytes_range ON app_public.plans IS 'storage_bytes: at least 0.';

--
-- Name: CONSTRAINT plans_teams_range ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_teams_range ON app_public.plans IS 'teams: at least 0.';

--
-- Name: roles; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.roles (
    name text NOT NULL,
    rank integer NOT NULL,
    description text NOT NULL,
    CONSTRAINT roles_name_known CHECK (app_hidden.is_role(name))
);

ALTER TABLE ONLY app_public.roles FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.roles OWNER TO rowgate_owner;

--
-- Name: TABLE roles; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.roles IS 'The built-in roles of a member; each holds what the one below it holds.';

--
-- Name: COLUMN roles.name; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.roles.name IS 'owner, admin, member or viewer.';

--
-- Name: COLUMN roles.rank; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.roles.rank IS 'Their order: 1 is the lowest.';

--
-- Name: COLUMN roles.description; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.roles.description IS 'What the role is for.';

--
-- Name: CONSTRAINT roles_name_known ON roles; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT roles_name_known ON app_public.roles IS 'name: owner, admin, member or viewer.';

--
-- Name: storage_use; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.storage_use (
    organization_id uuid NOT NULL,
    source text NOT NULL,
    bytes bigint NOT NULL,
    measured_at timestamp with time zone NOT NULL,
    CONSTRAINT storage_use_bytes_range CHECK (((bytes >= 0) AND (bytes <= '999999999999999'::bigint))),
    CONSTRAINT storage_use_measured_at_finite CHECK (isfinite(measured_at)),
    CONSTRAINT storage_use_source_length CHECK (app_hidden.is_label(source))
);

ALTER TABLE ONLY app_public.storage_use FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.storage_use OWNER TO rowgate_owner;

--
-- Name: TABLE storage_use; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.storage_use IS 'How much an organization stores, by source; their sum is what the plan limits.';

--
-- Name: COLUMN storage_use.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.storage_use.organization_id IS 'The organization.';

--
-- Name: COLUMN storage_use.source; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.storage_use.source IS 'Who measures: a service, a bucket, a region.';

--
-- Name: COLUMN storage_use.bytes; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.storage_use.bytes IS 'How many bytes there are.';

--
-- Name: COLUMN storage_use.measured_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.storage_use.measured_at IS 'When that was measured.';

--
-- Name: CONSTRAINT storage_use_bytes_range ON storage_use; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT storage_use_bytes_range ON app_public.storage_use IS 'bytes: 0 to 999,999,999,999,999.';

--
-- Name: CONSTRAINT storage_use_measured_at_finite ON storage_use; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT storage_use_measured_at_finite ON app_public.storage_use IS 'measured_at: a moment.';

--
-- Name: CONSTRAINT storage_use_source_length ON storage_use; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT storage_use_source_length ON app_public.storage_use IS 'source: 1 to 200 characters, without line breaks and other invisible ones.';

--
-- Name: unpriced_models; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.unpriced_models (
    organization_id uuid NOT NULL,
    service text NOT NULL,
    model text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY app_public.unpriced_models FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.unpriced_models OWNER TO rowgate_owner;

--
-- Name: TABLE unpriced_models; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.unpriced_models IS 'What was used without a known price: the records are kept and counted, and their cost follows once reprice_usage finds a price.';

--
-- Name: COLUMN unpriced_models.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.unpriced_models.organization_id IS 'The organization.';

--
-- Name: COLUMN unpriced_models.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.unpriced_models.service IS 'The service.';

--
-- Name: COLUMN unpriced_models.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.unpriced_models.model IS 'The model.';

--
-- Name: COLUMN unpriced_models.since; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.unpriced_models.since IS 'When it was first used without a price.';

--
-- Name: usage_rollups; Type: TABLE; Schema: app_public; Owner: rowgate_owner
--

CREATE TABLE app_public.usage_rollups (
    organization_id uuid NOT NULL,
    whole boolean NOT NULL,
    grain text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    service text NOT NULL,
    model text NOT NULL,
    currency text NOT NULL,
    team_id uuid,
    user_id uuid,
    api_key_id uuid,
    records bigint NOT NULL,
    requests bigint NOT NULL,
    tokens_in bigint NOT NULL,
    tokens_out bigint NOT NULL,
    cost numeric NOT NULL,
    CONSTRAINT usage_rollups_grain_known CHECK ((grain = ANY (ARRAY['hour'::text, 'day'::text, 'month'::text])))
);

ALTER TABLE ONLY app_public.usage_rollups FORCE ROW LEVEL SECURITY;

ALTER TABLE app_public.usage_rollups OWNER TO rowgate_owner;

--
-- Name: TABLE usage_rollups; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON TABLE app_public.usage_rollups IS '@behavior -*
Sums of usage up to a mark, by hour, day and month of the organization''s time zone. usageTimeseries and usageBreakdown add what came later.';

--
-- Name: COLUMN usage_rollups.organization_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.organization_id IS 'The organization that pays.';

--
-- Name: COLUMN usage_rollups.whole; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.whole IS 'Whether it is the sum of all teams, people and keys.';

--
-- Name: COLUMN usage_rollups.grain; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.grain IS 'hour, day or month.';

--
-- Name: COLUMN usage_rollups.starts_at; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.starts_at IS 'When the hour, day or month begins.';

--
-- Name: COLUMN usage_rollups.service; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.service IS 'The service.';

--
-- Name: COLUMN usage_rollups.model; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.model IS 'The model.';

--
-- Name: COLUMN usage_rollups.currency; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.currency IS 'ISO 4217 code of the organization''s currency when it was recorded.';

--
-- Name: COLUMN usage_rollups.team_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.team_id IS 'The team that it is booked on, if any.';

--
-- Name: COLUMN usage_rollups.user_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.user_id IS 'The person who used it, if known.';

--
-- Name: COLUMN usage_rollups.api_key_id; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.api_key_id IS 'The API key that recorded it, if any.';

--
-- Name: COLUMN usage_rollups.records; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.records IS 'How many records, corrections among them.';

--
-- Name: COLUMN usage_rollups.requests; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.requests IS 'How many requests.';

--
-- Name: COLUMN usage_rollups.tokens_in; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.tokens_in IS 'Tokens sent.';

--
-- Name: COLUMN usage_rollups.tokens_out; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.tokens_out IS 'Tokens received.';

--
-- Name: COLUMN usage_rollups.cost; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON COLUMN app_public.usage_rollups.cost IS 'What was charged in that currency; exact decimal.';

--
-- Name: CONSTRAINT usage_rollups_grain_known ON usage_rollups; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_rollups_grain_known ON app_public.usage_rollups IS 'grain: hour, day or month.';

--
-- Name: usage_records_rest; Type: TABLE ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records ATTACH PARTITION app_private.usage_records_rest DEFAULT;

--
-- Name: credit_uses credit_uses_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.credit_uses
    ADD CONSTRAINT credit_uses_pkey PRIMARY KEY (organization_id, subject_id);

--
-- Name: frozen_rates frozen_rates_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.frozen_rates
    ADD CONSTRAINT frozen_rates_pkey PRIMARY KEY (organization_id, subject_id, from_currency, to_currency);

--
-- Name: hold_lines hold_lines_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.hold_lines
    ADD CONSTRAINT hold_lines_pkey PRIMARY KEY (organization_id, hold_id, budget_id);

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
-- Name: plan_overrides plan_overrides_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.plan_overrides
    ADD CONSTRAINT plan_overrides_pkey PRIMARY KEY (organization_id, plan, resource);

--
-- Name: rate_limits rate_limits_once; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.rate_limits
    ADD CONSTRAINT rate_limits_once UNIQUE NULLS NOT DISTINCT (scope, plan, organization_id);

--
-- Name: rate_limits rate_limits_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.rate_limits
    ADD CONSTRAINT rate_limits_pkey PRIMARY KEY (id);

--
-- Name: rollup_marks rollup_marks_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.rollup_marks
    ADD CONSTRAINT rollup_marks_pkey PRIMARY KEY (organization_id);

--
-- Name: search_words search_words_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.search_words
    ADD CONSTRAINT search_words_pkey PRIMARY KEY (organization_id, kind, word, target_id);

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
-- Name: usage_records usage_records_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_records
    ADD CONSTRAINT usage_records_pkey PRIMARY KEY (id, occurred_at);

--
-- Name: usage_records_rest usage_records_rest_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.usage_records_rest
    ADD CONSTRAINT usage_records_rest_pkey PRIMARY KEY (id, occurred_at);

--
-- Name: used_refresh_tokens used_refresh_tokens_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.used_refresh_tokens
    ADD CONSTRAINT used_refresh_tokens_pkey PRIMARY KEY (refresh_hash);

--
-- Name: user_identities user_identities_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.user_identities
    ADD CONSTRAINT user_identities_pkey PRIMARY KEY (issuer, subject);

--
-- Name: user_passwords user_passwords_pkey; Type: CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.user_passwords
    ADD CONSTRAINT user_passwords_pkey PRIMARY KEY (user_id);

--
-- Name: budget_alerts budget_alerts_once; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_alerts
    ADD CONSTRAINT budget_alerts_once UNIQUE (organization_id, budget_id, starts_at, limit_version, threshold);

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
-- Name: budget_changes budget_changes_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_changes
    ADD CONSTRAINT budget_changes_pkey PRIMARY KEY (id);

--
-- Name: budget_overruns budget_overruns_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_overruns
    ADD CONSTRAINT budget_overruns_pkey PRIMARY KEY (id);

--
-- Name: budget_periods budget_periods_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_periods
    ADD CONSTRAINT budget_periods_pkey PRIMARY KEY (organization_id, budget_id, starts_at);

--
-- Name: budget_raises budget_raises_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_raises
    ADD CONSTRAINT budget_raises_pkey PRIMARY KEY (id);

--
-- Name: budget_raises budget_raises_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_raises
    ADD CONSTRAINT budget_raises_tenant_key UNIQUE (organization_id, id);

--
-- Name: CONSTRAINT budget_raises_tenant_key ON budget_raises; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_raises_tenant_key ON app_public.budget_raises IS '@behavior -*
What references point to, so that none crosses organizations.';

--
-- Name: budget_shards budget_shards_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_shards
    ADD CONSTRAINT budget_shards_pkey PRIMARY KEY (organization_id, budget_id, starts_at, shard);

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
-- Name: custom_role_permissions custom_role_permissions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.custom_role_permissions
    ADD CONSTRAINT custom_role_permissions_pkey PRIMARY KEY (organization_id, role_id, permission);

--
-- Name: custom_roles custom_roles_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.custom_roles
    ADD CONSTRAINT custom_roles_pkey PRIMARY KEY (id);

--
-- Name: custom_roles custom_roles_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.custom_roles
    ADD CONSTRAINT custom_roles_tenant_key UNIQUE (organization_id, id);

--
-- Name: CONSTRAINT custom_roles_tenant_key ON custom_roles; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT custom_roles_tenant_key ON app_public.custom_roles IS '@behavior -*
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
-- Name: health_incidents health_incidents_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.health_incidents
    ADD CONSTRAINT health_incidents_pkey PRIMARY KEY (id);

--
-- Name: health_incidents health_incidents_tenant_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.health_incidents
    ADD CONSTRAINT health_incidents_tenant_key UNIQUE (organization_id, id);

--
-- Name: CONSTRAINT health_incidents_tenant_key ON health_incidents; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT health_incidents_tenant_key ON app_public.health_incidents IS '@behavior -*
What references point to, so that none crosses organizations.';

--
-- Name: health_minutes health_minutes_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.health_minutes
    ADD CONSTRAINT health_minutes_pkey PRIMARY KEY (organization_id, minute);

--
-- Name: member_permissions member_permissions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.member_permissions
    ADD CONSTRAINT member_permissions_pkey PRIMARY KEY (organization_id, user_id, permission);

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
-- Name: ownership_transfers ownership_transfers_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.ownership_transfers
    ADD CONSTRAINT ownership_transfers_pkey PRIMARY KEY (id);

--
-- Name: permissions permissions_assignable_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.permissions
    ADD CONSTRAINT permissions_assignable_key UNIQUE (name, assignable);

--
-- Name: CONSTRAINT permissions_assignable_key ON permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT permissions_assignable_key ON app_public.permissions IS '@behavior -*
What references of roles point to.';

--
-- Name: permissions permissions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.permissions
    ADD CONSTRAINT permissions_pkey PRIMARY KEY (name);

--
-- Name: permissions permissions_team_scoped_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.permissions
    ADD CONSTRAINT permissions_team_scoped_key UNIQUE (name, team_scoped);

--
-- Name: CONSTRAINT permissions_team_scoped_key ON permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT permissions_team_scoped_key ON app_public.permissions IS '@behavior -*
What references of team roles point to.';

--
-- Name: plans plans_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.plans
    ADD CONSTRAINT plans_pkey PRIMARY KEY (name);

--
-- Name: plans plans_rank_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.plans
    ADD CONSTRAINT plans_rank_key UNIQUE (rank);

--
-- Name: CONSTRAINT plans_rank_key ON plans; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT plans_rank_key ON app_public.plans IS 'rank: another plan has it.';

--
-- Name: role_permissions role_permissions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.role_permissions
    ADD CONSTRAINT role_permissions_pkey PRIMARY KEY (role, permission);

--
-- Name: roles roles_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.roles
    ADD CONSTRAINT roles_pkey PRIMARY KEY (name);

--
-- Name: roles roles_rank_key; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.roles
    ADD CONSTRAINT roles_rank_key UNIQUE (rank);

--
-- Name: storage_use storage_use_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.storage_use
    ADD CONSTRAINT storage_use_pkey PRIMARY KEY (organization_id, source);

--
-- Name: team_members team_members_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (organization_id, team_id, user_id);

--
-- Name: team_role_exceptions team_role_exceptions_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_role_exceptions
    ADD CONSTRAINT team_role_exceptions_pkey PRIMARY KEY (organization_id, role, permission);

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
-- Name: unpriced_models unpriced_models_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.unpriced_models
    ADD CONSTRAINT unpriced_models_pkey PRIMARY KEY (organization_id, service, model);

--
-- Name: usage_holds usage_holds_pkey; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_holds
    ADD CONSTRAINT usage_holds_pkey PRIMARY KEY (id);

--
-- Name: usage_rollups usage_rollups_once; Type: CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_rollups
    ADD CONSTRAINT usage_rollups_once UNIQUE NULLS NOT DISTINCT (organization_id, whole, grain, starts_at, service, model, currency, team_id, user_id, api_key_id);

--
-- Name: CONSTRAINT usage_rollups_once ON usage_rollups; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT usage_rollups_once ON app_public.usage_rollups IS '@behavior -*
One sum of each kind.';

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
-- Name: hold_lines_expiry_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX hold_lines_expiry_idx ON app_private.hold_lines USING btree (organization_id, budget_id, starts_at, expires_at) WHERE open;

--
-- Name: plan_overrides_plan_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX plan_overrides_plan_idx ON app_private.plan_overrides USING btree (plan);

--
-- Name: rate_limits_organization_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX rate_limits_organization_idx ON app_private.rate_limits USING btree (organization_id);

--
-- Name: search_words_target_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX search_words_target_idx ON app_private.search_words USING btree (target_id, word);

--
-- Name: sessions_organization_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX sessions_organization_idx ON app_private.sessions USING btree (organization_id);

--
-- Name: sessions_user_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX sessions_user_idx ON app_private.sessions USING btree (user_id);

--
-- Name: usage_records_api_key_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_api_key_idx ON ONLY app_public.usage_records USING btree (organization_id, api_key_id, occurred_at) WHERE (api_key_id IS NOT NULL);

--
-- Name: usage_records_rest_organization_id_api_key_id_occurred_at_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX usage_records_rest_organization_id_api_key_id_occurred_at_idx ON app_private.usage_records_rest USING btree (organization_id, api_key_id, occurred_at) WHERE (api_key_id IS NOT NULL);

--
-- Name: usage_records_corrects_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_corrects_idx ON ONLY app_public.usage_records USING btree (organization_id, corrects_id) WHERE (corrects_id IS NOT NULL);

--
-- Name: usage_records_rest_organization_id_corrects_id_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX usage_records_rest_organization_id_corrects_id_idx ON app_private.usage_records_rest USING btree (organization_id, corrects_id) WHERE (corrects_id IS NOT NULL);

--
-- Name: usage_records_time_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_time_idx ON ONLY app_public.usage_records USING btree (organization_id, occurred_at);

--
-- Name: usage_records_rest_organization_id_occurred_at_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX usage_records_rest_organization_id_occurred_at_idx ON app_private.usage_records_rest USING btree (organization_id, occurred_at);

--
-- Name: usage_records_unpriced_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_unpriced_idx ON ONLY app_public.usage_records USING btree (organization_id, service, model) WHERE (pricing = 'unpriced'::text);

--
-- Name: usage_records_rest_organization_id_service_model_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX usage_records_rest_organization_id_service_model_idx ON app_private.usage_records_rest USING btree (organization_id, service, model) WHERE (pricing = 'unpriced'::text);

--
-- Name: usage_records_team_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_team_idx ON ONLY app_public.usage_records USING btree (organization_id, team_id, occurred_at) WHERE (team_id IS NOT NULL);

--
-- Name: usage_records_rest_organization_id_team_id_occurred_at_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX usage_records_rest_organization_id_team_id_occurred_at_idx ON app_private.usage_records_rest USING btree (organization_id, team_id, occurred_at) WHERE (team_id IS NOT NULL);

--
-- Name: usage_records_user_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_user_idx ON ONLY app_public.usage_records USING btree (organization_id, user_id, occurred_at) WHERE (user_id IS NOT NULL);

--
-- Name: usage_records_rest_organization_id_user_id_occurred_at_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX usage_records_rest_organization_id_user_id_occurred_at_idx ON app_private.usage_records_rest USING btree (organization_id, user_id, occurred_at) WHERE (user_id IS NOT NULL);

--
-- Name: usage_records_written_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_records_written_idx ON ONLY app_public.usage_records USING btree (organization_id, written_in);

--
-- Name: usage_records_rest_organization_id_written_in_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX usage_records_rest_organization_id_written_in_idx ON app_private.usage_records_rest USING btree (organization_id, written_in);

--
-- Name: used_refresh_tokens_session_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX used_refresh_tokens_session_idx ON app_private.used_refresh_tokens USING btree (session_id);

--
-- Name: user_identities_user_idx; Type: INDEX; Schema: app_private; Owner: rowgate_owner
--

CREATE INDEX user_identities_user_idx ON app_private.user_identities USING btree (user_id);

--
-- Name: budget_changes_budget_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_changes_budget_idx ON app_public.budget_changes USING btree (organization_id, budget_id, created_at);

--
-- Name: budget_changes_changed_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_changes_changed_by_idx ON app_public.budget_changes USING btree (changed_by);

--
-- Name: budget_overruns_period_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_overruns_period_idx ON app_public.budget_overruns USING btree (organization_id, budget_id, starts_at);

--
-- Name: budget_raises_budget_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_raises_budget_idx ON app_public.budget_raises USING btree (organization_id, budget_id, expires_at);

--
-- Name: budget_raises_decided_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_raises_decided_by_idx ON app_public.budget_raises USING btree (decided_by);

--
-- Name: budget_raises_requested_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_raises_requested_by_idx ON app_public.budget_raises USING btree (requested_by);

--
-- Name: budget_raises_requested_by_key_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_raises_requested_by_key_idx ON app_public.budget_raises USING btree (organization_id, requested_by_key);

--
-- Name: budgets_api_key_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budgets_api_key_idx ON app_public.budgets USING btree (organization_id, api_key_id);

--
-- Name: budgets_created_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budgets_created_by_idx ON app_public.budgets USING btree (created_by);

--
-- Name: budgets_credit_key; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE UNIQUE INDEX budgets_credit_key ON app_public.budgets USING btree (organization_id, user_id) WHERE (kind = 'credit'::text);

--
-- Name: INDEX budgets_credit_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON INDEX app_public.budgets_credit_key IS 'user_id: the member has a credit already.';

--
-- Name: budgets_scope_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budgets_scope_idx ON app_public.budgets USING btree (organization_id, scope_id);

--
-- Name: budgets_source_key; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE UNIQUE INDEX budgets_source_key ON app_public.budgets USING btree (organization_id, scope_id, source) WHERE (source <> 'own'::text);

--
-- Name: INDEX budgets_source_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON INDEX app_public.budgets_source_key IS 'source: there is one such budget already.';

--
-- Name: budgets_team_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budgets_team_idx ON app_public.budgets USING btree (organization_id, team_id);

--
-- Name: budgets_user_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budgets_user_idx ON app_public.budgets USING btree (user_id);

--
-- Name: custom_role_permissions_permission_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX custom_role_permissions_permission_idx ON app_public.custom_role_permissions USING btree (permission, assignable);

--
-- Name: custom_roles_name_key; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE UNIQUE INDEX custom_roles_name_key ON app_public.custom_roles USING btree (organization_id, lower(name));

--
-- Name: INDEX custom_roles_name_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON INDEX app_public.custom_roles_name_key IS 'name: another role of the organization has it.';

--
-- Name: exchange_rates_lookup_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX exchange_rates_lookup_idx ON app_public.exchange_rates USING btree (from_currency, to_currency, valid_from);

--
-- Name: health_incidents_open_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE UNIQUE INDEX health_incidents_open_idx ON app_public.health_incidents USING btree (organization_id) WHERE (ended_at IS NULL);

--
-- Name: health_incidents_time_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX health_incidents_time_idx ON app_public.health_incidents USING btree (organization_id, started_at);

--
-- Name: health_minutes_failing_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX health_minutes_failing_idx ON app_public.health_minutes USING btree (minute) WHERE failing;

--
-- Name: health_minutes_time_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX health_minutes_time_idx ON app_public.health_minutes USING btree (minute);

--
-- Name: member_permissions_permission_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX member_permissions_permission_idx ON app_public.member_permissions USING btree (permission, assignable);

--
-- Name: member_permissions_set_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX member_permissions_set_by_idx ON app_public.member_permissions USING btree (set_by);

--
-- Name: members_custom_role_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX members_custom_role_idx ON app_public.members USING btree (organization_id, custom_role_id);

--
-- Name: members_invited_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX members_invited_by_idx ON app_public.members USING btree (invited_by);

--
-- Name: members_user_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX members_user_idx ON app_public.members USING btree (user_id) INCLUDE (organization_id, role, custom_role_id);

--
-- Name: model_prices_lookup_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX model_prices_lookup_idx ON app_public.model_prices USING btree (service, model, effective_from);

--
-- Name: org_api_keys_created_by_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX org_api_keys_created_by_idx ON app_public.org_api_keys USING btree (created_by);

--
-- Name: org_api_keys_responsible_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX org_api_keys_responsible_idx ON app_public.org_api_keys USING btree (organization_id, responsible_id);

--
-- Name: org_api_keys_team_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX org_api_keys_team_idx ON app_public.org_api_keys USING btree (organization_id, team_id);

--
-- Name: organization_model_prices_lookup_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX organization_model_prices_lookup_idx ON app_public.organization_model_prices USING btree (organization_id, service, model, effective_from);

--
-- Name: organizations_plan_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX organizations_plan_idx ON app_public.organizations USING btree (plan);

--
-- Name: ownership_transfers_from_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX ownership_transfers_from_idx ON app_public.ownership_transfers USING btree (from_user_id);

--
-- Name: ownership_transfers_open_key; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE UNIQUE INDEX ownership_transfers_open_key ON app_public.ownership_transfers USING btree (organization_id, from_user_id) WHERE (status = 'offered'::text);

--
-- Name: INDEX ownership_transfers_open_key; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON INDEX app_public.ownership_transfers_open_key IS 'You have offered it to somebody already; cancel that first.';

--
-- Name: ownership_transfers_organization_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX ownership_transfers_organization_idx ON app_public.ownership_transfers USING btree (organization_id, created_at);

--
-- Name: ownership_transfers_to_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX ownership_transfers_to_idx ON app_public.ownership_transfers USING btree (to_user_id);

--
-- Name: permissions_wider_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX permissions_wider_idx ON app_public.permissions USING btree (wider);

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
-- Name: team_role_exceptions_permission_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX team_role_exceptions_permission_idx ON app_public.team_role_exceptions USING btree (permission, team_scoped);

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
-- Name: usage_holds_time_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX usage_holds_time_idx ON app_public.usage_holds USING btree (organization_id, created_at);

--
-- Name: usage_records_rest_organization_id_api_key_id_occurred_at_idx; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_api_key_idx ATTACH PARTITION app_private.usage_records_rest_organization_id_api_key_id_occurred_at_idx;

--
-- Name: usage_records_rest_organization_id_corrects_id_idx; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_corrects_idx ATTACH PARTITION app_private.usage_records_rest_organization_id_corrects_id_idx;

--
-- Name: usage_records_rest_organization_id_occurred_at_idx; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_time_idx ATTACH PARTITION app_private.usage_records_rest_organization_id_occurred_at_idx;

--
-- Name: usage_records_rest_organization_id_service_model_idx; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_unpriced_idx ATTACH PARTITION app_private.usage_records_rest_organization_id_service_model_idx;

--
-- Name: usage_records_rest_organization_id_team_id_occurred_at_idx; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_team_idx ATTACH PARTITION app_private.usage_records_rest_organization_id_team_id_occurred_at_idx;

--
-- Name: usage_records_rest_organization_id_user_id_occurred_at_idx; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_user_idx ATTACH PARTITION app_private.usage_records_rest_organization_id_user_id_occurred_at_idx;

--
-- Name: usage_records_rest_organization_id_written_in_idx; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_written_idx ATTACH PARTITION app_private.usage_records_rest_organization_id_written_in_idx;

--
-- Name: usage_records_rest_pkey; Type: INDEX ATTACH; Schema: app_private; Owner: rowgate_owner
--

ALTER INDEX app_public.usage_records_pkey ATTACH PARTITION app_private.usage_records_rest_pkey;

--
-- Name: budget_raises announce; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER announce AFTER INSERT OR UPDATE ON app_public.budget_raises FOR EACH ROW EXECUTE FUNCTION app_private.announce_budget('budget_id');

--
-- Name: budget_shards announce; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER announce BEFORE UPDATE ON app_public.budget_shards FOR EACH ROW WHEN ((((new.settled <> old.settled) OR (new.held <> old.held)) AND (old.announced_at < (clock_timestamp() - (((old.shard + 1))::double precision * '00:00:00.25'::interval))))) EXECUTE FUNCTION app_private.announce_charge();

--
-- Name: budgets announce; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER announce AFTER INSERT OR UPDATE ON app_public.budgets FOR EACH ROW EXECUTE FUNCTION app_private.announce_budget('id');

--
-- Name: organizations change_plan_budget; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER change_plan_budget AFTER UPDATE OF plan ON app_public.organizations FOR EACH ROW WHEN ((new.plan <> old.plan)) EXECUTE FUNCTION app_private.keep_plan_budget();

--
-- Name: members fit_plan; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER fit_plan AFTER INSERT ON app_public.members FOR EACH ROW EXECUTE FUNCTION app_private.keep_within_plan('seats');

--
-- Name: org_api_keys fit_plan; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER fit_plan AFTER INSERT ON app_public.org_api_keys FOR EACH ROW EXECUTE FUNCTION app_private.keep_within_plan('api_keys');

--
-- Name: teams fit_plan; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER fit_plan AFTER INSERT ON app_public.teams FOR EACH ROW EXECUTE FUNCTION app_private.keep_within_plan('teams');

--
-- Name: members keep_an_owner; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_an_owner AFTER DELETE OR UPDATE OF role ON app_public.members FOR EACH ROW WHEN ((old.role = 'owner'::text)) EXECUTE FUNCTION app_private.keep_an_owner();

--
-- Name: organizations keep_plan_budget; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_plan_budget AFTER INSERT ON app_public.organizations FOR EACH ROW EXECUTE FUNCTION app_private.keep_plan_budget();

--
-- Name: plans keep_plan_budgets; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_plan_budgets AFTER UPDATE OF api_calls ON app_public.plans FOR EACH ROW WHEN ((new.api_calls IS DISTINCT FROM old.api_calls)) EXECUTE FUNCTION app_private.keep_plan_budgets();

--
-- Name: org_api_keys keep_quota; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_quota AFTER INSERT OR UPDATE OF monthly_quota ON app_public.org_api_keys FOR EACH ROW EXECUTE FUNCTION app_private.keep_quota();

--
-- Name: members keep_search_words; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_search_words AFTER INSERT OR DELETE ON app_public.members FOR EACH ROW EXECUTE FUNCTION app_private.keep_search_words();

--
-- Name: organizations keep_search_words; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_search_words AFTER INSERT OR UPDATE OF name, slug ON app_public.organizations FOR EACH ROW EXECUTE FUNCTION app_private.keep_search_words();

--
-- Name: teams keep_search_words; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_search_words AFTER INSERT OR UPDATE OF name, deleted_at ON app_public.teams FOR EACH ROW EXECUTE FUNCTION app_private.keep_search_words();

--
-- Name: users keep_search_words; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_search_words AFTER UPDATE OF name, email ON app_public.users FOR EACH ROW EXECUTE FUNCTION app_private.keep_search_words();

--
-- Name: teams keep_tree; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER keep_tree BEFORE INSERT OR UPDATE OF parent_team_id ON app_public.teams FOR EACH ROW EXECUTE FUNCTION app_private.keep_tree();

--
-- Name: organizations purge_usage; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER purge_usage AFTER DELETE ON app_public.organizations FOR EACH ROW EXECUTE FUNCTION app_private.purge_usage();

--
-- Name: organizations rebuild_rollups; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER rebuild_rollups AFTER UPDATE OF time_zone ON app_public.organizations FOR EACH ROW WHEN ((old.time_zone IS DISTINCT FROM new.time_zone)) EXECUTE FUNCTION app_private.rebuild_rollups();

--
-- Name: org_api_keys require_live_team; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER require_live_team AFTER INSERT ON app_public.org_api_keys FOR EACH ROW EXECUTE FUNCTION app_private.require_live_team('team_id');

--
-- Name: team_members require_live_team; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER require_live_team AFTER INSERT ON app_public.team_members FOR EACH ROW EXECUTE FUNCTION app_private.require_live_team('team_id');

--
-- Name: teams spread_path; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER spread_path AFTER UPDATE OF parent_team_id ON app_public.teams FOR EACH ROW WHEN ((new.path <> old.path)) EXECUTE FUNCTION app_private.spread_path();

--
-- Name: budgets touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.budgets FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: custom_roles touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.custom_roles FOR EACH ROW EXECUTE FUNCTION app_private.touch();

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

CREATE TRIGGER touch BEFORE UPDATE OF name, description, parent_team_id, deleted_at ON app_public.teams FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: users touch; Type: TRIGGER; Schema: app_public; Owner: rowgate_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app_public.users FOR EACH ROW EXECUTE FUNCTION app_private.touch();

--
-- Name: org_api_key_secrets org_api_key_secrets_organization_id_key_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.org_api_key_secrets
    ADD CONSTRAINT org_api_key_secrets_organization_id_key_id_fkey FOREIGN KEY (organization_id, key_id) REFERENCES app_public.org_api_keys(organization_id, id) ON DELETE CASCADE;

--
-- Name: plan_overrides plan_overrides_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.plan_overrides
    ADD CONSTRAINT plan_overrides_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: plan_overrides plan_overrides_plan_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.plan_overrides
    ADD CONSTRAINT plan_overrides_plan_fkey FOREIGN KEY (plan) REFERENCES app_public.plans(name);

--
-- Name: rate_limits rate_limits_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.rate_limits
    ADD CONSTRAINT rate_limits_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: rollup_marks rollup_marks_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.rollup_marks
    ADD CONSTRAINT rollup_marks_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: search_words search_words_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.search_words
    ADD CONSTRAINT search_words_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

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
-- Name: used_refresh_tokens used_refresh_tokens_session_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.used_refresh_tokens
    ADD CONSTRAINT used_refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES app_private.sessions(id) ON DELETE CASCADE;

--
-- Name: user_identities user_identities_user_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.user_identities
    ADD CONSTRAINT user_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_public.users(id) ON DELETE CASCADE;

--
-- Name: user_passwords user_passwords_user_id_fkey; Type: FK CONSTRAINT; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE ONLY app_private.user_passwords
    ADD CONSTRAINT user_passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_public.users(id) ON DELETE CASCADE;

--
-- Name: budget_alerts budget_alerts_period_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_alerts
    ADD CONSTRAINT budget_alerts_period_fkey FOREIGN KEY (organization_id, budget_id, starts_at) REFERENCES app_public.budget_periods(organization_id, budget_id, starts_at) ON DELETE CASCADE;

--
-- Name: CONSTRAINT budget_alerts_period_fkey ON budget_alerts; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_alerts_period_fkey ON app_public.budget_alerts IS '@fieldName period
@foreignFieldName alerts';

--
-- Name: budget_changes budget_changes_budget_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_changes
    ADD CONSTRAINT budget_changes_budget_fkey FOREIGN KEY (organization_id, budget_id) REFERENCES app_public.budgets(organization_id, id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT budget_changes_budget_fkey ON budget_changes; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_changes_budget_fkey ON app_public.budget_changes IS '@fieldName budget
@foreignFieldName changes';

--
-- Name: budget_changes budget_changes_changed_by_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_changes
    ADD CONSTRAINT budget_changes_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES app_public.users(id);

--
-- Name: budget_overruns budget_overruns_period_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_overruns
    ADD CONSTRAINT budget_overruns_period_fkey FOREIGN KEY (organization_id, budget_id, starts_at) REFERENCES app_public.budget_periods(organization_id, budget_id, starts_at) ON DELETE CASCADE;

--
-- Name: CONSTRAINT budget_overruns_period_fkey ON budget_overruns; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_overruns_period_fkey ON app_public.budget_overruns IS '@fieldName period
@foreignFieldName overruns';

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
-- Name: budget_raises budget_raises_budget_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_raises
    ADD CONSTRAINT budget_raises_budget_fkey FOREIGN KEY (organization_id, budget_id) REFERENCES app_public.budgets(organization_id, id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT budget_raises_budget_fkey ON budget_raises; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_raises_budget_fkey ON app_public.budget_raises IS '@fieldName budget
@foreignFieldName raises';

--
-- Name: budget_raises budget_raises_decided_by_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_raises
    ADD CONSTRAINT budget_raises_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app_public.users(id);

--
-- Name: budget_raises budget_raises_requested_by_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_raises
    ADD CONSTRAINT budget_raises_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES app_public.users(id);

--
-- Name: budget_shards budget_shards_period_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budget_shards
    ADD CONSTRAINT budget_shards_period_fkey FOREIGN KEY (organization_id, budget_id, starts_at) REFERENCES app_public.budget_periods(organization_id, budget_id, starts_at) ON DELETE CASCADE;

--
-- Name: CONSTRAINT budget_shards_period_fkey ON budget_shards; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budget_shards_period_fkey ON app_public.budget_shards IS '@behavior -*
The period.';

--
-- Name: budgets budgets_api_key_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_api_key_fkey FOREIGN KEY (organization_id, api_key_id) REFERENCES app_public.org_api_keys(organization_id, id);

--
-- Name: CONSTRAINT budgets_api_key_fkey ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_api_key_fkey ON app_public.budgets IS '@fieldName apiKey
@foreignFieldName budgets';

--
-- Name: budgets budgets_created_by_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_public.users(id);

--
-- Name: budgets budgets_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: budgets budgets_team_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_team_fkey FOREIGN KEY (organization_id, team_id) REFERENCES app_public.teams(organization_id, id);

--
-- Name: CONSTRAINT budgets_team_fkey ON budgets; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT budgets_team_fkey ON app_public.budgets IS '@fieldName team
@foreignFieldName budgets';

--
-- Name: budgets budgets_user_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.budgets
    ADD CONSTRAINT budgets_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_public.users(id);

--
-- Name: custom_role_permissions custom_role_permissions_permission_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.custom_role_permissions
    ADD CONSTRAINT custom_role_permissions_permission_fkey FOREIGN KEY (permission, assignable) REFERENCES app_public.permissions(name, assignable) ON DELETE CASCADE;

--
-- Name: CONSTRAINT custom_role_permissions_permission_fkey ON custom_role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT custom_role_permissions_permission_fkey ON app_public.custom_role_permissions IS '@behavior -*
The permission can be assigned.';

--
-- Name: custom_role_permissions custom_role_permissions_role_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.custom_role_permissions
    ADD CONSTRAINT custom_role_permissions_role_fkey FOREIGN KEY (organization_id, role_id) REFERENCES app_public.custom_roles(organization_id, id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT custom_role_permissions_role_fkey ON custom_role_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT custom_role_permissions_role_fkey ON app_public.custom_role_permissions IS '@fieldName role
@foreignFieldName permissions';

--
-- Name: custom_roles custom_roles_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.custom_roles
    ADD CONSTRAINT custom_roles_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: health_incidents health_incidents_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.health_incidents
    ADD CONSTRAINT health_incidents_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: health_minutes health_minutes_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.health_minutes
    ADD CONSTRAINT health_minutes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: member_permissions member_permissions_member_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.member_permissions
    ADD CONSTRAINT member_permissions_member_fkey FOREIGN KEY (organization_id, user_id) REFERENCES app_public.members(organization_id, user_id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT member_permissions_member_fkey ON member_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT member_permissions_member_fkey ON app_public.member_permissions IS '@fieldName member
@foreignFieldName permissions';

--
-- Name: member_permissions member_permissions_permission_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.member_permissions
    ADD CONSTRAINT member_permissions_permission_fkey FOREIGN KEY (permission, assignable) REFERENCES app_public.permissions(name, assignable) ON DELETE CASCADE;

--
-- Name: CONSTRAINT member_permissions_permission_fkey ON member_permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT member_permissions_permission_fkey ON app_public.member_permissions IS '@behavior -*
The permission can be assigned.';

--
-- Name: member_permissions member_permissions_set_by_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.member_permissions
    ADD CONSTRAINT member_permissions_set_by_fkey FOREIGN KEY (set_by) REFERENCES app_public.users(id);

--
-- Name: members members_custom_role_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.members
    ADD CONSTRAINT members_custom_role_fkey FOREIGN KEY (organization_id, custom_role_id) REFERENCES app_public.custom_roles(organization_id, id);

--
-- Name: CONSTRAINT members_custom_role_fkey ON members; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT members_custom_role_fkey ON app_public.members IS '@fieldName customRole
@foreignFieldName members';

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
-- Name: org_api_keys org_api_keys_responsible_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.org_api_keys
    ADD CONSTRAINT org_api_keys_responsible_fkey FOREIGN KEY (organization_id, responsible_id) REFERENCES app_public.members(organization_id, user_id) ON DELETE SET NULL (responsible_id);

--
-- Name: CONSTRAINT org_api_keys_responsible_fkey ON org_api_keys; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT org_api_keys_responsible_fkey ON app_public.org_api_keys IS '@fieldName responsible
@foreignFieldName apiKeys';

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
-- Name: organizations organizations_plan_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.organizations
    ADD CONSTRAINT organizations_plan_fkey FOREIGN KEY (plan) REFERENCES app_public.plans(name);

--
-- Name: CONSTRAINT organizations_plan_fkey ON organizations; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT organizations_plan_fkey ON app_public.organizations IS '@fieldName planDetails
@foreignFieldName organizations';

--
-- Name: ownership_transfers ownership_transfers_from_user_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.ownership_transfers
    ADD CONSTRAINT ownership_transfers_from_user_id_fkey FOREIGN KEY (from_user_id) REFERENCES app_public.users(id);

--
-- Name: ownership_transfers ownership_transfers_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.ownership_transfers
    ADD CONSTRAINT ownership_transfers_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: ownership_transfers ownership_transfers_to_user_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.ownership_transfers
    ADD CONSTRAINT ownership_transfers_to_user_id_fkey FOREIGN KEY (to_user_id) REFERENCES app_public.users(id);

--
-- Name: permissions permissions_wider_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.permissions
    ADD CONSTRAINT permissions_wider_fkey FOREIGN KEY (wider) REFERENCES app_public.permissions(name);

--
-- Name: CONSTRAINT permissions_wider_fkey ON permissions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT permissions_wider_fkey ON app_public.permissions IS '@behavior -*
The wider permission exists.';

--
-- Name: role_permissions role_permissions_permission_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.role_permissions
    ADD CONSTRAINT role_permissions_permission_fkey FOREIGN KEY (permission) REFERENCES app_public.permissions(name) ON DELETE CASCADE;

--
-- Name: storage_use storage_use_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.storage_use
    ADD CONSTRAINT storage_use_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

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
-- Name: team_role_exceptions team_role_exceptions_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_role_exceptions
    ADD CONSTRAINT team_role_exceptions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: team_role_exceptions team_role_exceptions_permission_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.team_role_exceptions
    ADD CONSTRAINT team_role_exceptions_permission_fkey FOREIGN KEY (permission, team_scoped) REFERENCES app_public.permissions(name, team_scoped) ON DELETE CASCADE;

--
-- Name: CONSTRAINT team_role_exceptions_permission_fkey ON team_role_exceptions; Type: COMMENT; Schema: app_public; Owner: rowgate_owner
--

COMMENT ON CONSTRAINT team_role_exceptions_permission_fkey ON app_public.team_role_exceptions IS '@behavior -*
The permission can be held by a team role.';

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
-- Name: unpriced_models unpriced_models_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.unpriced_models
    ADD CONSTRAINT unpriced_models_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: usage_rollups usage_rollups_organization_id_fkey; Type: FK CONSTRAINT; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE ONLY app_public.usage_rollups
    ADD CONSTRAINT usage_rollups_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app_public.organizations(id) ON DELETE CASCADE;

--
-- Name: credit_uses; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.credit_uses ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys delete_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_private.idempotency_keys FOR DELETE TO rowgate_writer USING (true);

--
-- Name: plan_overrides delete_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_private.plan_overrides FOR DELETE TO rowgate_writer USING (true);

--
-- Name: rate_limits delete_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_private.rate_limits FOR DELETE TO rowgate_writer USING (true);

--
-- Name: rollup_marks delete_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_private.rollup_marks FOR DELETE TO rowgate_writer USING (true);

--
-- Name: search_words delete_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_private.search_words FOR DELETE TO rowgate_writer USING (true);

--
-- Name: frozen_rates; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.frozen_rates ENABLE ROW LEVEL SECURITY;

--
-- Name: hold_lines; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.hold_lines ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_uses insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.credit_uses FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: frozen_rates insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.frozen_rates FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: hold_lines insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.hold_lines FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: idempotency_keys insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.idempotency_keys FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: org_api_key_secrets insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.org_api_key_secrets FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: plan_overrides insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.plan_overrides FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: rate_limits insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.rate_limits FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: rollup_marks insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.rollup_marks FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: search_words insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.search_words FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: sessions insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.sessions FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: used_refresh_tokens insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.used_refresh_tokens FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: user_identities insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.user_identities FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: user_passwords insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.user_passwords FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: org_api_key_secrets; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.org_api_key_secrets ENABLE ROW LEVEL SECURITY;

--
-- Name: plan_overrides; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.plan_overrides ENABLE ROW LEVEL SECURITY;

--
-- Name: rate_limits; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.rate_limits ENABLE ROW LEVEL SECURITY;

--
-- Name: rollup_marks; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.rollup_marks ENABLE ROW LEVEL SECURITY;

--
-- Name: search_words; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.search_words ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_uses select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.credit_uses FOR SELECT TO rowgate_reader USING (true);

--
-- Name: hold_lines select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.hold_lines FOR SELECT TO rowgate_reader USING (true);

--
-- Name: org_api_key_secrets select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.org_api_key_secrets FOR SELECT TO rowgate_reader USING (true);

--
-- Name: plan_overrides select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.plan_overrides FOR SELECT TO rowgate_reader USING (true);

--
-- Name: rate_limits select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.rate_limits FOR SELECT TO rowgate_reader USING (true);

--
-- Name: rollup_marks select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.rollup_marks FOR SELECT TO rowgate_reader USING (true);

--
-- Name: search_words select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.search_words FOR SELECT TO rowgate_reader USING (true);

--
-- Name: sessions select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.sessions FOR SELECT TO rowgate_reader USING (true);

--
-- Name: user_identities select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.user_identities FOR SELECT TO rowgate_reader USING (true);

--
-- Name: user_passwords select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.user_passwords FOR SELECT TO rowgate_reader USING (true);

--
-- Name: credit_uses select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.credit_uses FOR SELECT TO rowgate_writer USING (true);

--
-- Name: frozen_rates select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.frozen_rates FOR SELECT TO rowgate_writer USING (true);

--
-- Name: hold_lines select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.hold_lines FOR SELECT TO rowgate_writer USING (true);

--
-- Name: idempotency_keys select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.idempotency_keys FOR SELECT TO rowgate_writer USING (true);

--
-- Name: plan_overrides select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.plan_overrides FOR SELECT TO rowgate_writer USING (true);

--
-- Name: rate_limits select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.rate_limits FOR SELECT TO rowgate_writer USING (true);

--
-- Name: rollup_marks select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.rollup_marks FOR SELECT TO rowgate_writer USING (true);

--
-- Name: search_words select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.search_words FOR SELECT TO rowgate_writer USING (true);

--
-- Name: sessions select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.sessions FOR SELECT TO rowgate_writer USING (true);

--
-- Name: used_refresh_tokens select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.used_refresh_tokens FOR SELECT TO rowgate_writer USING (true);

--
-- Name: user_identities select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.user_identities FOR SELECT TO rowgate_writer USING (true);

--
-- Name: user_passwords select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.user_passwords FOR SELECT TO rowgate_writer USING (true);

--
-- Name: sessions; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: hold_lines update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.hold_lines FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: plan_overrides update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.plan_overrides FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: rate_limits update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.rate_limits FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: rollup_marks update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.rollup_marks FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: sessions update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.sessions FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: user_passwords update_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_private.user_passwords FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: usage_records_rest; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.usage_records_rest ENABLE ROW LEVEL SECURITY;

--
-- Name: used_refresh_tokens; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.used_refresh_tokens ENABLE ROW LEVEL SECURITY;

--
-- Name: user_identities; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.user_identities ENABLE ROW LEVEL SECURITY;

--
-- Name: user_passwords; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.user_passwords ENABLE ROW LEVEL SECURITY;

--
-- Name: permissions all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.permissions TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: plans all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.plans TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: role_permissions all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.role_permissions TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: roles all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.roles TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: team_role_permissions all_migration; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY all_migration ON app_public.team_role_permissions TO rowgate_owner USING (true) WITH CHECK (true);

--
-- Name: budget_alerts; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_alerts ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_changes; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_changes ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_overruns; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_overruns ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_periods; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_periods ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_raises; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_raises ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_shards; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_shards ENABLE ROW LEVEL SECURITY;

--
-- Name: budgets; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budgets ENABLE ROW LEVEL SECURITY;

--
-- Name: custom_role_permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.custom_role_permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: custom_roles; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.custom_roles ENABLE ROW LEVEL SECURITY;

--
-- Name: custom_role_permissions delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.custom_role_permissions FOR DELETE TO rowgate_writer USING (true);

--
-- Name: custom_roles delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.custom_roles FOR DELETE TO rowgate_writer USING (true);

--
-- Name: exchange_rates delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.exchange_rates FOR DELETE TO rowgate_writer USING (true);

--
-- Name: health_minutes delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.health_minutes FOR DELETE TO rowgate_writer USING (true);

--
-- Name: member_permissions delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.member_permissions FOR DELETE TO rowgate_writer USING (true);

--
-- Name: members delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.members FOR DELETE TO rowgate_writer USING (true);

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
-- Name: team_role_exceptions delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.team_role_exceptions FOR DELETE TO rowgate_writer USING (true);

--
-- Name: unpriced_models delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.unpriced_models FOR DELETE TO rowgate_writer USING (true);

--
-- Name: usage_rollups delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.usage_rollups FOR DELETE TO rowgate_writer USING (true);

--
-- Name: exchange_rates; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.exchange_rates ENABLE ROW LEVEL SECURITY;

--
-- Name: budget_alerts floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_alerts AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: budget_changes floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_changes AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: budget_overruns floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_overruns AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: budget_periods floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_periods AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: budget_raises floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_raises AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: budget_shards floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budget_shards AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: budgets floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.budgets AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: custom_role_permissions floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.custom_role_permissions AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: custom_roles floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.custom_roles AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: health_incidents floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.health_incidents AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: health_minutes floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.health_minutes AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: member_permissions floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.member_permissions AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: members floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.members AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: org_api_keys floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.org_api_keys AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: organization_model_prices floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.organization_model_prices AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: organizations floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.organizations AS RESTRICTIVE FOR UPDATE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: ownership_transfers floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.ownership_transfers AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: storage_use floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.storage_use AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: team_members floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.team_members AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: team_role_exceptions floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.team_role_exceptions AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: teams floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.teams AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: unpriced_models floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.unpriced_models AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: usage_holds floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.usage_holds AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: usage_records floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.usage_records AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: usage_rollups floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.usage_rollups AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_monitor, rowgate_job USING ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant))) WITH CHECK ((organization_id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: health_incidents; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.health_incidents ENABLE ROW LEVEL SECURITY;

--
-- Name: health_minutes; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.health_minutes ENABLE ROW LEVEL SECURITY;

--
-- Name: teams insert_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_permitted ON app_public.teams FOR INSERT TO rowgate_user WITH CHECK ((organization_id = ( SELECT app_hidden.tenant_permitting('team:create'::text) AS tenant_permitting)));

--
-- Name: budget_alerts insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_alerts FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budget_changes insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_changes FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budget_overruns insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_overruns FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budget_periods insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_periods FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budget_raises insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_raises FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budget_shards insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budget_shards FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: budgets insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.budgets FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: custom_role_permissions insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.custom_role_permissions FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: custom_roles insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.custom_roles FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: exchange_rates insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.exchange_rates FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: health_incidents insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.health_incidents FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: health_minutes insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.health_minutes FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: member_permissions insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.member_permissions FOR INSERT TO rowgate_writer WITH CHECK (true);

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
-- Name: ownership_transfers insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.ownership_transfers FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: storage_use insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.storage_use FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: team_members insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.team_members FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: team_role_exceptions insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.team_role_exceptions FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: unpriced_models insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.unpriced_models FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: usage_holds insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.usage_holds FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: usage_records insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.usage_records FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: usage_rollups insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.usage_rollups FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: users insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.users FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: member_permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.member_permissions ENABLE ROW LEVEL SECURITY;

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
-- Name: ownership_transfers; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.ownership_transfers ENABLE ROW LEVEL SECURITY;

--
-- Name: permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: plans; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.plans ENABLE ROW LEVEL SECURITY;

--
-- Name: role_permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.role_permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: roles; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.roles ENABLE ROW LEVEL SECURITY;

--
-- Name: users select_colleague; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_colleague ON app_public.users FOR SELECT TO rowgate_key USING ((EXISTS ( SELECT
   FROM app_public.members
  WHERE ((members.user_id = users.id) AND (members.organization_id = ( SELECT app_hidden.tenant_permitting('member:read'::text) AS tenant_permitting))))));

--
-- Name: permissions select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.permissions FOR SELECT TO rowgate_reader, rowgate_writer, rowgate_user, rowgate_key USING (true);

--
-- Name: plans select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.plans FOR SELECT TO rowgate_reader, rowgate_writer, rowgate_user, rowgate_key USING (true);

--
-- Name: role_permissions select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.role_permissions FOR SELECT TO rowgate_reader, rowgate_writer, rowgate_user, rowgate_key USING (true);

--
-- Name: roles select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.roles FOR SELECT TO rowgate_reader, rowgate_writer, rowgate_user, rowgate_key USING (true);

--
-- Name: team_role_permissions select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.team_role_permissions FOR SELECT TO rowgate_reader, rowgate_writer, rowgate_user, rowgate_key USING (true);

--
-- Name: users select_member; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_member ON app_public.users FOR SELECT TO rowgate_job USING ((EXISTS ( SELECT
   FROM app_public.members
  WHERE (members.user_id = users.id))));

--
-- Name: budgets select_own; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own ON app_public.budgets FOR SELECT TO rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND ((api_key_id = ( SELECT app_hidden.current_key_id() AS current_key_id)) OR ( SELECT app_hidden.permits('budget:read_all'::text) AS permits))));

--
-- Name: usage_holds select_own; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own ON app_public.usage_holds FOR SELECT TO rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('usage:read'::text) AS tenant_permitting)) AND (api_key_id = ( SELECT app_hidden.current_key_id() AS current_key_id))));

--
-- Name: usage_records select_own; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own ON app_public.usage_records FOR SELECT TO rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('usage:read'::text) AS tenant_permitting)) AND (api_key_id = ( SELECT app_hidden.current_key_id() AS current_key_id))));

--
-- Name: usage_rollups select_own; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own ON app_public.usage_rollups FOR SELECT TO rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('usage:read'::text) AS tenant_permitting)) AND (api_key_id = ( SELECT app_hidden.current_key_id() AS current_key_id))));

--
-- Name: member_permissions select_own_or_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own_or_permitted ON app_public.member_permissions FOR SELECT TO rowgate_user USING (((user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR ( SELECT app_hidden.permits('member:update'::text) AS permits)));

--
-- Name: ownership_transfers select_party_or_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_party_or_permitted ON app_public.ownership_transfers FOR SELECT TO rowgate_user USING (((from_user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (to_user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR ( SELECT app_hidden.permits('owner:manage'::text) AS permits)));

--
-- Name: budgets select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.budgets FOR SELECT TO rowgate_user USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND (( SELECT app_hidden.permits('budget:read_all'::text) AS permits) OR (user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id IN ( SELECT app_hidden.reachable_teams() AS reachable_teams)) OR (api_key_id IN ( SELECT org_api_keys.id
   FROM app_public.org_api_keys)))));

--
-- Name: custom_role_permissions select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.custom_role_permissions FOR SELECT TO rowgate_user USING ((organization_id = ( SELECT app_hidden.tenant_permitting('member:read'::text) AS tenant_permitting)));

--
-- Name: custom_roles select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.custom_roles FOR SELECT TO rowgate_user USING ((organization_id = ( SELECT app_hidden.tenant_permitting('member:read'::text) AS tenant_permitting)));

--
-- Name: exchange_rates select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.exchange_rates FOR SELECT TO rowgate_user, rowgate_key USING ((( SELECT app_hidden.permits('price:read'::text) AS permits) AND (( SELECT app_hidden.open_tenant() AS open_tenant) IS NOT NULL)));

--
-- Name: health_incidents select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.health_incidents FOR SELECT TO rowgate_user USING ((organization_id = ( SELECT app_hidden.tenant_permitting('health:read'::text) AS tenant_permitting)));

--
-- Name: health_minutes select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.health_minutes FOR SELECT TO rowgate_user USING ((organization_id = ( SELECT app_hidden.tenant_permitting('health:read'::text) AS tenant_permitting)));

--
-- Name: members select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.members FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ( SELECT app_hidden.tenant_permitting('member:read'::text) AS tenant_permitting)));

--
-- Name: model_aliases select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.model_aliases FOR SELECT TO rowgate_user, rowgate_key USING ((( SELECT app_hidden.permits('price:read'::text) AS permits) AND (( SELECT app_hidden.open_tenant() AS open_tenant) IS NOT NULL)));

--
-- Name: model_prices select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.model_prices FOR SELECT TO rowgate_user, rowgate_key USING ((( SELECT app_hidden.permits('price:read'::text) AS permits) AND (( SELECT app_hidden.open_tenant() AS open_tenant) IS NOT NULL)));

--
-- Name: org_api_keys select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.org_api_keys FOR SELECT TO rowgate_user USING (((organization_id = ( SELECT app_hidden.tenant_permitting('key:read'::text) AS tenant_permitting)) AND (( SELECT app_hidden.permits('key:read_all'::text) AS permits) OR (responsible_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id IN ( SELECT app_hidden.reachable_teams() AS reachable_teams)))));

--
-- Name: organization_model_prices select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.organization_model_prices FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ( SELECT app_hidden.tenant_permitting('price:read'::text) AS tenant_permitting)));

--
-- Name: organizations select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.organizations FOR SELECT TO rowgate_user, rowgate_key USING ((id = ANY (( SELECT app_hidden.organizations_permitting('organization:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: storage_use select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.storage_use FOR SELECT TO rowgate_user USING ((organization_id = ( SELECT app_hidden.tenant_permitting('quota:read'::text) AS tenant_permitting)));

--
-- Name: team_members select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.team_members FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ( SELECT app_hidden.tenant_permitting('team:read'::text) AS tenant_permitting)));

--
-- Name: team_role_exceptions select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.team_role_exceptions FOR SELECT TO rowgate_user USING ((organization_id = ( SELECT app_hidden.tenant_permitting('member:read'::text) AS tenant_permitting)));

--
-- Name: teams select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.teams FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('team:read'::text) AS tenant_permitting)) AND (deleted_at IS NULL)));

--
-- Name: unpriced_models select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.unpriced_models FOR SELECT TO rowgate_user USING ((organization_id = ( SELECT app_hidden.tenant_permitting('usage:read_all'::text) AS tenant_permitting)));

--
-- Name: usage_holds select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.usage_holds FOR SELECT TO rowgate_user USING (((organization_id = ( SELECT app_hidden.tenant_permitting('usage:read'::text) AS tenant_permitting)) AND (( SELECT app_hidden.permits('usage:read_all'::text) AS permits) OR (user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id IN ( SELECT app_hidden.reachable_teams() AS reachable_teams)))));

--
-- Name: usage_records select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.usage_records FOR SELECT TO rowgate_user USING (((organization_id = ( SELECT app_hidden.tenant_permitting('usage:read'::text) AS tenant_permitting)) AND (( SELECT app_hidden.permits('usage:read_all'::text) AS permits) OR (user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id IN ( SELECT app_hidden.reachable_teams() AS reachable_teams)))));

--
-- Name: usage_rollups select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.usage_rollups FOR SELECT TO rowgate_user USING (((organization_id = ( SELECT app_hidden.tenant_permitting('usage:read'::text) AS tenant_permitting)) AND (( SELECT app_hidden.permits('usage:read_all'::text) AS permits) OR (user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id IN ( SELECT app_hidden.reachable_teams() AS reachable_teams)))));

--
-- Name: budget_alerts select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_alerts FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budget_changes select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_changes FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budget_overruns select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_overruns FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budget_periods select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_periods FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budget_raises select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_raises FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budget_shards select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budget_shards FOR SELECT TO rowgate_reader USING (true);

--
-- Name: budgets select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.budgets FOR SELECT TO rowgate_reader USING (true);

--
-- Name: custom_role_permissions select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.custom_role_permissions FOR SELECT TO rowgate_reader USING (true);

--
-- Name: custom_roles select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.custom_roles FOR SELECT TO rowgate_reader USING (true);

--
-- Name: exchange_rates select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.exchange_rates FOR SELECT TO rowgate_reader USING (true);

--
-- Name: health_incidents select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.health_incidents FOR SELECT TO rowgate_reader USING (true);

--
-- Name: member_permissions select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.member_permissions FOR SELECT TO rowgate_reader USING (true);

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
-- Name: storage_use select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.storage_use FOR SELECT TO rowgate_reader USING (true);

--
-- Name: team_members select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.team_members FOR SELECT TO rowgate_reader USING (true);

--
-- Name: team_role_exceptions select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.team_role_exceptions FOR SELECT TO rowgate_reader USING (true);

--
-- Name: teams select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.teams FOR SELECT TO rowgate_reader USING (true);

--
-- Name: usage_records select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.usage_records FOR SELECT TO rowgate_reader USING (true);

--
-- Name: usage_rollups select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.usage_rollups FOR SELECT TO rowgate_reader USING (true);

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

CREATE POLICY select_self_or_colleague ON app_public.users FOR SELECT TO rowgate_user USING (((id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR COALESCE(( SELECT true
   FROM app_public.members
  WHERE (members.user_id = users.id)
 LIMIT 1), false)));

--
-- Name: budget_alerts select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_alerts FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_changes select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_changes FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_overruns select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_overruns FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_periods select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_periods FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_raises select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_raises FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_shards select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budget_shards FOR SELECT TO rowgate_job USING (true);

--
-- Name: budgets select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.budgets FOR SELECT TO rowgate_job USING (true);

--
-- Name: custom_role_permissions select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.custom_role_permissions FOR SELECT TO rowgate_job USING (true);

--
-- Name: custom_roles select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.custom_roles FOR SELECT TO rowgate_job USING (true);

--
-- Name: health_incidents select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.health_incidents FOR SELECT TO rowgate_job USING (true);

--
-- Name: health_minutes select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.health_minutes FOR SELECT TO rowgate_job USING (true);

--
-- Name: member_permissions select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.member_permissions FOR SELECT TO rowgate_job USING (true);

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

CREATE POLICY select_tenant ON app_public.organizations FOR SELECT TO rowgate_job USING ((id = ( SELECT app_hidden.open_tenant() AS open_tenant)));

--
-- Name: ownership_transfers select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.ownership_transfers FOR SELECT TO rowgate_job USING (true);

--
-- Name: storage_use select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.storage_use FOR SELECT TO rowgate_job USING (true);

--
-- Name: team_members select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.team_members FOR SELECT TO rowgate_job USING (true);

--
-- Name: team_role_exceptions select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.team_role_exceptions FOR SELECT TO rowgate_job USING (true);

--
-- Name: teams select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.teams FOR SELECT TO rowgate_job USING (true);

--
-- Name: unpriced_models select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.unpriced_models FOR SELECT TO rowgate_job USING (true);

--
-- Name: usage_holds select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.usage_holds FOR SELECT TO rowgate_job USING (true);

--
-- Name: usage_records select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.usage_records FOR SELECT TO rowgate_job USING (true);

--
-- Name: usage_rollups select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.usage_rollups FOR SELECT TO rowgate_job USING (true);

--
-- Name: budget_alerts select_visible; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_visible ON app_public.budget_alerts FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND (EXISTS ( SELECT
   FROM app_public.budgets
  WHERE ((budgets.organization_id = budget_alerts.organization_id) AND (budgets.id = budget_alerts.budget_id))))));

--
-- Name: budget_changes select_visible; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_visible ON app_public.budget_changes FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND (EXISTS ( SELECT
   FROM app_public.budgets
  WHERE ((budgets.organization_id = budget_changes.organization_id) AND (budgets.id = budget_changes.budget_id))))));

--
-- Name: budget_overruns select_visible; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_visible ON app_public.budget_overruns FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND (EXISTS ( SELECT
   FROM app_public.budgets
  WHERE ((budgets.organization_id = budget_overruns.organization_id) AND (budgets.id = budget_overruns.budget_id))))));

--
-- Name: budget_periods select_visible; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_visible ON app_public.budget_periods FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND (EXISTS ( SELECT
   FROM app_public.budgets
  WHERE ((budgets.organization_id = budget_periods.organization_id) AND (budgets.id = budget_periods.budget_id))))));

--
-- Name: budget_raises select_visible; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_visible ON app_public.budget_raises FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND (EXISTS ( SELECT
   FROM app_public.budgets
  WHERE ((budgets.organization_id = budget_raises.organization_id) AND (budgets.id = budget_raises.budget_id))))));

--
-- Name: budget_shards select_visible; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_visible ON app_public.budget_shards FOR SELECT TO rowgate_user, rowgate_key USING (((organization_id = ( SELECT app_hidden.tenant_permitting('budget:read'::text) AS tenant_permitting)) AND (EXISTS ( SELECT
   FROM app_public.budgets
  WHERE ((budgets.organization_id = budget_shards.organization_id) AND (budgets.id = budget_shards.budget_id))))));

--
-- Name: budget_alerts select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_alerts FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budget_changes select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_changes FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budget_overruns select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_overruns FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budget_periods select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_periods FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budget_raises select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_raises FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budget_shards select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budget_shards FOR SELECT TO rowgate_writer USING (true);

--
-- Name: budgets select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.budgets FOR SELECT TO rowgate_writer USING (true);

--
-- Name: custom_role_permissions select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.custom_role_permissions FOR SELECT TO rowgate_writer USING (true);

--
-- Name: custom_roles select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.custom_roles FOR SELECT TO rowgate_writer USING (true);

--
-- Name: exchange_rates select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.exchange_rates FOR SELECT TO rowgate_writer USING (true);

--
-- Name: health_incidents select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.health_incidents FOR SELECT TO rowgate_writer USING (true);

--
-- Name: health_minutes select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.health_minutes FOR SELECT TO rowgate_writer USING (true);

--
-- Name: member_permissions select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.member_permissions FOR SELECT TO rowgate_writer USING (true);

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
-- Name: ownership_transfers select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.ownership_transfers FOR SELECT TO rowgate_writer USING (true);

--
-- Name: storage_use select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.storage_use FOR SELECT TO rowgate_writer USING (true);

--
-- Name: team_members select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.team_members FOR SELECT TO rowgate_writer USING (true);

--
-- Name: team_role_exceptions select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.team_role_exceptions FOR SELECT TO rowgate_writer USING (true);

--
-- Name: teams select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.teams FOR SELECT TO rowgate_writer USING (true);

--
-- Name: unpriced_models select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.unpriced_models FOR SELECT TO rowgate_writer USING (true);

--
-- Name: usage_holds select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.usage_holds FOR SELECT TO rowgate_writer USING (true);

--
-- Name: usage_records select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.usage_records FOR SELECT TO rowgate_writer USING (true);

--
-- Name: usage_rollups select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.usage_rollups FOR SELECT TO rowgate_writer USING (true);

--
-- Name: users select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.users FOR SELECT TO rowgate_writer USING (true);

--
-- Name: storage_use; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.storage_use ENABLE ROW LEVEL SECURITY;

--
-- Name: team_members; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.team_members ENABLE ROW LEVEL SECURITY;

--
-- Name: team_role_exceptions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.team_role_exceptions ENABLE ROW LEVEL SECURITY;

--
-- Name: team_role_permissions; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.team_role_permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: teams; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.teams ENABLE ROW LEVEL SECURITY;

--
-- Name: unpriced_models; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.unpriced_models ENABLE ROW LEVEL SECURITY;

--
-- Name: org_api_keys update_own_or_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_own_or_permitted ON app_public.org_api_keys FOR UPDATE TO rowgate_user USING ((( SELECT app_hidden.permits('key:revoke_all'::text) AS permits) OR (responsible_id = ( SELECT app_hidden.current_user_id() AS current_user_id)))) WITH CHECK ((status = 'revoked'::text));

--
-- Name: organizations update_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_permitted ON app_public.organizations FOR UPDATE TO rowgate_user USING ((id = ( SELECT app_hidden.tenant_permitting('organization:update'::text) AS tenant_permitting))) WITH CHECK ((id = ( SELECT app_hidden.tenant_permitting('organization:update'::text) AS tenant_permitting)));

--
-- Name: teams update_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_permitted ON app_public.teams FOR UPDATE TO rowgate_user USING (((organization_id = ( SELECT app_hidden.tenant_permitting('team:update'::text) AS tenant_permitting)) AND (deleted_at IS NULL))) WITH CHECK ((organization_id = ( SELECT app_hidden.tenant_permitting('team:update'::text) AS tenant_permitting)));

--
-- Name: budget_periods update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.budget_periods FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: budget_raises update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.budget_raises FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: budget_shards update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.budget_shards FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: budgets update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.budgets FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: custom_roles update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.custom_roles FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: exchange_rates update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.exchange_rates FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: health_incidents update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.health_incidents FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: health_minutes update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.health_minutes FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: member_permissions update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.member_permissions FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: members update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.members FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

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
-- Name: ownership_transfers update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.ownership_transfers FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: storage_use update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.storage_use FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: team_members update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.team_members FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: team_role_exceptions update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.team_role_exceptions FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: teams update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.teams FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: usage_holds update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.usage_holds FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: usage_rollups update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.usage_rollups FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: usage_holds; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.usage_holds ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_records; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.usage_records ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_rollups; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.usage_rollups ENABLE ROW LEVEL SECURITY;

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
GRANT USAGE ON SCHEMA app_hidden TO rowgate_monitor;

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
-- Name: TYPE unit_prices; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_private.unit_prices FROM PUBLIC;

--
-- Name: TYPE usage_draft; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_private.usage_draft FROM PUBLIC;

--
-- Name: TYPE access_explanation; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.access_explanation FROM PUBLIC;

--
-- Name: TYPE allocation; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.allocation FROM PUBLIC;

--
-- Name: TYPE budget_state; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.budget_state FROM PUBLIC;

--
-- Name: TYPE bulk_result; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.bulk_result FROM PUBLIC;

--
-- Name: TYPE charge_verdict; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.charge_verdict FROM PUBLIC;

--
-- Name: FUNCTION is_label(label text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_label(label text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_label(label text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_label(label text) TO rowgate_key;
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
GRANT UPDATE(status) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.last_used_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(last_used_at) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.created_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(created_by) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.responsible_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(responsible_id),UPDATE(responsible_id) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.bound_to_creator; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(bound_to_creator) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: COLUMN org_api_keys.expires_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(expires_at) ON TABLE app_public.org_api_keys TO rowgate_writer;

--
-- Name: TYPE created_api_key; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.created_api_key FROM PUBLIC;

--
-- Name: TYPE health_summary; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.health_summary FROM PUBLIC;

--
-- Name: TYPE quota_line; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.quota_line FROM PUBLIC;

--
-- Name: TYPE usage_answer; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.usage_answer FROM PUBLIC;

--
-- Name: TYPE usage_point; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.usage_point FROM PUBLIC;

--
-- Name: TYPE usage_share; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.usage_share FROM PUBLIC;

--
-- Name: FUNCTION alert_mail(alert_id uuid, user_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.alert_mail(alert_id uuid, user_id uuid) TO rowgate_job;

--
-- Name: FUNCTION alert_recipients(organization_id uuid, budget_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.alert_recipients(organization_id uuid, budget_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.alert_recipients(organization_id uuid, budget_id uuid) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.alert_recipients(organization_id uuid, budget_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.amount_for(unit text, budget_currency text, cost numeric, currency text, charged numeric, charged_currency text, requests bigint, tokens bigint, at timestamp with time zone) TO rowgate_writer;

--
-- Name: TABLE usage_records; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.usage_records TO rowgate_user;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_key;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_job;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_reader;
GRANT SELECT ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(id) ON TABLE app_public.usage_records TO rowgate_writer;

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
-- Name: COLUMN usage_records.kind; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(kind) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.corrects_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(corrects_id) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.requests; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(requests) ON TABLE app_public.usage_records TO rowgate_writer;

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
-- Name: COLUMN usage_records.pricing; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(pricing) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.exchange_rate; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(exchange_rate) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.charged; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(charged) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.charged_currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(charged_currency) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.hold_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(hold_id) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.overrun; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(overrun) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: COLUMN usage_records.occurred_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(occurred_at) ON TABLE app_public.usage_records TO rowgate_writer;

--
-- Name: FUNCTION amount_of(usage app_public.usage_records, unit text, budget_currency text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.amount_of(usage app_public.usage_records, unit text, budget_currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.amount_of(usage app_public.usage_records, unit text, budget_currency text) TO rowgate_writer;

--
-- Name: TABLE budget_periods; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budget_periods TO rowgate_user;
GRANT SELECT ON TABLE app_public.budget_periods TO rowgate_key;
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
-- Name: COLUMN budget_periods.starts_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(starts_at) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.ends_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(ends_at) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.limit_amount; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_amount),UPDATE(limit_amount) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency),UPDATE(currency) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.policy; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(policy),UPDATE(policy) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.grace_percent; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(grace_percent),UPDATE(grace_percent) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.thresholds; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(thresholds),UPDATE(thresholds) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.paused; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(paused),UPDATE(paused) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.limit_version; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_version),UPDATE(limit_version) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: COLUMN budget_periods.shards; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(shards),UPDATE(shards) ON TABLE app_public.budget_periods TO rowgate_writer;

--
-- Name: FUNCTION announce_crossings(period app_public.budget_periods, settled numeric, announce boolean); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.announce_crossings(period app_public.budget_periods, settled numeric, announce boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.announce_crossings(period app_public.budget_periods, settled numeric, announce boolean) TO rowgate_writer;

--
-- Name: TABLE health_incidents; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.health_incidents TO rowgate_user;
GRANT SELECT ON TABLE app_public.health_incidents TO rowgate_job;
GRANT SELECT ON TABLE app_public.health_incidents TO rowgate_reader;
GRANT SELECT ON TABLE app_public.health_incidents TO rowgate_writer;

--
-- Name: COLUMN health_incidents.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.health_incidents TO rowgate_writer;

--
-- Name: COLUMN health_incidents.started_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(started_at) ON TABLE app_public.health_incidents TO rowgate_writer;

--
-- Name: COLUMN health_incidents.ended_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(ended_at) ON TABLE app_public.health_incidents TO rowgate_writer;

--
-- Name: COLUMN health_incidents.requests; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(requests),UPDATE(requests) ON TABLE app_public.health_incidents TO rowgate_writer;

--
-- Name: COLUMN health_incidents.errors; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(errors),UPDATE(errors) ON TABLE app_public.health_incidents TO rowgate_writer;

--
-- Name: FUNCTION announce_incident(incident app_public.health_incidents, task text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.announce_incident(incident app_public.health_incidents, task text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.announce_incident(incident app_public.health_incidents, task text) TO rowgate_writer;

--
-- Name: FUNCTION applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.applicable_budgets(organization_id uuid, scopes uuid[], service text, model text, at timestamp with time zone) TO rowgate_writer;

--
-- Name: TABLE budgets; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budgets TO rowgate_user;
GRANT SELECT ON TABLE app_public.budgets TO rowgate_key;
GRANT SELECT ON TABLE app_public.budgets TO rowgate_job;
GRANT SELECT ON TABLE app_public.budgets TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(team_id) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.api_key_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(api_key_id) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.kind; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(kind) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.name; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(name),UPDATE(name) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.unit; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(unit) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.period; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(period) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.limit_amount; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_amount),UPDATE(limit_amount) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.policy; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(policy),UPDATE(policy) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.grace_percent; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(grace_percent),UPDATE(grace_percent) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.thresholds; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(thresholds),UPDATE(thresholds) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(status) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.limit_version; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(limit_version) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.source; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(source) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.counts_from; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(counts_from),UPDATE(counts_from) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: COLUMN budgets.created_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(created_by) ON TABLE app_public.budgets TO rowgate_writer;

--
-- Name: FUNCTION apply_budget(before app_public.budgets, budget app_public.budgets, action text, details jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.apply_budget(before app_public.budgets, budget app_public.budgets, action text, details jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.apply_budget(before app_public.budgets, budget app_public.budgets, action text, details jsonb) TO rowgate_writer;

--
-- Name: TABLE usage_holds; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.usage_holds TO rowgate_user;
GRANT SELECT ON TABLE app_public.usage_holds TO rowgate_key;
GRANT SELECT ON TABLE app_public.usage_holds TO rowgate_job;
GRANT SELECT ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(id) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(team_id) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.api_key_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(api_key_id) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.requests; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(requests) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.tokens_in; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(tokens_in) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.tokens_out; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(tokens_out) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.cost; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(cost) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(status) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.expires_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(expires_at) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.closed_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(closed_at) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.usage_record_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(usage_record_id) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.exchange_rate; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(exchange_rate) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: COLUMN usage_holds.charged_currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(charged_currency) ON TABLE app_public.usage_holds TO rowgate_writer;

--
-- Name: FUNCTION authorize_event(body jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.authorize_event(body jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.authorize_event(body jsonb) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.authorize_event(body jsonb) TO rowgate_key;

--
-- Name: FUNCTION batch_budgets(kinds app_public.usage_records[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.batch_budgets(kinds app_public.usage_records[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.batch_budgets(kinds app_public.usage_records[]) TO rowgate_writer;

--
-- Name: FUNCTION book(usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, currency text, shards integer, forced text, hold app_public.usage_holds); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.book(usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, currency text, shards integer, forced text, hold app_public.usage_holds) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.book(usage app_public.usage_records, budget_id uuid, unit text, starts_at timestamp with time zone, ends_at timestamp with time zone, currency text, shards integer, forced text, hold app_public.usage_holds) TO rowgate_writer;

--
-- Name: FUNCTION book_adjustment(usage app_public.usage_records, reason text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.book_adjustment(usage app_public.usage_records, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.book_adjustment(usage app_public.usage_records, reason text) TO rowgate_writer;

--
-- Name: FUNCTION book_batch(drafts app_private.usage_draft[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.book_batch(drafts app_private.usage_draft[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.book_batch(drafts app_private.usage_draft[]) TO rowgate_writer;

--
-- Name: FUNCTION book_by_source(usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.book_by_source(usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.book_by_source(usage app_public.usage_records, scopes uuid[], hold app_public.usage_holds) TO rowgate_writer;

--
-- Name: FUNCTION book_one_by_one(tenant uuid, drafts app_private.usage_draft[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.book_one_by_one(tenant uuid, drafts app_private.usage_draft[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.book_one_by_one(tenant uuid, drafts app_private.usage_draft[]) TO rowgate_writer;

--
-- Name: FUNCTION budget_state(budget app_public.budgets); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.budget_state(budget app_public.budgets) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.budget_state(budget app_public.budgets) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.budget_state(budget app_public.budgets) TO rowgate_key;

--
-- Name: FUNCTION budgets_for(organization_id uuid, scopes uuid[], service text, model text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.budgets_for(organization_id uuid, scopes uuid[], service text, model text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.budgets_for(organization_id uuid, scopes uuid[], service text, model text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.budgets_for(organization_id uuid, scopes uuid[], service text, model text) TO rowgate_writer;

--
-- Name: FUNCTION change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb) TO rowgate_user;

--
-- Name: FUNCTION charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, shards integer, forced text, usage_record_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, shards integer, forced text, usage_record_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, shards integer, forced text, usage_record_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION charge_slowly(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, forced text, usage_record_id uuid, shards integer); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.charge_slowly(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, forced text, usage_record_id uuid, shards integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.charge_slowly(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, settled_more numeric, held_more numeric, forced text, usage_record_id uuid, shards integer) TO rowgate_writer;

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
-- Name: FUNCTION claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.claim_usage_key(organization_id uuid, key text, body text, occurred_at timestamp with time zone) TO rowgate_writer;

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
-- Name: FUNCTION end_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.end_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.end_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.end_line(hold app_public.usage_holds, budget_id uuid, starts_at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION is_role(role text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_role(role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_role(role text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_role(role text) TO rowgate_writer;

--
-- Name: TABLE members; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.members TO rowgate_user;
GRANT SELECT ON TABLE app_public.members TO rowgate_key;
GRANT SELECT ON TABLE app_public.members TO rowgate_job;
GRANT SELECT ON TABLE app_public.members TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.members TO rowgate_writer;

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

GRANT INSERT(role),UPDATE(role) ON TABLE app_public.members TO rowgate_writer;

--
-- Name: COLUMN members.custom_role_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(custom_role_id),UPDATE(custom_role_id) ON TABLE app_public.members TO rowgate_writer;

--
-- Name: COLUMN members.invited_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(invited_by) ON TABLE app_public.members TO rowgate_writer;

--
-- Name: FUNCTION end_membership(organization_id uuid, user_id uuid, keys text, heir uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.end_membership(organization_id uuid, user_id uuid, keys text, heir uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.end_membership(organization_id uuid, user_id uuid, keys text, heir uuid) TO rowgate_writer;

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
-- Name: FUNCTION event_names(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.event_names() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.event_names() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.event_names() TO rowgate_key;

--
-- Name: FUNCTION exchange_rate(from_currency text, to_currency text, at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.exchange_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid) TO rowgate_reader;

--
-- Name: FUNCTION figures(organization_ids uuid[]); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.figures(organization_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.figures(organization_ids uuid[]) TO rowgate_monitor;

--
-- Name: FUNCTION frozen_rate(usage app_public.usage_records, to_currency text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.frozen_rate(usage app_public.usage_records, to_currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.frozen_rate(usage app_public.usage_records, to_currency text) TO rowgate_writer;

--
-- Name: FUNCTION holders(organization_id uuid, permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.holders(organization_id uuid, permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.holders(organization_id uuid, permission text) TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.holders(organization_id uuid, permission text) TO rowgate_writer;

--
-- Name: FUNCTION import_list_prices(list jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.import_list_prices(list jsonb) FROM PUBLIC;

--
-- Name: FUNCTION import_model_aliases(list jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.import_model_aliases(list jsonb) FROM PUBLIC;

--
-- Name: FUNCTION incident_mail(incident_id uuid, user_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.incident_mail(incident_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.incident_mail(incident_id uuid, user_id uuid) TO rowgate_job;

--
-- Name: FUNCTION introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.introspect(user_id uuid, session_id uuid, key_hash bytea, key_id uuid, issuer text, subject text) TO rowgate_key;

--
-- Name: FUNCTION is_email(email text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_email(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_email(email text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_email(email text) TO rowgate_writer;

--
-- Name: FUNCTION is_paid_by_credit(usage app_public.usage_records); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_paid_by_credit(usage app_public.usage_records) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_paid_by_credit(usage app_public.usage_records) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.is_paid_by_credit(usage app_public.usage_records) TO rowgate_writer;

--
-- Name: FUNCTION is_priced_unit(unit text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_priced_unit(unit text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_priced_unit(unit text) TO rowgate_writer;

--
-- Name: FUNCTION is_time_zone(name text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_time_zone(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.is_time_zone(name text) TO rowgate_writer;

--
-- Name: FUNCTION join_usage(organization_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.join_usage(organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.join_usage(organization_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION judge_health(settled timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.judge_health(settled timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.judge_health(settled timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION keep_source_budget(organization_id uuid, api_key_id uuid, source text, requests bigint); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.keep_source_budget(organization_id uuid, api_key_id uuid, source text, requests bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.keep_source_budget(organization_id uuid, api_key_id uuid, source text, requests bigint) TO rowgate_writer;

--
-- Name: FUNCTION key_holds(organization_id uuid, key_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.key_holds(organization_id uuid, key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.key_holds(organization_id uuid, key_id uuid) TO rowgate_reader;

--
-- Name: FUNCTION last_migration(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.last_migration() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.last_migration() TO rowgate_anonymous;

--
-- Name: FUNCTION link_identity(issuer text, subject text); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.link_identity(issuer text, subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.link_identity(issuer text, subject text) TO rowgate_user;

--
-- Name: FUNCTION listed_rate(from_currency text, to_currency text, at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.listed_rate(from_currency text, to_currency text, at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION lock_budget(budget_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.lock_budget(budget_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.lock_budget(budget_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION lock_hold(hold_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.lock_hold(hold_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.lock_hold(hold_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION lock_members(permission text, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.lock_members(permission text, team_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION lock_period(organization_id uuid, budget_id uuid, starts_at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.lock_period(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.lock_period(organization_id uuid, budget_id uuid, starts_at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION login_problems(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.login_problems() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.login_problems() TO rowgate_anonymous;

--
-- Name: FUNCTION member_holds(organization_id uuid, user_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.member_holds(organization_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.member_holds(organization_id uuid, user_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) TO rowgate_user;

--
-- Name: FUNCTION note_key_use(key_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.note_key_use(key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.note_key_use(key_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION open_period(organization_id uuid, budget_id uuid, at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.open_period(organization_id uuid, budget_id uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.open_period(organization_id uuid, budget_id uuid, at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION open_tenant(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.open_tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.open_tenant() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.open_tenant() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.open_tenant() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.open_tenant() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.open_tenant() TO rowgate_writer;

--
-- Name: FUNCTION organizations_permitting(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.organizations_permitting(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.organizations_permitting(permission text) TO rowgate_writer;

--
-- Name: FUNCTION organizations_to_roll_up(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.organizations_to_roll_up() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.organizations_to_roll_up() TO rowgate_job;

--
-- Name: FUNCTION own_organizations(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.own_organizations() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.own_organizations() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.own_organizations() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.own_organizations() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.own_organizations() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.own_organizations() TO rowgate_writer;

--
-- Name: FUNCTION own_organizations_permitting(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.own_organizations_permitting(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.own_organizations_permitting(permission text) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.own_organizations_permitting(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.own_organizations_permitting(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.own_organizations_permitting(permission text) TO rowgate_writer;

--
-- Name: FUNCTION password_salt(email text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.password_salt(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.password_salt(email text) TO rowgate_anonymous;

--
-- Name: FUNCTION pays(credit boolean, unit text, by_credit boolean); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.pays(credit boolean, unit text, by_credit boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.pays(credit boolean, unit text, by_credit boolean) TO rowgate_writer;

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
-- Name: FUNCTION period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.period_cap(period app_public.budget_periods, at timestamp with time zone, OUT cap numeric, OUT valid_until timestamp with time zone) TO rowgate_writer;

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
-- Name: FUNCTION period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.period_figures(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, OUT settled numeric, OUT held numeric, OUT cap numeric) TO rowgate_writer;

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
-- Name: FUNCTION permits(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.permits(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.permits(permission text) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.permits(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.permits(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.permits(permission text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.permits(permission text) TO rowgate_writer;

--
-- Name: FUNCTION plain_event(event jsonb, known text[], place integer); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.plain_event(event jsonb, known text[], place integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.plain_event(event jsonb, known text[], place integer) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.plain_event(event jsonb, known text[], place integer) TO rowgate_key;

--
-- Name: FUNCTION plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.plan_calls(organization_id uuid, OUT used bigint, OUT resets_at timestamp with time zone) TO rowgate_writer;

--
-- Name: FUNCTION plan_limit(organization_id uuid, resource text, plan text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.plan_limit(organization_id uuid, resource text, plan text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.plan_limit(organization_id uuid, resource text, plan text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.plan_limit(organization_id uuid, resource text, plan text) TO rowgate_writer;

--
-- Name: FUNCTION plan_resources(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.plan_resources() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.plan_resources() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.plan_resources() TO rowgate_writer;

--
-- Name: FUNCTION plan_used(organization_id uuid, resource text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.plan_used(organization_id uuid, resource text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.plan_used(organization_id uuid, resource text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.plan_used(organization_id uuid, resource text) TO rowgate_writer;

--
-- Name: FUNCTION price(usage app_public.usage_records, priced_only boolean); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.price(usage app_public.usage_records, priced_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.price(usage app_public.usage_records, priced_only boolean) TO rowgate_writer;

--
-- Name: FUNCTION price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.price_units(per app_private.unit_prices, tokens_in bigint, tokens_out bigint, requests bigint, cached_tokens_in bigint) TO rowgate_writer;

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
-- Name: COLUMN organizations.plan; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(plan) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(status) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.settings; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(settings) ON TABLE app_public.organizations TO rowgate_user;

--
-- Name: COLUMN organizations.time_zone; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(time_zone) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(currency) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.retention_months; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(retention_months) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.strict_pricing; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(strict_pricing) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: COLUMN organizations.credit_order; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(credit_order) ON TABLE app_public.organizations TO rowgate_writer;

--
-- Name: FUNCTION put_on_plan(organization_id uuid, plan text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.put_on_plan(organization_id uuid, plan text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.put_on_plan(organization_id uuid, plan text) TO rowgate_writer;

--
-- Name: FUNCTION quota_line(organization_id uuid, resource text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.quota_line(organization_id uuid, resource text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.quota_line(organization_id uuid, resource text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.quota_line(organization_id uuid, resource text) TO rowgate_writer;

--
-- Name: FUNCTION reachable_teams(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.reachable_teams() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.reachable_teams() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.reachable_teams() TO rowgate_key;

--
-- Name: FUNCTION read_events(events jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.read_events(events jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.read_events(events jsonb) TO rowgate_writer;

--
-- Name: FUNCTION read_events_strictly(events jsonb, skipped integer); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.read_events_strictly(events jsonb, skipped integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.read_events_strictly(events jsonb, skipped integer) TO rowgate_writer;

--
-- Name: FUNCTION read_rights(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.read_rights() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.read_rights() TO rowgate_writer;

--
-- Name: FUNCTION record_event(body jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.record_event(body jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.record_event(body jsonb) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.record_event(body jsonb) TO rowgate_key;

--
-- Name: FUNCTION record_events(body jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.record_events(body jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.record_events(body jsonb) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.record_events(body jsonb) TO rowgate_key;

--
-- Name: FUNCTION record_health(minutes jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.record_health(minutes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.record_health(minutes jsonb) TO rowgate_monitor;

--
-- Name: FUNCTION refresh_session(refresh_hash bytea, next_refresh_hash bytea); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.refresh_session(refresh_hash bytea, next_refresh_hash bytea) TO rowgate_anonymous;

--
-- Name: FUNCTION refusal_detail(budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.refusal_detail(budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.refusal_detail(budget app_public.budgets, period app_public.budget_periods, requested numeric, settled numeric, held numeric) TO rowgate_writer;

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
-- Name: FUNCTION refuse_charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, requested numeric, settled numeric, held numeric); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.refuse_charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, requested numeric, settled numeric, held numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.refuse_charge(organization_id uuid, budget_id uuid, starts_at timestamp with time zone, requested numeric, settled numeric, held numeric) TO rowgate_writer;

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
-- Name: FUNCTION release_event(body jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.release_event(body jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.release_event(body jsonb) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.release_event(body jsonb) TO rowgate_key;

--
-- Name: FUNCTION repeated_usage(organization_id uuid, key text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.repeated_usage(organization_id uuid, key text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.repeated_usage(organization_id uuid, key text) TO rowgate_writer;

--
-- Name: FUNCTION report_unpriced(usage app_public.usage_records, priced_only boolean); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.report_unpriced(usage app_public.usage_records, priced_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.report_unpriced(usage app_public.usage_records, priced_only boolean) TO rowgate_writer;

--
-- Name: FUNCTION request_limits(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.request_limits() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.request_limits() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.request_limits() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.request_limits() TO rowgate_key;

--
-- Name: FUNCTION require_amount(unit text, amount numeric); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_amount(unit text, amount numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_amount(unit text, amount numeric) TO rowgate_writer;

--
-- Name: FUNCTION require_bookable_team(organization_id uuid, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.require_bookable_team(organization_id uuid, team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_bookable_team(organization_id uuid, team_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION require_bookable_time(occurred_at timestamp with time zone, retention_months integer); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_bookable_time(occurred_at timestamp with time zone, retention_months integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_bookable_time(occurred_at timestamp with time zone, retention_months integer) TO rowgate_writer;

--
-- Name: FUNCTION require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_budget_manager(team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION require_choice(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.require_choice() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_choice() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.require_choice() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_choice() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.require_choice() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.require_choice() TO rowgate_writer;

--
-- Name: FUNCTION require_estimate(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_estimate(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_estimate(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) TO rowgate_writer;

--
-- Name: FUNCTION require_held(organization_id uuid, permissions text[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_held(organization_id uuid, permissions text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_held(organization_id uuid, permissions text[]) TO rowgate_writer;

--
-- Name: FUNCTION require_organization(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.require_organization() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_organization() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_organization() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.require_organization() TO rowgate_writer;

--
-- Name: FUNCTION require_own_organization(organization_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_own_organization(organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_own_organization(organization_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_own_organization(organization_id uuid) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.require_own_organization(organization_id uuid) TO rowgate_reader;

--
-- Name: FUNCTION require_permission(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_permission(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.require_permission(permission text) TO rowgate_writer;

--
-- Name: FUNCTION require_place(team_id uuid, user_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_place(team_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_place(team_id uuid, user_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION require_room(organization_id uuid, resource text, written integer); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_room(organization_id uuid, resource text, written integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_room(organization_id uuid, resource text, written integer) TO rowgate_writer;

--
-- Name: FUNCTION require_team_permission(permission text, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_team_permission(permission text, team_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION require_team_role_held(organization_id uuid, team_id uuid, roles text[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_team_role_held(organization_id uuid, team_id uuid, roles text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_team_role_held(organization_id uuid, team_id uuid, roles text[]) TO rowgate_writer;

--
-- Name: FUNCTION require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.require_usage_question(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_key;

--
-- Name: FUNCTION reset_plan_override(organization_id uuid, resource text, plan text); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.reset_plan_override(organization_id uuid, resource text, plan text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.reset_plan_override(organization_id uuid, resource text, plan text) TO rowgate_owner;

--
-- Name: FUNCTION resolve_job(organization_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.resolve_job(organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.resolve_job(organization_id uuid) TO rowgate_worker;

--
-- Name: FUNCTION resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text, key_id uuid, issuer text, subject text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text, key_id uuid, issuer text, subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.resolve_request(kind text, user_id uuid, session_id uuid, key_hash bytea, tenant_hints text[], request_id text, key_id uuid, issuer text, subject text) TO rowgate_authenticator;

--
-- Name: FUNCTION role_holds(organization_id uuid, role text, custom_role_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION roll_up(); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.roll_up() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.roll_up() TO rowgate_job;

--
-- Name: FUNCTION rolled_up_to(); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.rolled_up_to() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.rolled_up_to() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.rolled_up_to() TO rowgate_key;

--
-- Name: FUNCTION search_targets(kind text, permission text, query text, most integer); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.search_targets(kind text, permission text, query text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.search_targets(kind text, permission text, query text, most integer) TO rowgate_user;

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
-- Name: FUNCTION set_plan(organization_id uuid, plan text); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.set_plan(organization_id uuid, plan text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.set_plan(organization_id uuid, plan text) TO rowgate_owner;

--
-- Name: FUNCTION set_plan_override(organization_id uuid, resource text, amount bigint, plan text); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.set_plan_override(organization_id uuid, resource text, amount bigint, plan text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.set_plan_override(organization_id uuid, resource text, amount bigint, plan text) TO rowgate_owner;

--
-- Name: FUNCTION set_rate_limit(scope text, rate integer, burst integer, plan text, organization_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.set_rate_limit(scope text, rate integer, burst integer, plan text, organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.set_rate_limit(scope text, rate integer, burst integer, plan text, organization_id uuid) TO rowgate_owner;

--
-- Name: FUNCTION set_rights(open boolean, permissions text[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.set_rights(open boolean, permissions text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.set_rights(open boolean, permissions text[]) TO rowgate_reader;

--
-- Name: FUNCTION set_role_permissions(organization_id uuid, role_id uuid, permissions text[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.set_role_permissions(organization_id uuid, role_id uuid, permissions text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.set_role_permissions(organization_id uuid, role_id uuid, permissions text[]) TO rowgate_writer;

--
-- Name: FUNCTION set_search_words(organization_id uuid, kind text, target_id uuid, content text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.set_search_words(organization_id uuid, kind text, target_id uuid, content text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.set_search_words(organization_id uuid, kind text, target_id uuid, content text) TO rowgate_writer;

--
-- Name: FUNCTION settle_event(body jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.settle_event(body jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.settle_event(body jsonb) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.settle_event(body jsonb) TO rowgate_key;

--
-- Name: FUNCTION settled_before(hold app_public.usage_holds, usage app_public.usage_records); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.settled_before(hold app_public.usage_holds, usage app_public.usage_records) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.settled_before(hold app_public.usage_holds, usage app_public.usage_records) TO rowgate_writer;

--
-- Name: FUNCTION share_out(period app_public.budget_periods, usual numeric, settled_more numeric, held_more numeric, announce boolean); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.share_out(period app_public.budget_periods, usual numeric, settled_more numeric, held_more numeric, announce boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.share_out(period app_public.budget_periods, usual numeric, settled_more numeric, held_more numeric, announce boolean) TO rowgate_writer;

--
-- Name: FUNCTION shows_budget(budget app_public.budgets); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.shows_budget(budget app_public.budgets) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.shows_budget(budget app_public.budgets) TO rowgate_writer;

--
-- Name: FUNCTION sign_in(email text, password_key bytea, refresh_hash bytea, tenant text); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.sign_in(email text, password_key bytea, refresh_hash bytea, tenant text) TO rowgate_anonymous;

--
-- Name: FUNCTION sorted(numbers integer[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.sorted(numbers integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.sorted(numbers integer[]) TO rowgate_writer;

--
-- Name: FUNCTION start_budget(budget app_public.budgets); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.start_budget(budget app_public.budgets) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.start_budget(budget app_public.budgets) TO rowgate_writer;

--
-- Name: FUNCTION stop_usage(organization_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.stop_usage(organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.stop_usage(organization_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION team_path(organization_id uuid, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.team_path(organization_id uuid, team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.team_path(organization_id uuid, team_id uuid) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.team_path(organization_id uuid, team_id uuid) TO rowgate_writer;

--
-- Name: FUNCTION teams_permitting(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_hidden.teams_permitting(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.teams_permitting(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.teams_permitting(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.teams_permitting(permission text) TO rowgate_writer;

--
-- Name: FUNCTION tenant_organizations(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.tenant_organizations() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_job;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.tenant_organizations() TO rowgate_writer;

--
-- Name: FUNCTION tenant_permitting(permission text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.tenant_permitting(permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.tenant_permitting(permission text) TO rowgate_anonymous;
GRANT ALL ON FUNCTION app_hidden.tenant_permitting(permission text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.tenant_permitting(permission text) TO rowgate_key;
GRANT ALL ON FUNCTION app_hidden.tenant_permitting(permission text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.tenant_permitting(permission text) TO rowgate_writer;

--
-- Name: FUNCTION unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.unit_prices(organization_id uuid, service text, model text, at timestamp with time zone, tokens_in bigint) TO rowgate_writer;

--
-- Name: FUNCTION unpriced_mail(usage_record_id uuid, user_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.unpriced_mail(usage_record_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.unpriced_mail(usage_record_id uuid, user_id uuid) TO rowgate_job;

--
-- Name: FUNCTION usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.usage_label(service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_key;

--
-- Name: FUNCTION usage_place(team_id uuid, user_id uuid, OUT tenant uuid, OUT team uuid, OUT person uuid, OUT key uuid, OUT scopes uuid[], OUT currency text, OUT retention_months integer, OUT priced_only boolean); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.usage_place(team_id uuid, user_id uuid, OUT tenant uuid, OUT team uuid, OUT person uuid, OUT key uuid, OUT scopes uuid[], OUT currency text, OUT retention_months integer, OUT priced_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.usage_place(team_id uuid, user_id uuid, OUT tenant uuid, OUT team uuid, OUT person uuid, OUT key uuid, OUT scopes uuid[], OUT currency text, OUT retention_months integer, OUT priced_only boolean) TO rowgate_writer;

--
-- Name: FUNCTION usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.usage_sums(grain text, since timestamp with time zone, until timestamp with time zone, zone text, whole boolean, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_key;

--
-- Name: FUNCTION used_in_period(budget app_public.budgets, period app_public.budget_periods); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.used_in_period(budget app_public.budgets, period app_public.budget_periods) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.used_in_period(budget app_public.budgets, period app_public.budget_periods) TO rowgate_writer;

--
-- Name: FUNCTION usual_expiry(budget app_public.budgets); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.usual_expiry(budget app_public.budgets) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.usual_expiry(budget app_public.budgets) TO rowgate_writer;

--
-- Name: FUNCTION usual_rate_limits(); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.usual_rate_limits() FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.usual_rate_limits() TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.usual_rate_limits() TO rowgate_writer;

--
-- Name: FUNCTION watch_budgets(organization_id uuid, budget_ids uuid[]); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.watch_budgets(organization_id uuid, budget_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.watch_budgets(organization_id uuid, budget_ids uuid[]) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.watch_budgets(organization_id uuid, budget_ids uuid[]) TO rowgate_key;

--
-- Name: FUNCTION words(content text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.words(content text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.words(content text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.words(content text) TO rowgate_writer;

--
-- Name: TABLE budget_raises; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budget_raises TO rowgate_user;
GRANT SELECT ON TABLE app_public.budget_raises TO rowgate_key;
GRANT SELECT ON TABLE app_public.budget_raises TO rowgate_job;
GRANT SELECT ON TABLE app_public.budget_raises TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.budget_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.amount; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(amount),UPDATE(amount) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.expires_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(expires_at),UPDATE(expires_at) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.reason; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(reason) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(status),UPDATE(status) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.requested_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(requested_by) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.requested_by_key; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(requested_by_key) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.decided_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(decided_by),UPDATE(decided_by) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: COLUMN budget_raises.decided_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(decided_at),UPDATE(decided_at) ON TABLE app_public.budget_raises TO rowgate_writer;

--
-- Name: FUNCTION write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.write_raise_request(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) TO rowgate_key;

--
-- Name: FUNCTION announce_budget(); Type: ACL; Schema: app_private; Owner: rowgate_worker
--

REVOKE ALL ON FUNCTION app_private.announce_budget() FROM PUBLIC;

--
-- Name: FUNCTION announce_charge(); Type: ACL; Schema: app_private; Owner: rowgate_worker
--

REVOKE ALL ON FUNCTION app_private.announce_charge() FROM PUBLIC;

--
-- Name: FUNCTION keep_an_owner(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_an_owner() FROM PUBLIC;

--
-- Name: FUNCTION keep_plan_budget(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_plan_budget() FROM PUBLIC;

--
-- Name: FUNCTION keep_plan_budgets(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_plan_budgets() FROM PUBLIC;

--
-- Name: FUNCTION keep_quota(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_quota() FROM PUBLIC;

--
-- Name: FUNCTION keep_search_words(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_search_words() FROM PUBLIC;

--
-- Name: FUNCTION keep_tree(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_tree() FROM PUBLIC;

--
-- Name: FUNCTION keep_within_plan(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_within_plan() FROM PUBLIC;

--
-- Name: FUNCTION prepare_usage_partitions(); Type: ACL; Schema: app_private; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_private.prepare_usage_partitions() FROM PUBLIC;

--
-- Name: FUNCTION purge_usage(); Type: ACL; Schema: app_private; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_private.purge_usage() FROM PUBLIC;

--
-- Name: FUNCTION rebuild_rollups(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.rebuild_rollups() FROM PUBLIC;

--
-- Name: FUNCTION require_live_team(); Type: ACL; Schema: app_private; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_private.require_live_team() FROM PUBLIC;

--
-- Name: FUNCTION spread_path(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.spread_path() FROM PUBLIC;

--
-- Name: FUNCTION touch(); Type: ACL; Schema: app_private; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_private.touch() FROM PUBLIC;

--
-- Name: TABLE ownership_transfers; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.ownership_transfers TO rowgate_user;
GRANT SELECT ON TABLE app_public.ownership_transfers TO rowgate_job;
GRANT SELECT ON TABLE app_public.ownership_transfers TO rowgate_writer;

--
-- Name: COLUMN ownership_transfers.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.ownership_transfers TO rowgate_writer;

--
-- Name: COLUMN ownership_transfers.from_user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(from_user_id) ON TABLE app_public.ownership_transfers TO rowgate_writer;

--
-- Name: COLUMN ownership_transfers.to_user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(to_user_id) ON TABLE app_public.ownership_transfers TO rowgate_writer;

--
-- Name: COLUMN ownership_transfers.then_role; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(then_role) ON TABLE app_public.ownership_transfers TO rowgate_writer;

--
-- Name: COLUMN ownership_transfers.status; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(status) ON TABLE app_public.ownership_transfers TO rowgate_writer;

--
-- Name: COLUMN ownership_transfers.decided_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(decided_at) ON TABLE app_public.ownership_transfers TO rowgate_writer;

--
-- Name: FUNCTION accept_ownership(transfer_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.accept_ownership(transfer_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.accept_ownership(transfer_id uuid) TO rowgate_user;

--
-- Name: FUNCTION add_member(email text, role text, custom_role_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.add_member(email text, role text, custom_role_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.add_member(email text, role text, custom_role_id uuid) TO rowgate_user;

--
-- Name: TABLE team_members; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.team_members TO rowgate_user;
GRANT SELECT ON TABLE app_public.team_members TO rowgate_key;
GRANT SELECT ON TABLE app_public.team_members TO rowgate_job;
GRANT SELECT ON TABLE app_public.team_members TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.team_members TO rowgate_writer;

--
-- Name: COLUMN team_members.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.team_members TO rowgate_writer;

--
-- Name: COLUMN team_members.team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(team_id) ON TABLE app_public.team_members TO rowgate_writer;

--
-- Name: COLUMN team_members.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.team_members TO rowgate_writer;

--
-- Name: COLUMN team_members.role; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(role),UPDATE(role) ON TABLE app_public.team_members TO rowgate_writer;

--
-- Name: FUNCTION add_team_member(team_id uuid, user_id uuid, role text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.add_team_member(team_id uuid, user_id uuid, role text) TO rowgate_user;

--
-- Name: FUNCTION allocations(); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.allocations() FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.allocations() TO rowgate_user;

--
-- Name: FUNCTION authorize_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, hold_seconds integer); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.authorize_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, hold_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.authorize_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, hold_seconds integer) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.authorize_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, hold_seconds integer) TO rowgate_key;

--
-- Name: FUNCTION budget_status(budget_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.budget_status(budget_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.budget_status(budget_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.budget_status(budget_id uuid) TO rowgate_key;

--
-- Name: FUNCTION budgets_state(budget app_public.budgets); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.budgets_state(budget app_public.budgets) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.budgets_state(budget app_public.budgets) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.budgets_state(budget app_public.budgets) TO rowgate_key;

--
-- Name: FUNCTION cancel_ownership_offer(transfer_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.cancel_ownership_offer(transfer_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.cancel_ownership_offer(transfer_id uuid) TO rowgate_user;

--
-- Name: FUNCTION change_member_role(user_id uuid, role text, custom_role_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.change_member_role(user_id uuid, role text, custom_role_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.change_member_role(user_id uuid, role text, custom_role_id uuid) TO rowgate_user;

--
-- Name: FUNCTION change_member_roles(user_ids uuid[], role text, custom_role_id uuid, all_or_nothing boolean); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.change_member_roles(user_ids uuid[], role text, custom_role_id uuid, all_or_nothing boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.change_member_roles(user_ids uuid[], role text, custom_role_id uuid, all_or_nothing boolean) TO rowgate_user;

--
-- Name: FUNCTION change_plan(plan text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.change_plan(plan text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.change_plan(plan text) TO rowgate_user;

--
-- Name: FUNCTION correct_usage(usage_record_id uuid, idempotency_key text, cost numeric, tokens_in bigint, tokens_out bigint, requests bigint); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.correct_usage(usage_record_id uuid, idempotency_key text, cost numeric, tokens_in bigint, tokens_out bigint, requests bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.correct_usage(usage_record_id uuid, idempotency_key text, cost numeric, tokens_in bigint, tokens_out bigint, requests bigint) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.correct_usage(usage_record_id uuid, idempotency_key text, cost numeric, tokens_in bigint, tokens_out bigint, requests bigint) TO rowgate_key;

--
-- Name: FUNCTION create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean) TO rowgate_user;

--
-- Name: FUNCTION create_budget(limit_amount numeric, unit text, currency text, period text, team_id uuid, user_id uuid, api_key_id uuid, service text, model text, policy text, grace_percent integer, thresholds integer[], name text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.create_budget(limit_amount numeric, unit text, currency text, period text, team_id uuid, user_id uuid, api_key_id uuid, service text, model text, policy text, grace_percent integer, thresholds integer[], name text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.create_budget(limit_amount numeric, unit text, currency text, period text, team_id uuid, user_id uuid, api_key_id uuid, service text, model text, policy text, grace_percent integer, thresholds integer[], name text) TO rowgate_user;

--
-- Name: TABLE custom_roles; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.custom_roles TO rowgate_user;
GRANT SELECT ON TABLE app_public.custom_roles TO rowgate_job;
GRANT SELECT ON TABLE app_public.custom_roles TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.custom_roles TO rowgate_writer;

--
-- Name: COLUMN custom_roles.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.custom_roles TO rowgate_writer;

--
-- Name: COLUMN custom_roles.name; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(name),UPDATE(name) ON TABLE app_public.custom_roles TO rowgate_writer;

--
-- Name: COLUMN custom_roles.description; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(description),UPDATE(description) ON TABLE app_public.custom_roles TO rowgate_writer;

--
-- Name: FUNCTION create_custom_role(name text, permissions text[], description text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.create_custom_role(name text, permissions text[], description text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.create_custom_role(name text, permissions text[], description text) TO rowgate_user;

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
-- Name: COLUMN teams.path; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(path) ON TABLE app_public.teams TO rowgate_writer;

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
-- Name: FUNCTION decide_budget_raise(raise_id uuid, approve boolean); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.decide_budget_raise(raise_id uuid, approve boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.decide_budget_raise(raise_id uuid, approve boolean) TO rowgate_user;

--
-- Name: FUNCTION delete_custom_role(role_id uuid, replace_with text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.delete_custom_role(role_id uuid, replace_with text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.delete_custom_role(role_id uuid, replace_with text) TO rowgate_user;

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
-- Name: FUNCTION explain_access(permission text, organization_id uuid, team_id uuid, user_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_public.explain_access(permission text, organization_id uuid, team_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.explain_access(permission text, organization_id uuid, team_id uuid, user_id uuid) TO rowgate_user;

--
-- Name: FUNCTION explain_charge(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.explain_charge(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.explain_charge(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.explain_charge(service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid) TO rowgate_key;

--
-- Name: FUNCTION grant_credit(user_id uuid, amount numeric, currency text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.grant_credit(user_id uuid, amount numeric, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.grant_credit(user_id uuid, amount numeric, currency text) TO rowgate_user;

--
-- Name: FUNCTION health(minutes integer); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.health(minutes integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.health(minutes integer) TO rowgate_user;

--
-- Name: FUNCTION leave_organization(keys text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.leave_organization(keys text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.leave_organization(keys text) TO rowgate_user;

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
-- Name: FUNCTION move_members(user_ids uuid[], to_team_id uuid, from_team_id uuid, role text, all_or_nothing boolean); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.move_members(user_ids uuid[], to_team_id uuid, from_team_id uuid, role text, all_or_nothing boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.move_members(user_ids uuid[], to_team_id uuid, from_team_id uuid, role text, all_or_nothing boolean) TO rowgate_user;

--
-- Name: FUNCTION move_team(team_id uuid, parent_team_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.move_team(team_id uuid, parent_team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.move_team(team_id uuid, parent_team_id uuid) TO rowgate_user;

--
-- Name: FUNCTION my_permissions(organization_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.my_permissions(organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.my_permissions(organization_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.my_permissions(organization_id uuid) TO rowgate_key;

--
-- Name: FUNCTION offer_ownership(user_id uuid, then_role text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.offer_ownership(user_id uuid, then_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.offer_ownership(user_id uuid, then_role text) TO rowgate_user;

--
-- Name: FUNCTION pause_budget(budget_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.pause_budget(budget_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.pause_budget(budget_id uuid) TO rowgate_user;

--
-- Name: FUNCTION quota(organization_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_public.quota(organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.quota(organization_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.quota(organization_id uuid) TO rowgate_key;

--
-- Name: FUNCTION raise_budget(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.raise_budget(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.raise_budget(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) TO rowgate_user;

--
-- Name: FUNCTION record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, occurred_at timestamp with time zone); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, occurred_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, occurred_at timestamp with time zone) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.record_usage(idempotency_key text, service text, model text, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint, team_id uuid, user_id uuid, occurred_at timestamp with time zone) TO rowgate_key;

--
-- Name: FUNCTION record_usage_batch(events jsonb); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.record_usage_batch(events jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.record_usage_batch(events jsonb) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.record_usage_batch(events jsonb) TO rowgate_key;

--
-- Name: FUNCTION release_usage(hold_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.release_usage(hold_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.release_usage(hold_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.release_usage(hold_id uuid) TO rowgate_key;

--
-- Name: FUNCTION remove_member(user_id uuid, keys text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.remove_member(user_id uuid, keys text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.remove_member(user_id uuid, keys text) TO rowgate_user;

--
-- Name: FUNCTION remove_members(user_ids uuid[], keys text, all_or_nothing boolean); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.remove_members(user_ids uuid[], keys text, all_or_nothing boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.remove_members(user_ids uuid[], keys text, all_or_nothing boolean) TO rowgate_user;

--
-- Name: FUNCTION remove_team_member(team_id uuid, user_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.remove_team_member(team_id uuid, user_id uuid) TO rowgate_user;

--
-- Name: FUNCTION report_storage(bytes bigint, source text, measured_at timestamp with time zone); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.report_storage(bytes bigint, source text, measured_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.report_storage(bytes bigint, source text, measured_at timestamp with time zone) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.report_storage(bytes bigint, source text, measured_at timestamp with time zone) TO rowgate_key;

--
-- Name: FUNCTION reprice_usage(service text, model text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.reprice_usage(service text, model text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.reprice_usage(service text, model text) TO rowgate_user;

--
-- Name: FUNCTION request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.request_budget_raise(budget_id uuid, amount numeric, expires_at timestamp with time zone, reason text) TO rowgate_key;

--
-- Name: FUNCTION reset_model_price(service text, model text, effective_from timestamp with time zone); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.reset_model_price(service text, model text, effective_from timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.reset_model_price(service text, model text, effective_from timestamp with time zone) TO rowgate_user;

--
-- Name: FUNCTION resume_budget(budget_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.resume_budget(budget_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.resume_budget(budget_id uuid) TO rowgate_user;

--
-- Name: FUNCTION revoke_api_key(key_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.revoke_api_key(key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.revoke_api_key(key_id uuid) TO rowgate_user;

--
-- Name: FUNCTION search_members(query text, most integer); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.search_members(query text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.search_members(query text, most integer) TO rowgate_user;

--
-- Name: FUNCTION search_organizations(query text, most integer); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.search_organizations(query text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.search_organizations(query text, most integer) TO rowgate_user;

--
-- Name: FUNCTION search_teams(query text, most integer); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.search_teams(query text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.search_teams(query text, most integer) TO rowgate_user;

--
-- Name: FUNCTION set_member_permission(user_id uuid, permission text, effect text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.set_member_permission(user_id uuid, permission text, effect text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.set_member_permission(user_id uuid, permission text, effect text) TO rowgate_user;

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
-- Name: TABLE team_role_exceptions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.team_role_exceptions TO rowgate_user;
GRANT SELECT ON TABLE app_public.team_role_exceptions TO rowgate_job;
GRANT SELECT ON TABLE app_public.team_role_exceptions TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.team_role_exceptions TO rowgate_writer;

--
-- Name: COLUMN team_role_exceptions.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.team_role_exceptions TO rowgate_writer;

--
-- Name: COLUMN team_role_exceptions.role; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(role) ON TABLE app_public.team_role_exceptions TO rowgate_writer;

--
-- Name: COLUMN team_role_exceptions.permission; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(permission) ON TABLE app_public.team_role_exceptions TO rowgate_writer;

--
-- Name: COLUMN team_role_exceptions.effect; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(effect),UPDATE(effect) ON TABLE app_public.team_role_exceptions TO rowgate_writer;

--
-- Name: FUNCTION set_team_role_permission(role text, permission text, effect text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.set_team_role_permission(role text, permission text, effect text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.set_team_role_permission(role text, permission text, effect text) TO rowgate_user;

--
-- Name: FUNCTION settle_usage(hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.settle_usage(hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.settle_usage(hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.settle_usage(hold_id uuid, cost numeric, currency text, tokens_in bigint, tokens_out bigint, requests bigint) TO rowgate_key;

--
-- Name: FUNCTION sign_out(); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.sign_out() FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.sign_out() TO rowgate_user;

--
-- Name: FUNCTION update_budget(budget_id uuid, limit_amount numeric, thresholds integer[], policy text, grace_percent integer, name text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.update_budget(budget_id uuid, limit_amount numeric, thresholds integer[], policy text, grace_percent integer, name text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.update_budget(budget_id uuid, limit_amount numeric, thresholds integer[], policy text, grace_percent integer, name text) TO rowgate_user;

--
-- Name: FUNCTION update_custom_role(role_id uuid, name text, permissions text[], description text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.update_custom_role(role_id uuid, name text, permissions text[], description text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.update_custom_role(role_id uuid, name text, permissions text[], description text) TO rowgate_user;

--
-- Name: FUNCTION update_metering(time_zone text, currency text, retention_months integer, strict_pricing boolean, credit_order text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.update_metering(time_zone text, currency text, retention_months integer, strict_pricing boolean, credit_order text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.update_metering(time_zone text, currency text, retention_months integer, strict_pricing boolean, credit_order text) TO rowgate_user;

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
-- Name: FUNCTION usage_breakdown(since timestamp with time zone, until timestamp with time zone, group_by text, most integer, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.usage_breakdown(since timestamp with time zone, until timestamp with time zone, group_by text, most integer, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.usage_breakdown(since timestamp with time zone, until timestamp with time zone, group_by text, most integer, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.usage_breakdown(since timestamp with time zone, until timestamp with time zone, group_by text, most integer, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_key;

--
-- Name: FUNCTION usage_records_paid_by(usage app_public.usage_records); Type: ACL; Schema: app_public; Owner: rowgate_reader
--

REVOKE ALL ON FUNCTION app_public.usage_records_paid_by(usage app_public.usage_records) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.usage_records_paid_by(usage app_public.usage_records) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.usage_records_paid_by(usage app_public.usage_records) TO rowgate_key;

--
-- Name: FUNCTION usage_timeseries(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid); Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_public.usage_timeseries(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.usage_timeseries(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_user;
GRANT ALL ON FUNCTION app_public.usage_timeseries(since timestamp with time zone, until timestamp with time zone, bucket text, group_by text, service text, model text, team_id uuid, user_id uuid, api_key_id uuid) TO rowgate_key;

--
-- Name: TABLE custom_role_permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.custom_role_permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.custom_role_permissions TO rowgate_job;
GRANT SELECT ON TABLE app_public.custom_role_permissions TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.custom_role_permissions TO rowgate_writer;

--
-- Name: COLUMN custom_role_permissions.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.custom_role_permissions TO rowgate_writer;

--
-- Name: COLUMN custom_role_permissions.role_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(role_id) ON TABLE app_public.custom_role_permissions TO rowgate_writer;

--
-- Name: COLUMN custom_role_permissions.permission; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(permission) ON TABLE app_public.custom_role_permissions TO rowgate_writer;

--
-- Name: TABLE member_permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.member_permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.member_permissions TO rowgate_job;
GRANT SELECT ON TABLE app_public.member_permissions TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.member_permissions TO rowgate_writer;

--
-- Name: COLUMN member_permissions.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.member_permissions TO rowgate_writer;

--
-- Name: COLUMN member_permissions.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.member_permissions TO rowgate_writer;

--
-- Name: COLUMN member_permissions.permission; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(permission) ON TABLE app_public.member_permissions TO rowgate_writer;

--
-- Name: COLUMN member_permissions.effect; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(effect),UPDATE(effect) ON TABLE app_public.member_permissions TO rowgate_writer;

--
-- Name: COLUMN member_permissions.set_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(set_by),UPDATE(set_by) ON TABLE app_public.member_permissions TO rowgate_writer;

--
-- Name: COLUMN member_permissions.created_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT UPDATE(created_at) ON TABLE app_public.member_permissions TO rowgate_writer;

--
-- Name: TABLE role_permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_key;
GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_reader;
GRANT SELECT ON TABLE app_public.role_permissions TO rowgate_writer;

--
-- Name: TABLE held_permissions; Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_hidden.held_permissions TO rowgate_reader;
GRANT SELECT ON TABLE app_hidden.held_permissions TO rowgate_writer;

--
-- Name: TABLE team_role_permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.team_role_permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.team_role_permissions TO rowgate_key;
GRANT SELECT ON TABLE app_public.team_role_permissions TO rowgate_reader;
GRANT SELECT ON TABLE app_public.team_role_permissions TO rowgate_writer;

--
-- Name: TABLE team_role_holdings; Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_hidden.team_role_holdings TO rowgate_reader;
GRANT SELECT ON TABLE app_hidden.team_role_holdings TO rowgate_writer;

--
-- Name: TABLE held_team_permissions; Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_hidden.held_team_permissions TO rowgate_reader;
GRANT SELECT ON TABLE app_hidden.held_team_permissions TO rowgate_writer;

--
-- Name: TABLE credit_uses; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.credit_uses TO rowgate_reader;
GRANT SELECT ON TABLE app_private.credit_uses TO rowgate_writer;

--
-- Name: COLUMN credit_uses.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.credit_uses TO rowgate_writer;

--
-- Name: COLUMN credit_uses.subject_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(subject_id) ON TABLE app_private.credit_uses TO rowgate_writer;

--
-- Name: COLUMN credit_uses.budget_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_private.credit_uses TO rowgate_writer;

--
-- Name: TABLE frozen_rates; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.frozen_rates TO rowgate_writer;

--
-- Name: COLUMN frozen_rates.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.frozen_rates TO rowgate_writer;

--
-- Name: COLUMN frozen_rates.subject_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(subject_id) ON TABLE app_private.frozen_rates TO rowgate_writer;

--
-- Name: COLUMN frozen_rates.from_currency; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(from_currency) ON TABLE app_private.frozen_rates TO rowgate_writer;

--
-- Name: COLUMN frozen_rates.to_currency; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(to_currency) ON TABLE app_private.frozen_rates TO rowgate_writer;

--
-- Name: COLUMN frozen_rates.rate; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(rate) ON TABLE app_private.frozen_rates TO rowgate_writer;

--
-- Name: TABLE hold_lines; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.hold_lines TO rowgate_reader;
GRANT SELECT ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: COLUMN hold_lines.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: COLUMN hold_lines.hold_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(hold_id) ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: COLUMN hold_lines.budget_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: COLUMN hold_lines.starts_at; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(starts_at) ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: COLUMN hold_lines.amount; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(amount) ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: COLUMN hold_lines.expires_at; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(expires_at) ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: COLUMN hold_lines.open; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT UPDATE(open) ON TABLE app_private.hold_lines TO rowgate_writer;

--
-- Name: TABLE idempotency_keys; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT,DELETE ON TABLE app_private.idempotency_keys TO rowgate_writer;

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

GRANT INSERT(usage_record_id) ON TABLE app_private.idempotency_keys TO rowgate_writer;

--
-- Name: COLUMN idempotency_keys.occurred_at; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(occurred_at) ON TABLE app_private.idempotency_keys TO rowgate_writer;

--
-- Name: COLUMN idempotency_keys.hold_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(hold_id) ON TABLE app_private.idempotency_keys TO rowgate_writer;

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
-- Name: TABLE plan_overrides; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.plan_overrides TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_private.plan_overrides TO rowgate_writer;

--
-- Name: COLUMN plan_overrides.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.plan_overrides TO rowgate_writer;

--
-- Name: COLUMN plan_overrides.plan; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(plan) ON TABLE app_private.plan_overrides TO rowgate_writer;

--
-- Name: COLUMN plan_overrides.resource; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(resource) ON TABLE app_private.plan_overrides TO rowgate_writer;

--
-- Name: COLUMN plan_overrides.amount; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(amount),UPDATE(amount) ON TABLE app_private.plan_overrides TO rowgate_writer;

--
-- Name: TABLE rate_limits; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.rate_limits TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_private.rate_limits TO rowgate_writer;

--
-- Name: COLUMN rate_limits.scope; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(scope) ON TABLE app_private.rate_limits TO rowgate_writer;

--
-- Name: COLUMN rate_limits.plan; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(plan) ON TABLE app_private.rate_limits TO rowgate_writer;

--
-- Name: COLUMN rate_limits.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.rate_limits TO rowgate_writer;

--
-- Name: COLUMN rate_limits.rate; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(rate),UPDATE(rate) ON TABLE app_private.rate_limits TO rowgate_writer;

--
-- Name: COLUMN rate_limits.burst; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(burst),UPDATE(burst) ON TABLE app_private.rate_limits TO rowgate_writer;

--
-- Name: TABLE rollup_marks; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.rollup_marks TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_private.rollup_marks TO rowgate_writer;

--
-- Name: COLUMN rollup_marks.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.rollup_marks TO rowgate_writer;

--
-- Name: COLUMN rollup_marks.written_in; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT UPDATE(written_in) ON TABLE app_private.rollup_marks TO rowgate_writer;

--
-- Name: TABLE search_words; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.search_words TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_private.search_words TO rowgate_writer;

--
-- Name: COLUMN search_words.organization_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_private.search_words TO rowgate_writer;

--
-- Name: COLUMN search_words.kind; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(kind) ON TABLE app_private.search_words TO rowgate_writer;

--
-- Name: COLUMN search_words.word; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(word) ON TABLE app_private.search_words TO rowgate_writer;

--
-- Name: COLUMN search_words.target_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(target_id) ON TABLE app_private.search_words TO rowgate_writer;

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

GRANT SELECT(organization_id) ON TABLE app_private.sessions TO rowgate_reader;
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
-- Name: COLUMN sessions.ended_because; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT UPDATE(ended_because) ON TABLE app_private.sessions TO rowgate_writer;

--
-- Name: TABLE used_refresh_tokens; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.used_refresh_tokens TO rowgate_writer;

--
-- Name: COLUMN used_refresh_tokens.refresh_hash; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(refresh_hash) ON TABLE app_private.used_refresh_tokens TO rowgate_writer;

--
-- Name: COLUMN used_refresh_tokens.session_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(session_id) ON TABLE app_private.used_refresh_tokens TO rowgate_writer;

--
-- Name: TABLE user_identities; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_private.user_identities TO rowgate_reader;
GRANT SELECT ON TABLE app_private.user_identities TO rowgate_writer;

--
-- Name: COLUMN user_identities.issuer; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(issuer) ON TABLE app_private.user_identities TO rowgate_writer;

--
-- Name: COLUMN user_identities.subject; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(subject) ON TABLE app_private.user_identities TO rowgate_writer;

--
-- Name: COLUMN user_identities.user_id; Type: ACL; Schema: app_private; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_private.user_identities TO rowgate_writer;

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
GRANT SELECT ON TABLE app_public.budget_alerts TO rowgate_key;
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
-- Name: COLUMN budget_alerts.starts_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(starts_at) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.limit_version; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_version) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.threshold; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(threshold) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.limit_amount; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_amount) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.settled; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(settled) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: COLUMN budget_alerts.announced; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(announced) ON TABLE app_public.budget_alerts TO rowgate_writer;

--
-- Name: TABLE budget_changes; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budget_changes TO rowgate_user;
GRANT SELECT ON TABLE app_public.budget_changes TO rowgate_key;
GRANT SELECT ON TABLE app_public.budget_changes TO rowgate_job;
GRANT SELECT ON TABLE app_public.budget_changes TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.budget_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.action; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(action) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.limit_version; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_version) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.limit_before; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_before) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.limit_after; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(limit_after) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.details; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(details) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: COLUMN budget_changes.changed_by; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(changed_by) ON TABLE app_public.budget_changes TO rowgate_writer;

--
-- Name: TABLE budget_overruns; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budget_overruns TO rowgate_user;
GRANT SELECT ON TABLE app_public.budget_overruns TO rowgate_key;
GRANT SELECT ON TABLE app_public.budget_overruns TO rowgate_job;
GRANT SELECT ON TABLE app_public.budget_overruns TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budget_overruns TO rowgate_writer;

--
-- Name: COLUMN budget_overruns.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budget_overruns TO rowgate_writer;

--
-- Name: COLUMN budget_overruns.budget_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_public.budget_overruns TO rowgate_writer;

--
-- Name: COLUMN budget_overruns.starts_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(starts_at) ON TABLE app_public.budget_overruns TO rowgate_writer;

--
-- Name: COLUMN budget_overruns.usage_record_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(usage_record_id) ON TABLE app_public.budget_overruns TO rowgate_writer;

--
-- Name: COLUMN budget_overruns.reason; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(reason) ON TABLE app_public.budget_overruns TO rowgate_writer;

--
-- Name: COLUMN budget_overruns.amount; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(amount) ON TABLE app_public.budget_overruns TO rowgate_writer;

--
-- Name: TABLE budget_shards; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.budget_shards TO rowgate_user;
GRANT SELECT ON TABLE app_public.budget_shards TO rowgate_key;
GRANT SELECT ON TABLE app_public.budget_shards TO rowgate_job;
GRANT SELECT ON TABLE app_public.budget_shards TO rowgate_reader;
GRANT SELECT ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.budget_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(budget_id) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.starts_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(starts_at) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.shard; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(shard) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.settled; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(settled),UPDATE(settled) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.held; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(held),UPDATE(held) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.room; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(room),UPDATE(room) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.ahead; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(ahead),UPDATE(ahead) ON TABLE app_public.budget_shards TO rowgate_writer;

--
-- Name: COLUMN budget_shards.valid_until; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(valid_until),UPDATE(valid_until) ON TABLE app_public.budget_shards TO rowgate_writer;

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
-- Name: TABLE health_minutes; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.health_minutes TO rowgate_user;
GRANT SELECT ON TABLE app_public.health_minutes TO rowgate_job;
GRANT SELECT,DELETE ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.minute; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(minute) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.requests; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(requests),UPDATE(requests) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.errors; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(errors),UPDATE(errors) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.refused; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(refused),UPDATE(refused) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.duration_ms; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(duration_ms),UPDATE(duration_ms) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.slowest_ms; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(slowest_ms),UPDATE(slowest_ms) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.jobs_done; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(jobs_done),UPDATE(jobs_done) ON TABLE app_public.health_minutes TO rowgate_writer;

--
-- Name: COLUMN health_minutes.jobs_failed; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(jobs_failed),UPDATE(jobs_failed) ON TABLE app_public.health_minutes TO rowgate_writer;

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
GRANT SELECT ON TABLE app_public.permissions TO rowgate_writer;

--
-- Name: TABLE plans; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.plans TO rowgate_user;
GRANT SELECT ON TABLE app_public.plans TO rowgate_key;
GRANT SELECT ON TABLE app_public.plans TO rowgate_reader;
GRANT SELECT ON TABLE app_public.plans TO rowgate_writer;

--
-- Name: TABLE roles; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.roles TO rowgate_user;
GRANT SELECT ON TABLE app_public.roles TO rowgate_key;
GRANT SELECT ON TABLE app_public.roles TO rowgate_reader;
GRANT SELECT ON TABLE app_public.roles TO rowgate_writer;

--
-- Name: TABLE storage_use; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.storage_use TO rowgate_user;
GRANT SELECT ON TABLE app_public.storage_use TO rowgate_job;
GRANT SELECT ON TABLE app_public.storage_use TO rowgate_reader;
GRANT SELECT ON TABLE app_public.storage_use TO rowgate_writer;

--
-- Name: COLUMN storage_use.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.storage_use TO rowgate_writer;

--
-- Name: COLUMN storage_use.source; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(source) ON TABLE app_public.storage_use TO rowgate_writer;

--
-- Name: COLUMN storage_use.bytes; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(bytes),UPDATE(bytes) ON TABLE app_public.storage_use TO rowgate_writer;

--
-- Name: COLUMN storage_use.measured_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(measured_at),UPDATE(measured_at) ON TABLE app_public.storage_use TO rowgate_writer;

--
-- Name: TABLE unpriced_models; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.unpriced_models TO rowgate_user;
GRANT SELECT ON TABLE app_public.unpriced_models TO rowgate_job;
GRANT SELECT,DELETE ON TABLE app_public.unpriced_models TO rowgate_writer;

--
-- Name: COLUMN unpriced_models.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.unpriced_models TO rowgate_writer;

--
-- Name: COLUMN unpriced_models.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.unpriced_models TO rowgate_writer;

--
-- Name: COLUMN unpriced_models.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.unpriced_models TO rowgate_writer;

--
-- Name: TABLE usage_rollups; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.usage_rollups TO rowgate_user;
GRANT SELECT ON TABLE app_public.usage_rollups TO rowgate_key;
GRANT SELECT ON TABLE app_public.usage_rollups TO rowgate_job;
GRANT SELECT ON TABLE app_public.usage_rollups TO rowgate_reader;
GRANT SELECT,DELETE ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.organization_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(organization_id) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.whole; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(whole) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.grain; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(grain) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.starts_at; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(starts_at) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.service; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(service) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.model; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(model) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.currency; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(currency) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.team_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(team_id) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.user_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(user_id) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.api_key_id; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(api_key_id) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.records; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(records),UPDATE(records) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.requests; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(requests),UPDATE(requests) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.tokens_in; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(tokens_in),UPDATE(tokens_in) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.tokens_out; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(tokens_out),UPDATE(tokens_out) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- Name: COLUMN usage_rollups.cost; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT INSERT(cost),UPDATE(cost) ON TABLE app_public.usage_rollups TO rowgate_writer;

--
-- PostgreSQL database dump complete
--

