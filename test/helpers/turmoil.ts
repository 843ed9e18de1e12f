import { chance, type Chance } from './chance.ts'
import type { Database } from './database.ts'
import { startFleet, startMortalCluster, type Fleet } from './fleet.ts'
import { personas, type Personas } from './personas.ts'
import type { ProofTools } from './proof.ts'

export interface Turmoil<Stage> {
  database: Database
  fleet: Fleet
  stage: Stage
  /** How many acts were begun. */
  acts: number
  kills: number
  crashes: number
}

export interface TurmoilOptions<Stage> {
  clients: number
  processes: number
  kills: number
  crashes: number
  /** What there is before the first act. */
  set(database: Database, people: Personas): Promise<Stage>
  act(fleet: Fleet, stage: Stage, member: number, turn: number, random: Chance): Promise<unknown>
}

/** Clients that act one after the other while processes of the API, and PostgreSQL, are killed under them. */
export async function turmoil<Stage>(tools: ProofTools, options: TurmoilOptions<Stage>): Promise<Turmoil<Stage>> {
  const { clients, processes, kills, crashes } = options
  const cluster = await startMortalCluster(tools)
  const database = await tools.database({ on: cluster })
  const people = personas(database)
  tools.keep(people.close)
  const stage = await options.set(database, people)
  const fleet = await startFleet(tools, database.apiUrl, processes)
  tools.log(`${clients} clients over ${processes} API processes`)

  let acts = 0
  let over = false
  const work = Promise.all(
    Array.from({ length: clients }, async (_, member) => {
      const random = chance(member + 1)
      for (let turn = 0; !over; turn++) {
        acts++
        await options.act(fleet, stage, member, turn, random)
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
  return { database, fleet, stage, acts, kills, crashes }
}
