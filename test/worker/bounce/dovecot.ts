import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { freePort } from '../../../src/local/port'
import { isThere, type DebianTool } from '../../debian'

/** Debian's IMAP server. */
export const DOVECOT: DebianTool = {
  program: '/usr/sbin/dovecot',
  package: 'dovecot-imapd',
  skipped: 'メールボックスのテスト',
}

/** Whether the mailbox is tested against a real server: CI must have it, elsewhere it is skipped without. */
export const isImapTested = isThere(DOVECOT) || Boolean(process.env.CI)

/** A mailbox on a real IMAP server of this machine; `close` at the end. */
export async function openDovecot() {
  // Not in TMPDIR: whoever reads mail there is not root.
  const folder = await mkdtemp('/tmp/kizuna-dovecot-')
  const port = await freePort()
  await chmod(folder, 0o755)
  for (const name of ['run', 'state', 'mail', 'mail/new', 'mail/cur', 'mail/tmp']) {
    await mkdir(join(folder, name))
    if (isRoot) await chown(join(folder, name), MAIL_ID, MAIL_ID)
  }
  await writeFile(join(folder, 'dovecot.conf'), settings(folder, port))
  const server = spawn(DOVECOT.program, ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(server, 'exit')
  await Promise.race([untilUp(server.stderr), ended])
  let count = 0
  return {
    url: `imap://bounces:secret@127.0.0.1:${port}/INBOX`,
    /** Puts a message into the mailbox, as a mail server does. */
    give: async (raw: Buffer): Promise<void> => {
      const path = join(folder, 'mail', 'new', `${String((count += 1)).padStart(6, '0')}.given`)
      await writeFile(path, raw)
      if (isRoot) await chown(path, MAIL_ID, MAIL_ID)
    },
    close: async (): Promise<void> => {
      server.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const isRoot = process.getuid?.() === 0

/** Debian's user and group `mail`: dovecot refuses to read mail as root. */
const MAIL_ID = 8

async function untilUp(stderr: NodeJS.ReadableStream): Promise<void> {
  await new Promise<void>((resolve) => {
    createInterface({ input: stderr }).on('line', (line) => {
      if (line.includes('starting up')) resolve()
    })
  })
}

function settings(folder: string, port: number): string {
  const own = userInfo().username
  const users = isRoot
    ? ''
    : `default_internal_user = ${own}\ndefault_login_user = ${own}\ndefault_internal_group = ${own}\n`
  return `${users}base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:${folder}/mail
first_valid_uid = 1
first_valid_gid = 1
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${isRoot ? MAIL_ID : own} gid=${isRoot ? MAIL_ID : own} home=${folder}/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`
}
