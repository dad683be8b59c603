import { actWords, type Act, type GivenAct } from '../../operation/act'
import { isSameQuestion } from '../../watch/boundAct'

/** What is asked already about the same, in words; null: nothing. *Pure.* */
export function askedOf(act: Act, acts: readonly GivenAct[]): string | null {
  const asked = acts.find((one) => isSameQuestion(one.act, act))
  return asked ? actWords(asked.act) : null
}
