import { dayLabel } from '../../stage/japaneseDate'
import { isLocalDay } from '../../stage/day'
import { escapeHtml } from '../escape'
import { bubble, isPart, plain, plainButton, small, strong, type LineCard } from '../lineParts'
import { linesOf, mailCard, mailCell, mailDetail, mailName } from '../mailParts'
import { mailOwnLink } from '../mailFrame'
import { MY_PAGE_URL_TOKEN } from '../readerLinks'
import { MAX_DESCRIPTION, MAX_NAME, type BlockType } from './blockType'
import { NAME_COLUMN, TEXT_COLUMN } from './sharedColumns'

/** A survey that was approved: what it is called and until when it is answered is frozen with it. */
export type SurveyBlock = {
  blockType: 'survey'
  /** Id of the survey. */
  survey: string
  title: string
  /** `2026-12-31` */
  endsOn: string
  text: string
  /** What stands on the button. */
  label: string
}

/** What the button in LINE tells us: its reader asks for their own link to the survey. */
export const SURVEY_DATA = 'kizuna:survey:'

/** Most UTF-16 units of a button in LINE. */
const MAX_BUTTON = 20

/** The way to a survey. */
export const SURVEY: BlockType<SurveyBlock> = {
  blockType: 'survey',
  label: 'アンケート',
  nameInProblems: 'アンケート',
  nameInCells: 'アンケート',
  isProposable: false,
  fields: {
    survey: {
      kind: 'line',
      label: 'どのアンケートか',
      nameInProblems: 'アンケート',
      max: MAX_NAME,
      isRequired: true,
      component: 'kizuna/client#SurveyChoice',
      column: {
        name: 'survey',
        aliases: ['アンケート'],
        description: '承認されたアンケートの番号(アンケートの画面のアドレスの最後)',
        example: '',
      },
      help: '承認されたアンケートから選びます。',
    },
    title: {
      kind: 'line',
      label: 'アンケートの題名',
      nameInProblems: 'アンケートの題名',
      max: MAX_NAME,
      isRequired: true,
      isFilled: true,
      column: NAME_COLUMN,
    },
    endsOn: {
      kind: 'line',
      label: '答えられる最後の日',
      nameInProblems: '答えられる最後の日',
      max: MAX_NAME,
      isRequired: true,
      isFilled: true,
      column: {
        name: 'surveyEndsOn',
        aliases: ['アンケートの最後の日'],
        description: 'アンケートに答えられる最後の日。保存すると入る',
        example: '',
      },
    },
    text: {
      kind: 'lines',
      label: 'お願いの言葉',
      nameInProblems: 'アンケートのお願いの言葉',
      max: MAX_DESCRIPTION,
      isRequired: true,
      column: TEXT_COLUMN,
      rows: 4,
      help: '何のためにたずねるか、何分かかるかを 2〜3 文で書きます。',
    },
    label: {
      kind: 'line',
      label: 'ボタンの文字',
      nameInProblems: 'アンケートのボタンの文字',
      max: MAX_BUTTON,
      isRequired: true,
      column: {
        name: 'surveyLabel',
        aliases: ['アンケートのボタン'],
        description: 'アンケートのボタンの文字。空なら「アンケートに答える」',
        example: '',
      },
      help: '空のまま保存すると「アンケートに答える」が入ります。',
    },
  },
  line: { as: 'card', card },
  mailHtml: ({ title, text, endsOn, survey, label }) =>
    mailCard([
      mailCell([
        mailName(title),
        mailDetail(text),
        mailDetail(untilOf(endsOn)),
        `<p>${mailOwnLink(addressOf(survey), escapeHtml(label))}</p>`,
      ]),
    ]),
  mailText: ({ title, text, endsOn, survey, label }) =>
    linesOf([`【${title}】`, text, untilOf(endsOn), label, addressOf(survey)]),
  example: {
    kept: () => null,
    note: '元の自治体のアンケートは外しました。自分のアンケートを作って、加えてください。',
    words: ({ title, text }) => linesOf([title, text]),
  },
}

/** One card for all who get it: the reader's own link comes as the answer to a press. */
function card(block: SurveyBlock, heading: string, colour: string): LineCard {
  const { title, text, endsOn, survey, label } = block
  const action = {
    type: 'postback' as const,
    label,
    data: `${SURVEY_DATA}${survey}`,
    displayText: label,
  }
  const body = [
    small(heading || 'アンケート', colour),
    strong(title),
    plain(text),
    plain(untilOf(endsOn)),
    plainButton(label, action, { isFirst: true }),
  ]
  return { name: title, bubble: bubble(body.filter(isPart)) }
}

function untilOf(endsOn: string): string {
  return isLocalDay(endsOn) ? `${dayLabel(endsOn)}まで` : ''
}

/** Below the link that the reader's texts carry. */
function addressOf(survey: string): string {
  return `${MY_PAGE_URL_TOKEN}/survey/${encodeURIComponent(survey)}`
}

/** Whether a row of a form asks a survey. *Pure.* */
export function isSurveyRow(row: unknown): boolean {
  return (row as { blockType?: unknown } | null)?.blockType === SURVEY.blockType
}
