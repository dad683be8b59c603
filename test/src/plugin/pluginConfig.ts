import { buildConfig } from 'payload'

import { kizuna, withBuiltIns } from '../../../src/plugin/kizuna'

/** The config that the plugin makes of an empty one, without a database. */
export async function pluginConfig() {
  return withBuiltIns(
    await buildConfig({
      secret: 'x'.repeat(32),
      db: { defaultIDType: 'text', init: () => ({}) } as never,
      telemetry: false,
      plugins: [kizuna({ now: () => new Date('2026-11-23T00:00:00.000Z'), admin: 'whole' })],
    }),
  )
}
