import type { Payload } from 'payload'

import type { KizunaSettings } from '../../plugin/options'

/** Where the plugin keeps its settings in `config.custom`, for its pages in the admin. */
export const SETTINGS_KEY = 'kizuna'

/** The plugin's settings: pages of the admin get nothing else to read clock and policy from. */
export function settingsOf({ config }: Pick<Payload, 'config'>): KizunaSettings {
  return config.custom[SETTINGS_KEY] as KizunaSettings
}
