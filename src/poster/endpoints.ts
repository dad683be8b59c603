import type { Endpoint } from 'payload'

import { endpoint, httpRefusal, loggedIn } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { qrDrawing, type QrDrawing } from '../source/qrDrawing'
import { isPerson } from '../people/roles'
import { addressOfSource } from './addressOfSource'
import { qrPng, qrSvg } from './qrFile'

interface Format {
  type: string
  draw: (drawing: QrDrawing) => Promise<Uint8Array<ArrayBuffer>> | string
}

/** Files that a QR code is given as, by their ending. */
const FORMATS: Readonly<Record<'png' | 'svg', Format>> = {
  png: { type: 'image/png', draw: qrPng },
  svg: { type: 'image/svg+xml; charset=utf-8', draw: qrSvg },
}

/** Said where the CMS does not know the readers' pages. */
export const NO_PUBLIC_URL =
  '登録ページのアドレスが、まだ設定されていません。システム管理者に、PUBLIC_URL の設定を頼んでください。'

/**
 * `GET /kizuna-sources/:id/qr.png` and `qr.svg`: the QR code of a source's address as a file, for who may
 * read the source.
 */
export function sourceEndpoints({ publicUrl }: { publicUrl: string | null }): Endpoint[] {
  return Object.entries(FORMATS).map(([ending, { type, draw }]) =>
    endpoint({
      method: 'get',
      path: `/:id/qr.${ending}`,
      who: loggedIn,
      run: async ({ req, id }) => {
        if (publicUrl === null) throw httpRefusal(NO_PUBLIC_URL, 503)
        const source = await req.payload.findByID({
          collection: 'kizuna-sources',
          id,
          depth: 0,
          disableErrors: true,
          overrideAccess: false,
          req,
        })
        // the worker reads the codes, and prints nothing
        if (!source || !isPerson(req.user)) throw new ReviewRefusal('NOT_FOUND', NO_SOURCE)
        const file = await draw(qrDrawing(await addressOfSource(req, source, publicUrl)))
        return download(file, { type, name: `QR_${source.name}.${ending}`, code: source.code })
      },
    }),
  )
}

const NO_SOURCE = 'このきっかけは見つからないか、見る権限がありません。'

function download(
  file: Uint8Array<ArrayBuffer> | string,
  { type, name, code }: { type: string; name: string; code: unknown },
): Response {
  const ending = name.split('.').at(-1)
  return new Response(file, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="qr-${String(code)}.${ending}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
