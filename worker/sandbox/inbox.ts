import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'

import { practiceClockSentence } from '../../src/config/clock'
import { cutText } from '../../src/release/graphemes'
import { isCrossSite } from './control'
import { conversationOf, mailsOf } from './conversation'
import { latestReaders, type InboxReader } from './inboxReaders'
import { renderInbox } from './inboxPage'
import { MAX_SAID } from './inboxTalk'
import type { SandboxLine } from './line'
import type { ApiAnswer, ApiRequest } from './apiAnswer'
import { createMailReader, renderMailFrame, type MailReader } from './mailReader'
import { createSignals, type Signals } from './signals'
import type { SmtpSink } from './smtpSink'

/** What the inbox shows. */
export interface InboxOptions {
  line: SandboxLine
  mail: SmtpSink
  /** Called after every change of the sandbox. */
  listeners: Set<() => void>
  /** The practice clock, or null where the time is the real one. */
  practiceNow: (() => Date) | null
}

/** The pages under `/` of the sandbox. */
export interface Inbox {
  answer(request: ApiRequest, response: ServerResponse): Promise<ApiAnswer | 'streaming' | null>
  stop(): void
}

const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' https: http://localhost:* http://127.0.0.1:* data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

const MAIL_HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox allow-popups allow-popups-to-escape-sandbox",
}

/** Creates the inbox pages; nothing in them needs JavaScript but the live update. */
export function createInbox({ line, mail, listeners, practiceNow }: InboxOptions): Inbox {
  const signals = createSignals(listeners)
  const parts = { line, mail, mails: createMailReader(mail), signals, practiceNow }
  return {
    async answer(request, response) {
      const isAction = request.method === 'POST' && request.url.pathname.startsWith('/inbox/')
      if (isAction) return act(line, request)
      return request.method === 'GET' ? show(parts, request, response) : null
    },
    stop: () => signals.stop(),
  }
}

interface InboxParts {
  line: SandboxLine
  mail: SmtpSink
  mails: MailReader
  signals: Signals
  practiceNow: InboxOptions['practiceNow']
}

async function show(
  parts: InboxParts,
  { url }: ApiRequest,
  response: ServerResponse,
): Promise<ApiAnswer | 'streaming' | null> {
  const { pathname } = url
  if (pathname === '/') return showInbox(parts, url)
  if (pathname === '/healthz') return { status: 200, body: { status: 'ok' } }
  if (pathname === '/inbox/events') return parts.signals.open(response)
  const [, channelId, menuId] = /^\/inbox\/menu\/([^/]+)\/([^/]+)$/.exec(pathname) ?? []
  if (channelId && menuId) return menuPicture(parts, channelId, menuId)
  const number = /^\/inbox\/mail\/(\d+)$/.exec(pathname)?.[1]
  return number === undefined ? asset(pathname) : showMail(parts, Number(number), url)
}

async function showInbox(parts: InboxParts, url: URL): Promise<ApiAnswer> {
  const { line, mail, mails, practiceNow } = parts
  const query = {
    line: url.searchParams.get('line'),
    mail: url.searchParams.get('mail'),
    date: url.searchParams.get('date') ?? '',
    search: url.searchParams.get('q') ?? '',
  }
  const readers = await latestReaders({ line, mail, mails, search: query.search })
  const shown = query.line === null && query.mail === null ? latestOf(readers) : query
  const body = renderInbox({
    query,
    readers,
    shown,
    practiceClock: practiceNow && practiceClockSentence(practiceNow()),
    channels: [...line.state.channels.values()],
    conversation: shown.line ? conversationOf(line, shown.line, query.date) : null,
    mails: shown.mail ? await mailsOf({ mail, mails, query: { ...query, ...shown } }) : null,
  })
  return { status: 200, headers: PAGE_HEADERS, body }
}

function menuPicture({ line }: InboxParts, channelId: string, menuId: string): ApiAnswer | null {
  const picture = line.state.menus.find(channelId, menuId)?.picture
  if (!picture) return null
  const body = Buffer.from(picture.data, 'base64')
  return { status: 200, headers: { 'content-type': picture.type }, body }
}

async function showMail(
  { mail, mails }: InboxParts,
  number: number,
  url: URL,
): Promise<ApiAnswer | null> {
  const found = mail.accepted[number]
  if (!found) return null
  const body = renderMailFrame(await mails.read(found), url.searchParams.get('as'))
  return { status: 200, headers: MAIL_HEADERS, body }
}

/** Does what a button of the page asks for: befriend, block, unblock, say or press. */
async function act(line: SandboxLine, request: ApiRequest): Promise<ApiAnswer> {
  if (isCrossSite(request)) return { status: 403, body: { message: 'Not from another site' } }
  const form = new URLSearchParams(request.body.toString())
  const channelId = form.get('channel') ?? ''
  const userId = form.get('user') ?? ''
  const action = request.url.pathname.slice('/inbox/'.length)
  if (!line.state.channels.has(channelId)) return seeOther('/')
  if (action === 'befriend') {
    const friend = await line.befriend(channelId, form.get('name') ?? '')
    return seeOther(`/?line=${friend.userId}`)
  }
  if (action === 'block') await line.block(channelId, userId)
  if (action === 'unblock') await line.unblock(channelId, userId)
  const text = cutText(form.get('text') ?? '', MAX_SAID)
  if (action === 'say' && text.trim() !== '') await line.say(channelId, userId, text)
  if (action === 'press') {
    const [data, label] = [
      cutText(form.get('data') ?? '', 300),
      cutText(form.get('label') ?? '', 20),
    ]
    await line.press(channelId, userId, { data, label })
  }
  return seeOther(`/?line=${encodeURIComponent(userId)}`)
}

/** What a wide screen shows while nobody is chosen: the latest of each kind. */
function latestOf(readers: InboxReader[]): { line: string | null; mail: string | null } {
  const find = (kind: InboxReader['kind']) => readers.find((reader) => reader.kind === kind)
  return { line: find('line')?.id ?? null, mail: find('mail')?.id ?? null }
}

const ASSETS: Record<string, { file: string; type: string }> = {
  '/inbox/inbox.css': { file: './inbox.css', type: 'text/css; charset=utf-8' },
  '/inbox/live.js': { file: './live.js', type: 'text/javascript; charset=utf-8' },
}

function asset(pathname: string): ApiAnswer | null {
  const known = ASSETS[pathname]
  if (!known) return null
  const body = readFileSync(new URL(known.file, import.meta.url), 'utf8')
  return { status: 200, headers: { 'content-type': known.type }, body }
}

function seeOther(location: string): ApiAnswer {
  return { status: 303, headers: { location }, body: '' }
}
