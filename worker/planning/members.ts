import type { AudienceChild, AudienceMember } from './audience'
import { suppressionKey } from './audience'
import type { LineAccount } from '../../src/plan/settings'
import { deliveryId, type PlanChild } from '../../src/plan/candidate'
import { WELCOME_SLOT, type Member } from '../../src/plan/reader'
import { chooseRoute } from '../../src/plan/route'
import type { Program } from '../../src/plan/program'

interface MemberInput {
  program: Program
  line: Pick<LineAccount, 'id' | 'provider'> | null
  suppressed: ReadonlySet<string>
}

/** A stored reader and children as planning sees them, without any address. *Pure.* */
export function toMember({ reader, children }: AudienceMember, input: MemberInput): Member {
  const isSuppressed = (identity: Parameters<typeof suppressionKey>[0]) =>
    input.suppressed.size > 0 && input.suppressed.has(suppressionKey(identity))
  const route = chooseRoute(reader.identities, input.program, { line: input.line, isSuppressed })
  return {
    id: reader._id,
    taste: { edition: reader.edition, area: reader.area },
    status: reader.municipality === input.program.settings.code ? reader.status : 'stopped',
    route,
    children: children.map((child) => toPlanChild(child, reader._id)),
  }
}

/** Ids of every delivery that may come out of planning a member. *Pure.* */
export function possibleIds(program: Program, member: Member, isWelcome: boolean): string[] {
  const ids: string[] = []
  for (const child of member.children) {
    const { slots } = program.dueFor(child.anchors, child.isCorrected)
    for (const slot of slots) ids.push(deliveryId(member.id, child.id, slot))
    if (isWelcome) ids.push(deliveryId(member.id, child.id, WELCOME_SLOT))
  }
  return ids
}

function toPlanChild(child: AudienceChild, reader: string): PlanChild {
  const { _id: id, dueDate, birthDate, entryDate, corrected } = child
  const isCorrected = corrected?.includes(reader) ?? false
  return { id, anchors: { dueDate, birthDate, entryDate }, isCorrected }
}
