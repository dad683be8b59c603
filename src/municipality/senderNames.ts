import { asHiragana } from '../release/hiragana'
import { PREFECTURES, prefectureOf, splitPrefecture } from './prefectures'

/** A municipality as its names tell it from others. */
export interface NamedTown {
  name: string
  senderName: string
  /** Its 全国地方公共団体コード. */
  code: string
}

/**
 * Whose name a text carries that is not the town's own: another municipality's (「ひなた野市」), or the
 * supervising team's; null when it is free. Written in other letters, with blanks, with another of
 * 市区町村 or without its prefecture, a name is still that name; a town of the same name is told apart
 * by its own prefecture in front. *Pure.*
 */
export function nameTaken(
  text: string,
  own: Pick<NamedTown, 'name' | 'code'>,
  others: readonly NamedTown[],
): string | null {
  const said = folded(text)
  const team = TEAM_NAMES.find((name) => said.includes(folded(name)))
  if (team) return team
  const sender = others.find((other) => isSameSender(text, own, other))
  if (sender) return sender.senderName
  return townNamedIn(said, own, others)?.name ?? null
}

/** Names under which the supervising team is known; no municipality speaks in them. */
const TEAM_NAMES = ['制作監修チーム', '監修責任者', 'システム管理者', 'kizuna']

type Own = Pick<NamedTown, 'name' | 'code'>

function isSameSender(text: string, own: Own, other: NamedTown): boolean {
  const [said, theirs] = [text, other.senderName].map((one) => splitPrefecture(plain(one)))
  if (!said || !theirs || withoutKind(said.rest) !== withoutKind(theirs.rest)) return false
  return !isToldApart(said.prefecture, own, other)
}

/** Whether the town's own prefecture is written, and the other is of another one. */
function isToldApart(written: string | null, own: Own, other: NamedTown): boolean {
  const home = prefectureOf(own.code)
  return written !== null && written === home && prefectureOf(other.code) !== home
}

function townNamedIn(said: string, own: Own, others: readonly NamedTown[]): NamedTown | null {
  const stems = [...new Set([own, ...others].map(stemOf))].filter(Boolean)
  let rest = said
  // A long name may hold a short one: 東みなと町 is not みなと町.
  for (const stem of stems.toSorted((a, b) => b.length - a.length)) {
    const shape = new RegExp(`(${FOLDED_PREFECTURES})?${escaped(stem)}[市区町村]`, 'gu')
    const namesakes = others.filter((other) => stemOf(other) === stem)
    const isOwnStem = stemOf(own) === stem
    for (const [, written] of rest.matchAll(shape)) {
      const prefecture = PREFECTURES.find((one) => folded(one) === written) ?? null
      const meant = namesakes.find((other) =>
        isOwnStem
          ? !isToldApart(prefecture, own, other)
          : prefecture === null || prefecture === (prefectureOf(other.code) ?? prefecture),
      )
      if (meant) return meant
    }
    rest = rest.replaceAll(shape, '\n')
  }
  return null
}

/** A town's name without its prefecture and its 市, 区, 町 or 村. */
function stemOf({ name }: Pick<NamedTown, 'name'>): string {
  return folded(splitPrefecture(plain(name)).rest).replace(/[市区町村]$/u, '')
}

function withoutKind(name: string): string {
  return folded(name).replace(/[市区町村]/gu, '')
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\p{Default_Ignorable_Code_Point}\s]/gu, '')
}

/** One spelling of what looks alike: letters only, kana as hiragana, ヶ and が as け. */
function folded(text: string): string {
  return [...plain(text).toLowerCase()]
    .filter((character) => /[\p{L}\p{N}]/u.test(character))
    .map((character) => LOOKS_LIKE[character] ?? asHiragana(character))
    .map((character) => LOOKS_LIKE[character] ?? character)
    .join('')
}

// Letters that are read as one another at a glance, those of names among them.
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  口: 'ろ',
  二: 'に',
  力: 'か',
  工: 'え',
  夕: 'た',
  卜: 'と',
  八: 'は',
  一: 'ー',
  が: 'け',
  ゖ: 'け',
  ゕ: 'か',
  髙: '高',
  﨑: '崎',
  濱: '浜',
  邊: '辺',
  邉: '辺',
  澤: '沢',
  廣: '広',
  國: '国',
  龍: '竜',
  槇: '槙',
  嶋: '島',
  嶌: '島',
  淵: '渕',
}

const FOLDED_PREFECTURES = PREFECTURES.map(folded).join('|')

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
