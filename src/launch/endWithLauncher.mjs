// Loaded first in every program that the launcher starts: when the launcher is gone, however it went,
// the program ends. One that has something to finish listens for itself, as soon as it has begun.
import { isMainThread } from 'node:worker_threads'

if (isMainThread && process.channel) {
  process.on('disconnect', () => {
    if (process.listenerCount('disconnect') === 1) process.exit(1)
  })
  // Listening must not keep a program alive that is done.
  process.channel.unref()
  // What the program forks has its own channel, which does keep it alive.
  const at = process.execArgv.indexOf(import.meta.url)
  if (at > 0) process.execArgv.splice(at - 1, 2)
}
