import { randomUUID } from 'node:crypto'

import { Router, type Request } from 'express'

import { lineIdsOf } from '../../src/accounts/topology'
import { isRestingOn } from '../../src/plan/rest'
import { html, type HtmlValue } from '../../src/release/escape'
import { addDays, type LocalDay } from '../../src/stage/day'
import type { ContactState } from '../readers/contactState'
import { judgeChild, type ChildVerdict } from '../readers/sameChild'

import { aboutRoutes } from './aboutRoutes'
import { childRoutes } from './childRoutes'
import { contactLabels } from './contact/contactLabels'
import { contactRoutes } from './contact/contactRoutes'
import { othersChildPage, othersDates } from './family/othersDates'
import {
  askDate,
  askWhich,
  sayDateBack,
  stepDate,
  type DateQuestion,
  type SaidDate,
} from './dateStep'
import type { ChildFacts } from './myDetails'
import { titleOf } from './survey/surveyPages'
import { isQuietPage, myPage, type KnownOfReader } from './myPage'
import { myPageLinkRoutes } from './myPageLinkRoutes'
import { countOf } from './registrationCheck'
import { backToPage, openVisit, showPage, type Visit } from './myPageVisit'
import { findChildOutlook, outlookSentences } from './outlook'
import { dataRoutes } from './data/dataRoutes'
import { isPaused } from './stageWords'
import { nextSupportDay } from './support/supportPages'
import { supportStateOf } from './support/supportRoutes'
import { textsRoutes } from './texts/textsRoutes'
import { townRoutes } from './town/townRoutes'
import { typedDateOf } from './typedDate'
import type { WebContext } from './webContext'
import { countSaid, whichChildPage } from './whichChild'
import type { Words } from './words/standard'
import { wishRoutes } from './wishes/wishRoutes'

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
    showPage(visit, { title: visit.words.me.title, body, isQuiet: isQuietPage(visit) })
  })
  const answers = { '': askDate, '/check': sayDateBack, '/which': askWhich } as const
  for (const [place, answer] of Object.entries(answers)) {
    router.get(`/me/:visit/add${place}`, async (request: Request<{ visit: string }>, response) => {
      const visit = await openVisit(web, request, response)
      if (visit) await answer(web, request, { visit, question: await newChildQuestion(web, visit) })
    })
  }
  router.post('/me/:visit/add', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) await stepDate(web, request, { visit, question: await newChildQuestion(web, visit) })
  })
  router.use(
    aboutRoutes(web),
    wishRoutes(web),
    childRoutes(web),
    contactRoutes(web),
    townRoutes(web),
  )
  router.use(textsRoutes(web), dataRoutes(web))
  return router
}

/** How many days back the page shows what came (days). */
const SHOWN_DAYS = 7

/** What the page shows: all that is registered, whether anything comes and when, and what came. */
async function knownOf(web: WebContext, visit: Visit): Promise<KnownOfReader> {
  const { reader, municipality } = visit
  const stops = await web.readers.openStops({ readerId: reader._id })
  const contacts = await web.readers.contactStates(reader, municipality && lineIdsOf(municipality))
  const isSilent = reader.status !== 'active' || !municipality?.isActive
  return {
    stops,
    hasStopped: await web.readers.maySupport(reader._id),
    nextSupport: await nextSupportOf(web, visit),
    contacts: isSilent ? [] : contacts,
    isContactAsked: await web.readers.isContactAsked(reader._id),
    outlooks: await outlooksOf(web, visit, contacts),
    facts: await factsOf(web, visit),
    surveys: await surveysOf(web, visit),
    details: {
      contacts: isQuietPage(visit) ? [] : contactLabels(web, visit),
      editionLabels: web.editionLabels,
    },
  }
}

/** The reader's own ways to the surveys they were asked. */
async function surveysOf({ surveys, links }: WebContext, { reader, words }: Visit) {
  const link = links.textUrl({ readerId: reader._id, town: reader.municipality })
  return (await surveys.toAnswer(reader)).map(({ _id, content }) => ({
    title: titleOf(content, words),
    href: `${link}/survey/${encodeURIComponent(_id)}`,
  }))
}

