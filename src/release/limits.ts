import { parseLocalDay } from '../stage/day'
import { StageError } from '../stage/error'
import { dayLabel } from '../stage/japaneseDate'
import { ADD_ON_FIELDS } from './addOnFields'
import { checkBlock } from './blockLimits'
import { BLOCK_TYPES, type BlockTypes } from './blocks/blockTypes'
import { picturesIn } from './blocks/chosenPictures'
import type { AddOnBlock, AddOnContent, ManuscriptContent, ReleaseContent } from './content'
import { checkAnnouncementAddOn, checkAnnouncementText } from './announcementLimits'
import { approvedFieldsOf } from './contentFields'
import { countCards, lineWords } from './lineBlocks'
import { LINE_MAX_BUBBLES, LINE_MAX_TEXT } from './lineMessageLimits'
import { checkNotice } from './noticeLimits'
import { checkMarks, checkUrgent } from './alert'
import { checkAddOnPicture, checkCovers, checkManuscriptPicture } from './picture'
import type { Problem } from './problem'
import { checkSurvey, isStageSurvey } from './surveyLimits'
import { checkManuscriptSlot, checkRange } from './slotLimits'
import { checkSupportAddOn, checkSupportText } from './supportLimits'
import { formatCount, textLength } from './textLimits'
import { checkWords } from './words'

export type { Problem, ProblemCode } from './problem'

/** Every rule a content breaks, in the order of the form; empty when it may go on. *Pure.* */
export function checkContent(content: ReleaseContent, context: AddOnContext = {}): Problem[] {
  return content.type === 'manuscript' ? checkManuscript(content) : checkAddOn(content, context)
}

/** Every rule a manuscript breaks, in the order of the form; empty when it may go on. *Pure.* */
export function checkManuscript(content: ManuscriptContent): Problem[] {
  return [
    ...checkManuscriptSlot(content),
    ...checkSupportText(content),
    ...checkAnnouncementText(content),
    ...checkOwnWords(content),
    ...checkMarks(content, 'body'),
    ...checkManuscriptPicture(content),
  ]
}

/** What is known of the municipality an add-on belongs to. */
export interface AddOnContext {
  /** Names of the municipality's variables besides the contact's. */
  variables?: readonly string[]
  /** Types of block it may be made of. */
  types?: BlockTypes
}

/** Every rule an add-on breaks, in the order of the form; empty when it may go on. *Pure.* */
export function checkAddOn(content: AddOnContent, context: AddOnContext = {}): Problem[] {
  const { variables = [], types = BLOCK_TYPES } = context
  return [
    ...checkAddOnItself(content, context),
    ...content.blocks.flatMap((block, index) => checkBlock({ block, index, variables, types })),
  ]
}

/** The rules an add-on breaks as a whole, without those of each block by itself. *Pure.* */
export function checkAddOnItself(content: AddOnContent, context: AddOnContext = {}): Problem[] {
  const { variables = [], types = BLOCK_TYPES } = context
  return [
    ...checkOwnWords(content, variables),
    ...checkRange(content),
    ...checkSupportAddOn(content),
    ...checkAnnouncementAddOn(content),
    ...(isStageSurvey(content) ? [] : checkNotice(content)),
    ...checkSurvey(content),
    ...checkUrgent(content),
    ...checkValidity(content),
    ...checkOrder(content),
    ...checkBlocks(content, types),
    ...checkAddOnPicture(content),
    ...checkCovers(content, coversIn(content, types)),
  ]
}

function coversIn({ blocks }: AddOnContent, types: BlockTypes): number {
  return blocks.flatMap((block) => picturesIn(block, types)).length
}

/** The words of a content itself, those of its blocks apart. */
function checkOwnWords(content: ReleaseContent, variables: readonly string[] = []): Problem[] {
  const values: Readonly<Record<string, unknown>> = { ...content }
  return approvedFieldsOf(content.type).flatMap(([name, field]) =>
    field.kind === 'line' || field.kind === 'lines'
      ? checkWords(field, { path: name, text: String(values[name] ?? ''), variables })
      : [],
  )
}

function checkValidity({ validFrom, validTo }: AddOnContent): Problem[] {
  const bad = [
    ...checkDay('validFrom', ADD_ON_FIELDS.validFrom.label, validFrom),
    ...checkDay('validTo', ADD_ON_FIELDS.validTo.label, validTo),
  ]
  if (bad.length > 0 || !validFrom || !validTo || validFrom <= validTo) return bad
  const message = `掲載を終える日(${dayLabel(validTo)})が、掲載を始める日(${dayLabel(validFrom)})より前です。掲載を終える日を、同じ日か後の日にしてください。`
  return [{ field: 'validTo', code: 'VALIDITY_ENDS_BEFORE_START', message }]
}

function checkDay(field: string, label: string, day: string | null): Problem[] {
  if (day === null) return []
  try {
    parseLocalDay(day)
    return []
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    return [{ field, code: 'BAD_DAY', message: `${label}: ${error.message}` }]
  }
}

function checkOrder({ order }: AddOnContent): Problem[] {
  if (Number.isSafeInteger(order)) return []
  const message = `並び順が「${order}」です。1、2、3 のような整数を入力してください。`
  return [{ field: 'order', code: 'BAD_ORDER', message }]
}

function checkBlocks({ blocks }: AddOnContent, types: BlockTypes): Problem[] {
  if (blocks.length === 0) {
    const names = types.map(({ nameInProblems }) => nameInProblems).join('、')
    const message = `中身がありません。${names}のどれかを 1 つ以上加えてください。`
    return [{ field: 'blocks', code: 'EMPTY', message }]
  }
  return [...checkCards(blocks, types), ...checkWholeLength(lineWords(blocks, types))]
}

function checkCards(blocks: readonly AddOnBlock[], types: BlockTypes): Problem[] {
  const cards = countCards(blocks, types)
  if (cards <= LINE_MAX_BUBBLES) return []
  const message = `${cardsSentence(cards, types)}LINE は ${LINE_MAX_BUBBLES} 枚までです。${cards - LINE_MAX_BUBBLES} 枚以上減らすか、別の自治体原稿に分けてください。`
  return [{ field: 'blocks', code: 'TOO_MANY_CARDS', message }]
}

function cardsSentence(cards: number, types: BlockTypes): string {
  const own = types.filter(({ line }) => line.as === 'card')
  const shared = types.filter(({ line }) => line.as === 'sharedCard')
  const names = [...own, ...shared].map(({ nameInProblems }) => nameInProblems).join('と')
  const shares = types.flatMap(({ line, nameInProblems }) =>
    line.as === 'sharedCard' ? [`${nameInProblems}は ${line.perCard} つで 1 枚`] : [],
  )
  return `${names}で、カードが ${cards} 枚になります(${shares.join('、')})。`
}

// Each text keeps the limit by itself; together they have to leave room for the common text.
function checkWholeLength(texts: readonly string[]): Problem[] {
  const lengths = texts.map(textLength)
  const whole = lengths.reduce((sum, length) => sum + length, 0)
  if (whole <= LINE_MAX_TEXT || lengths.some((length) => length > LINE_MAX_TEXT)) return []
  const excess = formatCount(whole - LINE_MAX_TEXT)
  const message = `文章が合わせて ${formatCount(whole)} 文字です。LINE は ${formatCount(LINE_MAX_TEXT)} 文字までです。${excess} 文字以上減らしてください。`
  return [{ field: 'blocks', code: 'TOO_LONG', message }]
}
