'use client'

import { Button } from '@payloadcms/ui'
import { useRef, useState } from 'react'

import { copyRest, useRenewal } from './useRenewal'
import { RenewalNews } from './renewalNews'
import './renewal.css'

interface FormProps {
  series: { id: string; name: string; code: string }[]
  startsOn: string
}

/** Names the series of the new fiscal year and fills it with drafts of all texts. */
export function CopyForm({ series, startsOn }: FormProps) {
  const renewal = useRenewal()
  const made = useRef<string | null>(null) // a copy that broke off goes on when asked again
  const copy = (form: FormData) =>
    renewal.run(async () => {
      made.current ??= (await renewal.call<{ id: string }>('', Object.fromEntries(form))).id
      await copyRest(renewal, made.current)
      renewal.router.push(`${renewal.admin}/renewal?series=${made.current}`)
    })
  if (series.length === 0) return <p>引き継げるシリーズがありません。先にシリーズを作ります。</p>
  return (
    <form
      className="kizuna-panel kizuna-fill kizuna-fill--lines"
      aria-label="シリーズを引き継ぐ"
      onChange={() => {
        made.current = null
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void copy(new FormData(event.currentTarget))
      }}
    >
      <h2 className="kizuna-panel__title">シリーズを引き継ぐ</h2>
      <p>
        原稿はすべて下書きとして写します。承認は引き継がれません。内容を変えなかった原稿は、承認し直すだけで済みます。
      </p>
      <CopyFields series={series} startsOn={startsOn} />
      <Button type="submit" margin={false} disabled={renewal.isOff}>
        {renewal.isBusy ? '写しています…' : '引き継ぐ'}
      </Button>
      <RenewalNews renewal={renewal} />
    </form>
  )
}

/** The old series and the names of the new one, which are proposed anew when the old one changes. */
function CopyFields({ series, startsOn }: FormProps) {
  const [old, setOld] = useState(series[0]?.id ?? '')
  const chosen = series.find(({ id }) => id === old)
  const year = startsOn.slice(0, 4)
  return (
    <>
      <label>
        元のシリーズ
        <select name="series" value={old} onChange={(event) => setOld(event.target.value)}>
          {series.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        使い始める日
        <input type="date" name="startsOn" defaultValue={startsOn} required />
      </label>
      <label key={`name-${old}`}>
        新しいシリーズの名前
        <input
          name="name"
          required
          maxLength={100}
          defaultValue={`${chosen?.name ?? ''} ${year}年度`}
        />
      </label>
      <label key={`code-${old}`}>
        新しいコード(英小文字・数字・ハイフン)
        <input name="code" required maxLength={40} defaultValue={`${chosen?.code ?? ''}-${year}`} />
      </label>
    </>
  )
}

/** Goes on with a copy that was broken off, or that has got new originals since. */
export function CopyRest({ id, missing }: { id: string; missing: number }) {
  const renewal = useRenewal()
  if (missing === 0 && renewal.news === null) return null
  return (
    <section className="kizuna-panel" aria-label="写していない原稿">
      {missing > 0 && (
        <>
          <p>元のシリーズの {missing} 件が、まだ写されていません。</p>
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={renewal.isOff}
            onClick={() => void renewal.run(() => copyRest(renewal, id))}
          >
            {renewal.isBusy ? '写しています…' : '残りを写す'}
          </Button>
        </>
      )}
      <RenewalNews renewal={renewal} />
    </section>
  )
}
