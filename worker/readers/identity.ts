import { mailAddressKey } from '../../src/release/mailAddress'
import { blindIndex, open, seal, type KeyRing } from '../../src/secret/seal'

import type { Address, FormerIdentity, Identity } from './reader'

/** A LINE user id: https://developers.line.biz/en/docs/messaging-api/getting-user-ids/ */
const LINE_USER_ID = /^U[0-9a-f]{32}$/

/** True for the form of a LINE user id. *Pure.* */
export function isLineUserId(text: string): boolean {
  return LINE_USER_ID.test(text)
}

/** Seals an address as an identity of a reader. */
export function sealIdentity(ring: KeyRing, address: Address): Identity {
  const { channel, account } = address
  const sealed = seal(ring, address.address, contextOfIdentity(address))
  return { channel, account, sealed, index: indexOf(ring, address), status: 'active' }
}

/** The address of an identity, in clear. *Pure.* @throws SealError */
export function openIdentity(ring: KeyRing, identity: Identity): string {
  return open(ring, identity.sealed, contextOfIdentity(identity))
}

/** Blind index of an address; mail addresses that differ only in case are the same. *Pure.* */
export function indexOf(ring: KeyRing, address: Address): string {
  const isMail = address.channel === 'mail'
  const value = isMail ? mailAddressKey(address.address) : address.address
  return blindIndex(ring, value, contextOfIdentity(address))
}

/** `_id` of a suppression. *Pure.* */
export function suppressionId(of: Pick<Identity, 'channel' | 'account' | 'index'>): string {
  return `${of.channel}:${of.account}:${of.index}`
}

/** What an address is known by. *Pure.* */
export function nameOf({ channel, account, index }: FormerIdentity): FormerIdentity {
  return { channel, account, index }
}

/** Whether two are one address. *Pure.* */
export function isSame(one: FormerIdentity, other: FormerIdentity): boolean {
  const { channel, account, index } = nameOf(other)
  return one.channel === channel && one.account === account && one.index === index
}

/** Context an address is sealed with: on another account it does not open. *Pure.* */
export function contextOfIdentity({ channel, account }: Pick<Address, 'channel' | 'account'>) {
  return `identity:${channel}:${account}`
}
