import type { LocalDay } from '../stage/day'

/** What somebody who opens an address finds. */
export type Finding =
  /** The page is there. */
  | 'there'
  /** The server says that there is no such page: 404 or 410. */
  | 'gone'
  /** It leads to the front page of the site, as servers do with pages they no longer have. */
  | 'front'
  /** The server answers with a fault of its own or of ours: 5xx and most of 4xx. */
  | 'fault'
  /** Whoever is no browser is sent away: 401, 403, 405, 429 and the like. */
  | 'closed'
  /** No answer: no such name, a refused or ended connection, a certificate that is not valid. */
  | 'silent'
  /** It leads into a network that is not the public internet, such as a town hall's own. */
  | 'inside'
  /** A name that is set aside for examples. https://www.rfc-editor.org/rfc/rfc2606 */
  | 'example'

/** What one look at an address gave. */
export interface Look {
  finding: Finding
  /** HTTP status of the last answer; null without one. */
  status: number | null
}

/** What is kept of an address. */
export interface LinkCheck extends Look {
  /** As it is asked for. */
  address: string
  /** Day of the last look; null before the first. */
  checkedOn: LocalDay | null
  /** First day of those on which it was not there, without a break; null while it is there. */
  failingSince: LocalDay | null
  /** Day from which it is called broken; null while it is not. */
  brokenOn: LocalDay | null
  /** Keys of the releases it stood in at the last gathering, `municipality:<id>` of own pages. */
  keys: string[]
}

/** Statuses that a browser would often not get. */
const CLOSED: readonly number[] = [401, 402, 403, 405, 406, 407, 418, 423, 425, 429, 451, 999]

/** What a chain of answers means: the first address, the last, and the status there. *Pure.* */
export function findingOf(status: number, { asked, last }: { asked: URL; last: URL }): Finding {
  if (status === 404 || status === 410) return 'gone'
  if (CLOSED.includes(status)) return 'closed'
  if (status >= 400) return 'fault'
  const isFront = (url: URL) => /^\/(?:index\.\w+)?$/.test(url.pathname) && url.search === ''
  return isFront(last) && !isFront(asked) ? 'front' : 'there'
}

/** Findings that may pass by themselves: only the second day in a row makes a link broken. */
const MAY_PASS: readonly Finding[] = ['fault', 'silent']

/** Findings with which readers find nothing, or not what was meant. */
const FAILING: readonly Finding[] = ['gone', 'front', 'inside', ...MAY_PASS]

/** What a look changes of what is kept. */
type Looked = Omit<LinkCheck, 'address' | 'keys'>

/** What is kept after a look on a day. *Pure.* */
export function looked(
  before: Pick<LinkCheck, 'failingSince' | 'brokenOn'>,
  { finding, status }: Look,
  day: LocalDay,
): Looked {
  const failingSince = FAILING.includes(finding) ? (before.failingSince ?? day) : null
  const isBroken = failingSince !== null && (!MAY_PASS.includes(finding) || failingSince < day)
  const brokenOn = isBroken ? (before.brokenOn ?? day) : null
  return { finding, status, checkedOn: day, failingSince, brokenOn }
}

/** Findings for which no server was asked. */
export const UNASKED: readonly Finding[] = ['inside', 'example']

/** The parts of the list: what somebody has to mend, and what a person has to look at. */
export type LinkPart = 'broken' | 'example' | 'closed'

/** In which part of the list an address stands; null: nothing has to be done. *Pure.* */
export function partOf({ finding, checkedOn, brokenOn }: LinkCheck): LinkPart | null {
  if (checkedOn === null) return null
  if (finding === 'example' || finding === 'closed') return finding
  return brokenOn === null ? null : 'broken'
}

/** What was found, as a clerk reads it. *Pure.* */
export function findingWords({ finding, status }: Look): string {
  const code = status === null ? '' : `(${status})`
  const words: Record<Finding, string> = {
    there: '開けます。',
    gone: `ページがありません${code}。新しいアドレスに直すか、リンクを外してください。`,
    front:
      'サイトの入り口に移されます。ページがなくなったのかもしれません。開いて確かめ、ページのアドレスに直してください。',
    fault: `サイトが誤りを返しました${code}。開いて確かめてください。`,
    closed: `人のブラウザーでないと見せないページです${code}。開いて確かめてください。`,
    silent:
      'サイトにつながりません(名前がない、止まっている、証明書が切れているなど)。開いて確かめてください。',
    inside:
      '庁内などの内側だけで開けるアドレスです。家族のスマートフォンからは開けません。公開されているページに直してください。',
    example: '見本用のアドレスのままです。ほんもののページに直してください。',
  }
  return words[finding]
}
