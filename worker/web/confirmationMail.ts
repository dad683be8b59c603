import { createHash } from 'node:crypto'

import { plainPhone } from '../../src/release/phone'
import type { Receipt } from '../channel/channel'
import type { Registration } from '../readers/store'
import type { MunicipalitySettings } from '../../src/plan/settings'

import type { WebContext } from './webContext'

/** A registration that waits for its confirmation. */
export interface AskedConfirmation {
  token: string
  registration: Registration
  municipality: MunicipalitySettings
}

/** Sends the mail with the one link that confirms an address. */
export function sendConfirmationMail(
  { mail, links }: WebContext,
  { token, registration, municipality }: AskedConfirmation,
): Promise<Receipt> {
  return mail.sendOne({
    id: `confirmation-${createHash('sha256').update(token).digest('hex').slice(0, 32)}`,
    to: registration.address.address,
    ...letter(municipality, '登録の確認をお願いします', [
      '次のリンクを開いて、登録を完了してください。24 時間以内に 1 回だけ使えます。',
      links.confirmationUrl(token),
      '',
      'お心当たりがないときは、このメールを消してください。何も登録されません。',
    ]),
  })
}

/** Says to somebody who has come back that it worked: today's text may have been theirs already. */
export function sendRestartMail(
  { mail, links }: WebContext,
  sent: {
    readerId: string
    to: string
    municipality: MunicipalitySettings
    id: string
    sentences: string[]
  },
): Promise<Receipt> {
  const { id, to, municipality, sentences, readerId } = sent
  return mail.sendOne({
    id,
    to,
    ...letter(municipality, '登録しました', [
      '配信の登録を受け付けました。',
      ...sentences,
      '',
      `${ABOUT_MY_PAGE}7 日以内に、1 つのブラウザで開けます。`,
      links.myPageUrl(readerId),
    ]),
  })
}

/** Sends the link to a reader's own page. */
export function sendMyPageMail(
  { mail, links }: WebContext,
  sent: { readerId: string; to: string; municipality: MunicipalitySettings; id: string },
): Promise<Receipt> {
  const { id, to, municipality, readerId } = sent
  return mail.sendOne({
    id,
    to,
    ...letter(municipality, '登録の内容を変えるページ', [
      `${ABOUT_MY_PAGE}24 時間以内に、1 つのブラウザで開けます。`,
      links.askedPageUrl(readerId),
      '',
      'まだ開いていないリンクを知っている人は、内容を見て変えられます。ほかの人に渡さないでください。',
    ]),
  })
}

const ABOUT_MY_PAGE = '登録の内容を変えたり、配信を止めたりするページです。'

/** Sender, subject and text of a municipality's letter to one reader. */
function letter(municipality: MunicipalitySettings, subject: string, lines: readonly string[]) {
  const { senderName, mailFrom } = municipality
  const text = [`${senderName} です。`, '', ...lines, '', ...signature(municipality)]
  return { from: { name: senderName, address: mailFrom }, subject, text: text.join('\n') }
}

function signature({ name, contact }: MunicipalitySettings): string[] {
  const lines = [
    `${name} ${contact.department}`,
    `電話 ${plainPhone(contact.phone)} ${contact.hours}`,
  ]
  return contact.url ? [...lines, contact.url] : lines
}
