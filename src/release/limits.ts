import { parseLocalDay } from '../stage/day'
import { StageError } from '../stage/error'
import { checkBlock, MAX_NAME } from './blockLimits'
import type { AddOnContent, ManuscriptContent } from './content'
import { LINKS_PER_CARD } from './lineCard'
import { LINE_MAX_BUBBLES, LINE_MAX_TEXT } from './lineMessageLimits'
import type { Problem } from './problem'
import { checkManuscriptSlot, checkRange } from './slotLimits'
import { checkText, formatCount, textLength } from './textLimits'

export type { Problem, ProblemCode } from './problem'

/** Most UTF-16 units of a mail's subject: our own limit, so that a phone's list shows it whole. */
export const MAX_SUBJECT = 50

/** Every rule a manuscript breaks, in the order of the form; empty when it may go on. *Pure.* */
export function checkManuscript(content: ManuscriptContent): Problem[] {
  const { body, subject } = content
  return [
    ...checkManuscriptSlot(content),
    ...checkText({
      field: 'subject',
      label: '件名',
      text: subject,
      max: MAX_SUBJECT,
      isRequired: true,
      isOneLine: true,
    }),
    ...checkText({
      field: 'body',
      label: '本文',
      text: body,
      max: LINE_MAX_TEXT,
      limitOf: 'LINE',
      isRequired: true,
    }),
  ]
}

/** What is known of the municipality an add-on belongs to. */
export interface AddOnContext {
  /** Names of the municipality's variables besides the contact's. */
  variables?: readonly string[]
}

/** Every rule an add-on breaks, in the order of the form; empty when it may go on. *Pure.* */
export function checkAddOn(content: AddOnContent, context: AddOnContext = {}): Problem[] {
  const { variables = [] } = context
  const title = { field: 'title', label: '見出し', text: content.title, max: MAX_NAME }
  return [
    ...checkText({ ...title, isOneLine: true, variables }),
    ...checkRange(content),
    ...checkValidity(content),
    ...checkOrder(content),
    ...checkBlocks(content),
    ...content.blocks.flatMap((block, index) => checkBlock({ block, index, variables })),
  ]
}

function checkValidity({ validFrom, validTo }: AddOnContent): Problem[] {
  const bad = [
    ...checkDay('validFrom', '掲載を始める日', validFrom),
    ...checkDay('validTo', '掲載を終える日', validTo),
  ]
  if (bad.length > 0 || !validFrom || !validTo || validFrom <= validTo) return bad
  const message = `掲載を終える日(${validTo})が、掲載を始める日(${validFrom})より前です。掲載を終える日を、同じ日か後の日にしてください。`
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

function checkBlocks({ blocks }: AddOnContent): Problem[] {
  if (blocks.length === 0) {
    const message =
      '中身がありません。文章、リンク、絵本、グループのどれかを 1 つ以上加えてください。'
    return [{ field: 'blocks', code: 'EMPTY', message }]
  }
  return [...checkCards({ blocks }), ...checkWholeLength({ blocks })]
}

type Blocks = Pick<AddOnContent, 'blocks'>

function checkCards({ blocks }: Blocks): Problem[] {
  const links = blocks.filter(({ blockType }) => blockType === 'link').length
  const others = blocks.filter(({ blockType }) => blockType === 'book' || blockType === 'group')
  const cards = others.length + Math.ceil(links / LINKS_PER_CARD)
  if (cards <= LINE_MAX_BUBBLES) return []
  const found = `絵本とグループとリンクで、カードが ${cards} 枚になります(リンクは ${LINKS_PER_CARD} つで 1 枚)。`
  const message = `${found}LINE は ${LINE_MAX_BUBBLES} 枚までです。${cards - LINE_MAX_BUBBLES} 枚以上減らすか、別の自治体原稿に分けてください。`
  return [{ field: 'blocks', code: 'TOO_MANY_CARDS', message }]
}

// Each text keeps the limit by itself; together they have to leave room for the common text.
function checkWholeLength({ blocks }: Blocks): Problem[] {
  const texts = blocks.flatMap((block) => (block.blockType === 'text' ? [block.text] : []))
  const lengths = texts.map(textLength)
  const whole = lengths.reduce((sum, length) => sum + length, 0)
  if (whole <= LINE_MAX_TEXT || lengths.some((length) => length > LINE_MAX_TEXT)) return []
  const excess = formatCount(whole - LINE_MAX_TEXT)
  const message = `文章が合わせて ${formatCount(whole)} 文字です。LINE は ${formatCount(LINE_MAX_TEXT)} 文字までです。${excess} 文字以上減らしてください。`
  return [{ field: 'blocks', code: 'TOO_LONG', message }]
}
