import type { MinuteReport } from './tally.ts'

// No slug contains a character like these, so no tenant can be taken for them.
/** The label of all tenants without one of their own. */
export const others = '_other'
/** The label of requests that no tenant was chosen for. */
export const nobody = '_none'

// A report every ten seconds: half of what traffic counted is forgotten after some eleven minutes.
const decayed = 0.99

export interface Ranking {
  /** What the tenant is called in a label. */
  labelOf(organizationId: string | undefined): string
  /** The tenants that have a label of their own. */
  ids(): string[]
  /** Takes what was counted since the last time; answers the labels that are no longer used. */
  update(reports: readonly MinuteReport[], slugs: ReadonlyMap<string, string>): string[]
}

/**
 * Which tenants have series of their own: those with the most traffic, so that their number is bounded. A tenant's requests
 * count where its label was when they came, so that no counter ever falls. Who is in goes only for somebody with clearly
 * more traffic, so that series do not come and go.
 */
export function makeRanking(size: number): Ranking {
  const scores = new Map<string, number>()
  const labels = new Map<string, string>()

  const decay = () => {
    for (const [id, score] of scores) {
      if (score < 0.1) scores.delete(id)
      else scores.set(id, score * decayed)
    }
  }
  const score = (id: string) => scores.get(id) ?? 0
  const weakest = () => [...labels.keys()].reduce((least, id) => (score(id) < score(least) ? id : least))

  return {
    labelOf: id => (id === undefined ? nobody : (labels.get(id) ?? others)),
    ids: () => [...labels.keys()],
    update(reports, slugs) {
      const gone: string[] = []
      const drop = (id: string) => {
        gone.push(labels.get(id)!)
        labels.delete(id)
      }
      decay()
      for (const { organization_id: id, requests, jobs_done, jobs_failed } of reports) {
        scores.set(id, score(id) + requests + jobs_done + jobs_failed)
      }
      // A renamed tenant starts again under its new name.
      for (const [id, label] of labels) if ((slugs.get(id) ?? label) !== label) drop(id)

      const candidates = [...scores].filter(([id]) => !labels.has(id) && slugs.has(id)).sort((a, b) => b[1] - a[1])
      for (const [id, traffic] of candidates) {
        if (labels.size >= size) {
          const last = size > 0 ? weakest() : undefined
          if (last === undefined || traffic <= 1.5 * score(last)) break
          drop(last)
        }
        labels.set(id, slugs.get(id)!)
      }
      return gone
    }
  }
}
