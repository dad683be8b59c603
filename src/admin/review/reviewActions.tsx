'use client'

import { Button } from '@payloadcms/ui'
import { useEffect, useRef, useState } from 'react'

import { SecondPress } from '../fields/secondPress'
import { ReachNote, RecallNote } from '../reach/readerFigures'
import type { ReviewStatus } from '../../review/queries/status'
import { FullDaysNote } from './fullDaysNote'
import { KeptNote } from './keptNote'
import { keptWords, useKeptWords } from './keptWords'
import { PublishTime } from './publishTime'
import { RemarksNote } from './remarksNote'
import type { Act } from './useReview'
import { stepsFor, type Step } from './steps'

interface ActionsProps {
  /** `/kizuna-manuscripts/<id>` */
  path: string
  status: ReviewStatus
  isBusy: boolean
  onAct: Act
}

/** A button for each step this person may take now; each asks once more and says what follows. */
export function ReviewActions({ path, status, isBusy, onAct }: ActionsProps) {
  const [open, setOpen] = useState<Step | null>(null)
  const steps = stepsFor(status)
  useBegun(path, steps, setOpen)
  return (
    <>
      <RemarksNote {...status} />
      {open ? (
        <Question
          path={path}
          step={open}
          isBusy={isBusy}
          onAct={onAct}
          onClose={() => setOpen(null)}
        />
      ) : (
        <>
          {status.isOwn && <p className="kizuna-panel__hint">{OWN}</p>}
          <Hint can={status.can} hasSteps={steps.length > 0} />
          <StepButtons steps={steps} onOpen={setOpen} />
        </>
      )}
    </>
  )
}

function Hint({ can, hasSteps }: Pick<ReviewStatus, 'can'> & { hasSteps: boolean }) {
  if (can.revise) return <p className="kizuna-panel__hint">{can.submit ? HAND_IN : REVISE}</p>
  if (hasSteps) return null
  return <p className="kizuna-panel__hint">この原稿で、いまあなたがすることはありません。</p>
}

const OWN =
  'あなたはこの原稿を書いた人(書き換え案が採用された人も入ります)なので、承認はほかの人がします。'

const REVISE = '修正依頼が来ています。直して保存すると、もう一度監修に出せます。'

const HAND_IN =
  '修正依頼が来ています。頼まれたところを直し終えたら、「監修に出す」を押してください。それまで、監修者はこの原稿を待っています。'

function StepButtons({ steps, onOpen }: { steps: Step[]; onOpen: (step: Step) => void }) {
  if (steps.length === 0) return null
  return (
    <div className="kizuna-actions">
      {steps.map((step) => (
        <Button
          key={step.label}
          buttonStyle={step.isMain ? 'primary' : 'secondary'}
          margin={false}
          onClick={() => onOpen(step)}
        >
          {step.label}
        </Button>
      ))}
    </div>
  )
}

/** Opens again what somebody had begun to write before the page was read anew. */
function useBegun(path: string, steps: readonly Step[], onFound: (step: Step) => void): void {
  const isLooked = useRef(false)
  useEffect(() => {
    if (isLooked.current) return
    isLooked.current = true
    const begun = steps.find((step) => step.words && keptWords(placeOf(path, step)))
    if (begun) onFound(begun)
  }, [path, steps, onFound])
}

function placeOf(path: string, { action, label }: Step): string {
  return `${path} ${action} ${label}`
}

type QuestionProps = Pick<ActionsProps, 'path' | 'isBusy' | 'onAct'> & {
  step: Step
  onClose: () => void
}

function Question({ path, step, isBusy, onAct, onClose }: QuestionProps) {
  const [words, setWords] = useKeptWords(placeOf(path, step))
  const [isKept, setKept] = useState(false)
  const [publishAt, setPublishAt] = useState<string | null>(null)
  const isLater = step.action === 'publish' && publishAt !== null
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const isMissing = (step.words?.isRequired === true && !words.trim()) || publishAt === ''
  const confirm = async () => {
    const text = words.trim() && step.words ? { [step.words.name]: words.trim() } : {}
    const isDone = isLater
      ? await onAct('schedule', { publishAt })
      : await onAct(step.action, { ...step.input, ...text })
    if (isDone) setWords('')
    setKept(!isDone && words.trim() !== '')
    if (isDone || !(step.words || isLater)) onClose() // what was typed or chosen stays
  }
  const leave = () => {
    setWords('')
    onClose()
  }
  return (
    <div className="kizuna-question">
      {step.action === 'withdraw' && <RecallNote path={path} />}
      <p>{step.question}</p>
      {step.action === 'publish' && <ReachNote path={path} />}
      {step.action === 'publish' && <FullDaysNote path={path} />}
      {step.action === 'publish' && <PublishTime value={publishAt} onChange={setPublishAt} />}
      {step.words && (
        <label className="kizuna-question__words">
          {step.words.label}
          {step.words.isRequired ? '(必ず書いてください)' : '(書かなくてもかまいません)'}
          <textarea
            ref={field}
            rows={4}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
      )}
      {isMissing && !isLater && (
        <p className="kizuna-panel__hint">
          上の欄に書くと、「{step.label}」を押せるようになります。
        </p>
      )}
      <div className="kizuna-actions">
        <SecondPress isOff={isBusy || isMissing} onPress={() => void confirm()}>
          {isLater ? '公開を予約する' : step.label}
        </SecondPress>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={leave}>
          やめる
        </Button>
      </div>
      {isKept && <KeptNote />}
    </div>
  )
}
