import type { CollectionConfig, ImageSize } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { mediaAccess, publicPictureAccess, writtenOnce } from '../src/people/access'
import { isOnlyContributor } from '../src/people/roles'
import { ownMunicipalityFirst } from '../src/proposal/hooks'
import { unseen } from '../src/fields/readOnly'
import { checkOneLine } from '../src/fields/checks'
import { hashField } from '../src/media/pictureHash'
import { keepShownPicture, keepShownPublic } from '../src/media/pictureUse'
import { receivePicture } from '../src/media/receivePicture'
import { RIGHTS } from '../src/media/rights'
import { servedSafely } from '../src/media/servedSafely'
import { SMALL_PICTURE_WIDTH, smallPictureName } from '../src/release/ourPicture'

/** Payload's own facts about a file that say nothing to a clerk, and speak English. */
const FILE_FACTS = [
  unseen({ name: 'url', type: 'text', label: 'アドレス' }),
  unseen({ name: 'thumbnailURL', type: 'text', label: '小さい画像のアドレス' }),
  unseen({ name: 'mimeType', type: 'text', label: 'ファイルの種類' }),
]

/** The size mail and lists show; small pictures have it too, so that its address is always there. */
const SMALL: ImageSize = {
  name: 'small',
  width: SMALL_PICTURE_WIDTH,
  withoutEnlargement: true,
  generateImageName: ({ originalName, extension }) =>
    smallPictureName(`${originalName}.${extension}`) ?? `${originalName}-small.${extension}`,
  admin: { disableListColumn: true, disableListFilter: true, disableGroupBy: true },
}

const MAX_ALT = 200
const MAX_SOURCE = 200

/** Pictures, e.g. covers of picture books. */
export function createMedia({ mediaDir }: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-media',
    graphQL: { singularName: 'KizunaMedia', pluralName: 'KizunaMedia' }, // the word has no plural
    labels: { singular: '画像', plural: '画像' },
    access: mediaAccess,
    admin: {
      hidden: ({ user }) => isOnlyContributor(user),
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'alt',
      defaultColumns: ['filename', 'alt', 'isPublic', 'municipality', 'updatedAt'],
      description:
        '絵本の表紙や、文章に添える絵・写真です。使ってよい画像だけを、JPEG か PNG で入れてください。要るところだけに切り抜けます(入れるときだけ)。撮った場所や日時などの記録は消され、LINE とメールに合う大きさになります。',
    },
    disableDuplicate: true,
    disableBulkEdit: true,
    upload: {
      staticDir: mediaDir,
      // LINE shows JPEG and PNG only: https://developers.line.biz/en/reference/messaging-api/#f-image
      mimeTypes: ['image/jpeg', 'image/png'],
      pasteURL: false,
      focalPoint: false, // nothing is cut by itself
      crop: true, // before it is stored, see receivePicture
      filesRequiredOnCreate: true,
      hideRemoveFile: true, // a file stays what it is, see receivePicture
      imageSizes: [SMALL],
      adminThumbnail: SMALL.name,
      modifyResponseHeaders: servedSafely,
    },
    hooks: {
      beforeOperation: [receivePicture],
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
        maxLength: MAX_ALT,
        validate: (value: unknown) => checkOneLine(value, '画像の説明', MAX_ALT),
        admin: {
          description: '画像が見えない人に読み上げられます。例: 絵本「もりのおはなし」の表紙',
        },
      },
      {
        name: 'source',
        type: 'text',
        label: '出典',
        required: true,
        maxLength: MAX_SOURCE,
        validate: (value: unknown) => checkOneLine(value, '出典', MAX_SOURCE),
        admin: { description: 'だれが描いた・撮ったものか。例: 見本市 広報課' },
      },
      {
        name: 'rights',
        type: 'select',
        label: '使ってよい理由',
        required: true,
        options: RIGHTS,
        admin: {
          description: '人の顔が分かる写真は、写っている人(子どもなら保護者)の承諾も要ります。',
        },
      },
      hashField,
      {
        name: 'isPublic',
        type: 'checkbox',
        label: '読者に見せる',
        defaultValue: false,
        access: publicPictureAccess,
        admin: {
          description:
            '入れると、ログインしていない人もアドレスを知っていれば見られるようになります。自治体の承認者(自分の自治体の画像)と監修責任者が決めます。',
        },
      },
      {
        name: 'municipality',
        type: 'relationship',
        label: '自治体',
        relationTo: 'kizuna-municipalities',
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
