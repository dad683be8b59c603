import type { Payload } from 'payload'

import { toStore } from '../cms/stored'
import { addDays, localDayOf } from '../stage/day'

/** Town of the sample that has a notice on its way. */
const TOWN = '394998'

/** Days from the first start on which it goes out: there is time to look at it, and to take it back. */
const DAYS_AHEAD = 7

/** Adds the draft of a notice of the sample's town, a week from now. Can be repeated. */
export async function addSampleNotice(payload: Payload, now: Date): Promise<void> {
  const { docs } = await payload.find({
    collection: 'kizuna-municipalities',
    where: { code: { equals: TOWN } },
    depth: 0,
    limit: 1,
  })
  const municipality = docs[0]?.id
  if (municipality === undefined) return
  const known = await payload.count({
    collection: 'kizuna-add-ons',
    where: { and: [{ municipality: { equals: municipality } }, { timing: { equals: 'notice' } }] },
  })
  if (known.totalDocs > 0) return
  await payload.create({
    collection: 'kizuna-add-ons',
    draft: true,
    data: toStore({
      municipality,
      title: '(見本)パパとママの沐浴教室',
      from: '24w0d',
      to: 'month3',
      timing: 'notice',
      validFrom: addDays(localDayOf(now), DAYS_AHEAD),
      hour: '10-30',
      relation: 'everybody',
      channel: 'both',
      isEndIncluded: true,
      monthRule: 'friendly',
      order: 100,
      topics: ['local'],
      blocks: [
        {
          blockType: 'text',
          text: 'つぎの土曜の午前、保健センターで沐浴教室を開きます。赤ちゃんの人形で、ゆっくり練習できます。\nおひとりでも、ご家族とでもどうぞ。前の日までに、お電話でお申し込みください。\n\n保健センター {{保健センターの電話}}\n\n※この案内は見本です。',
        },
      ],
    }),
  })
}
