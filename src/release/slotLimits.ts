import { StageError } from '../stage/error'
import { compareSlots, parseSlot, slotLabel, type AnchorKind, type Slot } from '../stage/slot'
import { ADD_ON_FIELDS } from './addOnFields'
import type { AddOnContent, ManuscriptContent } from './content'
import { MANUSCRIPT_FIELDS } from './manuscriptFields'
import type { Problem, ProblemCode } from './problem'

/** Everything wrong with when a manuscript is due. *Pure.* */
export function checkManuscriptSlot(content: ManuscriptContent): Problem[] {
  const read = readSlot('slot', content.slot)
  if ('problem' in read) return [read.problem]
  const { slot } = read
  const { kind, ageBasis, monthRule } = content
  const found: Problem[] = []
  if (kind === 'question' && !isQuestionDay(slot)) {
    found.push(of('slot', 'KIND_AND_SLOT', questionSentence(slot)))
  }
  if (kind !== 'question' && !isContentDay(slot)) {
    found.push(of('slot', 'SLOT_OUT_OF_RANGE', contentSentence(slot)))
  }
  if (ageBasis === 'corrected' && slot.anchor !== 'birthDate') {
    found.push(of('ageBasis', 'AGE_BASIS_AND_SLOT', correctedSlotSentence(slot)))
  }
  if (ageBasis === 'corrected' && monthRule === 'legal') {
    found.push(of('ageBasis', 'AGE_BASIS_AND_MONTH_RULE', correctedLegalSentence))
  }
  return found
}

/** Everything wrong with the stage range of an add-on. *Pure.* */
export function checkRange(content: AddOnContent): Problem[] {
  const from = readSlot('from', content.from)
  const to = readSlot('to', content.to)
  const bad = [from, to].flatMap((read) => ('problem' in read ? [read.problem] : []))
  if ('problem' in from || 'problem' in to) return bad
  const range = { ...content, from: from.slot, to: to.slot }
  if (content.timing === 'notice' || content.timing === 'urgent') return checkSegment(range)
  return [...checkEnds(range), ...checkOnce(range)]
}

interface Range {
  from: Slot
  to: Slot
  isEndIncluded: boolean
  timing: AddOnContent['timing']
}

function checkEnds({ from, to, isEndIncluded }: Range): Problem[] {
  const [first, last] = [slotLabel(from), slotLabel(to)]
  if (from.anchor !== to.anchor) {
    const found = `「ここから」の${first}は${anchorNames[from.anchor]}、「ここまで」の${last}は${anchorNames[to.anchor]}から数えます。`
    return [of('to', 'MIXED_ANCHORS', `${found}同じ日から数えるものにそろえてください。`)]
  }
  const order = compareSlots(from, to)
  if (order > 0) {
    const found = `「ここまで」の${last}が、「ここから」の${first}より前です。`
    const todo = '「ここまで」を後の日にしてください。'
    return [of('to', 'RANGE_ENDS_BEFORE_START', found + todo)]
  }
  if (order === 0 && !isEndIncluded) {
    const found = `「ここから」と「ここまで」がどちらも${first}で、「ここまで」の日を含まないので、どの日にも届きません。`
    const todo = '「ここまで」を後の日にするか、「「ここまで」の日を含む」を選んでください。'
    return [of('to', 'RANGE_ENDS_BEFORE_START', found + todo)]
  }
  return []
}

/** A notice may go to pregnancies and to children at once: each stands in the range by its own date. */
function checkSegment(range: Range): Problem[] {
  const { from, to } = range
  const ends = [['from', from] as const, ['to', to] as const]
  const outside = ends.filter(([, { anchor }]) => anchor !== 'dueDate' && anchor !== 'birthDate')
  const bad = outside.map(([field, slot]) => of(field, 'SLOT_OUT_OF_RANGE', segmentSentence(slot)))
  if (bad.length > 0) return bad
  const early = ends.filter(([, slot]) => !isContentDay(slot))
  const found = early.map(([field, slot]) => of(field, 'SLOT_OUT_OF_RANGE', contentSentence(slot)))
  if (found.length > 0) return found
  return from.anchor === 'dueDate' && to.anchor === 'birthDate' ? [] : checkEnds(range)
}

function checkOnce({ from, timing }: Range): Problem[] {
  if (timing !== 'once' || isContentDay(from)) return []
  return [of('from', 'SLOT_OUT_OF_RANGE', contentSentence(from))]
}

const LABELS: Readonly<Record<string, string>> = {
  slot: MANUSCRIPT_FIELDS.slot.label,
  from: ADD_ON_FIELDS.from.label,
  to: ADD_ON_FIELDS.to.label,
}

function missingSentence(field: string): string {
  return `「${LABELS[field] ?? field}」がまだありません。「妊娠24週3日」「1歳6か月」のように入力してください。`
}

function readSlot(field: string, text: string): { slot: Slot } | { problem: Problem } {
  if (text.trim() === '') return { problem: of(field, 'EMPTY', missingSentence(field)) }
  try {
    return { slot: parseSlot(text) }
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    const code = error.code === 'SLOT_OUT_OF_RANGE' ? 'SLOT_OUT_OF_RANGE' : 'BAD_SLOT'
    return { problem: of(field, code, error.message) }
  }
}

// Content runs 4w0d to 41w6d; 42w0d is for the one neutral question, and then nothing is sent.
function isContentDay(slot: Slot): boolean {
  return slot.anchor !== 'dueDate' || (slot.week >= 4 && slot.week <= 41)
}

function isQuestionDay(slot: Slot): boolean {
  return slot.anchor === 'dueDate' && slot.week === 42 && slot.day === 0
}

const anchorNames: Readonly<Record<AnchorKind, string>> = {
  dueDate: '出産予定日',
  birthDate: '誕生日',
  schoolEntry: '入学の日',
  support: '支えの文を希望した日',
  announcement: '引き継ぎのお知らせの日',
}

const correctedLegalSentence =
  '月齢の数え方が「修正月齢」で、月の数え方が「法律」です。予防接種や手当などの文は、いつも暦で数えます。どちらかを変えてください。'

function questionSentence(slot: Slot): string {
  return `種類が「確認」で、配信日が「${slotLabel(slot)}」です。「確認」の原稿の配信日は 42w0d(妊娠42週0日)だけです。配信日か種類を変えてください。`
}

function segmentSentence(slot: Slot): string {
  return `期間の端が「${slotLabel(slot)}」です。お知らせを届ける期間は、妊娠の週か、生まれてからの月齢で選んでください(例: 妊娠20週0日 から 3歳 まで)。`
}

function contentSentence(slot: Slot): string {
  return `配信日が「${slotLabel(slot)}」です。妊娠の文を送れるのは 4w0d(妊娠4週0日)から 41w6d(妊娠41週6日)までです。その間の日にしてください。`
}

function correctedSlotSentence(slot: Slot): string {
  return `配信日が「${slotLabel(slot)}」で、月齢の数え方が「修正月齢」です。修正月齢は、誕生日から数える配信日だけで使えます。「暦」に変えてください。`
}

function of(field: string, code: ProblemCode, message: string): Problem {
  return { field, code, message }
}
