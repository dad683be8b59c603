import { SURVEY_DATA } from '../../../src/release/blocks/survey'
import { localDayOf } from '../../../src/stage/day'
import type { LineMessagePayload } from '../../channel/channel'
import { talkMessage, type TalkCard } from '../talkCard'
import type { RowReader } from '../talkRow'
import { altTextOf, type KnownWriter, type LineWriter } from '../talkWriter'
import type { WebContext } from '../webContext'
import { wordsOf } from '../words/words'
import { titleOf } from './surveyPages'

/** The survey whose button was pressed; null when it was another one. *Pure.* */
export function surveyAskedIn(data: string | null): string | null {
  return data?.startsWith(SURVEY_DATA) ? data.slice(SURVEY_DATA.length) : null
}

/**
 * The answer to the button of a survey, which is the same for all who got it: the reader's own link. Null
 * for whom nothing comes: they are answered as to any button.
 */
export async function surveyReply(
  web: WebContext,
  writer: LineWriter,
  { id, known }: { id: string; known: KnownWriter },
): Promise<LineMessagePayload[] | null> {
  const survey = await web.surveys.survey(id)
  const asked = known.readers.filter(({ hasChildren, town }) => {
    const of = survey?.content.municipality ?? null
    return hasChildren && (of === null || of === town.code)
  })
  if (asked.length === 0) return null
  const isOpen = survey && survey.content.endsOn >= localDayOf(web.now())
  const cardOf = ({ reader, town }: RowReader): TalkCard => {
    const words = wordsOf(reader.edition)
    if (!isOpen) return { says: [words.survey.inTalkEnded], buttons: [] }
    const link = web.links.textUrl({ readerId: reader._id, town: town.code })
    const uri = `${link}/survey/${encodeURIComponent(id)}`
    const says = [words.survey.inTalk(titleOf(survey.content, words))]
    return { says, buttons: [{ label: words.survey.start, uri }] }
  }
  return [talkMessage(altTextOf(writer, known.words), asked.map(cardOf))]
}
