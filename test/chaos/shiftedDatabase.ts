// Imported after the moved clock: the database's clock is moved as far, since all of the day is. Only
// what this machine is apart by stays.
import { Db, type Document } from 'mongodb'

const { command } = Db.prototype

Db.prototype.command = async function (this: Db, ...args: Parameters<typeof command>) {
  const answer: Document = await command.apply(this, args)
  if (!(answer.localTime instanceof Date)) return answer
  return { ...answer, localTime: new Date(answer.localTime.getTime() + movedMs()) }
}

/** How far this machine's clock is from the database's. */
const apartMs = Number(process.env.CHAOS_CLOCK_APART_MS ?? 0)

/** How far the day is moved by now: this process's clock seen beside one that nothing moves. */
function movedMs(): number {
  return new Date().getTime() - apartMs - (performance.timeOrigin + performance.now())
}
