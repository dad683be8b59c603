import type { DeskAlert } from '../../alert/desk'
import { UNKNOWN_READERS } from '../../alert/number'

/** How many readers an alert is for, in a sentence. *Pure.* */
export function readersSentence(readers: number | null, isOfAreas: boolean): string {
  if (readers === null) {
    return '届く人数: 分かりません(集計がまだないか、少なくて出せません)。'
  }
  const fewer = isOfAreas ? '(地区を選んだので、実際はこれより少なくなります)' : ''
  return `届く人数: 約 ${readers.toLocaleString('ja-JP')} 人${fewer}`
}

/** What the second person has to type. *Pure.* */
export function numberLabel(readers: number | null): string {
  return readers === null
    ? `人数が分からないので、確かめた印に ${UNKNOWN_READERS} を入れます`
    : '届く人数を、数字で入れます'
}

/** Where an alert stands, in a sentence. *Pure.* */
export function stateSentence(alert: DeskAlert): string {
  const { state, note, endedByName, isStopped, isCorrected } = alert
  const why = note ? `(${note})` : ''
  switch (state) {
    case 'waiting':
      return `確認を待っています(あと ${alert.minutesLeft} 分で、送れなくなります)。`
    case 'expired':
      return '時間が過ぎたので、送れなくなりました。何も送っていません。'
    case 'declined':
      return `${endedByName}さんが、送らないことにしました${why}。何も送っていません。`
    case 'takenBack':
      return `依頼は取り消されました${why}。何も送っていません。`
    case 'sending':
      return `${endedByName}さんが送りました。いま配信しています(数は、終わるとここに出ます)。`
    case 'stopping':
      return `${endedByName}さんが送り、そのあと止めました。止める前に送った数は、まもなくここに出ます。`
    case 'sent':
      return `${endedByName}さんが送りました。${sentSentence(alert)}${isStopped && !isCorrected ? '途中で止めました。' : ''}`
  }
}

function sentSentence({ numbers, isTraining }: DeskAlert): string {
  if (!numbers) return ''
  if (numbers.isOnlyDrilled) {
    return '訓練なので、どこにも送っていません(この設備には、練習用の受信箱がありません)。'
  }
  const where = isTraining ? '練習用の受信箱に' : ''
  const failed =
    numbers.notSent === null || numbers.notSent === 0
      ? ''
      : `届けられなかったのは約 ${numbers.notSent.toLocaleString('ja-JP')} 人です。`
  return `${where}送った人数は ${peopleOf(numbers.sent)}です。${failed}`
}

function peopleOf(count: number | null): string {
  if (count === null) return '5 人未満(0 人のこともあります)'
  return count === 0 ? '0 人' : `約 ${count.toLocaleString('ja-JP')} 人`
}
