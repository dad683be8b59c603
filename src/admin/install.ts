import type { Config } from 'payload'

import { ja } from '@payloadcms/translations/languages/ja'

import { correctedJapanese } from './appearance/japanese'
import type { KizunaSettings } from '../plugin/options'
import { ADMIN_PAGES, type AdminPage } from './pages/adminPages'

/** Date and time as the admin writes them: 2026年11月23日(月) 9:05. */
const DATE_FORMAT = 'yyyy年M月d日(E) H:mm'

/** The language's own name is taken from the package, not from the overrides. */
const named = {
  ...ja,
  translations: {
    ...ja.translations,
    general: { ...ja.translations.general, thisLanguage: '日本語' },
  },
}

/**
 * Adds the plugin's pages and parts of the admin; where the whole admin is kizuna's, also language,
 * sign, home and dates. The host's own come first. *Pure.*
 */
export function withAdmin(config: Config, settings: Shown): Config {
  const { i18n } = config
  const components = withParts(config.admin?.components, settings)
  const admin = { ...config.admin, components, dependencies: withClock(config.admin) }
  if (settings.admin === 'beside') return { ...config, admin }
  return {
    ...config,
    i18n: {
      fallbackLanguage: 'ja',
      ...i18n,
      supportedLanguages: { ...i18n?.supportedLanguages, ja: named },
      translations: { ...i18n?.translations, ja: joined(i18n?.translations?.ja) },
    },
    admin: {
      dateFormat: DATE_FORMAT,
      avatar: 'default',
      ...admin,
    },
  }
}

/** In the import map wherever it is made: whether the clock is the practice one is known at the start. */
function withClock(admin: Config['admin']) {
  const clock = { path: PRACTICE_CLOCK, type: 'component' as const }
  return { ...admin?.dependencies, kizunaPracticeClock: clock }
}

const PRACTICE_CLOCK = 'kizuna/rsc#PracticeClockNote'
const LOG_IN_HELP = 'kizuna/rsc#LogInHelp'

type Parts = NonNullable<Config['admin']>['components']

type Shown = Pick<KizunaSettings, 'admin' | 'isPracticeClock'>

function withParts(host: Parts, settings: Shown): Parts {
  const clock = settings.isPracticeClock ? [PRACTICE_CLOCK] : []
  return {
    ...host,
    header: [...clock, ...(host?.header ?? [])],
    beforeLogin: [...clock, ...(host?.beforeLogin ?? [])],
    providers: [
      'kizuna/client#AdminStyles',
      'kizuna/client#SignInAgain',
      ...(settings.admin === 'whole' ? ['kizuna/client#ReadAloud'] : []),
      ...(host?.providers ?? []),
    ],
    beforeNavLinks: ['kizuna/rsc#PageLinks', ...(host?.beforeNavLinks ?? [])],
    views: { ...Object.fromEntries(ADMIN_PAGES.map(viewOf)), ...host?.views },
    ...(settings.admin === 'whole' && {
      graphics: { Logo: 'kizuna/rsc#Logo', Icon: 'kizuna/rsc#Icon', ...host?.graphics },
      beforeDashboard: ['kizuna/rsc#DashboardNote', ...(host?.beforeDashboard ?? [])],
      afterLogin: [LOG_IN_HELP, ...(host?.afterLogin ?? [])],
    }),
  }
}

function viewOf({ key, Component, path, label }: AdminPage) {
  return [key, { Component, path, meta: { title: label } }] as const
}

type Translations = Record<string, Record<string, string>>

function joined(host: unknown): Translations {
  const own: Translations = correctedJapanese
  const theirs = (host ?? {}) as Translations
  const groups = [...new Set([...Object.keys(own), ...Object.keys(theirs)])]
  return Object.fromEntries(groups.map((group) => [group, { ...own[group], ...theirs[group] }]))
}
