import type { ArrivalMunicipality } from '../../arrivals/municipality'
import { balanceOf, isNarrowedByArea, type BalanceRow } from '../../calendar/balance'
import { COUNTED_KINDS, type CountedChild } from '../../calendar/familyMonth'
import { monthLabel } from '../../stage/japaneseDate'
import { monthOf, type Month } from '../../stage/month'
import type { LocalDay } from '../../stage/day'
import { PrintButton } from '../statistics/printButton'
import { BalanceForm, type BalanceQuestion } from './balanceForm'
import { MonthChoice } from './monthChoice'

interface ViewProps {
  town: ArrivalMunicipality & { id: string }
  month: Month
  today: LocalDay
  question: BalanceQuestion
  /** Names of the editions by their code. */
  labels: Readonly<Record<string, string>>
  /** Path of the page, and of the admin. */
  path: string
  admin: string
  /** Whether the person may look at other municipalities, too. */
  isOneOfMany: boolean
}

/** How many texts one family gets in a month, by stage: so that nobody gets too many. */
export function BalanceView(props: ViewProps) {
  const { town, month, today, question, labels, path, admin, isOneOfMany } = props
  const { settings, content } = town
  const family = {
    edition: question.edition,
    area: question.area || null,
    channel: question.channel,
    isTwins: false,
    isCorrected: false,
  }
  const rows = balanceOf({ settings, content, month, family })
  const asked = new URLSearchParams({ ...question, view: 'life', municipality: town.id })
  const lifeOf = (child: CountedChild) =>
    `${admin}/this-day?${asked}&${'dueDate' in child ? `due=${child.dueDate}` : `birth=${child.birthDate}`}`
  return (
    <section className="kizuna-calendar-month" aria-labelledby="kizuna-balance">
      <h2 className="kizuna-page__subtitle" id="kizuna-balance">
        {settings.name} {monthLabel(month)}に 1 家族に届く数
      </h2>
      <MonthChoice
        town={town.id}
        month={month}
        current={monthOf(today)}
        path={path}
        beside={{ counts: '1', ...question }}
      />
      {isOneOfMany && (
        <p>
          <a href={`${path}?month=${month}&counts=1`}>ほかの自治体を選ぶ</a>
        </p>
      )}
      <BalanceForm town={town} month={month} question={question} labels={labels} path={path} />
      {isNarrowedByArea({ settings, content, month }) && question.area === '' && (
        <p role="note">
          この月は、地区を選んだ自治体原稿があります。上で地区を選ぶと、その地区の家族に届く数を確かめられます。
        </p>
      )}
      <Finding rows={rows} month={month} admin={admin} />
      <BalanceTable rows={rows} lifeOf={lifeOf} dailyCap={settings.dailyCap} />
      <Notes dailyCap={settings.dailyCap} isResting={!settings.isActive} />
      <PrintButton />
    </section>
  )
}

/** What the table says, in a sentence. */
function Finding({ rows, month, admin }: { rows: BalanceRow[]; month: Month; admin: string }) {
  const most = mostOf(rows)
  if (most === 0) {
    return (
      <p role="status">
        {monthLabel(month)}
        は、どの時期の家族にも何も届きません。使うシリーズは
        <a href={`${admin}/collections/kizuna-municipalities`}>自治体の設定</a>
        で選びます。
      </p>
    )
  }
  const fullest = rows.filter((row) => row.most.total === most).map(({ name }) => name)
  const capped = rows.filter((row) => row.most.capped > 0).map(({ name }) => name)
  return (
    <p role="status">
      いちばん多いのは{fullest.join('、')}の家族で、1 か月に {most} 通です。
      {capped.length > 0 &&
        `${capped.join('、')}では、同じ日に重なりすぎて届かない文があります。お知らせの日をずらすと届きます。`}
    </p>
  )
}

interface TableProps {
  rows: readonly BalanceRow[]
  lifeOf: (child: CountedChild) => string
  dailyCap: number
}

function BalanceTable({ rows, lifeOf, dailyCap }: TableProps) {
  const most = mostOf(rows)
  return (
    <table className="kizuna-balance">
      <caption>それぞれの時期でいちばん多く届く家族の数(通)</caption>
      <thead>
        <tr>
          <th scope="col">月の 1 日の時期</th>
          <th scope="col">合計</th>
          {COUNTED_KINDS.map(({ kind, label }) => (
            <th key={kind} scope="col">
              {label}
            </th>
          ))}
          <th scope="col">自治体原稿が付く文</th>
          <th scope="col">多い日に届く数</th>
          <th scope="col">1 日 {dailyCap} 通を超えて届かない</th>
          <th scope="col">いちばん少ない家族</th>
          <th scope="col">届くもの</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.name}
            row={row}
            isMost={most > 0 && row.most.total === most}
            lifeOf={lifeOf}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  row: BalanceRow
  isMost: boolean
  lifeOf: (child: CountedChild) => string
}

function Row({ row: { name, most, least }, isMost, lifeOf }: RowProps) {
  const figures = [
    ...COUNTED_KINDS.map(({ kind, label }) => ({ label, count: most.counts[kind] })),
    { label: '自治体原稿が付く文', count: most.withAddOn },
    { label: '多い日に届く数', count: most.fullestDay },
    { label: '上限を超えて届かない', count: most.capped },
    { label: 'いちばん少ない家族', count: least },
  ]
  return (
    <tr className={isMost ? 'kizuna-balance__most' : undefined}>
      <th scope="row">{name}</th>
      <td data-label="合計">
        {most.total}
        {isMost && <strong className="kizuna-balance__mark">最多</strong>}
      </td>
      {figures.map(({ label, count }) => (
        <td key={label} data-label={label} data-zero={count === 0 || undefined}>
          {count}
        </td>
      ))}
      <td className="kizuna-balance__way">
        <a href={lifeOf(most.child)}>
          見る<span className="kizuna-unseen">({name})</span>
        </a>
      </td>
    </tr>
  )
}

function Notes({ dailyCap, isResting }: { dailyCap: number; isResting: boolean }) {
  return (
    <ul className="kizuna-balance__notes">
      {isResting && <li>いまはお休み中です。再開していたら届く数を出しています。</li>}
      <li>
        配信と同じしくみで、妊娠は 1 週ごと、子どもは 1 か月ごとに見本の家族を 1
        つずつ置いて数えています。子どもは 1 人、誕生日は月の 1 日です。
      </li>
      <li>
        いま公開している文で数えます。これから公開する文と、緊急のお知らせは入りません。続柄を選んだお知らせは、その続柄の家族に届く数として入っています。
      </li>
      <li>
        {`1 人の読者に 1 日に届くのは ${dailyCap} 通までです。`}
        超えた日は、アンケート、お知らせ、自治体原稿だけの文の順に届かなくなります。
      </li>
    </ul>
  )
}

function mostOf(rows: readonly BalanceRow[]): number {
  return Math.max(0, ...rows.map(({ most }) => most.total))
}
