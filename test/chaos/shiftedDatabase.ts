// Imported after the moved clock: the database's clock is moved as far, since all of the day is. How
// far two machines may be apart is another question.
import { Db, type Document } from 'mongodb'

const { command } = Db.prototype

Db.prototype.command = async function (this: Db, ...args: Parameters<typeof command>) {
  const answer: Document = await command.apply(this, args)
  if (!(answer.localTime instanceof Date)) return answer
  return { ...answer, localTime: new Date(answer.localTime.getTime() + movedMs()) }
}

/** How far the clock of this process is moved by now, seen beside one that nothing moves. */
function movedMs(): number {
  return new Date().getTime() - (performance.timeOrigin + performance.now())
}
