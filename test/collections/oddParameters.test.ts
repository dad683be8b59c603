// Whatever is asked, however wrong: an answer with a sentence, never a 500.
import { afterAll, describe, expect, test } from '@jest/globals'

import { startCms } from './cms'
import { createDocuments } from './documents'
import { gather } from './people'
import { share } from '../share'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
for (const target of ['draft', 'live'] as const) await documents.find('kizuna-manuscripts', target)
await documents.find('kizuna-add-ons', 'own')
const slugs = cms.config.collections.map(({ slug }) => slug as string)
afterAll(() => cms.stop())

const REFUSED = [
  'where=x',
  'where=null',
  'where=[]',
  'where=%7B',
  'where[]=x',
  'where[title]=x',
  'where[title][near]=1,2,3,4',
  'where[title][within][a]=1',
  'where[title][intersects]=x',
  'where[title][$ne]=x',
  'where[title][regex]=x',
  'where[title][equals][$ne]=x',
  'where[id][equals][$gt]=',
  'where[$where][equals]=1',
  'where[$or][0][title][equals]=1',
  'where[or][0]=x',
  'where[and][0][or][0]=x',
  `where${'[and][0]'.repeat(9)}[id][exists]=true`,
  'where[title][like][x]=y',
  `where[id][equals]=${'x'.repeat(20_000)}`,
  'sort=$where',
  'sort[$gt]=1',
  'sort=title.$x',
  'sort=a,b,c,d,e,f',
  'sort=nichts',
  'limit=abc',
  'limit=-1',
  'limit=1e9',
  'limit[]=1',
  'limit=999999999999999999999',
  'page=-1',
  'page=1.5',
  'page=x',
  'page=99999999999999',
  'depth=abc',
  'depth=-1',
  'depth=100000',
  'draft[]=1',
  'draft=maybe',
  'trash[a]=b',
  'select=x',
  'populate=x',
  'joins=x',
  'locale[]=x',
  'fallbackLocale[a]=x',
  'data=x',
  'data=null',
]

const ODD = [
  'where[__proto__][equals]=1',
  'where[id][equals]=x',
  'where[id][in][]=x',
  'where[id][in]=x',
  'where[id][greater_than]=x',
  'where[createdAt][greater_than]=abc',
  'where[createdAt][equals]=99999999999999999',
  'where[createdAt][like]=x',
  'where[updatedAt][in][]=x',
  'where[title][like]=(((',
  'where[title][contains]=[a-',
  'where[title][like]=\\',
  'where[title][exists]=maybe',
  'where[title][equals][]=a',
  'where[title][all]=a',
  'where[name][not_in]=a',
  'where[series][equals]=x',
  'where[series.title][equals]=x',
  'where[document.value][equals]=x',
  'where[document.relationTo][equals]=nichts',
  'where[document][equals]=x',
  'where[actor.value][in]=x,y',
  'where[blocks.text][like]=x',
  'where[revision][greater_than]=abc',
  'where[isActive][equals]=maybe',
  'where[content.title][equals]=x',
  'where[_status][equals]=x',
  'where[sessions.id][equals]=x',
  'select[x]=true',
  'select[title][$x]=true',
  'select[title]=maybe',
  'select[title]=true&select[body]=false',
  'populate[users][kizunaName]=true',
  'populate[x]=y',
  'joins[x][limit]=a',
  'limit=0&page=7',
  'limit=&page=&depth=&sort=&where=',
  'locale=xx&fallback-locale=yy',
  'a[b][c][d][e][f][g][h][i][j][k][l]=1',
  '%E0%A4%A',
  'where[%00][equals]=1',
  'where[title][equals]=%00',
]

const READERS = ['editor', 'municipal-editor', 'worker', 'anonymous'] as const
const PARTS = ['/versions', '/count', '/aaaaaaaaaaaaaaaaaaaaaaaa', '/x']

/** What came that no answer may be: everything else is left out. */
async function wrong(path: string, as: string | undefined, isWrong: (status: number) => boolean) {
  const { status, body } = await cms.rest({ path, as })
  const isSaid = status !== 400 || /[ぁ-ん]/.test(JSON.stringify(body))
  return isWrong(status) || !isSaid ? [`${status} ${path}`.slice(0, 120)] : []
}

const isServersFault = (status: number) => status >= 500 && status !== 501
const isTaken = (status: number) => ![400, 403, 404, 501].includes(status)

/** One of several, another one for the next number: over the collections each meets each question. */
function inTurn<T>(several: readonly T[], number: number): T {
  return several[number % several.length] as T
}

/** Asked everything, one with versions and one with log-ins; of the others each its share. */
const WHOLE = ['kizuna-manuscripts', 'users']
const SHARES = 6

