import { parseSlot, slotLabel } from '../stage/slot'
import { isAlertSlot, isNoticeSlot, isSurveySlot } from './notice'
import { WELCOME_SLOT } from './reader'

/** What stands at a slot of the ledger, for people: a stage, a greeting, a survey or a notice. *Pure.* */
export function slotText(slot: string): string {
  if (slot === WELCOME_SLOT) return '登録のあいさつ'
  if (isAlertSlot(slot)) return '緊急のお知らせ'
  if (isSurveySlot(slot)) return 'アンケート'
  return isNoticeSlot(slot) ? 'お知らせ' : slotLabel(parseSlot(slot))
}
