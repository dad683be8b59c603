'use client'

import { useAllFormFields, useDocumentInfo } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useDeferredValue, useMemo, useState } from 'react'

import { relatedId } from '../../cms/relation'
import type { DayContent } from '../../arrivals/dayContent'
import {
  firstSlotOf,
  isContentCollection,
  kindOfCollection,
  releaseKeyOf,
  type ContentKind,
} from '../../release/contentKind'
import { checkContent } from '../../release/limits'
import { SAMPLE_CONTACT } from '../../release/preview'
import type { Wishes } from '../../plan/wishes'
import { SUPPORT_PAGE } from '../../stage/support'
import { freezeContent, type StoredDocument } from '../../review/rules/freeze'
import { composeDay, type Draft } from './composeDay'
import type { Family } from './previewControls'
import { useDayContent, useMunicipalities } from './useDayContent'

const START: Family = {
  municipality: '',
  by: 'slot',
  date: '',
  edition: '',
  area: '',
  isTwins: false,
  notice: '',
}

/**
 * The document on the screen, the family that was chosen, and what this family gets; `isRead`: as it is
 * saved, where its fields are not on the screen.
 */
export function usePreview({ isRead = false } = {}) {
  const { collectionSlug, id, initialData } = useDocumentInfo()
  const [fields] = useAllFormFields()
  const [chosen, setChosen] = useState<Family>(START)
  const values = useMemo(
    (): StoredDocument => (isRead ? { ...initialData } : reduceFieldsToValues(fields, true)),
    [fields, initialData, isRead],
  )
  const document = useDeferredValue(values)
  const kind = isContentCollection(collectionSlug) ? kindOfCollection(collectionSlug) : 'manuscript'
  const isAddOn = kind === 'addOn'
  const owner = isAddOn ? (relatedId(document.municipality) ?? '') : null
  const { municipalities, isAwaited: areTownsAwaited } = useMunicipalities(owner)
  const municipality = owner ?? (chosen.municipality || (municipalities[0]?.id ?? ''))
  const municipalityShown = municipalities.find((one) => one.id === municipality)
  const { answer: found, isAwaited } = useDayContent(
    queryFor({ document, isAddOn, family: chosen, municipality }),
  )
  const day = found ?? WITHOUT_MUNICIPALITY
  const draft = useMemo(
    () => draftOf({ document, kind, id, day, code: municipalityShown?.code ?? '' }),
    [document, kind, id, day, municipalityShown?.code],
  )
  const editions = isAddOn ? (municipalityShown?.editions ?? []) : []
  const family: Family = {
    ...chosen,
    municipality,
    edition: isAddOn ? chosen.edition || (editions[0] ?? '') : textOf(document.edition),
    area: chosen.area || firstArea(document, isAddOn),
  }
  const { edition, area, isTwins, notice } = family
  const shown = useMemo(
    () =>
      composeDay({
        day,
        draft,
        family: {
          edition,
          area: area || null,
          isTwins,
          isCorrected: false,
          wishes: WISHES[notice],
        },
      }),
    [day, draft, edition, area, isTwins, notice],
  )
  return {
    /** Nothing is shown before it is known whose words the text goes out with. */
    isAwaited: areTownsAwaited || isAwaited,
    shown,
    draft,
    problems: problemsOf(draft, day),
    note: found?.day ? shown.leftOut : null, // nothing is said before the answer is there
    when: whenOf(found, { family, draft }),
    controls: {
      family,
      municipalities,
      editions,
      isMunicipalityFixed: isAddOn,
      editionLabels: day.editions,
      onChange: (change: Partial<Family>) => setChosen((before) => ({ ...before, ...change })),
    },
  }
}

const WISHES: Record<Family['notice'], Wishes> = {
  '': {},
  discreet: { discreet: true },
  shown: { discreet: false },
}

interface QueryInput {
  document: StoredDocument
  isAddOn: boolean
  family: Family
  municipality: string
}

function queryFor({ document, isAddOn, family, municipality }: QueryInput) {
  const isEvery = isAddOn && document.timing === 'every'
  return {
    municipality,
    slot: textOf(isAddOn ? document.from : document.slot),
    monthRule: textOf(document.monthRule),
    to: isEvery ? textOf(document.to) : '',
    validFrom: isAddOn ? textOf(document.validFrom).slice(0, 10) : '',
    validTo: isAddOn ? textOf(document.validTo).slice(0, 10) : '',
    due: family.by === 'due' ? family.date : '',
    birth: family.by === 'birth' ? family.date : '',
  }
}

interface DraftInput {
  document: StoredDocument
  kind: ContentKind
  id: number | string | undefined
  day: DayContent
  /** Code of the municipality. */
  code: string
}

function draftOf({ document, kind, id, day, code }: DraftInput): Draft {
  const series = day.series[relatedId(document.series) ?? '']?.code ?? ''
  return {
    key: releaseKeyOf(kind, String(id ?? 'new')),
    content: freezeContent(kind, document, { manuscript: series, addOn: code }[kind]),
  }
}

function problemsOf({ content }: Draft, { variables }: DayContent) {
  return checkContent(content, { variables: Object.keys(variables) })
}

/** A reader of an area, when the add-on is for areas only. */
function firstArea({ areas }: StoredDocument, isAddOn: boolean): string {
  const [first]: unknown[] = isAddOn && Array.isArray(areas) ? areas : []
  return textOf(typeof first === 'object' ? (first as { name?: unknown } | null)?.name : first)
}

interface WhenInput {
  family: Family
  draft: Draft
}

function whenOf(found: DayContent | null, { family: { by, date }, draft }: WhenInput): string {
  if (!found || firstSlotOf(draft.content) === SUPPORT_PAGE) return '' // read, not sent
  if (found.day) return `${found.day.dateLabel}、${found.day.stage}の家族に届くもの`
  if (by !== 'slot' && !date) return '日付を入れると、その家族に届くものが見られます。'
  return by === 'slot' ? '' : 'この日付の家族には、この原稿の配信日は来ません。'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A municipality of nobody, while none can be read. */
const WITHOUT_MUNICIPALITY: DayContent = {
  settings: {
    cmsId: '',
    code: '',
    name: '見本市',
    senderName: '見本市 子育て便り',
    mailFrom: '',
    isActive: true,
    channels: ['line', 'mail'],
    lineAccount: null,
    series: [],
    hidden: [],
    editions: [],
    areas: [],
    contact: SAMPLE_CONTACT,
    mailAfterCrash: 'at-most-once',
    dailyCap: 3,
    accent: null,
    windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
  },
  variables: {},
  series: {},
  editions: {},
  day: null,
  texts: [],
  addOns: [],
  later: [],
}
