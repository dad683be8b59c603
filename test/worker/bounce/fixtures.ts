// Mails that come back, as the servers of Japan's readers write them; every address is made up.

/** Stands for the envelope sender of the mail that came back. */
export const RETURN = '{{return}}'

interface Dsn {
  from?: string
  words?: string
  /** The groups after the first: one a recipient. */
  recipients: string[]
  /** What is brought back of the mail. */
  original?: string
  headers?: string
}

const ORIGINAL = `From: =?UTF-8?B?44G/44Gq44Go55S6?= <tayori@minato.example>
To: <reader@family.example>
Message-ID: <ZGVsaXZlcnk@minato.example>
X-Kizuna-Return: ${RETURN}
Subject: =?UTF-8?B?44GK5L6/44KK?=`

/** A delivery report (RFC 3464). */
export function dsn({
  from = 'MAILER-DAEMON@mx.family.example (Mail Delivery System)',
  words = 'This is the mail system at host mx.family.example.',
  recipients,
  original = ORIGINAL,
  headers = '',
}: Dsn): string {
  return crlf(`Return-Path: <>
From: ${from}
To: ${RETURN}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
${headers}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="REPORT"

--REPORT
Content-Type: text/plain; charset=utf-8

${words}

--REPORT
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.family.example
Arrival-Date: Tue, 1 Dec 2026 10:00:02 +0900

${recipients.join('\n\n')}

--REPORT
Content-Type: text/rfc822-headers

${original}

--REPORT--
`)
}

interface Letter {
  from: string
  subject?: string
  headers?: string
  text: string
}

/** A mail of one part. */
export function letter({ from, subject = 'Re: お便り', headers = '', text }: Letter): string {
  return crlf(`From: ${from}
To: ${RETURN}
Subject: ${subject}
${headers}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

${text}
`)
}

/** A complaint (RFC 5965). */
export function arf(type: string, original = ORIGINAL): string {
  return crlf(`From: feedback@provider.example
To: abuse@minato.example
Subject: FW: =?UTF-8?B?44GK5L6/44KK?=
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="FBL"

--FBL
Content-Type: text/plain

This is an email abuse report.

--FBL
Content-Type: message/feedback-report

Feedback-Type: ${type}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: reader@family.example

--FBL
Content-Type: message/rfc822

${original}

--FBL--
`)
}

/** The group of one recipient. */
export function recipient(status: string, diagnostic: string, more: Partial<Group> = {}): string {
  const { address = 'reader@family.example', action = 'failed', original } = more
  return [
    ...(original ? [`Original-Recipient: rfc822;${original}`] : []),
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    ...(diagnostic ? [`Diagnostic-Code: smtp; ${diagnostic}`] : []),
  ].join('\n')
}

interface Group {
  address: string
  action: string
  original: string
}

function crlf(text: string): string {
  return text.replace(/\n/g, '\r\n')
}
