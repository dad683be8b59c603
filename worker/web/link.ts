import { randomBytes } from 'node:crypto'

import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'
import type { QuietPlaces } from '../../src/release/quietRow'
import { blindIndex, open, seal, type KeyRing } from '../../src/secret/seal'
import type { ChildDates } from '../readers/reader'
import { newKey } from './browserCookie'

const HOUR_MS = 3600_000

/**
 * The registration link that LINE's greeting carries, for one registration that its friend confirms
 * in the talk; a message in LINE brings a new one.
 */
export const LINE_LINK_LIFE_MS = 24 * HOUR_MS

/**
 * The link to a reader's own page that the talk carries. A word in the talk brings a new one, so an
 * old one that lies there is no key any more.
 */
export const TALK_PAGE_LINK_LIFE_MS = HOUR_MS

/** The same link in a mail that the reader has just asked for. */
export const ASKED_PAGE_LINK_LIFE_MS = 24 * HOUR_MS

/** The link under a text that comes by mail: it opens nothing, and is looked for in an old one too. */
export const TEXT_LINK_LIFE_MS = 400 * 24 * HOUR_MS

/** A link that stops one reader's deliveries and opens nothing. */
export const STOP_LINK_LIFE_MS = 7 * 24 * HOUR_MS

/** The link one family member gives another. */
export const SHARE_LINK_LIFE_MS = 7 * 24 * HOUR_MS

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
  /** Keyed hash of the browser whose holder LINE has said to be the friend; absent before. */
  provenIn?: string
}

/** Where a LINE user registers. */
export interface LineRegistration {
  municipality?: string
  /** Token of children somebody shares with them. */
  share?: string
  /** Code of the language they read; absent: the standard one. */
  lang?: string
}

/** A child that a reader is asked about. */
export interface AskedChild {
  readerId: string
  /** As they were said. */
  dates: ChildDates
  /** How many children were said to have them; absent: one. */
  count?: number
  /** Id the child gets if it is another one. */
  childId: string
}

/** A link that opens a reader's own page once, in one browser. */
export interface PageLink {
  readerId: string
  /** Whoever presses first has used it up. */
  key: string
  /** Id of the LINE account whose talk carried it; absent in mails. */
  lineAccount?: string
  /** What the page begins with, instead of what is registered. */
  asked?: Omit<AskedChild, 'readerId'>
  /** The page goes on to where a birth is told. */
  isForBirth?: boolean
  /** When it was made (ms since 1970): one from before a change of contact opens nothing. */
  madeAt?: number
  /** When it ends, used or not. */
  expiresAt: Date
}

/** A link that a reader's texts carry. */
export interface TextLink {
  readerId: string
  /**
   * Six-digit code of the town that sent it. Whoever has an old mailbox by now does not learn by its
   * links where the reader has moved to; links from before it stood in them have none.
   */
  town?: string
}

/** A link that stops one reader's deliveries. */
export interface StopLink extends TextLink {
  /** A delivery that was begun anew since is not meant. */
  madeAt: number
}

/** What is in a link; the reader of a link that expired or was changed gets null. */
export interface Links {
  /** For the channel: the address of one-click unsubscription (RFC 8058); it never expires. */
  unsubscribeUrl: (link: Required<TextLink>) => string
  openUnsubscribe: (token: string) => TextLink | null
  /**
   * Under a text in a mail: the way to stop, and to have {@link askedPageUrl} sent, for
   * {@link TEXT_LINK_LIFE_MS}.
   */
  textUrl: (link: Required<TextLink>) => string
  openTextLink: (token: string) => TextLink | null
  /** What opens the reader's own page, in a mail that was asked for; for {@link ASKED_PAGE_LINK_LIFE_MS}. */
  askedPageUrl: (readerId: string) => string
  /** The same in the talk, perhaps with a question, for {@link TALK_PAGE_LINK_LIFE_MS}. */
  talkPageUrl: (of: Omit<PageLink, MadeWithLink> & { lineAccount: string }) => string
  openPageLink: (token: string) => PageLink | null
  /** The page with the one button that stops, for {@link STOP_LINK_LIFE_MS}. */
  stopUrl: (link: TextLink) => string
  openStop: (token: string) => StopLink | null
  /** The registration page for a LINE user; without a municipality, the page to choose one. */
  lineRegistrationUrl: (visitor: LineVisitor, to?: LineRegistration) => string
  openLine: (token: string) => LineInvitation | null
  /** The same link, for a browser whose holder LINE has said to be the friend; it ends as before. */
  provenLine: (token: string, browser: string) => string | null
  /** Whether LINE has said so in this browser. */
  isProven: (invitation: LineInvitation, browser: string | null) => boolean
  /** The registration page for another reader of the same children, for {@link SHARE_LINK_LIFE_MS}. */
  shareUrl: (shared: { children: readonly string[]; municipality: string }) => string
  /** Ids of the children, whatever became of them since. */
  openShare: (token: string) => string[] | null
  confirmationUrl: (token: string) => string
  /** Where the owner of a new mail address confirms that texts come there. */
  contactUrl: (token: string) => string
  /** Where the last row of a municipality's LINE texts leads, by what its account answers. */
  quietPlaces: (
    municipality: Pick<MunicipalitySettings, 'code'>,
    account: Pick<LineAccount, 'answers'> | null,
  ) => QuietPlaces
  /** A page of the web side, for links without a token. */
  pageUrl: (path: string) => string
}

