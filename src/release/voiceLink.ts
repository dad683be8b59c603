import { isAnnouncement } from '../stage/announcement'
import { isSupport } from '../stage/support'
import type { ReleaseContent } from './content'
import { isSurvey } from './surveyLimits'
import { CONTENT_KINDS, documentOfKey, type ContentKind } from './contentKind'

/** The one release that a voice is about. */
export interface VoicedText {
  /** Key of its releases, `manuscript:<id>` or `add-on:<id>`. */
  key: string
  revision: number
}

/**
 * Whether readers are asked what they think of a text: never of the question at 42w0d, of what comes
 * after a loss or a stop, of a warning, nor of the announcement of who sends from now on. *Pure.*
 */
export function isAskedAbout(content: ReleaseContent): boolean {
  if (content.type === 'addOn') return content.timing !== 'urgent' && !isSurvey(content)
  return content.kind !== 'question' && !isSupport(content.slot) && !isAnnouncement(content.slot)
}

const LETTERS = { manuscript: 'm', addOn: 'a' } as const satisfies Record<ContentKind, string>

const CODE = /^([ma])-(\w{1,40})-([1-9]\d{0,5})$/

/**
 * What names a release in the address of the page 「この文章はどうでしたか」, such as `m-6650…-3`: the same
 * for everybody who gets the text, so that nothing in it is of a reader or a day. *Pure.*
 */
export function voiceCode({ key, revision }: VoicedText): string {
  const document = documentOfKey(key)
  return document ? `${LETTERS[document.kind]}-${document.id}-${revision}` : ''
}

/** The release that such a code names, or null for what is none. *Pure.* */
export function readVoiceCode(code: string): VoicedText | null {
  const [, letter, id = '', revision] = CODE.exec(code) ?? []
  if (letter === undefined) return null
  const kind = letter === LETTERS.addOn ? CONTENT_KINDS.addOn : CONTENT_KINDS.manuscript
  return { key: `${kind.keyPrefix}:${id}`, revision: Number(revision) }
}
