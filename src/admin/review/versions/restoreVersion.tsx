'use client'

import { Button, toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { VersionScreen } from '../../../review/versions/versionScreen'
import { ErrorList } from '../../api/errorList'
import { useApi } from '../../api/useApi'
import { SecondPress } from '../../fields/secondPress'

interface RestoreProps {
  /** `/kizuna-manuscripts/versions/<id of the version>` */
  path: string
  /** Address of the document's form. */
  form: string
  restore: NonNullable<VersionScreen['restore']>
}

/**
 * Puts a version back as a draft, over the newest one as this page shows it; when somebody has saved
 * since, nothing happens and the page is read again.
 */
export function RestoreVersion({ path, form, restore: { updatedAt, changed } }: RestoreProps) {
  const { call, isBusy, errors, setErrors } = useApi()
  const { push, refresh } = useRouter()
  const [isAsked, setAsked] = useState(false)
  if (changed.length === 0) return <p>いま保存されている内容と同じです。戻すものはありません。</p>
  const restore = async () => {
    const answer = await call(`${path}?draft=true`, { body: { updatedAt } })
    setAsked(false)
    if (!answer.isDone) return
    toast.success('下書きとして戻しました。')
    push(form)
  }
  const lookAgain = () => {
    setErrors([])
    refresh()
  }
  return (
    <>
      <p>
        {isAsked
          ? '下書きとして戻します。読者に届いている内容は変わりません。前の承認は数えません。監修に出し直してください。'
          : `戻すと変わるところ: ${[...new Set(changed)].join('、')}`}
      </p>
      <div className="kizuna-actions">
        {isAsked ? (
          <>
            <SecondPress isOff={isBusy} onPress={() => void restore()}>
              下書きとして戻す
            </SecondPress>
            <Button
              margin={false}
              buttonStyle="secondary"
              disabled={isBusy}
              onClick={() => setAsked(false)}
            >
              やめる
            </Button>
          </>
        ) : (
          <Button margin={false} onClick={() => setAsked(true)}>
            この版の内容に戻す
          </Button>
        )}
        {errors.length > 0 && (
          <Button margin={false} buttonStyle="secondary" onClick={lookAgain}>
            いまの内容と見比べる
          </Button>
        )}
      </div>
      <ErrorList errors={errors} />
    </>
  )
}
