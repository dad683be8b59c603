import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

const schema = z.object({
  pid: z.number(),
  port: z.number(),
  /** Of the data folder; a copy of it has another one. */
  inode: z.number().optional(),
})

/** The mongod of a folder and where it can be reached; the folder's pid file holds this. */
export type Running = Omit<z.infer<typeof schema>, 'inode'>

/** What the pid file of a folder says, whether it still is so or not; null when it says nothing. */
export async function readPidFile(folder: string): Promise<Running | null> {
  const note = await readNote(folder)
  return note && { pid: note.pid, port: note.port }
}

/** Whether the pid file was written for this very folder: not for one that it was copied from. */
export async function noteIsOfThisFolder(folder: string): Promise<boolean> {
  const inode = (await readNote(folder))?.inode
  return inode !== undefined && inode === (await inodeOf(folder))
}

async function readNote(folder: string): Promise<z.infer<typeof schema> | null> {
  const text = await readFile(pidFile(folder), 'utf8').catch(() => '')
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null // not there, or only half of it was written
  }
}

/** Keeps for later starts where the mongod of a folder can be reached. */
export async function writePidFile(folder: string, running: Running): Promise<void> {
  await writeFile(pidFile(folder), JSON.stringify({ ...running, inode: await inodeOf(folder) }))
}

async function inodeOf(folder: string): Promise<number> {
  return (await stat(join(folder, 'data'))).ino
}

function pidFile(folder: string): string {
  return join(folder, 'mongod.json')
}
