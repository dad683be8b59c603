import { ALERT_WORDS } from '../../src/operation/alertWords'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { readFacts, type LookedAt } from './facts'
import { stepIncident, type Incident, type Sighting } from './incident'
import type { IncidentStore } from './incidentStore'
import { letterOf } from './letters'
import { messageOf, type OnCallMessage } from './message'
import { TOLD_CODES, type ToldCode } from './rules'
import { sightingsOf } from './sightings'
import type { OnCallWay } from './ways'

/** What a look works with. */
export interface LookOptions extends LookedAt, Pick<DeliveryHalf, 'syncedContent' | 'clock'> {
  ways: readonly OnCallWay[]
  publicUrl: string
}

/** Looks once, and writes what becomes of each incident, with a letter for each way. */
export async function look(options: LookOptions, store: IncidentStore): Promise<void> {
  const { ways, syncedContent } = options
  await syncedContent.refresh()
  const isClockRight = await options.clock.isRight()
  const facts = await readFacts(options)
  const now = options.now()
  const known = await store.all()
  for (const sighting of sightingsOf(facts, now)) {
    if (!isClockRight && sighting.code !== 'clock-apart') continue // by a wrong clock all is late
    const before = known.get(sighting.code) ?? null
    const next = nextOf(before, sighting, { now, publicUrl: options.publicUrl })
    if (!next) continue
    const { incident, message } = next
    const number = incident.told
    const made = message ? ways.map(({ key: way }) => letterOf(message, { way, number, now })) : []
    await store.save(before, incident, made)
  }
}

/** What becomes of an incident, and what is told of it; null: nothing. *Pure.* */
export function nextOf(
  before: Incident | null,
  sighting: Sighting,
  { now, publicUrl }: { now: Date; publicUrl: string },
): { incident: Incident; message: OnCallMessage | null } | null {
  const told = toldCode(sighting.code)
  const step = stepIncident(before, sighting, { rule: told, now })
  if (!step) return null
  const { incident, telling } = step
  return { incident, message: telling && messageOf(incident, { telling, told, publicUrl }) }
}

/** The rule of a code; an alert that has none of its own is told too. */
function toldCode(code: string): ToldCode {
  return TOLD_CODES[code] ?? { ...UNRULED, ...(ALERT_WORDS[code] ?? { ...UNRULED, what: code }) }
}

const UNRULED = {
  kind: 'alert' as const,
  afterMs: 0,
  calmMs: 3_600_000,
  remindMs: 86_400_000,
  act: 'kizuna status で見ます',
  runbook: '当番にだけ届く知らせ',
}
