import { standard } from '../words/standard'
import { CATALOGUE } from '../words/words'

/** What a reader presses to get their number, as it stands on the phone in each language. *Pure.* */
export function numberLinks(): string {
  const others = Object.values(CATALOGUE)
    .filter((words) => words !== standard)
    .map(({ name, counter }) => `${name}では「${counter.title}」`)
  return `「${standard.counter.title}」(${others.join('、')})`
}
