// The way to Postgres: every statement of a caller travels with the opening that says who the caller is.
export { NotCommitted, OpeningRefused, PoolBusy } from './pg/failures.ts'
export { flight } from './pg/flight.ts'
export { createPool } from './pg/pool.ts'
export type { PoolOptions } from './pg/pool.ts'
export { introspectionOpening, makePgService } from './pg/service.ts'
export type { PgServiceOptions } from './pg/service.ts'
export type { Opening, Statement } from './pg/statement.ts'
export { transaction } from './pg/transaction.ts'
