import { lineIdsOf } from '../../src/accounts/topology'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import type { LineAccount } from '../../src/plan/settings'
import { CmsError } from './cms'

/** The settings of one answer of the CMS. */
export interface Settings {
  municipalities: SyncedMunicipality[]
  accounts: LineAccount[]
  /** Ids of all moves between accounts that the answer had; absent of what is in use. */
  moves?: readonly string[]
}

/** A list of the CMS has suddenly become shorter; nothing of the answer is used. */
export class ShrunkListError extends CmsError {
  constructor(readonly shrunk: { list: string; before: number; now: number }) {
    const { list, before, now } = shrunk
    super(
      `CMS の「${list}」が ${before} 件から ${now} 件に減りました。まちがいかもしれないので、前に受け取った設定を使います。` +
        'ほんとうに減らしたのなら、npm run --silent kizuna -- sync --accept-missing で受け取ってください。',
    )
  }
}

/** Share of a list that may be missing before the whole answer is doubted. */
const MAX_MISSING = 0.03

/** So many texts may be shown again between two synchronisations, however few are hidden. */
const FEW_HIDDEN = 2

/**
 * An answer with what is missing in it: absence ends nothing. The CMS deletes no municipality, and
 * an account counts as deleted when no municipality has it any more. *Pure.*
 *
 * @throws ShrunkListError when so much is missing that nothing of the answer can be trusted.
 */
export function withMissing(
  before: Settings,
  answer: Settings,
): { settings: Settings; missing: Settings } {
  const municipalities = missingOf(before.municipalities, answer.municipalities, idInCms)
  assertFew(before.municipalities.length, municipalities.length)
  const known = keepMoves(before.municipalities, answer)
  const all = [...known, ...municipalities]
  const used = new Set(all.flatMap(lineIdsOf))
  const unused = missingOf(before.accounts, answer.accounts, ({ id }) => id)
  const accounts = unused.filter(({ id }) => used.has(id))
  assertFewShown(before.municipalities, all)
  return {
    settings: { municipalities: all, accounts: [...answer.accounts, ...accounts] },
    missing: { municipalities, accounts },
  }
}

/**
 * A move that is not in the list at all is not over: an empty list would leave everybody who has moved
 * without a way, and send the others to an account that does not know them.
 */
function keepMoves(
  before: readonly SyncedMunicipality[],
  { municipalities, moves = [] }: Settings,
): SyncedMunicipality[] {
  const byId = new Map(before.map((town) => [town.cmsId, town]))
  return municipalities.map((town) => {
    const { move, lineAccount, channels } = byId.get(town.cmsId) ?? {}
    if (!move || town.move || moves.includes(move.id)) return town
    return { ...town, move, lineAccount: lineAccount ?? null, channels: channels ?? town.channels }
  })
}

function missingOf<T>(before: readonly T[], now: readonly T[], keyOf: (one: T) => string): T[] {
  const known = new Set(now.map(keyOf))
  return before.filter((one) => !known.has(keyOf(one)))
}

function idInCms({ cmsId }: SyncedMunicipality): string {
  return cmsId
}

function assertFew(before: number, missing: number): void {
  if (missing <= before * MAX_MISSING) return
  throw new ShrunkListError({ list: '自治体', before, now: before - missing })
}

/** A text that is hidden is the one thing whose absence shows it to families again. */
function assertFewShown(before: SyncedMunicipality[], now: SyncedMunicipality[]): void {
  const hidden = hiddenIn(before)
  const shown = missingOf(hidden, hiddenIn(now), (key) => key).length
  if (shown <= Math.max(FEW_HIDDEN, hidden.length * MAX_MISSING)) return
  const counts = { before: hidden.length, now: hidden.length - shown }
  throw new ShrunkListError({ list: '出さない原稿', ...counts })
}

function hiddenIn(municipalities: SyncedMunicipality[]): string[] {
  return municipalities.flatMap(({ cmsId, hidden = [] }) =>
    hidden.map(({ series, slot, edition }) => [cmsId, series, slot, edition].join()),
  )
}
