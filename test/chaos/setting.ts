import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import type { Families } from './families'
import type { Random } from './random'

/** What happenings work on. */
export interface Setting {
  random: Random
  families: Families
  delivery: DeliveryHalf
}

/** What begins so is not owed any more, and may not go out from now on. */
export function stopFrom(families: Families, prefix: string): void {
  const now = Date.now()
  for (const id of free(families, prefix)) families.stopped.set(id, now)
}

/** What begins so is not owed any more; gives the ids. */
export function free({ expected, freed }: Families, prefix: string): string[] {
  return freeThose({ expected, freed }, (id) => id.startsWith(prefix))
}

/** What is meant is not owed any more; gives the ids. */
export function freeThose(
  { expected, freed }: Pick<Families, 'expected' | 'freed'>,
  isMeant: (id: string) => boolean,
): string[] {
  const ids = expected.map(({ id }) => id).filter(isMeant)
  for (const id of ids) freed.add(id)
  return ids
}
