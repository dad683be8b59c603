'use client'

import { ProposalCover } from './proposalCover'
import type { ProposalForm, ProposedCover } from './proposalData'

interface FieldsProps {
  form: ProposalForm
  onChange: (change: Partial<ProposalForm>) => void
}

interface AllProps extends FieldsProps {
  cover: ProposedCover | null
  onCover: (cover: ProposedCover | null) => void
}

/** Value and change of an input, by the name of what is typed in it. */
type InputOf = (name: keyof ProposalForm) => {
  value: string
  onChange: (event: { target: { value: string } }) => void
}

/** All that a contributor fills in. */
export function ProposalFields({ form, onChange, cover, onCover }: AllProps) {
  const isBook = form.kind === 'book'
  const inputOf: InputOf = (name) => ({
    value: form[name],
    onChange: (event) => onChange({ [name]: event.target.value }),
  })
  return (
    <>
      <KindField form={form} onChange={onChange} />
      <label>
        {isBook ? '絵本の題名' : '団体・ひろばの名前'}(必須)
        <input type="text" {...inputOf('title')} />
      </label>
      {isBook && (
        <Pair first={['作者', 'author']} second={['出版社', 'publisher']} inputOf={inputOf} />
      )}
      <AgeField inputOf={inputOf} />
      <label>
        紹介文(必須)
        <textarea rows={5} {...inputOf('description')} />
        <small>
          {isBook
            ? 'どんな絵本か、この月齢でどう楽しめるかを 2〜3 文で書きます。'
            : '何をする場所か、誰が行けるかを 2〜3 文で書きます。個人の電話番号は書かないでください。'}
        </small>
      </label>
      {isBook && <ProposalCover cover={cover} onChange={onCover} />}
      {!isBook && (
        <Pair first={['場所', 'place']} second={['日時', 'schedule']} inputOf={inputOf} />
      )}
      <label>
        詳しいページ(https:// で始まるアドレス。無ければ空のまま)
        <input type="url" {...inputOf('url')} />
      </label>
    </>
  )
}

function KindField({ form, onChange }: FieldsProps) {
  return (
    <fieldset>
      <legend>何を紹介しますか</legend>
      {(['book', 'group'] as const).map((kind) => (
        <label key={kind} className="kizuna-proposal__choice">
          <input
            type="radio"
            name="kind"
            checked={form.kind === kind}
            onChange={() => onChange({ kind })}
          />
          {kind === 'book' ? '絵本' : '団体・ひろば'}
        </label>
      ))}
    </fieldset>
  )
}

function AgeField({ inputOf }: { inputOf: InputOf }) {
  return (
    <fieldset>
      <legend>どの月齢のお子さん向けですか(必須)</legend>
      <span className="kizuna-proposal__age">
        <label>
          <input type="number" inputMode="numeric" min={0} max={10} {...inputOf('years')} />歳
        </label>
        <label>
          <input type="number" inputMode="numeric" min={0} max={11} {...inputOf('months')} />
          か月
        </label>
      </span>
    </fieldset>
  )
}

interface PairProps {
  /** Label and name. */
  first: readonly [string, keyof ProposalForm]
  second: readonly [string, keyof ProposalForm]
  inputOf: InputOf
}

/** Two short fields beside each other. */
function Pair({ first, second, inputOf }: PairProps) {
  return (
    <div className="kizuna-proposal__pair">
      {[first, second].map(([label, name]) => (
        <label key={name}>
          {label}
          <input type="text" {...inputOf(name)} />
        </label>
      ))}
    </div>
  )
}
