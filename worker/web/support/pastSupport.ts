import type { Request, Response } from 'express'

import { html, type Html } from '../../../src/release/escape'
import { addDays } from '../../../src/stage/day'

import { openOwnVisit, type Visit } from '../myPageVisit'
import { showQuiet } from '../stopDoor'
import type { PastText, PastWords } from '../texts/pastTexts'
import { sentText } from '../texts/textsPage'
import type { WebContext } from '../webContext'

/**
 * GET: the support texts a reader got, to be read once more, by the day they came and by no other
 * name. It is opened by their own page alone, not by a link that stops.
 */
export async function showPastSupport(
  web: WebContext,
  request: Request<{ visit: string }>,
  response: Response,
): Promise<void> {
  const visit = await openOwnVisit(web, request, response)
  if (!visit) return
  const texts = await pastSupport(web, visit)
  if (texts.length === 0) return response.redirect(303, `${visit.base}/support`)
  const words = await web.texts.words(texts)
  const shown = texts.flatMap((text) => {
    const known = words.get(text.payload)
    return known ? [textOf(visit, text, known)] : []
  })
  const { texts: past, form } = visit.words
  const body = html`<h1>${past.title}</h1>
    ${shown}
    <ul class="links">
      <li><a href="${visit.base}/support">${form.back}</a></li>
    </ul>`
  showQuiet(visit, { title: past.title, body })
}

/** The support texts a reader got, of whom a child is stopped still; none when it was undone. */
export async function pastSupport(
  web: WebContext,
  { reader, today }: Pick<Visit, 'reader' | 'today'>,
): Promise<PastText[]> {
  if (!(await web.readers.maySupport(reader._id))) return []
  return web.texts.support({ readerId: reader._id, since: addDays(today, -web.keptDays) })
}

function textOf({ words }: Visit, { day, status }: PastText, known: PastWords): Html {
  const { withdrawn, unknown } = words.texts
  return html`<h2>${words.day(day)}</h2>
    ${status === 'unknown' && html`<p class="hint">${unknown}</p>`}
    ${known.isWithdrawn ? html`<p>${withdrawn}</p>` : sentText(known, words)}`
}
