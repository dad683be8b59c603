import { sealTakeout } from '../../src/secret/takeoutToken'
import { nameAndVersion } from '../takeout/productName'
import { takeOut } from '../takeout/takeOut'
import type { TakeoutAsked } from '../web/webOptions'
import type { DeliveryHalf } from './deliveryHalf'

/** Takes out a municipality in the name of a person, whom the CMS asks for their rights once more. */
export function createTakeoutByName(
  delivery: Pick<DeliveryHalf, 'db' | 'ring' | 'now' | 'cms' | 'syncedContent'>,
) {
  const { db, ring, now, cms, syncedContent } = delivery
  return async ({ by, municipality, passphrase, target }: TakeoutAsked): Promise<void> => {
    const { code, name, isActive } = municipality
    const id = syncedContent.settings(code)?.cmsId ?? ''
    const token = sealTakeout(ring, { by, municipality: code }, now())
    await takeOut({
      ...{ db, ring, now, passphrase, target },
      product: await nameAndVersion(),
      municipality: { code, name, id, isActive },
      cms: cms.takeoutPart(token),
    })
  }
}
