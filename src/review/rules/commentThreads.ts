/** What somebody did in a conversation about one field; inserted once, never changed. */
export interface CommentEntry {
  id: string
  kind: 'comment' | 'reply' | 'resolve' | 'reopen' | 'take' | 'seen'
  /** Id of the entry that opened the conversation; null for that one itself. */
  thread: string | null
  /** Path of the field in the stored document, e.g. `body`, `blocks.<row id>.text`. */
  field: string
  /** The field's name as the writer read it. */
  fieldLabel: string
  text: string
  /** The whole field in other words, or null. */
  proposal: string | null
  /** The field as it was when the conversation was opened. */
  quote: string
  /** Ids of the people it calls. */
  mentions: string[]
  /** Id of the user. */
  author: string
  /** ISO instant. */
  at: string
}

/** A conversation about one field. */
export interface CommentThread extends Omit<CommentEntry, 'kind' | 'thread'> {
  replies: CommentEntry[]
  /** Nothing is left to do: somebody said so, or the proposal was taken. */
  isResolved: boolean
  /** Id of who settled it, or null. */
  resolvedBy: string | null
  isTaken: boolean
  /** Ids of people who were called and have neither looked nor said anything since. */
  awaited: string[]
}

/** Conversations with where they stand, the oldest first. *Pure.* */
export function threadsOf(entries: readonly CommentEntry[]): CommentThread[] {
  const inOrder = entries.toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))
  return inOrder
    .filter(({ kind }) => kind === 'comment')
    .map(({ kind: _kind, thread: _thread, ...first }) => {
      const later = inOrder.filter(({ thread }) => thread === first.id)
      const moves = later.filter(({ kind }) => kind !== 'reply' && kind !== 'seen')
      const last = moves.at(-1)
      const isResolved = last !== undefined && last.kind !== 'reopen'
      return {
        ...first,
        replies: later.filter(({ kind }) => kind === 'reply'),
        isResolved,
        resolvedBy: isResolved ? last.author : null,
        isTaken: later.some(({ kind }) => kind === 'take'),
        awaited: awaitedIn([first, ...later]),
      }
    })
}

/** Who was called in a conversation, the oldest entry first, and did nothing in it since. */
function awaitedIn(entries: readonly Pick<CommentEntry, 'author' | 'mentions'>[]): string[] {
  const awaited = new Set<string>()
  for (const { author, mentions } of entries) {
    awaited.delete(author)
    for (const person of mentions) awaited.add(person)
  }
  return [...awaited]
}
