import { MAX_NAME } from './blocks/blockType'
import { AGE_BASES, KINDS, MONTH_RULES, TIMINGS, type Choice } from './choices'
import type { FieldColumn } from './column'
import type { AddOnContent, ManuscriptContent } from './content'
import type { ContentKind } from './contentKind'
import { LINE_MAX_TEXT } from './lineMessageLimits'
import type { WordsField } from './words'

/** Most UTF-16 units of a mail's subject: our own limit, so that a phone's list shows it whole. */
export const MAX_SUBJECT = 50

interface NamedField {
  /** Its name in the form and for reviewers. */
  label: string
  column: FieldColumn
}

/** A field that is one of some choices; the first stands for none. */
interface ChoiceField extends NamedField {
  kind: 'choice'
  choices: readonly Choice[]
}

interface NumberField extends NamedField {
  kind: 'number'
  /** What an empty cell of a file stands for. */
  whenEmpty: number
}

/** Other fields; what each kind holds is what its name says. */
interface PlainField extends NamedField {
  kind:
    | 'series'
    | 'municipality'
    | 'slot'
    | 'edition'
    | 'editions'
    | 'areas'
    | 'day'
    | 'flag'
    | 'topics'
    | 'sources'
}

/** One field of a document: what it holds, what it is called, and how a file writes it. */
export type ContentField = (WordsField | ChoiceField | NumberField | PlainField) & {
  /** Only those who work on the document see it: no approval is given for it. */
  isInternal?: boolean
}

/** Fields by name, in the order of the form and of a file's columns. */
export type ContentFields<Name extends string = string> = Readonly<Record<Name, ContentField>>

const topics: ContentField = {
  kind: 'topics',
  label: '話題',
  isInternal: true,
  column: {
    aliases: ['話題'],
    description: '話題のコードまたは名前を ; で区切る',
    example: '栄養・食事;歯と口',
  },
}

const monthRule: ContentField = {
  kind: 'choice',
  label: '月の数え方',
  choices: MONTH_RULES,
  column: {
    aliases: ['月の数え方'],
    description: 'friendly / legal。空なら friendly',
    example: 'friendly',
  },
}

/**
 * The fields of a manuscript. The hash, freezing, comparing, the columns of its file and the labels
 * of its form are read from here.
 */
export const MANUSCRIPT_FIELDS: ContentFields<
  Exclude<keyof ManuscriptContent, 'type'> | 'title' | 'topics' | 'sources'
> = {
  series: {
    kind: 'series',
    label: 'シリーズ',
    column: {
      isRequired: true,
      aliases: ['シリーズ'],
      description: 'シリーズのコード',
      example: 'pregnancy',
    },
  },
  slot: {
    kind: 'slot',
    label: '配信日',
    column: {
      isRequired: true,
      aliases: ['配信日'],
      description: '配信日。コードでも日本語でもよい',
      example: '24w3d または 妊娠24週3日',
    },
  },
  edition: {
    kind: 'edition',
    label: '版',
    column: {
      aliases: ['版'],
      description: '版のコードまたは名前。空なら standard',
      example: 'standard',
    },
  },
  kind: {
    kind: 'choice',
    label: '種類',
    choices: KINDS,
    column: {
      aliases: ['種類'],
      description: 'stage / milestone / question。空なら stage',
      example: 'stage',
    },
  },
  title: {
    kind: 'line',
    label: '題名(管理用)',
    nameInProblems: '題名',
    max: MAX_NAME,
    isInternal: true,
    column: {
      isRequired: true,
      aliases: ['題名', 'タイトル', '題名(管理用)'],
      description: '管理用の題名',
      example: '24週のからだ',
    },
  },
  subject: {
    kind: 'line',
    label: 'メールの件名',
    nameInProblems: '件名',
    max: MAX_SUBJECT,
    isRequired: true,
    column: {
      isRequired: true,
      aliases: ['件名', 'メールの件名'],
      description: 'メールの件名',
      example: '妊娠24週になりました',
    },
  },
  body: {
    kind: 'lines',
    label: '本文',
    nameInProblems: '本文',
    max: LINE_MAX_TEXT,
    limitOf: 'LINE',
    isRequired: true,
    column: {
      isRequired: true,
      aliases: ['本文'],
      description: '本文。改行してよい',
      example: 'おなかの中で…',
    },
  },
  topics,
  ageBasis: {
    kind: 'choice',
    label: '月齢の数え方',
    choices: AGE_BASES,
    column: {
      aliases: ['月齢の数え方'],
      description: 'calendar / corrected。空なら calendar',
      example: 'calendar',
    },
  },
  monthRule,
  sources: {
    kind: 'sources',
    label: '出典',
    isInternal: true,
    column: {
      aliases: ['出典'],
      description: '題名|URL|確認日 を ; で区切る',
      example: '資料|https://example.jp/|2026-04-01',
    },
  },
}

