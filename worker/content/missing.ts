import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import type { LineAccount } from '../../src/plan/settings'
import { CmsError } from './cms'

/** The settings of one answer of the CMS. */
export interface Settings {
  municipalities: SyncedMunicipality[]
  accounts: LineAccount[]
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
  const all = [...answer.municipalities, ...municipalities]
  const used = new Set(all.map(({ lineAccount }) => lineAccount))
  const unused = missingOf(before.accounts, answer.accounts, ({ id }) => id)
  const accounts = unused.filter(({ id }) => used.has(id))
  assertFewShown(before.municipalities, all)
  return {
    settings: { municipalities: all, accounts: [...answer.accounts, ...accounts] },
    missing: { municipalities, accounts },
  }
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
