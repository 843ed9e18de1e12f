import type { Throwaway } from './throwaway.ts'

/** A file test/prove/<name>.ts exports one by default. */
export interface Proof {
  /** What is proven, in one line. */
  title: string
  /** What it is about; CI breaks one proof of each family. */
  family: string
  /** The bug that --break brings back, in one line. */
  breaks: string
  run(tools: ProofTools): Promise<Finding>
}

export interface ProofTools extends Throwaway {
  /** The same proof smaller: at most 15 seconds. */
  short: boolean
  /** The bug is to be brought back: the proof must then not pass. */
  broken: boolean
}

export interface Finding {
  passed: boolean
  /** What was counted and compared. */
  figures: Record<string, unknown>
}

/** The last line on stdout. */
export interface Verdict extends Finding {
  name: string
  short: boolean
  broken: boolean
  seconds: number
  /** It came to no finding: this went wrong. */
  error?: string
}
