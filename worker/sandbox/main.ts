// Starts the sandbox alone: SANDBOX_PORT (inbox and LINE API; SMTP on the next), KIZUNA_DATA_DIR.
import { join } from 'node:path'

import { ConfigError, parseClockConfig } from '../../src/config/config'
import { openClock } from '../../src/local/openClock'
import { createSandbox } from './sandbox'

const { now, practice } = await openClock(parseClockConfig(process.env)).catch(refuse)
const port = Number(process.env.SANDBOX_PORT ?? 3002)
const perSecond = process.env.SANDBOX_LINE_PER_SECOND
const sandbox = await createSandbox({
  port,
  smtpPort: port === 0 ? 0 : port + 1,
  folder: join(process.env.KIZUNA_DATA_DIR ?? '.kizuna', 'sandbox'),
  now,
  isPracticeClock: practice !== null,
  ...(perSecond && { perSecond: perSecond === 'off' ? null : Number(perSecond) }),
})
const ready = { ready: true, url: sandbox.url, smtpUrl: sandbox.smtpUrl }
process.stdout.write(`${JSON.stringify(ready)}\n`)
process.send?.(ready)

function refuse(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await sandbox.stop()
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
process.on('disconnect', () => void stop())
