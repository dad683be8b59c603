import { dayRows, PAGE_SIZE, type DayRow } from '../../arrivals/dayRows'
import { loadMunicipality } from '../../arrivals/municipality'
import { dayLabel } from '../../stage/japaneseDate'
import type { AnchorKind } from '../../stage/slot'
import { Pager } from '../pages/pager'
import { ArrivalDetails } from './arrivalDetails'
import { queryOf } from './arrivalQuery'
import type { ResultProps } from './arrivalsPage'

const GROUPS: readonly { anchor: AnchorKind; label: string }[] = [
  { anchor: 'dueDate', label: '妊娠中(出産予定日から数える)' },
  { anchor: 'birthDate', label: '生まれてから(誕生日から数える)' },
  { anchor: 'schoolEntry', label: '就学(入学から数える)' },
  { anchor: 'support', label: '支えの文(希望した日から数える)' },
  { anchor: 'announcement', label: '引き継ぎのお知らせ(前のしくみから移った読者に一度だけ)' },
]

/** All that a municipality sends on one day, by what it counts from. */
export async function DayResult({ req, question, municipality, labels, address }: ResultProps) {
  const loaded = await loadMunicipality(req, municipality.id)
  if (!loaded) return null
  const { date, area, relation, isTwins, isCorrected } = question
  const family = { area: area || null, ...(relation && { relation }), isTwins, isCorrected }
  const { rows, count, page, last } = dayRows(loaded, { date, family, page: question.page })
  return (
    <section aria-label="届くもの">
      <h2 className="kizuna-page__subtitle">
        {dayLabel(date)} {municipality.name}
      </h2>
      {loaded.settings.isActive || <p role="note">この自治体の配信は、いま止められています。</p>}
      {count === 0 ? (
        <Nothing />
      ) : (
        <p>
          この日に何かが届く家族は、日付で分けて {count}{' '}
          通りです。行を開くと、届く文章が見られます。
        </p>
      )}
      {GROUPS.map(({ anchor, label }) => (
        <Group
          key={anchor}
          label={label}
          rows={rows.filter((row) => row.anchor === anchor)}
          labels={labels}
          question={question}
        />
      ))}
      <Pager
        page={page}
        last={last}
        size={`${PAGE_SIZE} 通り`}
        addressOf={(other) => address({ page: String(other) })}
      />
    </section>
  )
}

function Nothing() {
  return (
    <p className="kizuna-panel">
      この日に届くものはありません。自治体が使うシリーズが決まっているか、原稿が公開されているかを確かめてください。公開した原稿だけが、ここに出ます。
    </p>
  )
}

interface GroupProps extends Pick<ResultProps, 'labels' | 'question'> {
  label: string
  rows: readonly DayRow[]
}

function Group({ label, rows, labels, question }: GroupProps) {
  if (rows.length === 0) return null
  const { municipality, date, area, relation, isTwins } = question
  return (
    <section className="kizuna-day" aria-label={label}>
      <h3>{label}</h3>
      {rows.map(({ stage, family, anchors, editions }) => (
        <ArrivalDetails
          key={family}
          head={{ main: stage, aside: family }}
          lines={editions.map(({ edition, texts, leftOut }) => ({
            label: labels[edition] ?? edition,
            texts: texts.map(({ subject, addOns, isOtherEdition }) => ({
              subject,
              addOns,
              note: isOtherEdition ? 'この版の文章がないため、標準の版が届きます' : '',
            })),
            leftOut,
          }))}
          asks={editions.map(({ edition }) => ({
            label: labels[edition] ?? edition,
            query: queryOf({ municipality, date, edition, area, relation, isTwins, anchors }),
          }))}
        />
      ))}
    </section>
  )
}