/** The fields of an add-on besides its blocks, which src/release/blocks describes. */
export const ADD_ON_FIELDS: ContentFields<
  Exclude<keyof AddOnContent, 'type' | 'blocks'> | 'topics'
> = {
  municipality: {
    kind: 'municipality',
    label: '自治体',
    column: {
      isRequired: true,
      aliases: ['自治体コード', '自治体'],
      description: '6 桁の全国地方公共団体コード',
      example: '999016',
    },
  },
  title: {
    kind: 'line',
    label: '見出し',
    nameInProblems: '見出し',
    max: MAX_NAME,
    column: {
      isRequired: true,
      aliases: ['題名', 'タイトル'],
      description: '読者に見える見出し',
      example: 'おはなし会のお知らせ',
    },
  },
  from: {
    kind: 'slot',
    label: 'ここから',
    column: {
      isRequired: true,
      aliases: ['配信開始', 'はじめ'],
      description: '最初の配信日。コードでも日本語でもよい',
      example: 'month4',
    },
  },
  to: {
    kind: 'slot',
    label: 'ここまで',
    column: {
      isRequired: true,
      aliases: ['配信終了', 'おわり'],
      description: '最後の配信日。from と同じ数え方',
      example: '1歳',
    },
  },
  isEndIncluded: {
    kind: 'flag',
    label: '「ここまで」の日を含む',
    column: {
      aliases: ['終了日を含む'],
      description: 'はい / いいえ。空なら はい',
      example: 'はい',
    },
  },
  timing: {
    kind: 'choice',
    label: '送る回数',
    choices: TIMINGS,
    column: {
      aliases: ['回数'],
      description: 'once(1回)/ every(毎回)。空なら once',
      example: 'once',
    },
  },
  validFrom: {
    kind: 'day',
    label: '掲載を始める日',
    column: {
      aliases: ['掲載開始日'],
      description: 'YYYY-MM-DD。空なら制限なし',
      example: '2026-04-01',
    },
  },
  validTo: {
    kind: 'day',
    label: '掲載を終える日',
    column: {
      aliases: ['掲載終了日'],
      description: 'YYYY-MM-DD。空なら制限なし',
      example: '2027-03-31',
    },
  },
  areas: {
    kind: 'areas',
    label: '地区',
    column: {
      aliases: ['地区'],
      description: '地区の名前を ; で区切る。空なら全域',
      example: '北地区;南地区',
    },
  },
  editions: {
    kind: 'editions',
    label: '版',
    column: {
      aliases: ['版'],
      description: '版のコードまたは名前を ; で区切る。空なら全部',
      example: 'standard',
    },
  },
  monthRule: { ...monthRule, column: { ...monthRule.column, example: 'legal' } },
  order: {
    kind: 'number',
    label: '並び順',
    whenEmpty: 100,
    column: {
      aliases: ['順番'],
      description: '同じ日に並ぶ順。小さいほど先。空なら 100',
      example: '10',
    },
  },
  topics: { ...topics, column: { ...topics.column, example: '絵本' } },
}

/** The fields of each kind. */
export const CONTENT_FIELDS: Readonly<Record<ContentKind, ContentFields>> = {
  manuscript: MANUSCRIPT_FIELDS,
  addOn: ADD_ON_FIELDS,
}

/** Names and fields of a kind, in the order of the form. *Pure.* */
export function fieldsOfKind(kind: ContentKind): [name: string, field: ContentField][] {
  return Object.entries(CONTENT_FIELDS[kind])
}

/** Those of them an approval is given for. *Pure.* */
export function approvedFieldsOf(kind: ContentKind): [name: string, field: ContentField][] {
  return fieldsOfKind(kind).filter(([, { isInternal = false }]) => !isInternal)
}
