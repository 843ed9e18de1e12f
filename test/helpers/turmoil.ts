import { chance, type Chance } from './chance.ts'
import { foundCompany, type Company } from './company.ts'
import type { Database } from './database.ts'
import { startFleet, startMortalCluster, type Fleet } from './fleet.ts'
import { personas } from './personas.ts'
import type { ProofTools } from './proof.ts'

export interface Turmoil {
  database: Database
  fleet: Fleet
  company: Company
  /** How many acts were begun. */
  acts: number
  kills: number
  crashes: number
}

export interface TurmoilOptions {
  clients: number
  processes: number
  kills: number
  crashes: number
  /** Before the first act: what the database gets that is not ours. */
  prepare?(database: Database): Promise<unknown>
  limit: Parameters<typeof foundCompany>[2]
  act(fleet: Fleet, company: Company, member: number, turn: number, random: Chance): Promise<unknown>
}

/** Clients that act one after the other while processes of the API, and PostgreSQL, are killed under them. */
export async function turmoil(tools: ProofTools, options: TurmoilOptions): Promise<Turmoil> {
  const { clients, processes, kills, crashes } = options
  const cluster = await startMortalCluster(tools)
  const database = await tools.database({ on: cluster })
  const people = personas(database)
  tools.keep(people.close)
  await options.prepare?.(database)
  const company = await foundCompany(database, people, options.limit)
  const fleet = await startFleet(tools, database.apiUrl, processes)
  tools.log(`${clients} clients over ${processes} API processes`)

  let acts = 0
  let over = false
  const work = Promise.all(
    Array.from({ length: clients }, async (_, member) => {
      const random = chance(member + 1)
      for (let turn = 0; !over; turn++) {
        acts++
        await options.act(fleet, company, member, turn, random)
      }
    })
  )
  const end = async () => {
    try {
      for (let kill = 1; kill <= kills; kill++) {
        await fleet.killBusiest()
        if (kill % Math.ceil(kills / crashes) === 0) await cluster.crash()
        if (kill % 10 === 0) tools.log(`${kill} of ${kills} processes of the API killed`)
      }
    } finally {
      over = true
    }
  }
  await Promise.all([work, end()])
  return { database, fleet, company, acts, kills, crashes }
}
