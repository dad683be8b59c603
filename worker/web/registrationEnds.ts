import type { MunicipalitySettings } from '../../src/plan/settings'
import { html } from '../../src/release/escape'

import type { ChildDates } from '../readers/reader'

import { linkQuery, type Draft } from './draft'
import { languageLinks } from './languageSwitch'
import type { RegistrationContext } from './registrationCheck'
import { stageSentence } from './stageWords'
import type { Words } from './words/standard'
import { formerTownLinks, type FormerTown } from './formerTown'
import { outlookSentences, type FamilyOutlook } from './outlook'
import { notice, type Page } from './page'

/** Where a registration begins that no municipality is known of. *Pure.* */
export function chooseMunicipalityPage(
  offered: MunicipalitySettings[],
  { line, lang, words }: { line: string; lang: string; words: Words },
): Page {
  const title = words.ends.choose
  const query = queryOf({ line, lang })
  const body = html`${languageLinks(words, (code) => `/r${queryOf({ line, lang: code })}`)}
    <h1>${title}</h1>
    <ul class="links">
      ${offered.map(({ code, name }) => html`<li><a href="/r/${code}${query}">${name}</a></li>`)}
    </ul>`
  return { title, body, words }
}

function queryOf(fields: Record<string, string>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== '')
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''
}

/** What somebody sees who does not know a date yet; nothing of them is kept. *Pure.* */
export function unknownPage(municipality: MunicipalitySettings, link: Draft, words: Words): Page {
  const { unknown: title, unknownWhy, unknownBack } = words.ends
  const path = `/r/${municipality.code}`
  const hrefIn = (lang: string) => `${path}/unknown${linkQuery({ ...link, lang })}`
  const body = html`${languageLinks(words, hrefIn)} ${notice(title, ...unknownWhy)}
    <div class="actions">
      <a class="button main" href="${path}${linkQuery(link)}">${unknownBack}</a>
    </div>`
  return { title, body, municipality, words }
}

/** What somebody sees whose child nothing will come for: nothing is registered. *Pure.* */
export function nothingPage(
  { municipality, today, words }: RegistrationContext,
  { dates, dateUrl }: { dates: ChildDates; dateUrl: string | null },
): Page {
  const { nothing: title, nothingWhy, nothingBack } = words.ends
  const body = html`<h1>${title}</h1>
    <p class="said">${stageSentence(dates, today, words)}</p>
    ${nothingWhy(municipality.name).map((sentence) => html`<p>${sentence}</p>`)}
    ${
      dateUrl &&
      html`<div class="actions"><a class="button main" href="${dateUrl}">${nothingBack}</a></div>`
    }`
  return { title, body, municipality, words }
}

/**
 * What somebody sees who opens a family's link that has ended, for whatever reason. *Pure.*
 *
 * @param href where they register by themselves
 */
export function endedInvitationPage(href: string, words: Words): Page {
  const { title, why, own, others } = words.ends.invitation
  return { title, body: notice(title, why, html`<a href="${href}">${own}</a>`, others), words }
}

/** What is known of a registration that has just been completed. */
export interface Done {
  expected: FamilyOutlook
  editionLabels: Readonly<Record<string, string>>
  formerTowns: FormerTown[]
}

/** What a reader sees who is registered: when the next text comes, or that none will. *Pure.* */
export function donePage(municipality: MunicipalitySettings, done: Done): Page {
  const { expected, editionLabels } = done
  const hasText = expected.outlook.kind === 'text'
  const title = hasText ? '登録しました' : '登録しましたが、いま届く文はありません'
  const sentences = outlookSentences(expected, municipality, { editionLabels })
  const body = notice(
    title,
    ...sentences,
    hasText && 'それからは、お子さんの時期に合わせてお届けします。',
    !hasText && '日付や書き方は、あとから変えられます。くわしくは、下の窓口におたずねください。',
    // Only a mail's link leads here: on LINE the talk says that it is done.
    '登録の内容を変えるときや止めるときは、届いたメールの下のリンクか、次のページを使ってください。',
    html`<a href="/me">登録の内容を変える・止める</a>`,
  )
  const former = formerTownLinks(done.formerTowns)
  return { title, body: html`${body}${former}`, municipality }
}

/**
 * What is seen later, or by somebody the address was given to: whether they are registered is not
 * known, and must not be said. *Pure.*
 */
export function laterPage(municipality: MunicipalitySettings): Page {
  const title = '登録のあとのページです'
  const body = notice(
    title,
    'このページに出ていた内容は、登録したブラウザでだけ、1 時間見られます。このページを開いただけでは、登録されません。',
    html`<a href="/me">登録できているかを、メールで確かめる</a>`,
    html`<a href="/r/${municipality.code}">登録する</a>`,
  )
  return { title, body, municipality }
}

/** What a reader sees whose child was registered before. *Pure.* */
export function knownPage(municipality: MunicipalitySettings): Page {
  const title = 'このお子さんは、もう登録されています'
  const body = notice(
    title,
    '同じお子さんが登録されているので、追加していません。',
    html`<a href="/me">登録の内容を見る・変える</a>`,
  )
  return { title, body, municipality }
}

/** What somebody sees whose registration the LINE friend is asked about in the talk. *Pure.* */
export function askedPage(municipality: MunicipalitySettings): Page {
  const title = 'LINE のトークで確認してください'
  const body = notice(
    title,
    'まだ登録は終わっていません。トークに届く確認で「登録する」を押すと、登録が終わります。確認は 24 時間使えます。',
    '届かないときは、トークで「登録」と送ってください。もう一度お送りします。',
  )
  return { title, body, municipality }
}

/** What somebody sees who opens the link of a LINE friend that was used. *Pure.* */
export function usedLinkPage(municipality: MunicipalitySettings): Page {
  const title = 'このリンクは、もう使われています'
  const body = notice(
    title,
    'リンクで登録できるのは 1 回だけです。登録の確認は、LINE のトークに届いています。',
    'もう一度登録するには、トークで「登録」と送ってください。新しいリンクが届きます。',
  )
  return { title, body, municipality }
}

/** What somebody sees whose mail address waits to be confirmed. *Pure.* */
export function sentPage(municipality: MunicipalitySettings, formId: string | null): Page {
  const again = formId ? `/channel?d=${formId}` : ''
  const title = '確認のメールを送りました'
  const body = notice(
    title,
    'メールの中のリンクを開くと、登録が終わります。リンクは 24 時間使えます。',
    '届かないときは、迷惑メールの設定と、入れたアドレスを確かめてください。',
    html`<a href="/r/${municipality.code}${again}">アドレスを入れなおす</a>`,
  )
  return { title, body, municipality }
}
