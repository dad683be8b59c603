import Sequencer from '@jest/test-sequencer'

/** What takes minutes comes first, so that nothing is left for one worker alone at the end. */
const ORDER = [
  // Needs no browser: meanwhile the CMS is built and started for what does.
  'collections/access',
  'collections/oddParameters',
  'review/gate/publishGate',
  'e2e/line',
  'e2e/',
  'chaos/chaos',
  'flow/withdrawal',
]

/** Jest's order (by size, or by the times of the last run), after what is named. */
export default class LongFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = ORDER.findIndex((name) => path.includes(`/${name}`))
      return at < 0 ? ORDER.length : at
    }
    return super.sort(tests).toSorted((one, other) => place(one) - place(other))
  }
}
