import type { Json } from './canonical'
import type { AddOnContent, ManuscriptContent, ReleaseContent } from './content'
import { isAnnouncement } from '../stage/announcement'
import { isSupport } from '../stage/support'
import { LINE_MAX_HEIGHT_OF_WIDTH } from './lineMessageLimits'
import { ownEdition } from './ownWords'
import type { Problem } from './problem'
import { checkText } from './textLimits'

/** The picture of a text, frozen: the bytes are known by their hash, wherever they are kept. */
export interface TextPicture {
  /** SHA-256 of the file, 64 hex digits. */
  hash: string
  type: 'jpeg' | 'png'
  /** Pixels. */
  width: number
  height: number
  /** What is read aloud to who does not see it. */
  alt: string
}

/**
 * Most bytes of a picture in a text. LINE takes ten megabytes; the bound is ours, because each mail
 * carries its own copy.
 */
export const MAX_PICTURE_BYTES = 200 * 1024

/** Most UTF-16 units of a text alternative: half of what LINE shows in place of a card. */
export const MAX_PICTURE_ALT = 200

/** What addresses of pictures begin with in a mail, which carries them, and in a preview. */
export const INLINE = 'cid:'

const NAME = /^[0-9a-f]{64}\.(?:jpg|png)$/

/** The one name a picture has for readers; another picture has another name. *Pure.* */
export function pictureName({ hash, type }: Pick<TextPicture, 'hash' | 'type'>): string {
  return `${hash}.${type === 'jpeg' ? 'jpg' : 'png'}`
}

/** The hash and type of a picture by its name; null for what is no such name. *Pure.* */
export function pictureOfName(name: string): Pick<TextPicture, 'hash' | 'type'> | null {
  if (!NAME.test(name)) return null
  return { hash: name.slice(0, 64), type: name.endsWith('.jpg') ? 'jpeg' : 'png' }
}

/** Exactly what an approval of the picture is given for; nothing where a text has none. *Pure.* */
export function approvedPicture({ picture }: ReleaseContent): { picture?: Json } {
  if (!picture) return {}
  const { hash, type, width, height, alt } = picture
  return { picture: { hash, type, width, height, alt } }
}

/** The rules a manuscript's picture breaks. *Pure.* */
export function checkManuscriptPicture(content: ManuscriptContent): Problem[] {
  const { picture, slot, kind, edition } = content
  if (!picture) return []
  const isQuiet = isSupport(slot) || isAnnouncement(slot) || kind === 'question'
  return [
    ...(isQuiet ? [misplaced(QUIET)] : []),
    ...(isWithoutPictures(edition) ? [misplaced(PLAIN)] : []),
    ...checkPicture(picture),
  ]
}

/** The rules an add-on's picture breaks. *Pure.* */
export function checkAddOnPicture(content: AddOnContent): Problem[] {
  const { picture } = content
  if (!picture) return []
  return [...(isQuietAddOn(content) ? [misplaced(QUIET)] : []), ...checkPicture(picture)]
}

/** Whether an add-on stands where no picture belongs. *Pure.* */
export function isQuietAddOn({ from, to }: Pick<AddOnContent, 'from' | 'to'>): boolean {
  return [from, to].some((slot) => isSupport(slot) || isAnnouncement(slot))
}

/** Most pictures in the parts of an add-on: each mail carries them all. */
export const MAX_COVERS = 5

/** The rules that the pictures in an add-on's parts break, so many as there are. *Pure.* */
export function checkCovers(content: AddOnContent, covers: number): Problem[] {
  if (covers > 0 && isQuietAddOn(content)) return [{ ...misplaced(QUIET), field: 'blocks' }]
  if (covers <= MAX_COVERS) return []
  const message = `表紙の画像が ${covers} 枚あります。1 つの自治体原稿では ${MAX_COVERS} 枚までです(メール 1 通ごとに付くため)。${covers - MAX_COVERS} 枚以上外すか、別の自治体原稿に分けてください。`
  return [{ field: 'blocks', code: 'BAD_PICTURE', message }]
}

/** The picture of a manuscript where its readers may see one. *Pure.* */
export function shownPicture(content: ManuscriptContent | AddOnContent): TextPicture | undefined {
  const problems =
    content.type === 'manuscript' ? checkManuscriptPicture(content) : checkAddOnPicture(content)
  return problems.some(({ code }) => code === 'PICTURE_MISPLACED') ? undefined : content.picture
}

/** A picture by the name it is served by, and its words. */
export interface NamedPicture {
  name: string
  alt: string
  /** It is a part's of a text, as a book's cover, and stands on its card. */
  isCover?: true
}

/** Whether an edition does without pictures: the plain one, whose readers get words alone. *Pure.* */
export function isWithoutPictures(edition: string | undefined): boolean {
  return ownEdition(edition) !== 'standard'
}

function checkPicture({ width, height, alt }: TextPicture): Problem[] {
  const isTooHigh = height > width * LINE_MAX_HEIGHT_OF_WIDTH
  return [
    ...(isTooHigh ? [{ field: 'picture', code: 'BAD_PICTURE' as const, message: TOO_HIGH }] : []),
    ...checkText({
      field: 'pictureAlt',
      label: '絵・写真の説明',
      text: alt,
      max: MAX_PICTURE_ALT,
      limitOf: undefined,
      isRequired: true,
      isOneLine: true,
      variables: [],
    }),
  ]
}

function misplaced(message: string): Problem {
  return { field: 'picture', code: 'PICTURE_MISPLACED', message }
}

const QUIET =
  '支えの文・手続きや相談先のページ・引き継ぎのお知らせ・確認の質問には、絵や写真を付けられません。外してください。'
const PLAIN = 'この版の読者には、言葉だけが届きます。絵・写真を外してください。'
const TOO_HIGH = `絵・写真が縦に長すぎます。LINE では、高さが幅の ${LINE_MAX_HEIGHT_OF_WIDTH} 倍までです。切り抜いて入れ直してください。`
