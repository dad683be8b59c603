import { Resolver } from 'node:dns/promises'

/** Asks the DNS; a name without such records gives none. */
export interface MailResolver {
  /** Each record as one text. */
  txt: (name: string) => Promise<string[]>
  /** Names of the servers that take mail for a domain. */
  mx: (name: string) => Promise<string[]>
  /** IPv4 and IPv6. */
  addresses: (name: string) => Promise<string[]>
  /** Names of an IP address. */
  names: (ip: string) => Promise<string[]>
}

/** How long one question may take, and how often it is asked. */
const ASKING = { timeout: 3000, tries: 2 }

/** Codes of "there is nothing of that": https://nodejs.org/api/dns.html#error-codes */
const NOTHING = ['ENOTFOUND', 'ENODATA']

/**
 * The DNS as this machine has it.
 *
 * @returns what throws an Error with a code (`ETIMEOUT`, `ESERVFAIL`) when no answer can be had.
 */
export function createMailResolver(): MailResolver {
  const dns = new Resolver(ASKING)
  return {
    txt: (name) => orNothing(dns.resolveTxt(name).then((all) => all.map((one) => one.join('')))),
    mx: (name) => orNothing(dns.resolveMx(name).then((all) => all.map(({ exchange }) => exchange))),
    addresses: async (name) =>
      (await Promise.all([orNothing(dns.resolve4(name)), orNothing(dns.resolve6(name))])).flat(),
    names: (ip) => orNothing(dns.reverse(ip)),
  }
}

async function orNothing(asked: Promise<string[]>): Promise<string[]> {
  try {
    return await asked
  } catch (error) {
    if (NOTHING.includes((error as { code?: string }).code ?? '')) return []
    throw error
  }
}
