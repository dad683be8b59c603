/** How fast one domain is sent mails. */
export interface DomainLimits {
  /** Mails that may begin in any second; Infinity for any number. */
  perSecond: number
  /** Mails under way at once; Infinity for any number. */
  atOnce: number
}

/** One mail's turn at its domain; it is over once its answer is known, or when it does not go out. */
export interface Turn {
  domain: string
  /** How often the domain had refused us when it began. */
  round: number
  isOver: boolean
}

/** What a turn came to: `refused` says that the domain wants less for now, `none` nothing. */
export type TurnEnd = 'accepted' | 'refused' | 'none'

/** A limit for each recipient domain, shared by all runs of a process. */
export interface DomainPace {
  /** Takes a turn at a domain, or null when it has no room for one now. */
  begin(domain: string): Turn | null
  /** Ends a turn; ending it again changes nothing. */
  end(turn: Turn, how: TurnEnd): void
}

interface DomainPaceOptions {
  limits: DomainLimits
  /** Milliseconds that never run backwards. */
  now: () => number
}

/** What a domain is sent at first, at once and in a second, after it has refused us. */
export const FIRST_LEVEL = 2

/** How long each level of a restart lasts at least: from 2 to 50 a second in a minute. */
export const LEVEL_MS = 10_000

/** Where a restart ends when nothing else limits it. */
const HIGHEST_LEVEL = 1000

/** Domains that are remembered before those at rest are forgotten. */
const MOST_DOMAINS = 2000

const SECOND_MS = 1000

interface Domain {
  /** When the turns of the last second began, oldest first. */
  begun: number[]
  open: number
  round: number
  /** Slower than the limits, after a refusal; `since` is null until its first turn. */
  restart: { level: number; accepted: number; since: number | null } | null
}

interface Deps extends DomainPaceOptions {
  domains: Map<string, Domain>
}

/**
 * Lets each domain have so many mails in any second and so many at once. One that refuses us begins
 * anew with {@link FIRST_LEVEL}; that doubles each time as many were accepted as it lets through, and
 * falls back at the next refusal. Nobody waits here: whoever gets no turn sends to others meanwhile.
 * *Pure* but for what it remembers.
 */
export function createDomainPace(options: DomainPaceOptions): DomainPace {
  const deps: Deps = { ...options, domains: new Map() }
  return {
    begin: (domain) => begin(deps, domain),
    end: (turn, how) => end(deps, turn, how),
  }
}

function begin(deps: Deps, name: string): Turn | null {
  const now = deps.now()
  const domain = domainOf(deps, name)
  const { begun, restart } = domain
  while (begun[0] !== undefined && begun[0] <= now - SECOND_MS) begun.shift()
  const level = restart?.level ?? Infinity
  const { perSecond, atOnce } = deps.limits
  if (begun.length >= Math.min(perSecond, level)) return null
  if (domain.open >= Math.min(atOnce, level)) return null
  begun.push(now)
  domain.open += 1
  if (restart) restart.since ??= now
  return { domain: name, round: domain.round, isOver: false }
}

function end(deps: Deps, turn: Turn, how: TurnEnd): void {
  if (turn.isOver) return
  turn.isOver = true
  const domain = domainOf(deps, turn.domain)
  domain.open -= 1
  if (how === 'refused') {
    domain.round += 1
    domain.restart = { level: FIRST_LEVEL, accepted: 0, since: null }
  }
  // what began before the refusal says nothing about now
  if (how === 'accepted' && turn.round === domain.round) climb(deps, domain)
}

function climb({ limits, now }: Deps, domain: Domain): void {
  const { restart } = domain
  if (!restart) return
  restart.accepted += 1
  const hasLasted = restart.since !== null && now() - restart.since >= LEVEL_MS
  if (restart.accepted < restart.level || !hasLasted) return
  const level = 2 * restart.level
  const top = Math.min(Math.max(limits.perSecond, limits.atOnce), HIGHEST_LEVEL)
  domain.restart = level < top ? { level, accepted: 0, since: now() } : null
}

function domainOf({ domains, now }: Deps, name: string): Domain {
  const known = domains.get(name)
  if (known) return known
  if (domains.size >= MOST_DOMAINS) forgetResting(domains, now())
  const fresh: Domain = { begun: [], open: 0, round: 0, restart: null }
  domains.set(name, fresh)
  return fresh
}

function forgetResting(domains: Map<string, Domain>, now: number): void {
  for (const [name, { begun, open, restart }] of domains) {
    const isResting = open === 0 && restart === null && (begun.at(-1) ?? 0) <= now - SECOND_MS
    if (isResting) domains.delete(name)
  }
}
