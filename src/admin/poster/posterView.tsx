'use client'

import { useState } from 'react'

import { PAPERS, type Paper } from '../../poster/papers'
import {
  MAX_SENTENCE,
  POSTER_LANGUAGES,
  usualSentences,
  type PosterLanguage,
  type Sentences,
} from '../../poster/posterWords'
import { useApiAddress } from '../api/useApi'
import { PosterSheet, type PosterFace } from './posterSheet'

interface ViewProps extends Omit<PosterFace, 'town' | 'sentences'> {
  town: PosterFace['town'] & { channels: readonly string[] }
  source: { id: string; name: string }
  /** Where the QR code leads. */
  address: string
  /** Way back to the list. */
  back: string
}

/** A source's QR code to take along, and its poster, whose sentences may be written anew before it is printed. */
export function PosterView({ town, source, address, back, ...face }: ViewProps) {
  const [paper, setPaper] = useState<Paper>('poster')
  const [language, setLanguage] = useState<PosterLanguage>('standard')
  const [sentences, setSentences] = useState(usualSentences('standard', town.channels))
  const speak = (chosen: PosterLanguage) => {
    setLanguage(chosen)
    setSentences(usualSentences(chosen, town.channels))
  }
  return (
    <section className="kizuna-posters kizuna-print" aria-label={source.name}>
      <div className="kizuna-print__controls">
        <h2 className="kizuna-page__subtitle">{source.name}</h2>
        <p>
          <a href={back}>きっかけの一覧にもどる</a>
        </p>
        <QrFiles source={source} address={address} isOnLine={town.channels.includes('line')} />
        <div className="kizuna-panel kizuna-fill kizuna-posters__form">
          <h3 className="kizuna-panel__title">ポスターを印刷する</h3>
          <Choice label="紙" choices={PAPERS} chosen={paper} onChoose={setPaper} />
          <Choice label="言葉" choices={POSTER_LANGUAGES} chosen={language} onChoose={speak} />
          <SentenceFields sentences={sentences} onChange={setSentences} />
          <button
            type="button"
            className="kizuna-button kizuna-button--main"
            onClick={() => void document.fonts.ready.then(() => window.print())}
          >
            印刷する・PDF にする
          </button>
          <p className="kizuna-panel__hint">
            印刷の画面で、用紙は A4 にします。PDF にするときは、送信先で「PDF
            に保存」を選びます。白黒でも読めます。
          </p>
        </div>
      </div>
      <PosterSheet {...face} paper={paper} language={language} town={town} sentences={sentences} />
    </section>
  )
}

const ON_LINE =
  'LINE で登録した方のきっかけが数字に残るのは、LINE の中で登録の画面を開く設定(LIFF ID)のあるアカウントだけです。メールで登録した方のきっかけは、いつも残ります。設定は、システム管理者に聞いてください。'

interface FilesProps extends Pick<ViewProps, 'source' | 'address'> {
  /** Whether families may register on LINE, whose link to a friend carries nothing along. */
  isOnLine: boolean
}

function QrFiles({ source, address, isOnLine }: FilesProps) {
  const addressOf = useApiAddress()
  const files = [
    { ending: 'png', label: 'QR コードの画像(PNG)' },
    { ending: 'svg', label: 'QR コードの図(SVG、印刷業者向け)' },
  ]
  return (
    <div className="kizuna-panel">
      <h3 className="kizuna-panel__title">QR コードを自分のチラシに使う</h3>
      <p>
        読み取ると開くページ:{' '}
        <a className="kizuna-posters__address" href={address} target="_blank" rel="noreferrer">
          {address}
        </a>
      </p>
      <div className="kizuna-actions">
        {files.map(({ ending, label }) => (
          <a
            key={ending}
            className="kizuna-button"
            href={addressOf(`/kizuna-sources/${source.id}/qr.${ending}`)}
            download
          >
            {label}
          </a>
        ))}
      </div>
      {isOnLine && <p className="kizuna-panel__hint">{ON_LINE}</p>}
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  choices: readonly { value: Value; label: string }[]
  chosen: Value
  onChoose: (value: Value) => void
}

function Choice<Value extends string>({ label, choices, chosen, onChoose }: ChoiceProps<Value>) {
  return (
    <label>
      {label}
      <select value={chosen} onChange={(event) => onChoose(event.target.value as Value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  )
}

interface FieldsProps {
  sentences: Sentences
  onChange: (sentences: Sentences) => void
}

function SentenceFields({ sentences, onChange }: FieldsProps) {
  return sentences.map((sentence, at) => (
    <label key={at}>
      {at + 1} つめの文(書き直せます)
      <textarea
        rows={2}
        maxLength={MAX_SENTENCE}
        value={sentence}
        onChange={({ target }) => {
          const [first, second, third] = sentences.with(at, target.value)
          onChange([first ?? '', second ?? '', third ?? ''])
        }}
      />
    </label>
  ))
}
