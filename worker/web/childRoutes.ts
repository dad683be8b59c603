import { Router, type Request } from 'express'

import { html, type HtmlValue } from '../../src/release/escape'
import { daysBetween, type LocalDay } from '../../src/stage/day'
import { dayLabel } from '../../src/stage/japaneseDate'
import type { Child, ChildDates } from '../readers/reader'
import { changeFault } from '../readers/sameChild'

import { askDate, sayDateBack, stepDate, type DateQuestion } from './dateStep'
import { checkbox } from './field'
import { backToPage, openChildVisit, type ChildVisit } from './myPageVisit'
import { typedDateOf } from './typedDate'
import type { WebContext } from './webContext'

type ChildRequest = Request<{ visit: string; childId: string }>

/** Born more than three weeks before the due date is before 37w0d: corrected age is offered. */
const TERM_DAYS_BEFORE_DUE = 21

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
        const visit = await openChildVisit(web, request, response)
        if (visit) await answer(web, request, { visit, question: question(web, visit) })
      })
    }
    router.post(`${path}/${name}`, async (request: ChildRequest, response) => {
      const visit = await openChildVisit(web, request, response)
      if (visit) await stepDate(web, request, { visit, question: question(web, visit) })
    })
  }
  return router
}

function dueDateQuestion(web: WebContext, visit: ChildVisit): DateQuestion {
  const of = { readerId: visit.reader._id, childId: visit.child._id }
  return {
    heading: '出産予定日をなおす',
    path: `${visit.base}/children/${visit.child._id}/dates`,
    kind: 'dueDate',
    initial: typedDateOf(visit.child.dueDate),
    faultOf: (dueDate) => faultSentence(visit, { dueDate }),
    save: async (_, dueDate) => {
      await web.readers.changeAnchor({ ...of, dates: { dueDate } })
      backToPage(visit, 'dates')
      return 'saved'
    },
  }
}

function birthQuestion(web: WebContext, visit: ChildVisit): DateQuestion {
  const { child, reader, form } = visit
  const of = { readerId: reader._id, childId: child._id }
  return {
    heading: child.birthDate ? '誕生日をなおす' : '誕生日を教えてください',
    path: `${visit.base}/children/${child._id}/birth`,
    kind: 'birthDate',
    initial: typedDateOf(child.birthDate),
    faultOf: (birthDate) => faultSentence(visit, { birthDate }),
    // Who comes here for another reason than a birth finds the way without a word about it.
    ...(!child.birthDate && { aside: stopLink(visit) }),
    more: ({ day }) => correctedAge(child, day, reader._id),
    save: async (_, birthDate) => {
      await web.readers.reportBirth({ ...of, birthDate })
      const isCorrected = form.corrected === 'yes' && isEarly(child, birthDate)
      await web.readers.chooseCorrectedAge({ ...of, isCorrected })
      backToPage(visit, 'birth')
      return 'saved'
    },
  }
}

/** A birth and a due date that cannot be of one child, with what is registered. */
function faultSentence(
  { child, today }: ChildVisit,
  changed: Pick<ChildDates, 'birthDate' | 'dueDate'>,
): string | null {
  const fault = changeFault(child, changed, today)
  if (fault === null) return null
  const known = changed.birthDate
    ? child.dueDate && `登録されている出産予定日は ${dayLabel(child.dueDate)} です。`
    : child.birthDate && `登録されている誕生日は ${dayLabel(child.birthDate)} です。`
  return `日付を確かめてください。${known ?? ''}`
}

function stopLink({ base, child }: ChildVisit): HtmlValue {
  return html`<ul class="links">
    <li><a href="${base}/children/${child._id}/stop">この子の配信を止める</a></li>
  </ul>`
}

function isEarly({ dueDate }: Child, birthDate: LocalDay): boolean {
  return dueDate !== undefined && daysBetween(birthDate, dueDate) > TERM_DAYS_BEFORE_DUE
}

function correctedAge(child: Child, birthDate: LocalDay, readerId: string): HtmlValue {
  if (!isEarly(child, birthDate)) return null
  const label = '出産予定日から数えた月齢(修正月齢)で受け取る'
  return html`<p class="hint">
      予定日より早く生まれたお子さんは、出産予定日から数えた月齢で受け取ることもできます。予防接種などの案内は、誕生日から数えます。
    </p>
    ${checkbox(
      { name: 'corrected', label, errors: {} },
      child.corrected?.includes(readerId) ?? false,
    )}`
}
