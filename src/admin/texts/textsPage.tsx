import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { canExport, hasRole, MUNICIPAL, TEAM } from '../../people/roles'
import { CONTENT_KINDS, kindOfCollection } from '../../release/contentKind'
import { printAddress } from '../../review/inbox/printAddress'
import { MAX_SET } from '../../review/inbox/set'
import { collectionsFor } from '../../review/inbox/waiting'
import {
  MOST_FOUND,
  PAGE_SIZE,
  searchTexts,
  type FoundTexts,
} from '../../review/queries/searchTexts'
import { SHOWN_STATES } from '../../review/rules/state'
import { readTextQuestion, textAddress, type TextQuestion } from '../../review/rules/textSearch'
import { PageFrame } from '../pages/pageFrame'
import { Pager } from '../pages/pager'
import { lastPage, pageWithin } from '../pages/pageWithin'
import { settingsOf } from '../pages/settingsOf'
import { findEditing } from '../../review/gate/editing'
import { TextTable, type ShownRow } from './textTable'

const PEOPLE = [...TEAM, ...MUNICIPAL]

/** 「原稿をさがす」: all texts one may read, by where they stand and by words of them. */
export function TextsPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="原稿をさがす"
      description="題名や文章の言葉と、いまの状態でさがせます。ひらがな・カタカナや、全角・半角の違いは気にしなくて大丈夫です。数を選ぶと、その状態の原稿だけが並びます。"
      roles={PEOPLE}
    >
      {hasRole(req.user, ...PEOPLE) && <Body req={req} params={view.searchParams ?? {}} />}
    </PageFrame>
  )
}

interface BodyProps {
  req: PayloadRequest
  params: Readonly<Record<string, unknown>>
}

async function Body({ req, params }: BodyProps) {
  const { now, editions } = settingsOf(req.payload)
  const asked = readTextQuestion(params, collectionsFor(req.user))
  const { question, found } = await searchWithin(req, asked, now())
  const { collection } = question
  const owners = await ownerNames(req, collection, found.rows)
  const editingOf = await findEditing(
    req,
    found.rows.map(({ id }) => ({ collection, id })),
  )
  const { admin } = req.payload.config.routes
  const rows = found.rows.map((text): ShownRow => ({
    ...text,
    path: `${admin}/collections/${collection}/${text.id}`,
    slotLabel: text.slotLabel || '配信日なし',
    edition: editions.find(({ code }) => code === text.edition)?.label ?? '',
    editing: editingOf(text.id),
    owner: owners.get(text.series ?? text.municipality ?? '') ?? '',
  }))
  return (
    <>
      <SearchForm question={question} kinds={collectionsFor(req.user)} admin={admin} />
      <States states={found.states} question={question} admin={admin} />
      <p className="kizuna-texts__count" role="status">
        {sentenceOf(found, question)}
      </p>
      {rows.length > 0 && <TextTable rows={rows} collection={collection} />}
      {canExport(req.user, sheetOf(collection)) && (
        <p>
          {found.count > 0 && (
            <a href={sheetAddress(req.payload.config.routes.api, question)} download>
              この {found.count} 件を Excel ブックに書き出す
            </a>
          )}{' '}
          <a href={`${admin}/sheets`}>取り込み・書き出しの画面を開く</a>
        </p>
      )}
      {rows.length > 0 && rows.length <= MAX_SET && (
        <p>
          <a
            href={printAddress(
              admin,
              found.rows.map(({ id }) => `${collection}:${id}`),
            )}
          >
            並んでいる {rows.length} 件を決裁用に印刷
          </a>
        </p>
      )}
      <p>
        <a href={`${admin}/collections/${collection}/trash`}>ごみ箱を見る</a>
      </p>
      <Pager
        page={question.page}
        last={lastPage(found.count, PAGE_SIZE)}
        size={`${PAGE_SIZE} 件`}
        addressOf={(page) => `${admin}${textAddress({ ...question, page })}`}
      />
    </>
  )
}

