import type { FieldChange } from './changes'
import type { StoredDocument } from './freeze'
import type { ReviewPolicy } from './policy'
import type { ReviewedField } from './reviewedFields'
import { isSameText } from './sameText'

/**
 * What stands beside the content, is approved with it and readers never see: what decides who must
 * approve it, and what it was checked with. Null where it was not written down, before verdicts and
 * releases kept it.
 */
export interface Beside {
  topics: readonly string[] | null
  /** One source a line. */
  sources: string | null
}

/** What stands beside the content of a stored document. *Pure.* */
export function besideOf(document: StoredDocument): Beside {
  return { topics: topicsOf(document), sources: sourcesOf(document) }
}

/** Codes of a document's topics, in one order. *Pure.* */
export function topicsOf({ topics }: StoredDocument): string[] {
  return Array.isArray(topics) ? [...new Set(topics.map(String))].toSorted() : []
}

function sourcesOf({ sources }: StoredDocument): string {
  if (!Array.isArray(sources)) return '' // of an add-on, which names none
  return (sources as StoredDocument[])
    .map(({ title, url, accessedOn }) =>
      [title, url, String(accessedOn ?? '').slice(0, 10)].filter(Boolean).join(' '),
    )
    .join('\n')
}

/**
 * Whether the same stands beside two contents, the topics in any order. What was not written down
 * of one of both tells nothing. *Pure.*
 */
export function isSameBeside(a: Beside, b: Beside): boolean {
  return isSameTopics(a.topics, b.topics) && isSameSources(a.sources, b.sources)
}

function isSameTopics(a: Beside['topics'], b: Beside['topics']): boolean {
  return a === null || b === null || isEqual(a.toSorted(), b.toSorted())
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((topic, index) => topic === b[index])
}

function isSameSources(a: string | null, b: string | null): boolean {
  return a === null || b === null || isSameText(a, b)
}

/** What stands beside a content, as a reviewer reads it. *Pure.* */
export function besideFields(beside: Beside, policy: ReviewPolicy): ReviewedField[] {
  const shown = [
    { path: 'topics', label: '話題', text: beside.topics && topicText(beside.topics, policy) },
    { path: 'sources', label: '出典', text: beside.sources },
  ]
  return shown.flatMap(({ text, ...field }) =>
    text === null ? [] : [{ ...field, text, isText: false }],
  )
}

/** What changed beside the content; nothing where one of both was not written down. *Pure.* */
export function besideChanges(before: Beside, after: Beside, policy: ReviewPolicy): FieldChange[] {
  const old = new Map(besideFields(before, policy).map(({ path, text }) => [path, text]))
  return besideFields(after, policy).flatMap(({ path, label, text }): FieldChange[] => {
    const was = old.get(path)
    if (was === undefined || was === text) return []
    const parts = [
      { kind: 'removed' as const, text: was },
      { kind: 'added' as const, text },
    ]
    return [{ path, label, kind: 'changed', parts: parts.filter((part) => part.text !== '') }]
  })
}

function topicText(topics: readonly string[], policy: ReviewPolicy): string {
  const labelOf = (code: string) =>
    policy.topics.find((known) => known.code === code)?.label ?? code
  return topics.map(labelOf).join('、') || 'なし'
}
