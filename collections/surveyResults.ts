import type { CollectionConfig } from 'payload'

import { INSERT_ONLY, STORED } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'
import { surveyResultsAccess } from '../src/people/access'
import { readSurveyTexts, readToldResults } from '../src/survey/told'
import { SURVEY_RESULTS, SURVEYS } from '../src/questionnaire/surveys'

/** What is told of a survey's answers in a municipality, once, after its end: the worker brings it. */
export function createSurveyResults(): CollectionConfig {
  return {
    slug: SURVEY_RESULTS,
    labels: { singular: 'アンケートの結果', plural: 'アンケートの結果' },
    access: surveyResultsAccess,
    admin: {
      hidden: true, // the page 「アンケート」 shows them
      defaultColumns: ['survey', 'municipality', 'createdAt'],
    },
    indexes: [{ fields: ['survey', 'municipality'], unique: true }],
    ...INSERT_ONLY,
    fields: [
      {
        name: 'survey',
        type: 'relationship',
        label: 'アンケート',
        relationTo: SURVEYS,
        required: true,
        index: true,
      },
      { ...municipalityField, required: true },
      {
        name: 'told',
        type: 'json',
        label: '数',
        required: true,
        admin: STORED,
        validate: (value: unknown) =>
          readToldResults(value) !== null || 'アンケートの結果の形ではありません。',
      },
      {
        name: 'texts',
        type: 'json',
        label: '自由に書かれた言葉',
        admin: STORED,
        validate: (value: unknown) =>
          value === null ||
          value === undefined ||
          readSurveyTexts(value) !== null ||
          '自由に書かれた言葉の形ではありません。',
      },
    ],
  }
}
