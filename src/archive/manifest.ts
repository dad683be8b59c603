import { z } from 'zod'

/** Name and version of the form; another one is not read. */
export const TAKEOUT_FORMAT = 'kizuna-takeout-1'

/** Where the manifest is; it is written last, so an archive without it is not whole. */
export const MANIFEST_PATH = 'manifest.json'

const place = z.object({ path: z.string(), lines: z.int().min(0) })

/** What an archive says of itself. */
export const takeoutManifest = z.object({
  format: z.literal(TAKEOUT_FORMAT),
  product: z.string(),
  takenAt: z.iso.datetime(),
  municipality: z.object({
    /** Six-digit code. */
    code: z.string().regex(/^\d{6}$/),
    name: z.string(),
    /** Its id in the CMS it was taken from. */
    id: z.string(),
  }),
  /** Its deliveries pause and none was under way: what was sent until then is all in here. */
  isFinal: z.boolean(),
  /** Every file of lines, with how many it has. */
  files: z.array(place),
})

/** What an archive says of itself. */
export type TakeoutManifest = z.infer<typeof takeoutManifest>
