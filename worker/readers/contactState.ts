import { readerCollections, type StoreContext } from './collections'
import { suppressionId } from './identity'
import type { Identity, Reader, SuppressionReason } from './reader'
import type { ReaderStore } from './store'

/** Whether something is sent to a contact of a reader, and why not. */
export interface ContactState {
  channel: Identity['channel']
  state:
    | { kind: 'open' }
    /** The reader stopped mail, or unsubscribed. */
    | { kind: 'unsubscribed' }
    /** On the list of addresses nobody sends to, since then. */
    | { kind: 'suppressed'; reason: SuppressionReason; since: Date }
    /** The reader has blocked the LINE account. */
    | { kind: 'blocked' }
    /** Nothing says that they are a friend of the LINE account: LINE takes texts and shows none. */
    | { kind: 'notFriend' }
}

/** Looks at everything that keeps texts from a reader, not only at what stands beside the contact. */
export function createContactStates({ db }: StoreContext): Pick<ReaderStore, 'contactStates'> {
  const { suppressions, friendships } = readerCollections(db)
  const stateOf = async (identity: Identity, lineAccounts: readonly string[]) => {
    const listed = await suppressions.findOne({ _id: suppressionId(identity) })
    if (listed) return { kind: 'suppressed', reason: listed.reason, since: listed.at } as const
    if (identity.status === 'suppressed') return { kind: 'unsubscribed' } as const
    if (identity.status === 'blocked') return { kind: 'blocked' } as const
    if (identity.channel !== 'line' || lineAccounts.length === 0) return { kind: 'open' } as const
    const $in = lineAccounts.map((account) => `${account}:${identity.index}`)
    const said = { _id: { $in }, isFriend: { $exists: true } }
    const known = await friendships.find(said).toArray()
    if (known.length === 0) return { kind: 'notFriend' } as const
    const isFriend = known.some((one) => one.isFriend)
    return isFriend ? ({ kind: 'open' } as const) : ({ kind: 'blocked' } as const)
  }
  return {
    contactStates: ({ identities }: Pick<Reader, 'identities'>, lineAccounts) =>
      Promise.all(
        identities.map(async (identity): Promise<ContactState> => {
          return {
            channel: identity.channel,
            state: await stateOf(identity, [lineAccounts ?? []].flat()),
          }
        }),
      ),
  }
}
