import { Router } from 'express'

import { html } from '../../src/release/escape'
import { checkMailAddress } from '../../src/release/mailAddress'
import { indexOf } from '../readers/identity'
import { MAIL_ACCOUNT, type Address } from '../readers/reader'

import { failureOf } from '../concurrency/failure'
import { actions, errorSummary, formScript, textField, titleWith, type FieldErrors } from './field'
import { keepTyped, openForm } from './formMemory'
import { notice, type Page } from './page'
import { limitPageLinks, sendPageLink } from './pageLinkMail'
import { sendPage, type WebContext } from './webContext'

/** GET and POST /me: a reader gets a new link to their page by mail. */
export function myPageLinkRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me', async (request, response) => {
    const form = await openForm(web, request, response)
    if (!form) return
    const { mail = '', faulty } = form.typed ?? {}
    const checked = checkMailAddress(mail)
    const errors: FieldErrors = faulty && !checked.isValid ? { mail: checked.message } : {}
    sendPage(response, askPage({ typed: mail, formId: form.id, errors }))
  })
  router.get('/me/sent', (_, response) => sendPage(response, SENT))
  router.post('/me', limitPerAddress(web), async (request, response) => {
    const mail = mailOf(request.body)
    const checked = checkMailAddress(mail)
    const faulty = checked.isValid ? '' : 'yes'
    const id = await keepTyped(web, request, { mail, faulty })
    if (!checked.isValid) return response.redirect(303, `/me?d=${id}`)
    // The answer is the same, and as fast, whether or not the address is registered.
    response.redirect(303, '/me/sent')
    sendLinks(web, checked.address).catch((error: unknown) => {
      web.log.error(failureOf(error), 'link could not be sent')
    })
  })
  return router
}

function limitPerAddress({ ring }: WebContext) {
  return limitPageLinks({
    keyOf: ({ body }) => indexOf(ring, mailAddress(mailOf(body))),
    placeOf: () => '/me/sent',
  })
}

async function sendLinks(web: WebContext, address: string): Promise<void> {
  const readers = await web.readers.findByIdentity(mailAddress(address))
  for (const reader of readers) await sendPageLink(web, reader, address)
}

function mailAddress(address: string): Address {
  return { channel: 'mail', account: MAIL_ACCOUNT, address }
}

function mailOf(body: unknown): string {
  const mail = (body as { mail?: unknown } | undefined)?.mail
  return typeof mail === 'string' ? mail.slice(0, 300) : ''
}

const SENT: Page = {
  title: 'メールを送りました',
  body: notice(
    'メールを送りました',
    'このアドレスで登録があるときは、登録の内容を変えるページのリンクが届きます。',
  ),
}

interface AskView {
  typed: string
  formId: string
  errors: FieldErrors
}

function askPage({ typed, formId, errors }: AskView): Page {
  const title = '登録の内容を変える'
  const body = html`<h1>${title}</h1>
    ${errorSummary(errors)}
    <p>登録したメールアドレスに、登録の内容を変えるページのリンクを送ります。</p>
    <form method="post" action="/me?d=${formId}" novalidate>
      ${textField(
        { name: 'mail', label: 'メールアドレス', errors },
        { type: 'email', value: typed, autocomplete: 'email' },
      )}
      ${actions('リンクを送る')}
    </form>
    ${formScript()}`
  return { title: titleWith(errors, title), body }
}