/** What is found, on the page that is asked for or else on the last one. */
async function searchWithin(req: PayloadRequest, asked: TextQuestion, now: Date) {
  const found = await searchTexts(req, asked, now)
  const page = pageWithin(asked.page, { count: found.count, size: PAGE_SIZE })
  const question = { ...asked, page }
  return { question, found: page === asked.page ? found : await searchTexts(req, question, now) }
}

const sheetOf = (collection: TextQuestion['collection']) =>
  CONTENT_KINDS[kindOfCollection(collection)].sheet

/** The file of what is found, on whatever page. */
function sheetAddress(api: string, { collection, state, words }: TextQuestion): string {
  const kind = sheetOf(collection)
  const asked = new URLSearchParams({ kind, format: 'xlsx', ...(state && { state }), words })
  return `${api}/sheets/export?${asked.toString()}`
}

interface FormProps {
  question: TextQuestion
  kinds: ReturnType<typeof collectionsFor>
  admin: string
}

/** A plain form: it works without a script, and what it finds can be sent as a link. */
function SearchForm({ question, kinds, admin }: FormProps) {
  const { collection, state, words } = question
  return (
    <form className="kizuna-fill kizuna-ask" action={`${admin}/texts`} method="get" role="search">
      {kinds.length > 1 ? (
        <label>
          どちら
          <select name="kind" defaultValue={collection}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {CONTENT_KINDS[kindOfCollection(kind)].label}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <input type="hidden" name="kind" value={collection} />
      )}
      <label>
        題名や文章の言葉
        <input type="search" name="words" defaultValue={words} />
      </label>
      <input type="hidden" name="state" value={state} />
      <button type="submit">さがす</button>
    </form>
  )
}

interface StatesProps extends Omit<FormProps, 'kinds'> {
  /** Of those with the words that are looked for. */
  states: FoundTexts['states']
}

/** The counts of the home, each the way to what it counts. */
function States({ states, question, admin }: StatesProps) {
  const { collection, words, state: chosen } = question
  const empty = SHOWN_STATES.filter(
    ({ code }) => code === chosen && !states.some((one) => one.code === code),
  )
  const shown = [...states, ...empty.map((one) => ({ ...one, count: 0 }))]
  const count = states.reduce((sum, one) => sum + one.count, 0)
  const all = { code: '' as const, label: 'すべて', count }
  return (
    <ul className="kizuna-texts__states" aria-label="状態で絞り込む">
      {[all, ...shown].map(({ code, label, count }) => (
        <li key={code}>
          <a
            href={`${admin}${textAddress({ collection, words, state: code })}`}
            aria-current={code === chosen ? 'true' : undefined}
          >
            {label} <strong>{count}</strong> 件
          </a>
        </li>
      ))}
    </ul>
  )
}

function sentenceOf({ count, isCut }: FoundTexts, { state, words }: TextQuestion): string {
  if (isCut)
    return `「${words}」がある原稿は ${MOST_FOUND} 件より多くあります。初めの ${MOST_FOUND} 件からさがしました。言葉を足すと、しぼれます。`
  if (count > 0) return `${count.toLocaleString('ja-JP')} 件あります。`
  if (words)
    return `題名や文章に「${words}」がある原稿は見つかりません。言葉を短くして、もう一度さがしてください。`
  return state ? 'この状態の原稿はありません。' : 'まだ原稿がありません。'
}

/** Names of the series or municipalities of some rows. */
async function ownerNames(
  req: PayloadRequest,
  collection: TextQuestion['collection'],
  rows: FoundTexts['rows'],
): Promise<Map<string, string>> {
  const ids = rows.map(({ series, municipality }) => series ?? municipality ?? '').filter(Boolean)
  const { docs } = await req.payload.find({
    collection: CONTENT_KINDS[kindOfCollection(collection)].ownerCollection,
    where: { id: { in: [...new Set(ids)] } },
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    select: { name: true },
  })
  return new Map(docs.map(({ id, name }) => [id, name]))
}
