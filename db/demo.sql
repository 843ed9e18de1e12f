-- Demo data: three organizations, four people, 100 usage records over the last 30 days. Everybody's password is
-- "rowgate-demo", and both API keys are known to everybody who reads this file: never for production.
-- Idempotent: does nothing where TechCorp exists already.
do $$
declare
  john uuid; jane uuid; alice uuid; bob uuid;
  techcorp uuid; startupio uuid; agency uuid;
  engineering uuid; frontend uuid; backend uuid; product uuid;
  techcorp_key uuid; startupio_key uuid;
  key_scopes constant text[] := array(select permission from app_public.role_permissions where role = 'api_key');
begin
  if exists (select from app_public.organizations where slug = 'techcorp') then
    return;
  end if;

  insert into app_public.users (email, name, email_verified_at) values ('john@techcorp.example', 'John Doe', now()) returning id into john;
  insert into app_public.users (email, name, email_verified_at) values ('jane@techcorp.example', 'Jane Smith', now()) returning id into jane;
  insert into app_public.users (email, name, email_verified_at) values ('alice@techcorp.example', 'Alice Chen', now()) returning id into alice;
  insert into app_public.users (email, name, email_verified_at) values ('bob@startupio.example', 'Bob Wilson', now()) returning id into bob;
  insert into app_private.user_passwords (user_id, salt, verifier) values
    (john, '\xfca9e4095f95cec2308eefa78dab056b', '\xebbcddf4a038c4aa1a397500b266de1dc187611fd6948c8d455118625ef8c12e'),
    (jane, '\x858f88fdadaf551d43f83313301e7d82', '\x48b8e9b691f63d4189cae657fc7cd08e99d8c163830f2f72b13c4e00166af2b7'),
    (alice, '\x343a3da02998a095e9503cc7313982a0', '\x4968e6937614987c3f275653bad559237aca7e1ea10c05ca100b18b901d2d0c1'),
    (bob, '\x674ac2dfd3eb3e905e978c5191c41a40', '\xef6bec532cb78a59f2764cb187ee1fd12dc5b97cfb82451e544b2af5e7a3e321');

  insert into app_public.organizations (name, slug, description, plan)
  values ('TechCorp Inc.', 'techcorp', 'Builds software for other companies.', 'enterprise') returning id into techcorp;
  insert into app_public.organizations (name, slug, description, plan)
  values ('StartupIO', 'startupio', 'A product in search of its market.', 'pro') returning id into startupio;
  insert into app_public.organizations (name, slug, description, plan)
  values ('Digital Agency Ltd', 'digital-agency', 'Campaigns and sites.', 'free') returning id into agency;

  -- A few list prices and rates; "npm run prices:update" loads them all.
  perform app_hidden.set_list_prices('openai', 'gpt-5', 'USD', '[
    {"unit": "input_token", "price": "0.00000125"}, {"unit": "cached_input_token", "price": "0.000000125"},
    {"unit": "output_token", "price": "0.00001"}]', '2025-08-07T00:00:00Z');
  perform app_hidden.set_list_prices('anthropic', 'claude-opus-4-5', 'USD', '[
    {"unit": "input_token", "price": "0.000005"}, {"unit": "cached_input_token", "price": "0.0000005"},
    {"unit": "output_token", "price": "0.000025"}]', '2025-11-24T00:00:00Z');
  perform app_hidden.set_list_prices('google', 'gemini-3-pro', 'USD', '[
    {"unit": "input_token", "price": "0.000002"}, {"unit": "output_token", "price": "0.000012"},
    {"unit": "input_token", "price": "0.000004", "from_tokens_in": 200001},
    {"unit": "output_token", "price": "0.000018", "from_tokens_in": 200001}]', '2025-11-18T00:00:00Z');
  perform app_hidden.set_exchange_rate('EUR', 'USD', 1.08, '2025-01-01T00:00:00Z');
  perform app_hidden.set_exchange_rate('GBP', 'USD', 1.27, '2025-01-01T00:00:00Z');
  perform app_hidden.set_exchange_rate('USD', 'JPY', 155, '2025-01-01T00:00:00Z');

  insert into app_public.members (organization_id, user_id, role, invited_by) values
    (techcorp, john, 'owner', null), (techcorp, jane, 'admin', john), (techcorp, alice, 'member', jane),
    (startupio, bob, 'owner', null),
    (agency, alice, 'owner', null);

  insert into app_public.teams (organization_id, name) values (techcorp, 'Engineering Team') returning id into engineering;
  insert into app_public.teams (organization_id, name, parent_team_id)
  values (techcorp, 'Frontend Squad', engineering) returning id into frontend;
  insert into app_public.teams (organization_id, name, parent_team_id)
  values (techcorp, 'Backend Squad', engineering) returning id into backend;
  insert into app_public.teams (organization_id, name) values (startupio, 'Product Team') returning id into product;
  insert into app_public.team_members (organization_id, team_id, user_id, role) values
    (techcorp, engineering, jane, 'lead'), (techcorp, frontend, alice, 'member'), (startupio, product, bob, 'lead');

  insert into app_public.org_api_keys (organization_id, team_id, name, mode, key_prefix, last_four, created_by, responsible_id, scopes)
  values (techcorp, backend, 'Backend ingestion', 'test', 'rg_test_BdeEQf74CbBd', 'zCCR', jane, jane, key_scopes) returning id into techcorp_key;
  insert into app_public.org_api_keys (organization_id, team_id, name, mode, key_prefix, last_four, created_by, responsible_id, scopes)
  values (startupio, product, 'Production', 'test', 'rg_test_OcIDItfQr2qH', 'ycbn', bob, bob, key_scopes) returning id into startupio_key;
  insert into app_private.org_api_key_secrets (organization_id, key_id, key_hash) values
    (techcorp, techcorp_key, sha256('rg_test_BdeEQf74CbBd_wALTXXvg5ZgY4xveO2zP2C5uOuLa2aKYdc0HTz3Zka324zCCR')),
    (startupio, startupio_key, sha256('rg_test_OcIDItfQr2qH_HryMpTWNDzEfHhtNZS0YCX1lTyyhKYyERtGo3YPJZfR1mycbn'));

  insert into app_public.usage_records
    (organization_id, team_id, user_id, api_key_id, service, model, tokens_in, tokens_out, cost, currency, charged,
      charged_currency, occurred_at)
  select
    who.organization_id, who.team_id, who.user_id, who.api_key_id,
    (array['openai', 'anthropic', 'google'])[1 + n % 3],
    (array['gpt-5', 'claude-opus-4-5', 'gemini-3-pro'])[1 + n % 3],
    200 + n * 131 % 4000, 50 + n * 67 % 1500,
    round(who.scale * (1 + n * 37 % 100) / 100, 4), 'USD', round(who.scale * (1 + n * 37 % 100) / 100, 4), 'USD',
    now() - n * interval '7 hours 12 minutes'
  from generate_series(0, 99) as n
    cross join lateral (
      select * from (values
        (0, techcorp, frontend, alice, null::uuid, 40.0), (1, techcorp, backend, null, techcorp_key, 60.0),
        (2, techcorp, engineering, jane, null, 30.0), (3, startupio, product, bob, null, 25.0),
        (4, startupio, product, null, startupio_key, 30.0), (5, techcorp, backend, null, techcorp_key, 60.0),
        (6, techcorp, frontend, alice, null, 40.0), (7, agency, null, alice, null, 6.0),
        (8, startupio, product, null, startupio_key, 30.0), (9, techcorp, null, john, null, 20.0)
      ) as pattern (position, organization_id, team_id, user_id, api_key_id, scale)
      where pattern.position = n % 10
    ) as who;

  insert into app_public.budgets (organization_id, limit_amount, counts_from)
  select budgeted.id, budgeted.limit_amount, '-infinity'
  from (values (techcorp, 5000), (startupio, 1000), (agency, 100)) as budgeted (id, limit_amount);
  insert into app_public.budgets (organization_id, team_id, limit_amount, counts_from) values (techcorp, engineering, 3000, '-infinity');
  -- Each record is charged like one that comes in late, so the counters agree with the records, period by period.
  perform app_hidden.book(usage, budget.budget_id, budget.unit, budget.starts_at, budget.ends_at, budget.budget_currency,
    budget.shards, 'late')
  from app_public.usage_records as usage
    cross join lateral app_hidden.applicable_budgets(usage.organization_id,
      app_hidden.team_path(usage.organization_id, usage.team_id) || array[usage.organization_id, usage.user_id, usage.api_key_id],
      usage.service, usage.model, usage.occurred_at) as budget
  where usage.organization_id in (techcorp, startupio, agency);
end;
$$;
