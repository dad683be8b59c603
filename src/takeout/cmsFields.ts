import type { FlattenedField, Payload } from 'payload'

import type { ExplainedField } from '../archive/fieldTable'
import { documentsPath, OWN_DOCUMENTS, slugIn, versionsPath } from './ownDocuments'

/** What each field of the documents that an archive has means, as the admin's forms call it. */
export function cmsFields(payload: Pick<Payload, 'collections' | 'config'>): ExplainedField[] {
  return OWN_DOCUMENTS.flatMap((own) => {
    const { slug, only } = own
    const { flattenedFields } = payload.collections[slugIn(payload, own)].config
    const taken = only ? flattenedFields.filter(({ name }) => only.includes(name)) : flattenedFields
    const fields = [ID, ...explained(taken, '').filter(({ field }) => field !== ID.field)]
    const versions = own.hasVersions
      ? VERSION.map((field) => ({ file: versionsPath(slug), ...field }))
      : []
    return [...fields.map((field) => ({ file: documentsPath(slug), ...field })), ...versions]
  })
}

type Explained = Omit<ExplainedField, 'file'>

/** What a former version has around its document. */
const VERSION: readonly Explained[] = [
  { field: 'id', meaning: '版の番号', kind: '文字' },
  { field: 'parent', meaning: '文書の番号', kind: '文字' },
  { field: 'version', meaning: 'そのときの文書。項目は文書のファイルと同じ', kind: 'まとまり' },
  { field: 'createdAt', meaning: '版を作った日時', kind: '日時(協定世界時、ISO 8601)' },
  { field: 'updatedAt', meaning: '版を最後に変えた日時', kind: '日時(協定世界時、ISO 8601)' },
  { field: 'latest', meaning: 'いちばん新しい版なら true', kind: 'true=はい、false=いいえ' },
  { field: 'autosave', meaning: '自動で保存された版なら true', kind: 'true=はい、false=いいえ' },
]

/** What every document has, also where no field says so. */
const ID: Explained = { field: 'id', meaning: '文書の番号', kind: '文字' }

function explained(fields: readonly FlattenedField[], within: string): Explained[] {
  return fields.flatMap((field) => {
    const path = `${within}${field.name}`
    const own = { field: path, meaning: meaningOf(field), kind: kindOf(field) }
    const parts = 'flattenedFields' in field ? explained(field.flattenedFields, `${path}.`) : []
    const blocks =
      field.type === 'blocks'
        ? field.blocks.flatMap(({ slug, flattenedFields }) =>
            explained(flattenedFields, `${path}.${slug}.`),
          )
        : []
    return [own, ...parts, ...blocks]
  })
}

function meaningOf(field: FlattenedField): string {
  const label = 'label' in field ? wordsOf(field.label) : ''
  const description = wordsOf(field.admin?.description)
  return [label || (MEANINGS[field.name] ?? field.name), description].filter(Boolean).join(': ')
}

/** Fields that Payload gives every document. */
const MEANINGS: Readonly<Record<string, string>> = {
  createdAt: '作った日時(協定世界時)',
  updatedAt: '最後に変えた日時(協定世界時)',
  deletedAt: 'ごみ箱に入れた日時(協定世界時)',
  _status: '下書き(draft)か公開(published)か',
}

function wordsOf(label: unknown): string {
  if (typeof label === 'string') return label
  if (label === null || typeof label !== 'object') return ''
  const { ja } = label as { ja?: unknown }
  return typeof ja === 'string' ? ja : ''
}

function kindOf(field: FlattenedField): string {
  switch (field.type) {
    case 'select':
    case 'radio':
      return field.options
        .map((option) =>
          typeof option === 'string' ? option : `${option.value}=${wordsOf(option.label)}`,
        )
        .join('、')
    case 'relationship':
    case 'upload':
      return `${[field.relationTo].flat().join('、')} の文書の番号`
    default:
      return KINDS[field.type] ?? field.type
  }
}

const KINDS: Readonly<Record<string, string>> = {
  text: '文字',
  textarea: '文字',
  email: '文字',
  code: '文字',
  richText: '文字(装飾つき)',
  number: '数',
  checkbox: 'true=はい、false=いいえ',
  date: '日時(協定世界時、ISO 8601)',
  array: 'ならび',
  blocks: '部品のならび',
  group: 'まとまり',
  tab: 'まとまり',
  json: 'まとまり(JSON)',
  point: '位置',
}
