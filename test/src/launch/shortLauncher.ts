// A process of the children's tests: a launcher of one program that stays and one that is run to its
// end; both write their numbers into the log of the first.
import { createChildren } from '../../../src/launch/children'

const [, , logDir = ''] = process.argv
const children = createChildren({ logDir, onUnexpectedExit: () => undefined })
const say = `require('fs').appendFileSync(${JSON.stringify(logDir)} + '/begun', process.pid + ' ')`
const program = (name: string) => ({
  name,
  args: ['-e', `setInterval(() => undefined, 1000); ${say}`],
  env: process.env,
})
void children.start(program('stays'))
void children.run(program('runs'))
