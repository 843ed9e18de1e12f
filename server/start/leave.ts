/**
 * Ends the process with this code. `process.exit` may wait for ever: Node 24 then joins a thread that compiles and that
 * waits for a garbage collection of ours (3 of 100 refusals hung, on two busy cores; nodejs/node#54918 is alike). When
 * nothing is left to do the isolate is taken down first, and that thread is told.
 */
export function leave(code: number): void {
  process.exitCode = code
  // Something is open that nobody stopped.
  setTimeout(() => process.exit(code), 2_000).unref()
}
