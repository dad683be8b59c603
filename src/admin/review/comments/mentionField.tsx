'use client'

import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'

import type { ThreadShown } from '../../../review/comments/describeThreads'
import type { Mentionable } from '../../../review/comments/mentions'
import { useApi } from '../../api/useApi'
import { callAt, withName } from './callAt'

/** What somebody is writing: the words, and whom they call. */
export interface Said {
  text: string
  mentions: readonly Mentionable[]
}

/** Before anything is written. */
export const NOTHING_SAID: Said = { text: '', mentions: [] }

/** As it is sent: people by their ids. *Pure.* */
export function wordsOf({ text, mentions }: Said): { text: string; mentions: string[] } {
  return { text, mentions: mentions.map(({ id }) => id) }
}

/** Whether one of the conversations calls the person who looks. *Pure.* */
export function isCalled(threads: readonly Pick<ThreadShown, 'isForMe'>[]): boolean {
  return threads.some(({ isForMe }) => isForMe)
}

/** Notes that the person has the conversations that call them before their eyes. */
export function useSeen(path: string, threads: readonly Pick<ThreadShown, 'isForMe'>[]): void {
  const { ask } = useApi()
  const isForMe = isCalled(threads)
  useEffect(() => {
    if (isForMe) void ask(`${path}/comments/seen`, { method: 'POST' })
  }, [ask, path, isForMe])
}

interface FieldProps {
  /** `/kizuna-manuscripts/<id>` */
  path: string
  label: string
  said: Said
  onChange: (said: Said) => void
}

/** Rows of the list. */
const OFFERED = 8

/** Words in which 「@」 offers the people who can read them; whom they call stands below by name. */
export function MentionField({ path, label, said, onChange }: FieldProps) {
  const { text, mentions } = said
  const name = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [isClosed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const call = callAt(text, caret)
  const people = usePeople(path, call !== null)
  const offered =
    call === null || isClosed
      ? []
      : people
          .filter((one) => one.name.includes(call.begun) && !isIn(mentions, one))
          .slice(0, OFFERED)
  const chosen = Math.min(active, offered.length - 1)
  const choose = (person: Mentionable | undefined) => {
    if (!person || call === null) return
    const next = withName(text, call, person.name)
    onChange({ text: next.text, mentions: [...mentions, person] })
    setActive(0)
    setCaret(next.caret)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (offered.length === 0 || event.nativeEvent.isComposing) return
    const last = offered.length - 1
    const act = {
      ArrowDown: () => setActive(chosen === last ? 0 : chosen + 1),
      ArrowUp: () => setActive(chosen === 0 ? last : chosen - 1),
      Enter: () => choose(offered[chosen]),
      Escape: () => setClosed(true),
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div className="kizuna-mention">
      <label className="kizuna-question__words">
        {label}
        <textarea
          ref={field}
          rows={3}
          value={text}
          aria-autocomplete="list"
          aria-controls={offered.length > 0 ? name : undefined}
          aria-activedescendant={offered.length > 0 ? `${name}-${chosen}` : undefined}
          onChange={({ target }) => {
            onChange({ text: target.value, mentions })
            setCaret(target.selectionStart)
            setClosed(false)
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
      </label>
      {offered.length > 0 && (
        <ul id={name} className="kizuna-mention__list" role="listbox" aria-label="呼びかける人">
          {offered.map((person, index) => (
            <li
              key={person.id}
              id={`${name}-${index}`}
              role="option"
              aria-selected={index === chosen}
              // The text keeps the caret.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              {person.name}
            </li>
          ))}
        </ul>
      )}
      {mentions.length === 0 && (
        <p className="kizuna-panel__hint">「@」を打つと、呼びかける人を選べます。</p>
      )}
      {mentions.length > 0 && (
        <div className="kizuna-mention__chosen">
          呼びかけ:
          {mentions.map((person) => (
            <button
              key={person.id}
              type="button"
              className="kizuna-small"
              onClick={() =>
                onChange({ text, mentions: mentions.filter(({ id }) => id !== person.id) })
              }
            >
              {person.name}さん<span aria-hidden="true"> ×</span>
              <span className="kizuna-unseen">への呼びかけをやめる</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function isIn(mentions: readonly Mentionable[], { id }: Mentionable): boolean {
  return mentions.some((one) => one.id === id)
}

/** Who can be called, read when it is first wanted. */
function usePeople(path: string, isWanted: boolean): readonly Mentionable[] {
  const { ask } = useApi()
  const [people, setPeople] = useState<readonly Mentionable[] | null>(null)
  useEffect(() => {
    if (!isWanted || people !== null) return
    void ask<{ people: Mentionable[] }>(`${path}/mentionable`).then((answer) => {
      if (answer.isDone) setPeople(answer.body.people)
    })
  }, [ask, path, isWanted, people])
  return people ?? []
}
