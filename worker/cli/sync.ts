import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/** `sync`: takes over what is new in the CMS, as the worker does by itself. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { 'accept-missing': 'flag' } })
  const missing = given.flags.has('accept-missing')
  return withDelivery(io, async ({ sync, syncedContent }) => {
    const report = await sync({ missing })
    await syncedContent.refresh()
    const municipalities = syncedContent.municipalities().length
    if (given.isJson) await io.out(JSON.stringify({ ...report, municipalities }))
    else {
      const settings = report.isChanged ? '変わりました' : '同じです'
      await io.out(`新しい確定版: ${report.newReleases} 件`)
      await io.out(`自治体: ${municipalities} 件(設定などは${settings})`)
    }
    return 0
  })
}
