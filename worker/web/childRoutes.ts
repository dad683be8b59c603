import { Router, type Request } from 'express'

import { html, type HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'
import type { ChildDates } from '../readers/reader'
import { changeFault } from '../readers/sameChild'

import { askDate, sayDateBack, stepDate, type DateQuestion } from './dateStep'
import { correctedAgeBox, correctedAgeRoutes, isEarly } from './family/correctedAge'
import { openDateVisit } from './family/dateVisit'
import { takeBackLink } from './family/takeBackBirth'
import { backToPage, type ChildVisit } from './myPageVisit'
import { typedDateOf } from './typedDate'
import type { WebContext } from './webContext'

type ChildRequest = Request<{ visit: string; childId: string }>

/** The dates of a reader's own children. */
export function childRoutes(web: WebContext): Router {
  const router = Router()
  const path = '/me/:visit/children/:childId'
  for (const [name, question] of [
    ['dates', dueDateQuestion],
    ['birth', birthQuestion],
  ] as const) {
    const answers = { '': askDate, '/check': sayDateBack } as const
    for (const [place, answer] of Object.entries(answers)) {
      router.get(`${path}/${name}${place}`, async (request: ChildRequest, response) => {
        const visit = await openDateVisit(web, request, response)
        if (visit) await answer(web, request, { visit, question: question(web, visit) })
      })
    }
    router.post(`${path}/${name}`, async (request: ChildRequest, response) => {
      const visit = await openDateVisit(web, request, response)
      if (visit) await stepDate(web, request, { visit, question: question(web, visit) })
    })
  }
  router.use(correctedAgeRoutes(web))
  return router
}

function dueDateQuestion(web: WebContext, visit: ChildVisit): DateQuestion {
  const of = { readerId: visit.reader._id, childId: visit.child._id }
  return {
    heading: visit.words.dates.fixDue,
    path: `${visit.base}/children/${visit.child._id}/dates`,
    kind: 'dueDate',
    initial: typedDateOf(visit.child.dueDate),
    faultOf: (dueDate) => faultSentence(visit, { dueDate }),
    more: () => formerTownNote(visit),
    save: async (_, dueDate) => {
      await web.readers.changeAnchor({ ...of, dates: { dueDate } })
      backToPage(visit, 'dates')
      return 'saved'
    },
  }
}

function birthQuestion(web: WebContext, visit: ChildVisit): DateQuestion {
  const { child, reader, form, words } = visit
  const of = { readerId: reader._id, childId: child._id }
  return {
    heading: child.birthDate ? words.dates.fixBirth : words.dates.askBirth,
    path: `${visit.base}/children/${child._id}/birth`,
    kind: 'birthDate',
    initial: typedDateOf(child.birthDate),
    faultOf: (birthDate) => faultSentence(visit, { birthDate }),
    // Who comes here for another reason than a birth finds the way without a word about it.
    aside: child.birthDate ? takeBackLink(visit) : stopLink(visit),
    more: ({ day }) => html`${correctedAge(visit, day)} ${formerTownNote(visit)}`,
    save: async (_, birthDate) => {
      await web.readers.reportBirth({ ...of, birthDate })
      const isCorrected = form.corrected === 'yes' && isEarly({ ...child, birthDate })
      await web.readers.chooseCorrectedAge({ ...of, isCorrected })
      backToPage(visit, 'birth')
      return 'saved'
    },
  }
}

/** A birth and a due date that cannot be of one child, with what is registered. */
function faultSentence(
  { child, today, words }: ChildVisit,
  changed: Pick<ChildDates, 'birthDate' | 'dueDate'>,
): string | null {
  const fault = changeFault(child, changed, today)
  if (fault === null) return null
  const { dates, day } = words
  const known = changed.birthDate
    ? child.dueDate && dates.knownDue(day(child.dueDate))
    : child.birthDate && dates.knownBirth(day(child.birthDate))
  return `${dates.check}${known ?? ''}`
}

/**
 * To who has moved, that the child's dates are each town's own. It says nothing of the family there,
 * and who is there reads nothing of it: it would tell that somebody has moved. *Pure.*
 */
function formerTownNote({ child, words }: ChildVisit): HtmlValue {
  return child.sameAs !== undefined && html`<p>${words.dates.formerTown}</p>`
}

function stopLink({ base, child, words }: ChildVisit): HtmlValue {
  return html`<ul class="links">
    <li><a href="${base}/children/${child._id}/stop">${words.me.stop}</a></li>
  </ul>`
}

function correctedAge({ child, reader, words }: ChildVisit, birthDate: LocalDay): HtmlValue {
  return isEarly({ ...child, birthDate }) && correctedAgeBox(child, reader._id, words.dates)
}
