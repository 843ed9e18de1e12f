import type { Task } from '../../tasks.ts'

export const cron = '11 * * * *'

/** Makes the partitions of the months to come. What is in somebody's way now is made the next time; there are two months for it. */
const partitions: Task = async (_payload, { ask, log }) => {
  const [{ made }] = await ask(null, 'select app_hidden.prepare_usage_partitions() as made', [])
  if (made > 0) log.info({ made }, 'partitions of usage made')
}
export default partitions
