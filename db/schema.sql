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
    ('CURRENCY_MISMATCH', 422, 'The usage is in another currency than the budget.',
      'Send the cost in the budget''s currency.')
$$;

ALTER FUNCTION app_hidden.error_codes() OWNER TO rowgate_owner;

--
-- Name: FUNCTION error_codes(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_owner
--

COMMENT ON FUNCTION app_hidden.error_codes() IS 'All error codes that the database raises, with HTTP status, message and remedy.';

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
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  person constant uuid := app_hidden.current_user_id();
  key constant uuid := app_hidden.current_key_id();
  tenant constant uuid := app_hidden.current_organization_id();
begin
  if person is not null then
    return array(
      select distinct held.organization_id
      from app_hidden.held_permissions as held
        join app_public.organizations on organizations.id = held.organization_id and organizations.status <> 'deleted'
      where held.user_id = person and held.permission = organizations_permitting.permission
        and (tenant is null or held.organization_id = tenant)
    );
  elsif key is not null then
    return array(
      select org_api_keys.organization_id
      from app_public.org_api_keys
        join app_public.organizations on organizations.id = org_api_keys.organization_id and organizations.status <> 'deleted'
      where org_api_keys.id = key and org_api_keys.status = 'active'
        and org_api_keys.organization_id = tenant
        and organizations_permitting.permission = any (org_api_keys.scopes)
        and exists (
          select from app_public.role_permissions
          where role_permissions.role = 'api_key' and role_permissions.permission = organizations_permitting.permission
        )
        and (not org_api_keys.bound_to_creator or exists (
          select from app_hidden.held_permissions as held
          where held.organization_id = org_api_keys.organization_id and held.user_id = org_api_keys.responsible_id
            and held.permission = organizations_permitting.permission
        ))
    );
  end if;
  return '{}';
end;
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
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return app_hidden.teams_permitting(null);
end;
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
  -- The longest word is the rarest: its range of the index is read, and the rest compared.
  wanted constant text[] := array(select word from unnest(app_hidden.words(query)) as word order by length(word) desc, word);
  last constant text := chr(1114111);
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
  -- Whole words come before words that only begin so: that is the order of the index.
  return array(
    select candidates.target_id
    from (
      select words.target_id, words.word
      from app_private.search_words as words
      where words.organization_id = any (tenants) and words.kind = search_targets.kind
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
-- Name: tenant_organizations(); Type: FUNCTION; Schema: app_hidden; Owner: rowgate_reader
--

CREATE FUNCTION app_hidden.tenant_organizations() RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  person constant uuid := app_hidden.current_user_id();
  key constant uuid := app_hidden.current_key_id();
  tenant constant uuid := app_hidden.current_organization_id();
begin
  if person is not null then
    return array(
      select members.organization_id
      from app_public.members
        join app_public.organizations on organizations.id = members.organization_id and organizations.status = 'active'
      where members.user_id = person and (tenant is null or members.organization_id = tenant)
    );
  elsif key is not null then
    return array(
      select org_api_keys.organization_id
      from app_public.org_api_keys
        join app_public.organizations on organizations.id = org_api_keys.organization_id and organizations.status = 'active'
      where org_api_keys.id = key and org_api_keys.status = 'active' and org_api_keys.organization_id = tenant
    );
  elsif app_hidden.claim('job') = 'true' then
    return array(select organizations.id from app_public.organizations where id = tenant and status = 'active');
  end if;
  return '{}';
end;
$$;

ALTER FUNCTION app_hidden.tenant_organizations() OWNER TO rowgate_reader;

--
-- Name: FUNCTION tenant_organizations(); Type: COMMENT; Schema: app_hidden; Owner: rowgate_reader
--

COMMENT ON FUNCTION app_hidden.tenant_organizations() IS 'The active organizations in which this transaction may act: the chosen one, or all of the caller''s while none is chosen.';

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

COMMENT ON FUNCTION app_public.add_member(email text, role text, custom_role_id uuid) IS 'Adds the person with this e-mail address to the chosen organization; answers alike when nobody has it. role: owner, admin, member (the default) or viewer; or customRoleId for one of the organization''s own. You must hold all that the role holds. Needs member:create. Raises FORBIDDEN, RIGHTS_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, INVALID_INPUT.';

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

COMMENT ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean) IS 'Creates an API key of the chosen organization and answers the key: it is shown only here. boundToCreator: it never holds more than you hold now. Needs key:create. Raises FORBIDDEN, NOT_FOUND, INVALID_INPUT.';

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

COMMENT ON FUNCTION app_public.create_team(name text, parent_team_id uuid, description text) IS 'Creates a team in the chosen organization, below another one if parentTeamId is given. Needs team:create. Raises FORBIDDEN, NOT_FOUND, TEAM_TOO_DEEP, ALREADY_EXISTS, INVALID_INPUT.';

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
-- Name: budget_alerts_period_idx; Type: INDEX; Schema: app_public; Owner: rowgate_owner
--

CREATE INDEX budget_alerts_period_idx ON app_public.budget_alerts USING btree (organization_id, budget_id, period_start);

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
-- Name: search_words delete_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_private.search_words FOR DELETE TO rowgate_writer USING (true);

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
-- Name: search_words insert_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_private.search_words FOR INSERT TO rowgate_writer WITH CHECK (true);

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
-- Name: search_words; Type: ROW SECURITY; Schema: app_private; Owner: rowgate_owner
--

ALTER TABLE app_private.search_words ENABLE ROW LEVEL SECURITY;

--
-- Name: org_api_key_secrets select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.org_api_key_secrets FOR SELECT TO rowgate_reader USING (true);

--
-- Name: search_words select_reader; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_private.search_words FOR SELECT TO rowgate_reader USING (true);

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
-- Name: search_words select_writer; Type: POLICY; Schema: app_private; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_private.search_words FOR SELECT TO rowgate_writer USING (true);

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
-- Name: budget_periods; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.budget_periods ENABLE ROW LEVEL SECURITY;

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
-- Name: member_permissions delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.member_permissions FOR DELETE TO rowgate_writer USING (true);

--
-- Name: members delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.members FOR DELETE TO rowgate_writer USING (true);

--
-- Name: team_members delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.team_members FOR DELETE TO rowgate_writer USING (true);

--
-- Name: team_role_exceptions delete_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY delete_writer ON app_public.team_role_exceptions FOR DELETE TO rowgate_writer USING (true);

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
-- Name: custom_role_permissions floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.custom_role_permissions AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: custom_roles floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.custom_roles AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: member_permissions floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.member_permissions AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: members floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.members AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: org_api_keys floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.org_api_keys AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: ownership_transfers floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.ownership_transfers AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: team_members floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.team_members AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

--
-- Name: team_role_exceptions floor_delete; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_delete ON app_public.team_role_exceptions AS RESTRICTIVE FOR DELETE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)));

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
-- Name: custom_role_permissions floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.custom_role_permissions AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: custom_roles floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.custom_roles AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: member_permissions floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.member_permissions AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: members floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.members AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: org_api_keys floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.org_api_keys AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: organizations floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.organizations AS RESTRICTIVE FOR UPDATE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: ownership_transfers floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.ownership_transfers AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: team_members floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.team_members AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: team_role_exceptions floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.team_role_exceptions AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: teams floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.teams AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

