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
  const stateOf = async (identity: Identity, lineAccount: string | null) => {
    const listed = await suppressions.findOne({ _id: suppressionId(identity) })
    if (listed) return { kind: 'suppressed', reason: listed.reason, since: listed.at } as const
    if (identity.status === 'suppressed') return { kind: 'unsubscribed' } as const
    if (identity.status === 'blocked') return { kind: 'blocked' } as const
    if (identity.channel !== 'line' || lineAccount === null) return { kind: 'open' } as const
    const friendship = await friendships.findOne({ _id: `${lineAccount}:${identity.index}` })
    if (!friendship) return { kind: 'notFriend' } as const
    return friendship.isFriend ? ({ kind: 'open' } as const) : ({ kind: 'blocked' } as const)
  }
  return {
    contactStates: ({ identities }: Pick<Reader, 'identities'>, lineAccount) =>
      Promise.all(
        identities.map(async (identity): Promise<ContactState> => {
          return { channel: identity.channel, state: await stateOf(identity, lineAccount) }
        }),
      ),
  }
}
