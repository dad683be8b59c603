import Sequencer from '@jest/test-sequencer'

/** What takes minutes comes first, so that nothing is left for one worker alone at the end. */
const ORDER = [
  // Need no CMS of the browser's: meanwhile it is built, filled and started for what does.
  'collections/access',
  'review/gate/publishGate',
  'collections/oddParameters',
  'chaos/chaos',
  'flow/withdrawal',
  'local/replicaSet',
  'worker/web/screens',
  'rehearsal/',
  'bench/',
  'year/year',
  'worker/main',
  'src/review/',
  'e2e/line',
  'e2e/',
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