--
-- Name: usage_records floor_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY floor_tenant ON app_public.usage_records AS RESTRICTIVE TO rowgate_anonymous, rowgate_user, rowgate_key, rowgate_job USING ((organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))) WITH CHECK (((organization_id = ( SELECT app_hidden.current_organization_id() AS current_organization_id)) AND (organization_id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[]))));

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
-- Name: custom_role_permissions insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.custom_role_permissions FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: custom_roles insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.custom_roles FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: member_permissions insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.member_permissions FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: members insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.members FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: org_api_keys insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.org_api_keys FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: organizations insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.organizations FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: ownership_transfers insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.ownership_transfers FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: team_members insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.team_members FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: team_role_exceptions insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.team_role_exceptions FOR INSERT TO rowgate_writer WITH CHECK (true);

--
-- Name: usage_records insert_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY insert_writer ON app_public.usage_records FOR INSERT TO rowgate_writer WITH CHECK (true);

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
-- Name: org_api_keys; Type: ROW SECURITY; Schema: app_public; Owner: rowgate_owner
--

ALTER TABLE app_public.org_api_keys ENABLE ROW LEVEL SECURITY;

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
  WHERE ((members.user_id = users.id) AND (members.organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[]))))));

--
-- Name: permissions select_everybody; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_everybody ON app_public.permissions FOR SELECT TO rowgate_reader, rowgate_writer, rowgate_user, rowgate_key USING (true);

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
-- Name: usage_records select_own; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own ON app_public.usage_records FOR SELECT TO rowgate_key USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('usage:read'::text) AS organizations_permitting)::uuid[])) AND (api_key_id = ( SELECT app_hidden.current_key_id() AS current_key_id))));

