import {
  alertKey,
  CORRECTION_MARK,
  TRAINING_MARK,
  URGENT_MARK,
  type AlertContent,
} from '../release/alert'
import type { AddOnBlock, AddOnContent } from '../release/content'
import type { LocalDay } from '../stage/day'

/** Most that may be added to a template when it is sent: where, until when. */
export const MAX_DETAIL = 300

/** What is chosen when a template is sent. */
export interface AlertChoice {
  /** Names of areas; empty leaves what the template says. */
  areas: readonly string[]
  /** What is known only now; may be empty. */
  detail: string
  isTraining: boolean
  day: LocalDay
}

/** What readers get of a template that is sent. *Pure.* */
export function alertContent(template: AddOnContent, choice: AlertChoice): AlertContent {
  const { areas, detail, isTraining, day } = choice
  const words = detail.trim()
  return {
    ...template,
    timing: 'urgent',
    title: `${URGENT_MARK}${template.title}`,
    areas: areas.length > 0 ? [...areas] : template.areas,
    blocks: words === '' ? template.blocks : [...template.blocks, textBlock(words)],
    validFrom: day,
    validTo: day,
    alert: { isTraining, corrects: null },
  }
}

/** All stages there are: who got what was wrong gets the correction, wherever they stand by now. */
const EVERY_STAGE = { from: '4w0d', to: 'month120', isEndIncluded: true, areas: [], editions: [] }

/**
 * What readers of an alert get when it was wrong: fixed words, in both editions' language, so that one
 * press is enough. *Pure.*
 */
export function correctionContent(
  alert: AlertContent,
  { id, day }: { id: string; day: LocalDay },
): AlertContent {
  const { picture: _, ...own } = alert
  const title = alert.title.replace(URGENT_MARK, '')
  const { isTraining } = alert.alert
  const words = [
    `先ほどお送りした「${title}」は、誤りでした。取り消します。ご心配をおかけして、申し訳ありません。`,
    `さきほど おくった「${title}」は、まちがいでした。とりけします。しんぱいを かけて ごめんなさい。`,
  ]
  return {
    ...own,
    ...EVERY_STAGE,
    title: `${CORRECTION_MARK}${title}`,
    blocks: [textBlock(words.join('\n\n'))],
    validFrom: day,
    validTo: day,
    alert: { isTraining, corrects: alertKey(id) },
  }
}

function textBlock(text: string): AddOnBlock {
  return { blockType: 'text', text }
}

/** What an alert is called in lists: a drill says so first. *Pure.* */
export function alertTitle({ title, alert }: AlertContent): string {
  return alert.isTraining ? `${TRAINING_MARK}${title}` : title
}
