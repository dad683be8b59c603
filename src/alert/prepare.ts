import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import type { SyncedMunicipality } from '../plan/readCmsDocuments'
import { pairsOfSegment } from '../plan/reach'
import { loadFigures, loadMunicipalities } from '../reach/municipalities'
import type { AlertContent } from '../release/alert'
import { checkAddOn } from '../release/limits'
import { localDayOf } from '../stage/day'
import { alertContent } from './content'
import { shownReaders } from './number'
import { renderAlert, type ShownAlert } from './render'
import { canAsk } from './rights'
import { findTemplates } from './templates'

/** What a person chooses to send. */
export interface AlertAsked {
  /** Id of the municipality. */
  municipality: string
  /** Key of the template's releases. */
  template: string
  areas: readonly string[]
  detail: string
  isTraining: boolean
}

/** An alert as it would be sent, with whom it would reach. */
export interface PreparedAlert {
  content: AlertContent
  variables: Record<string, string>
  /** About how many readers stand in its range, as it is shown; null where nobody knows. */
  readers: number | null
  shown: ShownAlert
  town: SyncedMunicipality
}

/**
 * Puts together what would be sent; nothing is stored.
 *
 * @throws ReviewRefusal NOT_ALLOWED for who may not ask for it; NOT_FOUND for a municipality or template
 * that is not there, or not the person's; INCOMPLETE with what is wrong with the words, or when the municipality pauses.
 */
export async function prepareAlert(
  req: PayloadRequest,
  asked: AlertAsked,
  now: Date,
): Promise<PreparedAlert> {
  const { municipality, areas, detail, isTraining } = asked
  if (!canAsk(req.user, asked)) throw new ReviewRefusal('NOT_ALLOWED', NOT_ALLOWED)
  const town = await findSendingTown(req, municipality)
  const templates = await findTemplates(req, municipality, now)
  const template = templates.find(({ key }) => key === asked.template)
  if (!template) throw new ReviewRefusal('NOT_FOUND', NO_TEMPLATE)
  refuseUnknownAreas(town, areas)
  const { variables } = template
  const choice = { areas, detail, isTraining, day: localDayOf(now) }
  const content = alertContent(template.content, choice)
  const problems = checkAddOn(content, { variables: Object.keys(variables) })
  if (problems.length > 0) {
    const sentences = problems.map(({ message }) => message)
    throw new ReviewRefusal('INCOMPLETE', 'このままでは送れません。', sentences)
  }
  const shown = renderAlert(town, { content, variables })
  if (!shown) throw new ReviewRefusal('INCOMPLETE', TOO_LONG)
  return { content, variables, shown, town, readers: await readersOf(req, { town, content, now }) }
}

const NOT_ALLOWED = 'この自治体の緊急のお知らせを作る権限がありません。'

const NO_TEMPLATE =
  'ひな形が見つからないか、いまは使えません(公開されていて、掲載期間の中にあるものだけが使えます)。画面を読み直してください。'

const TOO_LONG =
  'LINE の吹き出しに入りきりません。「いま分かっていること」を短くするか、短いひな形を選んでください。'

/** A municipality that sends. @throws ReviewRefusal NOT_FOUND, INCOMPLETE while it pauses. */
export async function findSendingTown(
  req: PayloadRequest,
  municipality: string,
): Promise<SyncedMunicipality> {
  const town = (await loadMunicipalities(req)).find(({ cmsId }) => cmsId === municipality)
  if (!town) {
    throw new ReviewRefusal('NOT_FOUND', '自治体が見つからないか、見る権限がありません。')
  }
  if (town.isActive) return town
  throw new ReviewRefusal(
    'INCOMPLETE',
    `${town.name}の配信は、いまお休みしています。お休みの間は、緊急のお知らせも届きません。「自治体」の「配信する」を入れてから送ってください。`,
  )
}

function refuseUnknownAreas({ areas: known }: SyncedMunicipality, areas: readonly string[]): void {
  const unknown = areas.filter((area) => !known.includes(area))
  if (unknown.length === 0) return
  throw new ReviewRefusal(
    'INCOMPLETE',
    `「${unknown.join('」「')}」という地区は、この自治体にありません。画面を読み直して、選び直してください。`,
  )
}

interface ForReaders {
  town: SyncedMunicipality
  content: AlertContent
  now: Date
}

async function readersOf(
  req: PayloadRequest,
  { town, content, now }: ForReaders,
): Promise<number | null> {
  const figures = (await loadFigures(req, now)).get(town.cmsId)
  if (!figures) return null
  const pairs = pairsOfSegment(figures.forecast, content)
  // Who reads of two children gets it once: there are never more than readers.
  return pairs === null ? null : shownReaders(Math.min(pairs, figures.readers ?? Infinity))
}
