import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

const schema = z.object({ pid: z.number(), port: z.number() })

/** The mongod of a folder and where it can be reached; the folder's pid file holds this. */
export type Running = z.infer<typeof schema>

/** What the pid file of a folder says, whether it still is so or not; null when it says nothing. */
export async function readPidFile(folder: string): Promise<Running | null> {
  const text = await readFile(pidFile(folder), 'utf8').catch(() => '')
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null // not there, or only half of it was written
  }
}

/** Keeps for later starts where the mongod of a folder can be reached. */
export async function writePidFile(folder: string, running: Running): Promise<void> {
  await writeFile(pidFile(folder), JSON.stringify(running))
}

function pidFile(folder: string): string {
  return join(folder, 'mongod.json')
}
