import type { BounceKind } from '../readers/collections'
import { japaneseMoment } from '../../src/stage/japaneseDate'
import type { Bounces, BounceCount } from '../bounce/bounces'
import type { HeldDomain } from '../bounce/hardBounces'
import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { renderTable } from './table'

const KINDS: Readonly<Record<BounceKind, string>> = {
  hard: '宛先がない',
  soft: 'いまは届かない(いっぱいなど)',
  ours: '差出人か中継サーバーの都合',
  complaint: '迷惑メールの申告',
  ignored: '届かなかった知らせではない',
  unmatched: 'だれのものか分からない',
  gone: 'もう使っていない連絡先',
  old: '本人が確かめ直す前のもの',
}

/** `bounces`: what came back in thirty days, and what of it waits for a person; no addresses. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { believe: 'value', drop: 'value' } })
  const { believe, drop } = given.values
  if (believe !== undefined && drop !== undefined) {
    throw new UsageError('--believe と --drop は、どちらか 1 つにしてください。')
  }
  return withDelivery(io, async ({ bounces }) => {
    if (bounces === null) {
      throw new Error('MAIL_BOUNCE_ADDRESS がないので、戻ってきたメールは読んでいません。')
    }
    const id = believe ?? drop
    if (id === undefined) return show(bounces, io, given.isJson)
    const domain = await heldBy(bounces, id)
    const as = believe === undefined ? 'dropped' : 'believed'
    const addresses = await bounces.decide(domain.id, as)
    const done = as === 'believed' ? 'への配信を止めました' : 'は、そのまま配信を続けます'
    await io.out(
      given.isJson ? JSON.stringify({ as, addresses }) : `連絡先 ${addresses} 件${done}。`,
    )
    return 0
  })
}

async function show(bounces: Bounces, io: CliIo, isJson: boolean): Promise<number> {
  const [counts, held] = [await bounces.counts(), await bounces.held()]
  if (isJson) await io.out(JSON.stringify({ counts, held: held.map(shown) }))
  else for (const line of [...countLines(counts), ...heldLines(held)]) await io.out(line)
  return held.length > 0 ? 1 : 0
}

function countLines(counts: BounceCount[]): string[] {
  if (counts.length === 0) return ['30 日のあいだに戻ってきたメールはありません。']
  const columns = [
    { heading: '戻ってきたわけ', cell: ({ kind }: BounceCount) => KINDS[kind] },
    { heading: 'コード', cell: ({ code }: BounceCount) => code },
    { heading: '通', cell: ({ count }: BounceCount) => count },
  ]
  return ['この 30 日に戻ってきたメール:', ...renderTable(columns, counts)]
}

function heldLines(held: HeldDomain[]): string[] {
  return held.map(({ id, name, addresses, since }) => {
    const domain = name ?? '少ない連絡先のドメイン'
    return `待っています: ${domain} の連絡先 ${addresses} 件(${japaneseMoment(since)} から)。止めるなら --believe ${shortId(id)}、続けるなら --drop ${shortId(id)}`
  })
}

function shown({ id, ...domain }: HeldDomain) {
  return { id: shortId(id), ...domain }
}

/** As much of the hash as a person types. */
function shortId(id: string): string {
  return id.slice(0, 8)
}

async function heldBy(bounces: Bounces, typed: string): Promise<HeldDomain> {
  const held = await bounces.held()
  const [found, ...others] = held.filter(({ id }) => typed.length >= 8 && id.startsWith(typed))
  if (found && others.length === 0) return found
  throw new UsageError(
    `「${typed}」で待っているものはありません。kizuna bounces で番号を確かめてください。`,
  )
}
