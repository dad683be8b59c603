/** What somebody did in a conversation about one field; inserted once, never changed. */
export interface CommentEntry {
  id: string
  kind: 'comment' | 'reply' | 'resolve' | 'reopen' | 'take'
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
}

/** Conversations with where they stand, the oldest first. *Pure.* */
export function threadsOf(entries: readonly CommentEntry[]): CommentThread[] {
  const inOrder = entries.toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))
  return inOrder
    .filter(({ kind }) => kind === 'comment')
    .map(({ kind: _kind, thread: _thread, ...first }) => {
      const later = inOrder.filter(({ thread }) => thread === first.id)
      const moves = later.filter(({ kind }) => kind !== 'reply')
      const last = moves.at(-1)
      const isResolved = last !== undefined && last.kind !== 'reopen'
      return {
        ...first,
        replies: later.filter(({ kind }) => kind === 'reply'),
        isResolved,
        resolvedBy: isResolved ? last.author : null,
        isTaken: later.some(({ kind }) => kind === 'take'),
      }
    })
}
