// Prints a digest of many answers of the engine; run under different TZ by timeZone.test.ts.
import { createHash } from 'node:crypto'

import { addDays, localDayOf } from '../../../src/stage/day'
import { dueDay } from '../../../src/stage/due'
import { anchorDaysFor } from '../../../src/stage/inverse'
import { stageAt } from '../../../src/stage/stage'
import { ageCadence, pregnancyCadence, schoolCadence } from './samples'

const slots = [...pregnancyCadence(), ...ageCadence(), ...schoolCadence()]
const hash = createHash('sha256')
for (let offset = 0; offset < 400; offset += 1) {
  const day = addDays('2023-12-15', offset) // over 29 February, both clock changes and a year's end
  const instants = [0, 14, 15, 23].map(
    (hour) => new Date(`${day}T${String(hour).padStart(2, '0')}:59:59Z`),
  )
  const slot = slots[offset % slots.length]!
  const answers = [
    ...instants.map((instant) => localDayOf(instant)),
    ...[{ dueDate: day }, { birthDate: day }].map((child) => stageAt(child, addDays(day, offset))),
    dueDay(slot, slot.anchor === 'dueDate' ? { dueDate: day } : { birthDate: day }, {
      monthRule: 'legal',
    }),
    anchorDaysFor(slot, day, 'friendly'),
  ]
  hash.update(JSON.stringify(answers))
}
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
process.stdout.write(
  JSON.stringify({ zone, hour: new Date(0).getHours(), digest: hash.digest('hex') }),
)
