import { changeReader } from './change'
import type { StoreContext } from './collections'
import type { ReaderStore } from './store'

/** How a reader's texts come: what is wished is kept, what is taken back is gone. */
export function createWishes(context: StoreContext): Pick<ReaderStore, 'changeWishes'> {
  return {
    changeWishes: ({ readerId, wishes }) => {
      const named = Object.entries(wishes).map(
        ([name, value]) => [`wishes.${name}`, value] as const,
      )
      const made = named.flatMap(([path, value]) =>
        value === undefined ? [] : [[path, { $literal: value }] as const],
      )
      const back = named.flatMap(([path, value]) => (value === undefined ? [path] : []))
      return changeReader(context, readerId, (stamp) => [
        { $set: { ...Object.fromEntries(made), wishedWith: stamp.changeNumber, ...stamp } },
        ...(back.length > 0 ? [{ $unset: back }] : []),
      ])
    },
  }
}
