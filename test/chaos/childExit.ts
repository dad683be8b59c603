import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** The exit code of a child, also of one that has ended already; null after a signal. */
export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
