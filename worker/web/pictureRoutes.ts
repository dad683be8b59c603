import { Router } from 'express'

import { pictureOfName } from '../../src/release/picture'
import { sendNotFound, type WebContext } from './webContext'

/**
 * `GET /p/<hash>.jpg`: the picture of a text, for LINE and for our own pages. Under one name there is
 * one picture for ever, the same for everybody; nothing in it runs.
 */
export function pictureRoutes({ picture }: Pick<WebContext, 'picture'>): Router {
  const router = Router()
  router.get('/p/:name', async (request, response) => {
    const { name } = request.params
    const named = pictureOfName(name)
    const bytes = named && (await picture(name))
    if (!named || !bytes) return sendNotFound(response)
    response
      .set({
        'Cache-Control': 'public, max-age=31536000, immutable',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cross-Origin-Resource-Policy': 'cross-origin',
      })
      .type(`image/${named.type}`)
      .send(bytes)
  })
  return router
}
