import { ValidationError, type CollectionBeforeValidateHook, type PayloadRequest } from 'payload'

import { relatedId } from '../cms/relation'
import { asStored } from '../cms/stored'
import { isSurveyRow, SURVEY } from '../release/blocks/survey'
import { localDayOf, type LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { readApprovedSurvey, type SurveyContent } from '../survey/content'
import { SURVEYS, type StoredSurvey } from './surveys'

type Row = Record<string, unknown> & { blockType?: string }

/**
 * Writes beside the chosen survey what it is called and until when it is answered; asked by stage it is
 * asked until then, unless another last day is chosen. One that is over is chosen no more, and stays
 * where it was chosen before.
 */
export const fillSurveys =
  ({ now }: { now: () => Date }): CollectionBeforeValidateHook =>
  ({ data, ...hook }) =>
    fill(data, { ...hook, today: localDayOf(now()) })

interface Filling {
  originalDoc?: unknown
  req: PayloadRequest
  today: LocalDay
}

async function fill(data: Row | undefined, { originalDoc, req, today }: Filling) {
  const rows = data?.blocks as Row[] | undefined
  if (!Array.isArray(rows) || !rows.some(isSurveyRow)) return data
  const before = (originalDoc as { blocks?: Row[] } | undefined)?.blocks ?? []
  const whole = { ...(originalDoc as object), ...(data as object) } as {
    municipality?: unknown
    editions?: unknown
    timing?: unknown
    validTo?: unknown
  }
  const isEasy = Array.isArray(whole.editions) && whole.editions.join() === 'easy'
  const town = relatedId(whole.municipality as string)
  const blocks = await Promise.all(
    rows.map(async (row, at) => {
      if (!isSurveyRow(row) || !row.survey) return row
      const content = await findAskable(req, String(row.survey), town)
      if (!content) throw notAskable(req, at, NOT_ASKABLE)
      const isNew = !before.some(({ survey }) => survey === row.survey)
      if (isNew && content.endsOn < today) throw notAskable(req, at, overSentence(content))
      return filled(row, content, isEasy)
    }),
  )
  const isOpen = whole.timing === 'once' && !whole.validTo
  const endsOn = blocks.find((row) => isSurveyRow(row) && row.endsOn)?.endsOn
  // The theme is there so that readers may decline them.
  return { ...data, blocks, theme: 'surveys', ...(isOpen && endsOn ? { validTo: endsOn } : {}) }
}

function filled(row: Row, content: SurveyContent, isEasy: boolean): Row {
  const label = isEasy ? 'アンケートに 答(こた)える' : 'アンケートに答える'
  return {
    ...row,
    title: isEasy ? content.easyTitle : content.title,
    endsOn: content.endsOn,
    label: row.label || label,
  }
}

/** What was approved of a survey that is common or the municipality's own; else null. */
async function findAskable(
  req: PayloadRequest,
  id: string,
  municipality: string | null,
): Promise<SurveyContent | null> {
  const found = await req.payload.findByID({
    collection: SURVEYS,
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: true, // whose it is is asked here, for programs too
    req,
  })
  const survey = asStored<StoredSurvey | null>(found)
  if (survey?.state !== 'approved') return null
  const owner = relatedId(survey.municipality as string)
  if (owner !== null && owner !== municipality) return null
  return readApprovedSurvey(survey)?.content ?? null
}

function notAskable({ t }: PayloadRequest, at: number, message: string): ValidationError {
  const { label } = SURVEY.fields.survey
  return new ValidationError({ errors: [{ label, path: `blocks.${at}.survey`, message }] }, t)
}

function overSentence({ title, endsOn }: SurveyContent): string {
  return `「${title}」に答えられたのは ${dayLabel(endsOn)} までで、もう聞けません。まだ終わっていないアンケートを選ぶか、アンケートの画面で「写して新しい下書きを作る」を押してください。`
}

const NOT_ASKABLE =
  '選ばれたアンケートは、承認されていないか、この自治体のものではありません。承認されたアンケートを選んでください。'
