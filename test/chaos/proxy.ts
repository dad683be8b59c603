import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

import type { Reader } from './wire'

/** What is done with a request that passes a proxy. */
export type Passage =
  | 'pass'
  /** It never arrives. */
  | 'drop'
  /** It arrives, but the answer never comes back. */
  | 'withholdAnswer'
  /** It waits until the promise settles. */
  | Promise<void>

/** Decides about each event; called before the event's bytes are passed on. */
export type Gate = (event: string) => { passage: Passage; onAnswer?: () => void }

interface ProxyOptions {
  /** Port on the loopback address. */
  target: number
  reader: () => Reader
  gate: Gate
}

/** A way through to a port that sees, drops, delays or cuts what passes. */
export interface Proxy {
  port: number
  close: () => Promise<void>
}

/** Opens a proxy on a free port. */
export async function openProxy({ target, reader, gate }: ProxyOptions): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined) // a killed worker's connections end this way
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    passOn({ client, upstream, read: reader(), gate })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

interface Passing {
  client: Socket
  upstream: Socket
  read: Reader
  gate: Gate
}

function passOn({ client, upstream, read, gate }: Passing) {
  let onAnswer: (() => void) | null = null
  let turn = Promise.resolve()
  client.on('data', (chunk) => {
    for (const { bytes, event } of read(chunk)) {
      const decided = event === null ? { passage: 'pass' as const } : gate(event)
      if (decided.passage === 'drop') return void client.destroy()
      if (decided.passage === 'withholdAnswer') onAnswer = decided.onAnswer ?? null
      const wait = decided.passage instanceof Promise ? decided.passage : null
      turn = turn.then(() => wait ?? undefined).then(() => void upstream.write(bytes))
    }
  })
  upstream.on('data', (chunk) => {
    if (client.destroyed) return
    if (!onAnswer) return void client.write(chunk)
    onAnswer()
    client.destroy()
  })
}
