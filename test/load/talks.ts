// LINE as the web program sees it: takes every reply, and counts how often each token was used.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Replies that were taken. */
export interface Talks {
  url: string
  /** How often each token was used. */
  used: ReadonlyMap<string, number>
  close: () => Promise<void>
}

const TOKEN = JSON.stringify({ access_token: 'load', expires_in: 900, token_type: 'Bearer' })

/** Opens the stand-in on a free port. */
export async function openTalks(): Promise<Talks> {
  const used = new Map<string, number>()
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => void chunks.push(chunk))
    incoming.on('end', () => {
      const isReply = incoming.url === '/v2/bot/message/reply'
      const token = isReply && /"replyToken":"([^"]+)"/.exec(Buffer.concat(chunks).toString())?.[1]
      if (token) used.set(token, (used.get(token) ?? 0) + 1)
      response.setHeader('content-type', 'application/json')
      response.end(incoming.url?.includes('/token') ? TOKEN : '{"sentMessages":[]}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    used,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
