import { readFileSync } from 'node:fs'

/** Seconds of the processor that these processes have used so far, as Linux counts them: in hundredths. */
export function processorSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    // The name, which may contain anything, stands in brackets in front.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return sum + (Number(fields[11]) + Number(fields[12])) / 100
  }, 0)
}
