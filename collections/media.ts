import type { CollectionConfig } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { mediaAccess, writtenOnce } from '../src/people/access'
import { isOnlyContributor } from '../src/people/roles'
import { ownMunicipalityFirst } from '../src/proposal/hooks'
import { unseen } from '../src/fields/readOnly'
import { keepShownPicture, keepShownPublic } from '../src/media/pictureUse'

/** Payload's own facts about a file that say nothing to a clerk, and speak English. */
const FILE_FACTS = [
  unseen({ name: 'url', type: 'text', label: 'アドレス' }),
  unseen({ name: 'thumbnailURL', type: 'text', label: '小さい画像のアドレス' }),
  unseen({ name: 'mimeType', type: 'text', label: 'ファイルの種類' }),
]

/** Pictures, e.g. covers of picture books. */
export function createMedia({ mediaDir }: KizunaSettings): CollectionConfig {
  return {
    slug: 'media',
    labels: { singular: '画像', plural: '画像' },
    access: mediaAccess,
    admin: {
      hidden: ({ user }) => isOnlyContributor(user),
      group: '原稿',
      useAsTitle: 'alt',
      defaultColumns: ['filename', 'alt', 'isPublic', 'municipality', 'updatedAt'],
      description: '絵本の表紙などの画像です。使ってよい画像だけを入れてください。',
    },
    disableDuplicate: true,
    disableBulkEdit: true,
    upload: {
      staticDir: mediaDir,
      // LINE shows JPEG and PNG only: https://developers.line.biz/en/reference/messaging-api/#f-image
      mimeTypes: ['image/jpeg', 'image/png'],
      pasteURL: false,
      focalPoint: false,
      crop: false,
      filesRequiredOnCreate: true,
    },
    hooks: {
      beforeValidate: [ownMunicipalityFirst],
      beforeChange: [keepShownPublic],
      beforeDelete: [keepShownPicture],
    },
    fields: [
      ...FILE_FACTS,
      {
        name: 'alt',
        type: 'text',
        label: '画像の説明',
        required: true,
        admin: {
          description: '画像が見えない人に読み上げられます。例: 絵本「もりのおはなし」の表紙',
        },
      },
      {
        name: 'isPublic',
        type: 'checkbox',
        label: '読者に見せる',
        defaultValue: false,
        admin: {
          description:
            '入れると、ログインしていない人もアドレスを知っていれば見られるようになります。',
        },
      },
      {
        name: 'municipality',
        type: 'relationship',
        label: '自治体',
        relationTo: 'municipalities',
        access: writtenOnce,
        admin: {
          position: 'sidebar',
          description:
            '空のままだと、自治体の担当者が入れた画像はその自治体のもの、制作監修チームが入れた画像は全体のものになります。',
        },
      },
    ],
  }
}