describe.each(slugs.map((slug, at) => ({ slug, at })))('$slug', ({ slug, at }) => {
  const shareOf = (queries: readonly string[]) =>
    WHOLE.includes(slug) ? queries : share(queries, { nth: SHARES, from: at })

  test('what is no question is refused with a sentence', async () => {
    const found: string[] = []
    for (const query of shareOf(REFUSED)) {
      found.push(...(await wrong(`/${slug}?${query}`, people.as.admin, isTaken)))
    }
    expect(found).toEqual([])
  })

  test('nothing is answered 500, whoever asks for whatever part', async () => {
    const found: string[] = []
    for (const query of shareOf(ODD)) {
      found.push(...(await wrong(`/${slug}?${query}`, people.as.admin, isServersFault)))
    }
    for (const [number, query] of shareOf([...REFUSED, ...ODD]).entries()) {
      const part = inTurn(PARTS, number + at)
      found.push(...(await wrong(`/${slug}${part}?${query}`, people.as.admin, isServersFault)))
    }
    for (const [number, query] of shareOf(ODD).entries()) {
      const as = people.as[inTurn(READERS, number + at)]
      found.push(...(await wrong(`/${slug}?${query}`, as, isServersFault)))
    }
    expect(found).toEqual([])
  }, 120_000)
})

describe('bodies', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const BODIES = [
    ...['null', '[]', '[null]', '"x"', '5', 'true', '{', 'x', '{"a":}', deep(40), deep(5000)],
    ...['{"__proto__":{"x":1}}', '{"constructor":1}', '{"a":{"prototype":1}}', '[['.repeat(5000)],
  ]
  const paths = slugs
    .filter((slug) => !slug.startsWith('payload-jobs'))
    .flatMap((slug) => [`/${slug}`, `/${slug}/aaaaaaaaaaaaaaaaaaaaaaaa`])
  const ours = [
    ...['login', 'forgot-password', 'reset-password', 'unlock', 'first-register', 'logout'].map(
      (name) => `/users/${name}`,
    ),
    ...['submit', 'approve', 'publish', 'withdraw', 'comments'].map(
      (step) => `/kizuna-manuscripts/aaaaaaaaaaaaaaaaaaaaaaaa/${step}`,
    ),
    ...cms.config.endpoints.map(({ path }) => path),
    ...cms.config.collections.flatMap(({ slug, endpoints }) =>
      (endpoints || [])
        .filter(({ method }) => method === 'post')
        .map(({ path }) => `/${slug}${path.replace(/:\w+\??/g, 'aaaaaaaaaaaaaaaaaaaaaaaa')}`),
    ),
  ]

  test.each(['admin', 'anonymous'] as const)(
    'no body of the %s is answered 500',
    async (role) => {
      const found: string[] = []
      for (const [at, path] of [...new Set([...paths, ...ours])].entries()) {
        for (const method of ['POST', 'PATCH'] as const) {
          // What is ours reads its bodies itself; Payload reads all alike, so each meets its share.
          const isWhole = method === 'POST' && ours.includes(path)
          const texts = role === 'admin' ? BODIES : BODIES.slice(0, 8)
          for (const text of share(texts, { nth: isWhole ? 3 : SHARES, from: at })) {
            const { status } = await cms.send({ method, path, as: people.as[role], text })
            if (isServersFault(status))
              found.push(`${status} ${method} ${path} ${text.slice(0, 30)}`)
          }
        }
      }
      expect(found).toEqual([])
    },
    240_000,
  )

  test('what is no set of fields is refused with a sentence', async () => {
    for (const text of BODIES) {
      const path = '/kizuna-manuscripts?draft=true'
      const answer = await cms.send({ method: 'POST', path, as: people.as.editor, text })
      expect({ text: text.slice(0, 30), status: answer.status }).toEqual({
        text: text.slice(0, 30),
        status: 400,
      })
      expect(JSON.stringify(answer.body)).toMatch(/[ぁ-ん]/)
    }
  })

  test('values of the wrong kind are refused at their field', async () => {
    const values = [null, [], {}, 5, true, 'x', [null], { $gt: '' }, [[]]]
    const found: string[] = []
    for (const [slug, target] of [
      ['kizuna-manuscripts', 'draft'],
      ['kizuna-add-ons', 'own'],
      ['kizuna-series', 'any'],
      ['kizuna-municipalities', 'own'],
      ['users', 'team'],
      ['kizuna-hidden-texts', 'own'],
      ['kizuna-sources', 'own'],
      ['kizuna-line-accounts', 'own'],
      ['kizuna-reports', 'own'],
      ['kizuna-statistics', 'own'],
      ['kizuna-voices', 'own'],
      ['kizuna-surveys', 'own'],
      ['kizuna-survey-results', 'own'],
      ['kizuna-denominators', 'own'],
      ['kizuna-service-accounts', 'any'],
      ['kizuna-shared-add-ons', 'own'],
    ] as const) {
      const isWorkers = WORKERS.includes(slug)
      const as = isWorkers ? people.as.worker : people.as[writerOf(slug)]
      const data = await documents.input(slug, target)
      for (const name of Object.keys(data)) {
        for (const value of values) {
          const body = { ...data, [name]: value }
          const path = `/${slug}?draft=true`
          const { status } = await cms.rest({ method: 'POST', path, as, body })
          if (isServersFault(status)) found.push(`${slug}.${name} = ${JSON.stringify(value)}`)
        }
      }
    }
    expect(found).toEqual([])
  }, 240_000)

  const WORKERS: readonly string[] = [
    'kizuna-reports',
    'kizuna-statistics',
    'kizuna-voices',
    'kizuna-survey-results',
  ]

  function writerOf(slug: string) {
    if (slug === 'kizuna-manuscripts') return 'editor'
    return [
      'kizuna-add-ons',
      'kizuna-hidden-texts',
      'kizuna-shared-add-ons',
      'kizuna-sources',
      'kizuna-denominators',
      'kizuna-surveys',
    ].includes(slug)
      ? 'municipal-editor'
      : 'admin'
  }
})

