import { randomBytes } from 'node:crypto'

import { open, seal, type KeyRing } from '../../src/secret/seal'
import type { ChildDates } from '../readers/reader'
import type { ReaderChild } from '../readers/store'

const HOUR_MS = 3600_000

/**
 * The registration link that LINE's greeting carries, for one registration that its friend confirms
 * in the talk; a message in LINE brings a new one.
 */
export const LINE_LINK_LIFE_MS = 24 * HOUR_MS

/** A reader's own page. */
export const MY_PAGE_LINK_LIFE_MS = 7 * 24 * HOUR_MS

/** The link one family member gives another. */
export const SHARE_LINK_LIFE_MS = 7 * 24 * HOUR_MS

/** How long the page after a registration says what is specially this family's. */
export const DONE_LIFE_MS = HOUR_MS

/** A LINE user who opened a link that was sent into their own LINE. */
export interface LineVisitor {
  /** Id of the LINE account in the CMS. */
  lineAccount: string
  provider: string
  userId: string
}

/** The link of a LINE user, opened by whoever holds it. */
export interface LineInvitation extends LineVisitor {
  /** One registration can be filled in by the link. */
  key: string
}

/** Where a LINE user registers. */
export interface LineRegistration {
  municipality?: string
  /** Token of a child somebody shares with them. */
  share?: string
}

/** A child that a reader is asked about. */
export interface AskedChild {
  readerId: string
  /** As they were said. */
  dates: ChildDates
  /** Id the child gets if it is another one. */
  childId: string
}

/** What is in a link; the reader of a link that expired or was changed gets null. */
export interface Links {
  /** For the channel: the address of one-click unsubscription (RFC 8058); it never expires. */
  unsubscribeUrl: (readerId: string) => string
  openUnsubscribe: (token: string) => string | null
  /** A reader's own page, for {@link MY_PAGE_LINK_LIFE_MS}. */
  myPageUrl: (readerId: string) => string
  openMyPage: (token: string) => string | null
  /** The question which child a registration means, on the reader's own page. */
  questionUrl: (asked: AskedChild) => string
  openQuestion: (token: string) => { dates: ChildDates; childId: string } | null
  /** The registration page for a LINE user; without a municipality, the page to choose one. */
  lineRegistrationUrl: (visitor: LineVisitor, to?: LineRegistration) => string
  openLine: (token: string) => LineInvitation | null
  /** The registration page for another reader of the same child. */
  shareUrl: (child: { childId: string; municipality: string }) => string
  openShare: (token: string) => string | null
  /** Path of the page that says that a child is registered, for {@link DONE_LIFE_MS}. */
  donePath: (municipality: string, registered: ReaderChild) => string
  openDone: (token: string) => ReaderChild | null
  confirmationUrl: (token: string) => string
  /** A page of the web side, for links without a token. */
  pageUrl: (path: string) => string
}

/** What links are made with. */
export interface LinkContext {
  ring: KeyRing
  /** Address of the web side as readers see it. */
  publicUrl: string
  now: () => Date
}

/** Makes and opens the links readers get; what they carry is sealed, so nobody can read or forge it. */
export function createLinks({ ring, publicUrl, now }: LinkContext): Links {
  const base = publicUrl.replace(/\/+$/, '')
  const sealed = (kind: string, value: unknown, lifeMs: number | null) => {
    const expiresAt = lifeMs === null ? null : now().getTime() + lifeMs
    return seal(ring, JSON.stringify([value, expiresAt]), contextOf(kind))
  }
  const opened = <T>(kind: string, token: string): T | null => {
    const content = openQuietly(ring, token, contextOf(kind))
    if (!content) return null
    const [value, expiresAt] = JSON.parse(content) as [T, number | null]
    return expiresAt === null || expiresAt > now().getTime() ? value : null
  }
  return {
    unsubscribeUrl: (readerId) => `${base}/u/${sealed('unsubscribe', readerId, null)}`,
    openUnsubscribe: (token) => opened('unsubscribe', token),
    myPageUrl: (readerId) => `${base}/me/${sealed('me', readerId, MY_PAGE_LINK_LIFE_MS)}`,
    openMyPage: (token) => opened('me', token),
    questionUrl: ({ readerId, dates, childId }) => {
      const said = sealed('question', { dates, childId }, MY_PAGE_LINK_LIFE_MS)
      return `${base}/me/${sealed('me', readerId, MY_PAGE_LINK_LIFE_MS)}/add?said=${said}`
    },
    openQuestion: (token) => opened('question', token),
    lineRegistrationUrl: (visitor, { municipality, share } = {}) => {
      const path = municipality ? `/r/${municipality}` : '/r'
      const key = randomBytes(16).toString('hex')
      const line = sealed('line', { ...visitor, key }, LINE_LINK_LIFE_MS)
      return `${base}${path}?line=${line}${share ? `&with=${share}` : ''}`
    },
    openLine: (token) => {
      const invitation = opened<Partial<LineInvitation>>('line', token)
      // Links from before they were good for one registration have no key: they have ended.
      return invitation?.key ? (invitation as LineInvitation) : null
    },
    shareUrl: ({ childId, municipality }) =>
      `${base}/r/${municipality}?with=${sealed('share', childId, SHARE_LINK_LIFE_MS)}`,
    openShare: (token) => opened('share', token),
    donePath: (municipality, { readerId, childId }) =>
      `/r/${municipality}/done?of=${sealed('done', { readerId, childId }, DONE_LIFE_MS)}`,
    openDone: (token) => opened('done', token),
    confirmationUrl: (token) => `${base}/confirm/${token}`,
    pageUrl: (path) => `${base}${path}`,
  }
}

function contextOf(kind: string): string {
  return `link:${kind}`
}

function openQuietly(ring: KeyRing, token: string, context: string): string | null {
  try {
    return open(ring, token, context)
  } catch {
    return null
  }
}
