import { endpoint, routeParam } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'

/** What a picture of ours is called, and its small size. */
const NAMES = /^picture-[0-9a-f]{32}(-\d+)?\.(jpg|png)$/

const GONE = 'この画像はありません。アドレスが途中で切れていないか、確かめてください。'

/**
 * `GET /media/file/:filename`: where pictures were before the collection's slug had a prefix. Mails
 * and messages that are with readers read them there, so it leads on to where they are now; a host
 * with a `media` of its own has its own answer.
 */
export const formerPictureAddress = endpoint({
  method: 'get',
  path: '/media/file/:filename',
  run: async ({ req }) => {
    const name = routeParam(req, 'filename')
    if (!NAMES.test(name)) throw new ReviewRefusal('NOT_FOUND', GONE)
    const Location = `${req.payload.config.routes.api}/kizuna-media/file/${name}`
    return new Response(null, { status: 301, headers: { Location } })
  },
})
