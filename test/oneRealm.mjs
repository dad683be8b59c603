import { setTimeout as sleep } from 'node:timers/promises'

import { TestEnvironment } from 'jest-environment-node'

import './quickPasswords.mjs'

const isServer = (kind) => kind === 'TCPServerWrap' || kind === 'PipeServerWrap'
const countServers = () => process.getActiveResourcesInfo().filter(isServer).length

/** Jest's environment for Node, which fails a test file that leaves a server listening behind. */
export default class ClosingEnvironment extends TestEnvironment {
  #before = countServers()

  constructor(config, context) {
    super(config, context)
    // Jest's hundred lines; the database's driver writes the trace of each of its questions.
    this.global.Error.stackTraceLimit = 12
  }

  async teardown() {
    const until = Date.now() + 2000
    while (countServers() > this.#before && Date.now() < until) await sleep(20)
    const left = countServers() - this.#before
    await super.teardown()
    if (left > 0) throw new Error(`${left} servers were left listening when the tests ended.`)
  }
}
