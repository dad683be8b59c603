import { randomUUID } from 'node:crypto'

import { getPayload } from 'payload'
import type { Payload } from 'payload'

import { systemNow } from '../config/clock'
import { parseConfig } from '../config/config'
import { childEnvironment, openLocalServices } from '../local/services'

/** The CMS, opened in this process without its web server. */
export interface OpenCms {
  payload: Payload
  /** The product's clock. */
  now: () => Date
  close: () => Promise<void>
}

/**
 * Opens the CMS for one command, on the configured or the embedded database.
 *
 * `env` has to be the program's own environment: `payload.config.ts` reads it, and what the
 * configuration leaves open is filled in there first.
 */
export async function openCms(
  env: Record<string, string | undefined>,
  ownNow = systemNow,
): Promise<OpenCms> {
  const services = await openLocalServices({ config: parseConfig(env), env, ownNow })
  Object.assign(env, childEnvironment(services.settings))
  try {
    const { default: config } = await import('../../payload.config')
    const key = randomUUID() // one opened before in this process may be closed already
    const payload = await getPayload({ config, key })
    return {
      payload,
      now: services.now,
      close: async () => {
        await payload.destroy()
        await services.stop()
      },
    }
  } catch (error) {
    await services.stop()
    throw error
  }
}
