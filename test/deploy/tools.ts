import type { DebianTool } from '../debian'

/** Checks and tests Prometheus' rules. */
export const PROMTOOL: DebianTool = {
  program: '/usr/bin/promtool',
  package: 'prometheus',
  skipped: '警報のテスト',
}

/** Checks systemd's units. */
export const SYSTEMD_ANALYZE: DebianTool = {
  program: '/usr/bin/systemd-analyze',
  package: 'systemd',
  skipped: 'systemd のユニットのテスト',
}
