'use client'

import { Button } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import type { PrintSheet } from '../../../review/inbox/printSheets'
import { useApiAddress } from '../../api/useApi'
import { Legend, Marked } from './marked'

/** Where this browser remembers the names of the boxes. */
const REMEMBERED = 'kizuna-stamps'
const USUAL = '起案、係長、課長補佐、課長'

interface PrintProps {
  sheets: readonly PrintSheet[]
  /** How many of what was asked for the person may not read. */
  left: number
  printedAt: string
}

/** The texts on sheets of paper, and above them, on the screen alone, what is to be printed. */
export function PrintView({ sheets, left, printedAt }: PrintProps) {
  const [stamps, setStamps] = useStamps()
  return (
    <div className="kizuna-print">
      <div className="kizuna-panel kizuna-print__controls">
        <p role="status">
          {sheets.length} 件を印刷します。
          {left > 0 && `ほかの ${left} 件は、見つからないか、見る権限がありません。`}
        </p>
        <label className="kizuna-print__stamps">
          判の欄(「、」で区切ります。この端末に残ります)
          <input
            type="text"
            maxLength={100}
            value={stamps}
            onChange={(event) => setStamps(event.target.value)}
          />
        </label>
        <Button margin={false} onClick={() => window.print()}>
          印刷する
        </Button>
      </div>
      {sheets.map((sheet) => (
        <Sheet key={sheet.id} sheet={sheet} stamps={stamps} printedAt={printedAt} />
      ))}
    </div>
  )
}

/** The names of the boxes, as this browser knew them last. */
function useStamps(): [string, (stamps: string) => void] {
  const [stamps, setStamps] = useState(USUAL)
  useEffect(() => setStamps(window.localStorage.getItem(REMEMBERED) ?? USUAL), [])
  const change = (next: string) => {
    setStamps(next)
    window.localStorage.setItem(REMEMBERED, next)
  }
  return [stamps, change]
}

interface SheetProps {
  sheet: PrintSheet
  stamps: string
  printedAt: string
}

function Sheet({ sheet, stamps, printedAt }: SheetProps) {
  return (
    <article className="kizuna-sheet" aria-label={sheet.title}>
      <Stamps names={stamps.split('、')} />
      <p className="kizuna-sheet__place">{sheet.place.join(' ・ ')}</p>
      <h2 className="kizuna-sheet__title">{sheet.title}</h2>
      <dl className="kizuna-sheet__facts">
        <Fact name="状態" values={[sheet.state]} />
        <Fact name="書いた人" values={sheet.writers} />
        <Fact name="承認" values={sheet.approvals} />
        <Fact name="内容の指紋" values={[sheet.hash]} />
        <Fact name="印刷" values={[printedAt]} />
      </dl>
      <p className="kizuna-sheet__comparison">{sheet.comparison}</p>
      {isMarked(sheet) && <Legend />}
      <Messages sheet={sheet} />
      <Pictures sheet={sheet} />
      <h3>承認する、そのほかの内容</h3>
      <dl className="kizuna-sheet__fields">
        {sheet.fields.map(({ path, label, text, parts }) => (
          <div key={path}>
            <dt>{label}</dt>
            <dd>{parts ? <Marked parts={parts} /> : text}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
}

function Fact({ name, values }: { name: string; values: readonly string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{values.length > 0 ? values.join('、') : 'まだありません'}</dd>
    </div>
  )
}

/** Empty boxes for the stamps of those who pass the paper on. */
function Stamps({ names }: { names: readonly string[] }) {
  return (
    <ul className="kizuna-sheet__stamps" aria-label="判の欄">
      {names.map((name, at) => (
        <li key={at}>{name.trim() || '\u00a0'}</li>
      ))}
    </ul>
  )
}

function Messages({ sheet: { mail, line } }: { sheet: PrintSheet }) {
  if (!mail) return <p>まだ、届く文になりません(足りない項目があります)。</p>
  return (
    <>
      <h3>メールで届く文</h3>
      <p className="kizuna-sheet__subject">
        件名: <Marked parts={mail.subject} />
      </p>
      <p className="kizuna-sheet__message">
        <Marked parts={mail.text} />
      </p>
      <h3>LINE で届く文</h3>
      {line.map((parts, at) => (
        <p key={at} className="kizuna-sheet__message">
          <Marked parts={parts} />
        </p>
      ))}
    </>
  )
}

/** The pictures themselves: their names tell nobody who signs what they approve. */
function Pictures({ sheet: { pictures } }: { sheet: PrintSheet }) {
  const addressOf = useApiAddress()
  if (pictures.length === 0) return null
  return (
    <>
      <h3>絵・写真と表紙</h3>
      {pictures.map(({ name, alt }) => (
        <figure key={name} className="kizuna-sheet__picture">
          <img src={addressOf(`/kizuna-pictures/${name}`)} alt={alt} />
          <figcaption>{alt}</figcaption>
        </figure>
      ))}
    </>
  )
}

function isMarked({ mail, line, fields }: PrintSheet): boolean {
  const all = [
    mail?.subject ?? [],
    mail?.text ?? [],
    ...line,
    ...fields.map(({ parts }) => parts ?? []),
  ]
  return all.some((parts) => parts.some(({ kind }) => kind !== 'same'))
}
