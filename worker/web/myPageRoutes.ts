import { randomUUID } from 'node:crypto'

import { Router, type Request } from 'express'

import { isRestingOn } from '../../src/plan/rest'
import { html, type HtmlValue } from '../../src/release/escape'
import { dayLabel } from '../../src/stage/japaneseDate'
import type { ContactState } from '../readers/contactState'
import { judgeChild, type ChildVerdict } from '../readers/sameChild'

import { childRoutes } from './childRoutes'
import {
  askDate,
  askWhich,
  sayDateBack,
  stepDate,
  type DateQuestion,
  type SaidDate,
} from './dateStep'
import { actions, radios, type FieldErrors } from './field'
import { findTyped, type Typed } from './formMemory'
import { isQuietPage, myPage, type KnownOfReader } from './myPage'
import { myPageLinkRoutes } from './myPageLinkRoutes'
import { backToPage, openVisit, showPage, type Visit } from './myPageVisit'
import { findChildOutlook, outlookSentences } from './outlook'
import { typedDateOf } from './typedDate'
import type { WebContext } from './webContext'
import { whichChildPage } from './whichChild'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A reader's own page, in the browser that opened it. */
export function myPageRoutes(web: WebContext): Router {
  const router = Router()
  router.use(myPageLinkRoutes(web))
  router.get('/me/:visit', async (request, response) => {
    const visit = await openVisit(web, request, response)
    const done = typeof request.query.done === 'string' ? request.query.done : ''
    if (!visit) return
    const body = myPage(visit, done, await knownOf(web, visit))
    showPage(visit, { title: '登録の内容', body, isQuiet: isQuietPage(visit) })
  })
  const answers = { '': askDate, '/check': sayDateBack, '/which': askWhich } as const
  for (const [place, answer] of Object.entries(answers)) {
    router.get(`/me/:visit/add${place}`, async (request: Request<{ visit: string }>, response) => {
      const visit = await openVisit(web, request, response)
      if (visit) await answer(web, request, { visit, question: newChildQuestion(web, visit) })
    })
  }
  router.post('/me/:visit/add', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) await stepDate(web, request, { visit, question: newChildQuestion(web, visit) })
  })
  router.get('/me/:visit/about', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) showPage(visit, aboutPage(web, visit, await findTyped(web, request)))
  })
  router.post('/me/:visit/about', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) await saveAbout(web, visit)
  })
  router.use(childRoutes(web))
  return router
}

/** Whether anything comes and when; nothing is promised to whom nothing is sent. */
async function knownOf(web: WebContext, visit: Visit): Promise<KnownOfReader> {
  const { reader, municipality, children } = visit
  const stops = await web.readers.openStops({ readerId: reader._id })
  const nothing = { outlooks: new Map<string, string[]>(), contacts: [], stops }
  if (!municipality?.isActive || reader.status !== 'active') return nothing
  const contacts = await web.readers.contactStates(reader, municipality.lineAccount)
  const isSent = ({ state }: ContactState) => ['open', 'notFriend'].includes(state.kind)
  const isResting = isRestingOn(reader.rest, visit.today)
  if (isResting || !contacts.some(isSent)) return { ...nothing, contacts }
  const gone = await web.goneToday(reader._id)
  const said = children.map(async (child) => {
    const expected = await findChildOutlook(web, municipality, { reader, child, gone })
    return [child._id, outlookSentences(expected, municipality, web)] as const
  })
  return { outlooks: new Map(await Promise.all(said)), contacts, stops }
}

function newChildQuestion(web: WebContext, visit: Visit): DateQuestion {
  const { reader, children, form, base } = visit
  const childId = UUID.test(form.key) ? form.key : randomUUID()
  const verdictOf = ({ kind, day }: Pick<SaidDate, 'kind' | 'day'>) =>
    judgeChild(children, { [kind]: day, saidAt: web.now(), relation: reader.relation })
  return {
    heading: 'お子さんを追加する',
    path: `${base}/add`,
    kind: null,
    initial: typedDateOf(undefined),
    hidden: { key: childId },
    which: (said) => whichChildPage({ verdict: verdictOf(said), said, base }),
    more: (said) => meantChild(verdictOf(said)),
    save: async (kind, day) => {
      const answer = form.answer === '' ? {} : { answer: form.answer }
      const added = { readerId: reader._id, childId, [kind]: day, ...answer }
      const { status } = await web.readers.addChild(added)
      if (status === 'asked') return 'asked'
      const changed = kind === 'birthDate' ? 'birth' : 'dates'
      backToPage(visit, { added: 'added', changed, known: 'known', unknown: '' }[status])
      return 'saved'
    },
  }
}

/** Says that a date is taken for one of a child that is registered, and how to say otherwise. */
function meantChild(verdict: ChildVerdict): HtmlValue {
  if (verdict.kind !== 'born' && verdict.kind !== 'corrected') return null
  const { dueDate } = verdict.child
  const known = dueDate && `出産予定日 ${dayLabel(dueDate)}`
  return html`<p>
      ${`登録済みのお子さん(${known ?? ''})の${verdict.kind === 'born' ? '誕生日' : '新しい出産予定日'}として保存します。`}
    </p>
    <p>
      <button class="second" name="answer" value="another">べつのお子さんとして登録する</button>
    </p>`
}

function aboutPage(
  { editionLabels }: WebContext,
  { reader, municipality }: Visit,
  typed: Typed | null,
) {
  const title = '文章の書き方・地区を変える'
  const errors: FieldErrors = {}
  const editions = municipality?.editions ?? []
  const areas = municipality?.areas ?? []
  const editionChoices = editions.map((value) => ({ value, label: editionLabels[value] ?? value }))
  const areaChoices = ['', ...areas].map((value) => ({ value, label: value || '選ばない' }))
  const body = html`<h1>${title}</h1>
    <form method="post" novalidate>
      ${radios(
        { name: 'edition', label: '文章の書き方', errors },
        { choices: editionChoices, value: typed?.edition ?? reader.edition },
      )}
      ${
        areas.length > 0 &&
        radios(
          { name: 'area', label: 'お住まいの地区', errors },
          { choices: areaChoices, value: typed?.area ?? reader.area ?? '' },
        )
      }
      ${actions('保存する')}
    </form>`
  return { title, body }
}

async function saveAbout(web: WebContext, visit: Visit): Promise<void> {
  const { reader, municipality, form } = visit
  const isEdition = municipality?.editions.includes(form.edition)
  await web.readers.changeProfile({
    readerId: reader._id,
    ...(isEdition && { edition: form.edition }),
    area: municipality?.areas.includes(form.area) ? form.area : null,
  })
  backToPage(visit, 'edition')
}
