// What the account says in a one-to-one talk: the same row for everybody, with what was meant first.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { CHANGE_DATA } from '../../../src/release/quietRow'
import { LINE_MAX_LABEL, LINE_MAX_URI } from '../../../src/release/lineMessageLimits'
import { checkMessages } from '../../../worker/sandbox/lineCheck'
import { createLinks } from '../../../worker/web/link'
import { rowButtons } from '../../../worker/web/talkRow'
import { easy } from '../../../worker/web/words/easy'
import { standard } from '../../../worker/web/words/standard'
import { wordsOf as wordsIn } from '../../../worker/web/words/words'
import { asRead } from './asRead'
import { HANAKO, registration } from '../readers/openStore'
import { settings } from '../readers/settings'
import { openWeb, TOWNS } from './openWeb'
import { answerTo, answerToPress, answerToText, buttonsOf, wordsOf } from './talk'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }

beforeAll(async () => {
  web = await openWeb({ towns: [settings({ series: TOWNS[0]!.series })] })
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  web.logged.length = 0
  mother = await web.readers.register(registration())
})

const ROW = ['登録の内容・変更', '止める・休む', '相談先']
const STOP_FIRST = ['止める・休む', '相談先', '登録の内容・変更']
const REGISTER = ['登録する', easy.name, '相談先']
const CONTACT_FIRST = ['相談先', '登録の内容・変更', '止める・休む']
const HELP = ['子育て支援課 03-0000-0000', 'よりそいホットライン 0120-279-338']
const pathOf = (url: string) => new URL(url).pathname + new URL(url).search

/** The page of procedures and contacts, behind a button of whom to ask. */
async function expectNoChildrensLine({ uri }: { uri: string }): Promise<string> {
  const page = asRead(await (await web.get(pathOf(uri))).text())
  expect(page).toContain('href="tel:0300000000"')
  expect(page).not.toMatch(/189|児童|虐待|危|安全/)
  return page
}

const labelsOf = (message: Parameters<typeof buttonsOf>[0]) =>
  buttonsOf(message).map(({ label }) => label)

