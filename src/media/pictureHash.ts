import { createHash } from 'node:crypto'

import type { FieldHook, TextField } from 'payload'

import { unseen } from '../fields/readOnly'
import { writtenByHooks } from '../people/access'

/** SHA-256 of a file, 64 hex digits: the name a picture of a text has outside the library. *Pure.* */
export function pictureHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Of the file that is stored, which never changes (receivePicture); nobody says it. */
const hashOfFile: FieldHook = ({ operation, originalDoc, req }) => {
  if (operation !== 'create') return originalDoc?.sha256 ?? null
  return req.file ? pictureHash(req.file.data) : null
}

/** The hash of a picture's file; pictures from before have none. */
export const hashField: TextField = {
  ...unseen({ name: 'sha256', type: 'text', label: '画像の印' }),
  index: true,
  access: writtenByHooks,
  hooks: { beforeChange: [hashOfFile] },
}
