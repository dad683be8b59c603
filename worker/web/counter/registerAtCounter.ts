import { html, type Html, type HtmlValue } from '../../../src/release/escape'

import { parseDraft, type Draft, type Screen } from '../draft'
import { findDraftOutlook } from '../draftOutlook'
import { qrCode } from '../family/qrCode'
import { dateFields, errorSummary, radios, textField, titleWith, type FieldErrors } from '../field'
import { findTyped, keepTyped, type Typed } from '../formMemory'
import { isNothing, outlookSentences } from '../outlook'
import { channelsOf, checkScreen, chosenEdition, countChoices, countOf } from '../registrationCheck'
import { eraHint } from '../typedDate'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import { editionName } from '../words/words'
import { contextOf, hasMail, unsentSaid } from './counterDraft'
import { COUNTER, showDesk, type Desk, type DeskRequest } from './counterDoor'

/** What the form asks for, as the screens of a reader's own registration do. */
const SCREENS: readonly Screen[] = ['channel', 'date', 'count', 'relation', 'edition', 'area']

/** GET: the registration of a mail reader in one form, and how a LINE reader registers. */
export async function askRegistration(
  desk: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const typed = await findTyped(web, request)
  const errors = typed
    ? { ...saidOf(request.query.faulty), ...(await faultsOf(web, desk, typed)) }
    : {}
  const heading = '登録をする'
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)} ${lineWay(web, desk)}
    ${hasMail(desk) && mailForm(web, desk, { draft: parseDraft(typed ?? {}), errors })}
    <ul class="links">
      <li><a href="${COUNTER}">もどる</a></li>
    </ul>`
  showDesk(desk, { title: titleWith(errors, heading), body })
}

/** POST: on to the answers, or again with what is to be corrected. */
export async function takeRegistration(
  desk: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const given = (request.body ?? {}) as Record<string, unknown>
  const typed: Typed = parseDraft({ ...given, channel: 'mail' })
  const id = await keepTyped(web, request, typed)
  const isSound = hasMail(desk) && Object.keys(await faultsOf(web, desk, typed)).length === 0
  desk.response.redirect(303, `${COUNTER}/register${isSound ? '/check' : ''}?d=${id}`)
}

function saidOf(fault: unknown): FieldErrors {
  const said = unsentSaid(fault)
  return said === undefined ? {} : { mail: said }
}

/** Mistakes by field; a registration to which nothing will ever come is one, and says so. */
export async function faultsOf(web: WebContext, desk: Desk, typed: Typed): Promise<FieldErrors> {
  const draft = parseDraft(typed)
  const context = contextOf(desk)
  const faults = SCREENS.map((screen) => checkScreen(screen, draft, context))
  const errors = Object.assign({}, ...faults) as FieldErrors
  if (Object.keys(errors).length > 0) return errors
  const expected = await findDraftOutlook(web, draft, context)
  if (expected?.outlook.kind !== 'none') return {}
  const { editionLabels } = web
  const said = outlookSentences(expected, desk.municipality, { editionLabels, words: standard })
  return { [isNothing(expected) ? 'date' : 'edition']: said.join('') }
}

/** On LINE nobody can register for another one: the code leads to the page that does. */
function lineWay({ links }: WebContext, { municipality }: Desk): Html | null {
  if (!channelsOf(municipality).includes('line')) return null
  const url = links.pageUrl(`/r/${municipality.code}?s=counter`)
  return html`<section class="card">
    <h2>LINE で受け取る方</h2>
    <p>ご自分の電話で読み取ってもらいます。そのまま登録できます。</p>
    ${qrCode(url, '登録のページ')}
  </section>`
}

function mailForm(web: WebContext, desk: Desk, fields: Fields): Html {
  const { draft, errors } = fields
  return html`<h2>メールで受け取る方</h2>
    <form method="post" action="${COUNTER}/register" novalidate>
      ${textField(
        { name: 'mail', label: 'メールアドレス', errors },
        { type: 'email', value: draft.mail, autocomplete: 'off' },
      )}
      ${childFields(desk, fields)} ${profileFields(web, desk, fields)}
      <button class="main">内容を確かめる</button>
    </form>`
}

interface Fields {
  draft: Draft
  errors: FieldErrors
}

function childFields({ today }: Desk, { draft, errors }: Fields): HtmlValue {
  const { registration } = standard
  const choices = [
    { value: 'dueDate', label: '妊娠中(出産予定日)' },
    { value: 'birthDate', label: '生まれている(誕生日)' },
  ]
  return html`${radios(
    { name: 'anchor', label: 'お子さんは', errors },
    { choices, value: draft.anchor },
  )}
  ${dateFields({ name: 'date', label: '日付', hint: eraHint(today), errors }, draft)}
  ${radios(
    { name: 'count', label: registration.answers.count, errors },
    { choices: countChoices(standard), value: countOf(draft.count) },
  )}`
}

function profileFields(
  { editionLabels }: WebContext,
  { municipality }: Desk,
  { draft, errors }: Fields,
): HtmlValue {
  const { relations, registration } = standard
  const { answers, noArea } = registration
  const { editions, areas } = municipality
  const names = { editionLabels, words: standard }
  return html`${radios(
    { name: 'relation', label: answers.relation, errors },
    {
      choices: Object.entries(relations).map(([value, label]) => ({ value, label })),
      value: draft.relation,
    },
  )}
  ${
    editions.length > 1 &&
    radios(
      { name: 'edition', label: answers.edition, errors },
      {
        choices: editions.map((value) => ({ value, label: editionName(value, names) })),
        value: chosenEdition(draft, municipality),
      },
    )
  }
  ${
    areas.length > 0 &&
    radios(
      { name: 'area', label: answers.area, errors },
      {
        choices: ['', ...areas].map((value) => ({ value, label: value || noArea })),
        value: draft.area,
      },
    )
  }`
}
