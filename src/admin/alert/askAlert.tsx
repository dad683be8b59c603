'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'

import { MAX_DETAIL } from '../../alert/content'
import type { ChosenTemplate } from '../../alert/desk'
import type { ShownAlert } from '../../alert/render'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Hydrated } from '../fields/useHydrated'
import { readersSentence } from './alertWords'
import { ShownText } from './shownText'

interface AskProps {
  municipality: string
  templates: readonly ChosenTemplate[]
  areas: readonly string[]
  /** Who could send it, in a sentence. */
  senders: string
  /** Where a template is written, and whether the person may. */
  writePath: string
  canWrite: boolean
}

interface Prepared {
  shown: ShownAlert
  readers: number | null
}

type Kind = '' | 'training' | 'real'

/** Puts an urgent text together, shows what readers would get, and asks a second person to send it. */
export function AskAlert({ municipality, templates, areas, senders, ...write }: AskProps) {
  const { call, isBusy, errors, setErrors } = useApi()
  const router = useRouter()
  const [kind, setKind] = useState<Kind>('')
  const [template, setTemplate] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [detail, setDetail] = useState('')
  const [prepared, setPrepared] = useState<Prepared | null>(null)
  const [isAsked, setAsked] = useState(false)
  const isTraining = kind === 'training'
  const body = { municipality, template, areas: chosen, detail, isTraining }

  const change = (set: () => void) => {
    set()
    setPrepared(null)
    setAsked(false)
  }
  const prepare = async (event: FormEvent) => {
    event.preventDefault()
    const missing = [
      ...(kind === '' ? ['「訓練」か「本番」かを選んでください。'] : []),
      ...(template === '' ? ['ひな形を選んでください。'] : []),
    ]
    if (missing.length > 0) return setErrors(missing)
    const answer = await call<Prepared>('/kizuna-alerts/preview', { body })
    setPrepared(answer.isDone ? answer.body : null)
  }
  const ask = async () => {
    const answer = await call('/kizuna-alerts/ask', { body })
    if (!answer.isDone) return
    setPrepared(null)
    setAsked(true)
    setDetail('')
    router.refresh()
  }

  return (
    <section
      className={`kizuna-panel kizuna-alert${isTraining ? ' kizuna-alert--training' : ''}`}
      aria-label="緊急のお知らせを用意する"
    >
      <h3 className="kizuna-panel__title">用意する(1 人目)</h3>
      {isAsked && (
        <p role="status" className="kizuna-panel__note">
          確認を頼みました。まだ何も送られていません。{senders}
        </p>
      )}
      {templates.length === 0 ? (
        <NoTemplate {...write} />
      ) : (
        <Hydrated>
          <form className="kizuna-alert__form" onSubmit={(event) => void prepare(event)}>
            <fieldset className="kizuna-alert__kinds">
              <legend>訓練ですか、本番ですか</legend>
              <label>
                <input
                  type="radio"
                  name="kind"
                  checked={kind === 'training'}
                  onChange={() => change(() => setKind('training'))}
                />
                訓練(本物の LINE とメールには出ません)
              </label>
              <label>
                <input
                  type="radio"
                  name="kind"
                  checked={kind === 'real'}
                  onChange={() => change(() => setKind('real'))}
                />
                本番(家庭に届きます)
              </label>
            </fieldset>
            <label>
              ひな形
              <select
                value={template}
                onChange={(event) => change(() => setTemplate(event.target.value))}
              >
                <option value="">選んでください</option>
                {templates.map(({ key, title }) => (
                  <option key={key} value={key}>
                    {title}
                  </option>
                ))}
              </select>
            </label>
            {areas.length > 0 && (
              <fieldset className="kizuna-alert__kinds">
                <legend>地区(選ばなければ、ひな形のとおり)</legend>
                {areas.map((area) => (
                  <label key={area}>
                    <input
                      type="checkbox"
                      checked={chosen.includes(area)}
                      onChange={({ target }) =>
                        change(() =>
                          setChosen((before) =>
                            target.checked
                              ? [...before, area]
                              : before.filter((one) => one !== area),
                          ),
                        )
                      }
                    />
                    {area}
                  </label>
                ))}
              </fieldset>
            )}
            <label>
              いま分かっていること(どこで、いつまで、など。なければ空のまま。{MAX_DETAIL} 文字まで)
              <textarea
                rows={4}
                maxLength={MAX_DETAIL}
                value={detail}
                onChange={(event) => change(() => setDetail(event.target.value))}
              />
            </label>
            <ErrorList errors={errors} />
            <button type="submit" className="kizuna-button" disabled={isBusy}>
              届く文面と人数を見る
            </button>
          </form>
        </Hydrated>
      )}
      {prepared && (
        <div className="kizuna-alert__prepared">
          <p>{readersSentence(prepared.readers, chosen.length > 0)}</p>
          <ShownText shown={prepared.shown} />
          <button
            type="button"
            className="kizuna-button kizuna-button--main"
            disabled={isBusy}
            onClick={() => void ask()}
          >
            {isTraining ? '訓練として、もう 1 人に確認を頼む' : '本番として、もう 1 人に確認を頼む'}
          </button>
        </div>
      )}
    </section>
  )
}

function NoTemplate({ writePath, canWrite }: Pick<AskProps, 'writePath' | 'canWrite'>) {
  return (
    <p>
      使えるひな形がまだありません。自治体原稿を「緊急のひな形」で書いて、監修を受けて公開しておくと、いざというときにここから送れます。
      {canWrite && (
        <>
          {' '}
          <a href={writePath}>緊急のひな形を書く</a>
        </>
      )}
    </p>
  )
}
