import { calcPrice, updatePrices, waitForUpdate } from '@pydantic/genai-prices'
import type { MatchLogic, ModelInfo, ModelPrice, Provider } from '@pydantic/genai-prices'
import pg from 'pg'

/** Which of the package's prices are taken, as what, and by which power of ten they are per more than one. */
const units: Record<string, { unit: string; exponent: number }> = {
  input_mtok: { unit: 'input_token', exponent: -6 },
  cache_read_mtok: { unit: 'cached_input_token', exponent: -6 },
  output_mtok: { unit: 'output_token', exponent: -6 },
  requests_kcount: { unit: 'request', exponent: -3 }
}

export interface UnitPrice {
  unit: string
  /** Exact decimal text: nothing is multiplied before PostgreSQL reads it. */
  price: string
  from_tokens_in?: number
}

export interface PriceList {
  service: string
  model: string
  currency: string
  /** Null: since ever. */
  effective_from: string | null
  prices: UnitPrice[]
}

export interface ModelAlias {
  service: string
  alias: string
  model: string
}

/** What is written to a database, and how much of it was new. */
export interface Imported {
  lists: number
  changed: number
  aliases: number
}

/** The prices that the package brings along: it asks nobody on the network. */
export async function bundledPrices(): Promise<{ lists: PriceList[]; aliases: ModelAlias[] }> {
  updatePrices(() => {})
  const providers = (await waitForUpdate()) ?? []
  const dated = [...new Set(providers.flatMap(({ models }) => models.flatMap(namesOf)).map(bareName))].filter(isDated)
  const lists: PriceList[] = []
  const aliases: ModelAlias[] = []
  for (const provider of providers) {
    const resolve = (name: string) => calcPrice({}, name, { providerId: provider.id })?.model
    const borrowed = providers
      .filter(({ id }) => provider.fallback_model_providers?.includes(id))
      .flatMap(({ models }) => models.filter(model => resolve(model.id) === model))
      .filter(({ id }) => !provider.models.some(own => own.id === id))
    const priced = new Map([...provider.models, ...borrowed].map(model => [model, listsOf(provider, model)]))
    const models = [...priced.keys()].filter(model => priced.get(model)!.length > 0)
    lists.push(...models.flatMap(model => priced.get(model)!))
    const known = new Set([...priced.keys()].map(({ id }) => id))
    for (const alias of new Set([...models.flatMap(namesOf), ...dated])) {
      const model = resolve(alias)
      if (model && models.includes(model) && !known.has(alias))
        aliases.push({ service: provider.id, alias, model: model.id })
    }
  }
  return { lists, aliases }
}

/** @param databaseUrl of an administrator, as for a migration. */
export async function updateListPrices(databaseUrl: string): Promise<Imported> {
  const { lists, aliases } = await bundledPrices()
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'rowgate prices' })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('set local role rowgate_owner')
    const imported = await client.query(
      'select models::int as lists, changed::int from app_hidden.import_list_prices($1)',
      [JSON.stringify(lists)]
    )
    const named = await client.query('select app_hidden.import_model_aliases($1)::int as aliases', [
      JSON.stringify(aliases)
    ])
    await client.query('commit')
    return { ...imported.rows[0], ...named.rows[0] }
  } finally {
    await client.end()
  }
}

/** One for each time that the prices changed; none for a model whose prices depend on the hour of the day. */
function listsOf({ id: service }: Provider, { id: model, prices }: ModelInfo): PriceList[] {
  const periods = Array.isArray(prices) ? prices : [{ prices }]
  if (periods.some(({ constraint }) => constraint && constraint.type !== 'start_date')) return []
  return periods.flatMap(({ constraint, prices }) => {
    const found = Object.entries(prices).flatMap(([key, price]) => pricesOf(key, price))
    if (found.length === 0) return []
    const since = constraint?.type === 'start_date' ? `${constraint.start_date}T00:00:00Z` : null
    return [{ service, model, currency: 'USD', effective_from: since, prices: found }]
  })
}

function pricesOf(key: string, price: ModelPrice[string]): UnitPrice[] {
  const taken = units[key]
  if (!taken || price === undefined) return []
  const { unit, exponent } = taken
  if (typeof price === 'number') return [{ unit, price: decimal(price, exponent) }]
  return [
    { unit, price: decimal(price.base, exponent) },
    // A tier holds above its start.
    ...price.tiers.map(tier => ({ unit, price: decimal(tier.price, exponent), from_tokens_in: tier.start + 1 }))
  ]
}

/** Eleven digits, because some prices have been computed and end in noise (0.18000000000000002). */
const decimal = (price: number, exponent: number): string => {
  const digits = String(Number(price.toPrecision(11)))
  if (!/^\d+(\.\d+)?$/.test(digits)) throw new Error(`${price} is not a price`)
  return `${digits}e${exponent}`
}

/** The names that a model has word for word. Patterns are asked about known names, never about what a client sends. */
const namesOf = ({ id, match }: ModelInfo): string[] =>
  [id, ...literals(match)].filter(name => /^[\x21-\x7e]{1,200}$/.test(name))

const literals = (rule: MatchLogic): string[] => {
  if ('or' in rule) return rule.or.flatMap(literals)
  if ('equals' in rule) return [rule.equals]
  if ('starts_with' in rule) return /\w$/.test(rule.starts_with) ? [rule.starts_with] : []
  return []
}

/** Without the platform in front, as in anthropic/ or regional.anthropic., and the edition behind, as in -v1:0. */
const bareName = (name: string): string =>
  name
    .replace(/^.*\//, '')
    .replace(/^(global|regional)\.\w+\./, '')
    .replace(/:\w+$/, '')
    .replace(/-v\d+(:\d+)?$/, '')

/** A model's edition of a day costs what the model costs; any other ending may be another model. */
const isDated = (name: string): boolean => /-(20\d{6}|20\d\d-\d\d-\d\d)$/.test(name)
