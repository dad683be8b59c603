import { html } from '../../../src/release/escape'
import { preferencesOf } from '../../../src/plan/wishes'

import { programInputOf, supportWords } from '../support/supportContent'
import { supportPage } from '../support/supportPages'
import type { WebContext } from '../webContext'
import { wordsOf } from '../words/words'
import { showDesk, type DeskRequest, type ServedDesk } from './counterDoor'

/** What is read after a stop, turned to the family in the language they read; its end leads back. */
export async function showSupport(
  desk: ServedDesk,
  _: DeskRequest,
  web: WebContext,
): Promise<void> {
  const { municipality: town, reader, base } = desk
  const words = wordsOf(reader.edition)
  const said = supportWords(web, await programInputOf(web, town), preferencesOf(reader))
  const back = html`<ul class="links">
    <li><a href="${base}/stopped">${words.form.back}</a></li>
  </ul>`
  showDesk(desk, { ...supportPage({ town, said, words }, back), words, isQuiet: true })
}
