import type { PayloadRequest } from 'payload'

import { accentOrDefault } from '../../release/colour'
import { qrDrawing, qrPath } from '../../source/qrDrawing'
import { printedAddress, registrationAddress } from '../../source/registrationAddress'
import { PosterView } from './posterView'

interface PageProps {
  req: PayloadRequest
  /** Id of the source. */
  id: string
  path: string
  publicUrl: string
}

/** One source: its QR code as files, and the poster to print. */
export async function SourcePage({ req, id, path, publicUrl }: PageProps) {
  const source = await req.payload.findByID({
    collection: 'kizuna-sources',
    id,
    depth: 1,
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  const town = source?.municipality
  if (!source || typeof town !== 'object') {
    return (
      <div className="kizuna-panel" role="alert">
        <p>このきっかけは見つからないか、見る権限がありません。</p>
        <p>
          <a href={path}>ポスターとQRをはじめから開く</a>
        </p>
      </div>
    )
  }
  const { name, code } = source
  const address = registrationAddress({
    publicUrl,
    municipality: town.code,
    source: code ?? '',
  })
  const drawing = qrDrawing(address)
  return (
    <PosterView
      town={{
        name: town.name,
        sender: town.senderName,
        accent: accentOrDefault(town.accent ?? null),
        channels: town.channels,
      }}
      source={{ id: String(source.id), name: name ?? '' }}
      address={address}
      printed={printedAddress(address)}
      qr={{ size: drawing.size, path: qrPath(drawing) }}
      back={`${path}?municipality=${town.id}`}
    />
  )
}
