import { Router, type Response } from 'express'

import { html } from '../../src/release/escape'
import { ChildGoneError } from '../readers/childGone'
import type { ConfirmationState } from '../readers/store'

import { actions } from './field'
import { notice } from './page'
import { activeMunicipality, sendExpired, sendPage, type WebContext } from './webContext'
import { welcome } from './askForWelcome'

const REGISTER_AGAIN = 'お手数ですが、もう一度登録してください。登録ははじめから 1 分ほどです。'

/** GET shows a button, POST confirms: programs that open every link confirm nothing. */
export function confirmationRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/confirm/:token', async (request, response) => {
    const state = await web.readers.findConfirmation(request.params.token)
    if (state.status === 'gone') return sendExpired(response, REGISTER_AGAIN)
    return state.status === 'used' ? sendUsed(web, response, state) : sendAsk(web, response, state)
  })
  router.post('/confirm/:token', async (request, response) => {
    try {
      const confirmed = await web.readers.confirm(request.params.token)
      if (confirmed.status === 'gone') return sendExpired(response, REGISTER_AGAIN)
      if (confirmed.status === 'used') return await sendUsed(web, response, confirmed)
      await welcome(web, confirmed.registered.readerId)
      response.redirect(303, `/r/${confirmed.municipality}/done`)
    } catch (error) {
      if (!(error instanceof ChildGoneError)) throw error
      sendExpired(response, REGISTER_AGAIN)
    }
  })
  return router
}

type KnownState = Exclude<ConfirmationState, { status: 'gone' }>

async function sendAsk(web: WebContext, response: Response, state: KnownState): Promise<void> {
  const title = '登録を完了します'
  const body = html`<h1>${title}</h1>
    <p>このメールアドレスで受け取る場合は、ボタンを押してください。</p>
    <form method="post">${actions('登録を完了する')}</form>`
  const municipality = await activeMunicipality(web, state.municipality)
  sendPage(response, { title, body, municipality })
}

async function sendUsed(
  web: WebContext,
  response: Response,
  state: Pick<KnownState, 'municipality'>,
): Promise<void> {
  const title = '登録は済んでいます'
  const municipality = await activeMunicipality(web, state.municipality)
  sendPage(response, {
    title,
    body: notice(title, 'このページは閉じてかまいません。'),
    municipality,
  })
}
