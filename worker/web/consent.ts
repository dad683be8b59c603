import { html, type Html } from '../../src/release/escape'

import type { Words } from './words/standard'

/** What a reader agrees to. *Pure.* */
export function consentText(town: string, keptDays: number, { consent }: Words): Html {
  return html`<section class="consent" aria-labelledby="consent-title">
    <h2 id="consent-title">${consent.heading}</h2>
    ${consentPoints(town, keptDays, { consent })}
  </section>`
}

/** The points of it alone. *Pure.* */
export function consentPoints(
  town: string,
  keptDays: number,
  { consent }: Pick<Words, 'consent'>,
): Html {
  return html`<ul>
    ${consent.points(town, keptDays).map((point) => html`<li>${point}</li>`)}
  </ul>`
}
