'use client'

import type { SyntheticEvent } from 'react'

import type { RenderedMail } from '../../release/mail'
import { usePictures } from './usePictures'

interface MailProps {
  mail: RenderedMail | null
  /** HTML of the part that the document on the screen is; empty: none. */
  own?: string
}

/**
 * The mail as it arrives, opened at one's own part. The frame runs nothing: it is of the same origin
 * so that this page can scroll it, and without scripts of its own.
 */
export function MailView({ mail, own = '' }: MailProps) {
  const withPictures = usePictures()
  if (!mail) return <p className="kizuna-panel__hint">件名と本文を書くと見られます。</p>
  return (
    <div className="kizuna-mail">
      <p className="kizuna-mail__subject">{mail.subject}</p>
      <iframe
        title="メールの本文"
        sandbox="allow-same-origin"
        srcDoc={withPictures(withOwnMarked(mail.html, own))}
        onLoad={showOwn}
      />
    </div>
  )
}

const FRAME = 'outline:3px solid #0017c1;outline-offset:6px'
const LABEL =
  'display:inline-block;margin:0 0 8px 0;padding:0 8px;background:#0017c1;color:#fff;font-size:13px'

/** The same mail with a frame around one's own part. *Pure.* */
function withOwnMarked(html: string, own: string): string {
  const at = own === '' ? -1 : html.indexOf(own)
  if (at < 0) return html
  const marked = `<div data-own style="${FRAME}"><span style="${LABEL}">この原稿</span>${own}</div>`
  return html.slice(0, at) + marked + html.slice(at + own.length)
}

function showOwn({ currentTarget }: SyntheticEvent<HTMLIFrameElement>): void {
  const own = currentTarget.contentDocument?.querySelector('[data-own]')
  if (own) currentTarget.contentWindow?.scrollTo(0, own.getBoundingClientRect().top - 16)
}
