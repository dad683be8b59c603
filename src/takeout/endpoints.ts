import { Readable } from 'node:stream'

import { createLocalReq, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'

import type { CmsPart } from '../archive/ownPart'
import { endpoint, jsonBody, only, word } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { entrance, type CounterOptions } from '../counter/entrance'
import { canTakeOut } from '../people/roles'
import { peopleIn } from '../people/usersSlug'
import { openTakeout } from '../secret/takeoutToken'
import { cmsPart } from './cmsPart'
import { townOfCode } from './ownTown'

const asked = z.object({ token: z.string().max(2000), path: word.optional() })

/**
 * `POST /takeout/:id/entrance`: leads whoever may to the page of the delivery half that gives the
 * archive. `POST /takeout/part` with `{ token, path? }`: that half asks, in the name of this person,
 * for the files of the CMS's part, or for one of them.
 */
export function takeoutEndpoints(options: CounterOptions): Endpoint[] {
  return [
    entrance(options, {
      path: '/takeout/:id/entrance',
      who: only(canTakeOut, 'すべてを持ち出せるのは、その自治体の承認者とシステム管理者だけです。'),
      action: 'takeout',
      isTakeout: true,
    }),
    endpoint({
      method: 'post',
      path: '/takeout/part',
      input: jsonBody(asked),
      run: async ({ req, input: { token, path } }) => {
        const part = await partFor(req, token, options)
        const paths = await part.paths()
        if (path === undefined) return { paths }
        if (!paths.includes(path))
          throw new ReviewRefusal('NOT_FOUND', 'このファイルはありません。')
        const stream = Readable.toWeb(Readable.from(part.content(path), { objectMode: false }))
        const headers = { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' }
        return new Response(stream as ReadableStream<Uint8Array>, { headers })
      },
    }),
  ]
}

/** What the person may read in whose name is asked, and still may. */
async function partFor(
  { payload }: PayloadRequest,
  token: string,
  { ring, now }: CounterOptions,
): Promise<CmsPart> {
  const named = ring && openTakeout(ring, token, now())
  const [person, town] = named
    ? await Promise.all([
        payload.findByID({
          collection: peopleIn(payload),
          id: named.by,
          depth: 0,
          disableErrors: true,
          overrideAccess: true,
        }),
        townOfCode(payload, named.municipality),
      ])
    : []
  const municipality = town?.id ?? ''
  const user = person && { ...person, collection: peopleIn(payload) }
  if (!user || !canTakeOut(user, municipality)) {
    throw new ReviewRefusal('NOT_ALLOWED', 'この持ち出しは終わっているか、する権限がありません。')
  }
  const req = await createLocalReq({ user }, payload)
  return cmsPart(req, { municipality, overrideAccess: false })
}
