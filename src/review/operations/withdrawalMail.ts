import type { PayloadRequest } from 'payload'

import { peopleIn } from '../../people/usersSlug'
import { escapeHtml } from '../../release/escape'
import { shorten } from '../../release/graphemes'
import type { RequestTarget } from '../queries/withdrawalRequests'
import { chiefsOf, type Asked } from './withdrawalRequest'

/** How many chiefs were written to, and how many could not be. */
export interface Told {
  sent: number
  failed: number
}

/** Writes to every chief at once; it never waits for the daily digest. */
export async function tellChiefs(
  req: PayloadRequest,
  target: RequestTarget,
  asked: Asked,
): Promise<Told> {
  const { payload } = req
  const { serverURL, routes } = payload.config
  const url = `${serverURL}${routes.admin}/collections/${target.collection}/${target.id}`
  const chiefs = await chiefsOf(payload, peopleIn(payload))
  const told = await Promise.all(
    chiefs.map(async (to) => {
      try {
        await payload.sendEmail({ to, ...mailOf(asked, to.name, url) })
        return true
      } catch (error) {
        payload.logger.warn({ reason: (error as Error).name }, 'withdrawal request not mailed')
        return false
      }
    }),
  )
  return { sent: told.filter(Boolean).length, failed: told.filter((isSent) => !isSent).length }
}

/** The mail about a request to withdraw. *Pure.* */
export function mailOf({ request, title }: Asked, name: string, url: string) {
  const lines = [
    `${name} さん`,
    `${request.by} さんから、届けている文の取り下げの依頼がありました。`,
    `■ 原稿: ${title}`,
    `■ 理由: ${request.reason}`,
    '次の画面を開いて内容を確かめ、「取り下げる」か「取り下げない」を選んでください。取り下げると、まだ送られていない分が 30 秒以内に止まります。',
    url,
    'このメールは、依頼があるとすぐに、監修責任者の全員に届きます。',
  ]
  const html = lines.map((line) =>
    line === url
      ? `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`
      : `<p>${escapeHtml(line).replaceAll('\n', '<br>')}</p>`,
  )
  return {
    subject: `【至急】取り下げの依頼: ${shorten(title.replace(/\s+/g, ' '), 60)}`,
    text: lines.join('\n\n'),
    html: `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>取り下げの依頼</title></head><body style="font-family:sans-serif;line-height:1.7;max-width:600px">${html.join('')}</body></html>`,
  }
}

/** What the asker is told. *Pure.* */
export function toldSentence({ isNew }: Pick<Asked, 'isNew'>, { sent, failed }: Told): string {
  if (!isNew) return 'この原稿の取り下げは、もう頼まれています。監修責任者の答えを待っています。'
  if (sent === 0) {
    return '依頼を記録しましたが、メールで知らせられませんでした。監修責任者に電話でも知らせてください。'
  }
  const rest = failed > 0 ? `(${failed} 人にはメールを送れませんでした)` : ''
  return `監修責任者 ${sent} 人に、いまメールで知らせました${rest}。急ぐときは電話でも知らせてください。`
}
