import { setTimeout as sleep } from 'node:timers/promises'

import { ModuleMocker } from 'jest-mock'
import mongoose from 'mongoose'

import { PATIENCE } from './patience.mjs'
import './quickPasswords.mjs'

// It writes the trace of each of its questions, for who asks one of them twice.
mongoose.set('skipOriginalStackTraces', true)

const isServer = (kind) => kind === 'TCPServerWrap' || kind === 'PipeServerWrap'
const countServers = () => process.getActiveResourcesInfo().filter(isServer).length

/** Where jest-circus keeps the tests of a file, and who listens to them. */
const isOfCircus = (key) =>
  typeof key === 'symbol' && /^(?:JEST_STATE_SYMBOL|EVENT_HANDLERS)$/.test(key.description)

/** Multiplies the limits of all hooks and tests of a block; who has none has the default. */
function beMorePatient({ hooks, children }) {
  for (const one of [...hooks, ...children]) {
    if (one.timeout) one.timeout *= PATIENCE
    if (one.type === 'describeBlock') beMorePatient(one)
  }
}

/** Makes a record as it was. */
function restore(record, before) {
  const added = Object.keys(record).filter((name) => !(name in before))
  for (const name of added) Reflect.deleteProperty(record, name)
  Object.assign(record, before)
}

/**
 * The environment of a test file is its worker's process itself (`keptModules.cjs` says why): what a
 * file changed there is put back after it. It fails a file that leaves a server listening behind.
 */
export default class OneRealm {
  global = globalThis
  moduleMocker = new ModuleMocker(globalThis)
  fakeTimers = null // none are used: what waits, waits for a signal
  fakeTimersModern = null
  #servers = countServers()
  #env = { ...process.env }
  #console = console
  #exit = process.exit

  async setup() {
    // Jest's hundred lines; the database's driver writes the trace of each of its questions.
    Error.stackTraceLimit = 12
  }

  /** An error of `teardown` would stand instead of the file's results. */
  async handleTestEvent({ name }, state) {
    if (name === 'run_start') {
      state.testTimeout *= PATIENCE
      beMorePatient(state.rootDescribeBlock)
    }
    if (name === 'run_finish') await this.#noServerIsLeft(state)
  }

  async #noServerIsLeft({ unhandledErrors }) {
    const until = Date.now() + 2000
    while (countServers() > this.#servers && Date.now() < until) await sleep(20)
    const left = countServers() - this.#servers
    if (left > 0)
      unhandledErrors.push(new Error(`${left} servers were left listening when the tests ended.`))
  }

  async teardown() {
    this.#putBack()
  }

  #putBack() {
    restore(process.env, this.#env)
    process.exit = this.#exit
    globalThis.console = this.#console
    globalThis._payload?.clear() // the CMS that Payload would give the next file, too
    const ofCircus = Reflect.ownKeys(globalThis).filter(isOfCircus)
    for (const key of ofCircus) Reflect.deleteProperty(globalThis, key)
  }

  exportConditions() {
    return ['node', 'node-addons']
  }

  /** Asked for by Jest, used by nobody. */
  getVmContext() {
    return {}
  }
}
