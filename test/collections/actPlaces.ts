// What the acts of actMatrix.ts are about, made once in each of two municipalities.
import type { ActPlace } from './actMatrix'
import type { TestCms } from './cms'
import { NOW } from './cms'
import { addOnData, toldResults, type Documents } from './documents'
import { insert, type People } from './people'

interface World {
  cms: TestCms
  people: People
  documents: Documents
}

/** Makes what stands in the own municipality and in the other one. */
export async function makeActPlaces(world: World): Promise<Record<'own' | 'other', ActPlace>> {
  const told = await world.documents.make('kizuna-surveys', 'commonApproved')
  return { own: await placeIn(world, 'own', told), other: await placeIn(world, 'other', told) }
}

async function placeIn(world: World, target: 'own' | 'other', told: string): Promise<ActPlace> {
  const { cms, documents, people } = world
  const town = people[target]
  const results = { survey: told, municipality: town, told: toldResults() }
  await insert(cms, 'kizuna-survey-results', results)
  const notice = { timing: 'notice', validFrom: '2026-12-20', from: 'month3', to: 'month12' }
  return {
    town,
    told,
    survey: await documents.make('kizuna-surveys', target),
    funding: await documents.make('kizuna-funding-reports', target),
    move: await documents.make('kizuna-account-moves', target),
    source: await documents.make('kizuna-sources', target),
    voice: await documents.make('kizuna-voices', target),
    notice: await insert(cms, 'kizuna-add-ons', { ...addOnData(town), ...notice }),
    alert: await insert(cms, 'kizuna-alerts', {
      municipality: town,
      step: 'ask',
      key: `ask:${target}`,
      by: people.ids.chief,
      at: NOW.toISOString(),
      content: { alert: { isTraining: true, corrects: null } },
      readers: 60,
      isTraining: true,
    }),
  }
}
