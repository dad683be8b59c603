import type { PayloadRequest, Where } from 'payload'

import { documentOfKey, CONTENT_KINDS, releaseKeyOf } from '../release/contentKind'
import type { ContentKind } from '../release/contentKind'
import { hasRole, MUNICIPAL, municipalityIdOf, TEAM } from '../people/roles'
import type { Figure } from '../statistics/figures'
import { exactFigure } from '../statistics/protect'

/** Slug of what readers say of texts. */
export const VOICES = 'kizuna-voices'

/** Most UTF-16 units of a comment as it comes: 400 letters, and the words for what was taken out. */
export const MAX_VOICE = 4000

/** Id of a voice: random, so that nothing of when it was written is in it. */
export const VOICE_ID = /^[\w-]{22}$/

/** People who read what readers say. */
export const VOICE_READERS = [...TEAM, ...MUNICIPAL]

/** A voice with words, as the panel beside its text shows it. */
export interface ShownVoice {
  id: string
  /** What the text is called. */
  title: string
  comment: string
  /** `2026-11`. */
  month: string
  revision: number
  isRead: boolean
  isQuote: boolean
  mayQuote: boolean
  asksForHelp: boolean
  hasPersonalDetails: boolean
}

/** What readers say of one text. */
export interface TextVoices {
  helpful: Figure
  notHelpful: Figure
  /** The newest, those nobody has read first. */
  voices: ShownVoice[]
  /** Those with words, in all. */
  count: number
  /** Of these, those nobody has read. */
  unread: number
}

/** Voices that the panel shows. */
const SHOWN = 5

/** What readers say of a text, as far as the person of the request may know. */
export async function findTextVoices(
  req: PayloadRequest,
  { kind, id }: { kind: ContentKind; id: string },
): Promise<TextVoices> {
  const textKey: Where = { textKey: { equals: releaseKeyOf(kind, id) } }
  const asked = { collection: VOICES, overrideAccess: false, req } as const
  const { docs, totalDocs } = await req.payload.find({
    ...asked,
    where: textKey,
    sort: ['isRead', '-month'],
    limit: SHOWN,
    depth: 0,
  })
  const unread = { and: [textKey, { isRead: { not_equals: true } }] }
  const { totalDocs: unreadCount } = await req.payload.count({ ...asked, where: unread })
  return {
    helpful: await countVerdict(req, textKey, 'helpful'),
    notHelpful: await countVerdict(req, textKey, 'notHelpful'),
    voices: docs.map(shown),
    count: totalDocs,
    unread: unreadCount,
  }
}

/** One verdict of all who gave it, with words and without; small numbers are not told. */
async function countVerdict(
  req: PayloadRequest,
  textKey: Where,
  verdict: 'helpful' | 'notHelpful',
): Promise<Figure> {
  const isOfTeam = hasRole(req.user, ...TEAM)
  const own: Where = { municipality: { equals: municipalityIdOf(req.user) ?? '' } }
  const { totalDocs } = await req.payload.count({
    collection: VOICES,
    where: { and: [textKey, { verdict: { equals: verdict } }, ...(isOfTeam ? [] : [own])] },
    overrideAccess: true, // nobody reads single verdicts
    req,
  })
  return exactFigure(totalDocs)
}

type StoredVoice = Omit<ShownVoice, 'comment' | 'title'> & {
  comment?: string | null
  title?: string | null
}

function shown(voice: object): ShownVoice {
  const { id, title, comment, month, revision, ...marks } = voice as StoredVoice
  return {
    id,
    month,
    revision,
    title: title ?? '',
    comment: comment ?? '',
    isRead: marks.isRead === true,
    isQuote: marks.isQuote === true,
    mayQuote: marks.mayQuote === true,
    asksForHelp: marks.asksForHelp === true,
    hasPersonalDetails: marks.hasPersonalDetails === true,
  }
}

/** Unread voices of the person's own municipality that ask for help; none for others. */
export async function countAsking(req: PayloadRequest): Promise<number> {
  if (!hasRole(req.user, ...MUNICIPAL)) return 0
  const { totalDocs } = await req.payload.count({
    collection: VOICES,
    where: {
      and: [
        { municipality: { equals: municipalityIdOf(req.user) ?? '' } },
        { asksForHelp: { equals: true } },
        { isRead: { not_equals: true } },
      ],
    },
    overrideAccess: false,
    req,
  })
  return totalDocs
}

/** The relationship to the text that a voice is about; null for what is no key. *Pure.* */
export function documentOfVoice(textKey: unknown) {
  const document = documentOfKey(String(textKey))
  return document && { relationTo: CONTENT_KINDS[document.kind].collection, value: document.id }
}
