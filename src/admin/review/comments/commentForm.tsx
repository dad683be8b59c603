'use client'

import { Button } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import type { ShownField } from '../../../review/inbox/shownReview'
import { KeptNote } from '../keptNote'
import { useKeptSaid } from './keptSaid'
import { MentionField, NOTHING_SAID, wordsOf } from './mentionField'
import { keptWords } from '../keptWords'

/** What somebody wrote about a field. */
export interface Remark {
  field: string
  text: string
  /** Ids of the people it calls. */
  mentions: readonly string[]
  proposal?: string
}

interface FormProps {
  /** `/kizuna-manuscripts/<id>` */
  document: string
  field: Pick<ShownField, 'path' | 'label' | 'text' | 'isText'>
  isBusy: boolean
  onComment: (remark: Remark) => Promise<boolean>
}

/** A remark on one field, and its wording as it should be; the field's own text to start from. */
export function CommentForm(props: FormProps) {
  const { document, field } = props
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (keptWords(placeOf(document, field.path))) setOpen(true)
  }, [document, field.path])
  if (!isOpen) {
    return (
      <button type="button" className="kizuna-small" onClick={() => setOpen(true)}>
        コメントする<span className="kizuna-unseen">({field.label})</span>
      </button>
    )
  }
  return <OpenForm {...props} onClose={() => setOpen(false)} />
}

function placeOf(document: string, field: string): string {
  return `${document} ${field}`
}

type OpenProps = FormProps & { onClose: () => void }

function OpenForm({ document, field, isBusy, onComment, onClose }: OpenProps) {
  const [said, setSaid] = useKeptSaid(placeOf(document, field.path))
  const [proposal, setProposal] = useState<string | null>(null)
  const [isKept, setKept] = useState(false)
  const leave = () => {
    setSaid(NOTHING_SAID)
    onClose()
  }
  const send = async () => {
    const words = { field: field.path, ...wordsOf(said) }
    const isSent = await onComment(proposal === null ? words : { ...words, proposal })
    if (isSent) leave()
    else setKept(true)
  }
  return (
    <div className="kizuna-question">
      <MentionField
        path={document}
        label={`「${field.label}」へのコメント`}
        said={said}
        onChange={setSaid}
      />
      {field.isText && proposal === null && (
        <button type="button" className="kizuna-small" onClick={() => setProposal(field.text)}>
          書き換え案を書く
        </button>
      )}
      {proposal !== null && (
        <label className="kizuna-question__words">
          書き換え案(いまの文を直してください)
          <textarea
            rows={8}
            value={proposal}
            onChange={(event) => setProposal(event.target.value)}
          />
          <span className="kizuna-panel__hint">
            案が採用されると、あなたもこの原稿を書いた人になり、承認は別の人がします。
          </span>
        </label>
      )}
      <div className="kizuna-actions">
        <Button
          margin={false}
          disabled={isBusy || (!said.text.trim() && proposal === null)}
          onClick={() => void send()}
        >
          コメントを送る
        </Button>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={leave}>
          やめる
        </Button>
      </div>
      {isKept && <KeptNote />}
    </div>
  )
}
