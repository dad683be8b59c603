import { Router } from 'express'

import { html } from '../../src/release/escape'
import { checkMailAddress } from '../../src/release/mailAddress'
import { indexOf } from '../readers/identity'
import { MAIL_ACCOUNT, type Address } from '../readers/reader'

import { failureOf } from '../concurrency/failure'
import { actions, errorSummary, formScript, textField, titleWith, type FieldErrors } from './field'
import { keepTyped, openForm } from './formMemory'
import { wordsAt } from './languageCookie'
import { notice, type Page } from './page'
import { limitPageLinks, sendPageLink } from './pageLinkMail'
import { sendPage, type WebContext } from './webContext'
import type { Words } from './words/standard'

/** GET and POST /me: a reader gets a new link to their page by mail. */
export function myPageLinkRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/me', async (request, response) => {
    const form = await openForm(web, request, response)
    if (!form) return
    const { mail = '', faulty } = form.typed ?? {}
    const checked = checkMailAddress(mail)
    const words = wordsAt(response)
    const errors: FieldErrors =
      faulty && !checked.isValid
        ? { mail: words.registration.mailFault(checked.code, checked.message) }
        : {}
    sendPage(response, askPage({ typed: mail, formId: form.id, errors, words }))
  })
  router.get('/me/sent', (_, response) => sendPage(response, sentPage(wordsAt(response))))
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

function sentPage(words: Words): Page {
  const { sent: title, sentWhy } = words.entrance.ask
  return { title, body: notice(title, sentWhy), words }
}

interface AskView {
  typed: string
  formId: string
  errors: FieldErrors
  words: Words
}

function askPage({ typed, formId, errors, words }: AskView): Page {
  const { title, about, send } = words.entrance.ask
  const body = html`<h1>${title}</h1>
    ${errorSummary(errors, words)}
    <p>${about}</p>
    <form method="post" action="/me?d=${formId}" novalidate>
      ${textField(
        { name: 'mail', label: words.registration.mail, errors },
        { type: 'email', value: typed, autocomplete: 'email' },
      )}
      ${actions(send)}
    </form>
    ${formScript()}`
  return { title: titleWith(errors, title, words), body, words }
}
