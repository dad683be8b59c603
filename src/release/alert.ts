import { ADD_ON_FIELDS } from './addOnFields'
import { MAX_NAME } from './blocks/blockType'
import type { Json } from './canonical'
import type { AddOnContent, ReleaseContent } from './content'
import type { Problem } from './problem'
import { textLength } from './textLimits'

/** What makes an urgent text one that is being sent; a template has none. */
export interface AlertMark {
  /** It is a drill: no real channel takes it. */
  isTraining: boolean
  /** Key of the releases of the alert that it corrects, and whose readers it goes to. */
  corrects: string | null
}

/** An urgent text on its way, to whoever stands in its range, or got what it corrects. */
export type AlertContent = AddOnContent & {
  timing: 'urgent'
  validFrom: string
  validTo: string
  alert: AlertMark
}

/** What the first words of every text of a drill are: the last guard looks for them. */
export const TRAINING_MARK = '【訓練】'

/** What the heading of an alert begins with. */
export const URGENT_MARK = '【緊急】'

/** What the heading of a correction begins with. */
export const CORRECTION_MARK = '【訂正】'

const MARKS = [TRAINING_MARK, URGENT_MARK, CORRECTION_MARK]

const KEY_PREFIX = 'alert'

/** Key of an alert's releases: what it freezes is no document that is written on. *Pure.* */
export function alertKey(id: string): string {
  return `${KEY_PREFIX}:${id}`
}

/** The alert whose releases have this key, or null for another key. *Pure.* */
export function alertOfKey(key: string): string | null {
  const [prefix, id] = key.split(':')
  return prefix === KEY_PREFIX && id ? id : null
}

/** Whether a content is urgent: a template, or one that is being sent. *Pure.* */
export function isUrgent(content: ReleaseContent): content is AddOnContent & { timing: 'urgent' } {
  return content.type === 'addOn' && content.timing === 'urgent'
}

/** Whether a content is an alert on its way, and not only the template of one. *Pure.* */
export function isAlert(content: ReleaseContent): content is AlertContent {
  return isUrgent(content) && content.alert !== undefined
}

/** What an approval covers of an alert; nothing of any other content. *Pure.* */
export function approvedAlert({ alert }: Pick<AddOnContent, 'alert'>): Record<string, Json> {
  if (!alert) return {}
  const { isTraining, corrects } = alert
  return { alert: { isTraining, corrects } }
}

/** Everything wrong with a template, or with words that only alerts may begin with. *Pure.* */
export function checkUrgent(content: AddOnContent): Problem[] {
  return [...checkTemplate(content), ...(content.alert ? [] : checkMarks(content, 'title'))]
}

/** What comes before the heading when it is sent must fit too. */
const MAX_TEMPLATE_TITLE = MAX_NAME - URGENT_MARK.length

function checkTemplate(content: AddOnContent): Problem[] {
  if (!isUrgent(content) || content.alert) return []
  const found: Problem[] = []
  if (content.title.trim() === '') {
    const message =
      '緊急のひな形に「見出し」がありません。通知に最初に出る言葉です。「大雨に注意してください」のように書いてください。'
    found.push({ field: 'title', code: 'EMPTY', message })
  }
  const length = textLength(content.title)
  if (length > MAX_TEMPLATE_TITLE) {
    const message = `緊急のひな形の「見出し」が ${length} 文字です。送るときに「${CORRECTION_MARK}」などが前に付くので、${MAX_TEMPLATE_TITLE} 文字までにしてください。`
    found.push({ field: 'title', code: 'TOO_LONG', message })
  }
  if (content.theme !== undefined) {
    const message = `緊急のひな形に「${ADD_ON_FIELDS.theme.label}」が選ばれています。届けないことを選べる話題は、緊急のものには付けられません。選ばないに戻してください。`
    found.push({ field: 'theme', code: 'URGENT_TEXT', message })
  }
  return found
}

/**
 * The marks of alerts in other texts: families must be able to rely on what they mean, and the guard of
 * drills too. *Pure.*
 */
export function checkMarks(content: ReleaseContent, field: string): Problem[] {
  const words = JSON.stringify(content)
  const found = MARKS.find((mark) => words.includes(mark))
  if (found === undefined) return []
  const message = `文の中に「${found}」があります。緊急のお知らせに自動で付く言葉なので、ほかでは使えません。「訓練のお知らせ」のように、かっこを外して書いてください。`
  return [{ field, code: 'RESERVED_MARK', message }]
}
