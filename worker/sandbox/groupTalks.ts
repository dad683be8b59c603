import { randomBytes } from 'node:crypto'

import type { LineGroupTalk } from '../channel/channel'

/** Groups and rooms that accounts have been put into; like reply tokens they end with the sandbox. */
export interface GroupTalks {
  /** A new group or room with the account in it. */
  open(channelId: string, kind: LineGroupTalk['kind']): LineGroupTalk
  /** Whether the account is in it. */
  has(channelId: string, talk: LineGroupTalk): boolean
  /** Takes the account out; false when it was not in. */
  leave(channelId: string, talk: LineGroupTalk): boolean
}

/** Creates the groups and rooms of a sandbox. */
export function createGroupTalks(): GroupTalks {
  const memberships = new Set<string>()
  const keyOf = (channelId: string, { kind, id }: LineGroupTalk) => `${channelId}:${kind}:${id}`
  return {
    open(channelId, kind) {
      const id = `${kind === 'group' ? 'C' : 'R'}${randomBytes(16).toString('hex')}`
      memberships.add(keyOf(channelId, { kind, id }))
      return { kind, id }
    },
    has: (channelId, talk) => memberships.has(keyOf(channelId, talk)),
    leave: (channelId, talk) => memberships.delete(keyOf(channelId, talk)),
  }
}
