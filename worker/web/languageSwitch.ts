import { html, type Html } from '../../src/release/escape'

import type { Words } from './words/standard'
import { isLanguage, languagesBeside } from './words/words'

const GO = 'words:'

/**
 * On top of a form: the other languages, each a button that sends the form along, so that what was
 * typed stays, also without a script. The form's first button is what Enter presses: it is there
 * unseen, as the one that goes on. *Pure.*
 */
export function languageButtons(words: Words): Html {
  return html`<button
      class="unseen"
      name="go"
      value="next"
      tabindex="-1"
      aria-hidden="true"
    ></button>
    <div class="languages" role="group" aria-label="${words.page.languages}">
      ${languagesBeside(words).map(
        ([code, { name, lang }]) =>
          html`<button
            class="language"
            name="go"
            value="${GO}${code}"
            lang="${lang}"
            formnovalidate
          >
            ${name}
          </button>`,
      )}
    </div>`
}

/** The same on a page without a form: `hrefIn` gives its address in a language. *Pure.* */
export function languageLinks(words: Words, hrefIn: (code: string) => string): Html {
  return html`<p class="languages">
    ${languagesBeside(words).map(
      ([code, { name, lang }]) =>
        html`<a class="language" href="${hrefIn(code)}" lang="${lang}">${name}</a>`,
    )}
  </p>`
}

/** The language that such a button asks for, or null. *Pure.* */
export function languageAsked(go: string): string | null {
  const code = go.startsWith(GO) ? go.slice(GO.length) : ''
  return isLanguage(code) ? code : null
}
