import type { Endpoint } from 'payload'
import { z } from 'zod'

import { address, endpoint, jsonBody, only, saying, word } from '../cms/endpoint'
import { inLine } from '../cms/inLine'
import { inTransaction } from '../cms/transaction'
import { normalizeDay } from '../fields/dayField'
import { sentTable } from '../import/sentTable'
import { hasRole, MUNICIPAL } from '../people/roles'
import {
  DENOMINATOR_KINDS,
  denominatorTitle,
  type DenominatorKind,
} from '../statistics/denominators'
import { importDenominators } from './importDenominators'
import { saveDenominator } from './saveDenominator'

const KINDS = DENOMINATOR_KINDS.map(({ value }) => value) as [DenominatorKind, ...DenominatorKind[]]

const typed = z.object({
  kind: z.enum(KINDS),
  period: word,
  count: z.number(),
  source: word,
  countedOn: word.transform((text) => String(normalizeDay(text))),
})

/** Only those whose own town it is type in what it counted. */
export const denominatorPeople = only(
  (user) => hasRole(user, ...MUNICIPAL),
  '分母の数を入れられるのは、自治体の編集担当と承認者です。',
)

/**
 * `POST /numbers/denominators` writes a number of the own municipality, over the one that is there,
 * and answers what it did in a sentence.
 */
export const denominatorEndpoint: Endpoint = endpoint({
  method: 'post',
  path: '/numbers/denominators',
  who: denominatorPeople,
  input: jsonBody(
    typed,
    saying('何の数か、いつの分か、数、出典、いつの数字かを、すべて入れてください。'),
  ),
  run: async ({ req, input }) => {
    const saved = await inTransaction(req, () => saveDenominator(req, input))
    const name = `${denominatorTitle(input)} ${input.count.toLocaleString('ja-JP')}`
    if (saved.action === 'created') return { words: `${name} を入れました。` }
    if (saved.action === 'unchanged') return { words: `${name} は、もう同じ数が入っています。` }
    return { words: `${name} に直しました(前は ${saved.before.count.toLocaleString('ja-JP')})。` }
  },
})

const importQuery = z.object({ agreedTo: word.optional() })

/**
 * `POST /numbers/denominators/import[?agreedTo]` with the file as the body answers what it would do;
 * with the fingerprint of that it does it.
 */
export const importDenominatorsEndpoint: Endpoint = endpoint({
  method: 'post',
  path: '/numbers/denominators/import',
  who: denominatorPeople,
  input: address(importQuery, saying('agreedTo は 200 文字までです。')),
  run: ({ req, input: { agreedTo = null } }) =>
    inLine(`denominators:${req.user?.id}`, async () => {
      const { source } = await sentTable(req)
      return importDenominators(req, { source, agreedTo })
    }),
})
