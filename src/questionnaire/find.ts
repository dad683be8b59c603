import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import { relatedId } from '../cms/relation'
import { dayLabel } from '../stage/japaneseDate'
import { isLocalDay, type LocalDay } from '../stage/day'
import { SURVEY_STATES, SURVEYS, type StoredSurvey } from './surveys'

/** A survey as the page 「アンケート」 lists it. */
export interface ListedSurvey {
  id: string
  title: string
  /** Whose it is, in words. */
  of: string
  /** How far it is, in words. */
  state: string
  isApproved: boolean
  /** Nobody answers any more. */
  isOver: boolean
  /** 「2026年12月31日(木)まで」, or empty. */
  until: string
}

const STATES = new Map<string, string>(SURVEY_STATES.map(({ value, label }) => [value, label]))

/** Surveys that the person may read, the newest first. */
export async function findSurveys(req: PayloadRequest, today: LocalDay): Promise<ListedSurvey[]> {
  const { docs } = await req.payload.find({
    collection: SURVEYS,
    sort: '-updatedAt',
    depth: 1,
    pagination: false,
    overrideAccess: false,
    select: { title: true, state: true, endsOn: true, municipality: true },
    req,
  })
  return asStored<StoredSurvey[]>(docs).map((survey) => listed(survey, today))
}

function listed(survey: StoredSurvey, today: LocalDay): ListedSurvey {
  const { id, title, endsOn, municipality, state } = survey
  const isApproved = state === 'approved'
  const isOver = isApproved && typeof endsOn === 'string' && endsOn < today
  const name = (municipality as { name?: string } | null)?.name
  return {
    isApproved,
    isOver,
    id: String(id),
    title: title ?? '',
    of: relatedId(municipality as string) === null ? 'すべての自治体に共通' : (name ?? ''),
    state: isOver ? '終わりました' : (STATES.get(state ?? 'draft') ?? ''),
    until: endsOn && isLocalDay(endsOn) ? `${dayLabel(endsOn)}まで` : '',
  }
}
