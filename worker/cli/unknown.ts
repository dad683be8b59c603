import {
  MAIL_DECISION_WORDS,
  MAIL_DECISIONS,
  MAX_DECIDED,
  unknownWords,
} from '../../src/operation/act'
import { japaneseMoment } from '../../src/stage/japaneseDate'
import { messageName } from '../channel/mail'
import type { OpenMail } from '../ledger/unknownMails'
import { actNow, requireReason } from './act'
import { readArguments, UsageError, type Arguments } from './arguments'
import type { CliIo } from './commands'
import { chosenMunicipalities, withDelivery } from './openCommand'

/** `unknown`: mails of which nobody knows whether they went; decides one of them, or all of a municipality. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: {
      municipality: 'value',
      mail: 'value',
      all: 'flag',
      decide: 'value',
      reason: 'value',
    },
  })
  const decision = decisionOf(given)
  const { municipality: town, mail } = given.values
  const { isJson, flags } = given
  if (decision && (mail === undefined) === !flags.has('all')) {
    throw new UsageError('--mail 番号 か --all の、どちらか 1 つを指定してください。')
  }
  if (decision && town === undefined) {
    throw new UsageError('--municipality がありません。どの自治体のメールかを指定してください。')
  }
  const reason = decision ? requireReason(given) : ''
  return withDelivery(io, async (delivery) => {
    await delivery.syncedContent.refresh()
    if (town !== undefined) chosenMunicipalities(delivery, town)
    const open = await delivery.unknownMails.list(town)
    const nameOf = (code: string) => delivery.syncedContent.settings(code)?.name ?? code
    if (!decision || town === undefined) return list(open, { io, isJson, nameOf })
    const chosen = open.filter(({ number }) => flags.has('all') || number === mail)
    if (chosen.length === 0) {
      await io.err('kizuna unknown: その番号の、送れたか分からないメールはありません。')
      return 1
    }
    if (decision === 'again' && !chosen.every(({ mayGoAgain }) => mayGoAgain)) {
      await io.err('kizuna unknown: 日か時間の過ぎたものは、もう一度は送れません。')
      return 1
    }
    let worst = 0
    for (let at = 0; at < chosen.length; at += MAX_DECIDED) {
      const mails = chosen.slice(at, at + MAX_DECIDED).map(({ number }) => number)
      const act = { kind: 'mail' as const, town, mails, decision }
      worst = Math.max(worst, await actNow(delivery, io, { act, reason, isJson }))
    }
    return worst
  })
}

function decisionOf({ values: { decide } }: Arguments) {
  if (decide === undefined) return null
  const decision = MAIL_DECISIONS.find((one) => one === decide)
  if (decision) return decision
  const choices = MAIL_DECISIONS.map((one) => `${one}(${MAIL_DECISION_WORDS[one]})`)
  throw new UsageError(
    `--decide: 「${decide}」は選べません。${choices.join('、')}のどれかを指定してください。`,
  )
}

interface Listing {
  io: CliIo
  isJson: boolean
  /** Name of a municipality by its code. */
  nameOf: (code: string) => string
}

async function list(open: readonly OpenMail[], { io, isJson, nameOf }: Listing): Promise<number> {
  const [first] = open
  if (!first && !isJson) await io.out('送れたか分からないメールはありません。')
  for (const mail of open) {
    const { number, town, at, code, delivery, mayGoAgain } = mail
    const words = `${unknownWords(code)}${mayGoAgain ? '' : '(もう一度は送れません)'}`
    const line = `${number}  ${nameOf(town)}(${town})  ${japaneseMoment(at)}  ${words}`
    await io.out(isJson ? JSON.stringify(mail) : line)
    if (!isJson) await io.out(`  中継サーバーの記録でさがす Message-ID: ${messageName(delivery)}@…`)
  }
  if (first && !isJson) {
    const how = `--mail 番号 --decide sent --reason わけ`
    await io.out(
      `決めるには(分からなければ sent): kizuna unknown --municipality ${first.town} ${how}`,
    )
  }
  return 0
}
