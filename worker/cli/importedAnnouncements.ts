import { ANNOUNCED_OVER_DAYS, announcementSubject } from '../../src/plan/announcement'
import type { MunicipalitySettings } from '../../src/plan/settings'
import type { LiveContent } from '../../src/release/live'
import { ANNOUNCEMENT_LABEL } from '../../src/stage/announcement'
import type { LocalDay } from '../../src/stage/day'
import type { FindAnnouncement, ImportAnnouncement } from '../readers/importedAnnouncement'

/** What is synced of the CMS, as far as it is asked here. */
interface Synced {
  content: () => LiveContent
  settings: (code: string) => MunicipalitySettings | null
}

/** Finds what imported readers are told, in what is synced on a day; each edition is looked at once. */
export function createFindAnnouncement(syncedContent: Synced, date: LocalDay): FindAnnouncement {
  const content = syncedContent.content()
  const known = new Map<string, string | null>()
  return (town, preferences) => {
    const key = `${town} ${preferences.edition}`
    const settings = syncedContent.settings(town)
    if (!settings) return null
    if (!known.has(key)) {
      known.set(key, announcementSubject({ settings, content, date }, preferences))
    }
    return known.get(key) ?? null
  }
}

/** What an import says of the announcement: to whom it goes, and where there is none. */
export interface AnnouncementLines {
  given: string[]
  missing: string[]
}

/** The sentences, town by town; of who is told only numbers. *Pure.* */
export function announcementLines(
  announcements: readonly ImportAnnouncement[],
  nameOf: (code: string) => string,
): AnnouncementLines {
  const told = announcements.filter((one) => one.told > 0)
  const untold = announcements.filter((one) => one.untold > 0)
  return {
    given: told.map((one) => {
      const subjects = one.subjects.map((subject) => `「${subject}」`).join('')
      return `${ANNOUNCEMENT_LABEL}${subjects}を、${nameOf(one.municipality)}の新しい読者 ${one.told} 人に 1 回だけ送ります。${WHEN}`
    }),
    missing: untold.map(
      (one) =>
        `注意: ${nameOf(one.municipality)}の新しい読者 ${one.untold} 人に送る「${ANNOUNCEMENT_LABEL}」がありません。${WHAT_TO_DO}`,
    ),
  }
}

const WHEN = `はじめの文と同じ日に届きます。${ANNOUNCED_OVER_DAYS} 日のうちに文のない人には、その間に分けて届きます。`

const WHAT_TO_DO =
  '配信元が変わったことを知らせるには、「前のしくみから移った日」から数えるシリーズに原稿を書き、承認して公開し、自治体の設定でそのシリーズを使ってから、取り込んでください。知らせずに取り込むこともできますが、あとからは送れません。前のしくみから移る人でなければ、--no-announcement を付けてください。'
