import { MAX_NAME } from './blocks/blockType'
import { AGE_BASES, KINDS } from './choices'
import type { ManuscriptContent } from './content'
import { MONTH_RULE_FIELD, THEME_FIELD, TOPICS_FIELD, type ContentFields } from './contentField'
import { LINE_MAX_TEXT } from './lineMessageLimits'

/** Most UTF-16 units of a mail's subject: our own limit, so that a phone's list shows it whole. */
export const MAX_SUBJECT = 50

/**
 * The fields of a manuscript. The hash, freezing, comparing, the columns of its file and the labels
 * of its form are read from here.
 */
export const MANUSCRIPT_FIELDS: ContentFields<
  Exclude<keyof ManuscriptContent, 'type' | 'picture'> | 'title' | 'topics' | 'sources'
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
  topics: TOPICS_FIELD,
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
  monthRule: MONTH_RULE_FIELD,
  theme: THEME_FIELD,
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
