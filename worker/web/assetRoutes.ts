import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

import { Router, type Response } from 'express'

import { anyMunicipality, sendNotFound, type WebContext } from './webContext'

const require = createRequire(import.meta.url)

/**
 * The style sheets: DADS tokens, ours, and the accent a municipality chose, and the two scripts, that
 * of forms and that of a page inside LINE; all served here.
 */
export function assetRoutes(web: WebContext): Router {
  const tokens = readFileSync(require.resolve('@digital-go-jp/design-tokens/dist/tokens.css'))
  const page = readFileSync(fileURLToPath(new URL('./page.css', import.meta.url)))
  const form = readFileSync(fileURLToPath(new URL('./form.js', import.meta.url)))
  const liff = readFileSync(fileURLToPath(new URL('./liff/liff.js', import.meta.url)))
  const router = Router()
  router.get('/robots.txt', (_, response) => {
    response.type('text').send('User-agent: *\nDisallow: /\n')
  })
  router.get('/style/tokens.css', (_, response) => sendStyle(response, tokens))
  router.get('/style/page.css', (_, response) => sendStyle(response, page))
  router.get('/script/form.js', (_, response) => sendScript(response, form))
  router.get('/script/liff.js', (_, response) => sendScript(response, liff))
  router.get('/style/accent/:code.css', async (request, response) => {
    const accent = (await anyMunicipality(web, request.params.code))?.accent
    if (!accent || !/^#[0-9a-f]{6}$/i.test(accent)) return sendNotFound(response)
    sendStyle(response, `:root { --accent: ${accent}; }\n`)
  })
  return router
}

function sendScript(response: Response, script: Buffer): void {
  response.set('Cache-Control', 'public, max-age=300').type('js').send(script)
}

function sendStyle(response: Response, style: Buffer | string): void {
  response.set('Cache-Control', 'public, max-age=300').type('css').send(style)
}
