import { Router, type Response } from 'express'

import { html } from '../../src/release/escape'

import { confirmRegistration, type ConfirmationOutcome } from './completeRegistration'
import { actions } from './field'
import { notice } from './page'
import { activeMunicipality, sendExpired, sendPage, type WebContext } from './webContext'

const REGISTER_AGAIN = 'お手数ですが、もう一度登録してください。登録ははじめから 1 分ほどです。'

function placeAfter({ links }: WebContext, token: string, outcome: ConfirmationOutcome): string {
  switch (outcome.status) {
    case 'confirmed':
      return links.donePath(outcome.municipality, outcome.registered)
    case 'known':
      return `/r/${outcome.municipality}/known`
    case 'used':
      return `/confirm/${token}`
    case 'asked': {
      const { pathname, search } = new URL(outcome.questionUrl)
      return `${pathname}${search}`
    }
    default:
      return '/confirm/ended' // no token; a shared child that is gone reads like any ended link
  }
}

/** GET shows a button and POST confirms, because mail scanners open every link of a mail. */
export function confirmationRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/confirm/:token', async (request, response) => {
    const state = await web.readers.findConfirmation(request.params.token)
    if (state.status === 'gone') return sendExpired(response, REGISTER_AGAIN)
    return state.status === 'used'
      ? sendUsed(web, response, state.municipality)
      : sendAsk(web, response, state.municipality)
  })
  router.post('/confirm/:token', async (request, response) => {
    const outcome = await confirmRegistration(web, request.params.token)
    const { token } = request.params
    response.redirect(303, placeAfter(web, token, outcome))
  })
  return router
}

async function sendAsk(web: WebContext, response: Response, code: string): Promise<void> {
  const title = '登録を完了します'
  const body = html`<h1>${title}</h1>
    <p>このメールアドレスで受け取る場合は、ボタンを押してください。</p>
    <form method="post">${actions('登録を完了する')}</form>`
  const municipality = await activeMunicipality(web, code)
  sendPage(response, { title, body, municipality })
}

async function sendUsed(web: WebContext, response: Response, code: string): Promise<void> {
  const title = '登録は済んでいます'
  const municipality = await activeMunicipality(web, code)
  sendPage(response, {
    title,
    body: notice(title, 'このページは閉じてかまいません。'),
    municipality,
  })
}
