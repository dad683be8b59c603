import { ofFile, type Mutant } from './mutant'

/** Edits of what keeps out who may not come in to the CMS. */
export const MUTANTS_OF_ACCOUNTS: Mutant[] = [
  ...ofFile(
    'src/people/left.ts',
    ['src/people/left'],
    [
      {
        find: 'if (stored?.[HAS_LEFT] === true) throw',
        put: 'if (false) throw',
        breaks: 'Who has left writes and approves what families get.',
      },
      {
        find: '...keyless, sessions: [] }',
        put: '...keyless }',
        breaks: 'A log-in of who has left is good again when the mark is taken off.',
      },
      {
        find: 'if (isAdmin(before) && !isAdmin(after)) await',
        put: 'if (false) await',
        breaks: 'Nobody is left who could let anybody in.',
      },
    ],
  ),
  ...ofFile(
    'src/people/sessions.ts',
    ['src/people/sessions'],
    [
      {
        find: 'session.id !== id',
        put: 'session.id === id',
        breaks: 'The lost phone stays logged in, and the desk is out.',
      },
    ],
  ),
]
