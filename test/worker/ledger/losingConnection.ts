import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { once } from 'node:events'

import { MongoClient } from 'mongodb'

import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'

/** What is lost of a command: the request, or the answer to one that was carried out. */
export type LostPart = 'request' | 'answer'

/** A database behind a connection that breaks when it is told to. */
export interface LosingDatabase {
  db: ReturnType<MongoClient['db']>
  /** From now on so many of these commands break their connection. */
  lose: (command: 'update' | 'findAndModify', part: LostPart, times?: number) => void
  /** What each write until now asked for: how many members, and whether on their disks. */
  concerns: () => unknown[]
  /** How many are to be lost still. */
  left: () => number
  close: () => Promise<void>
}

/** Opens a fresh database through a proxy that cuts connections at a command. */
export async function openLosingDatabase(): Promise<LosingDatabase> {
  const empty = emptyDatabaseUrl()
  const url = new URL(empty)
  const losing: Losing = { mark: null, part: 'answer', times: 0 }
  const server = createServer((client) => pass(client, Number(url.port), losing))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const through = `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}${url.pathname}?directConnection=true`
  const client = await new MongoClient(through, {
    readConcern: { level: 'majority' },
    ignoreUndefined: true,
    monitorCommands: true,
  }).connect()
  const concerns: unknown[] = []
  client.on('commandStarted', ({ commandName, command }) => {
    const isWrite = commandName === 'update' || commandName === 'findAndModify'
    if (isWrite) concerns.push((command as { writeConcern?: unknown }).writeConcern)
  })
  return {
    db: client.db(),
    lose: (command, part, times = 1) => {
      // the command's name is the first field of its document, and its collection's name a string
      Object.assign(losing, { mark: Buffer.from(`\u0002${command}\0`), part, times })
    },
    concerns: () => concerns,
    left: () => losing.times,
    close: async () => {
      losing.times = 0
      await client.close()
      await closed(server)
      await giveBack(empty)
    },
  }
}

interface Losing {
  mark: Buffer | null
  part: LostPart
  times: number
}

function pass(client: Socket, port: number, losing: Losing): void {
  const server = connect(port, '127.0.0.1')
  let isDoomed = false
  const cut = () => {
    client.destroy()
    server.destroy()
  }
  client.on('data', (data) => {
    const isMeant = losing.times > 0 && losing.mark !== null && data.includes(losing.mark)
    if (isMeant) losing.times -= 1
    if (isMeant && losing.part === 'request') return cut()
    isDoomed ||= isMeant
    server.write(data)
  })
  server.on('data', (data) => {
    if (isDoomed) cut()
    else client.write(data)
  })
  for (const socket of [client, server]) socket.on('error', cut).on('close', cut)
}

async function closed(server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}