describe('a reader', () => {
  test.each([
    'こんにちは',
    'ありがとうございました',
    '登録の内容',
    '登録',
    'まだ生まれていません',
    '予防接種はいつですか',
  ])('who writes 「%s」 gets the row', async (text) => {
    const [row, ...others] = await answerToText(web, text)
    expect(others).toEqual([])
    expect(labelsOf(row)).toEqual(ROW)
  })

  test.each(['sticker', 'image', 'audio', 'video', 'location', 'file'])(
    'who sends a %s gets the same row',
    async (type) => {
      const [row] = await answerTo(web, { type: 'message', message: { type, id: '1' } })
      expect(labelsOf(row)).toEqual(ROW)
    },
  )

  test.each([
    '配信を止める。',
    '流産しました',
    'りゅうざん しました',
    '赤ちゃんが 死にました',
    '先月、死産でした。',
    'もうやめたい',
  ])(
    'who writes 「%s」 has the quiet page first, then whom to talk to, and nothing is said again',
    async (text) => {
      const [row, ...others] = await answerToText(web, text)
      expect(others).toEqual([])
      expect(labelsOf(row)).toEqual(STOP_FIRST)
      const [{ uri } = { uri: '' }] = buttonsOf(row)
      expect(web.links.openStop(uri.split('/').at(-1)!)?.readerId).toBe(mother.readerId)
      expect(wordsOf(row)).toContain(
        '子育て支援課 03-0000-0000(平日 9:00〜17:00) に、そのままお電話いただく',
      )
      expect(wordsOf(row)).not.toMatch(/流産|死産|死に|やめ|残念|お悔やみ|おめでとう/)
    },
  )

  test.each(['生まれました', '無事に出産しました!'])(
    'who writes 「%s」 has the page where a birth is told first, and is not congratulated',
    async (text) => {
      const [row] = await answerToText(web, text)
      expect(labelsOf(row)).toEqual(['生まれたことを知らせる', ...ROW])
      expect(wordsOf(row)).not.toMatch(/おめでとう|お祝い/)
      const [{ uri } = { uri: '' }] = buttonsOf(row)
      expect(await web.enter(uri)).toMatch(new RegExp(`/children/${mother.childId}/birth$`))
    },
  )

  test('whose children are all born has no such page', async () => {
    await web.readers.reportBirth({ ...mother, birthDate: '2026-11-20' })
    expect(labelsOf((await answerToText(web, '生まれました'))[0])).toEqual(ROW)
  })

  test.each(['死にたい', 'もう限界です、助けて', '子どもを叩いてしまいました'])(
    'who writes 「%s」 has telephones first, then the row',
    async (text) => {
      const [help, row] = await answerToText(web, text)
      const isDanger = text.includes('叩')
      expect(labelsOf(help)).toEqual(isDanger ? [...HELP, '児童相談所 189'] : HELP)
      expect(buttonsOf(help).map(({ uri }) => uri)).toEqual([
        'tel:0300000000',
        'tel:0120279338',
        ...(isDanger ? ['tel:189'] : []),
      ])
      expect(wordsOf(help)).not.toContain(text)
      expect(labelsOf(row)).toEqual(CONTACT_FIRST)
    },
  )

  test.each([
    [CHANGE_DATA, ROW],
    ['kizuna:stop', STOP_FIRST],
    ['kizuna:contact', CONTACT_FIRST],
    ['kizuna:menu', ROW],
    ['menu=1', ROW],
  ])('who presses the button %s gets the row with it first', async (data, labels) => {
    expect(labelsOf((await answerToPress(web, data))[0])).toEqual(labels)
  })

  test('finds the page of the town’s contact behind the last button', async () => {
    const [row] = await answerToText(web, 'こんにちは')
    const { uri } = buttonsOf(row).at(-1)!
    const page = await (await web.get(new URL(uri).pathname)).text()
    expect(page).toContain('href="tel:0300000000"')
    expect(page).toContain('href="tel:0120279338"')
  })

  test('who has no child any more is offered nothing to stop', async () => {
    await web.readers.stopChild(mother)
    const [row] = await answerToText(web, '流産しました')
    expect(wordsOf(row)).toContain('いまお届けしている配信はありません。')
    expect(wordsOf(row)).toContain('03-0000-0000')
    expect(labelsOf(row)).toEqual(['相談先', '登録の内容・変更'])
    await expectNoChildrensLine(buttonsOf(row)[0]!)
  })

  test.each(['流産しました', '赤ちゃんが しにました', '配信を止める'])(
    'who writes 「%s」 finds nothing of abuse behind whom to ask, in their own words',
    async (text) => {
      for (const edition of ['standard', 'easy']) {
        await web.collections.readers.updateOne({ _id: mother.readerId }, { $set: { edition } })
        const [row] = await answerToText(web, text)
        expect(labelsOf(row)[1]).toBe(wordsIn(edition).talk.buttons.contact)
        const page = await expectNoChildrensLine(buttonsOf(row)[1]!)
        expect(page).toContain(wordsIn(edition).support.title)
      }
    },
  )

  test('who is a danger to a child and wants an end has the children’s line behind whom to ask', async () => {
    const [, row] = await answerToText(web, '子どもを叩いてしまう。もうやめたい')
    const { uri } = buttonsOf(row).find(({ label }) => label === '相談先')!
    expect(await (await web.get(new URL(uri).pathname)).text()).toContain('tel:189')
  })
})

