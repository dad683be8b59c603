/** Work that stops after each small step, to be gone on with. */
export type Steps<T> = Generator<void, T, void>

/** Does the work in one go, where nobody waits. *Pure.* */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
