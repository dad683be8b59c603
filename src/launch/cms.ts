// The CMS as a program: Next's production server with the Payload app in src/app.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

import next from 'next'

import { ConfigError, parseConfig } from '../config/config'
import { childEnvironment, openLocalServices } from '../local/services'

const dir = fileURLToPath(new URL('..', import.meta.url))

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`)
  process.exit(1)
}

async function main() {
  const config = parseConfig(process.env)
  const services = await openLocalServices({ config, env: process.env })
  Object.assign(process.env, childEnvironment(services.settings))
  const port = services.settings.cmsPort
  const app = next({ dev: false, dir, port, hostname: 'localhost' })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = createServer((request, response) => void handle(request, response))
  server.listen(port, () => process.stdout.write(`CMS: http://localhost:${port}/admin\n`))

  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    server.close()
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 3000).unref()
    await app.close()
    await services.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
  process.on('disconnect', () => void stop())
}
