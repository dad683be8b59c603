import type { Collection, Operation } from './accessMatrix'
import { isLive, VERSIONED } from './accessMatrix'
import type { Answer, TestCms } from './cms'
import { opened, PNG, type Documents } from './documents'

/** A question to the CMS: may this caller do this to a document of this kind? */
export interface Question {
  collection: Collection
  target: string
  operation: Operation
  as: string | undefined
}

/** `allowed`, `refused`, or what came instead: neither is what a matrix may contain. */
export type Door = (question: Question) => Promise<string>

const TRASHED = { deletedAt: '2026-11-29T00:00:00.000Z' }

export function createRestDoor(cms: TestCms, documents: Documents): Door {
  return withKept(documents, async (question) => {
    const { collection, target, operation, as } = question
    if (operation === 'create') return verdict(await create(cms, documents, question))
    if (operation === 'readTrash' || operation === 'restore') {
      const versioned = collection as 'kizuna-manuscripts'
      const path = `/${collection}/${await documents.trashed(versioned, target)}?trash=true`
      if (operation === 'readTrash') return verdict(await cms.rest({ path, as }))
      return verdict(await cms.rest({ method: 'PATCH', path, as, body: { deletedAt: null } }))
    }
    const id = await documents.find(collection, target)
    switch (operation) {
      case 'read':
        return verdict(await cms.rest({ path: `/${collection}/${id}`, as }))
      case 'list':
        return listed(await cms.rest({ path: `/${collection}?where[id][equals]=${id}`, as }))
      case 'update': {
        const draft = VERSIONED.includes(collection) ? '?draft=true' : ''
        const path = `/${collection}/${id}${draft}`
        const body = { ...documents.change(collection), ...(await opened(cms, collection, id)) }
        return verdict(await cms.rest({ method: 'PATCH', path, as, body }))
      }
      case 'delete':
        return verdict(await cms.rest({ method: 'DELETE', path: `/${collection}/${id}`, as }))
      case 'trash':
        return verdict(
          await cms.rest({ method: 'PATCH', path: `/${collection}/${id}`, as, body: TRASHED }),
        )
      case 'unlock': {
        const { email } = await cms.payload.findByID({ collection: 'users', id })
        const path = `/${collection}/unlock`
        return verdict(await cms.rest({ method: 'POST', path, as, body: { email } }))
      }
      case 'readVersions':
        return listed(
          await cms.rest({ path: `/${collection}/versions?where[parent][equals]=${id}`, as }),
        )
    }
  })
}

/** What was refused leaves its document as it was, for the next question; what was allowed does not. */
export function withKept(documents: Documents, ask: Door): Door {
  return async (question) => {
    const answer = await ask(question)
    const { collection, target, operation } = question
    if (['delete', 'trash'].includes(operation) && answer !== 'refused') {
      documents.forget(collection, target)
    }
    return answer
  }
}

async function create(cms: TestCms, documents: Documents, { collection, target, as }: Question) {
  const data = await documents.input(collection, target)
  const draft = VERSIONED.includes(collection) && !isLive(target) ? '?draft=true' : ''
  const body = collection === 'kizuna-media' ? upload(data) : data
  return cms.rest({ method: 'POST', path: `/${collection}${draft}`, as, body })
}

function upload(data: Record<string, unknown>): FormData {
  const form = new FormData()
  form.set('_payload', JSON.stringify(data))
  form.set('file', new Blob([new Uint8Array(PNG)], { type: 'image/png' }), 'cover.png')
  return form
}

function verdict({ status, body }: Answer): string {
  if (status >= 200 && status < 300) return 'allowed'
  return [401, 403, 404].includes(status) ? 'refused' : `${status} ${JSON.stringify(body)}`
}

function listed(answer: Answer): string {
  const found = verdict(answer)
  return found === 'allowed' && answer.body.docs?.length === 0 ? 'refused' : found
}
