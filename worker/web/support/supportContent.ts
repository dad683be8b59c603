import type { ProgramInput } from '../../../src/plan/entries'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import type { ReaderPreferences } from '../../../src/plan/slotContent'
import { supportPageOf } from '../../../src/plan/supportPage'
import { compose } from '../../../src/release/compose'
import { ComposeError } from '../../../src/release/composeError'
import { renderMail } from '../../../src/release/mail'
import { sentWords, type SentWords } from '../../../src/release/sentWords'

import { todayOf, type WebContext } from '../webContext'

/** A municipality and all that is in force today. */
export async function programInputOf(
  web: WebContext,
  settings: MunicipalitySettings,
): Promise<ProgramInput> {
  return { settings, content: await web.settings.content(), date: todayOf(web) }
}

/**
 * The page's words, put together as texts that are sent are; null where nothing is published, or it
 * cannot be put together.
 */
export function supportWords(
  { log }: Pick<WebContext, 'log'>,
  input: ProgramInput,
  preferences: ReaderPreferences,
): SentWords | null {
  const page = supportPageOf(input, preferences)
  if (!page) return null
  try {
    const composed = compose({
      ...input.settings,
      manuscripts: page.texts.map(({ content }) => content),
      addOns: page.addOns.map(({ content, release: { variables } }) => ({ content, variables })),
      isPlural: false,
      edition: preferences.edition,
    })
    return sentWords({ channel: 'mail', mail: renderMail(composed) })
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error
    log.error({ code: error.code }, 'page of procedures could not be composed')
    return null
  }
}
