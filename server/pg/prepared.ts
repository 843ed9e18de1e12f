/** A statement that one connection keeps parsed, and whether the server has said so. */
export interface Prepared {
  readonly id: string
  parsed: boolean
}

// Found by text, under ids of our own: two texts can never run under one name, whatever their callers call them.
/** The statements that one connection keeps parsed; the least recently used is given up first. */
export class PreparedStatements {
  readonly #max: number
  readonly #byText = new Map<string, Prepared>()
  #lastId = 0

  constructor(max: number) {
    this.#max = max
  }

  use(text: string): Prepared {
    const prepared = this.#byText.get(text) ?? { id: `s${++this.#lastId}`, parsed: false }
    this.#byText.delete(text)
    this.#byText.set(text, prepared)
    return prepared
  }

  /** Gives up what is over the limit, `inUse` excepted; answers the ids that the server is to close. */
  evict(inUse: ReadonlySet<Prepared | null>): string[] {
    const evicted: string[] = []
    for (const [text, prepared] of this.#byText) {
      if (this.#byText.size <= this.#max) break
      if (inUse.has(prepared)) continue
      this.#byText.delete(text)
      evicted.push(prepared.id)
    }
    return evicted
  }
}