/** What a page link is given when it is made. */
type MadeWithLink = 'key' | 'madeAt' | 'expiresAt'

/** What links are made with. */
export interface LinkContext {
  ring: KeyRing
  /** Address of the web side as readers see it. */
  publicUrl: string
  now: () => Date
}

/** Makes and opens the links readers get; what they carry is sealed, so nobody can read or forge it. */
export function createLinks({ ring, publicUrl, now }: LinkContext): Links {
  const base = publicUrl.replace(/(?<!\/)\/+$/, '')
  const sealed = (kind: string, value: unknown, lifeMs: number | null) => {
    const expiresAt = lifeMs === null ? null : now().getTime() + lifeMs
    return seal(ring, JSON.stringify([value, expiresAt]), contextOf(kind))
  }
  const read = <T>(kind: string, token: string): { value: T; expiresAt: number | null } | null => {
    const content = openQuietly(ring, token, contextOf(kind))
    if (!content) return null
    const [value, expiresAt] = JSON.parse(content) as [T, number | null]
    return expiresAt === null || expiresAt > now().getTime() ? { value, expiresAt } : null
  }
  const opened = <T>(kind: string, token: string): T | null => read<T>(kind, token)?.value ?? null
  const pageUrl = (page: Omit<PageLink, MadeWithLink>, lifeMs: number) =>
    `${base}/me/open/${sealed('page', { ...page, key: newKey(), madeAt: now().getTime() }, lifeMs)}`
  return {
    unsubscribeUrl: (link) => `${base}/u/${sealed('unsubscribe', link, null)}`,
    openUnsubscribe: (token) => textLinkOf(opened('unsubscribe', token)),
    textUrl: (link) => `${base}/text/${sealed('text', link, TEXT_LINK_LIFE_MS)}`,
    openTextLink: (token) => textLinkOf(opened('text', token)),
    askedPageUrl: (readerId) => pageUrl({ readerId }, ASKED_PAGE_LINK_LIFE_MS),
    talkPageUrl: (of) => pageUrl(of, TALK_PAGE_LINK_LIFE_MS),
    openPageLink: (token) => {
      const link = read<Omit<PageLink, 'expiresAt'>>('page', token)
      return link && { ...link.value, expiresAt: new Date(link.expiresAt ?? 0) }
    },
    stopUrl: ({ readerId, town }) => {
      const link: StopLink = { readerId, town, madeAt: now().getTime() }
      return `${base}/stop/${sealed('stop', link, STOP_LINK_LIFE_MS)}`
    },
    openStop: (token) => opened('stop', token),
    lineRegistrationUrl: (visitor, { municipality, share, lang } = {}) => {
      const path = municipality ? `/r/${municipality}` : '/r'
      const line = sealed('line', { ...visitor, key: newLineKey() }, LINE_LINK_LIFE_MS)
      return `${base}${path}?line=${line}${share ? `&with=${share}` : ''}${lang ? `&lang=${lang}` : ''}`
    },
    openLine: (token) => {
      const invitation = opened<Partial<LineInvitation>>('line', token)
      // Links from before they were good for one registration have no key: they have ended.
      return invitation?.key ? (invitation as LineInvitation) : null
    },
    provenLine: (token, browser) => {
      const link = read<LineInvitation>('line', token)
      if (!link) return null
      const proven: LineInvitation = { ...link.value, provenIn: proofOf(ring, browser) }
      return sealed('line', proven, (link.expiresAt ?? 0) - now().getTime())
    },
    isProven: ({ provenIn }, browser) => browser !== null && provenIn === proofOf(ring, browser),
    shareUrl: ({ children, municipality }) => {
      const token = sealed('family', children.map(packedId), SHARE_LINK_LIFE_MS)
      return `${base}/r/${municipality}?with=${token}`
    },
    openShare: (token) => opened<string[]>('family', token)?.map(unpackedId) ?? null,
    contactUrl: (token) => `${base}/contact/${token}`,
    confirmationUrl: (token) => `${base}/confirm/${token}`,
    quietPlaces: ({ code }, account) => ({
      contactUrl: `${base}/r/${code}/contact`,
      changeUrl: account?.answers === 'none' ? `${base}/r/${code}/change` : null,
      voices: `${base}/v/${code}/`,
      pictures: `${base}/p/`,
    }),
    pageUrl: (path) => `${base}${path}`,
  }
}

/** Links from before the town stood in them carry the reader alone. *Pure.* */
function textLinkOf(value: TextLink | string | null): TextLink | null {
  return typeof value === 'string' ? { readerId: value } : value
}

const PACKED_LENGTH = 22

/** A UUID in 22 signs instead of 36: a family's link is carried by a code and a button. */
function packedId(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  return bytes.length === 16 ? bytes.toString('base64url') : id
}

function unpackedId(packed: string): string {
  if (packed.length !== PACKED_LENGTH) return packed
  const hex = Buffer.from(packed, 'base64url').toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function proofOf(ring: KeyRing, browser: string): string {
  return blindIndex(ring, browser, 'line-proof')
}

/** In the form that the buttons of the talk carry it in. */
function newLineKey(): string {
  return randomBytes(16).toString('hex')
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