describe('who has stopped', () => {
  beforeEach(() => web.readers.stopReader(mother.readerId))

  test.each(['ありがとうございました', '流産しました', 'さようなら', '血が出ています'])(
    'and writes 「%s」 is not invited to register',
    async (text) => {
      web.clock.now = new Date('2026-12-01T01:00:00Z')
      const messages = await answerToText(web, text)
      web.clock.now = new Date('2026-11-23T01:00:00Z')
      expect(labelsOf(messages.at(-1))).toEqual(['相談先'])
      await expectNoChildrensLine(buttonsOf(messages.at(-1))[0]!)
      expect(JSON.stringify(messages)).not.toMatch(/登録|\/r\/999016\?/)
      const isThanked = JSON.stringify(messages).includes('ありがとうございます')
      expect(isThanked).toBe(text === 'ありがとうございました' || text === 'さようなら')
    },
  )

  test('and writes 「死にたい」 has telephones, and nothing of what comes or is registered', async () => {
    const [help, ...others] = await answerToText(web, '死にたい')
    expect(labelsOf(help)).toEqual(HELP)
    expect(others).toEqual([])
    expect(JSON.stringify(help)).not.toMatch(/登録|ありがとう|配信/)
  })

  test('is answered in the words of the texts that came', async () => {
    const { readers } = web.collections
    await readers.updateOne({ _id: mother.readerId }, { $set: { edition: 'easy' } })
    const [row] = await answerToText(web, 'りゅうざん しました')
    expect(wordsOf(row)).toContain(easy.talk.nothing)
    expect(wordsOf(row)).toContain(
      '子育て支援課 03-0000-0000(平日(へいじつ) 9:00〜17:00)に 電話(でんわ)することも できます。',
    )
    expect(row).toMatchObject({ altText: easy.talk.notice('みなと町 子育て便り') })
  })

  test.each([CHANGE_DATA, 'kizuna:stop'])(
    'and presses %s is not, either, and finds the way to undo it for seven days',
    async (data) => {
      const [row] = await answerToPress(web, data)
      expect(labelsOf(row)).toEqual(['相談先', '登録の内容'])
      const page = await (await web.get(await web.enter(buttonsOf(row)[1]!.uri))).text()
      expect(page).toContain('配信は止まっています。')
      expect(page).toContain('元にもどす')
    },
  )

  test('and writes 「登録」 gets the way to register', async () => {
    expect(labelsOf((await answerToText(web, '登録'))[0])).toEqual(REGISTER)
  })
})

describe('who never registered', () => {
  beforeEach(() => web.collections.readers.deleteMany({}))

  test('and adds the account learns what it is, how to register and how to stop', async () => {
    const [greeting] = await answerTo(web, { type: 'follow' })
    expect(wordsOf(greeting)).toMatch(/文を、この LINE にお届けします。.*1分ほど/)
    expect(wordsOf(greeting)).toContain('いつでも変えたり止めたりできます')
    expect(labelsOf(greeting)).toEqual(REGISTER)
    // who has come to change where texts come is not known yet, nor what they read
    for (const { talk } of [standard, easy]) expect(wordsOf(greeting)).toContain(talk.changing)
  })

  test('finds in the greeting what it is in plain Japanese, and the way in', async () => {
    const [greeting] = await answerTo(web, { type: 'follow' })
    expect(wordsOf(greeting)).toContain(easy.talk.greeting)
    expect(wordsOf(greeting)).toContain(`「${easy.name}」の ボタンから`)
    const [inStandard, inEasy] = buttonsOf(greeting)
    expect(inEasy!.label).toBe(easy.name)
    expect(asRead(await (await web.get(pathOf(inEasy!.uri))).text())).toContain('次(つぎ)へ')
    expect(await (await web.get(pathOf(inStandard!.uri))).text()).toContain('次へ')
  })

  test('and writes gets the way to register', async () => {
    expect(labelsOf((await answerToText(web, 'こんにちは'))[0])).toEqual(REGISTER)
  })

  test.each([
    [CHANGE_DATA, REGISTER],
    ['kizuna:stop', ['相談先']],
    ['kizuna:contact', ['相談先']],
  ])('and presses %s in the menu gets what it is for', async (data, labels) => {
    expect(labelsOf((await answerToPress(web, data))[0])).toEqual(labels)
  })

  test('and writes the name of the plain language goes on in it', async () => {
    const [card] = await answerToText(web, 'やさしい日本語')
    expect(labelsOf(card)).toEqual(['登録(とうろく)する', '相談(そうだん)する ところ'])
    const page = await (await web.get(pathOf(buttonsOf(card)[0]!.uri))).text()
    expect(page).toContain('次(つぎ)へ')
  })

  test('and has chosen it on the page is asked in it, also once more, and answered in it', async () => {
    const { talk } = easy
    const key = 'ab'.repeat(16)
    const asked = registration({ edition: 'easy' })
    await web.readers.askLineFriend({ key, registration: asked })
    const [, question] = await answerToText(web, 'こんにちは')
    expect(JSON.stringify(question)).toContain(talk.question.no)
    const [refused] = await answerToPress(web, `kizuna:refuse:${key}`)
    expect(wordsOf(refused)).toContain(talk.answered.refused)
  })

  test('and wants nothing is not invited', async () => {
    expect(labelsOf((await answerToText(web, 'やめてください'))[0])).toEqual(['相談先'])
  })

  test('and is in despair has telephones first', async () => {
    const [help, ...others] = await answerToText(web, '死にたい')
    expect(labelsOf(help)).toEqual(HELP)
    expect(others).toEqual([])
  })
})

