import type { PayloadRequest } from 'payload'

import { relatedId } from '../cms/relation'
import { isOnlyProposing } from '../people/roles'
import { PROPOSABLE_BLOCKS } from './blocks'
import type { Verdict } from '../fields/checks'
import { checkAddOnField, type FieldContext } from '../review/gate/contentChecks'
import { municipalityOf } from '../cms/municipalityOf'
import { unknownAreas } from '../table/areaName'

/** Areas that the municipality has. */
export async function checkAreas(value: unknown, { data, event, req }: FieldContext) {
  const chosen = Array.isArray(value) ? value.map(String) : []
  if (chosen.length === 0 || event === 'onChange') return true
  const municipality = relatedId((data as { municipality?: unknown }).municipality)
  const names = ((await municipalityOf(municipality, req))?.areas ?? []).map(({ name }) => name)
  return unknownAreas(chosen, names) ?? true
}

/** What the limits say about all blocks together; contributors only propose books and groups. */
export async function checkBlocks(value: unknown, context: FieldContext): Promise<Verdict> {
  const blocks = (Array.isArray(value) ? value : []) as { blockType: string }[]
  const allowed = blocksFor(context.req.user)
  const isAllowed = ({ blockType }: { blockType: string }) =>
    allowed === true || allowed.includes(blockType)
  return blocks.every(isAllowed) ? checkAddOnField('blocks', context) : NOT_PROPOSABLE
}

const NOT_PROPOSABLE = `提案できるのは${PROPOSABLE_BLOCKS.map(({ label }) => `「${label}」`).join('と')}だけです。ほかの部品は消してください。`

/** The blocks a person may add, as Payload's `filterOptions` takes them. *Pure.* */
export function blocksFor(user: unknown): string[] | true {
  return isOnlyProposing(user as PayloadRequest['user'])
    ? PROPOSABLE_BLOCKS.map(({ blockType }) => blockType)
    : true
}