/** The day of the next support text of who has asked for them and does not rest on it. */
async function nextSupportOf(web: WebContext, visit: Visit): Promise<LocalDay | null> {
  const { reader } = visit
  const state = reader.support ? await supportStateOf(web, visit) : null
  const next = state && nextSupportDay(state)
  return next && !isRestingOn(reader.rest, next) ? next : null
}

/** When the next text of each child comes; nothing is promised to whom nothing is sent. */
async function outlooksOf(
  web: WebContext,
  { reader, municipality, children, today, words }: Visit,
  contacts: readonly ContactState[],
): Promise<Map<string, string[]>> {
  const { editionLabels } = web
  const isSent = ({ state }: ContactState) => ['open', 'notFriend'].includes(state.kind)
  const isSilent = reader.status !== 'active' || isRestingOn(reader.rest, today)
  if (!municipality?.isActive || isSilent || !contacts.some(isSent)) return new Map()
  const gone = await web.goneToday(reader._id)
  const said = children.map(async (child): Promise<[string, string[]]> => {
    if (isPaused(child, today)) return [child._id, [words.family.paused.now]]
    const expected = await findChildOutlook(web, municipality, { reader, child, gone })
    return [child._id, outlookSentences(expected, municipality, { editionLabels, words })]
  })
  return new Map(await Promise.all(said))
}

/** Who else is registered with each child, and what came of it in the last days. */
async function factsOf(
  web: WebContext,
  { reader: { _id: readerId }, children, today }: Visit,
): Promise<Map<string, ChildFacts>> {
  const since = addDays(today, 1 - SHOWN_DAYS)
  const texts = await web.texts.of({ readerId, children: children.map(({ _id }) => _id), since })
  const lately = texts.filter(({ status }) => status === 'accepted')
  const found = children.map(async ({ _id: childId }) => {
    const sharers = await web.readers.sharersOf({ readerId, childId })
    const rights = await web.readers.dateRights({ readerId, childId })
    const own = lately.filter(({ child }) => child === childId)
    return [childId, { sharers, rights, lately: own }] as const
  })
  return new Map(await Promise.all(found))
}

async function newChildQuestion(web: WebContext, visit: Visit): Promise<DateQuestion> {
  const { reader, children, form, base, words } = visit
  const others = await othersDates(web, visit)
  const childId = UUID.test(form.key) ? form.key : randomUUID()
  const verdictOf = ({ kind, day }: Pick<SaidDate, 'kind' | 'day'>) =>
    judgeChild(children, { [kind]: day, saidAt: web.now(), relation: reader.relation })
  return {
    // Nobody to whom nothing comes any more is asked for one child more.
    heading: isQuietPage(visit) ? words.quiet.wishAgain : words.me.add,
    path: `${base}/add`,
    kind: null,
    initial: typedDateOf(undefined),
    hidden: { key: childId },
    which: (said) =>
      othersChildPage(visit, { verdict: verdictOf(said), said, others }) ??
      whichChildPage({ verdict: verdictOf(said), said, base, words }),
    more: (said) => html`${countSaid(said, words)} ${meantChild(verdictOf(said), words)}`,
    save: async (kind, day) => {
      const answer = form.answer === '' ? {} : { answer: form.answer }
      // Who says that it is the child that is registered has none besides.
      const count = form.answer === 'same' ? 1 : Number(countOf(form.count))
      const added = { readerId: reader._id, childId, [kind]: day, count, ...answer }
      const { status } = await web.readers.addChild(added)
      if (status === 'asked') return 'asked'
      const changed = kind === 'birthDate' ? 'birth' : 'dates'
      backToPage(visit, { added: 'added', changed, known: 'known', unknown: '' }[status])
      return 'saved'
    },
  }
}

/** Says that a date is taken for one of a child that is registered, and how to say otherwise. */
function meantChild(verdict: ChildVerdict, { dates, day }: Words): HtmlValue {
  if (verdict.kind !== 'born' && verdict.kind !== 'corrected') return null
  const { dueDate } = verdict.child
  const takenFor = dates.takenFor[verdict.kind === 'born' ? 'birthDate' : 'dueDate']
  return html`<p>${takenFor(dueDate ? day(dueDate) : '')}</p>
    <p>
      <button class="second" name="answer" value="another">${dates.another}</button>
    </p>`
}
