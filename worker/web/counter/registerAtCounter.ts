import { html, type Html, type HtmlValue } from '../../../src/release/escape'
import { CONSENT_VERSION } from '../../readers/consentVersion'
import type { Registration } from '../../readers/store'

import { newKey } from '../browserCookie'
import { askToConfirm } from '../completeRegistration'
import { consentText } from '../consent'
import { parseDraft, type Draft, type Screen } from '../draft'
import { qrCode } from '../family/qrCode'
import {
  checkbox,
  dateFields,
  errorSummary,
  radios,
  textField,
  titleWith,
  type FieldErrors,
} from '../field'
import { findTyped, keepTyped, type Typed } from '../formMemory'
import {
  channelsOf,
  checkScreen,
  chosenEdition,
  completeDraft,
  countChoices,
  countOf,
  type RegistrationContext,
} from '../registrationCheck'
import { eraHint } from '../typedDate'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import { editionName } from '../words/words'
import { COUNTER, showDesk, type Desk, type DeskRequest } from './counterDoor'

/** How somebody at the counter has agreed, by what the form sends; the words are kept with them. */
const BASES = { spoken: '窓口(口頭)', paper: '窓口(書面)' } as const

const SCREENS: readonly Screen[] = ['channel', 'date', 'count', 'relation', 'edition', 'area']

/** GET: the registration of a mail reader in one form, and how a LINE reader registers. */
export async function askRegistration(
  desk: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const typed = await findTyped(web, request)
  const errors = typed ? { ...saidOf(request.query.faulty), ...faultsOf(desk, typed) } : {}
  const heading = '登録をする'
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)} ${lineWay(web, desk)}
    ${hasMail(desk) && mailForm(web, desk, { typed: typed ?? {}, errors })}
    <ul class="links">
      <li><a href="${COUNTER}">もどる</a></li>
    </ul>`
  showDesk(desk, { title: titleWith(errors, heading), body })
}

/** POST: the owner of the address gets the one mail that confirms it, as always. */
export async function registerAtCounter(
  desk: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const { visit, municipality, response } = desk
  const typed = typedOf(request.body)
  const again = async (query: string) => {
    const kept = await keepTyped(web, request, typed)
    response.redirect(303, `${COUNTER}/register?d=${kept}&faulty=${query}`)
  }
  if (!hasMail(desk) || Object.keys(faultsOf(desk, typed)).length > 0) return again('')
  if (await web.readers.counter.isTooOften(visit)) return again('tooOften')
  const registration = registrationOf(web, desk, typed)
  const { address } = registration.address
  const detail = registration.consentBasis ?? ''
  await web.readers.counter.note(visit, { act: 'register', mail: address, detail })
  const { once } = parseDraft(typed)
  const outcome = await askToConfirm(web, { registration, once }, { municipality })
  if (outcome.status === 'mailFailed') return again('mail')
  response.redirect(303, `${COUNTER}/registered`)
}

/** After a registration: nothing comes before its owner has confirmed it. */
export function showRegistered(desk: Desk): void {
  const title = '確かめるメールを送りました'
  const body = html`<h1>${title}</h1>
    <p>その方に届いたメールのボタンを押してもらうと、登録が終わります。24 時間使えます。</p>
    <p>届かないときは、アドレスのつづりと、迷惑メールの設定を確かめてください。</p>
    <ul class="links">
      <li><a href="${COUNTER}/register">続けて登録する</a></li>
      <li><a href="${COUNTER}">窓口にもどる</a></li>
    </ul>`
  showDesk(desk, { title, body })
}

/** What is wrong that the form does not show by itself. */
const SAID: Readonly<Record<string, string>> = {
  tooOften: '1 時間に登録できる回数をこえました。しばらくしてから、もう一度お試しください。',
  mail: 'このアドレスには送れませんでした。つづりを確かめてください。',
}

function saidOf(fault: unknown): FieldErrors {
  const said = typeof fault === 'string' && Object.hasOwn(SAID, fault) ? SAID[fault] : undefined
  return said === undefined ? {} : { mail: said }
}

function typedOf(body: unknown): Typed {
  const given = (body ?? {}) as Record<string, unknown>
  const { basis } = given
  return {
    ...parseDraft({ ...given, channel: 'mail' }),
    basis: typeof basis === 'string' ? basis : '',
  }
}

function faultsOf(desk: Desk, typed: Typed): FieldErrors {
  const draft = parseDraft(typed)
  const context = contextOf(desk)
  const faults = SCREENS.map((screen) => checkScreen(screen, draft, context))
  return Object.assign(
    {},
    ...faults,
    draft.consent === 'yes'
      ? {}
      : { consent: '説明をして、同意をいただいたら、しるしを付けてください。' },
    isBasis(typed.basis) ? {} : { basis: 'どのように同意をいただいたかを選んでください。' },
  ) as FieldErrors
}

function registrationOf(web: WebContext, desk: Desk, typed: Typed): Registration {
  const { children, ...completed } = completeDraft(parseDraft(typed), contextOf(desk))
  const [child = {}, ...twins] = children
  return {
    municipality: desk.municipality.code,
    ...completed,
    child,
    ...(twins.length > 0 && { count: children.length }),
    source: 'counter',
    consentedAt: web.now(),
    consentVersion: CONSENT_VERSION,
    ...(isBasis(typed.basis) && { consentBasis: BASES[typed.basis] }),
  }
}

function isBasis(text: string | undefined): text is keyof typeof BASES {
  return text !== undefined && Object.hasOwn(BASES, text)
}

function contextOf({ municipality, today }: Desk): RegistrationContext {
  return { municipality, today, visitor: null, shared: null, words: standard }
}

function hasMail({ municipality }: Desk): boolean {
  return channelsOf(municipality).includes('mail')
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

interface MailForm {
  typed: Typed
  errors: FieldErrors
}

function mailForm(web: WebContext, desk: Desk, { typed, errors }: MailForm): Html {
  const draft = parseDraft(typed)
  return html`<h2>メールで受け取る方</h2>
    <form method="post" action="${COUNTER}/register" novalidate>
      <input type="hidden" name="once" value="${newKey()}" />
      ${textField(
        { name: 'mail', label: 'メールアドレス', errors },
        { type: 'email', value: draft.mail, autocomplete: 'off' },
      )}
      ${childFields(desk, { draft, errors })} ${profileFields(web, desk, { draft, errors })}
      ${consentText(desk.municipality.name, web.keptDays, standard)}
      ${checkbox(
        { name: 'consent', label: '上のことを説明し、同意をいただきました', errors },
        draft.consent === 'yes',
      )}
      ${radios(
        { name: 'basis', label: '同意のいただき方', errors },
        {
          choices: [
            { value: 'spoken', label: '口頭で' },
            { value: 'paper', label: '書面で' },
          ],
          value: typed.basis ?? '',
        },
      )}
      <button class="main">確かめるメールを送る</button>
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
