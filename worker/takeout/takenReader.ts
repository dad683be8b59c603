import type { KeyRing } from '../../src/secret/seal'
import { openIdentity, sealIdentity, suppressionId } from '../readers/identity'
import type { Identity, Reader, Suppression } from '../readers/reader'

/** An address of a reader in an archive: in clear, since the keys stay where it is taken from. */
export interface TakenIdentity extends Pick<Identity, 'channel' | 'account' | 'status'> {
  /** Null for who was forgotten: nobody can read it any more. */
  address: string | null
  /** Of one without address: what told it apart, which finds nobody in another installation. */
  index?: string
  /** Why nothing may be sent to it, and since when. */
  refusal?: Pick<Suppression, 'reason' | 'at'>
}

/**
 * A reader in an archive. Former addresses are kept as keyed hashes alone and mean nothing elsewhere;
 * the towns a reader came from are those towns'.
 */
export interface TakenReader extends Omit<Reader, 'identities' | 'former' | 'leftTowns'> {
  identities: TakenIdentity[]
}

/** A reader as an archive has them, with what is known of their addresses. *Pure.* */
export function takenReader(
  ring: KeyRing,
  { former: _former, leftTowns: _left, ...reader }: Reader,
  refusals: ReadonlyMap<string, Suppression>,
): TakenReader {
  const identities = reader.identities.map((identity): TakenIdentity => {
    const { channel, account, status, sealed, index } = identity
    const refusal = refusals.get(suppressionId(identity))
    const address = sealed === '' ? null : openIdentity(ring, identity)
    return {
      channel,
      account,
      status,
      address,
      ...(address === null && { index }),
      ...(refusal && { refusal: { reason: refusal.reason, at: refusal.at } }),
    }
  })
  return { ...reader, identities }
}

/** A reader of an archive with this installation's keys, and what refuses their addresses. */
export function broughtReader(
  ring: KeyRing,
  taken: TakenReader,
): { reader: Reader; suppressions: Suppression[] } {
  const suppressions: Suppression[] = []
  const identities = taken.identities.map(({ address, refusal, index = '', ...rest }): Identity => {
    if (address === null) return { ...rest, sealed: '', index }
    const { channel, account, status } = rest
    const identity = { ...sealIdentity(ring, { channel, account, address }), status }
    if (refusal) suppressions.push({ _id: suppressionId(identity), ...refusal })
    return identity
  })
  return { reader: { ...taken, identities }, suppressions }
}
