'use client'

import type { RenderedMail } from '../../release/mail'

/** The mail as it arrives; the frame may run nothing and follow no link. */
export function MailView({ mail }: { mail: RenderedMail | null }) {
  if (!mail) return <p className="kizuna-panel__hint">件名と本文を書くと見られます。</p>
  return (
    <div className="kizuna-mail">
      <p className="kizuna-mail__subject">{mail.subject}</p>
      <iframe title="メールの本文" sandbox="" srcDoc={mail.html} />
    </div>
  )
}
