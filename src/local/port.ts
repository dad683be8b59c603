import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'

import { ConfigError } from '../config/config'

/** A TCP port of the loopback address that nothing listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('空きポートがありません')
  return address.port
}

/** Whether a TCP port can be listened on right now, on the loopback address and on all together. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen({ port, host: '127.0.0.1' })) && (await canListen({ port }))
}

async function canListen(where: { port: number; host?: string }): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(where)
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false
  }
}

/**
 * Waits until a server listens.
 *
 * @throws ConfigError that names the setting when the port is somebody else's.
 */
export async function untilListening(
  server: Server,
  { setting, port }: { setting: string; port: number },
): Promise<void> {
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new ConfigError(
      `ポート ${port} は、もう使われています。そこで kizuna が動いているなら、そのまま使えます。もう一つ動かすときは、別の番号を ${setting} に設定してください。`,
    )
  }
}

/** Takes no more requests; those that are under way have three seconds. */
export function closeServer(server: HttpServer): void {
  server.close()
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), 3000).unref()
}
