import { parseDeliveryId } from '../../src/plan/candidate'
import { createProgram } from '../../src/plan/program'
import type { Member } from '../../src/plan/reader'
import type { ExclusionReason } from '../../src/plan/reason'
import type { MunicipalitySettings } from '../../src/plan/settings'
import type { Release } from '../../src/release/content'
import { latestByKey, liveContent } from '../../src/release/live'
import { possibleIds } from '../planning/members'

interface WiderInput {
  member: Member
  date: string
  settings: MunicipalitySettings
  releases: Release[]
}

/** Texts that would be due if they were not withdrawn, or if the municipality took their series. */
export function widerReasons({ member, date, settings, releases }: WiderInput) {
  const live = liveContent(releases)
  const withdrawn = latestByKey(releases)
    .filter(({ action }) => action === 'withdraw')
    .map((release) => ({ ...release, action: 'publish' as const }))
  const allSeries = [...new Set(live.texts.map(({ content }) => content.series))]
  const taken = new Set(settings.series.map(({ series }) => series))
  const open = { from: null, to: null, isEndIncluded: true, effectiveFrom: null, effectiveTo: null }
  const others = allSeries.filter((code) => !taken.has(code))
  const everything = others.map((series) => ({ series, ...open }))
  const due = (content: typeof live, own: MunicipalitySettings) => {
    const program = createProgram({ settings: own, content, date })
    return possibleIds(program, member, false)
  }
  const childOf = new Map(member.children.map(({ id, pair }) => [pair, id]))
  const reasoned = (ids: string[], reason: ExclusionReason) =>
    ids.map((id) => {
      const { pair, slot } = parseDeliveryId(id)
      return { id, child: childOf.get(pair) ?? '', slot, reason }
    })
  return [
    ...reasoned(due(liveContent(withdrawn), settings), 'withdrawn'),
    ...reasoned(due(live, { ...settings, series: everything }), 'notTaken').filter(
      ({ id }) => !due(live, settings).includes(id),
    ),
  ]
}
