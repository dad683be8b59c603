import type { Answer, EditorialCms, Person } from '../review/editorialCms'

/** How a change ends, and why. */
type Ending = readonly [step: string, reason?: string]

/** Changes of the test municipality's words, as people make them. */
export function proposingIn(cms: EditorialCms) {
  const town = `/kizuna-municipalities/${cms.municipality.id}`
  const propose = (person: Person, words: object, note = '') =>
    cms.rest(person, `POST ${town}/propose-words`, { words, note })
  const end = (person: Person, change: string, [step, reason = '']: Ending): Promise<Answer> =>
    cms.rest(person, `POST /kizuna-municipality-changes/${change}/${step}`, { reason })
  /** Proposed by the clerk, confirmed by the approver; gives the first refusal, or the last answer. */
  const change = async (words: object): Promise<Answer> => {
    const proposed = await propose('machi', words)
    if (proposed.status !== 200) return proposed
    return end('mayu', String(proposed.body.change.id), ['confirm'])
  }
  const open = (person: Person) => cms.rest(person, `GET ${town}/open-change`)
  const stored = async () =>
    (await cms.payload.findByID({
      collection: 'kizuna-municipalities',
      id: cms.municipality.id,
      depth: 0,
    })) as unknown as Record<string, unknown>
  return { town, propose, end, change, open, stored }
}
