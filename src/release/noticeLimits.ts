import { ADD_ON_FIELDS } from './addOnFields'
import type { AddOnContent, ReleaseContent } from './content'
import type { Problem } from './problem'

/** A municipality's one-off text to a segment, on a day, at an hour: an add-on of its own timing. */
export type NoticeContent = AddOnContent & { timing: 'notice'; validFrom: string; validTo: string }

/** Whether a content is a notice. *Pure.* */
export function isNotice(content: ReleaseContent): content is NoticeContent {
  return content.type === 'addOn' && content.timing === 'notice'
}

/** What is only said of a notice. */
const OF_NOTICES = ['hour', 'relation', 'channel'] as const

/** Everything wrong with the day of a notice, or with what is said of one where there is none. *Pure.* */
export function checkNotice(content: AddOnContent): Problem[] {
  if (!isNotice(content)) {
    return OF_NOTICES.filter((name) => content[name] !== undefined).map((field) => ({
      field,
      code: 'NOTICE_ONLY',
      message: `「${ADD_ON_FIELDS[field].label}」が選ばれていますが、「送る回数」が「お知らせ」ではありません。選ばないか、「お知らせ」に変えてください。`,
    }))
  }
  const { validFrom, validTo } = content
  if (!validFrom) {
    const message =
      'お知らせを送る日がまだありません。「送る日」に、あしたか、それより後の日を入れてください。'
    return [{ field: 'validFrom', code: 'EMPTY', message }]
  }
  if (validTo === validFrom) return []
  const message =
    'お知らせは 1 日だけのものです。「掲載を終える日」を、送る日と同じ日にしてください。'
  return [{ field: 'validTo', code: 'VALIDITY_ENDS_BEFORE_START', message }]
}
