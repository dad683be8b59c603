import type { PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import type { PageSettings } from '../plugin/pageSettings'
import { MAX_NAME } from '../release/blocks/blockType'
import { shorten } from '../release/graphemes'
import { ReviewRefusal } from '../cms/refusal'
import { withCoAuthors } from '../review/gate/coAuthors'
import { loadEverybody } from '../review/queries/everybody'

interface StartArgs {
  /** Id of the standard text. */
  id: string
  /** Code of the plain edition. */
  edition: string
}

/** What a new easy text takes over from the standard one. */
const COPIED = [
  'series',
  'slot',
  'kind',
  'body',
  'subject',
  'topics',
  'ageBasis',
  'monthRule',
  'theme',
] as const

/**
 * Makes a draft in plain Japanese that starts with the standard text; gives its id. Who wrote the
 * standard text is an author of it.
 *
 * @throws ReviewRefusal INCOMPLETE for an edition that is not plain; whatever Payload refuses
 * (access, or a text that is there already).
 */
export async function startFromStandard(
  req: PayloadRequest,
  { id, edition }: StartArgs,
  { editions }: PageSettings,
): Promise<string> {
  const target = editions.find(({ code }) => code === edition)
  if (!target?.isPlain) {
    throw new ReviewRefusal('INCOMPLETE', `版「${edition}」は、やさしい日本語の版ではありません。`)
  }
  const standard = await req.payload.findByID({
    collection: 'kizuna-manuscripts',
    id,
    req,
    depth: 0,
    overrideAccess: false,
  })
  const copied = Object.fromEntries(COPIED.map((name) => [name, standard[name]]))
  const title = shorten(`${standard.title} ${target.label}`, MAX_NAME)
  const authors = await loadEverybody(req, 'kizuna-manuscripts', [{ id }])
  const made = await withCoAuthors(req, authors.get(id) ?? [], () =>
    req.payload.create({
      collection: 'kizuna-manuscripts',
      data: toStore({ ...copied, title, edition, sources: sourcesOf(standard.sources) }),
      draft: true,
      depth: 0,
      overrideAccess: false,
      req,
    }),
  )
  return String(made.id)
}

/** Rows get ids of their own. */
function sourcesOf(rows: readonly object[] | null | undefined): object[] {
  return (rows ?? []).map((row) => ({ ...row, id: undefined }))
}
