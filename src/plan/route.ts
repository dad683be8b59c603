import type { Program } from './program'
import type { ChannelName, LineAccount } from './settings'

/** Where a reader's texts of this run go. */
export type Route =
  | { isOpen: true; channel: ChannelName; account: string }
  | { isOpen: false; reason: 'suppressed' | 'noChannel' }

/** A reader's address on one channel account, without the address. */
export interface RoutedIdentity {
  channel: ChannelName
  /** Name of the LINE provider, or `mail`. */
  account: string
  /** Blind index of the address. */
  index: string
  status: 'active' | 'blocked' | 'suppressed'
}

/**
 * The route of a reader: LINE when the municipality has it and the reader's identity of that
 * provider works, else mail. While readers move between two accounts, each has a route through the one
 * they have an identity of, and through one alone. *Pure.*
 */
export function chooseRoute(
  identities: readonly RoutedIdentity[],
  { settings }: Pick<Program, 'settings'>,
  {
    line,
    otherLine = null,
    isSuppressed,
  }: {
    line: Pick<LineAccount, 'id' | 'provider'> | null
    /** The other account of a move. */
    otherLine?: Pick<LineAccount, 'id' | 'provider'> | null | undefined
    isSuppressed: (identity: RoutedIdentity) => boolean
  },
): Route {
  const lineOf = ({ account }: RoutedIdentity) =>
    [line, otherLine].find((one) => one?.provider === account)
  const usable = identities.filter(
    (one) =>
      settings.channels.includes(one.channel) &&
      (one.channel === 'mail' || lineOf(one) !== undefined),
  )
  const working = usable.filter((one) => one.status === 'active' && !isSuppressed(one))
  const identity =
    working.find(({ channel, account }) => channel === 'line' && account === line?.provider) ??
    working.find(({ channel }) => channel === 'line') ??
    working[0]
  if (!identity) return { isOpen: false, reason: usable.length > 0 ? 'suppressed' : 'noChannel' }
  const account = identity.channel === 'line' ? (lineOf(identity)?.id ?? '') : settings.mailFrom
  return { isOpen: true, channel: identity.channel, account }
}

/** The channel of an open route, as what selects content names it. *Pure.* */
export function channelOf(route: Route): { channel?: ChannelName } {
  return route.isOpen ? { channel: route.channel } : {}
}
