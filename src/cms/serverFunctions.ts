/**
 * What the admin asks of its server beside REST, by Payload's names. The others that Payload has
 * serve what this product does not use, and would write all the same: `schedule-publish` queues a
 * job for anybody who may log in, `copy-data-from-locale` saves a document anew.
 */
const OPEN = new Set([
  'form-state',
  'get-default-layout',
  'render-document',
  'render-document-slots',
  'render-field',
  'render-list',
  'render-widget',
  'table-state',
])

const CLOSED = 'この操作は使えません。画面を開き直してください。'

/**
 * Answers only what the admin's own screens ask.
 *
 * @throws Error when something else is asked.
 */
export function openServerFunctions<Args extends { name: string }, Answer>(
  run: (args: Args) => Answer,
): (args: Args) => Answer {
  return (args) => {
    if (!OPEN.has(args.name)) throw new Error(CLOSED)
    return run(args)
  }
}
