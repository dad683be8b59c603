/** Prints one plain closing line, `N passed, N failed, N skipped`, for CI. */
export default class PlainSummary {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const counts = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`
    process.stdout.write(`${counts}\n`)
  }
}
