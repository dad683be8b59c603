// Families answer a survey: by their own link, on a page that knows nothing of them.
import type { ContentPlan } from './contents'
import { later, type Day } from './days'
import type { createOracle } from './oracle'
import { faultOf, type Person, type Scene } from './people'
import { textLinkIn, textLinkOf } from './ownPage'
import { pressInTalk } from './registering'
import { ASKED, surveyId } from './releases'

/** Answers of a survey, by its name, as families have given them. */
export type Given = Map<string, number>

/** On the day after a survey every second of those whom it reached answers it. */
export async function answerAll(of: {
  day: Day
  contents: ContentPlan
  oracle: ReturnType<typeof createOracle>
  answer: (asked: { reader: string; survey: string; isThere: boolean }) => Promise<unknown>
  given: Given
}): Promise<void> {
  const { day, contents, oracle, answer, given } = of
  for (const { name: survey, kind, day: asked } of contents.notices) {
    if (kind !== 'survey' || later(asked, 1) !== day) continue
    const own = oracle.toldOf(survey).filter((_, at) => at % 2 === 0)
    for (const { key: reader, isThere } of own) await answer({ reader, survey, isThere })
    given.set(survey, own.filter(({ isThere }) => isThere).length)
  }
}

/** A figure of answers as the CMS is told it. */
type Figure = number | 'small' | 'withheld'

function fits(figure: Figure | undefined, count: number): boolean {
  if (typeof figure === 'number') return figure === count
  return figure === 'withheld' || (figure === 'small' && count < SMALL)
}

/** Fewer than so many are told as few. */
const SMALL = 5

/** What the CMS was told of surveys that families have not answered so; each is told once. *Pure.* */
export function otherwiseCounted(results: readonly object[], given: Given): string[] {
  const told = results as { survey: string; told: { answered: Figure } }[]
  const twice = told.length - new Set(told.map(({ survey }) => survey)).size
  const wrong = [...given].flatMap(([name, count]) => {
    const figure = told.find(({ survey }) => survey === surveyId(name))?.told.answered
    return fits(figure, count) ? [] : [`${name}: ${count} answered, ${figure} told`]
  })
  return [...wrong, ...(twice > 0 ? [`${twice} told twice`] : [])]
}

/** Answers a survey, or is told that it concerns them no more. */
export async function answerSurvey(
  scene: Scene,
  person: Person,
  { survey, isThere }: { survey: string; isThere: boolean },
): Promise<void> {
  const { visitor } = person
  const id = surveyId(survey)
  const link =
    person.channel === 'line' ? await askInTalk(scene, person, id) : textLinkOf(scene, person)
  if (!link && !isThere) return // the talk answers them as it answers anybody
  const path = `${link}/survey/${id}`
  const page = await visitor.open(path)
  if (!isThere) {
    if (page.status !== 410) throw faultOf(page, 'that it concerns them no more')
    return
  }
  const sheet = await visitor.post(path)
  const thanks = await visitor.post(sheet.path, { [ASKED.id]: '1' })
  if (!thanks.path.includes('/survey/thanks/')) throw faultOf(thanks, 'thanks')
}

async function askInTalk(scene: Scene, person: Person, id: string): Promise<string | null> {
  const button = { data: `kizuna:survey:${id}`, label: '答える' }
  const said = await pressInTalk(scene, person, button)
  return said.includes('/survey/') ? textLinkIn(said) : null
}
