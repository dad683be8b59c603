// The delivery half as a program beside the CMS: `worker` plans and sends, `web` serves readers.
import { parseConfig } from '../src/config/config'
import { openLocalServices } from '../src/local/services'
import { runProgram } from './program'

runProgram(process.argv[2], async (env) => {
  const config = parseConfig(env)
  const { settings, now, stop } = await openLocalServices({ config, env })
  return { settings: { ...settings, trustProxy: config.TRUST_PROXY }, now, stop }
})
