import { randomUUID } from 'node:crypto'

import { Router, type Request } from 'express'

import { html } from '../../src/release/escape'

import { childRoutes } from './childRoutes'
import { askDate, sayDateBack, stepDate, type DateQuestion } from './dateStep'
import { actions, radios, type FieldErrors } from './field'
import { myPage } from './myPage'
import { myPageLinkRoutes } from './myPageLinkRoutes'
import { backToPage, openVisit, showPage, type Visit } from './myPageVisit'
import { typedDateOf } from './typedDate'
import type { WebContext } from './webContext'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A reader's own page, opened by a sealed link that expires. */
export function myPageRoutes(web: WebContext): Router {
  const router = Router()
  router.use(myPageLinkRoutes(web))
  router.get('/me/:token', async (request, response) => {
    const visit = await openVisit(web, request, response)
    const done = typeof request.query.done === 'string' ? request.query.done : ''
    if (visit) showPage(visit, { title: '登録の内容', body: myPage(visit, done) })
  })
  const answers = { '': askDate, '/check': sayDateBack } as const
  for (const [place, answer] of Object.entries(answers)) {
    router.get(`/me/:token/add${place}`, async (request: Request<{ token: string }>, response) => {
      const visit = await openVisit(web, request, response)
      if (visit) await answer(web, request, { visit, question: newChildQuestion(web, visit) })
    })
  }
  router.post('/me/:token/add', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) await stepDate(web, request, { visit, question: newChildQuestion(web, visit) })
  })
  router.get('/me/:token/about', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) showPage(visit, aboutPage(web, visit))
  })
  router.post('/me/:token/about', async (request, response) => {
    const visit = await openVisit(web, request, response)
    if (visit) await saveAbout(web, visit)
  })
  router.use(childRoutes(web))
  return router
}

function newChildQuestion(web: WebContext, visit: Visit): DateQuestion {
  const { reader, form } = visit
  const childId = UUID.test(form.key) ? form.key : randomUUID()
  return {
    heading: 'お子さんを追加する',
    path: `${visit.base}/add`,
    kind: null,
    initial: typedDateOf(undefined),
    hidden: { key: childId },
    save: async (kind, day) => {
      await web.readers.addChild({ readerId: reader._id, childId, [kind]: day })
      backToPage(visit, 'added')
    },
  }
}

function aboutPage({ editionLabels }: WebContext, { reader, municipality }: Visit) {
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
        { choices: editionChoices, value: reader.edition },
      )}
      ${
        areas.length > 0 &&
        radios(
          { name: 'area', label: 'お住まいの地区', errors },
          { choices: areaChoices, value: reader.area ?? '' },
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
