import { MAX_NAME } from './blocks/blockType'
import { NOTICE_CHANNELS, NOTICE_HOURS, NOTICE_RELATIONS, TIMINGS } from './choices'
import type { AddOnContent } from './content'
import { MONTH_RULE_FIELD, THEME_FIELD, TOPICS_FIELD, type ContentFields } from './contentField'

/** The fields of an add-on besides its blocks, which src/release/blocks describes. */
export const ADD_ON_FIELDS: ContentFields<
  Exclude<keyof AddOnContent, 'type' | 'blocks' | 'picture' | 'alert'> | 'topics'
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
      description: 'once(1回)/ every(毎回)/ notice(お知らせ)/ urgent(緊急のひな形)。空なら once',
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
  hour: {
    kind: 'choice',
    label: '送る時刻',
    choices: NOTICE_HOURS,
    isFirstAbsent: true,
    column: {
      aliases: ['送る時刻', '時刻'],
      description: 'お知らせとアンケートだけ。10-30 のように書く。空なら自治体の配信が始まる時刻',
      example: '10-30',
    },
  },
  relation: {
    kind: 'choice',
    label: '届ける続柄',
    choices: NOTICE_RELATIONS,
    isFirstAbsent: true,
    column: {
      aliases: ['続柄'],
      description:
        'お知らせとアンケートだけ。mother(母)/ father(父)/ grandparent(祖父母)。空なら全員',
      example: 'father',
    },
  },
  channel: {
    kind: 'choice',
    label: '届ける方法',
    choices: NOTICE_CHANNELS,
    isFirstAbsent: true,
    column: {
      aliases: ['届ける方法'],
      description: 'お知らせとアンケートだけ。line / mail。空なら両方',
      example: 'line',
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
  monthRule: { ...MONTH_RULE_FIELD, column: { ...MONTH_RULE_FIELD.column, example: 'legal' } },
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
  theme: THEME_FIELD,
  topics: { ...TOPICS_FIELD, column: { ...TOPICS_FIELD.column, example: '絵本' } },
}
