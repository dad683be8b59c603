// A mail relay in this process that keeps what it is given.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Relay = Awaited<ReturnType<typeof openRelay>>

export async function openRelay() {
  const mails: ParsedMail[] = []
  const state = { isRefusing: false }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) => done(state.isRefusing ? new Error('451 later') : null),
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        mails.push(mail)
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    mails,
    port: (server.server.address() as AddressInfo).port,
    refuse: (isRefusing: boolean) => void (state.isRefusing = isRefusing),
    close: () => new Promise<void>((closed) => server.close(closed)),
  }
}

/** The name before the @ of who gets a mail. */
export function recipientOf(mail: ParsedMail): string | undefined {
  return [mail.to].flat()[0]?.value[0]?.address?.split('@')[0]
}
