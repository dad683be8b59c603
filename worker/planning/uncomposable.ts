import { shorten } from '../../src/release/graphemes'

/**
 * A municipality's settings or contents of a day cannot be put together. It is that municipality's
 * trouble alone: its run waits for a person, the others go on.
 */
export class UncomposableError extends Error {
  readonly code = 'UNCOMPOSABLE'
}

/**
 * Does work that only computes: whatever it throws is the fault of what it computes from, not of the
 * database or the network, so that trying again would not help.
 *
 * @throws UncomposableError
 */
export function composing<T>(municipality: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const { message } = cause as Error
    throw new UncomposableError(
      `自治体 ${municipality} の文章か設定を組み立てられません(${shorten(message, 200)})。自治体の設定と、その日の原稿を確かめてください。`,
      { cause },
    )
  }
}
