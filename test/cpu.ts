/** Rounds that are measured, after a first one that compiles. */
const ROUNDS = 3

/**
 * What work costs the processor, whatever else the machine does meanwhile: the least of three
 * rounds, since one may fall into the collection of what other tests have left. Prints the figures.
 */
export async function cpuMsOf<T>(name: string, work: () => T | Promise<T>) {
  let result = await work()
  const rounds: { tookMs: number; cpuMs: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    const startedAt = performance.now()
    result = await work()
    const { user, system } = process.cpuUsage(before)
    rounds.push({ tookMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 })
  }
  const least = (one: 'tookMs' | 'cpuMs') => Math.round(Math.min(...rounds.map((r) => r[one])))
  const cpuMs = least('cpuMs')
  process.stdout.write(`${name}: ${least('tookMs')} ms (${cpuMs} ms of CPU)\n`)
  return { result, cpuMs }
}
