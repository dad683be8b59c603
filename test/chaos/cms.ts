// A CMS in a bad state: what the workers have of it must stay in use, whatever it says.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Random } from './random'

/** A state a CMS can be in besides one that cannot be reached. */
export const CMS_TROUBLE_NAMES = ['cms-500', 'cms-empty', 'cms-half', 'cms-slow'] as const

/** A state a CMS can be in. */
export type CmsTroubleName = (typeof CMS_TROUBLE_NAMES)[number]

/** A CMS that answers, but never as it should. */
export interface BadCms {
  url: string
  close: () => Promise<void>
}

/** Opens a CMS in which each request meets one of the troubles; without any nobody is there. */
export async function openBadCms(options: {
  random: Random
  troubles: readonly CmsTroubleName[]
}): Promise<BadCms> {
  const { random, troubles } = options
  if (troubles.length === 0) return { url: 'http://127.0.0.1:9', close: async () => undefined }
  const server = createServer((_request, response) => ANSWERS[random.pick(troubles)](response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const EMPTY = JSON.stringify({ docs: [], hasNextPage: false })
const SLOW_MS = 800

const ANSWERS: Record<CmsTroubleName, (response: ServerResponse) => void> = {
  'cms-500': (response) => void response.writeHead(500).end(),
  'cms-empty': (response) => void json(response).end(EMPTY),
  'cms-half': (response) => {
    const half = EMPTY.slice(0, EMPTY.length / 2)
    json(response).write(half, () => response.destroy())
  },
  'cms-slow': (response) => void setTimeout(() => json(response).end(EMPTY), SLOW_MS),
}

function json(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'application/json' })
}
