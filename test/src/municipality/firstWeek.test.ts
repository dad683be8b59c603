// The guide of a clerk's first week: five tasks, each done by what really happened, gone when all are.
import { expect, test } from '@jest/globals'

import { recordAudit } from '../../../src/cms/audit'
import { findFirstTasks } from '../../../src/municipality/firstWeek'
import { FIRST_WEEK_KEY } from '../../../src/municipality/firstWeekKey'
import { publishAll } from '../../../src/sample/publishAll'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

const tasksOf = async (person: Person) => {
  const { user } = await cms.reqOf(person)
  return findFirstTasks(cms.payload, user!)
}
const doneBy = async (person: Person) =>
  (await tasksOf(person))?.filter(({ isDone }) => isDone).map(({ code }) => code) ?? null
/** As the admin notes what somebody has before them. */
const notes = (person: Person, value: object) =>
  cms.rest(person, `POST /payload-preferences/${FIRST_WEEK_KEY}`, { value })

test('the sample’s texts are nobody’s first week: its clerk begins at none of five', async () => {
  await cms.payload.create({
    collection: 'kizuna-add-ons',
    data: {
      title: '見本の教室',
      municipality: cms.municipality.id,
      from: 'month4',
      to: 'month12',
      timing: 'once',
      isEndIncluded: true,
      monthRule: 'friendly',
      order: 10,
      topics: ['local'],
      blocks: [{ blockType: 'text', text: '毎月ひらきます。' }],
    } as never,
    draft: true,
  })
  expect(await publishAll(cms.payload, () => new Date())).toBe(1)
  for (const clerk of ['machi', 'mina'] as const) expect(await doneBy(clerk)).toEqual([])
})

test('each task is done by what its clerk did, and by nobody else', async () => {
  expect(await doneBy('machi')).toEqual([])
  const { id } = await cms.addOn()
  expect(await doneBy('machi')).toEqual(['write'])
  const tasks = await tasksOf('machi')
  expect(tasks?.find(({ code }) => code === 'submit')?.path).toBe(
    `/collections/kizuna-add-ons/${id}`,
  )
  await cms.on('kizuna-add-ons').post('machi', `${id}/submit`)
  expect(await doneBy('machi')).toEqual(['write', 'submit'])
  expect((await notes('machi', { contact: true })).status).toBe(200)
  expect(await doneBy('machi')).toEqual(['contact', 'write', 'submit'])
  expect(await doneBy('mina')).toEqual([])
  // Out by now, it has no authors any more; it was theirs all the same.
  await cms.payload.db.updateOne({ collection: 'kizuna-add-ons', id, data: { authors: [] } })
  expect(await doneBy('machi')).toEqual(['contact', 'write', 'submit'])
})

test('it is gone when all five are done', async () => {
  await notes('machi', { contact: true, preview: true })
  await recordAudit(await cms.reqOf('machi'), {
    action: 'counter',
    collection: 'kizuna-municipalities',
    documentId: cms.municipality.id,
    at: new Date(),
  })
  expect(await tasksOf('machi')).toBeNull()
})

test('it is gone for who closes it, and never there for others', async () => {
  expect(await tasksOf('mina')).toHaveLength(5)
  await notes('mina', { isDismissed: true })
  expect(await tasksOf('mina')).toBeNull()
  for (const person of ['hana', 'midori', 'doctor', 'mayu', 'dango', 'root'] as const) {
    expect(await tasksOf(person)).toBeNull()
  }
})
