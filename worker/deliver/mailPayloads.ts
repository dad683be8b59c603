import type { MunicipalitySettings } from '../../src/plan/settings'
import type { RenderedMail } from '../../src/release/mail'
import { withoutMailPicture } from '../../src/release/mailParts'
import { pictureOfName } from '../../src/release/picture'
import type { MailPayload, MailPicture } from '../channel/channel'
import type { MailPage } from './mail'
import type { ReadyBatch } from './page'

interface PayloadOptions {
  /** The file of a text's picture by its name; null where it is gone. */
  pictureOf: (name: string) => Promise<Buffer | null>
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** What is the same in all mails of a stored payload, made once. */
export interface MailPayloads {
  /** Reads the pictures of a page's mails before any of them is marked: nothing waits for them then. */
  readPictures: (page: Pick<MailPage, 'ready' | 'settings'>) => Promise<void>
  of: (ready: Pick<ReadyBatch, 'payload'>, settings: MunicipalitySettings) => MailPayload
}

/** Opens the payloads of a process's mails; they are forgotten with the pages they belong to. */
export function createMailPayloads(options: PayloadOptions): MailPayloads {
  const made = new WeakMap<object, MailPayload>()
  return {
    readPictures: async ({ ready, settings }) => {
      for (const { payload } of ready) {
        if (payload.channel !== 'mail' || !payload.mail.pictures || made.has(payload)) continue
        const shown = await withPictures(options, payload.mail)
        made.set(payload, mailPayload(payload._id, shown, settings))
      }
    },
    of: ({ payload }, settings) => {
      const known = made.get(payload)
      if (known) return known
      const { pictures: _, ...mail } = payload.channel === 'mail' ? payload.mail : NO_MAIL
      const fresh = mailPayload(payload._id, mail, settings)
      made.set(payload, fresh)
      return fresh
    },
  }
}

const NO_MAIL: RenderedMail = { subject: '', text: '', html: '' }

type ShownMail = Pick<MailPayload, 'subject' | 'text' | 'html' | 'pictures'>

function mailPayload(
  hash: string,
  { fromName, ...mail }: ShownMail & Pick<RenderedMail, 'fromName'>,
  { code, senderName, mailFrom }: MunicipalitySettings,
): MailPayload {
  return {
    hash,
    ...mail,
    from: { name: fromName ?? senderName, address: mailFrom },
    listId: `${code}.kizuna`,
  }
}

/** The words go out whatever has become of a picture; a person is told. */
async function withPictures(
  { pictureOf, onAlert }: PayloadOptions,
  { pictures: named = [], ...mail }: RenderedMail,
): Promise<ShownMail & Pick<RenderedMail, 'fromName'>> {
  const pictures: MailPicture[] = []
  let { html } = mail
  for (const name of new Set(named.map((picture) => picture.name))) {
    const bytes = await pictureOf(name)
    const type = pictureOfName(name)?.type
    if (bytes && type) pictures.push({ name, type, bytes })
    else {
      html = withoutMailPicture(html, name)
      onAlert('picture-missing', { picture: name })
    }
  }
  return { ...mail, html, ...(pictures.length > 0 && { pictures }) }
}
