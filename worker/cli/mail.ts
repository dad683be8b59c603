import { parseConfig } from '../../src/config/config'
import { checkMailAddress } from '../../src/release/mailAddress'
import { createMailResolver, type MailResolver } from '../../src/senderCheck/resolver'
import { checkSender, type AskedRecord, type Finding } from '../../src/senderCheck/senderCheck'
import { domainOf, sendingOf } from '../../src/senderCheck/sending'
import { readArguments, UsageError } from './arguments'
import { checkedLine, isAnyWrong, SIGN_WORDS } from './checked'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/** `mail check`: whether a sender's mails can arrive, and what to ask whoever keeps its DNS for. */
export function run(args: string[], io: CliIo): Promise<number> {
  return runWith(createMailResolver(), args, io)
}

/** {@link run} with another DNS. */
export async function runWith(resolver: MailResolver, args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { selector: 'value' }, maxWords: 2 })
  const [word, sender] = given.words
  if (word !== 'check')
    throw new UsageError('mail check [ドメインか差出アドレス] と書いてください。')
  const { selector } = given.values
  const domains = sender === undefined ? await sendersOf(io) : [domainIn(sender)]
  const config = parseConfig({ ...io.env })
  let isWrong = false
  for (const domain of domains) {
    const findings = await checkSender(sendingOf(config, domain, selector), resolver)
    isWrong ||= isAnyWrong(findings)
    if (given.isJson) await io.out(JSON.stringify({ domain, findings }))
    else for (const line of lines(domain, findings)) await io.out(line)
  }
  return isWrong ? 1 : 0
}

/** The domains that the municipalities' mails come from. */
function sendersOf(io: CliIo): Promise<string[]> {
  return withDelivery(io, async ({ syncedContent }) => {
    await syncedContent.refresh()
    const active = syncedContent.municipalities().filter(({ isActive }) => isActive)
    return [...new Set(active.map(({ mailFrom }) => domainOf(mailFrom)))].toSorted()
  })
}

function domainIn(typed: string): string {
  const domain = domainOf(typed)
  if (checkMailAddress(`a@${domain}`).isValid) return domain
  throw new UsageError(
    `「${typed}」はドメインでも差出アドレスでもありません。例: minato.example.jp`,
  )
}

function lines(domain: string, findings: Finding[]): string[] {
  const asked = findings.flatMap(({ ask }) => ask ?? [])
  return [
    `${domain} から送るメール(${SIGN_WORDS})`,
    ...findings.map(checkedLine),
    ...(asked.length > 0 ? ['', ...letter(asked)] : []),
    '',
  ]
}

/** What can be handed on as it is. */
function letter(asked: AskedRecord[]): string[] {
  return [
    'DNS を受け持つ方へ(このまま渡せます): 次のレコードを登録してください。',
    ...asked.map(({ name, type, value }) => `  ${name}  ${type}  ${value}`),
  ]
}
