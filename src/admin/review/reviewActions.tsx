'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import { ReachNote, RecallNote } from '../reach/readerFigures'
import type { ReviewStatus } from '../../review/queries/status'
import { FullDaysNote } from './fullDaysNote'
import { RemarksNote } from './remarksNote'
import type { Act } from './useReview'
import { stepsFor, type Step } from './steps'

interface ActionsProps {
  /** `/manuscripts/<id>` */
  path: string
  status: ReviewStatus
  isBusy: boolean
  onAct: Act
}

/** A button for each step this person may take now; each asks once more and says what follows. */
export function ReviewActions({ path, status, isBusy, onAct }: ActionsProps) {
  const [open, setOpen] = useState<Step | null>(null)
  const steps = stepsFor(status)
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

type QuestionProps = Pick<ActionsProps, 'path' | 'isBusy' | 'onAct'> & {
  step: Step
  onClose: () => void
}

function Question({ path, step, isBusy, onAct, onClose }: QuestionProps) {
  const [words, setWords] = useState('')
  const isMissing = step.words?.isRequired === true && !words.trim()
  const confirm = async () => {
    const text = words.trim() && step.words ? { [step.words.name]: words.trim() } : {}
    const isDone = await onAct(step.action, { ...step.input, ...text })
    if (isDone || !step.words) onClose()
  }
  return (
    <div className="kizuna-question">
      {step.action === 'withdraw' && <RecallNote path={path} />}
      <p>{step.question}</p>
      {step.action === 'publish' && <ReachNote path={path} />}
      {step.action === 'publish' && <FullDaysNote path={path} />}
      {step.words && (
        <label className="kizuna-question__words">
          {step.words.label}
          {step.words.isRequired ? '(必ず書いてください)' : '(書かなくてもかまいません)'}
          <textarea rows={4} value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
      )}
      {isMissing && (
        <p className="kizuna-panel__hint">
          上の欄に書くと、「{step.label}」を押せるようになります。
        </p>
      )}
      <div className="kizuna-actions">
        <Button margin={false} disabled={isBusy || isMissing} onClick={() => void confirm()}>
          {step.label}
        </Button>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={onClose}>
          やめる
        </Button>
      </div>
    </div>
  )
}
