import { z } from 'zod'

/** What may be wrong with a LINE account; each has its words among the alerts'. */
export const LINE_TROUBLES = [
  'line-token-refused',
  'line-quota-near',
  'line-quota-over',
  'line-quota-yields',
  'line-webhook-off',
  'line-webhook-unreached',
  'line-account-differs',
  'line-counts-differ',
] as const

/** One of these. */
export type LineTrouble = (typeof LINE_TROUBLES)[number]

/** As it is stored and told. */
export const lineTroubleShape = z.enum(LINE_TROUBLES)
