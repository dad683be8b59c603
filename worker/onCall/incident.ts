/** Something that a person on call must know, as stored in `incidents`: one a code. */
export interface Incident {
  /** Its code: an alert's, or one of a state that is seen. */
  _id: string
  /** `maybe`: seen, and not for long enough to tell anybody. */
  phase: 'maybe' | 'open' | 'over'
  /** How often it has opened. */
  serial: number
  /** Since when it is seen without a gap; only a `maybe` asks. */
  watchedAt: Date
  /** Since when it is so, as far as is known, and when it last was. */
  since: Date
  lastAt: Date
  /** The number that came with it last, and of alerts the one before its first. */
  total: number
  before: number
  /** Messages since it opened, and when the last was due. */
  told: number
  toldAt: Date
  /** Rises with each write: of many who look, one writes. */
  rev: number
}

/** What one look has found of a code; a code that cannot be told has none. */
export interface Sighting {
  code: string
  /** When it last was so; null: it is not so. */
  lastAt: Date | null
  /** Since when, where that is known. */
  since: Date | null
  /** Alerts ever counted, or how many things are so. */
  total: number
  /** False where silence says nothing: nobody is there who would give the alert. */
  mayEnd: boolean
}

/** What makes an incident of what is seen. */
export interface IncidentRule {
  /** Alerts are counted, states are seen. */
  kind: 'alert' | 'state'
  /** So long it has to be so before anybody is told. */
  afterMs: number
  /** Not so for so long: it is over. */
  calmMs: number
  /** Told again where it goes on. */
  remindMs: number
}

/** What is told of an incident. */
export type Telling = 'open' | 'still' | 'over'

/** What becomes of a stored incident; null: nothing changes, and nothing is told. */
export interface Step {
  incident: Incident
  telling: Telling | null
}

/** Looks come several times a minute: after a gap like this nobody knows what was between. */
const GAP_MS = 2 * 60_000

/**
 * The life of an incident: it opens once it was so for long enough, is told again when it goes on, and
 * is over when it has not been for its time. *Pure.*
 */
export function stepIncident(
  known: Incident | null,
  sighting: Sighting,
  { rule, now }: { rule: IncidentRule; now: Date },
): Step | null {
  if (known?.phase === 'open') return stepOpen(known, sighting, { rule, now })
  if (known?.phase === 'maybe') return stepMaybe(known, sighting, { rule, now })
  return isSo(sighting, rule, now) && isNewer(known, sighting)
    ? opened(begun(known, sighting, now), { rule, now })
    : null
}

interface Ruled {
  rule: IncidentRule
  now: Date
}

function stepMaybe(known: Incident, sighting: Sighting, { rule, now }: Ruled): Step | null {
  if (!isSo(sighting, rule, now)) return quiet({ ...known, phase: 'over' })
  const hasGap = now.getTime() - known.lastAt.getTime() > GAP_MS
  if (hasGap) return opened(begun(known, sighting, now), { rule, now })
  return opened(seen(known, sighting), { rule, now })
}

function stepOpen(known: Incident, sighting: Sighting, { rule, now }: Ruled): Step | null {
  const at = seen(known, sighting)
  if (sighting.mayEnd && now.getTime() - at.lastAt.getTime() > rule.calmMs) {
    return { incident: { ...at, phase: 'over', ...toldNow(at, now) }, telling: 'over' }
  }
  const isAgain = at.lastAt > known.toldAt
  if (isAgain && now.getTime() - known.toldAt.getTime() >= rule.remindMs) {
    return { incident: { ...at, ...toldNow(at, now) }, telling: 'still' }
  }
  return at.lastAt > known.lastAt || at.total !== known.total ? quiet(at) : null
}

/** Opens what was watched for long enough. */
function opened(incident: Incident, { rule, now }: Ruled): Step {
  if (now.getTime() - incident.watchedAt.getTime() < rule.afterMs) return quiet(incident)
  const open = { phase: 'open' as const, serial: incident.serial + 1, ...toldNow(incident, now) }
  return { incident: { ...incident, ...open }, telling: 'open' }
}

function begun(known: Incident | null, { code, ...sighting }: Sighting, now: Date): Incident {
  const lastAt = sighting.lastAt ?? now
  return {
    _id: code,
    phase: 'maybe',
    serial: known?.serial ?? 0,
    watchedAt: now,
    since: sighting.since ?? lastAt,
    lastAt,
    total: sighting.total,
    before: known?.phase === 'over' ? known.total : (known?.before ?? sighting.total - 1),
    told: 0,
    toldAt: now,
    rev: known?.rev ?? 0,
  }
}

function seen(known: Incident, { lastAt, total }: Sighting): Incident {
  return lastAt && lastAt > known.lastAt ? { ...known, lastAt, total } : known
}

function toldNow({ told }: Incident, now: Date) {
  return { told: told + 1, toldAt: now }
}

function quiet(incident: Incident): Step {
  return { incident, telling: null }
}

function isSo({ lastAt }: Sighting, { calmMs }: IncidentRule, now: Date): boolean {
  return lastAt !== null && now.getTime() - lastAt.getTime() <= calmMs
}

function isNewer(known: Incident | null, { lastAt }: Sighting): boolean {
  return known === null || (lastAt !== null && lastAt > known.lastAt)
}
