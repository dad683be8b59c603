/** What goes wrong with a LINE request. */
export type LineTrouble =
  /** Answered without being taken. */
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Taken, then answered with an error. */
  | { kind: 'acceptThenAnswer'; status: number }
  /** Taken, then the connection is cut. */
  | { kind: 'acceptThenCut' }
  /** The connection is cut and nothing is taken. */
  | { kind: 'cut' }
  /** Never answered; `isTaken` says whether it was taken. */
  | { kind: 'hang'; isTaken: boolean }
  /** Worked on as always, but answered only after a while: a provider under load. */
  | { kind: 'slow'; ms: number }
  /** Taken and answered with 200, and nobody ever gets it: 200 is acceptance, not arrival. */
  | { kind: 'acceptThenLose' }

/** What goes wrong with a mail. */
export type MailTrouble =
  /** Refused with a code, e.g. 550 and `5.1.1 User unknown`. */
  | { kind: 'answer'; stage: 'mail' | 'rcpt' | 'data'; code: number; message: string }
  /** Taken, then the connection is cut before the answer. */
  | { kind: 'acceptThenCut' }
  /** The connection is cut after the body, and nothing is taken. */
  | { kind: 'cutAfterBody' }
  /** The connection is cut at RCPT TO, before the body. */
  | { kind: 'cutBeforeBody' }
  /** The connection is cut while the body comes in. */
  | { kind: 'cutInBody' }
  /** A rule at `connect`: the connection is cut before the greeting. */
  | { kind: 'cutAtConnect' }
  /** A rule at `connect`: there is never a greeting. */
  | { kind: 'mute' }
  /** A rule at `mail`: the connection is cut at MAIL FROM. */
  | { kind: 'cutAtMail' }
  /** The body is never answered. */
  | { kind: 'hang'; isTaken: boolean }
  /** Taken as always, but answered only after a while: a relay under load. */
  | { kind: 'slow'; ms: number }

/** When a trouble strikes. */
export interface FaultRule {
  /**
   * LINE: `multicast`, `push`, `reply`, `token`; absent is any. Mail: `connect`, or `mail` for its
   * sender; absent is a recipient.
   */
  at?: string
  /** Regular expression on the mail address or the channel id; absent is any. */
  match?: string
  /** Requests that pass before the first strike. */
  after?: number
  /** Strikes; absent is 1, null is for ever. */
  times?: number | null
  /** Strikes on every n-th of the requests that match; absent is each. */
  every?: number
}

/** A trouble and when it strikes. */
export type Fault<T> = FaultRule & { trouble: T }

/** A script of faults; the first rule that is due strikes. */
export interface FaultScript<T> {
  add(...faults: Fault<T>[]): void
  clear(): void
  /** The trouble that strikes this request, if any; counts the request. */
  strike(at: string, subject: string): T | null
}

interface Armed<T> {
  fault: Fault<T>
  match: RegExp | null
  seen: number
  struck: number
}

/** An empty script. */
export function createFaultScript<T>(): FaultScript<T> {
  let armed: Armed<T>[] = []
  return {
    add(...faults) {
      const fresh = faults.map((fault) => ({
        fault,
        seen: 0,
        struck: 0,
        match: fault.match === undefined ? null : new RegExp(fault.match),
      }))
      armed = [...armed, ...fresh]
    },
    clear() {
      armed = []
    },
    strike(at, subject) {
      for (const rule of armed) {
        if (strikes(rule, at, subject)) return rule.fault.trouble
      }
      return null
    },
  }
}

/** Steps of a mail at which only those rules strike that name them. */
const BY_NAME_ONLY: ReadonlySet<string> = new Set(['connect', 'mail'])

function strikes<T>(rule: Armed<T>, at: string, subject: string): boolean {
  const { after = 0, times = 1, every = 1 } = rule.fault
  if (rule.fault.at === undefined ? BY_NAME_ONLY.has(at) : rule.fault.at !== at) return false
  if (rule.match && !rule.match.test(subject)) return false
  if (times !== null && rule.struck >= times) return false
  rule.seen += 1
  const isDue = rule.seen > after && (rule.seen - after - 1) % every === 0
  if (isDue) rule.struck += 1
  return isDue
}
