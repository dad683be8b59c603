import { LOCK_SENTENCE } from '../../people/lock'

/** Under the form of the log-in: what happens after wrong guesses, and who helps. */
export function LogInHelp() {
  return <p className="kizuna-login-help">{LOCK_SENTENCE}</p>
}
