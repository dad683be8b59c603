import { escapeHtml } from '../../src/release/escape'
import { noticeOf } from '../../src/release/lockScreen'
import { localDayOf } from '../../src/stage/day'
import { clockLabel, dayLabel } from '../../src/stage/japaneseDate'

import type { Bubble, Conversation } from './conversation'
import { messageHtml } from './flexHtml'
import { menuHtml } from './menuHtml'
import { pageAddress, type InboxQuery } from './inboxQuery'

interface TalkView {
  query: InboxQuery
  conversation: Conversation | null
}

/** UTF-16 units of what is said in a talk. */
export const MAX_SAID = 500

/** The conversation of one person with one account, as a phone shows it. *Pure.* */
export function linePane({ conversation, query }: TalkView): string {
  if (!conversation) {
    return '<div class="phone"><div class="phone-top"><b>LINE</b></div><p class="hint">一覧から LINE の読者を選ぶと、ここにトークが出ます。</p></div>'
  }
  const { name, channel, isBlocked, bubbles, userId } = conversation
  const title = escapeHtml(channel?.name || channel?.basicId || 'LINE')
  const when = query.date === '' ? 'まだ' : 'この日の'
  const empty = `<p class="day">${when}メッセージはありません</p>`
  return `<div class="phone phone-line">
<div class="phone-top"><a class="back" href="${pageAddress({ ...query, line: null, mail: null })}">‹ 一覧</a><b>${title}</b></div>
<div class="talk" id="talk" data-live tabindex="0" aria-label="${title} のトーク">
${bubbles.length === 0 ? empty : bubblesHtml(conversation, title)}
</div>
<div class="phone-foot" id="line-foot" data-live>${lineFoot(conversation)}</div>
</div>
<p class="hint">読者: ${escapeHtml(name)} <code>${escapeHtml(userId)}</code>${isBlocked ? ' <strong>ブロック中</strong>' : ''}</p>`
}

function lineFoot({ channel, userId, isBlocked, menu }: Conversation): string {
  if (!channel) return ''
  const fields = fieldsOf({ channel, userId })
  const { channelId } = channel
  const under = menu ? menuHtml(menu, { channelId, buttonFields: fields }) : ''
  return isBlocked
    ? `<p>ブロックしています。届いたことになりますが、表示されません。</p>
<form method="post" action="/inbox/unblock">${fields}<button type="submit">ブロックを解除する</button></form>`
    : `<form class="say" method="post" action="/inbox/say">${fields}<input name="text" required maxlength="${MAX_SAID}" autocomplete="off" aria-label="トークに書く" placeholder="例: 登録の内容"><button type="submit">送る</button></form>
${under}
<form method="post" action="/inbox/block">${fields}<button type="submit" class="quiet">このアカウントをブロックする</button></form>`
}

/** What a form says of the talk it stands in. */
function fieldsOf({ channel, userId }: Pick<Conversation, 'channel' | 'userId'>): string {
  return `<input type="hidden" name="channel" value="${escapeHtml(channel?.channelId ?? '')}"><input type="hidden" name="user" value="${escapeHtml(userId)}">`
}

function bubblesHtml(conversation: Conversation, title: string): string {
  const fields = fieldsOf(conversation)
  let day = ''
  return conversation.bubbles
    .map((bubble) => {
      const own = localDayOf(new Date(bubble.at))
      const line = own === day ? '' : `<p class="day">${dayLabel(own)}</p>`
      day = own
      return line + bubbleHtml(bubble, { title, fields })
    })
    .join('\n')
}

function bubbleHtml(
  { at, side, messages }: Bubble,
  { title, fields }: { title: string; fields: string },
): string {
  const rows = messages.map(
    (message) =>
      `<div class="line">${messageHtml(message, fields)}<time datetime="${new Date(at).toISOString()}">${clockLabel(new Date(at))}</time></div>`,
  )
  const avatar =
    side === 'account'
      ? `<span class="avatar" aria-hidden="true">${[...title][0] ?? ''}</span>`
      : ''
  const name = senderOf(messages) ?? title
  const head = side === 'account' ? `<span class="name">${name}</span>${noticeHtml(messages)}` : ''
  return `<div class="said said-${side}">${avatar}<div class="lines">${head}${rows.join('')}</div></div>`
}

/** Who a message says it is from in place of the account, as LINE shows it. */
function senderOf([first]: Bubble['messages']): string | null {
  const name = (first as { sender?: { name?: unknown } } | undefined)?.sender?.name
  return typeof name === 'string' ? escapeHtml(name) : null
}

/** What the lock screen of the phone says of them. */
function noticeHtml(messages: Bubble['messages']): string {
  const notices = new Set(messages.map(noticeOf))
  const words = [...notices].filter(Boolean).map((one) => `<li>${escapeHtml(one)}</li>`)
  return `<details class="notice"><summary>通知に出る文</summary><ul>${words.join('')}</ul></details>`
}
