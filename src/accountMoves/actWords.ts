import type { MoveAct } from '../accounts/moveStage'

/** What was done, in words. */
export const ACT_WORDS: Readonly<Record<MoveAct, string>> = {
  propose: '提案した',
  confirm: '確かめた',
  withdraw: '提案を取り下げた',
  start: '始めた',
  pause: '止めた',
  resume: '続けた',
  switch: '切り替えた',
  takeBack: '元に戻しはじめた',
  restored: '元に戻した',
  finish: '終えた',
}
