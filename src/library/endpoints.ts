import type { Endpoint, PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { hasRole, MUNICIPAL, municipalityIdOf, TEAM } from '../people/roles'
import { recordAudit } from '../cms/audit'
import { endpoint, only, routeParam } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { inTransaction } from '../cms/transaction'
import { withCoAuthors } from '../review/gate/coAuthors'
import { loadEverybody } from '../review/queries/everybody'
import { loadExamples, loadOwnExample, type SharedExample } from './load'

/**
 * `GET /kizuna-shared-add-ons/examples`: what municipalities offer; `GET /kizuna-shared-add-ons/own/:addOn`: what
 * they would see of an own add-on; `POST /kizuna-shared-add-ons/:id/copy`: an example as a draft of the own
 * municipality, answered with its id and what was changed.
 */
export function libraryEndpoints({ now }: { now: () => Date }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/examples',
      who: only((user) => hasRole(user, ...MUNICIPAL, ...TEAM), LOOK),
      run: async ({ req }) => ({ docs: await loadExamples(req, { now: now() }) }),
    }),
    endpoint({
      method: 'get',
      path: '/own/:addOn',
      who: only((user) => hasRole(user, ...MUNICIPAL), OFFER),
      run: async ({ req }) => {
        const example = await loadOwnExample(req, { addOn: routeParam(req, 'addOn'), now: now() })
        if (!example) throw new ReviewRefusal('NOT_FOUND', NOT_OUT)
        return example
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/copy',
      who: only((user) => hasRole(user, 'municipal-editor'), COPY),
      run: async ({ req, id: offer }) => {
        const [example] = await loadExamples(req, { now: now(), id: offer })
        if (!example) throw new ReviewRefusal('NOT_FOUND', GONE)
        const id = await inTransaction(req, async () => {
          const authors = await loadEverybody(req, 'kizuna-add-ons', [{ id: example.addOn }])
          const people = authors.get(example.addOn) ?? []
          return withCoAuthors(req, people, () => copy(req, example, now()))
        })
        return Response.json({ id, changes: example.changes }, { status: 201 })
      },
    }),
  ]
}

const LOOK = 'お手本を見られるのは、自治体の担当者と制作監修チームだけです。'
const OFFER = 'お手本として見せられるのは、その自治体の担当者だけです。'
const COPY = 'お手本を写せるのは、自治体の編集担当だけです。'
const NOT_OUT = '公開中で、掲載期間が終わっていない、自分の自治体の原稿だけをお手本にできます。'
const GONE =
  'このお手本は、もう公開されていないか、掲載期間が終わりました。一覧を読み直してください。'

/**
 * A draft like any other: its access, checks and review are those of the own municipality. Where it
 * comes from is written with all rights, since nobody may write that by hand.
 */
async function copy(req: PayloadRequest, example: SharedExample, at: Date): Promise<string> {
  const { title, from, to, isEndIncluded, timing, monthRule, theme, blocks, changes } = example
  const { municipality, addOn, revision, publishedAt, topics } = example
  const created = await req.payload.create({
    collection: 'kizuna-add-ons',
    draft: true,
    depth: 0,
    overrideAccess: false,
    req,
    data: toStore({
      title,
      from,
      to,
      isEndIncluded,
      timing,
      monthRule,
      theme,
      topics,
      order: 100,
      municipality: municipalityIdOf(req.user),
      editions: [],
      areas: [],
      blocks: blocks.length > 0 ? blocks : [{ blockType: 'text', text: '' }],
    }),
  })
  await req.payload.update({
    collection: 'kizuna-add-ons',
    id: created.id,
    draft: true,
    depth: 0,
    overrideAccess: true,
    req,
    data: toStore({
      origin: { municipality: municipality.name, addOn, revision, publishedAt },
      originNotes: changes.join('\n'),
      updatedAt: created.updatedAt,
    }),
  })
  await recordAudit(req, {
    action: 'copy',
    collection: 'kizuna-add-ons',
    documentId: String(created.id),
    at,
    title,
    note: `${municipality.name}「${title}」第${revision}版から`,
  })
  return String(created.id)
}
