// The CMS as a program: Next's production server with the Payload app in src/app.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

import next from 'next'

import { ConfigError, parseConfig } from '../config/config'
import { closeServer, untilListening } from '../local/port'
import { childEnvironment, openLocalServices } from '../local/services'

const dir = fileURLToPath(new URL('..', import.meta.url))
const undo: (() => unknown)[] = []
let isStopping = false

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`)
  await stop(1)
}

async function main() {
  const config = parseConfig(process.env)
  const services = await openLocalServices({ config, env: process.env })
  undo.push(services.stop)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0))
  process.on('disconnect', () => void stop(0))
  Object.assign(process.env, childEnvironment(services.settings))
  const port = services.settings.cmsPort
  const app = next({ dev: false, dir, port, hostname: 'localhost' })
  await app.prepare()
  undo.push(() => app.close())
  const handle = app.getRequestHandler()
  const server = createServer((request, response) => void handle(request, response))
  server.listen(port)
  await untilListening(server, { setting: 'CMS_PORT', port })
  undo.push(() => closeServer(server))
  process.stdout.write(`CMS: http://localhost:${port}/admin\n`)
  // Payload begins with the first request: what ends a start is not to wait for a person
  void fetch(`http://localhost:${port}/api/access`).catch(() => undefined)
}

async function stop(code: number) {
  if (isStopping) return
  isStopping = true
  for (const step of undo.reverse()) await step()
  process.exit(code)
}
