/** What alerts tell of a budget. */
export interface BudgetFacts {
  level: 'organization' | 'team' | 'member' | 'api_key'
  /** The budget's own name. */
  budget?: string
  /** Whose it is, below the organization. */
  of?: string
  unit: string
  limit: string
  used: string
  policy: string
  threshold: number
  resets_at?: string
}

export const whose = {
  en: ({ level, of }: BudgetFacts, organization: string): string =>
    ({ organization, team: `the team ${of}`, api_key: `the API key ${of}`, member: of! })[level],
  zh: ({ level, of }: BudgetFacts, organization: string): string =>
    ({ organization, team: `团队“${of}”`, api_key: `API 密钥“${of}”`, member: of! })[level]
}
