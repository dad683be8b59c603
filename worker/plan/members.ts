import type { AudienceChild, AudienceMember } from '../audience'
import { suppressionKey } from '../audience'
import type { LineAccount } from '../settings'
import { deliveryId, type PlanChild } from './candidate'
import { chooseRoute, WELCOME_SLOT, type Member } from './reader'
import type { Program } from './program'

interface MemberInput {
  program: Program
  line: Pick<LineAccount, 'id' | 'provider'> | null
  suppressed: ReadonlySet<string>
}

/** A stored reader and children as planning sees them, without any address. *Pure.* */
export function toMember({ reader, children }: AudienceMember, input: MemberInput): Member {
  const isSuppressed = (identity: Parameters<typeof suppressionKey>[0]) =>
    input.suppressed.has(suppressionKey(identity))
  const route = chooseRoute(reader.identities, input.program, { line: input.line, isSuppressed })
  return {
    id: reader._id,
    taste: { edition: reader.edition, area: reader.area },
    status: reader.municipality === input.program.settings.code ? reader.status : 'stopped',
    route: route.isOpen
      ? { isOpen: true, channel: route.channel, account: route.account }
      : { isOpen: false, reason: route.reason },
    children: children.map((child) => toPlanChild(child, reader._id)),
  }
}

/** Ids of every delivery that may come out of planning a member. *Pure.* */
export function possibleIds(program: Program, member: Member, isWelcome: boolean): string[] {
  return member.children.flatMap((child) => {
    const due = program.dueFor(child.anchors, child.isCorrected)
    const slots = new Set([
      ...due.texts.map(({ content }) => content.slot),
      ...due.once.map(({ content }) => content.from),
      ...(isWelcome ? [WELCOME_SLOT] : []),
    ])
    return [...slots].map((slot) => deliveryId(member.id, child.id, slot))
  })
}

function toPlanChild(child: AudienceChild, reader: string): PlanChild {
  const { _id: id, dueDate, birthDate, entryDate, corrected } = child
  return {
    id,
    anchors: {
      ...(dueDate ? { dueDate } : {}),
      ...(birthDate ? { birthDate } : {}),
      ...(entryDate ? { entryDate } : {}),
    },
    isCorrected: corrected?.includes(reader) ?? false,
  }
}
