// How families register: by mail with a link to confirm, by LINE with a button in the talk.
import { channelOf, faultOf, type Person, type Scene } from './people'
import { plainTextOf } from './taken'
import { PUBLIC_URL } from './world'

/** What was typed into the last screen. */
export type Said = Record<string, string>

/** Registers by mail, and confirms by the link of the mail that comes. */
export async function registerByMail(scene: Scene, person: Person, said: Said): Promise<void> {
  const { visitor, address, home } = person
  const mail = await mailAfter(scene, address, async () => {
    const sent = await visitor.post(`/r/${home}`, { ...said, channel: 'mail', mail: address })
    if (!sent.path.includes('/sent')) throw faultOf(sent, 'that a mail is sent')
  })
  await confirmByMail(person, mail)
}

/** Opens the link of the mail that asks, and says yes. */
export async function confirmByMail({ visitor }: Person, mail: string): Promise<void> {
  const path = linkIn(mail, '/confirm/')
  await visitor.open(path)
  const confirmed = await visitor.post(path)
  const isAsked = confirmed.path.includes('/add/which')
  const done = isAsked ? await visitor.press(confirmed, { answer: 'same' }) : confirmed
  if (isAsked && done.status === 200) return
  if (!/\/(done|known)\b/.test(done.path)) throw faultOf(done, 'that it is registered')
}

/** Adds the account as a friend, fills in what its link asks, and presses the button in the talk. */
export async function registerByLine(scene: Scene, person: Person, said: Said): Promise<void> {
  const { visitor, home } = person
  const link = await linkToRegister(scene, person)
  const line = new URL(link, PUBLIC_URL).searchParams.get('line') ?? ''
  const asked = await talkAfter(scene, person, async () => {
    const page = await visitor.post(`/r/${home}`, { ...said, line })
    if (!page.path.includes('/asked')) throw faultOf(page, 'that the talk asks')
  })
  const data = /kizuna:register:[0-9a-f]{32}/.exec(asked)?.[0]
  if (!data) throw new Error(`The talk does not ask: ${asked.slice(0, 300)}`)
  const answer = await pressInTalk(scene, person, { data, label: '登録する' })
  if (!/登録(\(とうろく\))?しました/.test(answer)) {
    throw new Error(`Not registered: ${answer.slice(0, 400)}`)
  }
}

async function linkToRegister(scene: Scene, person: Person): Promise<string> {
  const { line } = scene.world.sandbox
  const said = person.isFriend
    ? await talkAfter(scene, person, () => line.say(channelOf(person), person.address, '登録'))
    : await befriend(scene, person)
  person.isFriend = true
  return linkIn(said, '/r') // of one town, or of the towns of a shared account
}

/** Adds the account as a friend; what its greeting says. */
export function befriend(scene: Scene, person: Person): Promise<string> {
  const { line } = scene.world.sandbox
  const channel = channelOf(person)
  const { address: userId, key: name } = person
  return talkAfter(scene, person, async () => {
    const at = scene.world.now().getTime()
    const provider = line.state.channels.get(channel)?.provider ?? ''
    line.state.record({ type: 'friend', friend: { userId, provider, name, at } })
    await line.unblock(channel, userId)
  })
}

/** What comes into somebody's talk after they press a button of it. */
export function pressInTalk(
  scene: Scene,
  person: Person,
  button: { data: string; label: string },
): Promise<string> {
  const { line } = scene.world.sandbox
  return talkAfter(scene, person, () => line.press(channelOf(person), person.address, button))
}

/** What comes into somebody's talk after they do something, as JSON. */
export async function talkAfter(
  { world }: Scene,
  { address }: Person,
  work: () => Promise<unknown>,
): Promise<string> {
  const { line } = world.sandbox
  const from = line.accepted().length
  await work()
  const found = () =>
    line
      .accepted()
      .slice(from)
      .findLast(({ to }) => to.includes(address))
  await world.sandbox.until(() => found() !== undefined)
  return JSON.stringify(line.messagesOf(found()!))
}

/** The mail that comes to an address after something is done, its words. */
export async function mailAfter(
  { world }: Scene,
  address: string,
  work: () => Promise<unknown>,
): Promise<string> {
  const { mail } = world.sandbox
  const from = mail.accepted.length
  await work()
  const found = () => mail.accepted.slice(from).find(({ to }) => to.includes(address))
  await world.sandbox.until(() => found() !== undefined)
  return plainTextOf(mail.rawOf(found()!).toString('latin1'))
}

/** The path of the first link of ours that begins so. *Pure.* */
export function linkIn(words: string, begin: string): string {
  const from = words.indexOf(`${PUBLIC_URL}${begin}`)
  if (from < 0) throw new Error(`No link ${begin} in ${words.slice(0, 400)}`)
  return /^[^"\s\\<>」)]+/.exec(words.slice(from + PUBLIC_URL.length))?.[0] ?? ''
}
