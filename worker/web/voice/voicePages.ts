import { html, type Html, type HtmlValue } from '../../../src/release/escape'
import type { MunicipalitySettings } from '../../../src/plan/settings'

import {
  actionsAfterReading,
  checkbox,
  errorSummary,
  radios,
  textArea,
  titleWith,
  type FieldErrors,
} from '../field'
import { childrensLineButton, helplineButton } from '../helplines'
import { languageButtons, languageLinks } from '../languageSwitch'
import { hiddenFields } from '../dateForm'
import { notice, type Page } from '../page'
import { townContact } from '../townContact'
import type { Words } from '../words/standard'
import { codeOf } from '../words/words'
import { MAX_COMMENT, VERDICTS, type TypedVoice } from './voiceForm'

/** Whose text a page is about, and in which words it is written. */
export interface VoiceView {
  town: MunicipalitySettings
  words: Words
}

/** UTF-16 units that the field takes: what is too long comes back with the letters counted. */
const MOST_TYPED = 4000

const COMMENT_ROWS = 6

/** The form, with what was typed and what is to be corrected. *Pure.* */
export function voicePage(
  { town, words }: VoiceView,
  { subject, typed, errors }: { subject: string; typed: TypedVoice; errors: FieldErrors },
): Page {
  const { voice } = words
  const body = html`${errorSummary(errors, words)}
    <form method="post" action="?lang=${codeOf(words)}" novalidate>
      ${languageButtons(words)} ${hiddenFields({ once: typed.once })}
      <h1>${voice.title}</h1>
      ${subject && html`<p>${voice.about(subject)}</p>`}
      <p>${voice.anonymous}</p>
      ${fields(typed, errors, words)} ${actionsAfterReading(voice.send)}
    </form>
    <p>${voice.stopElsewhere}</p>`
  return quiet({ town, words }, titleWith(errors, voice.title, words), body)
}

function fields(typed: TypedVoice, errors: FieldErrors, words: Words): Html {
  const { voice } = words
  const choices = VERDICTS.map((value) => ({ value, label: voice.verdicts[value] }))
  return html`${radios(
    { name: 'verdict', label: voice.verdict, errors },
    { choices, value: typed.verdict ?? '' },
  )}
  ${textArea(
    {
      name: 'comment',
      label: voice.comment(MAX_COMMENT),
      hint: voice.commentHint,
      errors,
    },
    { value: typed.comment, rows: COMMENT_ROWS, most: MOST_TYPED },
  )}
  ${checkbox(
    { name: 'mayQuote', label: voice.mayQuote, hint: voice.mayQuoteHint, errors },
    typed.mayQuote,
  )}`
}

/** What comes after: thanks, and the way to whom to ask. *Pure.* */
export function thanksPage(view: VoiceView): Page {
  const { town, words } = view
  const { voice } = words
  const body = html`${languageLinks(words, (code) => `?lang=${code}`)}
    ${notice(voice.thanks, ...voice.thanksWhy, voice.stopElsewhere)}
    <p><a href="/r/${town.code}/contact">${voice.contact}</a></p>`
  return quiet(view, voice.thanks, body)
}

/** The same for who asks for help: whom to call stands first. *Pure.* */
export function heardPage(view: VoiceView): Page {
  const { town, words } = view
  const { voice } = words
  const body = html`${languageLinks(words, (code) => `?lang=${code}`)}
    <h1>${voice.thanks}</h1>
    <p class="said">${voice.heard}</p>
    ${helplineButton(town.code, words)} ${townContact(town, words)}
    ${voice.thanksWhy.map((sentence) => html`<p>${sentence}</p>`)}
    <p>${voice.stopElsewhere}</p>
    ${childrensLineButton(words)}`
  return quiet(view, voice.thanks, body, true)
}

/** Of a text of which nothing is kept any more. *Pure.* */
export function gonePage(view: VoiceView): Page {
  const { voice } = view.words
  return quiet(view, voice.gone, notice(voice.gone, voice.goneWhy, voice.stopElsewhere))
}

/** No page of it has a picture or a colour: an old text may be opened after everything has changed. */
// eslint-disable-next-line max-params -- a page is its title and its body
function quiet(view: VoiceView, title: string, body: HtmlValue, hasContact = false): Page {
  return { title, body, words: view.words, municipality: view.town, isQuiet: true, hasContact }
}
