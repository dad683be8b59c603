import { practiceClockSentence } from '../config/clock'
import { readSampleJson, type SampleMunicipality, type SampleUser } from '../sample/sampleData'
import type { Settings } from '../local/services'
import { sandboxSecrets } from '../local/sandboxSecrets'

/** The closing lines of the launcher: where to look, and in the sandbox how to log in. */
export async function welcomeLines(settings: Settings, now: Date): Promise<string[]> {
  const { cmsPort, publicUrl, lineApiUrl, isSandbox, practiceClock } = settings
  const places = [
    '',
    'kizuna が動いています。',
    ...(practiceClock ? [`  ${practiceClockSentence(now)}`] : []),
    `  管理画面        http://localhost:${cmsPort}/admin`,
  ]
  if (!isSandbox) return [...places, `  読者のページ    ${publicUrl}`, ...closing]
  return [
    ...places,
    ...(await registrationPages(publicUrl)),
    `  練習用の受信箱  ${lineApiUrl.replace('127.0.0.1', 'localhost')}/`,
    '  LINE のチャネルが設定されていないので、練習用の LINE とメールの受け口を使っています。実際には送られません。',
    ...(await demoLogins(settings)),
    ...closing,
  ]
}

const closing = ['', '止めるときは Ctrl-C を押してください。']

async function registrationPages(publicUrl: string): Promise<string[]> {
  const municipalities = await readSampleJson<SampleMunicipality[]>('municipalities')
  return municipalities.map(({ code, name }) => `  読者の登録      ${publicUrl}/r/${code}(${name})`)
}

async function demoLogins(settings: Settings): Promise<string[]> {
  const { DEMO_PASSWORD } = await sandboxSecrets(settings.dataDir)
  const users = await readSampleJson<SampleUser[]>('users')
  return [
    '',
    `見本のログイン(パスワードはどれも ${DEMO_PASSWORD} )`,
    ...users.map(({ email, name }) => `  ${email.padEnd(34)} ${name}`),
  ]
}
