import type { KizunaSettings } from './options'

/** What the plugin's pages and endpoints need of its options; no keys among it. */
export type PageSettings = Pick<KizunaSettings, 'policy' | 'now' | 'editions'>
