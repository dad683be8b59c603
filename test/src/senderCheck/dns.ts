import type { MailResolver } from '../../../src/senderCheck/resolver'

/** Records of an invented DNS, by kind and name. */
export type Records = Partial<Record<keyof MailResolver, Record<string, string[] | Error>>>

/** A DNS that asks nobody; an Error is a question without an answer. */
export function dnsOf(records: Records): MailResolver {
  const ask = (kind: keyof MailResolver) => async (name: string) => {
    const found = records[kind]?.[name] ?? []
    if (found instanceof Error) throw found
    return found
  }
  return { txt: ask('txt'), mx: ask('mx'), addresses: ask('addresses'), names: ask('names') }
}
