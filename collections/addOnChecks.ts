import type { BlocksFieldValidation, PayloadRequest, TextFieldManyValidation } from 'payload'

import { hasRole, idOf } from './access'
import { PROPOSABLE_BLOCKS } from './addOnBlocks'
import { checkVariables } from './manuscriptChecks'
import type { Verdict } from './checks'

/** Areas that the municipality has. */
export const checkAreas: TextFieldManyValidation = async (value, { data, event, req }) => {
  const chosen = value ?? []
  if (chosen.length === 0 || event === 'onChange') return true
  const known = (await municipalityOf(data, req))?.areas ?? []
  const names = known.map((area) => area.name)
  const unknown = chosen.filter((name) => !names.includes(name))
  if (unknown.length === 0) return true
  const hint =
    names.length > 0 ? `使える地区: ${names.join('、')}。` : 'この自治体には地区がまだありません。'
  return `地区「${unknown.join('」「')}」は自治体の設定にありません。${hint}自治体の設定の「地区」に加えるか、ここから消してください。`
}

/** At least one block once it is no draft; contributors only books and groups; known words only. */
export const checkBlocks: BlocksFieldValidation = async (value, { data, event, req }) => {
  const blocks = (Array.isArray(value) ? value : []) as StoredBlock[]
  const allowed = checkProposable(blocks, req)
  if (allowed !== true) return allowed
  if (blocks.length === 0) {
    const isLive = (data as { _status?: unknown })._status === 'published'
    return isLive ? '部品を 1 つ以上入れてください(「部品を追加」を押します)。' : true
  }
  if (event === 'onChange') return true
  const known = (await municipalityOf(data, req))?.contactVariables ?? []
  return checkVariables(
    textsOf(blocks),
    known.map((row) => row.name),
  )
}

interface StoredBlock {
  blockType: string
  [field: string]: unknown
}

function checkProposable(blocks: readonly StoredBlock[], req: PayloadRequest): Verdict {
  if (!hasRole(req.user, 'contributor') || hasRole(req.user, 'municipal-editor')) return true
  return blocks.every(({ blockType }) => PROPOSABLE_BLOCKS.includes(blockType))
    ? true
    : '提案できるのは「絵本の紹介」と「団体・ひろばの紹介」だけです。ほかの部品は消してください。'
}

function textsOf(blocks: readonly StoredBlock[]): string {
  return blocks
    .flatMap((block) => Object.entries(block))
    .filter(([field]) => !['id', 'blockType', 'blockName'].includes(field))
    .map(([, value]) => (typeof value === 'string' ? value : ''))
    .join('\n')
}

async function municipalityOf(data: unknown, req: PayloadRequest) {
  const id = idOf((data as { municipality?: unknown }).municipality)
  if (id === null) return null
  return req.payload.findByID({
    ...{ collection: 'municipalities', id, req },
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  })
}
