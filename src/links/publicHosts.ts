import { lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'

import ipaddr from 'ipaddr.js'

/** Stands for an address that leads into a network of somebody's own. */
export class InsideError extends Error {
  readonly code = 'INSIDE'
}

/**
 * Whether an IP address is one of the public internet: what is written in a text may lead nowhere
 * else, lest the CMS be made to ask inside the town hall's network. *Pure.*
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

/** The address that a URL names as a number; null where it names a host. *Pure.* */
export function numberOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? null : bare
}

/**
 * A `lookup` for sockets that finds public addresses alone: it is asked at the moment of connecting,
 * so a name that answers differently the second time gets nowhere.
 *
 * @param isAllowed which addresses may be reached.
 */
export function createGuardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const refused = found.find(({ address }) => !isAllowed(address))
      if (refused) return callback(new InsideError(`${hostname} leads inside`), [])
      if (options.all) return callback(null, found)
      const [first] = found
      callback(null, first?.address ?? '', first?.family)
    })
  }
}

/** Names that lead nowhere by agreement. https://www.iana.org/assignments/special-use-domain-names */
const SET_ASIDE = /(?:^|\.)(?:example(?:\.(?:com|net|org|jp))?|invalid|test)\.?$/i

/** Names of the inside. */
const INSIDE = /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa|lgwan\.jp|asp\.lgwan\.jp)\.?$/i

/** What a host's name says before anybody is asked; null where it has to be. *Pure.* */
export function findingOfName({ hostname }: URL): 'example' | 'inside' | null {
  if (SET_ASIDE.test(hostname)) return 'example'
  return INSIDE.test(hostname) || !/[.:]/.test(hostname) ? 'inside' : null
}