describe('sizes', () => {
  const says = ({ status, body }: Awaited<ReturnType<typeof cms.send>>) => [
    status,
    /[ぁ-ん]/.test(JSON.stringify(body)),
  ]

  test('a question that is sent as a body is checked like one in an address', async () => {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const found: string[] = []
    for (const name of ['X-HTTP-Method-Override', 'X-Payload-HTTP-Method-Override']) {
      const headers = { [name]: 'GET', ...type }
      const call = { method: 'POST', path: '/kizuna-manuscripts', as: people.as.admin, headers }
      for (const text of REFUSED) {
        const { status } = await cms.send({ ...call, text })
        if (status !== 400) found.push(`${status} ${text.slice(0, 80)}`)
      }
      expect((await cms.send({ ...call, text: 'limit=1&depth=0' })).status).toBe(200)
    }
    expect(found).toEqual([])
  })

  test.each([
    '{"depth":100000}',
    '{"depth":-1}',
    '{"select":"x"}',
    '{"joins":{"x":{"limit":1000000000}}}',
    '{"joins":{"x":{"where":{"a":{"$ne":1}}}}}',
    '{"data":[]}',
  ])('also as JSON: %s', async (text) => {
    const id = await documents.find('kizuna-manuscripts', 'draft')
    const headers = { 'X-Payload-HTTP-Method-Override': 'GET' }
    const call = {
      method: 'POST',
      path: `/kizuna-manuscripts/${id}`,
      as: people.as.editor,
      headers,
    }
    expect(says(await cms.send({ ...call, text }))).toEqual([400, true])
    expect((await cms.send({ ...call, text: '{"depth":1,"draft":true}' })).status).toBe(200)
  })

  test.each(['application/json', 'text/plain'])(
    'what the admin remembers of somebody has a maximum (%s)',
    async (type) => {
      const save = (key: string, value: unknown) =>
        cms.send({
          method: 'POST',
          path: `/payload-preferences/${key}`,
          as: people.as.contributor,
          headers: { 'Content-Type': type },
          text: JSON.stringify({ value }),
        })
      expect((await save('columns', { list: ['title'] })).status).toBe(200)
      expect(says(await save('columns', 'あ'.repeat(60_000)))).toEqual([400, true])
      expect(says(await save('columns', new Array(20_000).fill({})))).toEqual([400, true])
      expect(says(await save('k'.repeat(5000), 'x'))).toEqual([400, true])
    },
  )

  const form = (fields: [string, string][]) => {
    const body = new FormData()
    for (const [name, value] of fields) body.append(name, value)
    return body
  }
  const FIELDS = Array.from({ length: 30 }, (_, n) => [`f${n}`, 'x'] as [string, string])

  test.each([
    ['of too many fields', 413, form(FIELDS)],
    ['with a field that is too long', 413, form([['_payload', `"${'a'.repeat(2_000_000)}"`]])],
    ['whose fields are no JSON', 400, form([['_payload', '{']])],
  ])('a form %s is refused with a sentence', async (_, status, body) => {
    for (const as of [people.as.editor, undefined]) {
      const answer = await cms.rest({
        method: 'POST',
        path: '/kizuna-manuscripts?draft=true',
        as,
        body,
      })
      expect(says(answer)).toEqual([status, true])
    }
  })

  test.each(['multipart/form-data', 'multipart/form-data; boundary=x', 'multipart/mixed'])(
    'what cannot be taken apart is refused with a sentence: %s',
    async (type) => {
      const answer = await cms.send({
        method: 'POST',
        path: '/kizuna-manuscripts?draft=true',
        as: people.as.editor,
        headers: { 'Content-Type': type },
        text: '--x\r\nno form',
      })
      expect(says(answer)).toEqual([400, true])
    },
  )
})