test('what is written is stored nowhere and logged nowhere', async () => {
  const secret = 'ひみつの言葉、死にたい'
  await answerToText(web, secret)
  const names = (await web.db.listCollections().toArray()).map(({ name }) => name)
  expect(names).toContain('webhookEvents')
  for (const name of names) {
    const stored = JSON.stringify(await web.db.collection(name).find().toArray())
    expect({ name, isThere: stored.includes('ひみつ') }).toEqual({ name, isThere: false })
  }
  expect(JSON.stringify(web.logged)).not.toContain('ひみつ')
})

test('everything said is in a form that LINE takes, and neutral on a lock screen', async () => {
  const said = [
    await answerToText(web, '死にたい。もうやめたい'),
    await answerToText(web, '生まれました'),
    await answerTo(web, { type: 'follow' }),
  ]
  for (const messages of said) {
    expect(checkMessages(messages)).toEqual([])
    for (const message of messages) {
      expect((message as { altText?: string }).altText).toBe('みなと町 子育て便りからのお返事です')
    }
  }
})

test('the longest link fits a button, at a long address too', () => {
  const publicUrl = `https://${'kosodate-tayori.'.repeat(6)}city.minato.tokyo.example.jp/kizuna`
  const links = createLinks({ ring: web.ring, publicUrl, now: () => web.clock.now })
  const visitor = { lineAccount: 'f'.repeat(24), provider: '町'.repeat(40), userId: HANAKO.address }
  const share = new URL(
    links.shareUrl({ children: [mother.childId], municipality: '999016' }),
  ).searchParams.get('with')!
  const asked = { dates: { dueDate: '2027-03-13' }, childId: mother.childId }
  const { readerId } = mother
  const urls = [
    links.lineRegistrationUrl(visitor, { municipality: '999016', share }),
    links.talkPageUrl({ readerId, asked, lineAccount: visitor.lineAccount, isForBirth: true }),
    links.stopUrl({ readerId, town: '999016' }),
  ]
  for (const url of urls) expect(url.length).toBeLessThanOrEqual(LINE_MAX_URI)
  const row = rowButtons({
    reader: { _id: readerId, edition: 'standard' },
    town: TOWNS[0]!,
    hasChildren: true,
    hasUnborn: true,
    links,
    lineAccount: visitor.lineAccount,
    heard: { isDespair: false, isDanger: false, isEnding: false, isWorry: false, isBirth: true },
    asked: null,
  })
  for (const { label, uri } of row) {
    expect(label.length).toBeLessThanOrEqual(LINE_MAX_LABEL)
    expect(uri.length).toBeLessThanOrEqual(LINE_MAX_URI)
  }
})

test('a reader of the edition in plain Japanese is answered in it', async () => {
  await web.readers.changeProfile({ ...mother, edition: 'easy' })
  const [help, row] = await answerToText(web, '助けて')
  expect(wordsOf(help)).toContain('電話(でんわ)で 話(はな)すことが できます。')
  expect(labelsOf(row)).toEqual([
    '相談(そうだん)する ところ',
    '登録(とうろく)を 見(み)る・変(か)える',
    '止(と)める・休(やす)む',
  ])
  expect(checkMessages([help, row])).toEqual([])
})

test('who has deliveries of two towns is told which button is whose', async () => {
  const both = await openWeb()
  const first = await both.readers.register(registration())
  const second = await both.readers.register(registration({ municipality: '999024' }))
  const [cards] = await answerToText(both, '登録の内容')
  expect(wordsOf(cards)).toMatch(/みなと町です。[^]*うみべ町です。/)
  const opened = buttonsOf(cards).flatMap(({ uri }) => {
    const link = both.links.openPageLink(uri.split('/').at(-1)!)
    return link ? [link.readerId] : []
  })
  expect(opened.toSorted()).toEqual([first.readerId, second.readerId].toSorted())
  await both.close()
})
