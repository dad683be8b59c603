import { bubble, button, isPart, plain, row, small, strong, type LineCard } from '../lineParts'
import {
  linesOf,
  mailCard,
  mailCell,
  mailDetail,
  mailLabelled,
  mailMore,
  mailName,
} from '../mailParts'
import { MAX_DESCRIPTION, MAX_DETAIL, MAX_NAME, type BlockType } from './blockType'
import { NAME_COLUMN, TEXT_COLUMN, URL_COLUMN } from './sharedColumns'

/** A place where families meet. */
export type GroupBlock = {
  blockType: 'group'
  name: string
  description: string
  place: string
  schedule: string
  contact: string
  url: string | null
}

/** A group of the town that families can join. */
export const GROUP: BlockType<GroupBlock> = {
  blockType: 'group',
  label: '団体・ひろばの紹介',
  nameInProblems: 'グループ',
  nameInCells: '団体',
  isProposable: true,
  fields: {
    name: {
      kind: 'line',
      label: '名前',
      nameInProblems: 'グループの名前',
      max: MAX_NAME,
      isRequired: true,
      column: NAME_COLUMN,
      help: '例: どんぐりひろば',
    },
    description: {
      kind: 'lines',
      label: '紹介文',
      nameInProblems: '紹介文',
      max: MAX_DESCRIPTION,
      column: TEXT_COLUMN,
      rows: 4,
      help: '何をする場所か、誰が行けるかを 2〜3 文で書きます。',
    },
    place: {
      kind: 'line',
      label: '場所',
      nameInProblems: 'グループの場所',
      max: MAX_DETAIL,
      column: { aliases: ['場所'], description: '団体の活動場所', example: '中央公民館' },
      help: '例: 中央公民館 2階',
      isHalf: true,
    },
    schedule: {
      kind: 'lines',
      label: '日時',
      nameInProblems: 'グループの日時',
      max: MAX_DETAIL,
      column: { aliases: ['日時'], description: '団体の活動日時', example: '毎週火曜 10時から' },
      help: '例: 毎週火曜 10:00〜12:00',
      isHalf: true,
    },
    contact: {
      kind: 'line',
      label: '連絡先',
      nameInProblems: 'グループの連絡先',
      max: MAX_DETAIL,
      column: { aliases: ['連絡先'], description: '団体の連絡先', example: '{{電話}}' },
      help: '個人の電話番号は書かないでください。{{電話}} と書くと自治体の窓口になります。',
    },
    url: {
      kind: 'address',
      label: '詳しいページ',
      nameInProblems: 'グループのリンク先',
      column: URL_COLUMN,
      help: 'https:// で始めます。無ければ空のままにします。',
    },
  },
  line: { as: 'card', card },
  mailHtml: (group) => mailCard([mailCell(mailWords(group))]),
  mailText: (group) =>
    linesOf([
      group.name && `【${group.name}】`,
      group.description,
      group.place && `場所: ${group.place}`,
      group.schedule && `日時: ${group.schedule}`,
      group.contact && `連絡先: ${group.contact}`,
      group.url,
    ]),
  example: {
    kept: (group) => ({ ...group, place: '', schedule: '', contact: '{{電話}}' }),
    note: '団体の場所・日時・連絡先は空にしました。自分の地域のものを入れてください。',
    words: ({ name, description }) => linesOf([name, description]),
  },
}

function card(group: GroupBlock, heading: string, colour: string): LineCard {
  const body = [
    small(heading || '地域のグループ', colour),
    strong(group.name),
    plain(group.description),
    row('場所', group.place),
    row('日時', group.schedule),
    row('連絡先', group.contact),
    group.url && button('くわしく見る', group.url, colour),
  ]
  return { name: group.name, bubble: bubble(body.filter(isPart)) }
}

function mailWords(group: GroupBlock): string[] {
  return [
    mailName(group.name),
    mailDetail(group.description),
    mailLabelled('場所', group.place),
    mailLabelled('日時', group.schedule),
    mailLabelled('連絡先', group.contact),
    mailMore(group.url),
  ]
}
