// Imported before the worker's own program: moves its clock, so that a lease of half a minute or a
// retry after five minutes does not have to be waited for. The parent moves it on by messages.
const apartMs = Number(process.env.CHAOS_CLOCK_APART_MS ?? 0)
let offsetMs = Number(process.env.CHAOS_CLOCK_OFFSET_MS ?? 0) + apartMs
process.on('message', (message: { offsetMs?: number }) => {
  if (message.offsetMs !== undefined) offsetMs = message.offsetMs + apartMs
})

const RealDate = Date

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    args.length === 0
      ? Reflect.construct(target, [RealDate.now() + offsetMs], newTarget)
      : Reflect.construct(target, args, newTarget),
  get: (target, property, receiver) =>
    property === 'now'
      ? () => target.now() + offsetMs
      : (Reflect.get(target, property, receiver) as unknown),
})
