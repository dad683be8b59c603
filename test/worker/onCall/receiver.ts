// Whoever a webhook is posted to, on this machine.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that answers with the status its path names; `/never` is not answered. */
export async function startReceiver() {
  const got: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
  const state = { status: null as number | null }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      got.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() })
      if (path === '/never') return
      const status = state.status ?? Number(path.slice(1))
      response.writeHead(status, status === 302 ? { Location: '/200' } : {}).end('a'.repeat(10))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    state,
    stop: async () => {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A running one. */
export type Receiver = Awaited<ReturnType<typeof startReceiver>>
