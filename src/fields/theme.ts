import type { SelectField } from 'payload'

import { THEME_FIELD } from '../release/contentField'
import { THEMES } from '../release/themes'
import type { KizunaSettings } from '../plugin/options'
import type { ReviewPolicy } from '../review/rules/policy'
import { checkChoice } from './choices'

/** A theme that readers may decline; none by default. */
export function themeField({ policy }: Pick<KizunaSettings, 'policy'>): SelectField {
  return {
    name: 'theme',
    type: 'select',
    label: THEME_FIELD.label,
    options: THEMES,
    defaultValue: 'always',
    admin: {
      description:
        '選ぶと、この話題を届けないと決めた読者には届きません。健診・予防接種・制度・安全の話は「なし」にします。',
    },
    validate: (value: unknown, { data }: { data: unknown }) =>
      checkChoice(value ?? 'always', THEMES, () => checkTheme(value, topicsIn(data), policy)),
  }
}

/** A text that every reader needs is declined by none: what an expert approves, or no town may hide. */
function checkTheme(
  theme: unknown,
  topics: readonly string[],
  { topics: known }: Pick<ReviewPolicy, 'topics'>,
): true | string {
  if (theme === undefined || theme === null || theme === 'always') return true
  const needed = known.find(
    ({ code, needs, canBeHidden }) => topics.includes(code) && (needs.length > 0 || !canBeHidden),
  )
  if (!needed) return true
  return `話題「${needed.label}」の文は、読者が断れません。「なし(どの読者にも届ける)」にするか、話題を見直してください。`
}

function topicsIn(data: unknown): string[] {
  const { topics } = (data ?? {}) as { topics?: unknown }
  return Array.isArray(topics) ? topics.map(String) : []
}