--
-- Name: member_permissions select_own_or_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_own_or_permitted ON app_public.member_permissions FOR SELECT TO rowgate_user USING (((user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:update'::text) AS organizations_permitting)::uuid[]))));

--
-- Name: ownership_transfers select_party_or_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_party_or_permitted ON app_public.ownership_transfers FOR SELECT TO rowgate_user USING (((from_user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (to_user_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (organization_id = ANY (( SELECT app_hidden.organizations_permitting('owner:manage'::text) AS organizations_permitting)::uuid[]))));

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
-- Name: custom_role_permissions select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.custom_role_permissions FOR SELECT TO rowgate_user USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: custom_roles select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.custom_roles FOR SELECT TO rowgate_user USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: members select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.members FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: org_api_keys select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.org_api_keys FOR SELECT TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('key:read'::text) AS organizations_permitting)::uuid[])) AND ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('key:read_all'::text) AS organizations_permitting)::uuid[])) OR (responsible_id = ( SELECT app_hidden.current_user_id() AS current_user_id)) OR (team_id = ANY (( SELECT app_hidden.reachable_teams() AS reachable_teams)::uuid[])))));

--
-- Name: organizations select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.organizations FOR SELECT TO rowgate_user, rowgate_key USING ((id = ANY (( SELECT app_hidden.organizations_permitting('organization:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: team_members select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.team_members FOR SELECT TO rowgate_user, rowgate_key USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('team:read'::text) AS organizations_permitting)::uuid[])));

--
-- Name: team_role_exceptions select_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_permitted ON app_public.team_role_exceptions FOR SELECT TO rowgate_user USING ((organization_id = ANY (( SELECT app_hidden.organizations_permitting('member:read'::text) AS organizations_permitting)::uuid[])));

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
-- Name: custom_role_permissions select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.custom_role_permissions FOR SELECT TO rowgate_reader USING (true);

--
-- Name: custom_roles select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.custom_roles FOR SELECT TO rowgate_reader USING (true);

--
-- Name: member_permissions select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.member_permissions FOR SELECT TO rowgate_reader USING (true);

--
-- Name: members select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.members FOR SELECT TO rowgate_reader USING (true);

--
-- Name: org_api_keys select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.org_api_keys FOR SELECT TO rowgate_reader USING (true);

--
-- Name: organizations select_reader; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_reader ON app_public.organizations FOR SELECT TO rowgate_reader USING (true);

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
-- Name: custom_role_permissions select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.custom_role_permissions FOR SELECT TO rowgate_job USING (true);

--
-- Name: custom_roles select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.custom_roles FOR SELECT TO rowgate_job USING (true);

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

CREATE POLICY select_tenant ON app_public.organizations FOR SELECT TO rowgate_job USING ((id = ANY (( SELECT app_hidden.tenant_organizations() AS tenant_organizations)::uuid[])));

--
-- Name: ownership_transfers select_tenant; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_tenant ON app_public.ownership_transfers FOR SELECT TO rowgate_job USING (true);

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
-- Name: custom_role_permissions select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.custom_role_permissions FOR SELECT TO rowgate_writer USING (true);

--
-- Name: custom_roles select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.custom_roles FOR SELECT TO rowgate_writer USING (true);

--
-- Name: member_permissions select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.member_permissions FOR SELECT TO rowgate_writer USING (true);

--
-- Name: members select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.members FOR SELECT TO rowgate_writer USING (true);

--
-- Name: org_api_keys select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.org_api_keys FOR SELECT TO rowgate_writer USING (true);

--
-- Name: organizations select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.organizations FOR SELECT TO rowgate_writer USING (true);

--
-- Name: ownership_transfers select_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY select_writer ON app_public.ownership_transfers FOR SELECT TO rowgate_writer USING (true);

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
-- Name: org_api_keys update_own_or_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_own_or_permitted ON app_public.org_api_keys FOR UPDATE TO rowgate_user USING (((organization_id = ANY (( SELECT app_hidden.organizations_permitting('key:revoke_all'::text) AS organizations_permitting)::uuid[])) OR (responsible_id = ( SELECT app_hidden.current_user_id() AS current_user_id)))) WITH CHECK ((status = 'revoked'::text));

--
-- Name: organizations update_permitted; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_permitted ON app_public.organizations FOR UPDATE TO rowgate_user USING ((id = ANY (( SELECT app_hidden.organizations_permitting('organization:update'::text) AS organizations_permitting)::uuid[]))) WITH CHECK ((id = ANY (( SELECT app_hidden.organizations_permitting('organization:update'::text) AS organizations_permitting)::uuid[])));

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
-- Name: custom_roles update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.custom_roles FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: member_permissions update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.member_permissions FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: members update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.members FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: org_api_keys update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.org_api_keys FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: organizations update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.organizations FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

--
-- Name: ownership_transfers update_writer; Type: POLICY; Schema: app_public; Owner: rowgate_owner
--

CREATE POLICY update_writer ON app_public.ownership_transfers FOR UPDATE TO rowgate_writer USING (true) WITH CHECK (true);

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
-- Name: TYPE access_explanation; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.access_explanation FROM PUBLIC;

--
-- Name: TYPE bulk_result; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

REVOKE ALL ON TYPE app_public.bulk_result FROM PUBLIC;

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
-- Name: FUNCTION change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.change_members(user_ids uuid[], all_or_nothing boolean, action text, arguments jsonb) TO rowgate_user;

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
-- Name: FUNCTION explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.explain_permission(organization_id uuid, user_id uuid, permission text, team_id uuid) TO rowgate_reader;

--
-- Name: FUNCTION is_email(email text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.is_email(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.is_email(email text) TO rowgate_user;
GRANT ALL ON FUNCTION app_hidden.is_email(email text) TO rowgate_writer;

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
-- Name: FUNCTION lock_members(permission text, team_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_hidden.lock_members(permission text, team_id uuid) FROM PUBLIC;

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
-- Name: FUNCTION month_cost(organization_id uuid, currency text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.month_cost(organization_id uuid, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.month_cost(organization_id uuid, currency text) TO rowgate_writer;

--
-- Name: FUNCTION move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.move_member(user_id uuid, from_team_id uuid, to_team_id uuid, role text) TO rowgate_user;

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
-- Name: FUNCTION role_holds(organization_id uuid, role text, custom_role_id uuid); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.role_holds(organization_id uuid, role text, custom_role_id uuid) TO rowgate_writer;

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
-- Name: FUNCTION words(content text); Type: ACL; Schema: app_hidden; Owner: rowgate_owner
--

REVOKE ALL ON FUNCTION app_hidden.words(content text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_hidden.words(content text) TO rowgate_reader;
GRANT ALL ON FUNCTION app_hidden.words(content text) TO rowgate_writer;

--
-- Name: FUNCTION keep_an_owner(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_an_owner() FROM PUBLIC;

--
-- Name: FUNCTION keep_search_words(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_search_words() FROM PUBLIC;

--
-- Name: FUNCTION keep_tree(); Type: ACL; Schema: app_private; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_private.keep_tree() FROM PUBLIC;

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
-- Name: FUNCTION create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.create_api_key(name text, team_id uuid, rate_limit integer, monthly_quota bigint, expires_at timestamp with time zone, bound_to_creator boolean) TO rowgate_user;

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
-- Name: FUNCTION set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.set_budget(monthly_limit numeric, alert_threshold integer, currency text, status text) TO rowgate_user;

--
-- Name: FUNCTION set_member_permission(user_id uuid, permission text, effect text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.set_member_permission(user_id uuid, permission text, effect text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.set_member_permission(user_id uuid, permission text, effect text) TO rowgate_user;

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
-- Name: FUNCTION sign_out(); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.sign_out() FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.sign_out() TO rowgate_user;

--
-- Name: FUNCTION update_custom_role(role_id uuid, name text, permissions text[], description text); Type: ACL; Schema: app_public; Owner: rowgate_writer
--

REVOKE ALL ON FUNCTION app_public.update_custom_role(role_id uuid, name text, permissions text[], description text) FROM PUBLIC;
GRANT ALL ON FUNCTION app_public.update_custom_role(role_id uuid, name text, permissions text[], description text) TO rowgate_user;

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
-- Name: TABLE permissions; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.permissions TO rowgate_user;
GRANT SELECT ON TABLE app_public.permissions TO rowgate_key;
GRANT SELECT ON TABLE app_public.permissions TO rowgate_reader;
GRANT SELECT ON TABLE app_public.permissions TO rowgate_writer;

--
-- Name: TABLE roles; Type: ACL; Schema: app_public; Owner: rowgate_owner
--

GRANT SELECT ON TABLE app_public.roles TO rowgate_user;
GRANT SELECT ON TABLE app_public.roles TO rowgate_key;
GRANT SELECT ON TABLE app_public.roles TO rowgate_reader;
GRANT SELECT ON TABLE app_public.roles TO rowgate_writer;

--
-- PostgreSQL database dump complete
--

