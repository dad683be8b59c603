import { of, ofFile, type Mutant } from './mutant'

/** What urgent texts and drills promise. */
export const MUTANTS_OF_ALERTS: Mutant[] = [
  ...of(
    'runs/alerts',
    ['deliver/alert'],
    [
      {
        find: 'if (content.alert.isTraining && !isPractice) return []',
        put: '',
        breaks: 'A drill is planned for real readers.',
      },
      {
        find: 'return isFresh && isOut && isActive ?',
        put: 'return isOut && isActive ?',
        breaks: 'An alert of long ago that a backup or another system brings back is sent again.',
      },
      {
        find: '!isAlert(content) || !isWhatWasApproved(release)',
        put: '!isAlert(content)',
        breaks: 'What two people did not send goes out as an alert.',
      },
    ],
  ),
  ...of(
    'channel/drillGuard',
    ['channel/drillGuard'],
    [
      {
        find: 'return !isPractice && isOfDrill(rendered) ? REFUSED : null',
        put: 'return null',
        breaks: 'A drill reaches a real channel when everything before it has failed.',
      },
    ],
  ),
  ...of(
    'planning/planner',
    ['deliver/alert'],
    [
      {
        find: 'if (same) await planReaders(work, same)',
        put: "if (same) await planReaders(work, 'all')",
        breaks: 'A correction frightens families who never got what it corrects.',
      },
    ],
  ),
  ...ofFile(
    'src/alert/rights.ts',
    ['src/alert/alerts'],
    [
      {
        find: ' && String(user?.id) !== alert.askedBy',
        put: '',
        breaks: 'One person alone sends an urgent text to a whole town.',
      },
    ],
  ),
]
