import type { PayloadRequest } from 'payload'

import { municipalityOf } from '../cms/municipalityOf'
import { relatedId } from '../cms/relation'
import type { KizunaSource } from '../payload-types'
import { registrationAddress } from '../source/registrationAddress'

/** Where the QR code of a source leads, for who was given the source. */
export async function addressOfSource(
  req: PayloadRequest,
  { municipality, code }: Pick<KizunaSource, 'municipality' | 'code'>,
  publicUrl: string,
): Promise<string> {
  const town = await municipalityOf(relatedId(municipality), req)
  return registrationAddress({
    publicUrl,
    municipality: town?.code ?? '',
    source: code ?? '',
  })
}
