import { endpoint, routeParam } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { isOurPictureName } from '../release/ourPicture'

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
    if (!isOurPictureName(name)) throw new ReviewRefusal('NOT_FOUND', GONE)
    const Location = `${req.payload.config.routes.api}/kizuna-media/file/${name}`
    return new Response(null, { status: 301, headers: { Location } })
  },
})
