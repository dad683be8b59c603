'use client'

import { Button } from '@payloadcms/ui'
import { useState, type FormEvent } from 'react'

import { MAX_FREE_TEXT, readAnswers } from '../../survey/answers'
import type { SurveyContent } from '../../survey/content'
import { libraryQuestion } from '../../survey/library'
import { isChosen, QUESTION_TYPES, type Question } from '../../survey/question'
import './survey.css'

/** The survey as it stands on a phone, to be tried: what is answered here goes nowhere. */
export function SurveyPreview({ content }: { content: SurveyContent }) {
  const [isEasy, setEasy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const tryIt = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = Object.fromEntries([...form.keys()].map((name) => [name, form.getAll(name)]))
    setSaid(sentenceOf(content.questions, typed))
  }
  return (
    <section aria-label="家族に見える形">
      <div className="kizuna-actions kizuna-survey-actions">
        <Button margin={false} buttonStyle="secondary" onClick={() => setEasy(!isEasy)}>
          {isEasy ? '標準の言葉で見る' : 'やさしい日本語で見る'}
        </Button>
      </div>
      <form className="kizuna-survey-phone" onSubmit={tryIt} noValidate>
        <h3>{isEasy ? content.easyTitle : content.title}</h3>
        {content.questions.map((question) => (
          <PreviewQuestion key={question.id} question={question as Question} isEasy={isEasy} />
        ))}
        <Button margin={false} type="submit">
          試しに答える
        </Button>
        {said !== null && <p role="status">{said}</p>}
      </form>
    </section>
  )
}

const NAMES = new Map<string, string>(QUESTION_TYPES.map(({ value, label }) => [value, label]))

function PreviewQuestion({ question, isEasy }: { question: Question; isEasy: boolean }) {
  const { id, type, text, easy, options, unit, library } = question
  const source = libraryQuestion(library)?.source
  return (
    <fieldset>
      <legend>{isEasy ? easy : text}</legend>
      {isChosen(question) &&
        options.map(({ code, label, easy: plain }) => (
          <label key={code}>
            <input type={type === 'multiple' ? 'checkbox' : 'radio'} name={id} value={code} />
            {isEasy ? plain : label}
          </label>
        ))}
      {type === 'number' && (
        <label>
          <input type="text" inputMode="numeric" name={id} aria-label={text} /> {unit}
        </label>
      )}
      {type === 'text' && <textarea name={id} rows={3} aria-label={text} />}
      <p className="kizuna-panel__hint">
        {source ? `出典: ${source.name}。${source.noAnswer}` : `自分の質問・${NAMES.get(type)}`}
      </p>
    </fieldset>
  )
}

function sentenceOf(questions: readonly SurveyContent['questions'][number][], typed: object) {
  const { answers, faults } = readAnswers(
    questions as readonly Question[],
    typed as Record<string, unknown>,
  )
  const wrong = questions.findIndex(({ id }) => faults[id] !== undefined)
  if (wrong >= 0) {
    const fault = questions[wrong]?.type === 'number' ? '数字' : `${MAX_FREE_TEXT} 文字まで`
    return `質問 ${wrong + 1} は、${fault}で書くように、家族の画面で知らされます。`
  }
  const count = Object.keys(answers).length
  if (count === 0) return '1 つも答えずに送ると、1 つは答えるように、家族の画面で知らされます。'
  return `${questions.length} 問のうち ${count} 問に答えました。試しなので、本番の結果には入りません。`
}
