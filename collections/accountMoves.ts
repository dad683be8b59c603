import type { CollectionConfig } from 'payload'

import { accountMoveEndpoints } from '../src/accountMoves/endpoints'
import { ACCOUNT_MOVES } from '../src/accountMoves/stored'
import { MOVE_KINDS, MOVE_STAGES } from '../src/fields/choices'
import { INSERT_ONLY, STORED } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'
import { accountMovesAccess } from '../src/people/access'
import type { KizunaSettings } from '../src/plugin/options'

/** Moves of municipalities' readers to another account, each with all that was done and came of it. */
export function createAccountMoves(settings: KizunaSettings): CollectionConfig {
  return {
    slug: ACCOUNT_MOVES,
    labels: { singular: 'アカウントの引っ越し', plural: 'アカウントの引っ越し' },
    access: accountMovesAccess,
    admin: { hidden: true, useAsTitle: 'title' }, // the page 「LINE アカウントの引っ越し」 shows them
    defaultSort: '-createdAt',
    ...INSERT_ONLY,
    endpoints: settings.isDisabled ? [] : accountMoveEndpoints(settings),
    fields: [
      { name: 'title', type: 'text', label: '題名', maxLength: 300 },
      { ...municipalityField, required: true },
      { name: 'kind', type: 'select', label: '種類', required: true, options: MOVE_KINDS },
      {
        name: 'stage',
        type: 'select',
        label: '段階',
        required: true,
        index: true,
        options: MOVE_STAGES,
      },
      { name: 'from', type: 'text', label: '前のアカウント', required: true, maxLength: 100 },
      { name: 'to', type: 'text', label: '新しいアカウント', required: true, maxLength: 100 },
      { name: 'accounts', type: 'json', label: '提案したときのアカウント', admin: STORED },
      { name: 'begin', type: 'text', label: '始めた日', required: true, maxLength: 10 },
      { name: 'until', type: 'text', label: '期間の終わり', required: true, maxLength: 10 },
      { name: 'history', type: 'json', label: 'したこと', admin: STORED },
      { name: 'figures', type: 'json', label: '日ごとの数', admin: STORED },
    ],
  }
}
