/** What was looked at, and what is to be done where it is not good. */
export interface Checked {
  check: string
  /** `unsure`: a person has to look. */
  state: 'good' | 'unsure' | 'wrong'
  /** One sentence without its end. */
  found: string
}

/** What was found, before it has the name of what was looked at. */
export type Seen = Omit<Checked, 'check'>

/** As it should be. *Pure.* */
export const good = (found: string): Seen => ({ state: 'good', found })

/** To be mended: the sentence says how. *Pure.* */
export const wrong = (found: string): Seen => ({ state: 'wrong', found })

/** A person has to look. *Pure.* */
export const unsure = (found: string): Seen => ({ state: 'unsure', found })

const SIGNS: Readonly<Record<Checked['state'], string>> = { good: '○', unsure: '△', wrong: '×' }

/** What the signs before the lines say. */
export const SIGN_WORDS = '○ よい、△ 人が確かめる、× 直す'

/** A line of what was looked at. *Pure.* */
export function checkedLine({ check, state, found }: Checked): string {
  return `${SIGNS[state]} ${check}: ${found}。`
}

/** Whether anything is to be mended. *Pure.* */
export function isAnyWrong(found: readonly Seen[]): boolean {
  return found.some(({ state }) => state === 'wrong')
}
