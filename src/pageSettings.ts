import type { Config, SanitizedConfig } from 'payload'

import type { KizunaSettings } from './options'

/** What the plugin's pages of the admin need of its options; no keys among it. */
export type PageSettings = Pick<KizunaSettings, 'policy' | 'now' | 'editions'>

const KEY = 'kizuna'

/** Leaves the settings where server components find them; Payload keeps `custom` off browsers. *Pure.* */
export function withPageSettings(config: Config, settings: KizunaSettings): Config {
  const { policy, now, editions } = settings
  return { ...config, custom: { ...config.custom, [KEY]: { policy, now, editions } } }
}

/**
 * The settings of the plugin in a built config. *Pure.*
 *
 * @throws Error when the plugin is not in it.
 */
export function pageSettingsOf(config: Pick<SanitizedConfig, 'custom'>): PageSettings {
  const settings: unknown = config.custom?.[KEY]
  if (!settings) throw new Error('The plugin kizuna() is not in this config.')
  return settings as PageSettings
}
