import type { Locator } from 'playwright-core'

/** What a person did with one hand. */
export interface Done {
  taps: number
  /** Fields that something was typed into. */
  fields: number
  characters: number
}

/** A hand on a phone that is watched. */
export interface Hand {
  tap: (target: Locator) => Promise<void>
  type: (field: Locator, text: string) => Promise<void>
  done: () => Done
}

/** A hand that counts what it does. */
export function createHand(): Hand {
  const done = { taps: 0, fields: 0, characters: 0 }
  return {
    tap: async (target) => {
      done.taps += 1
      await target.click()
    },
    type: async (field, text) => {
      done.taps += 1 // into the field
      done.fields += 1
      done.characters += text.length
      await field.fill(text)
    },
    done: () => ({ ...done }),
  }
}

/**
 * Seconds of the keystroke-level model: a slow key for each character, pointing and pressing for
 * each tap, and the time to think before each. https://doi.org/10.1145/358886.358895
 */
const KEY_S = 0.5
const TAP_S = 1.1 + 0.2
const THINK_S = 1.35

/** How long a person needs who does not hurry. *Pure.* */
export function personsSeconds({ taps, characters }: Done): number {
  return Math.round(taps * (TAP_S + THINK_S) + characters * KEY_S)
}
