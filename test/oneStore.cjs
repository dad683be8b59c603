/**
 * What Jest's circus keeps the running test in, in the place of Node's `AsyncLocalStorage`: that one
 * makes Node 20 follow every promise, and each test file adds one that all promises of its worker's
 * later files carry too. Tests of a file run one after the other, so one place is enough.
 */
module.exports = class OneStore {
  #store

  getStore() {
    return this.#store
  }

  run(store, callback) {
    const before = this.#store
    const restore = () => (this.#store = before)
    this.#store = store
    let isAwaited = false
    try {
      const result = callback()
      isAwaited = typeof result?.then === 'function'
      return isAwaited ? result.finally(restore) : result
    } finally {
      if (!isAwaited) restore()
    }
  }
}
