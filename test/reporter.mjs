import { writeFileSync } from 'node:fs'

/** Keeps the run's counts for `npm test`, whose last line they are. */
export default class PlainSummary {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const counts = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`
    const file = process.env.TEST_SUMMARY
    if (file) writeFileSync(file, `${counts}\n`)
  }
}
