import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { readSlot } from '../../fields/slotField'
import { hasRole, MUNICIPAL, SHEET_PEOPLE, TEAM } from '../../people/roles'
import { CONTENT_KINDS, kindOfCollection } from '../../release/contentKind'
import { collectionsFor } from '../../review/inbox/waiting'
import { loadStates, type DocumentState } from '../../review/queries/overview'
import { countShownStates } from '../../review/rules/state'
import {
  foundTexts,
  readTextQuestion,
  textAddress,
  type TextQuestion,
} from '../../review/rules/textSearch'
import { slotLabel, slotSortKey } from '../../stage/slot'
import { PageFrame } from '../pages/pageFrame'
import { Pager } from '../pages/pager'
import { settingsOf } from '../pages/settingsOf'
import { TextTable, type TextRow } from './textTable'

/** Rows on one page. */
const PAGE_SIZE = 100

const PEOPLE = [...TEAM, ...MUNICIPAL]

/** 「原稿をさがす」: all texts one may read, by where they stand and by their titles. */
export function TextsPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="原稿をさがす"
      description="題名の一部や、いまの状態でさがせます。数を選ぶと、その状態の原稿だけが並びます。"
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
  const question = readTextQuestion(params, collectionsFor(req.user))
  const { policy, now, editions } = settingsOf(req.payload)
  const { collection } = question
  const texts = await loadStates(req, { collection }, { policy, now })
  const { state, words } = question
  const inWords = foundTexts(texts, { state: '', words })
  const found = foundTexts(inWords, { state, words: '' })
  const ordered = found.map(placed).toSorted((a, b) => a.key - b.key)
  const from = (question.page - 1) * PAGE_SIZE
  const owners = await ownerNames(req, collection)
  const { admin } = req.payload.config.routes
  const rows = ordered.slice(from, from + PAGE_SIZE).map(({ text, label }): TextRow => ({
    ...text,
    path: `${admin}/collections/${collection}/${text.id}`,
    slotLabel: label,
    edition: editions.find(({ code }) => code === text.edition)?.label ?? '',
    owner: owners.get(text.series ?? text.municipality ?? '') ?? '',
  }))
  return (
    <>
      <SearchForm question={question} kinds={collectionsFor(req.user)} admin={admin} />
      <States texts={inWords} question={question} admin={admin} />
      <p className="kizuna-texts__count" role="status">
        {sentenceOf(found.length, question)}
      </p>
      {rows.length > 0 && <TextTable rows={rows} collection={collection} />}
      {hasRole(req.user, ...SHEET_PEOPLE) && (
        <p>
          <a href={`${admin}/sheets`}>Excel ブックや CSV に書き出す</a>
        </p>
      )}
      <Pager
        page={question.page}
        last={Math.ceil(found.length / PAGE_SIZE)}
        size={`${PAGE_SIZE} 件`}
        addressOf={(page) => `${admin}${textAddress({ ...question, page })}`}
      />
    </>
  )
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
        題名の一部
        <input type="search" name="words" defaultValue={words} />
      </label>
      <input type="hidden" name="state" value={state} />
      <button type="submit">さがす</button>
    </form>
  )
}

interface StatesProps extends Omit<FormProps, 'kinds'> {
  /** Those with the words that are looked for. */
  texts: readonly DocumentState[]
}

/** The counts of the home, each the way to what it counts. */
function States({ texts, question, admin }: StatesProps) {
  const { collection, words, state: chosen } = question
  const shown = countShownStates(texts).filter(({ code, count }) => count > 0 || code === chosen)
  const all = { code: '' as const, label: 'すべて', count: texts.length }
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

function sentenceOf(count: number, { state, words }: TextQuestion): string {
  if (count > 0) return `${count.toLocaleString('ja-JP')} 件あります。`
  if (words)
    return `題名に「${words}」がある原稿は見つかりません。言葉を短くして、もう一度さがしてください。`
  return state ? 'この状態の原稿はありません。' : 'まだ原稿がありません。'
}

/** A text with its place in the order of life; half-written drafts come last. */
function placed(text: DocumentState) {
  const slot = readSlot(text.slot)
  return {
    text,
    label: slot ? slotLabel(slot) : text.slot || '配信日なし',
    key: slot ? slotSortKey(slot) : Number.MAX_SAFE_INTEGER,
  }
}

async function ownerNames(
  req: PayloadRequest,
  collection: TextQuestion['collection'],
): Promise<Map<string, string>> {
  const { docs } = await req.payload.find({
    collection: CONTENT_KINDS[kindOfCollection(collection)].ownerCollection,
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    select: { name: true },
  })
  return new Map(docs.map(({ id, name }) => [id, name]))
}
