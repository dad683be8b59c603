import type { ContentField } from '../release/contentField'
import { fieldsOfKind } from '../release/contentFields'
import type { ContentKind } from '../release/contentKind'
import { writtenDay } from '../table/days'
import { findMunicipality } from '../table/municipalityCode'
import { areaMeant, unknownAreas } from '../table/areaName'
import { findChoice, type CellReader } from './cells'
import { decodeEntry, splitCell } from './lists'
import { onlyGiven } from './plan'
import type { ImportContext } from './plan'

interface Reading {
  cells: CellReader
  context: ImportContext
}

/** A document's own fields as a row has them; what cannot be read is refused and left out. */
export function readFields(kind: ContentKind, reading: Reading): Record<string, unknown> {
  const values = fieldsOfKind(kind).map(
    ([name, field]) => [name, readField(name, field, reading)] as const,
  )
  return onlyGiven(Object.fromEntries(values))
}

function readField(name: string, field: ContentField, { cells, context }: Reading): unknown {
  switch (field.kind) {
    case 'series':
      return readSeries(cells, context)
    case 'municipality':
      return readMunicipality(cells, context)
    case 'slot':
      return cells.slot(name)
    case 'line':
    case 'lines':
      return readWords(cells, name, field.column.isRequired)
    case 'edition': {
      const editions = context.choices(name)
      const first = editions[0]?.value ?? ''
      return cells.has(name) ? cells.choice(name, editions, first) : first
    }
    case 'editions':
    case 'topics':
      return cells.choices(name, context.choices(name))
    case 'choice':
      return cells.choice(name, field.choices, field.choices[0]?.value ?? '')
    case 'flag':
      return cells.flag(name, true)
    case 'day':
      return cells.day(name)
    case 'areas':
      return readAreas(name, cells, context)
    case 'number':
      return cells.integer(name, field.whenEmpty)
    case 'sources':
      return cells.has(name) ? readSources(cells.text(name) ?? '') : undefined
  }
}

function readSeries(
  cells: CellReader,
  { series, seriesNames = new Map<string, string>() }: ImportContext,
): string | undefined {
  const written = cells.code('series') ?? ''
  const choices = [...series.keys()].map((value) => ({
    value,
    label: seriesNames.get(value) ?? value,
  }))
  const known = series.get(findChoice('series', written, choices) ?? '')
  if (known !== undefined) return known
  const named = choices.map(({ value, label }) => (label === value ? value : `${value}(${label})`))
  const codes = named.join('、') || '(まだ 1 つもありません)'
  return cells.refuse('series', `シリーズ「${written}」はありません。使えるのは ${codes} です。`)
}

/** Areas of the municipality the row names; where it cannot be told, they are as they are written. */
function readAreas(name: string, cells: CellReader, { municipalities }: ImportContext) {
  const written = cells.list(name)
  const found = findMunicipality(cells.code('municipality') ?? '', municipalities)
  if (written === undefined || 'message' in found) return written
  const areas = municipalities.get(found.code)?.areas
  if (areas === undefined) return written
  const meant = written.map((area) => areaMeant(area, areas))
  const unknown = unknownAreas(meant, areas)
  return unknown === null ? meant : cells.refuse(name, unknown)
}

function readMunicipality(
  cells: CellReader,
  { municipalities }: ImportContext,
): string | undefined {
  const found = findMunicipality(cells.code('municipality') ?? '', municipalities)
  if ('message' in found) return cells.refuse('municipality', found.message)
  return municipalities.get(found.code)?.id
}

function readWords(cells: CellReader, name: string, isRequired = false): string | undefined {
  const text = cells.text(name)
  const isMissing = isRequired && text?.trim() === ''
  return isMissing ? cells.refuse(name, '空です。入力してください。') : text
}

function readSources(written: string) {
  return splitCell(written, ';\uFF1B\n')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [title = '', url = '', accessedOn = ''] = splitCell(part, '|\uFF5C').map(decodeEntry)
      return { title, url, accessedOn: writtenDay(accessedOn) ?? accessedOn.trim() }
    })
}
