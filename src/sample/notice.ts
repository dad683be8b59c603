import type { Payload } from 'payload'

import { toStore } from '../cms/stored'
import { addDays, localDayOf, type LocalDay } from '../stage/day'

/** What an add-on says that leaves nobody out. */
export const FOR_EVERYBODY = {
  relation: 'everybody',
  channel: 'both',
  isEndIncluded: true,
  monthRule: 'friendly',
  order: 100,
  topics: ['local'],
}

/** Town of the sample that has a notice on its way. */
const TOWN = '394998'

/** Days from the first start on which it goes out: there is time to look at it, and to take it back. */
const DAYS_AHEAD = 7

/** Adds the drafts of what the sample's town sends by itself: a notice in a week, an urgent template. */
export async function addSampleNotices(payload: Payload, now: Date): Promise<void> {
  await addDraft(payload, noticeOn(addDays(localDayOf(now), DAYS_AHEAD)))
  await addDraft(payload, HEAVY_RAIN)
}

/** Of each timing one; can be repeated. */
async function addDraft(payload: Payload, draft: { timing: string }): Promise<void> {
  const { docs } = await payload.find({
    collection: 'kizuna-municipalities',
    where: { code: { equals: TOWN } },
    depth: 0,
    limit: 1,
  })
  const municipality = docs[0]?.id
  if (municipality === undefined) return
  const { timing } = draft
  const known = await payload.count({
    collection: 'kizuna-add-ons',
    where: { and: [{ municipality: { equals: municipality } }, { timing: { equals: timing } }] },
  })
  if (known.totalDocs > 0) return
  await payload.create({
    collection: 'kizuna-add-ons',
    draft: true,
    data: toStore({
      municipality,
      ...FOR_EVERYBODY,
      ...draft,
    }),
  })
}

function noticeOn(validFrom: LocalDay) {
  return {
    title: '(見本)パパとママの沐浴教室',
    from: '24w0d',
    to: 'month3',
    timing: 'notice',
    validFrom,
    hour: '10-30',
    blocks: [
      {
        blockType: 'text',
        text: 'つぎの土曜の午前、保健センターで沐浴教室を開きます。赤ちゃんの人形で、ゆっくり練習できます。\nおひとりでも、ご家族とでもどうぞ。前の日までに、お電話でお申し込みください。\n\n保健センター {{保健センターの電話}}\n\n※この案内は見本です。',
      },
    ],
  }
}

const HEAVY_RAIN = {
  title: '(見本)大雨に備えてください',
  from: '4w0d',
  to: 'month84',
  timing: 'urgent',
  blocks: [
    {
      blockType: 'text',
      text: '町に大雨の警報が出ました。妊娠中の方と小さなお子さんのいるご家庭は、早めに安全な場所へ移ってください。\n\n持っていくもの: 母子健康手帳、飲んでいる薬、ミルクや紙おむつ、飲み水、着替え\n\n移るのに助けがいるときは、保健センター {{保健センターの電話}} に電話してください。\n\n※この文は見本です。',
    },
  ],
}
